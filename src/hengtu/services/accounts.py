"""Accounts: made, given roles, signed in, locked after failures."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone

from hengtu.core.access import ROLES, Role
from hengtu.services.permission import NotAllowedError, require
from hengtu.services.trail import record
from hengtu.store.models import AgencyRow, Membership, User
from hengtu.store.shapes import clean

# Protection baseline for information systems, annex 10: lock for 15 minutes after 5 failures.
FAILURES_ALLOWED = 5
LOCK = timedelta(minutes=15)
SYSTEM_USERNAME = "system"


class SignInRefusedError(Exception):
    """A sign-in that failed. It does not say why: that would tell which accounts there are."""


class AccountError(ValueError):
    """An account that cannot be made as asked: ``name_taken``, ``bad_name`` or ``unknown_role``."""

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
    """Make an account; raise AccountError for a taken or unusable name, ValidationError for a weak password.

    Only the system makes demo accounts: their password is published and no rule holds for it.
    """
    _require_maker(actor, demo=demo)
    check_name(username)
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
    if user.is_system:
        raise NotAllowedError("account.manage", agency)
    membership, made = Membership.objects.get_or_create(user=user, agency=agency, role=role)
    if made:
        record(actor=actor, verb="account.grant", subject=user, agency=agency, role=role)
    return membership


@transaction.atomic
def set_password(*, actor: User, user: User, password: str) -> None:
    """Set a person's password, their own or another's; raise ValidationError for a weak one.

    Another's only by who manages accounts in every agency where that person has a role.
    """
    if actor.pk != user.pk:
        require_manager_of(actor, user)
    validate_password(password, user)
    user.set_password(password)
    user.must_change_password = actor.pk != user.pk
    user.failed_sign_ins, user.locked_until = 0, None
    user.save()
    record(actor=actor, verb="account.password", subject=user)


def change_own_password(*, user: User, old: str, new: str) -> None:
    """Replace one's own password; raise SignInRefusedError when the old one is wrong.

    Wrong ones count and lock as they do at sign-in: a session left open must not become an account.
    """
    if is_locked(user):
        raise SignInRefusedError
    if not user.check_password(old):
        _count_failure(user)
        raise SignInRefusedError
    set_password(actor=user, user=user, password=new)


def sign_in(*, username: str, password: str) -> User:
    """Return the account whose name and password these are; raise SignInRefusedError.

    A wrong password counts; after five the account is locked for fifteen minutes. A locked account takes
    as long to refuse as any other. Demo accounts sign in only where the site is a demo.
    """
    username = clean(username)
    known = User.objects.filter(username=username, is_system=False).first()
    user = authenticate(username=username, password=password)
    if known is None or is_locked(known):
        raise SignInRefusedError
    if not isinstance(user, User):
        _count_failure(known)
        raise SignInRefusedError
    if user.is_demo and not settings.HENGTU_DEMO:
        raise SignInRefusedError
    return _note_success(user)


def is_locked(user: User) -> bool:
    """Tell whether an account is locked at this moment."""
    return user.locked_until is not None and user.locked_until > timezone.now()


@transaction.atomic
def sign_out(*, actor: User) -> None:
    """Leave an entry that a person signed out."""
    record(actor=actor, verb="account.sign_out", subject=actor)


@transaction.atomic
def _count_failure(user: User) -> None:
    user = User.objects.select_for_update().get(pk=user.pk)
    if is_locked(user):
        return
    user.failed_sign_ins, user.locked_until = user.failed_sign_ins + 1, None
    verb = "account.sign_in_failed"
    if user.failed_sign_ins >= FAILURES_ALLOWED:
        user.failed_sign_ins, user.locked_until = 0, timezone.now() + LOCK
        verb = "account.lock"
    user.save(update_fields=["failed_sign_ins", "locked_until"])
    record(actor=None, verb=verb, subject=user)


@transaction.atomic
def _note_success(user: User) -> User:
    # Many guesses at once: the one that is right counts only if the wrong ones did not lock first.
    user = User.objects.select_for_update().get(pk=user.pk)
    if is_locked(user):
        raise SignInRefusedError
    user.failed_sign_ins, user.locked_until = 0, None
    user.save(update_fields=["failed_sign_ins", "locked_until"])
    record(actor=user, verb="account.sign_in", subject=user)
    return user


def check_name(username: str) -> None:
    """Raise AccountError for a name that nobody could type, tell apart or store."""
    length = User._meta.get_field("username").max_length or 0
    printable = username.isprintable() and clean(username) == username
    if not username.strip() or username != username.strip() or not printable:
        raise AccountError("bad_name", clean(username))
    if len(username) > length:
        raise AccountError("bad_name", username[:length])


def require_manager_of(actor: User, user: User) -> None:
    """Raise NotAllowedError unless the actor manages accounts wherever the person has a role.

    The system's account is nobody's, and an account without a role only the system's.
    """
    agencies = [row.agency for row in user.memberships.select_related("agency")]
    if user.is_system or not (agencies or actor.is_system):
        raise NotAllowedError("account.manage", AgencyRow(name=""))
    for agency in agencies:
        require(actor, "account.manage", agency)


def _require_maker(actor: User, *, demo: bool) -> None:
    """Accounts belong to no agency: who manages them in one may make them."""
    if actor.is_system:
        return
    if demo or not actor.memberships.filter(role="administrator").exists():
        raise NotAllowedError("account.manage", AgencyRow(name=""))
