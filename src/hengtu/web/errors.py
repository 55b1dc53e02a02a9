"""Short error pages: what happened, what to do, a code; never a trace."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.db import Error as DatabaseFailure
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist
from django.utils.translation import gettext as _

from hengtu.services.permission import NotAllowedError

CODES = {
    400: "bad_request",
    403: "forbidden",
    404: "not_found",
    413: "too_large",
    500: "failure",
}


def answer(request: HttpRequest, status: int, title: str, hint: str) -> HttpResponse:
    """Answer with the error page, or with the error as JSON where that is preferred to a page."""
    if speaks_json(request):
        error = {"code": CODES[status], "message": title, "where": request.path, "hint": hint}
        return JsonResponse({"error": error}, status=status)
    context = {"status": status, "title": title, "hint": hint}
    try:
        return render(request, "hengtu/error.html", context, status=status)
    # A page says who is signed in: without a database it cannot.
    except (TemplateDoesNotExist, DatabaseFailure):
        return HttpResponse(title, status=status, content_type="text/plain; charset=utf-8")


def speaks_json(request: HttpRequest) -> bool:
    """Tell whether an address of the API was asked for, or JSON is preferred to a page."""
    preferred = request.get_preferred_type(["text/html", "application/json"])
    return request.path.startswith("/api/") or preferred == "application/json"


def answer_bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400; 413 to a body that Django does not read to its end."""
    if isinstance(exception, RequestDataTooBig):
        return answer_too_large(request)
    return answer(request, 400, _("無法處理這個請求"), _("請回上一頁重新操作。"))


def answer_forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403, naming the agency when the refusal knows it."""
    title = _("您沒有這項作業的權限")
    if isinstance(exception, NotAllowedError) and exception.agency_name:
        title = _("您在「%(agency)s」沒有這項作業的權限") % {"agency": exception.agency_name}
    return answer(request, 403, title, _("如有需要，請洽機關的系統管理者。"))


def answer_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404."""
    return answer(request, 404, _("找不到這個頁面"), _("網址可能有誤，或內容已經移除。"))


def answer_too_large(request: HttpRequest) -> HttpResponse:
    """Answer 413."""
    return answer(request, 413, _("送出的資料過大"), _("請減少檔案大小後再試。"))


def answer_failure(request: HttpRequest) -> HttpResponse:
    """Answer 500."""
    return answer(request, 500, _("系統發生錯誤"), _("請稍後再試；若持續發生，請洽系統管理者。"))


def refuse_forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form that did not come from a page of ours."""
    return answer(request, 403, _("表單已失效"), _("請重新整理頁面後再送出。"))
