"""What a plan means: the one vocabulary that readers fill, stores keep and reports print.

Field names are those of the plan JSON (``hengtu schema plan``). Percentages carry the number people
type (98.5 for 98.5 %); money is integer 元; a missing value has a kind and is never zero.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from hengtu.core.amounts import MissingKind
from hengtu.core.service import Committee as Committee
from hengtu.core.service import Guideline as Guideline
from hengtu.core.service import Member as Member
from hengtu.core.service import Method as Method
from hengtu.core.service import Strategy as Strategy
from hengtu.core.service import Task as Task
from hengtu.core.service import Timing as Timing
from hengtu.core.service import WorkItem as WorkItem
from hengtu.core.service import WorkTarget as WorkTarget
from hengtu.core.source import NOWHERE, Source
from hengtu.core.text import Op as Op
from hengtu.core.text import Text as Text

PlanKind = Literal["strategy_map", "midterm", "service_quality"]
Direction = Literal["higher", "lower", "range", "hold"]
ValueKind = Literal["actual", "target"]
GoalKind = Literal["key", "common"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A mission or vision: the whole text and, where it lists several, the items."""

    text: str
    items: tuple[str, ...] = ()
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """The agency whose plan it is; ``parent`` where the document tells it."""

    name: str = ""
    parent: str | None = None
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class RocYears:
    """First and last ROC year the plan speaks of (targets; else the plan year)."""

    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """A meeting that adopted the document: ROC date ``109.2.18``, meeting, status such as 定稿."""

    roc_date: str | None = None
    meeting: str | None = None
    status: str | None = None
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The document itself: ROC date ``109-03-05`` or ``109-03``, legal basis, adoption."""

    date: str | None = None
    based_on: tuple[Text, ...] = ()
    adopted: Adoption | None = None
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One act in the document's history: ROC date ``113-01-11`` and the act (訂定, 修訂)."""

    date: str
    act: str
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class OrgUnit:
    """An organisation unit; ``kind`` is head, deputy, section, staff_office or unit."""

    name: str
    kind: str | None = None
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A strategic theme with the unit or agency that leads it and those that join."""

    code: str
    name: str
    lead: str | None = None
    members: tuple[OrgUnit, ...] = ()
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Perspective:
    """A perspective (構面), top row first."""

    code: str
    name: str
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveStrategy:
    """A strategy under an objective."""

    no: str
    text: str
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """A strategic objective; ``theme`` and ``perspective`` hold codes."""

    code: str
    name: str
    theme: str | None = None
    perspective: str | None = None
    kind: GoalKind | None = None
    success_factors: tuple[Text, ...] = ()
    strategies: tuple[ObjectiveStrategy, ...] = ()
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A printed cause–effect arrow between two objectives, by code."""

    from_: str
    to: str
    kind: str = "cause"
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """The limit printed in a formula (≥90%): not the target."""

    op: Op
    value: float
    unit: str | None = None
    raw: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanValue:
    """An actual or target for a ROC year or part of it (``109Q1``, ``109H1``).

    Exactly one of ``value`` and ``missing`` is set. ``unit`` only where it differs from the measure's;
    ``since`` is the ROC date from which a part-year value counts; ``state`` a printed state (已完成).
    """

    roc_year: int
    kind: ValueKind
    value: float | None = None
    missing: MissingKind | None = None
    raw: str = ""
    note: str | None = None
    period: str | None = None
    unit: str | None = None
    since: str | None = None
    state: str | None = None
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measurement standard of a KPI: ``formula`` as read, ``formula_raw`` as printed.

    ``items`` names each data item once, unsigned. ``target_rule`` is a rule for the targets printed inside
    the formula; ``notes`` exclusions and populations in brackets; ``condition`` a printed deadline.
    """

    index: int = 1
    label: str | None = None
    formula: str | None = None
    formula_raw: str | None = None
    unit: str | None = None
    direction: Direction | None = None
    threshold: Threshold | None = None
    items: tuple[str, ...] = ()
    target_rule: str | None = None
    condition: str | None = None
    notes: tuple[str, ...] = ()
    values: tuple[PlanValue, ...] = ()
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """A key performance indicator; ``objective`` holds a code."""

    code: str
    name: str
    objective: str | None = None
    owner: str | None = None
    kind: GoalKind | None = None
    assessment_regime: str | None = None
    assessment_method: str | None = None
    measures: tuple[Measure, ...] = ()
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Money of an action for a ROC year, in 元; ``amount`` None where the cell is not a number."""

    roc_year: int
    amount: int | None = None
    raw: str = ""
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """An action plan under a KPI; ``budget_shared_with`` names actions that stand on the same money."""

    code: str
    text: str
    kpi: str | None = None
    owner: str | None = None
    budgets: tuple[Budget, ...] = ()
    budget_shared_with: tuple[str, ...] = ()
    references: tuple[Text, ...] = ()
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A narrative chapter with its paragraphs and sub-chapters."""

    no: str
    title: str
    paragraphs: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A filling rule printed with the form."""

    no: str
    text: str
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """The meaning of a code used in a table."""

    code: str
    text: str
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A count that the document states about itself and what was counted."""

    what: str
    printed: int
    counted: int | None = None
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSource:
    """The file a plan was read from."""

    file: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan. ``unread`` keeps what was printed and not understood; ``source`` names the file."""

    agency: Agency = field(default_factory=Agency)
    title: str = ""
    kind: PlanKind = "strategy_map"
    roc_years: RocYears = field(default_factory=RocYears)
    document: Document = field(default_factory=Document)
    revisions: tuple[Revision, ...] = ()
    mission: Statement | None = None
    vision: Statement | None = None
    core_values: tuple[Text, ...] = ()
    org_units: tuple[OrgUnit, ...] = ()
    themes: tuple[Theme, ...] = ()
    perspectives: tuple[Perspective, ...] = ()
    objectives: tuple[Objective, ...] = ()
    links: tuple[Link, ...] = ()
    parent_plan: Plan | None = None
    kpis: tuple[Kpi, ...] = ()
    actions: tuple[Action, ...] = ()
    guidelines: tuple[Guideline, ...] = ()
    committee: Committee | None = None
    work_items: tuple[WorkItem, ...] = ()
    sections: tuple[Section, ...] = ()
    rules: tuple[Rule, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    claims: tuple[Claim, ...] = ()
    unread: tuple[Text, ...] = ()
    source: FileSource = field(default_factory=FileSource)
