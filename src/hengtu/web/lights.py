"""Lights on pages: colour, shape and word, the months to choose from, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hengtu.core.judging.explanation import Step, StepKind
from hengtu.core.judging.results import Result
from hengtu.core.judging.rollup import Node
from hengtu.core.judging.rulebook import Colour
from hengtu.core.periods import Period
from hengtu.core.plan import Kpi, Measure, Plan
from hengtu.queries.kpis import PeriodValues
from hengtu.queries.maps import KpiSummary
from hengtu.queries.results import Judged, Reported
from hengtu.queries.years import view_year
from hengtu.web.charts import PANEL, YearChart, draw_year
from hengtu.web.languages import page_language
from hengtu.web.periods import print_period
from hengtu.wording.catalogue import Language, say
from hengtu.wording.explanations import tell_step
from hengtu.wording.lights import tell_reason
from hengtu.wording.numbers import DECIMALS, print_beside, print_score
from hengtu.writers.figure import LightMark
from hengtu.writers.reports.map import light_of

COLOURS: tuple[Colour, ...] = get_args(Colour)
CHAPTERS: tuple[tuple[str | Promise, frozenset[StepKind]], ...] = (
    (
        _("數據與計算"),
        frozenset(
            {
                "operand",
                "operand_missing",
                "calculated",
                "scaled",
                "limit",
                "own_value",
                "printed_value",
                "mean_of_rates",
                "no_formula",
                "no_value",
                "coverage",
                "pace",
            }
        ),
    ),
    (
        _("目標"),
        frozenset(
            {
                "target",
                "target_range",
                "target_missing",
                "planned_even",
                "planned_seasons",
                "planned_growing",
                "planned_part",
                "planned_known_months",
                "planned_low",
            }
        ),
    ),
    (
        _("達成度與燈號"),
        frozenset(
            {
                "direction",
                "achievement",
                "met",
                "light",
                "white",
                "early",
                "fallen",
                "source",
                "score",
                "score_open",
            }
        ),
    ),
    (_("怎樣會改變燈號"), frozenset({"change_value", "change_operand"})),
)


@dataclass(frozen=True, slots=True)
class MonthChoice:
    """A month of the bar; without an address it has not come yet. ``full`` names it with its year."""

    number: int
    label: str
    full: str
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Months:
    """What can be chosen: the months of the year shown, and the other years with figures."""

    label: str
    months: tuple[MonthChoice, ...]
    years: tuple[MonthChoice, ...]

    @property
    def chosen(self) -> MonthChoice:
        """The month that is shown."""
        return next(one for one in self.months if one.chosen)

    @property
    def last(self) -> MonthChoice:
        """The last month that can be chosen."""
        return next(one for one in reversed(self.months) if one.address)


@dataclass(frozen=True, slots=True)
class MarkedResult:
    """A result as pages print it."""

    result: Result
    mark: LightMark
    value: str
    planned: str
    partial: str


@dataclass(frozen=True, slots=True)
class MarkedKpi:
    """A KPI of the side panel with its light and those of its measures."""

    summary: KpiSummary
    mark: LightMark | None
    measures: tuple[
        tuple[Measure, tuple[PeriodValues, ...], MarkedResult | None, YearChart | None], ...
    ]


def mark_node(node: Node | None) -> LightMark | None:
    """Return a rolled-up light with its score, a white one with its reason."""
    if node is None:
        return None
    lang = page_language()
    if node.light == "white":
        return light_of("white", lang=lang, note=tell_reason(node.reason or "not_reported", lang))
    note = f"{print_score(node.score, 0)}%" if node.score is not None else ""
    return light_of(node.light, lang=lang, note=note)


def mark_result(result: Result | None) -> MarkedResult | None:
    """Return a result with its achievement, a white one with its reason."""
    if result is None:
        return None
    lang = page_language()
    white = result.light == "white"
    note = tell_reason(result.reason or "not_reported", lang) if white else ""
    if not white and result.achievement is not None:
        note = f"{print_score(result.achievement, 1)}%"
    return MarkedResult(
        result=result,
        mark=light_of(result.light, lang=lang, note=note),
        value=print_with_unit(result.value, result.planned, result.unit, result.decimals),
        planned=print_with_unit(result.planned, None, result.unit, result.decimals),
        partial="" if white else say("、", lang).join(list_remarks(result, lang)),
    )


def list_remarks(result: Result, lang: Language) -> Iterator[str]:
    """Yield what a light that is not white says beside its colour."""
    if result.reason == "fallen":
        yield tell_reason("fallen", lang)
    if result.coverage < 1:
        yield tell_reason("partial", lang)


def light_of_kpi(kpi: Kpi, judged: Judged | None) -> LightMark | None:
    """Return the light of a KPI: its only measure's with the achievement, else the rolled-up one."""
    if judged is None:
        return None
    if len(kpi.measures) == 1:
        marked = mark_result(judged.results.get((kpi.code, kpi.measures[0].index)))
        return marked.mark if marked else None
    return mark_node(judged.nodes.get(("kpi", kpi.code)))


