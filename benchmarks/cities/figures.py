"""Five years of figures, month by month, some of them missing for one reason or another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cities.plans import FIRST_YEAR, YEARS, Habit
from hengtu.core.periods import Period
from hengtu.engines.columns import CODES

MONTHS = 12 * YEARS
GAPS = [
    CODES[kind]
    for kind in ("not_reported", "no_data", "not_due", "not_applicable", "no_statistics")
]
Array = NDArray[np.generic]


def list_codes() -> NDArray[np.int64]:
    """Return the codes of the months."""
    years = range(FIRST_YEAR, FIRST_YEAR + YEARS)
    return np.array([Period(year, month=month).code for year in years for month in range(1, 13)])


def make_figures(
    ids: NDArray[np.int64], habits: Sequence[Habit], seed: int
) -> dict[str, NDArray[np.generic]]:
    """Return the rows of figures of some items: item_id, period, value (NaN where missing), missing."""
    random = np.random.default_rng(seed)
    values = np.empty((len(ids), MONTHS))
    for habit in dict.fromkeys(habits):
        own = np.array([one == habit for one in habits])
        values[own] = _draw(habit, int(own.sum()), random)
    gap = random.random(values.shape) < 0.02
    late = random.random(len(ids)) < 0.01
    gap[late, -3:] = True
    missing = np.where(gap, random.choice(GAPS, values.shape), 0)
    return {
        "item_id": np.repeat(ids, MONTHS),
        "period": np.tile(list_codes(), len(ids)),
        "value": np.where(gap, np.nan, values).reshape(-1),
        "missing": missing.reshape(-1),
    }


def _draw(habit: Habit, rows: int, random: np.random.Generator) -> NDArray[np.float64]:
    shape = (rows, MONTHS)
    match habit:
        case "flow":
            drawn = random.integers(200, 900, shape)
            return np.where(random.random(shape) < 0.002, 0, drawn).astype(np.float64)
        case "part":
            return random.integers(150, 700, shape).astype(np.float64)
        case "few":
            return random.integers(0, 60, shape).astype(np.float64)
        case "level":
            return np.repeat(random.integers(10_000, 90_000, (rows, YEARS)), 12, axis=1).astype(
                float
            )
        case "rate":
            return np.round(random.uniform(55, 99, shape), 1)
        case "spent":
            grown = random.uniform(200, 2_000, (rows, YEARS, 12)).cumsum(axis=2)
            return np.round(grown).reshape(shape)
        case "stage":
            grown = random.uniform(0, 3.2, shape).cumsum(axis=1)
            return np.round(np.minimum(grown, 100), 1)
