"""Import: upload a document, see source and reading side by side, decide, adopt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hengtu.core.adopt import DecisionError
from hengtu.core.hanzi import bare
from hengtu.core.issues import LEVELS
from hengtu.core.judging.dependencies import CycleError
from hengtu.queries.agencies import NotFoundError, Place
from hengtu.queries.documents import (
    DecidedFinding,
    DocumentView,
    find_document,
    list_documents,
    view_document,
)
from hengtu.readers import FORMATS, ReadError
from hengtu.services import documents, findings, plans
from hengtu.services.accounts import person
from hengtu.services.permission import require
from hengtu.web.frame import open_place, render_in, signed_in
from hengtu.web.languages import page_language
from hengtu.web.reading import list_groups, summarise
from hengtu.wording.changes import tell_changes
from hengtu.wording.failures import failure_message
from hengtu.wording.findings import finding_message, finding_title

MEGABYTE = 1024 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def show_imports(request: HttpRequest, agency: str) -> HttpResponse:
    """Show the drop zone and the latest documents; on POST read what was uploaded."""
    place = open_desk(request, agency)
    problem = ""
    if request.method == "POST":
        try:
            return redirect("document", place.slug, receive(request, place))
        except ReadError as failure:
            problem = failure_message(failure.reason, failure.args_, page_language())
    context = {
        "documents": list_documents(place.row),
        "formats": FORMATS,
        "accept": ",".join(FORMATS.split()),
        "limit": settings.MAX_DOCUMENT_BYTES // MEGABYTE,
        "problem": problem,
    }
    status = 422 if problem else 200
    return render_in(
        request, "hengtu/imports.html", place, context, section="import", status=status
    )


def open_desk(request: HttpRequest, agency: str) -> Place:
    """Return the agency; raise NotFoundError for who may not know which documents it has."""
    place = open_place(request, agency)
    if not place.may("document.view"):
        raise NotFoundError(agency)
    return place


def receive(request: HttpRequest, place: Place) -> UUID:
    """Read the uploaded file and return the key of its document; raise ReadError."""
    require(person(request.user), "document.upload", place.row)
    file = request.FILES.get("file")
    if file is None or file.size is None:
        raise ReadError("missing_file", file="")
    if file.size > settings.MAX_DOCUMENT_BYTES:
        limit = str(settings.MAX_DOCUMENT_BYTES // MEGABYTE)
        raise ReadError("too_large", file=file.name or "", limit=limit)
    document = documents.upload(
        actor=person(request.user),
        agency=place.row,
        name=file.name or "document",
        content=file.read(),
    )
    return document.key


@require_safe
@signed_in
def show_document(request: HttpRequest, agency: str, key: UUID) -> HttpResponse:
    """Show a document: its source beside its findings, its reading or what it changes."""
    place = open_desk(request, agency)
    view = view_document(find_document(place.row, key))
    tab = choose_tab(request, view)
    context: dict[str, Any] = {
        "document": view.row,
        "view": view,
        "tab": tab,
        "tabs": list_tabs(view),
        "summary": summarise(view.draft.plan),
        "other_agency": find_other_agency(view, place),
    }
    if tab == "findings":
        context["levels"] = group_findings(view.findings)
    if tab == "changes":
        context["changes"] = tell_changes(view.changes, page_language())
    if tab == "reading":
        context["groups"] = list_groups(view.draft.plan)
    return render_in(request, "hengtu/document.html", place, context, section="import")


def choose_tab(request: HttpRequest, view: DocumentView) -> str:
    """Return the tab asked for; findings first as long as one waits for a decision."""
    names = [name for name, _title, _count in list_tabs(view)]
    wanted = request.GET.get("show", "")
    if wanted in names:
        return wanted
    return "findings" if view.undecided else "reading"


def list_tabs(view: DocumentView) -> list[tuple[str, str, int]]:
    """Return name, title and count of the tabs that have something to show."""
    tabs = [
        ("findings", _("檢查發現"), len(view.findings)),
        ("reading", _("讀到的內容"), 0),
    ]
    if view.revises:
        tabs.append(("changes", _("與現行計畫的差異"), len(view.changes)))
    return tabs


def find_other_agency(view: DocumentView, place: Place) -> str:
    """Return the agency printed on the document when it is not this one."""
    printed = view.draft.plan.agency.name
    return printed if printed and bare(printed) != bare(place.name) else ""


def group_findings(items: Iterable[DecidedFinding]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the findings with their sentences, by level, errors first."""
    lang = page_language()
    levels: dict[str, list[dict[str, Any]]] = {"error": [], "warning": [], "hint": []}
    for item in items:
        told = {
            "item": item,
            "finding": item.finding,
            "title": finding_title(item.finding.code, lang),
            "message": finding_message(item.finding, lang),
            "lines": item.finding.where.all_lines(),
        }
        levels[item.finding.level].append(told)
    return [(level, told) for level, told in levels.items() if told]