def print_with_unit(
    value: float | None, bound: float | None, unit: str | None, decimals: int | None = None
) -> str:
    """Return a number with its unit, told apart from a bound that it is not; empty for none.

    ``decimals`` are those of the rulebook for the unit.
    """
    if value is None:
        return ""
    places = DECIMALS if decimals is None else decimals
    return f"{print_beside(value, bound, places)}{unit or ''}"


def mark_objectives(plan: Plan, judged: Judged | None) -> Mapping[str, LightMark]:
    """Return the lights of objectives by code, as the map shows them; none while nothing is judged."""
    if judged is None:
        return {}
    unmeasured = light_of("white", lang=page_language(), note=gettext("沒有指標"))
    return {
        one.code: mark_node(judged.nodes.get(("objective", one.code))) or unmeasured
        for one in plan.objectives
    }


def mark_kpis(summaries: Sequence[KpiSummary], judged: Judged | None) -> tuple[MarkedKpi, ...]:
    """Return the KPIs of the side panel with their lights."""
    if judged:
        judged.reported.records.prepare([one.kpi.code for one in summaries])
    return tuple(mark_kpi(one, judged) for one in summaries)


def mark_kpi(summary: KpiSummary, judged: Judged | None) -> MarkedKpi:
    """Return a KPI of the side panel with its lights."""
    code = summary.kpi.code
    results = judged.results if judged else {}
    return MarkedKpi(
        summary=summary,
        mark=mark_node(judged.nodes.get(("kpi", code))) if judged else None,
        measures=tuple(
            (
                measure,
                rows,
                mark_result(results.get((code, measure.index))),
                draw_panel(summary.kpi, measure, judged),
            )
            for measure, rows in summary.measures
        ),
    )


def draw_panel(kpi: Kpi, measure: Measure, judged: Judged | None) -> YearChart | None:
    """Return the small chart of a measure's year for the side panel."""
    if judged is None:
        return None
    return draw_year(view_year(kpi, measure, judged.reported), PANEL)


def count_lights(lights: Iterable[Colour]) -> tuple[tuple[LightMark, int], ...]:
    """Return the four lights for a legend, each with how many there are."""
    found = Counter(lights)
    return tuple((light_of(colour, lang=page_language()), found[colour]) for colour in COLOURS)


def count_marks(marks: Mapping[str, LightMark]) -> tuple[tuple[LightMark, int], ...]:
    """Return the legend of a map, with the number of objectives; empty while nothing is judged."""
    return count_lights(mark.colour for mark in marks.values()) if marks else ()


def list_months(request: HttpRequest, reported: Reported | None) -> Months | None:
    """Return the months and years to choose from; the rest of the address stays as it is."""
    if reported is None:
        return None
    chosen = reported.period
    last = reported.latest[chosen.roc_year]
    return Months(
        label=print_period(chosen),
        months=tuple(
            MonthChoice(
                number,
                str(number),
                print_period(Period(chosen.roc_year, month=number)),
                address_with(request, f"{chosen.roc_year}-{number:02d}") if number <= last else "",
                number == chosen.months[-1],
            )
            for number in range(1, 13)
        ),
        years=tuple(
            MonthChoice(
                roc_year,
                str(roc_year),
                str(roc_year),
                address_with(request, f"{roc_year}-{month:02d}"),
                roc_year == chosen.roc_year,
            )
            for roc_year, month in reported.latest.items()
        )
        if len(reported.latest) > 1
        else (),
    )


def address_with(request: HttpRequest, month: str) -> str:
    """Return the query of the address with another month."""
    given = request.GET.copy()
    given["month"] = month
    return f"?{given.urlencode()}"


def tell_why(
    steps: Sequence[Step], unit: str | None
) -> tuple[tuple[str | Promise, tuple[str, ...]], ...]:
    """Return the sentences of an explanation under their headings."""
    lang = page_language()
    told = (
        (title, tuple(tell_step(one, lang, unit) for one in steps if one.kind in kinds))
        for title, kinds in CHAPTERS
    )
    return tuple((title, sentences) for title, sentences in told if sentences)


def achievement_of(result: Result) -> str:
    """Return an achievement in percent, empty where there is none."""
    return "" if result.achievement is None else f"{print_score(result.achievement, 1)}%"
