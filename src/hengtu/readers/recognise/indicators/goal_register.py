"""The goals of a multi-year plan under one code each: from its chapters and its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from hengtu.core.codes import PERSPECTIVE_NAMES
from hengtu.core.hanzi import bare, halve, unwrap
from hengtu.core.plan import GoalKind, Objective, ObjectiveStrategy, Perspective
from hengtu.core.source import Source
from hengtu.readers.recognise.narrative.goals import perspective_word, split_bracket, without_weight
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.sightings import ObjectiveSighting

_PRINTED = re.compile(r"^([A-Z]{1,3}\d{1,2})(?![\d.A-Za-z])[\s、.．:：]*")
_MARK = re.compile(
    r"^(?:(?:關鍵|共同性?)?(?:策略|績效|施政)?目標)?\s*"
    r"(?:[(（][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十壹貳參肆伍陸柒捌玖拾]{1,3}\s*[、.．:：]|\d{1,2}\s*(?:[、:：]|[.．](?!\d)))\s*"
)
_ALIKE = 0.75
_LETTERS = {name: letter for letter, name in PERSPECTIVE_NAMES.items()} | {
    "學習與成長": "L",
    "員工學習與成長": "L",
    "內部程序": "P",
}


def without_mark(name: str) -> str:
    """Return a name without the outline mark before it.

    >>> without_mark("策略目標一：提升審查品質"), without_mark("(二) 健全測量")
    ('提升審查品質', '健全測量')
    """
    return _MARK.sub("", name, count=1).strip() or name


@dataclass(slots=True)
class Goals:
    """Goals by code and perspectives by name, in the order in which they were met."""

    notes: Notes
    objectives: dict[str, Objective] = field(default_factory=dict)
    perspectives: dict[str, Perspective] = field(default_factory=dict)

    def admit(self, sightings: Iterable[ObjectiveSighting]) -> None:
        """Take the goals that the chapters list."""
        for sighting in sightings:
            code, name = _printed_code(sighting.name)
            code = self._free(code or "", sighting.kind, None)
            self.objectives[code] = Objective(
                code=code,
                name=name,
                kind=sighting.kind,
                perspective=self.perspective(sighting.perspective, sighting.source),
                strategies=sighting.strategies,
                source=sighting.source,
            )

    def meet(
        self,
        printed: str,
        *,
        kind: GoalKind | None,
        serial: int | None,
        perspective: str | None,
        source: Source,
    ) -> str:
        """Return the code of the goal that a table row names; a goal not yet known is added."""
        given, words = _printed_code(unwrap(printed))
        name, inside = split_bracket(without_weight(without_mark(words)), self.perspectives)
        where = self.perspective(perspective or inside, source)
        code = self._known(name, kind, given, serial)
        if code is None:
            code = self._free(given or "", kind, serial)
            self.objectives[code] = Objective(
                code=code, name=name, kind=kind, perspective=where, source=source
            )
            return code
        old = self.objectives[code]
        if bare(old.name) != bare(name):
            self.notes.tell(
                "X101", old.source.join(source), subject=code, raw=name, reading=old.name
            )
        self.objectives[code] = replace(
            old,
            kind=old.kind or kind,
            perspective=old.perspective or where,
            source=old.source.join(source),
        )
        return code

    def add_strategy(self, code: str, text: str, source: Source) -> None:
        """Add a strategy that a table prints beside the goal, unless the chapters list it."""
        goal = self.objectives[code]
        if text and all(bare(old.text) != bare(text) for old in goal.strategies):
            new = ObjectiveStrategy(no=str(len(goal.strategies) + 1), text=text, source=source)
            self.objectives[code] = replace(goal, strategies=(*goal.strategies, new))

    def perspective(self, printed: str | None, source: Source) -> str | None:
        """Return the code of a perspective, made up where the document prints none."""
        if not printed:
            return None
        name = perspective_word(unwrap(printed)) or unwrap(printed)
        if name not in self.perspectives:
            taken = {one.code for one in self.perspectives.values()}
            letter = _LETTERS.get(name, "")
            code = letter if letter and letter not in taken else f"P{len(taken) + 1}"
            self.perspectives[name] = Perspective(code=code, name=name, source=source)
        return self.perspectives[name].code

    def _known(
        self, name: str, kind: GoalKind | None, code: str | None, serial: int | None
    ) -> str | None:
        fitting = [o for o in self.objectives.values() if not (kind and o.kind and o.kind != kind)]
        for old in fitting:
            if bare(old.name) == bare(name):
                return old.code
        near = [o for o in fitting if o.code in (code, f"{_letter(kind)}{serial}")]
        return next((o.code for o in near if _alike(o.name, name)), None)

    def _free(self, code: str, kind: GoalKind | None, serial: int | None) -> str:
        if code and code not in self.objectives:
            return code
        letter = _letter(kind)
        wanted = f"{letter}{serial}"
        if serial and wanted not in self.objectives:
            return wanted
        taken = {int(c[1:]) for c in self.objectives if re.fullmatch(rf"{letter}\d+", c)}
        return f"{letter}{max(taken, default=0) + 1}"


def _letter(kind: GoalKind | None) -> str:
    return "S" if kind == "common" else "K"


def _printed_code(name: str) -> tuple[str | None, str]:
    found = _PRINTED.match(halve(name))
    return (found[1], halve(name)[found.end() :].strip()) if found else (None, name)


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, bare(one), bare(other), autojunk=False).ratio() >= _ALIKE
