"""What a supervisor asks: is the process alive, and can it answer."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

PROBLEMS = {"no_database": _("資料庫沒有回應"), "not_migrated": _("資料表尚未更新")}
HINTS = {
    "no_database": _("請檢查資料庫服務及 HENGTU_DATABASE_URL。"),
    "not_migrated": _("請執行 hengtu migrate。"),
}


@require_safe
@never_cache
def answer_health(request: HttpRequest) -> HttpResponse:
    """Answer that the process is alive; no database is asked."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def answer_readiness(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers and its tables are up to date, else 503."""
    problem = find_problem()
    if problem is None:
        return JsonResponse({"status": "ok"})
    error = {
        "code": problem,
        "message": PROBLEMS[problem],
        "where": "database",
        "hint": HINTS[problem],
    }
    return JsonResponse({"error": error}, status=503)


def find_problem() -> str | None:
    """Return what keeps the site from answering, if anything."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "no_database"
    return "not_migrated" if waiting else None
