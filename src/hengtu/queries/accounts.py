"""Accounts: who there is, with which roles."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from hengtu.store.models import Membership, User


@dataclass(frozen=True, slots=True)
class Account:
    """An account as lists show it; ``state`` is active, locked or disabled."""

    username: str
    display_name: str
    state: str
    roles: tuple[tuple[str, str], ...]


def list_accounts() -> tuple[Account, ...]:
    """Return every account a person can have, with (agency, role) pairs; two SQL statements."""
    roles: dict[int, list[tuple[str, str]]] = {}
    for row in Membership.objects.select_related("agency").order_by("pk"):
        roles.setdefault(row.user_id, []).append((row.agency.name, row.role))
    users = User.objects.filter(is_system=False).order_by("username")
    return tuple(
        Account(user.username, user.display_name, _state(user), tuple(roles.get(user.pk, ())))
        for user in users
    )


def find_user(username: str) -> User | None:
    """Return the account of a name, or None; the system account is nobody's."""
    return User.objects.filter(username=username, is_system=False).first()


def _state(user: User) -> str:
    if not user.is_active:
        return "disabled"
    locked = user.locked_until is not None and user.locked_until > timezone.now()
    return "locked" if locked else "active"
