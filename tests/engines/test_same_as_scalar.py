"""Whatever the formula and the figures, columns answer as single records do."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengtu.core.amounts import MISSING_KINDS
from hengtu.core.formulas import Formula, evaluate
from hengtu.core.formulas.evaluation import Known
from hengtu.core.formulas.tree import (
    Call,
    Defined,
    Definition,
    Item,
    Limit,
    Negative,
    Node,
    Number,
    Percentage,
    Positive,
    Product,
    Relation,
    Sum,
    Total,
)
from hengtu.engines.columns import Column, gather_column
from hengtu.engines.numpy import Batch, compute_batches, compute_column, meets_limit
from hengtu.engines.program import make_program

NAMES = ("收件數", "辦結件數", "合格率", "業務費決算數")
LEAVES = st.one_of(
    st.builds(Item, st.sampled_from(NAMES)),
    st.builds(Item, st.just("決算數")),
    st.builds(Number, st.sampled_from(["0", "1", "12", "0.5", "365"])),
    st.builds(Number, st.integers(1, 99).map(str), st.just(True)),
)


def _branches(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    terms = st.lists(st.tuples(st.sampled_from("+-"), inner), min_size=2, max_size=4)
    factors = st.lists(st.tuples(st.sampled_from("*/"), inner), min_size=2, max_size=4)
    return st.one_of(
        terms.map(lambda found: Sum((("+", found[0][1]), *found[1:]))),
        factors.map(lambda found: Product((("*", found[0][1]), *found[1:]))),
        st.builds(Negative, inner),
        st.builds(Total, inner),
        st.builds(Positive, inner),
        st.builds(Percentage, inner),
        st.builds(Defined, st.just("執行數"), inner),
        *_calls(inner),
    )


def _calls(inner: st.SearchStrategy[Node]) -> list[st.SearchStrategy[Node]]:
    several = st.lists(inner, min_size=2, max_size=4).map(tuple)
    relations = st.builds(
        Relation, st.sampled_from([">=", "<=", ">", "<", "=", "<>"]), inner, inner
    )
    pairs = st.tuples(relations, relations)
    conditions = st.one_of(
        relations,
        st.builds(Call, st.sampled_from(["and", "or"]), pairs),
        st.builds(Call, st.just("not"), st.tuples(relations)),
    )
    decimals = st.sampled_from(["0", "1", "3"]).map(Number)
    return [
        st.builds(Call, st.sampled_from(["mean", "sum", "max", "min", "count"]), several),
        st.builds(Call, st.just("if"), st.tuples(conditions, inner, inner)),
        st.builds(Call, st.just("if_missing"), st.tuples(inner, inner)),
        st.builds(Call, st.just("abs"), st.tuples(inner)),
        st.builds(
            Call, st.just("round"), st.tuples(inner, st.one_of(decimals, decimals.map(Negative)))
        ),
    ]


TREES = st.recursive(LEAVES, _branches, max_leaves=12)
FORMULAS = st.builds(
    Formula,
    body=TREES,
    limit=st.none() | st.builds(Limit, st.sampled_from([">=", "<=", ">", "<", "="]), st.just("1")),
    unit=st.sampled_from([None, "%"]),
    definitions=st.just(())
    | st.just((Definition("決算數", Sum((("+", Item("收件數")), ("+", Item("決算數"))))),)),
)
FIGURES = st.one_of(
    st.sampled_from([0.0, -0.0, 1.0, 100.0, 1e-9, 1e200, 1e-200, math.inf, math.nan]),
    st.floats(-1e6, 1e6),
    st.sampled_from(MISSING_KINDS),
)
COLUMNS = st.integers(1, 6).flatmap(
    lambda rows: st.dictionaries(
        st.sampled_from(NAMES), st.lists(FIGURES, min_size=rows, max_size=rows), min_size=1
    )
)


def scalar(formula: Formula, figures: dict[str, list[Known]], row: int) -> tuple[Known, bool]:
    """Return the answer of one record and whether it meets the limit."""
    outcome = evaluate(formula, {name: values[row] for name, values in figures.items()})
    answer = outcome.answer
    return (answer.missing or 0.0) if answer.value is None else answer.value, outcome.met is True


def check(
    formula: Formula, figures: dict[str, list[Known]], answers: Column, met: list[bool]
) -> None:
    """Hold a column against every record."""
    assert (np.isnan(answers.values) == (answers.kinds > 0)).all()
    assert not np.isinf(answers.values).any()
    for row in range(len(answers)):
        assert (answers.at(row), met[row]) == scalar(formula, figures, row)


@given(FORMULAS, COLUMNS)
@settings(max_examples=400, deadline=None)
def test_numpy_is_the_same_to_the_last_bit(
    formula: Formula, figures: dict[str, list[Known]]
) -> None:
    columns = {name: gather_column(values) for name, values in figures.items()}
    rows = len(next(iter(columns.values())))
    program = make_program(formula, columns)
    answers = compute_column(program, columns, rows=rows)
    met = meets_limit(program, answers)
    check(formula, figures, answers, [False] * rows if met is None else met.tolist())


@given(FORMULAS, COLUMNS)
@settings(max_examples=60, deadline=None)
def test_duckdb_is_the_same(formula: Formula, figures: dict[str, list[Known]]) -> None:
    engine = pytest.importorskip("hengtu.engines.duckdb", reason="the extra bulk is not installed")
    columns = {name: gather_column(values) for name, values in figures.items()}
    rows = len(next(iter(columns.values())))
    answers = engine.compute_columns(make_program(formula, columns), columns, rows=rows)
    met = [False] * rows if answers.met is None else answers.met.tolist()
    check(formula, figures, answers.column, met)


@given(st.lists(st.tuples(FORMULAS, COLUMNS), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_together_is_the_same_as_alone(
    given: list[tuple[Formula, dict[str, list[Known]]]],
) -> None:
    batches = []
    for formula, figures in [*given, *given]:
        columns = {name: gather_column(values) for name, values in figures.items()}
        rows = len(next(iter(columns.values())))
        program = make_program(formula, columns)
        batches.append(Batch(program=program, columns=columns, rows=rows))
    for batch, together in zip(batches, compute_batches(batches), strict=True):
        alone = compute_column(batch.program, batch.columns, rows=batch.rows)
        np.testing.assert_array_equal(together.values, alone.values)
        np.testing.assert_array_equal(together.kinds, alone.kinds)


@given(TREES)
@settings(max_examples=60, deadline=None)
def test_a_long_column_is_its_rows(tree: Node) -> None:
    few = {
        name: gather_column([3.0, "no_data", 0.0, 8.0, -2.0][::step])
        for name, step in zip(NAMES, (1, -1, 1, -1), strict=True)
    }
    many = {
        name: Column(np.tile(one.values, 9000), np.tile(one.kinds, 9000))
        for name, one in few.items()
    }
    program = make_program(Formula(body=tree), few)
    short = compute_column(program, few, rows=5)
    long = compute_column(program, many, rows=45_000)
    np.testing.assert_array_equal(long.values, np.tile(short.values, 9000))
    np.testing.assert_array_equal(long.kinds, np.tile(short.kinds, 9000))
