"""What the pages inside an agency share: who asks, where they are, what the menu offers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hengtu.queries.agencies import NotFoundError, Place, PlanCard, find_place
from hengtu.queries.contents import Contents, count_contents
from hengtu.services.accounts import person
from hengtu.services.permission import NotAllowedError
from hengtu.web.errors import answer_forbidden

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu; ``count`` is shown as a badge, ``rule`` draws a line above."""

    name: str
    label: str | Promise
    url: str
    count: int = 0
    rule: bool = False


def signed_in(view: View[P]) -> View[P]:
    """Guard a page: the form for strangers, a new password first, 404 and 403 as error pages."""

    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("sign-in"))
        if must_change_first(request):
            return redirect("password")
        try:
            return view(request, *args, **kwargs)
        except NotFoundError as missing:
            raise Http404(str(missing)) from missing
        except NotAllowedError as refusal:
            return answer_forbidden(request, refusal)

    update_wrapper(guarded, view)
    return guarded


def must_change_first(request: HttpRequest) -> bool:
    """Tell whether somebody else set the password and another page was asked for."""
    match = request.resolver_match
    return person(request.user).must_change_password and not (
        match and match.url_name == "password"
    )


def open_place(request: HttpRequest, slug: str) -> Place:
    """Return the agency of the address as the person sees it."""
    return find_place(person(request.user), slug)


def find_plan(place: Place, slug: str) -> PlanCard:
    """Return the plan of the address; raise NotFoundError."""
    for card in place.plans:
        if card.slug == slug:
            return card
    raise NotFoundError(slug)


def render_in(
    request: HttpRequest,
    template: str,
    place: Place,
    context: Mapping[str, Any],
    *,
    section: str,
    plan: PlanCard | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a page with the menu of the agency and, once one is chosen or there is one, of a plan."""
    shown = plan or (place.plans[0] if place.plans else None)
    contents = count_contents(shown.key) if shown else Contents()
    framed = {
        **context,
        "place": place,
        "plan": plan,
        "shown": shown,
        "contents": contents,
        "section": section,
        "menu": tuple(list_entries(place, shown, contents)),
    }
    return render(request, template, framed, status=status)


def list_entries(place: Place, plan: PlanCard | None, contents: Contents) -> Iterator[Entry]:
    """Yield the menu: only what this person may open and what this plan has."""
    yield Entry("home", _("機關首頁"), reverse("agency", args=[place.slug]))
    if plan:
        yield from list_plan_entries(place, plan, contents)
    if place.may("document.view"):
        url = reverse("import", args=[place.slug])
        yield Entry("import", _("匯入"), url, count=place.open_documents, rule=True)
    rules = reverse("rulebooks", args=[place.slug])
    yield Entry("rulebooks", _("判讀規則"), rules, rule=not place.may("document.view"))


def list_plan_entries(place: Place, plan: PlanCard, contents: Contents) -> Iterator[Entry]:
    """Yield the entries of a plan's pages that have something to show."""
    pages = (
        ("map", _("策略地圖"), contents.objectives),
        ("dashboard", _("儀表板"), contents.kpis),
        ("scorecard", _("計分卡"), contents.kpis),
        ("kpis", _("指標"), contents.kpis),
        ("items", _("數據項"), contents.kpis),
        ("schedule", _("工作時程"), contents.work_items),
        ("alignment", _("對齊"), contents.objectives and (contents.upper or contents.served)),
        ("weights", _("權數"), contents.objectives and contents.kpis),
        ("activation", _("啟用計畫"), plan.state != "active" and place.may("plan.activate")),
        ("whole", _("計畫內容"), True),
        ("checkup", _("計畫體檢"), contents.documents and place.may("document.view")),
    )
    rule = True
    for name, label, wanted in pages:
        if wanted:
            url = reverse(name, args=[place.slug, plan.slug])
            yield Entry(name, label, url, rule=rule)
            rule = False
