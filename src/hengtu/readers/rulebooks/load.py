"""A rulebook file (YAML) to a rulebook; what is wrong is told with its place."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, cast, get_args

import yaml

from hengtu.core.judging.rulebook import (
    Band,
    Binding,
    Colour,
    LowerRule,
    RollUp,
    Rulebook,
    RulebookError,
    RuleSource,
    ScorePart,
    Topic,
    check_rulebook,
)
from hengtu.readers.failure import ReadError

MAX_BYTES = 100_000
PRODUCT_DEFAULT = "product default"
LIGHTS = ("green", "yellow", "red")
FIELDS = frozenset(
    {
        "code",
        "title",
        "title_en",
        "source",
        "valid",
        "bands",
        "lower",
        "cap",
        "score",
        "roll_up",
        "least_coverage",
        "judged_from",
        "fallen",
        "decimals",
        "binding",
        "note",
        "note_en",
    }
)


def preset_codes() -> tuple[str, ...]:
    """Return the codes of the rulebooks that come with Hengtu, the default first."""
    names = sorted(
        Path(entry.name).stem
        for entry in files(__package__).iterdir()
        if entry.name.endswith(".yaml")
    )
    return tuple(sorted(names, key=lambda name: (name != "default", name)))


@cache
def load_preset(code: str) -> Rulebook:
    """Return a rulebook that comes with Hengtu; ReadError names those there are."""
    return read_rulebook(_preset_bytes(code), f"{code}.yaml")


def _preset_bytes(code: str) -> bytes:
    if code not in preset_codes():
        raise ReadError("unknown_rulebook", code=code, codes="、".join(preset_codes()))
    return files(__package__).joinpath(f"{code}.yaml").read_bytes()


def read_rulebook_file(path: Path) -> Rulebook:
    """Return the rulebook of a file; ReadError says what is wrong and where."""
    try:
        return read_rulebook(path.read_bytes(), str(path))
    except OSError as refused:
        raise ReadError("missing_file", file=str(path)) from refused


def read_rulebook(data: bytes, name: str) -> Rulebook:
    """Return the rulebook that a YAML text holds; ReadError says what is wrong and where."""
    return build_rulebook(_load(data, name), name)


def read_document(data: bytes, name: str) -> dict[str, Any]:
    """Return the checked fields of a rulebook text, as they are stored; ReadError like ``read_rulebook``."""
    document = _load(data, name)
    build_rulebook(document, name)
    return cast("dict[str, Any]", document)


def preset_document(code: str) -> dict[str, Any]:
    """Return the fields of a rulebook that comes with Hengtu; ReadError names those there are."""
    return read_document(_preset_bytes(code), f"{code}.yaml")


def build_rulebook(document: object, name: str) -> Rulebook:
    """Return the rulebook of its fields; ReadError says what is wrong and where."""
    try:
        return check_rulebook(_build(document))
    except RulebookError as failure:
        raise _wrong(name, failure.where, f"{failure.reason} {failure.found}".strip()) from failure


def _load(data: bytes, name: str) -> object:
    if len(data) > MAX_BYTES:
        raise _wrong(name, "-", f"too_long {MAX_BYTES}")
    try:
        return yaml.load(data.decode("utf-8"), _PlainLoader)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as failure:
        raise _wrong(name, "-", "not_yaml") from failure


class _PlainLoader(yaml.SafeLoader):
    """YAML whose dates stay words, since what is stored is JSON, and without aliases, which grow out of bounds."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("an alias")
        return super().compose_node(parent, index)


_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _build(document: object) -> Rulebook:
    fields = _mapping(document, "-")
    if unknown := sorted(set(map(str, fields)) - FIELDS):
        raise RulebookError(unknown[0], "unknown_field")
    first, last = _valid(_mapping(fields.get("valid", {}), "valid"))
    return Rulebook(
        code=_text(fields, "code", needed=True),
        title=_text(fields, "title", needed=True),
        title_en=_text(fields, "title_en"),
        bands=tuple(_band(one, f"bands[{i}]") for i, one in enumerate(_list(fields, "bands"))),
        source=_source(fields.get("source")),
        valid_from=first,
        valid_to=last,
        lower=cast("LowerRule", _choice(fields, "lower", get_args(LowerRule), "ratio")),
        cap=_number(fields.get("cap", 100), "cap"),
        parts=_parts(_mapping(fields.get("score", {"achievement": 100}), "score")),
        roll_up=cast("RollUp", _choice(fields, "roll_up", get_args(RollUp), "weighted_mean")),
        least_coverage=_number(fields.get("least_coverage", 0), "least_coverage"),
        judged_from=_whole(fields.get("judged_from", 3), "judged_from", "not_a_month"),
        fallen=cast("Colour", _choice(fields, "fallen", LIGHTS, "yellow")),
        decimals=_decimals(_mapping(fields.get("decimals", {}), "decimals")),
        binding=_binding(_mapping(fields.get("binding", {}), "binding")),
        note=_text(fields, "note"),
        note_en=_text(fields, "note_en"),
    )


