"""Plans and drafts as the contract's JSON, and back."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hengtu.core.draft import Draft
from hengtu.core.issues import KINDS, Finding
from hengtu.core.plan import Plan, Statement, Text
from hengtu.core.source import Source


class PlanFormatError(ValueError):
    """A JSON document that is no plan; ``path`` names the field, ``problem`` is a wording key."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path
        self.problem = problem


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """Return the plan as the contract's JSON object."""
    printed: dict[str, Any] = _print(plan)
    return printed


def plan_from_json(data: object) -> Plan:
    """Return the plan of a JSON object, with or without the envelope of ``read``.

    Raises PlanFormatError naming the field that is wrong.
    """
    if isinstance(data, Mapping) and isinstance(data.get("plan"), Mapping):
        data = data["plan"]
    if not isinstance(data, Mapping) or not (
        {"objectives", "kpis", "work_items", "guidelines"} & set(data)
    ):
        raise PlanFormatError("$", "no_plan_object")
    plan: Plan = _read(Plan, data, "$")
    return plan


def draft_to_json(draft: Draft) -> dict[str, Any]:
    """Return plan and findings for storing; sentences are added only when a person reads them."""
    return {"plan": plan_to_json(draft.plan), "findings": [_print(f) for f in draft.findings]}


def draft_from_json(data: Mapping[str, Any]) -> Draft:
    """Return the draft of a stored JSON object."""
    findings = tuple(
        _read(Finding, item, f"findings[{n}]") for n, item in enumerate(data.get("findings", ()))
    )
    return Draft(plan=plan_from_json(data), findings=tuple(f for f in findings if f.code in KINDS))


def part_to_json(part: object) -> Any:
    """Return one part of a plan, or a field of it, as the contract's JSON."""
    return _print(part)


def part_from_json(kind: Any, data: Any) -> Any:
    """Return a part of a kind, such as ``Threshold | None``, from its JSON; raises PlanFormatError."""
    return _read(kind, data, "$")


def _print(value: Any) -> Any:
    if isinstance(value, Source):
        return _print_source(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {json: _print(getattr(value, name)) for name, json in _names(type(value))}
    if isinstance(value, tuple):
        return [_print(item) for item in value]
    if isinstance(value, Mapping):
        return dict(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _print_source(source: Source) -> dict[str, Any]:
    printed: dict[str, Any] = {"line": source.line, "page": source.page, "cell": source.cell}
    if source.lines:
        printed["lines"] = list(source.lines)
    kept = {name: value for name, value in printed.items() if value is not None}
    return {**kept, "raw": source.raw, "certainty": source.certainty}


@cache
def _names(kind: type) -> tuple[tuple[str, str], ...]:
    return tuple((f.name, f.name.rstrip("_")) for f in fields(kind))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, data: Any, path: str) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _read_union(kind, data, path)
    if origin is Literal:
        return _read_literal(kind, data, path)
    if origin is tuple:
        return _read_tuple(kind, data, path)
    if origin is not None and issubclass(origin, Mapping):
        return {str(key): str(value) for key, value in _expect(Mapping, data, path).items()}
    if is_dataclass(kind):
        return _read_object(kind, data, path)
    return _read_plain(kind, data, path)


def _read_union(kind: Any, data: Any, path: str) -> Any:
    if data is None:
        return None
    inner = next(arm for arm in get_args(kind) if arm is not type(None))
    return _read(inner, data, path)


def _read_literal(kind: Any, data: Any, path: str) -> Any:
    if data not in get_args(kind):
        raise PlanFormatError(path, f"not_one_of {'、'.join(map(str, get_args(kind)))}")
    return data


def _read_tuple(kind: Any, data: Any, path: str) -> tuple[Any, ...]:
    items = _expect(list, data, path)
    inner = get_args(kind)[0]
    return tuple(_read(inner, item, f"{path}[{n}]") for n, item in enumerate(items))


def _read_object(kind: Any, data: Any, path: str) -> Any:
    if isinstance(data, str) and kind in (Statement, Text):
        return kind(text=data)
    given = _expect(Mapping, data, path)
    hints = _hints(kind)
    found = {}
    for field in fields(kind):
        name = field.name.rstrip("_")
        if name in given and not (given[name] is None and not _optional(hints[field.name])):
            found[field.name] = _read(hints[field.name], given[name], f"{path}.{name}")
        elif _required(field):
            raise PlanFormatError(f"{path}.{name}", "field_missing")
    return kind(**found)


def _optional(hint: Any) -> bool:
    return type(None) in get_args(hint)


def _required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _read_plain(kind: Any, data: Any, path: str) -> Any:
    if kind is float and isinstance(data, int | float) and not isinstance(data, bool):
        return float(data)
    if kind is str and isinstance(data, int | float) and not isinstance(data, bool):
        return str(data)
    return _expect(kind, data, path)


def _expect(kind: Any, data: Any, path: str) -> Any:
    if not isinstance(data, kind) or (isinstance(data, bool) and kind is not bool):
        raise PlanFormatError(path, f"wrong_type {kind.__name__}")
    return data
