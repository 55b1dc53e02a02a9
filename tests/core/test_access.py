"""Who may do what: the table as a planner would read it aloud."""

import pytest

from hengtu.core.access import REACHING_DOWN, ROLES, TABLE, VERBS, Role, Verb, permits


@pytest.mark.parametrize(
    ("role", "verb", "allowed"),
    [
        ("planning_officer", "plan.adopt", True),
        ("planning_officer", "account.manage", False),
        ("director", "plan.view", True),
        ("director", "plan.adopt", False),
        ("data_owner", "actuals.enter", True),
        ("data_owner", "document.view", False),
        ("auditor", "audit.read", True),
        ("auditor", "finding.decide", False),
        ("administrator", "account.manage", True),
        ("administrator", "plan.adopt", False),
        ("administrator", "results.recompute", True),
        ("director", "results.recompute", False),
    ],
)
def test_role_and_verb(role: Role, verb: Verb, allowed: bool) -> None:
    assert permits(verb, here=[role]) is allowed


def test_every_role_sees_plans_and_every_verb_has_somebody() -> None:
    assert set(TABLE) == set(ROLES)
    assert all("plan.view" in TABLE[role] for role in ROLES)
    assert set(VERBS) == set().union(*TABLE.values())


def test_from_above_one_may_look_but_not_touch() -> None:
    assert permits("plan.view", here=[], above=["director"])
    assert not permits("plan.adopt", here=[], above=["planning_officer"])
    assert REACHING_DOWN.isdisjoint({"plan.adopt", "finding.decide", "actuals.enter"})
