"""The columns of guideline, committee and schedule tables are known by meaning, not by one word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from hengtu.core.plan import Plan
from hengtu.readers import read_bytes

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "recognise" / "service_headings.yaml").read_text("utf-8")
)
TITLE = "沙里市北岸地政事務所106年度提升服務品質執行計畫\n\n"
GUIDELINES = {
    "guideline": ("實施要領", "一、改善等候環境", ""),
    "strategy": ("執行策略", "（一）增設座位", "（二）標示動線"),
    "method": ("執行方法", "每季檢查座椅並汰換損壞者。", "設置多語標示。"),
}
COMMITTEE = {
    "role": ("職別", "召集人", "委員"),
    "position": ("職稱", "主任", "課長"),
    "tasks": ("任務分配", "綜理小組各項事宜。", "督導櫃檯服務。"),
}
SCHEDULE = {
    "section": ("課別", "登記課", ""),
    "no": ("編號", "1", "2"),
    "item": ("計畫項目", "延時受理", "測量預約"),
    "content": ("工作內容", "中午不打烊受理申請", "開放線上預約測量"),
}
END = {"status": ("執行狀態", "辦理中", "尚未執行"), "note": ("備註", "", "配合系統改版")}


def cases(table: str) -> Iterator[tuple[str, str]]:
    yield from ((role, word) for role, words in CASES[table].items() for word in words)


def rows(columns: dict[str, tuple[str, str, str]], role: str, word: str) -> str:
    shown = {**columns, role: (word, *columns[role][1:])}
    return "\n".join("\t".join(row) for row in zip(*shown.values(), strict=True)) + "\n"


def read(text: str) -> Plan:
    return read_bytes((TITLE + text).encode(), "plan.txt").plan


@pytest.mark.parametrize(("role", "word"), list(cases("guidelines")))
def test_guideline_headings(role: str, word: str) -> None:
    (guideline,) = read(rows(GUIDELINES, role, word)).guidelines
    assert guideline.name == "改善等候環境"
    assert [(s.name, [m.text for m in s.methods]) for s in guideline.strategies] == [
        ("增設座位", ["每季檢查座椅並汰換損壞者。"]),
        ("標示動線", ["設置多語標示。"]),
    ]


@pytest.mark.parametrize(("role", "word"), list(cases("committee")))
def test_committee_headings(role: str, word: str) -> None:
    committee = read("推動小組名單\n\n" + rows(COMMITTEE, role, word)).committee
    assert committee is not None
    assert [(m.role, m.position, [t.text for t in m.tasks]) for m in committee.members] == [
        ("召集人", "主任", ["綜理小組各項事宜。"]),
        ("委員", "課長", ["督導櫃檯服務。"]),
    ]


def schedule(role: str, word: str) -> str:
    """Return a schedule whose months stand under one heading, with one heading exchanged."""
    heads = {key: column[0] for key, column in (SCHEDULE | END).items()}
    heads |= {"months": "預定作業時程月份", role: word}
    lines = [[heads[key] for key in SCHEDULE] + [heads["months"], *[""] * 11]]
    lines[0] += [heads[key] for key in END]
    lines.append([""] * len(SCHEDULE) + [str(month) for month in range(1, 13)] + ["", ""])
    for n, marked in ((1, (3, 9)), (2, (5,))):
        line = [column[n] for column in SCHEDULE.values()]
        line += ["●" if month in marked else "" for month in range(1, 13)]
        lines.append(line + [column[n] for column in END.values()])
    return "\n".join("\t".join(line) for line in lines) + "\n"


@pytest.mark.parametrize(("role", "word"), list(cases("schedule")))
def test_schedule_headings(role: str, word: str) -> None:
    items = read("作業時程管制表\n\n" + schedule(role, word)).work_items
    found = [
        (i.no, i.name, i.section, t.content, t.months, t.status, t.note)
        for i in items
        for t in i.tasks
    ]
    assert found == [
        ("1", "延時受理", "登記課", "中午不打烊受理申請", (3, 9), "辦理中", None),
        ("2", "測量預約", "登記課", "開放線上預約測量", (5,), "尚未執行", "配合系統改版"),
    ]
