"""The parts of a dashboard as the page shows them: tiles, charts, groups and lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hengtu.core.judging.rulebook import Colour
from hengtu.core.periods import Period
from hengtu.queries.dashboards import Dashboard, Group, Scope, Standing, Tally
from hengtu.queries.years import MONTHS, Course
from hengtu.web.bars import ORDER, Bars, draw_bars
from hengtu.web.languages import page_language
from hengtu.web.lights import MarkedResult, mark_node, mark_result
from hengtu.web.periods import print_period
from hengtu.web.plots import Plot, Series
from hengtu.web.sparks import Spark, draw_spark
from hengtu.wording.dashboards import tell_coverage, tell_gap
from hengtu.wording.numbers import print_share
from hengtu.writers.figure import LightMark
from hengtu.writers.reports.map import light_of

GROUP_TITLES: dict[str, str | Promise] = {
    "perspectives": _("各構面得分"),
    "themes": _("各策略主題得分"),
    "sections": _("各主責單位得分"),
}
PARAMETERS = {"perspectives": "perspective", "themes": "theme", "sections": "section"}


@dataclass(frozen=True, slots=True)
class Tile:
    """A light with its number of KPIs, what changed since the month before, and where they are listed."""

    mark: LightMark
    count: int
    change: str
    query: str


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A theme, perspective or section with its light, coverage in percent and the lights of its KPIs."""

    name: str
    mark: LightMark
    coverage: str
    counts: tuple[tuple[LightMark, int], ...]
    query: str


