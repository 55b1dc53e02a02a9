"""A formula on one record as a tree: what stands above what, each part with its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from hengtu.core.formulas.definitions import find_defining
from hengtu.core.formulas.evaluation import Answer, Known, evaluate
from hengtu.core.formulas.spelling import spell
from hengtu.core.formulas.tree import Formula, Item, Node, Number, Product, Sum, children


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A part of a formula: its canonical text, its answer and the parts it is made of.

    ``item`` names the data item it is, ``sign`` what ties it to the part before it, empty for the first of
    several: + − × ÷. ``scaled`` marks a top that was taken times 100 because its unit is %.
    """

    text: str
    answer: Answer
    item: str | None = None
    sign: str = ""
    constant: bool = False
    scaled: bool = False
    below: tuple[Branch, ...] = ()


_SIGNS = {"+": "＋", "-": "－", "*": "×", "/": "÷"}


def outline(
    formula: Formula, known: Mapping[str, Known], *, unit: str | None = None
) -> Branch | None:
    """Return the tree of a formula for the values of its items, None where there is no expression.

    >>> from hengtu.core.formulas import parse
    >>> top = outline(parse("甲÷乙×100%"), {"甲": 45, "乙": 50})
    >>> top.answer.value, [(one.sign, one.item) for one in top.below[0].below]
    (90.0, [('', '甲'), ('÷', '乙')])
    """
    if formula.body is None:
        return None
    whole = evaluate(formula, known, unit=unit)
    top = _Outlining(formula, known).branch(formula.body)
    return replace(top, answer=whole.answer, scaled=whole.scaled)


@dataclass(frozen=True)
class _Outlining:
    formula: Formula
    known: Mapping[str, Known]

    def branch(self, node: Node, sign: str = "", within: frozenset[str] = frozenset()) -> Branch:
        bodies = {d.name: d.body for d in self.formula.definitions if d.name not in within}
        name = self._defining(node, bodies)
        parts = ((bodies[name], ""),) if name is not None else _parts(node)
        inside = within | {name} if name is not None else within
        return Branch(
            text=spell(node),
            answer=self._answer(node, within),
            item=node.name if isinstance(node, Item) else None,
            sign=sign,
            constant=isinstance(node, Number),
            below=tuple(self.branch(one, tie, inside) for one, tie in parts),
        )

    def _answer(self, node: Node, within: frozenset[str]) -> Answer:
        others = tuple(d for d in self.formula.definitions if d.name not in within)
        part = replace(self.formula, body=node, limit=None, unit=None, definitions=others)
        return evaluate(part, self.known).answer

    def _defining(self, node: Node, bodies: Mapping[str, Node]) -> str | None:
        """Return the note that defines an item, where the item itself was not entered."""
        if not isinstance(node, Item) or node.name in self.known:
            return None
        return find_defining(node.name, bodies)


def _parts(node: Node) -> tuple[tuple[Node, str], ...]:
    if isinstance(node, Sum):
        signs = [_SIGNS[sign] for sign, _ in node.terms]
        return tuple(zip((term for _, term in node.terms), ["", *signs[1:]], strict=True))
    if isinstance(node, Product):
        strokes = [_SIGNS[stroke] for stroke, _ in node.factors]
        return tuple(zip((part for _, part in node.factors), ["", *strokes[1:]], strict=True))
    return tuple((one, "") for one in children(node))
