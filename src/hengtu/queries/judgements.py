"""What the results of a plan should be: all its measures for all months, from definitions and figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from django.db import connection

from hengtu.core.judging.definition import Definition, from_content, read_single
from hengtu.core.periods import Period
from hengtu.engines.columns import THERE
from hengtu.engines.engine import Engine
from hengtu.engines.judging import Months, Question, judge_months, judge_together, make_grid
from hengtu.queries.climbing import climb_months
from hengtu.queries.rules import read_rulebooks
from hengtu.queries.specials import judge_specials, list_foreign_periods
from hengtu.queries.trees import read_tree
from hengtu.store.bulk.reading import read_rows
from hengtu.store.bulk.tables import FIGURES, NODES, RESULTS, Array, Rows, join_rows
from hengtu.store.models import DataItemRow, DefinitionRow, PlanRow

MUCH = 3_000  # measures from which starting other processes costs less than they save


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The rows that a plan should have; ``span`` are its first and last month, None without any figure."""

    span: tuple[Period, Period] | None
    results: Rows
    nodes: Rows


def is_much() -> bool:
    """Tell whether there are so many measures that more processes pay; one SQL statement."""
    return len(DefinitionRow.objects.values_list("pk")[:MUCH]) == MUCH


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A plan with its measures and, where there are figures, what is to be judged and for which months."""

    plan: PlanRow
    measures: Sequence[int]
    span: tuple[Period, Period] | None
    question: Question | None


def work_out(plans: Sequence[PlanRow], engine: Engine | None = None) -> list[Judgement]:
    """Return what the results of plans should be now, for all their months.

    An engine works out the values and lights of all of them together; without one it is done here.
    """
    cases = [read_case(plan) for plan in plans]
    questions = [case.question for case in cases if case.question]
    answers = iter(judge_together(questions, engine) if engine else map(judge_question, questions))
    return [_finish(case, next(answers) if case.question else None) for case in cases]


def read_case(plan: PlanRow) -> Case:
    """Return what is to be judged of a plan."""
    measures, definitions = read_definitions(plan)
    figures = read_rows(connection, FIGURES, sorted(set(items_of(definitions))))
    span = find_span(plan, figures)
    question = ask(plan, definitions, figures, span) if span and definitions else None
    return Case(plan=plan, measures=measures, span=span, question=question)


def _finish(case: Case, months: Months | None) -> Judgement:
    if months is None:
        return Judgement(span=case.span, results=join_rows([], RESULTS), nodes=join_rows([], NODES))
    judge_specials(case.plan, case.measures, months)
    nodes = climb_months(case.plan, read_tree(case.plan), case.measures, months)
    return Judgement(span=case.span, results=as_rows(case.measures, months), nodes=nodes)


def read_definitions(plan: PlanRow) -> tuple[list[int], list[Definition]]:
    """Return the measures of a plan, rising, and how each is judged; one SQL statement."""
    rows = DefinitionRow.objects.filter(plan=plan).order_by("pk").values_list("pk", "content")
    found = [(pk, from_content(content)) for pk, content in rows]
    return [pk for pk, _ in found], [definition for _, definition in found]


def items_of(definitions: Iterable[Definition]) -> Iterator[int]:
    """Yield the items whose figures definitions need."""
    for one in definitions:
        yield from one.items
        yield one.own
        yield from (other.item for other in one.others)
        if one.single:
            yield from (item for items in read_single(one.single).items.values() for item in items)


def find_span(plan: PlanRow, figures: Rows) -> tuple[Period, Period] | None:
    """Return January of the first ROC year with figures of a plan or those it takes, and the last month with any."""
    own = list(DataItemRow.objects.filter(plan=plan).values_list("pk", flat=True))
    there = (figures["missing"] == THERE) & np.isin(figures["item_id"], own)
    codes = {*np.unique(figures["period"][there]).tolist(), *list_foreign_periods(plan)}
    ends = [Period.from_code(code) for code in codes]
    if not ends:
        return None
    last = max((one.roc_year, one.months[-1]) for one in ends)
    first = min(one.roc_year for one in ends)
    return Period(first, month=1), Period(last[0], month=last[1])


def judge(
    plan: PlanRow,
    definitions: Sequence[Definition],
    figures: Rows,
    span: tuple[Period, Period],
) -> Months:
    """Return the results of measures for all months of a span."""
    return judge_question(ask(plan, definitions, figures, span))


def ask(
    plan: PlanRow,
    definitions: Sequence[Definition],
    figures: Rows,
    span: tuple[Period, Period],
) -> Question:
    """Return measures with their figures as they are judged."""
    names = ("item_id", "period", "value", "missing")
    rulebooks = read_rulebooks()
    return Question(
        definitions=definitions,
        grid=make_grid(*(figures[name] for name in names)),
        first=span[0],
        last=span[1],
        rulebook_of=lambda roc_year: rulebooks.of(plan.owning_agency_id, roc_year),
    )


def judge_question(question: Question) -> Months:
    """Return the results that were asked for."""
    return judge_months(
        question.definitions,
        question.grid,
        first=question.first,
        last=question.last,
        rulebook_of=question.rulebook_of,
    )


def as_rows(measures: Sequence[int], months: Months) -> Rows:
    """Return results as rows of their table."""
    shape = months.values.shape
    found: dict[str, Array] = {
        "measure_id": np.repeat(np.asarray(measures, np.int64), shape[1]),
        "period": np.tile(months.periods, shape[0]),
        "value": months.values,
        "planned": months.planned,
        "achievement": months.achievement,
        "score": months.score,
        "coverage": months.coverage,
        "missing": months.kinds,
        "light": months.lights,
        "reason": months.reasons,
        "band": months.bands,
    }
    return {name: column.reshape(-1) for name, column in found.items()}
