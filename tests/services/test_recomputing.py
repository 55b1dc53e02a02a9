"""Recomputing and auditing on the samples: what is written, refused, found and left in the trail."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hengtu.core.actuals import Actual
from hengtu.jobs.drift import check_drift
from hengtu.services import accounts, actuals, demo, recomputing
from hengtu.services.permission import NotAllowedError
from hengtu.services.preparing import Prepared
from hengtu.services.recomputing import Step
from hengtu.services.workers import prepare_all
from hengtu.store.models import AgencyRow, AuditRow, NodeResultRow, PlanRow, ResultRow, User

pytestmark = pytest.mark.django_db
PLAN, AGENCY = 4, 5


@pytest.fixture
def system(repo_root: Path) -> User:
    """Fill the database with the samples."""
    demo.fill(repo_root / "examples")
    return accounts.system_actor()


def derived() -> list[tuple[Any, ...]]:
    """Return everything derived, doubles to nine digits: sums may be added in another order."""
    results = ResultRow.objects.order_by("measure_id", "period").values_list()
    nodes = NodeResultRow.objects.order_by("plan_id", "kind", "part_id", "period").values_list()
    return [
        tuple(float(f"{one:.9g}") if isinstance(one, float) else one for one in row)
        for row in (*results, *nodes)
    ]


def run(system: User, **asked: Any) -> list[Step]:
    steps: list[Step] = []
    recomputing.recompute(actor=system, tell=steps.append, **asked)
    return steps


def test_what_was_kept_in_step_needs_no_recomputing(system: User) -> None:
    kept = derived()
    assert kept
    assert sum(step.differed for step in run(system)) == 0
    assert derived() == kept
    assert not AuditRow.objects.filter(verb="results.recompute").exists()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite locks the whole database")
def test_the_light_of_an_agency_above_is_locked_before_it_is_read(system: User) -> None:
    below = AgencyRow.objects.filter(parent__plans__isnull=False, plans__isnull=False).first()
    assert below
    with CaptureQueriesContext(connection) as asked:
        run(system, agency=below)
    told = [one["sql"] for one in asked]
    above = f'"owning_agency_id" = {below.parent_id} '
    locked = next(at for at, sql in enumerate(told) if above in sql and "FOR UPDATE" in sql)
    first = next(at for at, sql in enumerate(told) if above in sql)
    assert locked == first


def test_all_is_made_anew_and_the_trail_says_so(system: User) -> None:
    kept = derived()
    ResultRow.objects.all().delete()
    NodeResultRow.objects.all().delete()
    PlanRow.objects.update(judged_first=None, judged_last=None)
    steps = run(system)
    assert derived() == kept
    assert sum(step.differed for step in steps) == len(kept)
    assert [step.done for step in steps] == list(range(steps[0].total + 1))
    assert steps[-1].share == pytest.approx(1)
    entries = AuditRow.objects.filter(verb="results.recompute")
    assert sum(entry.detail["rows"] for entry in entries) == len(kept)


def test_one_agency_alone_brings_those_above_in_line(system: User) -> None:
    kept = derived()
    plan = NodeResultRow.objects.filter(kind=PLAN, plan__owning_agency__parent__isnull=False)[
        0
    ].plan
    NodeResultRow.objects.filter(kind=AGENCY).delete()
    NodeResultRow.objects.filter(plan=plan, kind=PLAN).update(light=-1, score=None)
    others = AgencyRow.objects.exclude(pk=plan.owning_agency_id)
    run(system, agency=plan.owning_agency)
    above = NodeResultRow.objects.filter(kind=AGENCY, plan__owning_agency__in=others)
    assert NodeResultRow.objects.filter(kind=AGENCY, plan=plan).exists()
    assert sum(step.differed for step in run(system)) <= len(kept) - above.count()
    assert derived() == kept


def test_an_audit_finds_a_tampered_result_and_only_that(system: User) -> None:
    row = ResultRow.objects.filter(value__isnull=False).order_by("measure_id", "-period")[0]
    where = ResultRow.objects.filter(measure=row.measure_id, period=row.period)
    where.update(value=(row.value or 0) + 3)
    kept = derived()
    found = recomputing.audit()
    assert found.count == 1
    (drift,) = found.drifts
    assert (drift.kind, drift.measure, drift.state) == ("measure", row.measure.index, "changed")
    (apart,) = drift.fields
    assert (apart.field, apart.stored, apart.computed) == ("value", (row.value or 0) + 3, row.value)
    assert derived() == kept


@pytest.mark.parametrize("kind", [PLAN, AGENCY])
def test_an_audit_finds_a_tampered_light_and_does_not_blame_those_above(
    system: User, kind: int
) -> None:
    row = NodeResultRow.objects.filter(kind=kind).exclude(light=-1).order_by("plan_id", "period")[0]
    where = NodeResultRow.objects.filter(plan=row.plan_id, kind=kind, part_id=0, period=row.period)
    where.update(light=0 if row.light else 2)
    found = recomputing.audit()
    assert [(one.kind, [f.field for f in one.fields]) for one in found.drifts] == [
        ({PLAN: "plan", AGENCY: "agency"}[kind], ["light"])
    ]


def test_rows_missing_and_too_many_are_named(system: User) -> None:
    row = ResultRow.objects.order_by("measure_id", "period")[0]
    ResultRow.objects.filter(measure=row.measure_id, period=row.period).delete()
    later = row.period + 19 * 9
    ResultRow.objects.create(measure_id=row.measure_id, period=later)
    assert sorted(one.state for one in recomputing.audit().drifts) == ["missing", "surplus"]
    assert sum(step.differed for step in run(system)) == 2
    assert recomputing.audit().count == 0


def test_who_may_not_changes_nothing(system: User) -> None:
    director = User.objects.get(username="director")
    ResultRow.objects.all().delete()
    with pytest.raises(NotAllowedError):
        recomputing.recompute(actor=director)
    assert not ResultRow.objects.exists()


def test_what_changes_between_working_out_and_writing_is_not_lost(
    system: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = PlanRow.objects.filter(judged_last__isnull=False).order_by("pk")[0]
    measure = ResultRow.objects.filter(measure__plan=plan, value__isnull=False)[0].measure

    def prepare_slowly(agencies: Sequence[int], **asked: Any) -> Iterator[Prepared]:
        for prepared in prepare_all(agencies, **asked):
            if prepared.agency == plan.owning_agency_id:
                row = Actual(code=measure.kpi.code, measure=measure.index, period="114-01", value=1)
                actuals.import_rows(actor=system, plan=plan, rows=[row])
            yield prepared

    monkeypatch.setattr(recomputing, "prepare_all", prepare_slowly)
    run(system)
    monkeypatch.undo()
    assert recomputing.audit().count == 0


def test_the_nightly_audit_logs_what_drifted_and_leaves_an_entry(
    system: User, caplog: pytest.LogCaptureFixture
) -> None:
    assert check_drift() == 0
    assert not caplog.records
    NodeResultRow.objects.filter(kind=PLAN).update(score=12.5)
    with caplog.at_level(logging.WARNING, logger="hengtu.jobs"):
        count = check_drift()
    assert count == NodeResultRow.objects.filter(kind=PLAN).count()
    assert "整份計畫" in caplog.text
    entries = AuditRow.objects.filter(verb="results.audit").order_by("pk")
    assert [entry.detail["rows"] for entry in entries] == [0, count]
