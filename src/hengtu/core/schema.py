"""JSON Schemas of the contract's documents, made from the very types that print them."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hengtu.core.amounts import MissingKind
from hengtu.core.plan import Plan
from hengtu.core.source import Source

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}
_PLACE: dict[str, Any] = {
    "line": {"type": "integer", "minimum": 1},
    "lines": {"type": "array", "items": {"type": "integer"}},
    "page": {"type": "integer", "minimum": 1},
    "cell": {"type": "string"},
}


def plan_schema() -> dict[str, Any]:
    """Return the JSON Schema of what ``hengtu read --json`` prints."""
    definitions: dict[str, Any] = {}
    plan = _schema(Plan, definitions)
    return {
        "$schema": DIALECT,
        "title": "Hengtu plan",
        "type": "object",
        "properties": {"plan": plan, "findings": {"type": "array", "items": _finding()}},
        "required": ["plan", "findings"],
        "$defs": definitions,
    }


def findings_schema() -> dict[str, Any]:
    """Return the JSON Schema of what ``hengtu check --json`` prints."""
    return {
        "$schema": DIALECT,
        "title": "Hengtu findings",
        "type": "object",
        "properties": {
            "findings": {"type": "array", "items": _finding()},
            "summary": {"type": "object"},
        },
        "required": ["findings", "summary"],
    }


def actuals_schema() -> dict[str, Any]:
    """Return the JSON Schema of one row of an actuals file; every column is text."""
    columns = ("code", "measure", "period", "item", "value", "missing", "note")
    return {
        "$schema": DIALECT,
        "title": "Hengtu actuals",
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                **{name: {"type": "string"} for name in columns},
                "period": {
                    "type": "string",
                    "pattern": r"^\d{2,3}(H[12]|Q[1-4]|-(0[1-9]|1[0-2]))?$",
                },
                "missing": {"enum": ["", *_missing_kinds()]},
            },
            "required": ["code", "period"],
        },
    }


def _missing_kinds() -> tuple[str, ...]:
    return get_args(MissingKind)


def _finding() -> dict[str, Any]:
    words = ("message", "subject", "raw", "reading", "repair")
    return {
        "type": "object",
        "properties": {
            "code": {"type": "string", "pattern": "^[A-Z][0-9]{3}$"},
            "level": {"enum": ["error", "warning", "hint"]},
            "where": {"type": "object", "properties": _PLACE},
            "certainty": {"enum": ["certain", "inferred", "open"]},
            "count": {"type": "integer", "minimum": 1},
            **{name: {"type": "string"} for name in words},
        },
        "required": ["code", "level", "message", "where", "subject", "raw", "certainty"],
    }


def _schema(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return {"anyOf": [_schema(arm, definitions) for arm in get_args(kind)]}
    if kind is type(None):
        return {"type": "null"}
    if origin is Literal:
        return {"enum": list(get_args(kind))}
    if origin is tuple:
        return {"type": "array", "items": _schema(get_args(kind)[0], definitions)}
    if is_dataclass(kind) and isinstance(kind, type):
        return _object(kind, definitions)
    return {"type": _PLAIN[kind]}


def _object(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    name = kind.__name__
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = _source() if kind is Source else _properties(kind, definitions)
    return {"$ref": f"#/$defs/{name}"}


def _properties(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    names = {f.name: f.name.rstrip("_") for f in fields(kind)}
    return {
        "type": "object",
        "description": (kind.__doc__ or "").split("\n")[0],
        "properties": {json: _schema(hints[name], definitions) for name, json in names.items()},
        "required": sorted(names.values()),
    }


def _source() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            **_PLACE,
            "raw": {"type": "string"},
            "certainty": {"enum": ["certain", "inferred", "open"]},
        },
        "required": ["raw", "certainty"],
    }
