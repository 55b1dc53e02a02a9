"""Items that notes define: 備註：決算數＝實支數＋保留數, within bounds that every walk over them can take."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from hengtu.core.formulas.tree import Definition, Item, Node, children

MOST_NODES = 1000
DEEPEST = 150  # what 50 brackets within each other come to


def find_defining(
    item: str, definitions: Collection[str], within: Collection[str] = ()
) -> str | None:
    """Return the first name that defines an item, but none within whose definition it stands.

    >>> find_defining("業務費決算數", ["決算數"]), find_defining("業務費決算數", ["決算數"], {"決算數"})
    ('決算數', None)
    """
    return next((d for d in definitions if item.endswith(d) and d not in within), None)


def outgrow(body: Node, definitions: Sequence[Definition]) -> bool:
    """Whether definitions that name each other unfold beyond what a person prints.

    Each that names the next twice doubles the work; a chain of them nests.
    """
    bodies = {one.name: one.body for one in definitions}
    return not _fits(body, bodies, frozenset(), 0, iter(range(MOST_NODES)))


def _fits(
    node: Node, bodies: Mapping[str, Node], within: frozenset[str], depth: int, left: Iterator[int]
) -> bool:
    if depth > DEEPEST or next(left, None) is None:
        return False
    below = children(node)
    if isinstance(node, Item) and (name := find_defining(node.name, bodies, within)):
        below, within = (bodies[name],), within | {name}
    return all(_fits(one, bodies, within, depth + 1, left) for one in below)
