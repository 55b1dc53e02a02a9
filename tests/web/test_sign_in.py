"""Signing in, being locked out, demo accounts, headers."""

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from tests.web.conftest import PASSWORD

from hengtu.services import accounts
from hengtu.store.models import AgencyRow, AuditRow, User


@pytest.mark.django_db
def test_front_asks_strangers_to_sign_in(client: Client) -> None:
    answer = client.get("/", headers={"accept-language": "zh-TW"})
    assert answer.status_code == 200
    assert "登入衡圖" in answer.content.decode()
    assert '<html lang="zh-Hant">' in answer.content.decode()


@pytest.mark.django_db
def test_nothing_inline_is_allowed_and_nothing_inline_is_there(client: Client) -> None:
    answer = client.get("/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    text = answer.content.decode()
    assert "<style" not in text
    assert "style=" not in text
    assert "onclick" not in text


def test_signing_in_leads_to_the_only_agency(client: Client, officer: User) -> None:
    answer = client.post("/sign-in/", {"username": "officer", "password": PASSWORD}, follow=True)
    assert answer.status_code == 200
    assert "雲湖市水利局" in answer.content.decode()


def test_wrong_password_says_so_without_telling_which(client: Client, officer: User) -> None:
    answer = client.post("/sign-in/", {"username": "officer", "password": "no"})
    assert answer.status_code == 403
    assert 'role="alert"' in answer.content.decode()


def test_five_failures_lock_even_the_right_password_out(client: Client, officer: User) -> None:
    for _ in range(accounts.FAILURES_ALLOWED):
        client.post("/sign-in/", {"username": "officer", "password": "no"})
    assert (
        client.post("/sign-in/", {"username": "officer", "password": PASSWORD}).status_code == 403
    )
    officer.refresh_from_db()
    assert officer.locked_until
    assert officer.locked_until > timezone.now()
    assert AuditRow.objects.filter(verb="account.lock").count() == 1


def test_only_our_own_pages_are_gone_to_after_signing_in(client: Client, officer: User) -> None:
    form = {"username": "officer", "password": PASSWORD, "next": "https://elsewhere.example/"}
    assert client.post("/sign-in/", form)["Location"] == "/"


def test_system_account_never_signs_in(client: Client, system: User) -> None:
    answer = client.post("/sign-in/", {"username": "system", "password": ""})
    assert answer.status_code == 403


def test_demo_accounts_are_listed_only_in_a_demo(
    client: Client, system: User, bureau: AgencyRow, settings: LazySettings
) -> None:
    user = accounts.create_user(actor=system, username="demo-a", password="short", demo=True)
    accounts.grant_role(actor=system, user=user, agency=bureau, role="director")
    assert "demo-a" not in client.get("/").content.decode()
    settings.HENGTU_DEMO = True
    assert "demo-a" in client.get("/").content.decode()


def test_a_password_set_by_another_must_be_changed_first(page: Client, officer: User) -> None:
    User.objects.filter(pk=officer.pk).update(must_change_password=True)
    assert page.get("/agencies/雲湖市水利局/")["Location"] == "/password/"
    form = {"old": PASSWORD, "new": "another-long-word-7", "again": "another-long-word-7"}
    assert page.post("/password/", form)["Location"] == "/"
    assert page.get("/agencies/雲湖市水利局/").status_code == 200


def test_language_is_switched_and_kept(client: Client) -> None:
    client.post("/language/", {"language": "en", "next": "/"})
    assert '<html lang="en">' in client.get("/").content.decode()


@pytest.mark.django_db
def test_health_and_readiness(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok"}
