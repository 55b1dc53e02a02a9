"""How a forecast was found, or why there is none, as steps for the wording."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hengtu.core.forecasting.outlook import Fact, Forecast, Ground, GroundKind, Refusal
from hengtu.core.plan import Direction


def tell_forecast(forecast: Forecast, direction: Direction | None) -> Forecast:
    """Return a forecast with its grounds."""
    return replace(forecast, grounds=tuple(_grounds(forecast, direction)))


def tell_refusal(refusal: Refusal) -> Refusal:
    """Return a refusal with its ground."""
    ground = _ground(
        "refused",
        reason=refusal.reason,
        roc_year=refusal.roc_year,
        months=refusal.months,
        due=refusal.due,
        needed=refusal.needed,
    )
    return replace(refusal, grounds=(ground,))


def _ground(kind: GroundKind, **facts: Fact) -> Ground:
    return Ground(kind, facts)


def _grounds(forecast: Forecast, direction: Direction | None) -> Iterator[Ground]:
    basis = forecast.basis
    yield _ground(
        "method",
        method=forecast.method,
        grows=forecast.kind,
        month=basis.month,
        value=forecast.value,
    )
    if forecast.months:
        yield from _found(forecast)
    yield from _prospects(forecast, direction)


def _found(forecast: Forecast) -> Iterator[Ground]:
    basis = forecast.basis
    yield _ground("basis", months=basis.months, month=basis.month, figures=basis.figures)
    if basis.months < basis.month:
        yield _ground("filled", grows=forecast.kind, missing=basis.month - basis.months)
    if basis.past_years:
        first, last = basis.past_years[0], basis.past_years[-1]
        yield _ground("past_years", first=first, last=last, count=len(basis.past_years))
    else:
        yield _ground("no_past")
    if basis.tested and basis.error is not None:
        yield _ground("tested", count=basis.tested, error=basis.error)
    yield _ground(
        "interval",
        confidence=round(forecast.confidence * 100),
        value=forecast.value,
        target=forecast.target,
        low=forecast.low,
        high=forecast.high,
    )


def _prospects(forecast: Forecast, direction: Direction | None) -> Iterator[Ground]:
    aim = forecast.aim
    if forecast.will_meet is None:
        yield _ground("no_target", direction=direction)
        return
    yield _ground("target", target=aim.target, low=aim.low, high=aim.high)
    if not forecast.months:
        yield _ground("ended", light=forecast.light)
    elif forecast.warning:
        yield _ground("warning", warning=forecast.warning, light=forecast.light)
    else:
        yield _ground("prospect", will_meet=forecast.will_meet, light=forecast.light)
