"""Made-up numbers for a formula that is tried out: parts of a hundred, little that is taken off."""

from __future__ import annotations

from collections.abc import Iterator

from hengtu.core.formulas.tree import Formula, Node, Product, Sum, items, walk

WHOLE, PART, LESS, STEP = 100, 80, 3, 5


def make_samples(formula: Formula) -> dict[str, int]:
    """Return a made-up number for every item: a whole below a stroke, little after a minus, else a part.

    >>> from hengtu.core.formulas import parse
    >>> make_samples(parse("（總件數－錯件數）÷總件數×100%"))
    {'總件數': 100, '錯件數': 4}
    """
    ties = list(_ties(formula.body)) if formula.body else []
    wholes = {name for tie, name in ties if tie == "/"}
    taken = {name for tie, name in ties if tie == "-"}
    return {
        name: WHOLE if name in wholes else LESS + place if name in taken else PART + STEP * place
        for place, name in enumerate(items(formula))
    }


def _ties(body: Node) -> Iterator[tuple[str, str]]:
    """Yield what ties an item to the rest, for every sum and product that it stands in."""
    for node in walk(body):
        if isinstance(node, Sum):
            yield from ((sign, name) for sign, term in node.terms for name in items(term))
        elif isinstance(node, Product):
            yield from ((stroke, name) for stroke, part in node.factors for name in items(part))
