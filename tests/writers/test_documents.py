"""Reports of whole documents: nothing that the plan holds is missing from the report that prints it."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from hengtu.core.plan import Plan
from hengtu.readers import read_file
from hengtu.writers.failure import WriteError
from hengtu.writers.produce import REPORTS, formats_of, write_report


def printed(plan: Plan) -> dict[str, list[str]]:
    tasks = [task for item in plan.work_items for task in item.tasks]
    strategies = [strategy for guideline in plan.guidelines for strategy in guideline.strategies]
    seats = plan.committee.members if plan.committee else ()
    return {
        "map": [objective.name for objective in plan.objectives],
        "scorecard": [kpi.name for kpi in plan.kpis] + [action.text for action in plan.actions],
        "factors": [f.text for o in plan.objectives for f in o.success_factors],
        "fouryear": [kpi.name for kpi in plan.kpis] + [note.text for note in plan.footnotes],
        "schedule": [item.name for item in plan.work_items] + [task.content for task in tasks],
        "service": [method.text for s in strategies for method in s.methods]
        + [task.text for seat in seats for task in seat.tasks],
    }


def squeeze(text: str) -> str:
    return "".join(unescape(text).replace("<br>", "").split())


def plans(folder: Path) -> Iterator[tuple[str, Plan]]:
    for file in sorted(folder.rglob("*.txt")):
        yield file.name, read_file(file).plan


def write(plan: Plan, report: str, suffix: str) -> bytes | None:
    """Return a report, None where the plan has nothing for it."""
    try:
        return write_report(plan, report=report, suffix=suffix, lang="zh-Hant")
    except WriteError as failure:
        if failure.reason != "nothing_to_report":
            raise
        return None


def check(folder: Path) -> None:
    written = 0
    for name, plan in plans(folder):
        for report, wanted in printed(plan).items():
            page = write(plan, report, ".html")
            if page is not None:
                text = squeeze(page.decode())
                assert [w for w in wanted if squeeze(w) not in text] == [], (name, report)
                written += 1
    assert written


def test_the_samples_are_printed_whole(repo_root: Path) -> None:
    check(repo_root / "examples")


@pytest.mark.documents
def test_the_documents_are_printed_whole(shared_dir: Path) -> None:
    check(shared_dir / "seeds")


@pytest.mark.documents
def test_a_report_can_be_written_in_all_its_formats_or_in_none(shared_dir: Path) -> None:
    for name, plan in plans(shared_dir / "seeds"):
        for report in REPORTS:
            told = {write(plan, report, suffix) is not None for suffix in formats_of(report)}
            assert len(told) == 1, (name, report)
