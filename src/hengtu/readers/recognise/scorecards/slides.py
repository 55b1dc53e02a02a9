"""Slides that give one objective its KPI and success factors as labelled bullets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from hengtu.core.codes import Code, read_code
from hengtu.core.hanzi import halve, has_hanzi, unwrap
from hengtu.core.paper import Block, Line, Paper
from hengtu.readers.recognise.noise import is_noise
from hengtu.readers.recognise.scorecards.actions import split_numbered
from hengtu.readers.recognise.scorecards.perspective_words import (
    Named,
    is_theme_title,
    read_perspective,
    read_theme,
)

Label = Literal["kpi", "factor", "action", "objective"]
_LABELS: tuple[tuple[Label, str], ...] = (
    ("factor", r"(?:KSF|CSF|關鍵成功因[素子]|成功關鍵因[素子])"),
    ("kpi", r"(?:KPI|(?:關鍵)?績效指標|衡量指標|關鍵指標)"),
    ("action", r"(?:行動方案|行動計畫)"),
    ("objective", r"(?:策略目標|績效目標)"),
)
_LABEL = tuple(
    (
        label,
        re.compile(
            rf"^[■□◆◇▪●○◎★☆▲△▼>※]?\s*"
            rf"(?:[【\[〔]\s*{words}[^】\]〕]{{0,12}}[】\]〕]\s*[:：]?"
            rf"|{words}\s*(?:[(（/]?\s*{words}\s*[)）]?)?\s*\d{{0,2}}\s*(?:[:：]|$))"
            rf"\s*(?P<rest>.*)$",
            re.I,
        ),
    )
    for label, words in _LABELS
)
_LONGEST_WRAP = 40
_MOST_LINES = 3


@dataclass(slots=True)
class Item:
    """A labelled text on one or more lines."""

    text: str
    lines: list[Line]


@dataclass(slots=True)
class Card:
    """What one slide says about one objective."""

    theme: Named | None = None
    theme_line: Line | None = None
    perspective: str | None = None
    code: Code | None = None
    name: str = ""
    objective_lines: list[Line] = field(default_factory=list)
    kpis: list[Item] = field(default_factory=list)
    factors: list[Item] = field(default_factory=list)
    actions: list[Item] = field(default_factory=list)
    labels: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class _Objective:
    code: Code | None
    name: str
    lines: list[Line]


@dataclass(slots=True)
class _Group:
    """Labels that stand together, and the objective lines before and after them."""

    card: Card
    before: _Objective | None = None
    after: _Objective | None = None
    last: Label | None = None
    theme_between: bool = False


def find_cards(paper: Paper) -> list[Card]:
    """Return the KSF/KPI slides of a paper, each with the objective printed before or after it."""
    if not any(label_of(line.text) for line in paper.lines):
        return []
    groups = _groups(paper.blocks)
    before = sum(_fit(group, group.before, far=group.theme_between) for group in groups)
    after = sum(_fit(group, group.after, far=False) for group in groups)
    for group in groups:
        _place(group, group.after if after > before else group.before)
    return [group.card for group in groups if _is_slide(group.card)]


def _fit(group: _Group, objective: _Objective | None, *, far: bool) -> float:
    """Return how well an objective fits the labels: the same theme counts for it, a theme title between against."""
    if objective is None:
        return 0
    letter = group.card.theme.letter if group.card.theme else None
    theme = objective.code.theme if objective.code and objective.code.perspective else None
    same = 0 if letter is None or theme is None else 1 if letter == theme else -1
    return (0.5 if far else 1) + same


def _is_slide(card: Card) -> bool:
    """Whether labels make a slide and no mere sentence: an objective, both labels, or codes."""
    if not card.kpis and not card.factors:
        return False
    coded = any(read_code(halve(item.text)) for item in card.kpis)
    return bool(card.name or coded or (card.kpis and card.factors))


def label_of(text: str) -> tuple[Label, str] | None:
    """Return what a line is a label of and the words after it, or None.

    >>> label_of("關鍵成功因素(KSF)："), label_of("KPI：辦結率"), label_of("KPI 是重要的")
    (('factor', ''), ('kpi', '辦結率'), None)
    """
    words = halve(text).strip()
    for label, pattern in _LABEL:
        if found := pattern.match(words):
            return label, found["rest"].strip()
    return None


def _place(group: _Group, objective: _Objective | None) -> None:
    if objective and not group.card.objective_lines:
        group.card.code, group.card.name = objective.code, objective.name
        group.card.objective_lines = objective.lines


class _Walk:
    """The slides read so far, and what the next line may go on with."""

    def __init__(self) -> None:
        self.groups: list[_Group] = []
        self.open: _Group | None = None
        self.theme: tuple[Named, Line] | None = None
        self.perspective: str | None = None
        self.objective: _Objective | None = None
        self.theme_between = False
        self.item: Item | None = None

    def turn(self) -> None:
        """Forget what only holds on one slide."""
        self.open = self.objective = self.item = None

    def take(self, line: Line) -> None:
        """Read one line."""
        found = label_of(line.text)
        if is_theme_title(line.text):
            # The objective may stand above the theme of its slide.
            pending = self.objective
            self.turn()
            self.objective = pending
            self.theme_between = pending is not None
            self._theme(line)
        elif found and found[0] == "objective" and found[1]:
            self._objective_line(line, found[1])
        elif found and found[0] != "objective":
            self._label(line, found[0], found[1])
        elif not line.bullet and _objective_code(line.text):
            self._objective_line(line, line.text)
        elif self.open and self.open.last:
            self._content(self.open, self.open.last, line)
        elif self.objective and not self.open:
            self._more_name(line)

    def _theme(self, line: Line) -> None:
        named = read_theme(line.text)
        self.theme = (named, line) if named else None

    def _objective_line(self, line: Line, words: str) -> None:
        read = _objective_code(words)
        self.theme_between = False
        self.objective = _Objective(
            read[0] if read else None, unwrap(read[1] if read else words), [line]
        )
        if self.open and self.open.after is None:
            self.open.after = self.objective
        self.open, self.item = None, None

    def _more_name(self, line: Line) -> None:
        """Add the rest of a name that the slide breaks over two lines."""
        if self.objective and _is_wrap(line) and len(self.objective.lines) < _MOST_LINES:
            self.objective.name = unwrap(f"{self.objective.name} {line.text}")
            self.objective.lines.append(line)

    def _label(self, line: Line, label: Label, rest: str) -> None:
        group = self.open
        if group is None or (group.last != label and _list_of(group.card, label)):
            group = self._begin()
        group.last = label
        group.card.labels.append(line)
        self.item = None
        if rest:
            self._add(group, label, line, rest)

    def _begin(self) -> _Group:
        card = Card(perspective=self.perspective)
        if self.theme:
            card.theme, card.theme_line = self.theme
        group = _Group(card, before=self.objective, theme_between=self.theme_between)
        self.open, self.objective = group, None
        self.groups.append(group)
        return group

    def _add(self, group: _Group, label: Label, line: Line, text: str) -> None:
        for piece in split_numbered(text):
            self.item = Item(unwrap(piece), [line])
            _list_of(group.card, label).append(self.item)

    def _content(self, group: _Group, label: Label, line: Line) -> None:
        if is_noise(line) or (not line.bullet and read_perspective(_NUMBER.sub("", line.text))):
            self.item = group.last = None
            return
        ended = self.item is not None and not line.gap_before and self.item.text.endswith("。")
        starts = (
            line.bullet or ended or _numbered(line.text) or read_code(halve(line.text)) is not None
        )
        wrapped = self.item if not starts and not line.gap_before else None
        if wrapped:
            wrapped.text = unwrap(f"{wrapped.text} {line.text}")
            wrapped.lines.append(line)
        elif starts or (self.item is None and has_hanzi(line.text)):
            self._add(group, label, line, _NUMBER.sub("", line.text))
        else:
            group.last = None


_NUMBER = re.compile(
    r"^(?:[(（]?\d{1,2}[)）.、．](?!\d)|[(（][一二三四五六七八九十][)）]"
    r"|[一二三四五六七八九十]、|[①-⑳])\s*"
)


def _is_wrap(line: Line) -> bool:
    """Whether a line can be the rest of the name on the line above."""
    close = not line.gap_before and not line.bullet and len(line.text) <= _LONGEST_WRAP
    return close and not read_perspective(line.text)


def _numbered(text: str) -> bool:
    return _NUMBER.match(text) is not None


def _list_of(card: Card, label: Label) -> list[Item]:
    return {"kpi": card.kpis, "factor": card.factors, "action": card.actions}.get(label, [])


def _objective_code(text: str) -> tuple[Code, str] | None:
    read = read_code(halve(text))
    return read if read and read[0].level == "objective" and has_hanzi(read[1]) else None


def _groups(blocks: Sequence[Block]) -> list[_Group]:
    walk = _Walk()
    for block in blocks:
        if isinstance(block, Line):
            walk.take(block)
        else:
            walk.turn()
            walk.theme = None
    return walk.groups