@require_POST
@signed_in
def decide(request: HttpRequest, agency: str, key: UUID, rank: int) -> HttpResponse:
    """Decide on one finding and return to it."""
    place = open_desk(request, agency)
    document = find_document(place.row, key)
    verdict: Any = request.POST.get("verdict", "")
    try:
        findings.decide(
            actor=person(request.user),
            document=document,
            rank=rank,
            verdict=verdict,
            reason=request.POST.get("reason", ""),
            text=request.POST.get("text", ""),
        )
    except DecisionError as failure:
        messages.error(request, tell_decision(failure))
    except documents.ClosedError:
        messages.error(request, _("這份文件已經結案，不能再修改。"))
    except findings.UnknownFindingError as missing:
        raise NotFoundError(str(rank)) from missing
    url = reverse("document", args=[place.slug, key])
    return redirect(f"{url}?show=findings#f{rank}")


@require_POST
@signed_in
def accept_rest(request: HttpRequest, agency: str, key: UUID, level: str) -> HttpResponse:
    """Accept every finding of a level that nobody decided on."""
    if level not in LEVELS:
        raise NotFoundError(level)
    place = open_desk(request, agency)
    document = find_document(place.row, key)
    try:
        number = findings.accept_rest(
            actor=person(request.user), document=document, levels=(level,)
        )
    except documents.ClosedError:
        messages.error(request, _("這份文件已經結案，不能再修改。"))
    else:
        messages.success(request, _("已接受 %(n)s 項。") % {"n": number})
    return redirect(reverse("document", args=[place.slug, key]) + "?show=findings")


@require_POST
@signed_in
def adopt(request: HttpRequest, agency: str, key: UUID) -> HttpResponse:
    """Adopt the document and open the plan."""
    place = open_desk(request, agency)
    document = find_document(place.row, key)
    try:
        row = plans.adopt(
            actor=person(request.user),
            document=document,
            as_new=request.POST.get("as_new") == "1",
            seen=request.POST.get("seen"),
        )
    except DecisionError as failure:
        messages.error(request, tell_decision(failure))
    except plans.MovedError:
        messages.error(request, _("現行計畫在您檢視差異之後已有修訂，請重新檢視差異再採用。"))
    except plans.NothingToAdoptError:
        messages.error(request, _("這份文件沒有讀到計畫內容，無法採用。"))
    except CycleError as circle:
        path = {"path": " → ".join(circle.path)}
        messages.error(request, failure_message("kpi_cycle", path, page_language()))
    except documents.ClosedError:
        messages.error(request, _("這份文件已經結案，不能再修改。"))
    else:
        messages.success(request, _("計畫已採用。"))
        return redirect("plan", place.slug, row.slug)
    return redirect("document", place.slug, key)


@require_POST
@signed_in
def discard(request: HttpRequest, agency: str, key: UUID) -> HttpResponse:
    """Put the document aside."""
    place = open_desk(request, agency)
    document = find_document(place.row, key)
    try:
        documents.discard(actor=person(request.user), document=document)
        messages.success(request, _("文件已捨棄；需要時可重新匯入。"))
    except documents.ClosedError:
        messages.error(request, _("這份文件已經結案，不能再修改。"))
    return redirect("import", place.slug)


def tell_decision(failure: DecisionError) -> str:
    """Return what a decision lacks, in words."""
    sentences = {
        "overrule_needs_reason": _("排除一項發現須填寫理由。"),
        "edit_needs_text": _("修正須填寫正確的文字。"),
        "edit_needs_number": _("修正數值須填寫完整數字，金額以元為單位，例如 12,450,000。"),
        "edit_code_taken": _("這個代碼已屬於計畫中的其他項目。"),
        "edit_needs_code": _("修正代碼須填寫完整代碼，例如 AP1、AP1.1 或 AP1.1.1。"),
    }
    return sentences.get(str(failure), _("無法處理這個請求"))
