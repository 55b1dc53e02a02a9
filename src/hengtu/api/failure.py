"""One shape for every error: ``{"error": {"code", "message", "where", "hint"}}``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from hengtu.queries.agencies import NotFoundError
from hengtu.services.permission import NotAllowedError

SHOWN = 200


class RefusedError(Exception):
    """A request that cannot be answered; ``code`` names why, ``where`` the parameter."""

    def __init__(
        self, status: int, code: str, message: str, where: str = "", hint: str = ""
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.where = where
        self.hint = hint


def answer_error(status: int, code: str, message: str, where: str, hint: str) -> HttpResponse:
    """Answer with an error object."""
    error = {"code": code, "message": message, "where": where[:SHOWN], "hint": hint}
    return JsonResponse({"error": error}, status=status, json_dumps_params={"ensure_ascii": False})


def refuse(request: HttpRequest, refusal: RefusedError) -> HttpResponse:
    """Answer a refusal of our own."""
    where = refusal.where or request.path
    return answer_error(refusal.status, refusal.code, refusal.message, where, refusal.hint)


def answer_stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Answer 401 to who is not signed in."""
    return answer_error(401, "not_signed_in", _("請先登入"), request.path, _("登入後再送出請求。"))


def answer_refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer what the framework refuses before a question is asked: a broken body, a forged form."""
    if error.status_code == 403:
        hint = _("請附上 X-CSRFToken 標頭。")
        return answer_error(403, "forged", _("請求未通過安全檢查"), request.path, hint)
    hint = _("請確認內容為有效的 JSON。")
    return answer_error(400, "bad_request", _("無法處理這個請求"), request.path, hint)


def answer_forbidden(request: HttpRequest, error: NotAllowedError) -> HttpResponse:
    """Answer 403 to who may see an agency but not do this there."""
    hint = _("如有需要，請洽機關的系統管理者。")
    return answer_error(403, "forbidden", _("您沒有這項作業的權限"), request.path, hint)


def answer_missing(request: HttpRequest, error: NotFoundError) -> HttpResponse:
    """Answer 404 alike for what is not there and for what this person may not see."""
    hint = _("網址可能有誤，或內容已經移除。")
    return answer_error(404, "not_found", _("找不到這項資料"), request.path, hint)


def answer_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer 422, naming the first parameter that cannot be used."""
    first: dict[str, Any] = error.errors[0] if error.errors else {}
    where = ".".join(str(part) for part in first.get("loc", ()))
    return answer_error(422, "invalid", _("參數不符規定"), where, tell_invalid(first)[:SHOWN])


def tell_invalid(first: Mapping[str, Any]) -> str:
    """Return what a parameter should be: in our words what is common, else in those of the framework."""
    limits: Mapping[str, Any] = first.get("ctx") or {}
    match first.get("type"):
        case "missing":
            return _("缺少這個參數。")
        case "string_too_long":
            return _("至多 %(length)s 個字。") % {"length": limits["max_length"]}
        case "string_too_short":
            return _("至少 %(length)s 個字。") % {"length": limits["min_length"]}
    return str(first.get("msg", ""))


def add_answers(api: NinjaAPI) -> None:
    """Make an API answer every failure in the one shape."""
    api.exception_handler(RefusedError)(refuse)
    api.exception_handler(AuthenticationError)(answer_stranger)
    api.exception_handler(ValidationError)(answer_invalid)
    api.exception_handler(NotAllowedError)(answer_forbidden)
    api.exception_handler(NotFoundError)(answer_missing)
    api.exception_handler(HttpError)(answer_refused)
