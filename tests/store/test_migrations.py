"""What was stored before data items had rows of their own is kept by the migration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from hengtu.services.results import derive_missing
from hengtu.store.models import ResultRow

BEFORE = ("store", "0001_initial")
AFTER = ("store", "0002_figures_and_results")


def move(target: tuple[str, str]) -> Any:
    executor = MigrationExecutor(connection)
    executor.migrate([target])
    return executor.loader.project_state([target]).apps


@pytest.fixture
def old(transactional_db: None) -> Iterator[Any]:
    call_command("migrate", "store", "zero", verbosity=0)
    yield move(BEFORE)
    call_command("migrate", verbosity=0)


def fill(apps: Any) -> tuple[int, int]:
    user = apps.get_model("store", "User").objects.create(username="承辦")
    agency = apps.get_model("store", "AgencyRow").objects.create(name="雲湖市水利局", slug="w")
    plan = apps.get_model("store", "PlanRow").objects.create(owning_agency=agency, slug="p")
    kpi = apps.get_model("store", "KpiRow")
    first, second = (kpi.objects.create(plan=plan, code=c, name=c, rank=1) for c in ("K1", "K2"))
    actual = apps.get_model("store", "ActualRow")
    for owner, measure, item, period, value, missing in (
        (first, 1, "全年受理件數", "114-01", 5.0, ""),
        (first, 1, "全年受理件數", "114-02", None, "no_data"),
        (second, 1, "全年受理件數", "114-01", 5.0, ""),
        (first, 1, "總收件量合計", "114Q1", 7.0, ""),
        (second, 2, "總收件量合計", "114Q1", 9.0, ""),
        (first, 1, "件數", "114", 3.0, ""),
        (second, 1, "件數", "114", 4.0, ""),
        (second, 2, "件數", "114", 6.0, ""),
        (first, 2, "", "114H2", 1.5, ""),
        (first, 2, "", "114-03", None, ""),
    ):
        actual.objects.create(
            kpi=owner, measure_index=measure, item=item, period=period, value=value,
            missing=missing, decimal=str(value or ""), entered_by=user,
        )  # fmt: skip
    apps.get_model("store", "DataItemRow").objects.create(
        kpi=second, measure_index=1, item="全年受理件數", over_time="last", set_by=user
    )
    actual.objects.update(
        entered_at=timezone.datetime(2025, 7, 1, tzinfo=timezone.get_current_timezone())
    )
    return first.pk, second.pk


def test_figures_and_rules_of_before_go_to_data_items(old: Any) -> None:
    first, second = fill(old)
    new = move(AFTER)
    items = new.get_model("store", "DataItemRow").objects
    places = set(items.values_list("kpi", "measure_index", "name", "over_time", "guessed"))
    assert places == {
        (None, None, "全年受理件數", "last", False),
        (first, None, "總收件量合計", "sum", True),
        (second, None, "總收件量合計", "sum", True),
        (first, None, "件數", "sum", True),
        (second, 1, "件數", "sum", True),
        (second, 2, "件數", "sum", True),
        (first, 2, "", "sum", True),
    }
    shared = items.get(kpi=None)
    typed = new.get_model("store", "ActualRow").objects
    assert {row.entered_at.year for row in typed.all()} == {2025}
    assert list(typed.filter(item=shared).values_list("period", "value", "missing", "kpi")) == [
        ("114-01", 5.0, "", first),
        ("114-02", None, "no_data", first),
    ]
    figures = new.get_model("store", "FigureRow").objects
    codes = set(figures.values_list("item__name", "period", "value", "missing"))
    assert codes == {
        ("全年受理件數", 114 * 19, 5.0, 0),
        ("全年受理件數", 114 * 19 + 1, None, 3),
        ("總收件量合計", 114 * 19 + 12, 7.0, 0),
        ("總收件量合計", 114 * 19 + 12, 9.0, 0),
        ("件數", 114 * 19 + 18, 3.0, 0),
        ("件數", 114 * 19 + 18, 4.0, 0),
        ("件數", 114 * 19 + 18, 6.0, 0),
        ("", 114 * 19 + 17, 1.5, 0),
        ("", 114 * 19 + 2, None, 8),
    }


def test_what_older_releases_adopted_is_judged_after_the_migration(old: Any) -> None:
    fill(old)
    kpi = old.get_model("store", "KpiRow").objects.get(code="K1")
    old.get_model("store", "MeasureRow").objects.create(
        plan=kpi.plan, kpi=kpi, rank=1, formula="全年受理件數", unit="件"
    )
    call_command("migrate", verbosity=0)
    assert derive_missing() == 1
    assert derive_missing() == 0
    latest = ResultRow.objects.order_by("-period").values_list("period", "value").first()
    assert latest == (114 * 19, 5.0)


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "store", check=True, dry_run=True, verbosity=0)
