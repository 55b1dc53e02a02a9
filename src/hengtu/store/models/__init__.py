"""Every table, split by concept."""

from hengtu.store.models.actuals import ActualRow, FigureRow
from hengtu.store.models.agencies import AgencyRow
from hengtu.store.models.alignment import AlignmentRow
from hengtu.store.models.definitions import DefinitionRow, ReferenceRow
from hengtu.store.models.documents import DocumentRow, FindingRow
from hengtu.store.models.items import DataItemRow, ItemUseRow
from hengtu.store.models.links import AddedLinkRow
from hengtu.store.models.measures import KpiRow, MeasureRow, ValueRow
from hengtu.store.models.parts import PartRow
from hengtu.store.models.people import Membership, PasswordRow, User
from hengtu.store.models.plans import PlanRow
from hengtu.store.models.results import NodeResultRow, ResultRow
from hengtu.store.models.rules import RulebookChoiceRow, WeightRow
from hengtu.store.models.strategy import (
    ActionRow,
    BudgetRow,
    LinkRow,
    ObjectiveRow,
    PerspectiveRow,
    ThemeRow,
)
from hengtu.store.models.trail import AuditRow
from hengtu.store.models.work import (
    GuidelineRow,
    MemberRow,
    MethodRow,
    SectionRow,
    StrategyRow,
    TaskRow,
    WorkItemRow,
)

__all__ = [
    "ActionRow",
    "ActualRow",
    "AddedLinkRow",
    "AgencyRow",
    "AlignmentRow",
    "AuditRow",
    "BudgetRow",
    "DataItemRow",
    "DefinitionRow",
    "DocumentRow",
    "FigureRow",
    "FindingRow",
    "GuidelineRow",
    "ItemUseRow",
    "KpiRow",
    "LinkRow",
    "MeasureRow",
    "MemberRow",
    "Membership",
    "MethodRow",
    "NodeResultRow",
    "ObjectiveRow",
    "PartRow",
    "PasswordRow",
    "PerspectiveRow",
    "PlanRow",
    "ReferenceRow",
    "ResultRow",
    "RulebookChoiceRow",
    "SectionRow",
    "StrategyRow",
    "TaskRow",
    "ThemeRow",
    "User",
    "ValueRow",
    "WeightRow",
    "WorkItemRow",
]
