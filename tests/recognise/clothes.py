"""The same document in other clothes: encodings, line ends, orders of columns and sections."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Truth = Mapping[str, Any]
ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp950")
LINE_ENDS = ("\r\n", "\r")


def shuffle_columns(text: str, *, header: Sequence[str], fixed: Sequence[str], seed: int) -> str:
    """Return the text with the columns of every table whose header has these words in another order.

    Columns under ``fixed`` words stay together at the left; a blank header cell belongs to the one before.
    """
    lines = text.split("\n")
    order: list[int] | None = None
    for n, line in enumerate(lines):
        cells = line.split("\t")
        if len(cells) < 3:
            order = None
            continue
        words = ["".join(cell.split()) for cell in cells]
        if all(any(h in word for word in words) for h in header):
            order = _new_order(words, fixed, seed)
        if order is not None:
            cells += [""] * (len(order) - len(cells))
            lines[n] = "\t".join(cells[i] for i in order)
    return "\n".join(lines)


def _new_order(words: Sequence[str], fixed: Sequence[str], seed: int) -> list[int]:
    groups: list[list[int]] = []
    for column, word in enumerate(words):
        if not word and groups:
            groups[-1].append(column)
        else:
            groups.append([column])
    stay = [g for g in groups if any(f in words[g[0]] for f in fixed)]
    move = [g for g in groups if g not in stay]
    random.Random(seed).shuffle(move)
    return [column for group in (*stay, *move) for column in group]


def move_sections(
    text: str, truth: Truth, cuts: Sequence[str], order: Sequence[int]
) -> tuple[str, Truth]:
    """Return text and truth with the parts between the cut words in another order; places move along.

    A part begins at the first line (after the cut before it) that holds its word, or ends with it where the
    word is followed by $.
    """
    lines = text.split("\n")
    starts = [0]
    for word in cuts:
        after = starts[-1] + 1
        starts.append(next(n for n in range(after, len(lines)) if _holds(lines[n], word)))
    ends = [*starts[1:], len(lines)]
    moved = [n for part in order for n in (*range(starts[part], ends[part]), -1)]
    at = {n + 1: new for new, n in enumerate(moved, 1) if n >= 0}
    new_text = "\n".join(lines[n] if n >= 0 else "" for n in moved)
    return new_text, over_lines(truth, lambda line: at.get(line, line))


def _holds(line: str, word: str) -> bool:
    return line.strip().endswith(word[:-1]) if word.endswith("$") else word in line


def over_lines(truth: Truth, change: Callable[[int], int]) -> Truth:
    """Return the truth with every source line changed."""

    def walk(node: Any, key: str = "") -> Any:
        if isinstance(node, dict):
            return {k: walk(v, k) for k, v in node.items()}
        if isinstance(node, list):
            return [walk(v, key) for v in node]
        return change(node) if key == "src" and isinstance(node, int) else node

    walked: Truth = walk(copy.deepcopy(dict(truth)))
    return walked
