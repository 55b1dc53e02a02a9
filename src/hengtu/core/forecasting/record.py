"""The past of a measure: what stood at the end of each month, and the own figures of months from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hengtu.core.forecasting.outlook import Kind

MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """The value of the year so far at the end of a month, None where it is missing.

    ``known`` is how many months it counts of those ``due`` (unless said, of as many as have passed);
    ``weight`` the denominator of a rate for the year so far, which weighs its months.
    """

    roc_year: int
    month: int
    value: float | None
    known: int | None = None
    due: int | None = None
    weight: float | None = None

    @property
    def figures(self) -> int:
        """How many months are known."""
        if self.value is None:
            return 0
        return self.month if self.known is None else self.known

    @property
    def share(self) -> float:
        """The share of the months due that is known."""
        due = self.month if self.due is None else self.due
        return min(self.figures / due, 1.0) if due else 0.0

    @property
    def counted(self) -> int:
        """How many months of the year it speaks for: a quarter's figure alone for three."""
        return round(self.month * self.share)


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What some months brought by themselves, up to the end of ``month``.

    ``total`` is what they added (of a rate: to its numerator), ``exposure`` the months, or the weight of
    months, that it came from.
    """

    month: int
    months: int
    total: float
    exposure: float

    @property
    def pace(self) -> float:
        """The figure of one month, or the rate."""
        return self.total / self.exposure

    @property
    def covered(self) -> range:
        """The months it speaks for."""
        return range(self.month - self.months + 1, self.month + 1)


@dataclass(frozen=True, slots=True)
class Year:
    """What stood at the end of the months of one ROC year, the newly known ones in rising order.

    ``share`` is that of the months due by now that is known.
    """

    roc_year: int
    points: tuple[Reached, ...]
    share: float = 1.0

    @property
    def last(self) -> Reached:
        """The latest point."""
        return self.points[-1]

    @property
    def complete(self) -> bool:
        """Whether all twelve months are known."""
        return bool(self.points) and self.last.counted == MONTHS

    def at(self, month: int, start: float | None = None) -> float | None:
        """Return what stood at a month, on a straight line between known ones, else None.

        ``start`` is where the year began. A gap in what was known up to then gives None, too.
        """
        after = next((p for p in self.points if p.month >= month), None)
        if after is None or after.value is None or after.counted != after.month:
            return None
        if after.month == month:
            return after.value
        before = next((p for p in reversed(self.points) if p.month < month), None)
        began, base = (before.month, before.value) if before else (0, start)
        if base is None:
            return None
        return base + (after.value - base) * (month - began) / (after.month - began)


def sort_years(history: Iterable[Reached], roc_year: int, month: int) -> dict[int, Year]:
    """Return the years by ROC year; of ``roc_year`` only what was known at the end of ``month``.

    A point that counts no more months than the one before tells nothing new and is left out.
    """
    found: dict[int, dict[int, Reached]] = {}
    for point in history:
        early = point.roc_year < roc_year or point.month <= month
        if point.roc_year <= roc_year and early and point.counted:
            found.setdefault(point.roc_year, {})[point.month] = point
    return {roc_year: _make_year(roc_year, points) for roc_year, points in sorted(found.items())}


def _make_year(roc_year: int, by_month: Mapping[int, Reached]) -> Year:
    points = [by_month[month] for month in sorted(by_month)]
    return Year(roc_year, tuple(_newly_known(points)), points[-1].share)


def _newly_known(points: Sequence[Reached]) -> Iterable[Reached]:
    figures = counted = 0
    for point in points:
        if point.figures > figures and point.counted > counted:
            figures, counted = point.figures, point.counted
            yield point


def own_figures(year: Year, kind: Kind, start: float | None) -> list[Own]:
    """Return what the months of a year brought by themselves.

    ``start`` is where a progress stood at the year's beginning; without it the first figure only tells
    where the next began.
    """
    if kind == "rate":
        return _own_rates(year)
    before, counted = (start, 0) if kind == "progress" else (0.0, 0)
    figures = []
    for point in year.points:
        value, months = point.value or 0.0, point.counted - counted
        if before is not None:
            figures.append(
                Own(month=point.month, months=months, total=value - before, exposure=months)
            )
        before, counted = value, point.counted
    return figures


def _own_rates(year: Year) -> list[Own]:
    weighted = all(point.weight and point.weight > 0 for point in year.points)
    total, exposure, counted = 0.0, 0.0, 0
    figures = []
    for point in year.points:
        weight = float(point.weight or 0) if weighted else float(point.counted)
        numerator = weight * (point.value or 0.0)
        if weight > exposure:
            figures.append(
                Own(
                    month=point.month,
                    months=point.counted - counted,
                    total=numerator - total,
                    exposure=weight - exposure,
                )
            )
        total, exposure, counted = numerator, weight, point.counted
    return figures
