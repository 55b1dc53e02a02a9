"""Methods: how a measure is worked out and judged, with nothing in it that is only its own.

Measures of equal methods differ in items, aims and printed actuals, and are judged together in bulk. A method is
kept as text; equal methods have equal texts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, NamedTuple, cast, get_args

from hengtu.core.formulas import Formula
from hengtu.core.formulas.tree import PERCENT_NAME, Item, Node, Number
from hengtu.core.formulas.tree import Definition as Note
from hengtu.core.judging.planned import Curve
from hengtu.core.judging.series import OverTime
from hengtu.core.plan import Direction

LEVELS: frozenset[OverTime] = frozenset({"last", "none"})
_NODES: dict[str, type] = {kind.__name__: kind for kind in get_args(Node)}


class OperandRule(NamedTuple):
    """How an operand is gathered: its name in the body, rule over time, years back, whether it only divides.

    ``earlier`` tells that the months before the year count.
    """

    name: str
    over_time: OverTime
    years_back: int = 0
    base: bool = False
    earlier: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """How a measure is worked out and judged; the names in ``body`` are places unless notes define some.

    ``percent`` tells that it is a plain quotient whose unit is %, to be taken times 100. ``own`` is the rule over
    time of the measure's own values.
    """

    body: Node | None = None
    notes: tuple[Note, ...] = ()
    percent: bool = False
    operands: tuple[OperandRule, ...] = ()
    own: OverTime = "last"
    curve: Curve = "flat"
    direction: Direction | None = None

    @property
    def formula(self) -> Formula:
        """The formula of the method."""
        return Formula(body=self.body, definitions=self.notes)


def place_name(place: int, name: str) -> str:
    """Return a name that is a percentage where the printed one is."""
    return f"{place}%" if PERCENT_NAME.search(name) else str(place)


def make_canonical(node: Node, names: Mapping[str, str]) -> Node:
    """Return a node with nothing left that does not compute."""
    match node:
        case Item(name, _, at):
            new = names.get(name, name)
            return Item(new, at=at if new == name else None)
        case Number(text, percent):
            return Number(text, percent)
        case _:
            return cast("Node", _rebuilt(node, lambda part: make_canonical(part, names)))


def _rebuilt(value: Any, change: Callable[[Node], Node]) -> Any:
    """Return a node with every node directly below it changed."""
    own = {one.name: _changed(getattr(value, one.name), change) for one in fields(value)}
    return type(value)(**own)


def _changed(value: Any, change: Callable[[Node], Node]) -> Any:
    if isinstance(value, tuple):
        return tuple(_changed(one, change) for one in value)
    return change(value) if type(value).__name__ in _NODES else value


def write_method(method: Method) -> str:
    """Return the text of a method: equal methods have equal texts."""
    return dump([_written(getattr(method, one.name)) for one in fields(method)])


def _written(value: Any) -> Any:
    if type(value).__name__ in _NODES or isinstance(value, Note):
        return {type(value).__name__: [_written(getattr(value, f.name)) for f in fields(value)]}
    return [_written(one) for one in value] if isinstance(value, tuple) else value


@lru_cache(maxsize=65536)
def read_method(text: str) -> Method:
    """Return the method of a text."""
    body, notes, percent, operands, *rest = json.loads(text)
    own, curve, direction = rest
    return Method(
        body=_read_back(body),
        notes=_read_back(notes),
        percent=percent,
        operands=tuple(OperandRule(*one) for one in operands),
        own=own,
        curve=curve,
        direction=direction,
    )


def _read_back(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_read_back, value))
    if not isinstance(value, dict):
        return value
    ((kind, parts),) = value.items()
    return {**_NODES, Note.__name__: Note}[kind](*map(_read_back, parts))


def dump(data: Any) -> str:
    """Return compact JSON."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
