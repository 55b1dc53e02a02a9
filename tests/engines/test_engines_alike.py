"""Formulas and figures made at random come out of every engine as out of single records."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.engines.conftest import SPARK
from tests.engines.test_lights import BOOKS, DIRECTIONS, EDGES
from tests.engines.test_same_as_scalar import COLUMNS, FORMULAS, check

from hengtu.core.amounts import MISSING_KINDS
from hengtu.core.formulas import Formula, parse
from hengtu.core.formulas.evaluation import Known
from hengtu.engines.columns import gather_column
from hengtu.engines.engine import Engine
from hengtu.engines.lights import Aims, Judged, LightBatch
from hengtu.engines.numpy import Batch
from hengtu.engines.numpy.engine import NumpyEngine
from hengtu.engines.program import make_program

Case = tuple[Formula, dict[str, list[Known]]]
MADE = st.lists(st.tuples(FORMULAS, COLUMNS), min_size=12, max_size=16)


def few(examples: int) -> settings:
    """Return settings for few examples of many formulas, none tried smaller: a statement has its price."""
    return settings(
        max_examples=examples,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )


@given(MADE)
@few(5)
def test_values_kinds_and_limits(quick_engine: Engine, cases: list[Case]) -> None:
    hold_against_records(quick_engine, cases)


@SPARK
@given(MADE)
@few(1)
def test_values_kinds_and_limits_on_spark(spark: Engine, cases: list[Case]) -> None:
    hold_against_records(spark, cases)


def hold_against_records(engine: Engine, cases: list[Case]) -> None:
    batches = [make_batch(formula, figures) for formula, figures in cases]
    for (formula, figures), batch, answers in zip(
        cases, batches, engine.compute(batches), strict=True
    ):
        met = [False] * batch.rows if answers.met is None else answers.met.tolist()
        check(formula, figures, answers.column, met)


def make_batch(formula: Formula, figures: dict[str, list[Known]]) -> Batch:
    columns = {name: gather_column(values) for name, values in figures.items()}
    rows = len(next(iter(figures.values())))
    return Batch(program=make_program(formula, columns), columns=columns, rows=rows)


def test_lights_of_every_pair_of_edges(engine: Engine) -> None:
    batches = [make_lights(direction, book) for direction in DIRECTIONS for book in BOOKS]
    for mine, theirs in zip(NumpyEngine().judge(batches), engine.judge(batches), strict=True):
        compare(mine, theirs)


def make_lights(direction: object, book: object) -> LightBatch:
    """Return actuals and targets of all edges and kinds, with and without ranges."""
    known = [*EDGES, *MISSING_KINDS]
    pairs = [(actual, target) for actual in known for target in [*EDGES, math.nan]]
    actuals = gather_column([actual for actual, _ in pairs] * 2)
    targets = np.array([target for _, target in pairs])
    none = np.full(len(pairs), math.nan)
    width = np.resize([0.0, 5.0, math.nan], len(pairs))
    aims = Aims(
        target=np.concatenate([targets, none]),
        low=np.concatenate([none, targets]),
        high=np.concatenate([none, targets + width]),
    )
    return LightBatch(actual=actuals, aims=aims, direction=direction, rulebook=book)  # type: ignore[arg-type]


def compare(mine: Judged, theirs: Judged) -> None:
    for name in ("lights", "reasons", "bands", "met"):
        np.testing.assert_array_equal(getattr(theirs, name), getattr(mine, name))
    for name in ("percent", "distance", "score"):
        np.testing.assert_allclose(getattr(theirs, name), getattr(mine, name), rtol=1e-12)


def test_no_batches_and_no_rows(engine: Engine) -> None:
    assert engine.compute([]) == []
    assert engine.judge([]) == []
    nothing = make_batch(Formula(body=None), {"收件數": []})
    (answers,) = engine.compute([nothing])
    assert len(answers.column) == 0
    empty = LightBatch(
        actual=gather_column([]),
        aims=Aims(target=np.array([])),
        direction="higher",
        rulebook=BOOKS[0],
    )
    (judged,) = engine.judge([empty])
    assert judged.lights.tolist() == []


def test_a_formula_too_long_for_a_database_is_worked_out_beside_it(engine: Engine) -> None:
    stacked = parse("收件數÷（" * 40 + "收件數" + "）" * 40 + "≥3")
    columns = {"收件數": gather_column([2.0, 5.0, "blank"])}
    long = Batch(program=make_program(stacked, columns), columns=columns, rows=3)
    plain = make_batch(parse("收件數×2"), {"收件數": [4.0]})
    short, answers = engine.compute([plain, long])
    assert short.column.at(0) == 8.0
    assert [answers.column.at(row) for row in range(3)] == [2.0, 5.0, "blank"]
    assert answers.met is not None
    assert answers.met.tolist() == [False, True, False]


def test_other_lengths_are_refused(engine: Engine) -> None:
    good = make_batch(Formula(body=None), {"收件數": [1.0]})
    columns = {"收件數": gather_column([1.0, 2.0])}
    program = make_program(parse("收件數×2"), columns)
    with pytest.raises(ValueError, match="rows"):
        engine.compute([good, Batch(program=program, columns=columns, rows=1)])
    lights = LightBatch(
        actual=gather_column([1.0]),
        aims=Aims(target=np.array([1.0, 2.0])),
        direction="higher",
        rulebook=BOOKS[0],
    )
    with pytest.raises(ValueError, match="aim"):
        engine.judge([lights])
