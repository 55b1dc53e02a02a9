"""A measure's year on a page: the drawing, the chart that answers to keys, and the table beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hengtu.core.forecasting.outlook import Ahead
from hengtu.queries.years import MONTHS, Year
from hengtu.web.charts import YearChart, draw_year
from hengtu.web.lights import MarkedResult, achievement_of, mark_result, print_with_unit
from hengtu.web.plots import Plot, plot_year, tell_ahead


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month of the table; what does not exist is empty."""

    month: int
    marked: MarkedResult | None
    planned: str
    achievement: str
    before: str
    ahead: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ShownYear:
    """A measure's year; without two months that have values there is nothing to draw."""

    year: Year
    drawn: YearChart | None
    plot: Plot | None
    rows: tuple[MonthRow, ...]

    @property
    def has_before(self) -> bool:
        """Whether anything is known of the year before."""
        return any(value is not None for value in self.year.before)

    @property
    def has_planned(self) -> bool:
        """Whether anything is due."""
        return any(value is not None for value in self.year.planned)

    @property
    def has_ahead(self) -> bool:
        """Whether anything is forecast."""
        return any(row.ahead for row in self.rows)


def show_year(year: Year, name: str, ahead: Sequence[Ahead] = ()) -> ShownYear:
    """Return the year of a measure of that name, with what is forecast for the months to come."""
    return ShownYear(
        year=year,
        drawn=draw_year(year, ahead=ahead),
        plot=plot_year(year, name, ahead=ahead),
        rows=tuple(list_rows(year, ahead)),
    )


def list_rows(year: Year, ahead: Sequence[Ahead]) -> Iterator[MonthRow]:
    """Yield the months of which anything is known."""
    expected = {one.month: tell_ahead(one, year.unit) for one in ahead}
    for month in MONTHS:
        place = month - 1
        result = year.results[place] if place < len(year.results) else None
        row = MonthRow(
            month=month,
            marked=mark_result(result),
            planned=print_with_unit(year.planned[place], None, year.unit),
            achievement=achievement_of(result) if result else "",
            before=print_with_unit(year.before[place], None, year.unit),
            ahead=expected.get(month, ""),
            chosen=month == year.shown,
        )
        if row.marked or row.planned or row.before or row.ahead:
            yield row
