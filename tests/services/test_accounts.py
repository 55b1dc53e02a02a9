"""Accounts: who may manage whose, which passwords may be chosen, when the door stays shut."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.utils import timezone

from hengtu.services import accounts, agencies, registration
from hengtu.services.permission import NotAllowedError
from hengtu.store.models import AgencyRow, AuditRow, User

WORDS = ("river-basin-lamp-41", "quiet-orchard-77", "paper-lantern-19", "stone-bridge-53")


@pytest.fixture
def system(db: None) -> User:
    return accounts.system_actor()


@pytest.fixture
def city(system: User) -> AgencyRow:
    return agencies.create_agency(actor=system, name="澄海市政府")


@pytest.fixture
def bureau(system: User, city: AgencyRow) -> AgencyRow:
    return agencies.create_agency(actor=system, name="澄海市水利局", parent=city)


@pytest.fixture
def elsewhere(system: User) -> AgencyRow:
    return agencies.create_agency(actor=system, name="遠山縣政府")


def make(system: User, name: str, role: str, *places: AgencyRow) -> User:
    user = accounts.create_user(actor=system, username=name, password=WORDS[0])
    for place in places:
        accounts.grant_role(actor=system, user=user, agency=place, role=role)  # type: ignore[arg-type]
    return user


def test_an_administrator_manages_the_people_of_the_own_agency_and_below(
    system: User, city: AgencyRow, bureau: AgencyRow
) -> None:
    above = make(system, "above", "administrator", city)
    officer = make(system, "officer", "planning_officer", bureau)
    accounts.set_password(actor=above, user=officer, password=WORDS[1])
    registration.disable(actor=above, user=officer)
    assert not User.objects.get(pk=officer.pk).is_active


@pytest.mark.parametrize("places", [[], ["elsewhere"], ["bureau", "elsewhere"], ["city"]])
def test_an_administrator_cannot_touch_people_of_other_agencies(
    places: list[str], system: User, bureau: AgencyRow, request: pytest.FixtureRequest
) -> None:
    admin = make(system, "admin", "administrator", bureau)
    other = make(
        system, "other", "planning_officer", *(request.getfixturevalue(place) for place in places)
    )
    entries = AuditRow.objects.count()
    with pytest.raises(NotAllowedError):
        accounts.set_password(actor=admin, user=other, password=WORDS[1])
    with pytest.raises(NotAllowedError):
        registration.disable(actor=admin, user=other)
    assert User.objects.get(pk=other.pk).check_password(WORDS[0])
    assert AuditRow.objects.count() == entries


def test_nobody_touches_the_account_of_the_system(system: User, bureau: AgencyRow) -> None:
    admin = make(system, "admin", "administrator", bureau)
    for deed in (
        lambda: accounts.set_password(actor=admin, user=system, password=WORDS[1]),
        lambda: registration.disable(actor=admin, user=system),
        lambda: accounts.grant_role(actor=admin, user=system, agency=bureau, role="director"),
    ):
        with pytest.raises(NotAllowedError):
            deed()


def test_only_the_system_makes_accounts_without_password_rules(
    system: User, bureau: AgencyRow
) -> None:
    admin = make(system, "admin", "administrator", bureau)
    accounts.create_user(actor=admin, username="fine", password=WORDS[1])
    with pytest.raises(NotAllowedError):
        accounts.create_user(actor=admin, username="weak", password="x", demo=True)
    with pytest.raises(NotAllowedError):
        accounts.create_user(
            actor=make(system, "owner", "data_owner", bureau), username="n", password=WORDS[1]
        )


@pytest.mark.parametrize("name", ["", " ", " a", "a\0b", "a\nb", "\ud800", "名" * 81])
def test_a_name_that_nobody_can_type_is_refused(name: str, system: User) -> None:
    with pytest.raises(accounts.AccountError, match="bad_name"):
        accounts.create_user(actor=system, username=name, password=WORDS[0])


def test_the_last_three_passwords_are_barred(system: User, bureau: AgencyRow) -> None:
    user = make(system, "officer", "planning_officer", bureau)
    for word in WORDS[1:3]:
        accounts.set_password(actor=user, user=user, password=word)
    for word in WORDS[:3]:
        with pytest.raises(ValidationError, match="3"):
            accounts.set_password(actor=user, user=user, password=word)
    accounts.set_password(actor=user, user=user, password=WORDS[3])
    accounts.set_password(actor=user, user=user, password=WORDS[0])
    assert user.passwords.count() == 3


@pytest.mark.parametrize("word", ["short", "password1234", "202611204455", "officer-officer"])
def test_weak_passwords_are_refused(word: str, system: User) -> None:
    with pytest.raises(ValidationError):
        accounts.create_user(actor=system, username="officer-officer", password=word)


def fail(name: str, times: int) -> None:
    for _ in range(times):
        with pytest.raises(accounts.SignInRefusedError):
            accounts.sign_in(username=name, password="wrong")


def test_a_lock_ends_and_counting_starts_anew(system: User, bureau: AgencyRow) -> None:
    user = make(system, "officer", "planning_officer", bureau)
    fail("officer", accounts.FAILURES_ALLOWED)
    with pytest.raises(accounts.SignInRefusedError):
        accounts.sign_in(username="officer", password=WORDS[0])
    locked = User.objects.get(pk=user.pk).locked_until
    assert locked
    assert timedelta(minutes=14) < locked - timezone.now() <= accounts.LOCK
    User.objects.filter(pk=user.pk).update(locked_until=timezone.now() - timedelta(seconds=1))
    fail("officer", accounts.FAILURES_ALLOWED - 1)
    assert accounts.sign_in(username="officer", password=WORDS[0]) == user
    assert AuditRow.objects.filter(verb="account.lock").count() == 1


def test_a_right_guess_among_many_at_once_comes_too_late(
    system: User, bureau: AgencyRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = make(system, "officer", "planning_officer", bureau)

    def lock_meanwhile(**_given: str) -> User:
        fail_now = accounts._count_failure
        for _ in range(accounts.FAILURES_ALLOWED):
            fail_now(user)
        return user

    monkeypatch.setattr(accounts, "authenticate", lock_meanwhile)
    with pytest.raises(accounts.SignInRefusedError):
        accounts.sign_in(username="officer", password=WORDS[0])


def test_refusals_do_not_tell_which_accounts_there_are(system: User, bureau: AgencyRow) -> None:
    make(system, "officer", "planning_officer", bureau)
    told = set()
    for name in ("officer", "nobody", "system", "nul\0", "\ud800"):
        for _ in range(accounts.FAILURES_ALLOWED + 1):
            with pytest.raises(accounts.SignInRefusedError) as refused:
                accounts.sign_in(username=name, password="wrong")
            told.add(str(refused.value))
    assert told == {""}


def test_demo_accounts_sign_in_only_where_the_site_is_a_demo(
    system: User, settings: LazySettings
) -> None:
    user = accounts.create_user(actor=system, username="demo", password="known", demo=True)
    settings.HENGTU_DEMO = False
    with pytest.raises(accounts.SignInRefusedError):
        accounts.sign_in(username="demo", password="known")
    settings.HENGTU_DEMO = True
    assert accounts.sign_in(username="demo", password="known") == user


def test_guessing_the_old_password_locks_the_account(system: User, bureau: AgencyRow) -> None:
    user = make(system, "officer", "planning_officer", bureau)
    for _ in range(accounts.FAILURES_ALLOWED):
        with pytest.raises(accounts.SignInRefusedError):
            accounts.change_own_password(user=user, old="guess", new=WORDS[1])
    user.refresh_from_db()
    assert accounts.is_locked(user)
    with pytest.raises(accounts.SignInRefusedError):
        accounts.change_own_password(user=user, old=WORDS[0], new=WORDS[1])
