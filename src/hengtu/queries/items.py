"""The data items of a plan: what is entered once, who uses it, and the latest figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from hengtu.core.periods import Period
from hengtu.queries.agencies import NotFoundError, PlanCard
from hengtu.store.models import DataItemRow, FigureRow, ItemUseRow
from hengtu.store.shapes import clean

PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """A data item; ``owner_kpi`` is set where it belongs to one KPI, ``users`` are the KPIs that read it.

    ``elsewhere`` counts the measures of other plans that read it.
    """

    key: UUID
    name: str
    unit: str
    frequency: str
    over_time: str
    over_org: str
    owner: str
    source: str
    guessed: bool
    owner_kpi: tuple[str, str] | None
    users: tuple[tuple[str, str], ...]
    elsewhere: int
    latest: tuple[Period, float] | None


@dataclass(frozen=True, slots=True)
class ItemPage:
    """A page of the list: ``total`` items fit, of which ``guessed`` were not confirmed by anybody."""

    items: tuple[ItemView, ...]
    total: int
    guessed: int
    number: int
    pages: int


def list_items(
    card: PlanCard, words: str = "", *, guessed: bool = False, number: int = 1
) -> ItemPage:
    """Return a page of a plan's data items whose name, owner or KPI holds the words; at most five SQL statements."""
    rows = _live(card)
    if words := clean(words):
        rows = rows.filter(
            Q(name__icontains=words)
            | Q(owner__icontains=words)
            | Q(kpi__code__icontains=words)
            | Q(name="", kpi__name__icontains=words)
        )
    open_ones = rows.filter(guessed=True)
    shown = open_ones if guessed else rows
    total = shown.count()
    pages = max(1, -(-total // PAGE))
    number = min(max(number, 1), pages)
    chosen = list(shown.order_by("pk")[(number - 1) * PAGE : number * PAGE])
    return ItemPage(_view(card, chosen), total, open_ones.count(), number, pages)


def find_item(card: PlanCard, key: UUID) -> ItemView:
    """Return a data item of a plan; three SQL statements. Raises NotFoundError."""
    row = _live(card).filter(key=key).first()
    if row is None:
        raise NotFoundError(str(key))
    return _view(card, [row])[0]


def _live(card: PlanCard) -> QuerySet[DataItemRow]:
    """Return the items of a plan; those of KPIs that are gone are kept for their figures, and not shown."""
    rows = DataItemRow.objects.filter(plan__key=card.key).select_related("kpi")
    return rows.filter(Q(kpi=None) | Q(kpi__retired_at=None))


def _view(card: PlanCard, rows: Collection[DataItemRow]) -> tuple[ItemView, ...]:
    ids = [row.pk for row in rows]
    latest = find_latest(ids)
    users: dict[int, dict[str, str]] = defaultdict(dict)
    elsewhere: dict[int, int] = defaultdict(int)
    uses = ItemUseRow.objects.filter(item__in=ids).order_by("measure__kpi__rank")
    columns = ("item_id", "measure__plan__key", "measure__kpi__code", "measure__kpi__name")
    for item, plan, code, name in uses.values_list(*columns):
        if plan == card.key:
            users[item][code] = name
        else:
            elsewhere[item] += 1
    return tuple(
        _as_view(row, users[row.pk].items(), elsewhere[row.pk], latest.get(row.pk)) for row in rows
    )


def _as_view(
    row: DataItemRow,
    users: Iterable[tuple[str, str]],
    elsewhere: int,
    latest: tuple[Period, float] | None,
) -> ItemView:
    return ItemView(
        key=row.key,
        name=row.name,
        unit=row.unit,
        frequency=row.frequency,
        over_time=row.over_time,
        over_org=row.over_org,
        owner=row.owner,
        source=row.source,
        guessed=row.guessed,
        owner_kpi=(row.kpi.code, row.kpi.name) if row.kpi else None,
        users=tuple(users),
        elsewhere=elsewhere,
        latest=latest,
    )


def find_latest(items: Collection[int]) -> dict[int, tuple[Period, float]]:
    """Return the latest figure of each item that has one; one SQL statement."""
    found: dict[int, tuple[Period, float]] = {}
    rows = FigureRow.objects.filter(item__in=items, missing=0, value__isnull=False)
    for item, code, value in rows.values_list("item_id", "period", "value"):
        period = Period.from_code(code)
        known = found.get(item)
        if known is None or _end(known[0]) < _end(period):
            found[item] = (period, value)
    return found


def _end(period: Period) -> tuple[int, int, int]:
    return period.roc_year, period.months[-1], -len(period.months)
