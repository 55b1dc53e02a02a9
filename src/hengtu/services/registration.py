"""Accounts from the first day to the last: registered with a role, disabled."""

from __future__ import annotations

from django.db import transaction

from hengtu.core.access import Role
from hengtu.services.accounts import create_user, grant_role, require_manager_of
from hengtu.services.permission import require
from hengtu.services.trail import record
from hengtu.store.models import AgencyRow, User


@transaction.atomic
def register(
    *,
    actor: User,
    username: str,
    password: str,
    display_name: str,
    agency: AgencyRow,
    role: Role,
) -> User:
    """Make an account with one role; its password must be changed at the first sign-in.

    Raises AccountError for a taken name or unknown role, ValidationError for a weak password.
    """
    require(actor, "account.manage", agency)
    user = create_user(
        actor=actor,
        username=username,
        password=password,
        display_name=display_name,
        must_change_password=True,
    )
    grant_role(actor=actor, user=user, agency=agency, role=role)
    return user


@transaction.atomic
def disable(*, actor: User, user: User) -> None:
    """Close an account; the actor must manage accounts in every agency the person has a role in."""
    require_manager_of(actor, user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    record(actor=actor, verb="account.disable", subject=user)
