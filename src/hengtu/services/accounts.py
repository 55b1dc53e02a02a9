"""Accounts: made, given roles, signed in, locked after failures."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone

from hengtu.core.access import ROLES, Role
from hengtu.services.permission import NotAllowedError, require
from hengtu.services.trail import record
from hengtu.store.models import AgencyRow, Membership, User

# Protection baseline for information systems, annex 10: lock for 15 minutes after 5 failures.
FAILURES_ALLOWED = 5
LOCK = timedelta(minutes=15)
SYSTEM_USERNAME = "system"


class SignInRefusedError(Exception):
    """A sign-in that failed; ``locked_until`` when the account is locked."""

    def __init__(self, locked_until: datetime | None = None) -> None:
        super().__init__("locked" if locked_until else "wrong name or password")
        self.locked_until = locked_until


class AccountError(ValueError):
    """An account that cannot be made as asked: ``name_taken`` or ``unknown_role``."""

    def __init__(self, code: str, subject: str) -> None:
        super().__init__(f"{code}: {subject}")
        self.code = code
        self.subject = subject


def system_actor() -> User:
    """Return the account that the command line and the clock act as; nobody signs in with it."""
    actor, made = User.objects.get_or_create(
        username=SYSTEM_USERNAME,
        defaults={"is_system": True, "is_active": False, "display_name": "衡圖"},
    )
    if made:
        actor.set_unusable_password()
        actor.save(update_fields=["password"])
    return actor


def person(who: object) -> User:
    """Return the account behind a request; raise TypeError for somebody who is not signed in."""
    if not isinstance(who, User):
        raise TypeError("nobody is signed in")
    return who


@transaction.atomic
def create_user(
    *,
    actor: User,
    username: str,
    password: str,
    display_name: str = "",
    demo: bool = False,
    must_change_password: bool = False,
) -> User:
    """Make an account; raise AccountError for a taken name, ValidationError for a weak password."""
    _require_manager(actor)
    if User.objects.filter(username=username).exists():
        raise AccountError("name_taken", username)
    user = User(
        username=username,
        display_name=display_name,
        is_demo=demo,
        must_change_password=must_change_password,
    )
    if not demo:
        validate_password(password, user)
    user.set_password(password)
    user.save()
    record(actor=actor, verb="account.create", subject=user, demo=demo)
    return user


@transaction.atomic
def grant_role(*, actor: User, user: User, agency: AgencyRow, role: Role) -> Membership:
    """Give a person a role in an agency; raise AccountError for an unknown role."""
    if role not in ROLES:
        raise AccountError("unknown_role", role)
    require(actor, "account.manage", agency)
    membership, made = Membership.objects.get_or_create(user=user, agency=agency, role=role)
    if made:
        record(actor=actor, verb="account.grant", subject=user, agency=agency, role=role)
    return membership


@transaction.atomic
def set_password(*, actor: User, user: User, password: str) -> None:
    """Set a person's password, their own or another's; raise ValidationError for a weak one."""
    if actor.pk != user.pk:
        _require_manager(actor)
    validate_password(password, user)
    user.set_password(password)
    user.must_change_password = actor.pk != user.pk
    user.failed_sign_ins, user.locked_until = 0, None
    user.save()
    record(actor=actor, verb="account.password", subject=user)


def sign_in(*, username: str, password: str) -> User:
    """Return the account whose name and password these are; raise SignInRefusedError.

    A wrong password counts; after five the account is locked for fifteen minutes.
    """
    known = User.objects.filter(username=username, is_system=False).first()
    if known and known.locked_until and known.locked_until > timezone.now():
        raise SignInRefusedError(known.locked_until)
    user = authenticate(username=username, password=password)
    if not isinstance(user, User):
        raise SignInRefusedError(_count_failure(known) if known else None)
    _note_success(user)
    return user


@transaction.atomic
def sign_out(*, actor: User) -> None:
    """Leave an entry that a person signed out."""
    record(actor=actor, verb="account.sign_out", subject=actor)


@transaction.atomic
def _count_failure(user: User) -> datetime | None:
    user = User.objects.select_for_update().get(pk=user.pk)
    user.failed_sign_ins += 1
    if user.failed_sign_ins >= FAILURES_ALLOWED:
        user.failed_sign_ins, user.locked_until = 0, timezone.now() + LOCK
    user.save(update_fields=["failed_sign_ins", "locked_until"])
    verb = "account.lock" if user.locked_until else "account.sign_in_failed"
    record(actor=None, verb=verb, subject=user)
    return user.locked_until


@transaction.atomic
def _note_success(user: User) -> None:
    user.failed_sign_ins, user.locked_until = 0, None
    user.save(update_fields=["failed_sign_ins", "locked_until"])
    record(actor=user, verb="account.sign_in", subject=user)


def _require_manager(actor: User) -> None:
    """Accounts belong to no agency: who manages them in one may make them."""
    if actor.is_system:
        return
    for membership in actor.memberships.select_related("agency"):
        if membership.role == "administrator":
            return
    anywhere = AgencyRow(name="")
    raise NotAllowedError("account.manage", anywhere)
