"""Counts that a document states about itself against what was counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from hengtu.core.hanzi import bare, squeeze
from hengtu.core.numbering import numeral
from hengtu.core.paper import Line, Paper
from hengtu.core.plan import Claim, Plan
from hengtu.core.source import Place, Source
from hengtu.readers.recognise.maps.zones import find_zones, parent_blocks
from hengtu.readers.recognise.notes import Notes

_NUMBER = r"(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})\s*"
_NAMES: tuple[tuple[str, str], ...] = (
    ("themes", r"策略主題|施政主題|策略主軸"),
    ("key_goals", r"關鍵策略目標"),
    ("common_goals", r"共同性(?:策略)?目標"),
    ("objectives", r"策略目標"),
    ("key_kpis", r"關鍵策略(?:績效)?指標"),
    ("common_kpis", r"共同性指標"),
    ("kpis", r"KPI(?:指標)?|關鍵績效指標|績效指標|衡量指標"),
    ("success_factors", r"KSF|關鍵成功因素"),
    ("actions", r"行動方案|行動計畫"),
    ("guidelines", r"實施要領"),
    ("strategies", r"執行策略"),
    ("methods", r"執行方法"),
    ("work_items", r"(?:作業)?(?:計畫|工作)項目"),
    ("perspectives", r"構面|面向"),
)
_COUNTED = re.compile(
    rf"(?<![\d年第.])(?:共|計|共計|訂定|訂有|計有|包括|包含|以|及|之|、|，|（|\(|^)?\s*{_NUMBER}(?:大項|個|項|大|條|則)\s*"
    rf"(?P<name>{'|'.join(f'(?:{words})' for _, words in _NAMES)})"
)
_EACH = re.compile(
    r"(?:每|各|任|逾|超過|至少|至多|不得少於|選定|擇|前|第|增加|新增)(?:一|年|季|月|科|課|單位|人)?$"
)
_MEMBERS = re.compile(rf"(?:共計?|合計|計|置委員|組成)\s*{_NUMBER}人")
_ROLE = re.compile(
    rf"(?P<role>副?(?:主任委員|召集人|執行秘書|執行長|委員|幹事|執行幹事|組長|秘書|組員))\s*{_NUMBER}人"
)
_BODY = re.compile(r"委員會|推動小組|工作小組|專案小組|工作圈|小組")

Counter = Callable[[Plan], int | None]


def check_claims(plan: Plan, paper: Paper, notes: Notes) -> Plan:
    """Return the plan with its printed counts beside what was counted; R171 where they differ."""
    claims = [_counted(claim, plan) for claim in _read(paper, notes)]
    kept = {(c.what, c.printed): c for c in reversed(claims)}
    ordered = tuple(kept.values())[::-1]
    for claim in ordered:
        if claim.counted is not None and claim.counted != claim.printed:
            notes.tell("R171", claim.source, subject=claim.what, reading=str(claim.counted))
    return replace(plan, claims=(*plan.claims, *ordered))


def _read(paper: Paper, notes: Notes) -> Iterator[Claim]:
    foreign = parent_blocks(find_zones(paper))
    for number, block in enumerate(paper.blocks):
        if not isinstance(block, Line) or number in foreign:
            continue
        found = [*_named_counts(block), *_seats(block)]
        if len(found) > 1 or (found and len(block.text) <= 30):
            notes.claim(block)
        yield from found


def _named_counts(line: Line) -> Iterator[Claim]:
    text = squeeze(line.text)
    for found in _COUNTED.finditer(text):
        if _value(found["n"]) < 2 or _EACH.search(text[: found.start("n")]):
            continue
        what = next(kind for kind, words in _NAMES if re.fullmatch(words, found["name"]))
        yield Claim(what=what, printed=_value(found["n"]), source=_source(line.place, found[0]))


def _seats(line: Line) -> Iterator[Claim]:
    """Yield the seats that a sentence about a committee counts, all and by role."""
    text = squeeze(line.text)
    if not _BODY.search(text) or not (whole := _MEMBERS.search(text)):
        return
    yield Claim(what="members", printed=_value(whole["n"]), source=_source(line.place, whole[0]))
    for found in _ROLE.finditer(text):
        printed, what = _value(found["n"]), f"members:{found['role']}"
        yield Claim(what=what, printed=printed, source=_source(line.place, found[0]))


def _value(text: str) -> int:
    return int(text) if text.isdigit() else numeral(text)


def _source(place: Place, raw: str) -> Source:
    return Source.at(place, raw=raw.strip("，、（( "))


def _counted(claim: Claim, plan: Plan) -> Claim:
    if claim.what.startswith("members"):
        return replace(claim, counted=_count_seats(claim.what.partition(":")[2], plan))
    return replace(claim, counted=_COUNTERS[claim.what](plan) or None)


def _count_seats(role: str, plan: Plan) -> int | None:
    members = plan.committee.members if plan.committee else ()
    if not role:
        return len(members) or None
    return sum(1 for member in members if bare(member.role) == bare(role)) or None


def _own_objectives(plan: Plan) -> int:
    return len(plan.objectives)


_COUNTERS: dict[str, Counter] = {
    "themes": lambda plan: len(plan.themes),
    "key_goals": lambda plan: sum(1 for o in plan.objectives if o.kind == "key"),
    "common_goals": lambda plan: sum(1 for o in plan.objectives if o.kind == "common"),
    "objectives": _own_objectives,
    "key_kpis": lambda plan: sum(1 for k in plan.kpis if k.kind == "key"),
    "common_kpis": lambda plan: sum(1 for k in plan.kpis if k.kind == "common"),
    "kpis": lambda plan: len(plan.kpis),
    "success_factors": lambda plan: sum(len(o.success_factors) for o in plan.objectives),
    "actions": lambda plan: len(plan.actions),
    "guidelines": lambda plan: len(plan.guidelines),
    "strategies": lambda plan: sum(len(g.strategies) for g in plan.guidelines),
    "methods": lambda plan: sum(len(s.methods) for g in plan.guidelines for s in g.strategies),
    "work_items": lambda plan: len(plan.work_items),
    "perspectives": lambda plan: len(
        {o.perspective for o in plan.objectives if o.perspective and o.kind != "common"}
    ) or len(plan.perspectives),
}  # fmt: skip
