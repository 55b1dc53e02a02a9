"""The results of a plan worked out again in columns, and held against those of single records."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from hengtu.core.formulas import Formula
from hengtu.core.judging.lights import Aim, Light, temper
from hengtu.core.judging.results import Result
from hengtu.core.judging.rulebook import Rulebook
from hengtu.core.judging.scoring import score_achievement
from hengtu.engines.answers import Answers
from hengtu.engines.columns import Floats, gather_column
from hengtu.engines.engine import Engine
from hengtu.engines.lights import COLOURS, Aims, Judged, LightBatch
from hengtu.engines.numpy import Batch
from hengtu.engines.program import make_program

NEAR = 1e-9
Shown = float | str | None


class DisagreementError(Exception):
    """An engine that answers otherwise than the path of one record: which measure, in what, both answers."""

    def __init__(self, result: Result, field: str, record: Shown, engine: Shown) -> None:
        super().__init__(f"{result.code} {field}: {record} / {engine}")
        self.code = result.code
        self.measure = result.measure
        self.field = field
        self.record = record
        self.engine = engine


def work_out(results: Sequence[Result], rulebook: Rulebook, engine: Engine) -> tuple[Result, ...]:
    """Return results with the values, achievements and lights that an engine gives.

    Operands, aims, values that were given, weighted scores and explanations are those of the results.
    DisagreementError where the engine differs by more than 1e-9.
    """
    valued = _compute(results, engine)
    batches = [_light_batch(result, rulebook) for result in valued]
    return tuple(
        _put_light(result, judged, rulebook)
        for result, judged in zip(valued, engine.judge(batches), strict=True)
    )


def _compute(results: Sequence[Result], engine: Engine) -> list[Result]:
    """Return results with the values that came from operands worked out by an engine."""
    valued = list(results)
    places = [
        (place, result, result.basis.formula)
        for place, result in enumerate(results)
        if result.basis and result.basis.formula and result.basis.operands
    ]
    answers = engine.compute([_batch(result, formula) for _, result, formula in places])
    for (place, result, _), own in zip(places, answers, strict=True):
        valued[place] = _put_value(result, own)
    return valued


def _batch(result: Result, formula: Formula) -> Batch:
    known = result.basis.operands if result.basis else {}
    columns = {name: gather_column([value]) for name, value in known.items()}
    program = make_program(formula, columns, unit=result.unit)
    return Batch(program=program, columns=columns, rows=1)


def _put_value(result: Result, answers: Answers) -> Result:
    given = answers.column.at(0)
    if isinstance(given, str):
        _agree(result, "missing", result.missing or result.value, given)
        return result
    _agree(result, "value", result.missing or result.value, given)
    return replace(result, value=given)


def _light_batch(result: Result, rulebook: Rulebook) -> LightBatch:
    known = result.value if result.value is not None else (result.missing or "not_reported")
    aim = result.basis.aim if result.basis else Aim()
    return LightBatch(
        actual=gather_column([known]),
        aims=Aims(target=_one(aim.target), low=_one(aim.low), high=_one(aim.high)),
        direction=result.direction,
        rulebook=rulebook,
    )


def _one(value: float | None) -> Floats:
    return np.array([math.nan if value is None else value])


def _put_light(result: Result, judged: Judged, rulebook: Rulebook) -> Result:
    light = _light(result, judged, rulebook)
    percent, score = _number(judged.percent), _number(judged.score)
    achieved = result.basis.achieved if result.basis else None
    _agree(result, "light", result.light, light.colour)
    _agree(result, "achievement", result.achievement, percent)
    _agree(result, "score", score_achievement(achieved), score)
    _agree(result, "grade", result.grade, light.band.grade if light.band else "")
    if achieved:
        _agree(result, "distance", achieved.distance, _number(judged.distance))
    return replace(result, light=light.colour, achievement=percent)


def _light(result: Result, judged: Judged, rulebook: Rulebook) -> Light:
    """Return the light of an engine as the time of the year and what had been reached before leave it."""
    place = int(judged.bands[0])
    band = rulebook.bands[place] if place >= 0 else None
    light = Light(colour=COLOURS[int(judged.lights[0])], band=band)
    early, fallen = result.reason == "early", result.reason == "fallen"
    return temper(light, rulebook, early=early, fallen=fallen)


def _number(column: Floats) -> float | None:
    return None if math.isnan(column[0]) else float(column[0])


def _agree(result: Result, field: str, record: Shown, engine: Shown) -> None:
    if isinstance(record, float | int) and isinstance(engine, float):
        same = math.isclose(record, engine, rel_tol=NEAR, abs_tol=NEAR)
    else:
        same = record == engine
    if not same:
        raise DisagreementError(result, field, record, engine)
