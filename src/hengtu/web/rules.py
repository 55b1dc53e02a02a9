"""Rulebooks: what is in force, what there is to choose from, and what another would change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hengtu.core.judging.rulebook import Rulebook
from hengtu.queries.activation import current_year
from hengtu.queries.agencies import NotFoundError, Place
from hengtu.queries.rulebooks import Choice, Preview, RulebookPage, preview, view_rulebooks
from hengtu.readers import ReadError
from hengtu.readers.rulebooks.load import MAX_BYTES
from hengtu.services import rulebooks
from hengtu.services.accounts import person
from hengtu.services.permission import require
from hengtu.web.frame import open_place, render_in, signed_in
from hengtu.web.languages import page_language
from hengtu.web.lights import COLOURS
from hengtu.web.periods import print_period
from hengtu.web.weights import read_year
from hengtu.wording.failures import failure_message
from hengtu.wording.lights import name_light
from hengtu.wording.rulebooks import (
    cite,
    describe_rules,
    list_bands,
    name_rulebook,
    note_of,
    tell_source,
)

UPLOAD, ABOVE = "file", "above"


@dataclass(frozen=True, slots=True)
class ShownRulebook:
    """A rulebook in words; ``fits`` tells whether it holds in the year shown."""

    code: str
    title: str
    instrument: str
    source: str
    bands: tuple[tuple[str, str], ...]
    rules: tuple[str, ...]
    note: str
    fits: bool
    in_force: bool


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """A choice with the title of its rulebook, empty where that of the agency above holds."""

    choice: Choice
    title: str


@dataclass(frozen=True, slots=True)
class ShownPreview:
    """A preview with its lights in words."""

    preview: Preview
    month: str
    counts: tuple[tuple[str, int, int], ...]
    changes: tuple[tuple[str, str, str, str], ...]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def show_rulebooks(request: HttpRequest, agency: str) -> HttpResponse:
    """Show the rulebooks of an agency for ``?year=114``, try one with ``?preview=CODE``; POST chooses one."""
    place = open_place(request, agency)
    if request.method == "POST":
        return choose(request, place)
    return show(request, place)


def choose(request: HttpRequest, place: Place) -> HttpResponse:
    """Take the rulebook of the form, or show what is wrong with it."""
    require(person(request.user), "rulebook.choose", place.row)
    problems = list(try_to_choose(request, place))
    if problems:
        return show(request, place, problems=problems, status=422)
    if rulebooks.is_much(place.row):
        told = _("已選定判讀規則。指標眾多，燈號須待管理者執行 hengtu recompute 後更新。")
        messages.warning(request, told)
    else:
        messages.success(request, _("已選定判讀規則，燈號已重新判讀。"))
    first = read_year(request.POST.get("first", ""))
    return redirect(f"{reverse('rulebooks', args=[place.slug])}?year={first}")


def try_to_choose(request: HttpRequest, place: Place) -> Iterator[str]:
    """Choose the rulebook; yield why that was refused."""
    first, last = request.POST.get("first", "").strip(), request.POST.get("last", "").strip()
    years = (read_year(first), read_year(last))
    if years[0] is None or (last and years[1] is None):
        yield _("適用年度須為民國年，例如 114。")
        return
    code, file = request.POST.get("code", ""), request.FILES.get("file")
    if not code or (code == UPLOAD and not isinstance(file, UploadedFile)):
        yield _("請選擇一個規則集；自訂規則集請附上檔案。")
        return
    content = file.read(MAX_BYTES + 1) if code == UPLOAD and file else None
    try:
        rulebooks.choose(
            actor=person(request.user),
            agency=place.row,
            first_roc_year=years[0],
            last_roc_year=years[1],
            code="" if code in (UPLOAD, ABOVE) else code,
            content=content,
            file=str(file.name) if content is not None and file else "",
        )
    except ReadError as failure:
        yield failure_message(failure.reason, failure.args_, page_language())
    except rulebooks.YearsError as wrong:
        yield tell_years(wrong)


def tell_years(wrong: rulebooks.YearsError) -> str:
    """Return why a rulebook cannot be taken for the years asked for."""
    if wrong.rulebook is None:
        return _("適用的訖年不得早於起年。")
    return _("「%(title)s」%(valid)s，不能用於所選的年度。") % {
        "title": name_rulebook(wrong.rulebook, page_language()),
        "valid": describe_rules(wrong.rulebook, page_language())[-1],
    }


def show(
    request: HttpRequest, place: Place, *, problems: list[str] | None = None, status: int = 200
) -> HttpResponse:
    """Render the page."""
    roc_year = read_year(request.GET.get("year", "")) or nearest_year(place)
    page = view_rulebooks(place, roc_year)
    tried = find_offered(page, request.GET.get("preview", ""))
    context = {
        "page": page,
        "in_force": show_rulebook(page.in_force, page),
        "offered": [show_rulebook(book, page) for book in page.offered],
        "choices": [show_choice(one) for one in page.choices],
        "tried": show_rulebook(tried, page) if tried else None,
        "previews": list_previews(place, tried) if tried else (),
        "problems": problems or [],
        "form": request.POST,
        "UPLOAD": UPLOAD,
        "ABOVE": ABOVE,
    }
    return render_in(
        request, "hengtu/rulebooks.html", place, context, section="rulebooks", status=status
    )


def nearest_year(place: Place) -> int:
    """Return this ROC year, or the nearest that a plan of the agency speaks of."""
    firsts = [card.roc_first for card in place.plans if card.roc_first]
    lasts = [card.roc_last for card in place.plans if card.roc_last]
    return current_year(min(firsts, default=None), max(lasts, default=None))


def find_offered(page: RulebookPage, code: str) -> Rulebook | None:
    """Return the rulebook of a code; NotFoundError for one that nobody offers."""
    if not code:
        return None
    for book in (page.in_force, *page.offered):
        if book.code == code:
            return book
    raise NotFoundError(code)


def show_rulebook(book: Rulebook, page: RulebookPage) -> ShownRulebook:
    """Return a rulebook in words."""
    lang = page_language()
    return ShownRulebook(
        code=book.code,
        title=name_rulebook(book, lang),
        instrument=cite(book),
        source=tell_source(book, lang),
        bands=tuple(list_bands(book, lang)),
        rules=tuple(describe_rules(book, lang)),
        note=note_of(book, lang),
        fits=book.valid_in(page.roc_year),
        in_force=book == page.in_force,
    )


def show_choice(choice: Choice) -> ShownChoice:
    """Return a choice with its title."""
    book = choice.rulebook
    return ShownChoice(choice, name_rulebook(book, page_language()) if book else "")


def list_previews(place: Place, book: Rulebook) -> tuple[ShownPreview, ...]:
    """Return what a rulebook would change in the last month of every plan of the agency."""
    tried = (preview(card, book) for card in place.plans)
    return tuple(show_preview(one) for one in tried if one)


def show_preview(one: Preview) -> ShownPreview:
    """Return a preview with its lights in words."""
    lang = page_language()
    return ShownPreview(
        preview=one,
        month=print_period(one.period),
        counts=tuple(
            (name_light(colour, lang), one.before.get(colour, 0), one.after.get(colour, 0))
            for colour in COLOURS
        ),
        changes=tuple(
            (
                change.code,
                f"{change.name} {change.label}".strip(),
                name_light(change.before, lang),
                name_light(change.after, lang),
            )
            for change in one.changes
        ),
    )
