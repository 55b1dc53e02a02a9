"""What the API takes and gives, typed, as its OpenAPI document shows it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import BaseModel, ConfigDict

from hengtu.core.amounts import MissingKind
from hengtu.core.formulas.failure import MAX_LENGTH
from hengtu.core.judging.rulebook import Colour

MAX_VALUES = 200
REFUSALS = frozenset({400, 401, 403, 404, 422})
Name = Annotated[str, Field(min_length=1, max_length=300)]


class ErrorBody(Schema):
    """What was asked, why it was refused, and what would be right."""

    code: str
    message: str
    where: str
    hint: str


class Failure(Schema):
    """The one shape of every error."""

    error: ErrorBody


def answers(good: Any) -> dict[Any, Any]:
    """Return what an operation may answer: what was asked for, or the one shape of errors."""
    return {200: good, REFUSALS: Failure}


class AgencyOut(Schema):
    """An agency; ``agency`` is its word in addresses."""

    agency: str
    name: str
    parent: str | None
    plans: int


class AgencyList(Schema):
    """The agencies whose plans the person may see."""

    agencies: list[AgencyOut]


class RocYearsOut(Schema):
    """The first and the last ROC year."""

    first: int | None
    last: int | None


class PlanOut(Schema):
    """A plan; ``plan`` is its word in addresses."""

    plan: str
    title: str
    kind: str
    roc_years: RocYearsOut


class PlanList(Schema):
    """The plans of an agency, the newest first."""

    agency: str
    name: str
    plans: list[PlanOut]


class StepOut(BaseModel):
    """One step of an explanation: its kind, its sentence, and the facts that the sentence names."""

    model_config = ConfigDict(extra="allow")

    kind: str
    text: str


class ResultOut(Schema):
    """A measure at the end of a period: ``value`` or ``missing``, and its light."""

    code: str
    measure: int
    period: str
    item: str = ""
    value: float | None = None
    missing: MissingKind | None = None
    unit: str | None = None
    direction: str | None = None
    target: float | None = None
    planned: float | None = None
    achievement: float | None = None
    light: Colour
    reason: str | None = None
    grade: str = ""
    score: float | None = None
    coverage: float
    rulebook: str = ""


class ExplainedOut(ResultOut):
    """A result with the steps that lead to its light."""

    explanation: list[StepOut]


class NodeOut(Schema):
    """A rolled-up light with the lights below it."""

    kind: str
    code: str
    name: str
    light: Colour
    reason: str | None = None
    score: float | None = None
    coverage: float
    counts: dict[str, int]


class ResultPage(Schema):
    """Results of a plan for a month, in the plan's order, and the lights above them.

    ``total`` counts all results; ``period`` is null while nothing was reported.
    """

    period: str | None
    total: int
    results: list[ResultOut]
    lights: list[NodeOut]


class KpiOut(Schema):
    """A KPI in a list, with the light of a month once figures came in."""

    code: str
    name: str
    objective: str | None
    owner: str | None
    light: Colour | None
    score: float | None


class KpiPage(Schema):
    """The KPIs of a plan that hold the words asked for; ``total`` counts them all."""

    period: str | None
    total: int
    kpis: list[KpiOut]


class FigureOut(Schema):
    """A figure as it was typed."""

    item: str
    period: str
    value: float | None
    text: str
    missing: str | None
    note: str


class MeasureFigures(Schema):
    """The figures of a measure that came in, by data item and period."""

    measure: int
    figures: list[FigureOut]


class AheadOut(Schema):
    """What is expected at the end of a month to come."""

    month: int
    value: float
    low: float
    high: float


class ForecastOut(Schema):
    """Where a measure will stand at the year's end, or what the forecast was ``refused`` for.

    ``low`` and ``high`` hold the value with ``confidence``; ``warning`` is possible or likely where the target
    may, or will probably, be missed.
    """

    measure: int
    roc_year: int
    text: str
    refused: str | None = None
    kind: str | None = None
    method: str | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    confidence: float | None = None
    months: tuple[AheadOut, ...] = ()
    target: float | None = None
    will_meet: str | None = None
    light: Colour | None = None
    warning: str | None = None
    explanation: list[StepOut]


class KpiDetail(Schema):
    """A KPI as the plan defines it, what came in, its results with every step explained, and the year's end."""

    kpi: dict[str, Any]
    figures: list[MeasureFigures]
    period: str | None
    results: list[ExplainedOut]
    forecasts: list[ForecastOut]


class FormulaIn(Schema):
    """A printed formula and the values of its items: a number, or a kind of missing."""

    text: Annotated[str, Field(min_length=1, max_length=MAX_LENGTH)]
    values: Annotated[dict[Name, float | MissingKind], Field(max_length=MAX_VALUES)] = Field(
        default_factory=dict
    )
    unit: Annotated[str, Field(max_length=20)] | None = None


class FormulaErrorOut(Schema):
    """Why a formula cannot be read, and where."""

    code: str
    message: str
    position: int
    hint: str


class LimitOut(Schema):
    """The threshold printed with a formula."""

    op: Literal[">=", "<=", ">", "<", "="]
    value: float
    unit: str | None


class EvaluationStep(Schema):
    """A part of a formula that was worked out."""

    kind: str
    expression: str
    value: float | None
    missing: MissingKind | None
    text: str


class FormulaOut(Schema):
    """A formula worked out, step by step."""

    text: str
    items: list[str]
    value: float | None
    missing: MissingKind | None
    unit: str | None
    threshold: LimitOut | None
    met: bool | None
    steps: list[EvaluationStep]
    error: FormulaErrorOut | None
