"""Weights: entered as a table, 100 under each parent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hengtu.core.amounts import fold
from hengtu.queries.agencies import NotFoundError, Place, PlanCard
from hengtu.queries.weights import Shares, Weighed, WeightSheet, view_weights
from hengtu.services import weights
from hengtu.services.accounts import person
from hengtu.services.permission import require
from hengtu.web.figures import show_weight
from hengtu.web.frame import find_plan, open_place, render_in, signed_in

HUNDRED, SHARE = Decimal(100), Decimal("0.01")
LAST_ROC = 199


@dataclass(frozen=True, slots=True)
class Field:
    """A part with what stands in its field."""

    part: Weighed
    text: str
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """What shares out 100 under one parent, as fields, with the total so far."""

    shares: Shares
    fields: tuple[Field, ...]

    @property
    def total(self) -> Decimal | None:
        """The sum of what can be read, None while nothing was typed."""
        known = [number for field in self.fields if (number := read_weight(field.text)) is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def whole(self) -> bool:
        """Whether the fields total 100, or are all empty."""
        return self.total is None or self.total == HUNDRED


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit_weights(request: HttpRequest, agency: str, plan: str) -> HttpResponse:
    """Show the weights of ``?year=114``, share one parent's evenly, or store them."""
    place = open_place(request, agency)
    card = find_plan(place, plan)
    sheet = view_weights(card, read_year(request.POST.get("year") or request.GET.get("year", "")))
    if request.method != "POST":
        return show(request, place, card, sheet, list_tables(sheet))
    require(person(request.user), "plan.weigh", place.row)
    tables = list_tables(sheet, request.POST)
    if "even" in request.POST:
        return show(request, place, card, sheet, share_evenly(tables, request.POST["even"]))
    return store(request, place, card, sheet, tables)


def read_year(text: str) -> int | None:
    """Return a ROC year, or None for what is none.

    >>> read_year("114"), read_year("2025"), read_year("一一四")
    (114, None, None)
    """
    plain = text.strip()
    short = plain.isascii() and plain.isdigit() and len(plain) <= 3
    return int(plain) if short and 1 <= int(plain) <= LAST_ROC else None


def list_tables(sheet: WeightSheet, typed: Mapping[str, str] | None = None) -> tuple[Table, ...]:
    """Return one table for each parent, with what was typed or what holds."""
    return tuple(
        Table(shares, tuple(make_field(part, typed) for part in shares.parts))
        for shares in sheet.families
    )


def make_field(part: Weighed, typed: Mapping[str, str] | None) -> Field:
    """Return the field of a part; what cannot be read is marked."""
    if typed is None:
        return Field(part, "" if part.weight is None else show_weight(part.weight))
    text = typed.get(f"w-{part.key}", "").strip()[:20]
    return Field(part, text, wrong=bool(text) and read_weight(text) is None)


def read_weight(text: str) -> Decimal | None:
    """Return a typed weight, a percent sign and full width allowed, or None.

    >>> read_weight("３３．４％"), read_weight("x")
    (Decimal('33.4'), None)
    """
    try:
        number = Decimal(fold(text).strip().removesuffix("%").strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and 0 <= number <= HUNDRED else None


def share_evenly(tables: tuple[Table, ...], code: str) -> tuple[Table, ...]:
    """Return the tables with 100 shared out evenly under one parent; the first takes what is left over."""
    return tuple(even(table) if table.shares.code == code else table for table in tables)


def even(table: Table) -> Table:
    """Return a table whose fields weigh alike, in hundredths."""
    number = len(table.fields)
    each = (HUNDRED / number).quantize(SHARE, "ROUND_DOWN")
    first = HUNDRED - each * (number - 1)
    return Table(
        table.shares,
        tuple(
            Field(field.part, show_weight(each if place else first))
            for place, field in enumerate(table.fields)
        ),
    )


def store(
    request: HttpRequest,
    place: Place,
    card: PlanCard,
    sheet: WeightSheet,
    tables: tuple[Table, ...],
) -> HttpResponse:
    """Store what was typed, or show it again with what is wrong."""
    problems = [
        _("%(part)s 的權數須為 0 至 100 的數字：%(text)s")
        % {"part": field.part.code or field.part.name, "text": field.text}
        for table in tables
        for field in table.fields
        if field.wrong
    ]
    if not problems:
        problems = list(try_to_store(request, card, sheet, tables))
    if problems:
        return show(request, place, card, sheet, tables, problems=problems, status=422)
    messages.success(request, _("已儲存 %(year)s 年度起的權數。") % {"year": sheet.roc_year})
    address = reverse("weights", args=[place.slug, card.slug])
    return redirect(f"{address}?year={sheet.roc_year}")


def try_to_store(
    request: HttpRequest, card: PlanCard, sheet: WeightSheet, tables: tuple[Table, ...]
) -> Iterator[str]:
    """Store the weights; yield why they were refused."""
    typed: dict[UUID, Decimal] = {
        field.part.key: number
        for table in tables
        for field in table.fields
        if (number := read_weight(field.text)) is not None
    }
    try:
        weights.set_weights(
            actor=person(request.user), key=card.key, roc_year=sheet.roc_year, weights=typed
        )
    except weights.NotWholeError as short:
        yield _("計畫已啟用，%(parent)s 之下的權數合計須為 100，現為 %(total)s。") % {
            "parent": f"{short.code} {short.name}".strip(),
            "total": show_weight(Decimal(str(short.total))),
        }
    except weights.WeightError as wrong:
        yield _("%(part)s 的權數至多四位小數：%(text)s") % {
            "part": wrong.code,
            "text": str(wrong.weight),
        }
    except weights.UnknownPartError as missing:
        raise NotFoundError(str(missing)) from missing


def show(
    request: HttpRequest,
    place: Place,
    card: PlanCard,
    sheet: WeightSheet,
    tables: tuple[Table, ...],
    *,
    problems: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page."""
    context = {"sheet": sheet, "tables": tables, "problems": problems or []}
    return render_in(
        request,
        "hengtu/weights.html",
        place,
        context,
        section="weights",
        plan=card,
        status=status,
    )