@dataclass(frozen=True, slots=True)
class GroupCard:
    """Groups of one kind as bars and as a table."""

    kind: str
    title: str | Promise
    bars: Bars
    plot: Plot
    groups: tuple[ShownGroup, ...]


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A measure that is behind, or was not reported in full."""

    standing: Standing
    marked: MarkedResult
    why: str
    spark: Spark | None


def list_tiles(board: Dashboard, scope: Scope, kept: Mapping[str, str]) -> tuple[Tile, ...]:
    """Return the four lights of the month; each leads to its KPIs on the scorecard."""
    return tuple(
        Tile(
            mark=light_of(colour, lang=page_language()),
            count=board.now.counts.get(colour, 0),
            change=tell_change(board, colour),
            query=urlencode(scorecard_filter(scope) | {"light": colour} | dict(kept)),
        )
        for colour in ORDER
    )


def rest_of(scope: Scope, kept: Mapping[str, str]) -> str:
    """Return the query of the scorecard that lists a scope with what is behind first."""
    return urlencode(
        scorecard_filter(scope) | {"group": "none", "sort": "achievement"} | dict(kept)
    )


def scorecard_filter(scope: Scope) -> dict[str, str]:
    """Return a scope as the scorecard filters by it."""
    named = {"theme": scope.theme, "owner": scope.section}
    return {name: value for name, value in named.items() if value}


def tell_change(board: Dashboard, colour: Colour) -> str:
    """Return how many more or fewer KPIs have a light than the month before; empty for the first month."""
    if board.before is None:
        return ""
    change = board.now.counts.get(colour, 0) - board.before.counts.get(colour, 0)
    if not change:
        return gettext("與上月相同")
    return gettext("較上月 %(change)s") % {"change": f"{change:+d}".replace("-", "−")}


def list_cards(board: Dashboard, scope: Scope, kept: Mapping[str, str]) -> tuple[GroupCard, ...]:
    """Return the groups of every kind that has two at least."""
    kinds = {
        "perspectives": board.perspectives,
        "themes": board.themes,
        "sections": board.sections,
    }
    return tuple(
        make_card(kind, groups, scope, kept) for kind, groups in kinds.items() if len(groups) > 1
    )


def make_card(
    kind: str, groups: Sequence[Group], scope: Scope, kept: Mapping[str, str]
) -> GroupCard:
    """Return the groups of one kind with their bars."""
    shown = tuple(show_group(kind, group, scope, kept) for group in groups)
    scores = tuple(None if one.node.light == "white" else one.node.score for one in groups)
    return GroupCard(
        kind=kind,
        title=GROUP_TITLES[kind],
        bars=draw_bars(
            [
                (one.name, one.mark.text, one.mark.colour, score)
                for one, score in zip(shown, scores, strict=True)
            ]
        ),
        plot=plot_groups(str(GROUP_TITLES[kind]), shown, scores),
        groups=shown,
    )


def show_group(kind: str, group: Group, scope: Scope, kept: Mapping[str, str]) -> ShownGroup:
    """Return a group; perspectives lead to the scorecard, themes and sections to their own dashboard."""
    lang = page_language()
    asked = {"theme": scope.theme, "section": scope.section} if kind != "perspectives" else {}
    base = scorecard_filter(scope) if kind == "perspectives" else asked
    query = {k: v for k, v in base.items() if v} | {PARAMETERS[kind]: group.name} | dict(kept)
    return ShownGroup(
        name=group.name,
        mark=mark_node(group.node) or light_of("white", lang=lang),
        coverage=f"{print_share(group.node.coverage)}%",
        counts=tuple((light_of(c, lang=lang), group.counts.get(c, 0)) for c in ORDER),
        query=urlencode(query),
    )


def plot_groups(title: str, groups: Sequence[ShownGroup], scores: Course) -> Plot:
    """Return the scores of groups for the chart module."""
    labels = tuple(group.name for group in groups)
    return Plot(
        kind="bars",
        name=title,
        labels=labels,
        spoken=labels,
        series=(
            Series(
                role="score",
                name="",
                values=scores,
                told=tuple(group.mark.text for group in groups),
                lights=tuple(group.mark.colour for group in groups),
            ),
        ),
    )


def plot_tallies(board: Dashboard, roc_year: int) -> Plot:
    """Return the lights month by month for the chart module."""
    by_month = {tally.month: tally for tally in board.tallies}
    return Plot(
        kind="stack",
        name=gettext("%(roc_year)s年度各月燈號數") % {"roc_year": roc_year},
        labels=tuple(gettext("%(month)s月") % {"month": month} for month in MONTHS),
        spoken=tuple(print_period(Period(roc_year, month=month)) for month in MONTHS),
        series=tuple(
            make_stack(colour, [by_month.get(month) for month in MONTHS]) for colour in ORDER
        ),
        now=board.now.month - 1,
    )


def make_stack(colour: Colour, tallies: Iterable[Tally | None]) -> Series:
    """Return the numbers of one light by month."""
    counts = tuple(None if one is None else one.counts.get(colour, 0) for one in tallies)
    return Series(
        role=colour,
        name=light_of(colour, lang=page_language()).text,
        values=counts,
        told=tuple("" if count is None else str(count) for count in counts),
    )


def list_counts(board: Dashboard) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Return (month, number of each light) for the table beside the stacks."""
    return tuple(
        (tally.month, tuple(tally.counts.get(colour, 0) for colour in ORDER))
        for tally in board.tallies
    )


def mark_behind(
    standings: Iterable[Standing], values: Mapping[tuple[str, int], Course], month: int
) -> Iterator[ShownLine]:
    """Yield measures that are behind with how far, and their year as a line."""
    for one in standings:
        course = values.get((one.kpi.code, one.measure.index), ())
        if marked := mark_result(one.result):
            spark = draw_spark(course, one.result.light, one.measure.unit, month)
            yield ShownLine(one, marked, tell_gap(one.result, page_language()), spark)


def mark_late(standings: Iterable[Standing]) -> Iterator[ShownLine]:
    """Yield measures that were not reported in full with how much is known."""
    for one in standings:
        if marked := mark_result(one.result):
            yield ShownLine(one, marked, tell_coverage(one.result, page_language()), None)
