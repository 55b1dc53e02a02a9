"""The chapters of a narrative plan as a tree, and the goals that it lists in prose."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hengtu.core.hanzi import halve, unwrap
from hengtu.core.paper import Line, Paper
from hengtu.core.plan import Section
from hengtu.core.source import Source
from hengtu.readers.recognise.narrative.goals import find_goals
from hengtu.readers.recognise.narrative.tree import Node, contents_lines, grow_tree, is_deck
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.sightings import ObjectiveSighting

_LONGEST_TITLE = 60
_WITH_SENTENCE = re.compile(r"^([^：:，。；\d]{2,8})\s*[：:]\s*(.{4,}。)$", re.DOTALL)
_SLIDE_OUTLINE = re.compile(r"^(?:簡報|報告)?大綱$")
_SLIDE_ENTRY = re.compile(
    r"^(?P<no>[一二三四五六七八九十壹貳參肆伍陸柒捌玖拾]{1,3}|\d{1,2})(?:[、.．\s\u3000]+\S.{0,30})?$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The chapters, and the goals found in them with their strategies."""

    sections: tuple[Section, ...] = ()
    goals: tuple[ObjectiveSighting, ...] = ()


def read_outline(paper: Paper, notes: Notes) -> Outline:
    """Return the chapters of the document."""
    if is_deck(paper):
        _claim_slide_outline(paper, notes)
        return Outline()
    notes.claim(*contents_lines(paper))
    forest = grow_tree(paper, notes.claimed)
    for node in forest:
        _claim(node, notes)
    return Outline(
        sections=tuple(_section(node) for node in forest), goals=tuple(find_goals(forest))
    )


def _section(node: Node) -> Section:
    headings, points = _parted(node)
    title, words = split_title(node.text)
    return Section(
        no=halve(node.no),
        title=title.rstrip("：:"),
        paragraphs=(words, *points) if words else tuple(points),
        sections=tuple(_section(child) for child in headings),
        source=Source.at(*(line.place for line in node.lines), raw=node.lines[0].text),
    )


def split_title(text: str) -> tuple[str, str]:
    """Return a short title and the sentence printed behind its colon, if there is one.

    >>> split_title("依據：本府服務計畫。"), split_title("實施對象：")
    (('依據', '本府服務計畫。'), ('實施對象：', ''))
    """
    found = _WITH_SENTENCE.match(text)
    return (found[1], found[2]) if found else (text, "")


def _parted(node: Node) -> tuple[list[Node], list[str]]:
    """Return the children that are headings, and the paragraphs with the children that are points."""
    opens = any(not child.leaf for child in node.children)
    headings, points = [], [paragraph.text for paragraph in node.paragraphs]
    for child in node.children:
        if not child.leaf or (opens and _is_title(child.text)):
            headings.append(child)
        else:
            points.append(_printed(child))
    return headings, points


def _is_title(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and not re.search(r"[。；;！？]", text)


def _printed(node: Node) -> str:
    return unwrap(" ".join(line.text for line in node.lines))


def _claim(node: Node, notes: Notes) -> None:
    notes.claim(*node.lines)
    for paragraph in node.paragraphs:
        notes.claim(*paragraph.lines)
    for child in node.children:
        _claim(child, notes)


def _claim_slide_outline(paper: Paper, notes: Notes) -> None:
    """Claim the outline slide: its entries come again as the titles of slides."""
    inside, lone, seen = False, False, set[str]()
    for block in paper.blocks:
        if not isinstance(block, Line):
            inside = False
        elif _SLIDE_OUTLINE.match(unwrap(block.text)):
            notes.claim(block)
            inside, lone, seen = True, False, set()
        elif inside:
            entry = _SLIDE_ENTRY.match(block.text.strip())
            inside = lone or (entry is not None and entry["no"] not in seen)
            if inside:
                notes.claim(block)
                seen.update({entry["no"]} if entry else ())
            lone = bool(entry) and inside and entry is not None and entry.group() == entry["no"]
