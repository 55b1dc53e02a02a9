"""Lights and scores of measures in their year: ``core.judging.judgement`` on columns.

Arrays are [measures, years, 12].
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hengtu.core.judging.holding import LEVEL_CURVES
from hengtu.core.judging.methods import Method
from hengtu.core.judging.rulebook import RANK, Rulebook
from hengtu.engines.columns import THERE, Bools, Codes, Column, Floats
from hengtu.engines.judging.grid import MONTHS
from hengtu.engines.judging.months import Lights
from hengtu.engines.judging.planning import AimGrid, Due
from hengtu.engines.judging.steps import Steps, ask_lights
from hengtu.engines.judging.values import Values
from hengtu.engines.lights import EARLY, FALLEN, PARTIAL, WHITE, Aims, LightBatch
from hengtu.engines.numpy.comparison import compare

_MONTHS = np.arange(1, MONTHS + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a light is judged by; ``highest`` is the best value there was before, for measures to be held."""

    values: Values
    coverage: Floats
    aims: AimGrid
    due: Due
    highest: Floats | None = None

    def cut(self, years: slice) -> Case:
        """Return some of the years."""
        values, aims = self.values, self.aims
        return Case(
            values=Values(
                values=values.values[:, years],
                kinds=values.kinds[:, years],
                known=values.known[:, years],
                due=values.due[:, years],
            ),
            coverage=self.coverage[:, years],
            aims=AimGrid(
                target=aims.target[:, years],
                low=aims.low[:, years],
                high=aims.high[:, years],
                part=aims.part[:, years],
            ),
            due=Due(self.due.value[:, years], self.due.even[:, years]),
            highest=None if self.highest is None else self.highest[:, years],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Lit:
    """Lights with their reasons, bands, achievements in percent and scores."""

    lights: Lights
    reasons: Codes
    bands: Lights
    percent: Floats
    score: Floats


def light_up(method: Method, case: Case, rulebook: Rulebook) -> Steps[Lit]:
    """Return the lights of years that one rulebook holds for."""
    shape = case.coverage.shape
    ranged = case.aims.ranged
    some = bool(ranged.any())
    asked = LightBatch(
        actual=Column(case.values.values.reshape(-1), case.values.kinds.reshape(-1)),
        aims=Aims(
            target=np.where(ranged, np.nan, case.due.value).reshape(-1),
            low=np.where(ranged, case.due.value, np.nan).reshape(-1) if some else None,
            high=case.aims.high.reshape(-1) if some else None,
        ),
        direction=method.direction,
        rulebook=rulebook,
    )
    judged = yield from ask_lights(asked)
    lit = Lit(
        lights=judged.lights.reshape(shape),
        reasons=judged.reasons.reshape(shape),
        bands=judged.bands.reshape(shape),
        percent=judged.percent.reshape(shape),
        score=_score(judged.score, rulebook).reshape(shape),
    )
    _wait(lit, _early(method, case, rulebook))
    if case.highest is not None:
        _lower(lit, _fallen(method, case, case.highest), rulebook)
    lit.reasons[(lit.reasons == THERE) & (case.coverage < 1)] = PARTIAL
    return lit


def _score(achieved: Floats, rulebook: Rulebook) -> Floats:
    """Return the scores 0–100; there are none where people assess another part."""
    ((name, weight), *assessed) = rulebook.parts
    if assessed or name != "achievement":
        return np.full(achieved.shape, np.nan)
    return np.minimum(weight * achieved / 100, 100.0)


def _early(method: Method, case: Case, rulebook: Rulebook) -> Bools:
    """Return where it is too early in the year to hold a measure against an even curve."""
    early = case.due.even & (rulebook.judged_from > _MONTHS) & np.isfinite(case.due.value)
    ranged = case.aims.ranged
    most = np.where(ranged, case.aims.high, case.aims.target)
    worse = ranged | (method.direction in ("lower", "range"))
    found: Bools = early & ~(worse & (case.values.values > most))
    return found


def _wait(lit: Lit, early: Bools) -> None:
    behind = early & ((lit.lights == RANK["yellow"]) | (lit.lights == RANK["red"]))
    lit.lights[behind] = WHITE
    lit.reasons[behind] = EARLY
    lit.bands[behind] = -1
    lit.score[behind] = np.nan


def _fallen(method: Method, case: Case, highest: Floats) -> Bools:
    """Return where a target that had been reached before is lost; a count begins anew every January."""
    target = case.aims.target
    level = case.aims.part | (method.curve in LEVEL_CURVES)
    level &= ~case.aims.ranged & np.isfinite(target) & (case.values.kinds == THERE)
    reached = compare(highest, ">=", target) & ~compare(case.values.values, ">=", target)
    found: Bools = level & reached
    return found


def _lower(lit: Lit, fallen: Bools, rulebook: Rulebook) -> None:
    told = fallen & (lit.lights != WHITE)
    most = RANK[rulebook.fallen]
    better = told & (lit.lights > most)
    lit.reasons[told] = FALLEN
    lit.lights[better] = most
    lit.bands[better] = -1


def find_highest(values: Values, before: Floats) -> Floats:
    """Return the best value there was before each month, ``before`` the year [measures, years] or in it."""
    so_far = np.where(values.kinds == THERE, values.values, np.nan)
    earlier = np.concatenate([before[:, :, None], so_far[:, :, :-1]], axis=2)
    highest: Floats = np.fmax.accumulate(earlier, axis=2)
    return highest
