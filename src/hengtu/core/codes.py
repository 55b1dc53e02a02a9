"""The code grammar of strategy maps: theme letter + perspective letter + serial, then .n and .n.n."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

CodeLevel = Literal["objective", "kpi", "action"]

PERSPECTIVE_LETTERS = "CPLF"
PERSPECTIVE_NAMES = {"C": "顧客", "P": "內部流程", "L": "學習成長", "F": "財務"}
_CODE = re.compile(
    r"(?P<theme>[A-Z])(?P<perspective>[A-Z])(?P<serial>\d{1,2}|I|l)"
    r"(?P<kpi>\s?\.\s?(?:\d{1,2}|I|l))?(?P<action>\s?\.\s?(?:\d{1,2}|I|l))?(?![A-Za-z0-9])"
)


@dataclass(frozen=True, slots=True)
class Code:
    """A code as printed and as it must be read; ``AP1.2.1`` is action 1 of KPI AP1.2."""

    theme: str
    perspective: str
    serial: int
    kpi: int | None = None
    action: int | None = None
    raw: str = ""

    @property
    def objective(self) -> str:
        """The code of the objective."""
        return f"{self.theme}{self.perspective}{self.serial}"

    @property
    def text(self) -> str:
        """The whole code."""
        parts = (self.kpi, self.action)
        return self.objective + "".join(f".{n}" for n in parts if n is not None)

    @property
    def level(self) -> CodeLevel:
        """What kind of thing the code names."""
        if self.kpi is None:
            return "objective"
        return "kpi" if self.action is None else "action"

    @property
    def repaired(self) -> bool:
        """Whether the printed characters had to be read otherwise (``API`` for ``AP1``)."""
        return re.sub(r"\s", "", self.raw) != self.text


def read_code(text: str) -> tuple[Code, str] | None:
    """Return the code at the start of a text and what follows it, or None.

    A letter I or l in the place of a number reads 1 when the two letters before it can be a
    theme and a perspective.

    >>> code, rest = read_code("API.1.2 門牌清查計畫")
    >>> code.text, rest, code.repaired
    ('AP1.1.2', '門牌清查計畫', True)
    >>> read_code("SOP 手冊") is None
    True
    """
    stripped = text.lstrip(" \t\u3000●•·-")
    found = _CODE.match(stripped)
    return (
        (_made(found), stripped[found.end() :].lstrip(" \t\u3000:：、."))
        if found and _plausible(found)
        else None
    )


def find_codes(text: str) -> list[tuple[int, Code]]:
    """Return every code printed in a text with its offset, in order.

    >>> [c.text for _, c in find_codes("DP1 完善規範 DP2 發展系統")]
    ['DP1', 'DP2']
    """
    return [
        (found.start(), _made(found))
        for found in _CODE.finditer(text)
        if _plausible(found)
        and not re.match(r"[A-Za-z0-9]", text[found.start() - 1 : found.start()])
    ]


def _plausible(found: re.Match[str]) -> bool:
    numbers = "".join(found[part] or "" for part in ("serial", "kpi", "action"))
    return not re.search(r"[Il]", numbers) or (
        found["perspective"] in PERSPECTIVE_LETTERS
        and found[0] != "KPI"  # the word, far more often than a theme K
    )


def _made(found: re.Match[str]) -> Code:
    def part(name: str) -> int | None:
        return int(re.sub(r"[.\s]", "", re.sub(r"[Il]", "1", found[name]))) if found[name] else None

    return Code(
        theme=found["theme"],
        perspective=found["perspective"],
        serial=part("serial") or 0,
        kpi=part("kpi"),
        action=part("action"),
        raw=found[0],
    )
