"""The door every verb goes through first."""

from __future__ import annotations

from hengtu.core.access import Verb
from hengtu.queries.people import may
from hengtu.store.models import AgencyRow, User


class NotAllowedError(Exception):
    """The actor may not do this in this agency."""

    def __init__(self, verb: Verb, agency: AgencyRow) -> None:
        super().__init__(f"{verb} in {agency.name}")
        self.verb = verb
        self.agency_name = agency.name


def require(actor: User, verb: Verb, agency: AgencyRow) -> None:
    """Raise NotAllowedError unless the actor may do the verb in the agency."""
    if not may(actor, verb, agency):
        raise NotAllowedError(verb, agency)
