"""Whatever the lights and the weights, they roll up in bulk as on one record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.judging_plans import judge_both
from tests.engines.judging_strategies import RULEBOOKS, actuals, plans

from hengtu.core.judging.results import as_children
from hengtu.core.judging.rollup import Node, roll_up_plan
from hengtu.core.judging.rulebook import PRODUCT_DEFAULT, Rulebook
from hengtu.core.periods import Period
from hengtu.core.plan import Plan
from hengtu.engines.judging import Group, Months, make_level, make_outline, roll_up_months
from hengtu.engines.judging.months import empty_months
from hengtu.engines.judging.outline import PartKind, list_parts
from hengtu.engines.judging.rollup import NodeMonths, roll_up_level
from hengtu.engines.lights import COLOURS, code_reason, name_reason

CODES = ("AC0.1", "AC1.1", "AC2.1", "AC1", "AP1", "BP1")
WEIGHTS = st.dictionaries(
    st.sampled_from(CODES), st.sampled_from([0.0, 20.0, 50.0, 100.0]), max_size=6
)


def tell_node(node: Node) -> tuple[object, ...]:
    """Return a node of the path of one record in words and rounded numbers."""
    counts = tuple(count for _, count in node.counts)
    score = None if node.score is None else round(node.score, 7)
    return node.light, node.reason, score, round(node.coverage, 9), counts


def tell_cell(nodes: NodeMonths, row: int, column: int) -> tuple[object, ...]:
    """Return a node of the bulk path likewise."""
    at = row, column
    score = float(nodes.score[at])
    counts = tuple(int(one[at]) for one in (nodes.green, nodes.yellow, nodes.red, nodes.white))
    return (
        COLOURS[int(nodes.lights[at])],
        name_reason(int(nodes.reasons[at])),
        None if np.isnan(score) else round(score, 7),
        round(float(nodes.coverage[at]), 9),
        counts,
    )


def by_part(
    plan: Plan, found: Mapping[PartKind, NodeMonths], column: int
) -> dict[tuple[str, str], tuple[object, ...]]:
    """Return the nodes of a month by kind and code."""
    return {
        (kind, code): tell_cell(found[kind], row, column)
        for kind, codes in list_parts(plan).items()
        for row, code in enumerate(codes)
    }


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_plans_roll_up_the_same(data: st.DataObject) -> None:
    plan = data.draw(plans())
    books = {roc_year: data.draw(RULEBOOKS) for roc_year in (113, 114)}
    weights = {roc_year: data.draw(WEIGHTS) for roc_year in (113, 114)}
    bulk, single = judge_both(
        plan,
        data.draw(actuals(plan)),
        first=Period(113, month=1),
        last=Period(114, month=12),
        rulebook_of=books.__getitem__,
    )
    found = roll_up_months(
        bulk, make_outline(plan), rulebook_of=books.__getitem__, weights_of=weights.__getitem__
    )
    for column, code in enumerate(bulk.periods.tolist()):
        roc_year = Period.from_code(code).roc_year
        nodes = roll_up_plan(
            plan,
            as_children(results[column] for results in single),
            books[roc_year],
            weights=weights[roc_year],
        )
        wanted = {(node.kind, node.code): tell_node(node) for node in nodes}
        assert by_part(plan, found, column) == wanted


def lit(lights: list[int], scores: list[float], reasons: list[str | None]) -> Months:
    """Return measures with lights for one month."""
    months = empty_months(len(lights), np.array([Period(114, month=6).code], np.int16))
    months.lights[:, 0], months.score[:, 0] = lights, scores
    months.reasons[:, 0] = [code_reason(one) for one in reasons]  # type: ignore[arg-type]
    months.coverage[:, 0] = [1.0 if light >= 0 else 0.0 for light in lights]
    return months


@given(
    st.lists(st.floats(0, 100), min_size=1, max_size=5),
    RULEBOOKS,
    st.sampled_from(["not_reported", "no_data", "not_computable", "not_due", "early"]),
)
def test_a_missing_child_never_turns_a_light_green(
    scores: list[float], book: Rulebook, reason: str
) -> None:
    lights = [2 if score >= 95 else 1 if score >= 80 else 0 for score in scores]
    months = lit([*lights, -1], [*scores, np.nan], [*([None] * len(scores)), reason])
    groups = [Group(children=range(len(scores))), Group(children=range(len(scores) + 1))]
    nodes = roll_up_level(months, make_level(groups, months.periods), lambda roc_year: book)
    before, after = nodes.lights[:, 0]
    assert after != 2 or before == 2
    assert nodes.coverage[1, 0] <= nodes.coverage[0, 0]
    assert nodes.score[1, 0] == pytest.approx(nodes.score[0, 0])


def test_a_weighted_sibling_without_a_light_is_missing() -> None:
    months = lit([2, 2], [100.0, 100.0], [None, None])
    group = Group(children=[0, 1], codes=["甲", "乙"], siblings=["甲", "乙", "丙"])
    weighed = make_level([group], months.periods, lambda roc_year: {"甲": 30, "乙": 30, "丙": 40})
    book = replace(PRODUCT_DEFAULT, least_coverage=0.7)
    node = roll_up_level(months, weighed, lambda roc_year: book)
    assert node.coverage[0, 0] == pytest.approx(0.6)
    assert (node.lights[0, 0], name_reason(int(node.reasons[0, 0]))) == (-1, "low_coverage")
    assert (node.green[0, 0], node.white[0, 0]) == (2, 1)


def test_a_part_without_children_is_refused() -> None:
    with pytest.raises(ValueError, match="without children"):
        make_level([Group(children=[])], np.array([2168], np.int16))
