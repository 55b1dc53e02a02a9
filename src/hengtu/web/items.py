"""Data items: the list of a plan's, and the definition of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast, get_args
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hengtu.core.judging.items import Frequency
from hengtu.core.judging.series import OverTime
from hengtu.queries.agencies import NotFoundError, Place, PlanCard
from hengtu.queries.items import ItemView, find_item, list_items
from hengtu.services import items
from hengtu.services.accounts import person
from hengtu.services.permission import require
from hengtu.web.frame import find_plan, open_place, render_in, signed_in
from hengtu.web.languages import page_language
from hengtu.web.periods import print_period
from hengtu.wording.failures import tell_problem
from hengtu.wording.items import (
    FREQUENCIES,
    OVER_ORG,
    OVER_TIME,
    name_frequency,
    name_over_org,
    name_over_time,
)
from hengtu.wording.numbers import print_number

FIELDS = ("unit", "frequency", "over_time", "over_org", "owner", "source")
LONGEST = {"unit": 60, "owner": 200, "source": 500}
Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShownItem:
    """A data item in words."""

    item: ItemView
    name: str
    frequency: str
    over_time: str
    over_org: str
    latest: str
    period: str


@require_safe
@signed_in
def show_items(request: HttpRequest, agency: str, plan: str) -> HttpResponse:
    """Show the data items of a plan; ``?q=`` looks for words, ``?guessed=1`` for what nobody confirmed."""
    place = open_place(request, agency)
    card = find_plan(place, plan)
    words = request.GET.get("q", "").strip()[:100]
    guessed = request.GET.get("guessed") == "1"
    page = list_items(card, words, guessed=guessed, number=read_number(request.GET.get("page", "")))
    context = {
        "page": page,
        "items": [show_item(one) for one in page.items],
        "words": words,
        "only_guessed": guessed,
        "turns": list_turns(request, page.number, page.pages),
    }
    return render_in(request, "hengtu/items.html", place, context, section="items", plan=card)


def read_number(text: str) -> int:
    """Return the number of a page, the first for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def list_turns(request: HttpRequest, number: int, pages: int) -> list[tuple[str, str]]:
    """Return what leads to the page before and the one after."""
    turns = ((_("上一頁"), number - 1), (_("下一頁"), number + 1))
    found = []
    for label, other in turns:
        if 1 <= other <= pages:
            given = request.GET.copy()
            given["page"] = str(other)
            found.append((label, f"?{given.urlencode()}"))
    return found


def show_item(item: ItemView) -> ShownItem:
    """Return a data item in words; a measure's own value bears the name of its KPI."""
    lang = page_language()
    own = item.owner_kpi[1] if item.owner_kpi else ""
    period, value = item.latest or (None, None)
    return ShownItem(
        item=item,
        name=item.name or _("%(kpi)s（指標值）") % {"kpi": own},
        frequency=name_frequency(item.frequency, lang),
        over_time=name_over_time(item.over_time, lang),
        over_org=name_over_org(item.over_org, lang),
        latest="" if value is None else f"{print_number(value)}{item.unit}",
        period=print_period(period) if period else "",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def define_item(request: HttpRequest, agency: str, plan: str, key: UUID) -> HttpResponse:
    """Show a data item with its definition; POST defines it."""
    place = open_place(request, agency)
    card = find_plan(place, plan)
    item = find_item(card, key)
    if request.method != "POST":
        return show_form(request, place, card, item, {name: getattr(item, name) for name in FIELDS})
    require(person(request.user), "item.define", place.row)
    typed = {name: request.POST.get(name, "").strip() for name in FIELDS}
    problems = define(request, card, item, typed)
    if problems:
        return show_form(request, place, card, item, typed, problems=problems, status=422)
    messages.success(request, _("已儲存「%(name)s」的定義。") % {"name": show_item(item).name})
    return redirect(reverse("items", args=[place.slug, card.slug]))


def define(
    request: HttpRequest, card: PlanCard, item: ItemView, typed: dict[str, str]
) -> list[str]:
    """Store what was typed; return what is wrong with it."""
    known = {
        "frequency": get_args(Frequency),
        "over_time": get_args(OverTime),
        "over_org": OVER_ORG,
    }
    if any(typed[name] not in values for name, values in known.items()):
        return [_("請由選單選擇頻率與彙總方式。")]
    if any(len(typed[name]) > most for name, most in LONGEST.items()):
        return [_("單位至多 60 字，主責至多 200 字，來源至多 500 字。")]
    definition = items.ItemDefinition(**cast("Any", typed))
    try:
        items.define(actor=person(request.user), plan=card.key, key=item.key, definition=definition)
    except items.RuleError as wrong:
        return [tell_wrong(wrong, typed[wrong.field])]
    except items.UnknownItemError as missing:
        raise NotFoundError(str(item.key)) from missing
    return []


def tell_wrong(wrong: items.RuleError, rule: str) -> str:
    """Return why a rule cannot hold."""
    lang = page_language()
    name = name_over_time if wrong.field == "over_time" else name_over_org
    return _("%(rule)s：%(problem)s。") % {
        "rule": name(rule, lang),
        "problem": tell_problem(wrong.problem, lang),
    }


def show_form(
    request: HttpRequest,
    place: Place,
    card: PlanCard,
    item: ItemView,
    typed: dict[str, str],
    *,
    problems: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the definition of a data item."""
    lang = page_language()
    context = {
        "one": show_item(item),
        "typed": typed,
        "problems": problems or [],
        "frequencies": tuple((one, name_frequency(one, lang)) for one in FREQUENCIES),
        "rules_over_time": tuple((one, name_over_time(one, lang)) for one in OVER_TIME),
        "rules_over_org": tuple((one, name_over_org(one, lang)) for one in OVER_ORG),
    }
    return render_in(
        request, "hengtu/item.html", place, context, section="items", plan=card, status=status
    )