def _source(given: object) -> RuleSource:
    """Return the source; it is either cited or said to be a product default, never left out."""
    if given == PRODUCT_DEFAULT:
        return RuleSource()
    if given is None:
        raise RulebookError("source", "source_needed")
    fields = _mapping(given, "source")
    covers = tuple(map(str, _list(fields, "covers")))
    if strange := [name for name in covers if name not in get_args(Topic)]:
        raise RulebookError("source.covers", "unknown_field", strange[0])
    return RuleSource(
        instrument=_text(fields, "instrument", needed=True),
        article=_text(fields, "article"),
        date=_text(fields, "date"),
        covers=covers,
    )


def _valid(fields: Mapping[str, Any]) -> tuple[int | None, int | None]:
    years = (fields.get("first_roc_year"), fields.get("last_roc_year"))
    for roc_year in years:
        if roc_year is not None and (not isinstance(roc_year, int) or not 1 <= roc_year <= 199):
            raise RulebookError("valid", "not_a_roc_year", roc_year)
    return years


def _band(given: object, where: str) -> Band:
    fields = _mapping(given, where)
    light = _choice(fields, "light", LIGHTS, "")
    return Band(
        at_least=_number(fields.get("at_least"), f"{where}.at_least"),
        light=cast("Colour", light),
        grade=_text(fields, "grade"),
    )


def _parts(fields: Mapping[str, Any]) -> tuple[tuple[ScorePart, float], ...]:
    for name in fields:
        if name not in get_args(ScorePart):
            raise RulebookError("score", "unknown_part", name)
    return tuple(
        (cast("ScorePart", name), _number(weight, f"score.{name}"))
        for name, weight in fields.items()
    )


def _decimals(fields: Mapping[str, Any]) -> tuple[tuple[str, int], ...]:
    return tuple(
        (str(unit), _whole(given, f"decimals.{unit}", "not_decimals"))
        for unit, given in fields.items()
    )


def _binding(fields: Mapping[str, Any]) -> Binding:
    known = {field.name for field in dataclass_fields(Binding)}
    if unknown := sorted(set(map(str, fields)) - known):
        raise RulebookError(f"binding.{unknown[0]}", "unknown_field")
    most = fields.get("actions_per_kpi")
    return Binding(
        actions_per_kpi=None
        if most is None
        else _whole(most, "binding.actions_per_kpi", "not_a_count"),
        weights=_flag(fields, "weights"),
        lowered_targets=_flag(fields, "lowered_targets"),
    )


def _flag(fields: Mapping[str, Any], name: str) -> bool:
    given = fields.get(name, False)
    if not isinstance(given, bool):
        raise RulebookError(f"binding.{name}", "not_one_of", "true false")
    return given


def _whole(given: object, where: str, reason: str) -> int:
    if isinstance(given, bool) or not isinstance(given, int):
        raise RulebookError(where, reason, given)
    return given


def _mapping(given: object, where: str) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise RulebookError(where, "not_a_mapping")
    return given


def _list(fields: Mapping[str, Any], name: str) -> list[object]:
    given = fields.get(name, [])
    if not isinstance(given, list):
        raise RulebookError(name, "not_a_list")
    return given


def _text(fields: Mapping[str, Any], name: str, *, needed: bool = False) -> str:
    given = fields.get(name, "")
    if not isinstance(given, str | int) or isinstance(given, bool) or (needed and not str(given)):
        raise RulebookError(name, "text_needed")
    return str(given).strip()


def _choice(fields: Mapping[str, Any], name: str, choices: tuple[str, ...], default: str) -> str:
    given = fields.get(name, default)
    if given not in choices:
        raise RulebookError(name, "not_one_of", " ".join(choices))
    return str(given)


def _number(given: object, where: str) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not math.isfinite(given):
        raise RulebookError(where, "not_a_number", given)
    return float(given)


def _wrong(name: str, path: str, problem: str) -> ReadError:
    return ReadError("bad_rulebook", path=path, problem=problem[:80], file=name)
