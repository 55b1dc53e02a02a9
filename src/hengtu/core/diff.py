"""What changed between two plans: things are matched by code, then by name, then fields compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

from hengtu.core.hanzi import bare
from hengtu.core.plan import Plan

ChangeKind = Literal["added", "removed", "changed"]
Part = Any

_SILENT = {"source", "raw", "formula_raw", "unread", "certainty"}
_FRAME = ("title", "kind", "mission", "vision", "roc_years", "agency", "document", "committee")
_KEYS: dict[str, Callable[[Part], str]] = {
    "themes": lambda x: x.code,
    "perspectives": lambda x: bare(x.name),
    "objectives": lambda x: x.code,
    "kpis": lambda x: x.code,
    "actions": lambda x: x.code,
    "measures": lambda x: str(x.index),
    "values": lambda x: f"{x.kind} {x.period or x.roc_year}",
    "budgets": lambda x: str(x.roc_year),
    "guidelines": lambda x: bare(x.name),
    "strategies": lambda x: bare(getattr(x, "name", "") or getattr(x, "text", "")),
    "work_items": lambda x: f"{x.section or ''} {x.no}",
    "methods": lambda x: bare(x.text),
    "success_factors": lambda x: bare(x.text),
    "core_values": lambda x: bare(x.text),
    "references": lambda x: bare(x.text),
    "based_on": lambda x: bare(x.text),
    "tasks": lambda x: bare(getattr(x, "content", "") or getattr(x, "text", "")),
    "sections": lambda x: bare(x.title),
    "org_units": lambda x: bare(x.name),
    "rules": lambda x: x.no,
    "footnotes": lambda x: x.code,
    "claims": lambda x: x.what,
    "revisions": lambda x: f"{x.date} {x.act}",
    "links": lambda x: f"{x.from_}→{x.to}",
    "members": lambda x: bare(getattr(x, "name", "") or f"{x.role} {x.position}"),
}
_SECOND_KEYS: dict[str, Callable[[Part], str]] = {
    name: lambda x: bare(getattr(x, "name", "") or getattr(x, "text", ""))
    for name in ("themes", "objectives", "kpis", "actions", "work_items")
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change: ``subject`` names the thing (``AC1.1``), ``field`` the path inside it."""

    kind: ChangeKind
    subject: str
    field: str
    old: str | None = None
    new: str | None = None


def diff_plans(old: Plan, new: Plan) -> tuple[Change, ...]:
    """Return every change of meaning from one plan to another; places and raw words do not count."""
    frame = [
        change
        for name in _FRAME
        for change in _compare(getattr(old, name), getattr(new, name), "", name)
    ]
    lists = [
        change
        for f in fields(Plan)
        if isinstance(getattr(old, f.name), tuple) and f.name not in _SILENT
        for change in _compare_lists(getattr(old, f.name), getattr(new, f.name), "", f.name)
    ]
    return tuple(frame + lists)


def match_parts(
    name: str, old: Sequence[Part], new: Sequence[Part]
) -> tuple[list[tuple[Part, Part]], list[Part], list[Part]]:
    """Return (pairs, removed, added) of a plan's list field: equal keys first, then equal names."""
    pairs, left, right = _pair(old, new, _KEYS.get(name, _words))
    if name in _SECOND_KEYS:
        more, left, right = _pair(left, right, _SECOND_KEYS[name])
        pairs += more
    return pairs, left, right


def _pair(
    old: Sequence[Part], new: Sequence[Part], key: Callable[[Part], str]
) -> tuple[list[tuple[Part, Part]], list[Part], list[Part]]:
    waiting: dict[str, list[Part]] = {}
    for part in old:
        waiting.setdefault(key(part), []).append(part)
    pairs, added = [], []
    for part in new:
        same = waiting.get(key(part))
        if same:
            pairs.append((same.pop(0), part))
        else:
            added.append(part)
    removed = {id(part) for parts in waiting.values() for part in parts}
    return pairs, [part for part in old if id(part) in removed], added


def _compare(old: Part, new: Part, subject: str, path: str) -> Iterator[Change]:
    if isinstance(old, tuple) and isinstance(new, tuple):
        yield from _compare_lists(old, new, subject, path)
    elif is_dataclass(old) and is_dataclass(new) and type(old) is type(new):
        yield from _compare_fields(old, new, subject, path)
    elif _words(old) != _words(new):
        kind: ChangeKind = "changed"
        if old is None or new is None:
            kind = "added" if old is None else "removed"
        yield Change(kind=kind, subject=subject, field=path, old=_shown(old), new=_shown(new))


def _compare_fields(old: Part, new: Part, subject: str, path: str) -> Iterator[Change]:
    for f in fields(old):
        if f.name not in _SILENT:
            inner = f"{path}.{f.name.rstrip('_')}" if path else f.name.rstrip("_")
            yield from _compare(getattr(old, f.name), getattr(new, f.name), subject, inner)


def _compare_lists(
    old: Sequence[Part], new: Sequence[Part], subject: str, path: str
) -> Iterator[Change]:
    name = path.rpartition(".")[2]
    pairs, removed, added = match_parts(name, old, new)
    for part in removed:
        yield Change(
            kind="removed",
            subject=subject or _subject(part),
            field=_path(path, part, subject),
            old=_shown(part),
        )
    for part in added:
        yield Change(
            kind="added",
            subject=subject or _subject(part),
            field=_path(path, part, subject),
            new=_shown(part),
        )
    for one, other in pairs:
        inside = subject or _subject(one)
        inner = f"{path}[{_label(one)}]" if subject else ""
        yield from _compare(one, other, inside, inner or ("" if is_dataclass(one) else path))


def _path(path: str, part: Part, subject: str) -> str:
    return f"{path}[{_label(part)}]" if subject else path


def _subject(part: Part) -> str:
    for name in ("code", "no", "name", "title", "text", "what", "date"):
        value = getattr(part, name, None)
        if value:
            return str(value)
    return f"{part.from_}→{part.to}" if hasattr(part, "from_") else _words(part)


def _label(part: Part) -> str:
    if hasattr(part, "roc_year"):
        return " ".join(
            str(x)
            for x in (getattr(part, "kind", ""), getattr(part, "period", None) or part.roc_year)
            if x
        )
    return str(part.index) if type(part).__name__ == "Measure" else _subject(part)


def _shown(part: Part) -> str | None:
    if part is None:
        return None
    for name in ("name", "text", "content", "title"):
        if isinstance(getattr(part, name, None), str):
            return str(getattr(part, name))
    if hasattr(part, "missing") or hasattr(part, "amount"):
        return _number(part)
    return _plain(part)


def _number(part: Part) -> str:
    value = getattr(part, "value", None)
    value = getattr(part, "amount", None) if value is None else value
    return _plain(value) if value is not None else str(getattr(part, "missing", None) or "")


def _plain(part: Part) -> str:
    return str(int(part)) if isinstance(part, float) and part.is_integer() else str(part)


def _words(part: Part) -> str:
    return bare(_plain(part)) if part is not None else ""
