"""Who may do what: one table of roles and verbs.

A role counts in its own agency. Roles of an agency above count below it too, for the verbs in
``REACHING_DOWN`` only.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

Role = Literal[
    "data_owner", "section_chief", "planning_officer", "director", "auditor", "administrator"
]
Verb = Literal[
    "plan.view",
    "document.view",
    "document.upload",
    "document.discard",
    "finding.decide",
    "plan.adopt",
    "plan.align",
    "plan.link",
    "plan.weigh",
    "plan.activate",
    "rulebook.choose",
    "item.define",
    "actuals.enter",
    "results.recompute",
    "account.manage",
    "audit.read",
]
ROLES: tuple[Role, ...] = get_args(Role)
VERBS: tuple[Verb, ...] = get_args(Verb)

_VIEW: frozenset[Verb] = frozenset({"plan.view", "document.view"})
_PLANNING: frozenset[Verb] = frozenset(
    {
        "document.upload",
        "document.discard",
        "finding.decide",
        "plan.adopt",
        "plan.align",
        "plan.link",
        "plan.weigh",
        "plan.activate",
        "rulebook.choose",
        "item.define",
        "actuals.enter",
    }
)
TABLE: dict[Role, frozenset[Verb]] = {
    "data_owner": frozenset({"plan.view", "actuals.enter"}),
    "section_chief": _VIEW | {"actuals.enter"},
    "planning_officer": _VIEW | _PLANNING,
    "director": _VIEW,
    "auditor": _VIEW | {"audit.read"},
    "administrator": _VIEW | {"account.manage", "audit.read", "results.recompute"},
}
REACHING_DOWN: frozenset[Verb] = _VIEW | {"account.manage", "audit.read"}


def permits(verb: Verb, *, here: Iterable[Role], above: Iterable[Role] = ()) -> bool:
    """Tell whether the roles held in an agency, and in those above it, allow a verb there.

    >>> permits("plan.adopt", here=["planning_officer"])
    True
    >>> permits("plan.adopt", here=[], above=["planning_officer"])
    False
    """
    if any(verb in TABLE[role] for role in here):
        return True
    return verb in REACHING_DOWN and any(verb in TABLE[role] for role in above)
