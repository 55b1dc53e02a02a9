"""What guards every answer: headers, sizes, hosts, sessions that end, errors that stay short."""

import time
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client
from django.test.client import RequestFactory

from hengtu.server import security
from hengtu.services import accounts, agencies
from hengtu.store.models import User

WORD = "river-basin-lamp-41"


@pytest.fixture
def officer(db: None) -> User:
    system = accounts.system_actor()
    home = agencies.create_agency(actor=system, name="雲湖市水利局")
    user = accounts.create_user(actor=system, username="officer", password=WORD)
    accounts.grant_role(actor=system, user=user, agency=home, role="planning_officer")
    return user


@pytest.fixture
def signed(client: Client, officer: User) -> Client:
    client.post("/sign-in/", {"username": "officer", "password": WORD})
    return client


HOME = "/agencies/雲湖市水利局/"


@pytest.mark.parametrize("address", ["/", HOME, "/nowhere/", "/healthz", "/sign-out/"])
def test_every_answer_carries_the_headers(address: str, signed: Client) -> None:
    answer = signed.get(address)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


def test_cookies_are_out_of_reach(client: Client, officer: User, settings: LazySettings) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client.get("/")
    client.post("/sign-in/", {"username": "officer", "password": WORD})
    for name in ("sessionid", "csrftoken"):
        cookie = client.cookies[name]
        assert cookie["httponly"]
        assert cookie["secure"]
        assert cookie["samesite"] == "Lax"


def test_signing_in_makes_a_new_session_and_signing_out_ends_it(
    client: Client, officer: User
) -> None:
    client.cookies["sessionid"] = "a" * 32
    client.post("/sign-in/", {"username": "officer", "password": WORD})
    key = client.cookies["sessionid"].value
    assert key != "a" * 32
    client.post("/sign-out/")
    client.cookies["sessionid"] = key
    assert client.get(HOME)["Location"].startswith("/sign-in/")


def test_idle_sessions_end(signed: Client, settings: LazySettings) -> None:
    session = signed.session
    session[security.SEEN] = int(time.time()) - settings.SESSION_IDLE_SECONDS + 60
    session.save()
    assert signed.get(HOME).status_code == 200
    assert signed.session[security.SEEN] >= int(time.time()) - 60
    session = signed.session
    session[security.SEEN] = int(time.time()) - settings.SESSION_IDLE_SECONDS - 1
    session.save()
    assert signed.get(HOME)["Location"].startswith("/sign-in/")


def test_sessions_in_use_end_too(signed: Client, settings: LazySettings) -> None:
    session = signed.session
    session[security.SINCE] = int(time.time()) - settings.SESSION_COOKIE_AGE - 1
    session.save()
    assert signed.get(HOME)["Location"].startswith("/sign-in/")


def test_disabling_an_account_ends_its_sessions(signed: Client, officer: User) -> None:
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert signed.get(HOME)["Location"].startswith("/sign-in/")


def test_a_new_password_ends_the_other_sessions(signed: Client, officer: User) -> None:
    other = Client()
    other.force_login(officer)
    form = {"old": WORD, "new": "quiet-orchard-77", "again": "quiet-orchard-77"}
    assert signed.post("/password/", form)["Location"] == "/"
    assert signed.get(HOME).status_code == 200
    assert other.get(HOME)["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(
    "wanted",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example/",
        "javascript:alert(1)",
        "map",
        "elsewhere.example",
        "\0",
        "",
    ],
)
def test_nobody_is_sent_elsewhere(wanted: str, client: Client, officer: User) -> None:
    form = {"username": "officer", "password": WORD, "next": wanted}
    assert client.post("/sign-in/", form)["Location"] == "/"
    answer = client.post(
        "/language/", {"language": "en", "next": wanted}, headers={"referer": wanted or "//e.x/"}
    )
    assert not urlsplit(answer["Location"]).netloc
    assert not urlsplit(answer["Location"]).scheme


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["elsewhere.example", "localhost:80@e.x", "a b", "x\r\ny"])
def test_other_hosts_are_refused_shortly(host: str, client: Client) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 400
    assert "elsewhere" not in answer.content.decode()


@pytest.mark.django_db
def test_more_than_a_document_is_refused_unread(client: Client, settings: LazySettings) -> None:
    settings.MAX_DOCUMENT_BYTES = 1000
    for address in ("/sign-in/", "/nowhere/", "/"):
        file = SimpleUploadedFile("a.txt", b"x" * 80_000)
        assert client.post(address, {"file": file}).status_code == 413
    assert client.post("/sign-in/", {"username": "a"}).status_code == 403


@pytest.mark.parametrize("announced", ["", "-5", "x", "１２"])
def test_odd_lengths_count_as_nothing(announced: str) -> None:
    request = RequestFactory().get("/", CONTENT_LENGTH=announced)
    assert security.read_length(request) == 0


@pytest.mark.django_db
def test_too_many_fields_are_refused(client: Client) -> None:
    answer = client.post("/sign-in/", {f"f{n}": "1" for n in range(1500)})
    assert answer.status_code == 400


def test_failures_are_told_in_one_short_page(
    officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise DatabaseError("secret of the database at 10.0.0.1")

    client = Client(raise_request_exception=False)
    client.force_login(officer)
    monkeypatch.setattr("hengtu.web.frame.find_place", fail)
    answer = client.get(HOME)
    text = answer.content.decode()
    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "系統發生錯誤" in text
    assert "secret" not in text
    assert "Traceback" not in text


def test_an_error_page_needs_no_database(
    client: Client, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    def fail(*_args: object, **_named: object) -> None:
        raise DatabaseError("gone")

    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "a" * 32
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", fail)
    answer = client.get(HOME)
    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "系統發生錯誤" in answer.content.decode()
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("problem", "asked", "hint"),
    [
        ("not_migrated", "zh-hant", "請執行 hengtu migrate。"),
        ("no_database", "en", "Check the database server and HENGTU_DATABASE_URL."),
    ],
)
def test_a_site_that_is_not_ready_says_why(
    client: Client, monkeypatch: pytest.MonkeyPatch, problem: str, asked: str, hint: str
) -> None:
    monkeypatch.setattr("hengtu.server.health.find_problem", lambda: problem)
    told = client.get("/readyz", headers={"accept-language": asked})
    error = told.json()["error"]
    assert told.status_code == 503
    assert set(error) == {"code", "message", "where", "hint"}
    assert (error["code"], error["hint"]) == (problem, hint)
