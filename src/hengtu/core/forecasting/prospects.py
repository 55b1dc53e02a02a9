"""What a forecast means for the target: met or not, the light to come, an early warning."""

from __future__ import annotations

from dataclasses import replace

from hengtu.core.forecasting.outlook import Caution, Forecast, Outcome
from hengtu.core.judging.lights import Achievement, Aim, judge
from hengtu.core.judging.rulebook import RANK, Colour, Rulebook
from hengtu.core.plan import Direction


def judge_prospects(
    forecast: Forecast, direction: Direction | None, rulebook: Rulebook, *, sure: bool
) -> Forecast:
    """Return a forecast with the lights of its value and of its interval, and the warning they give.

    The warning is ``likely`` where no value of the interval earns green and enough is known to be ``sure``
    of that, ``possible`` where the expected one does not.
    """
    aim = forecast.aim
    light, achieved = judge(forecast.value, aim, direction, rulebook)
    if achieved is None:
        return forecast
    ends = [judge(end, aim, direction, rulebook) for end in _ends(forecast, aim)]
    colours: list[Colour] = [one.colour for one, _ in (*ends, (light, achieved))]
    best, worst = max(colours, key=RANK.__getitem__), min(colours, key=RANK.__getitem__)
    return replace(
        forecast,
        light=light.colour,
        best=best,
        worst=worst,
        will_meet=_will_meet([found for _, found in ends if found]),
        warning=_warn(light.colour, best, sure) if forecast.months else None,
    )


def _ends(forecast: Forecast, aim: Aim) -> list[float]:
    """Return the ends of the interval, and what of it lies nearest to a range."""
    ends = [forecast.low, forecast.high]
    inside = [end for end in (aim.low, aim.high) if end is not None]
    return [*ends, *(end for end in inside if forecast.low <= end <= forecast.high)]


def _will_meet(ends: list[Achievement]) -> Outcome:
    met = [one.met for one in ends]
    return "yes" if all(met) else "open" if any(met) else "no"


def _warn(light: Colour, best: Colour, sure: bool) -> Caution | None:
    if light not in ("yellow", "red"):
        return None
    return "likely" if sure and best != "green" else "possible"
