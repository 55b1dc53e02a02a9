"""What a person is and may do, agency by agency."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hengtu.core.access import VERBS, Role, Verb, permits
from hengtu.store.models import AgencyRow, Membership, User


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account that the sign-in page of a demo lists."""

    username: str
    display_name: str
    agency_name: str
    role: Role


class Standing:
    """Every role of one person, read once; two SQL statements."""

    def __init__(self, user: User) -> None:
        """Read the agencies and the person's memberships."""
        self.is_system = user.is_system
        self.agencies = {row.pk: row for row in AgencyRow.objects.all()}
        self.roles: dict[int, list[Role]] = {}
        for agency_id, role in Membership.objects.filter(user=user).values_list(
            "agency_id", "role"
        ):
            self.roles.setdefault(agency_id, []).append(role)  # type: ignore[arg-type]

    def above(self, agency: AgencyRow) -> Iterator[AgencyRow]:
        """Yield the agencies above, the nearest first."""
        parent = agency.parent_id
        while parent is not None:
            row = self.agencies[parent]
            yield row
            parent = row.parent_id

    def may(self, verb: Verb, agency: AgencyRow) -> bool:
        """Tell whether the person may do the verb there."""
        if self.is_system:
            return True
        above = [role for row in self.above(agency) for role in self.roles.get(row.pk, ())]
        return permits(verb, here=self.roles.get(agency.pk, ()), above=above)

    def verbs(self, agency: AgencyRow) -> frozenset[Verb]:
        """Return everything the person may do there."""
        return frozenset(verb for verb in VERBS if self.may(verb, agency))

    def visible(self) -> tuple[AgencyRow, ...]:
        """Return the agencies whose plans the person may see."""
        return tuple(row for row in self.agencies.values() if self.may("plan.view", row))


def may(user: User, verb: Verb, agency: AgencyRow) -> bool:
    """Tell whether a person may do a verb in an agency."""
    return Standing(user).may(verb, agency)


def list_demo_accounts() -> tuple[DemoAccount, ...]:
    """Return the demo accounts with their first role, in the order they were made."""
    rows = (
        Membership.objects.filter(user__is_demo=True, user__is_active=True)
        .select_related("user", "agency")
        .order_by("user_id", "pk")
    )
    first: dict[int, DemoAccount] = {}
    for row in rows:
        account = DemoAccount(
            row.user.username,
            row.user.display_name,
            row.agency.name,
            row.role,  # type: ignore[arg-type]
        )
        first.setdefault(row.user_id, account)
    return tuple(first.values())
