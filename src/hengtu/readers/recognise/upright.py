"""Upright cards: one indicator per table, headings down the side; laid flat as a header and one row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hengtu.core.hanzi import squeeze
from hengtu.core.paper import Block, Cell, Paper, Row, Table
from hengtu.readers.recognise.scorecards.columns import read_columns

_FEWEST_HEADINGS, _MOST_HEADINGS = 3, 60
Pair = tuple[Cell, Cell]


def lay_flat(paper: Paper) -> Paper:
    """Return the paper with every upright card as a table with its headings on top."""
    return replace(paper, blocks=tuple(block for old in paper.blocks for block in _flat(old)))


def _flat(block: Block) -> Iterator[Block]:
    pairs = _pairs(block.rows) if isinstance(block, Table) else None
    cards = list(_cards(pairs)) if pairs else []
    if not cards or not all(map(_is_card, cards)):
        yield block
        return
    for card in cards:
        yield Table((_row(card, 0), _row(card, 1)), gap_before=1)


def _pairs(rows: Sequence[Row]) -> list[Pair] | None:
    """Return heading and entry of every line; None where a row does not hold such pairs."""
    pairs: list[Pair] = []
    for row in rows:
        cells = list(row.cells)
        while cells and cells[-1].empty and len(cells) % 2:
            cells.pop()
        if len(cells) not in (2, 4) or cells[0].empty:
            return None
        pairs += [(cells[n], cells[n + 1]) for n in range(0, len(cells), 2) if not cells[n].empty]
    return pairs


def _cards(pairs: Sequence[Pair]) -> Iterator[list[Pair]]:
    """Part the lines where the first heading returns."""
    card: list[Pair] = []
    for pair in pairs:
        if card and squeeze(pair[0].text) == squeeze(card[0][0].text):
            yield card
            card = []
        card.append(pair)
    yield card


def _is_card(card: Sequence[Pair]) -> bool:
    """Whether the headings are those of a scorecard and the entries are not."""
    if not _FEWEST_HEADINGS <= len(card) <= _MOST_HEADINGS:
        return False
    heads = read_columns([_row(card, 0)], 0)
    if heads is None:
        return False
    known = len(heads[0].roles) + len(heads[0].values) + len(heads[0].budgets)
    return known * 3 >= len(card) * 2 and read_columns([_row(card, 1)], 0) is None


def _row(card: Sequence[Pair], side: int) -> Row:
    cells = tuple(replace(pair[side], columns=1, rows=1) for pair in card)
    kpi = next((pair[side].place for pair in card if "指標" in pair[0].text), card[0][side].place)
    return Row(cells, card[0][0].place if side == 0 else kpi)
