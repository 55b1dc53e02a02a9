"""What one cell of a strategy map prints: a theme, a perspective, a label, objectives or agencies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from hengtu.core.codes import Code, find_codes
from hengtu.core.hanzi import CJK, halve, has_hanzi, squeeze, unwrap

LabelKind = Literal["theme", "objective", "perspective", "lead", "members", "shared"]

_WIDE = re.compile("[\uff21-\uff3a\uff10-\uff19]")
_BROKEN = re.compile(r"(?<![A-Za-z])([A-Z][CPLF])\s+(\d{1,2})(?=\s?[「『\u4e00-\u9fff])")
_ANNOTATION = re.compile(
    r"[(（〔\[]\s*(?:本?年?度?(?:新增|增列|增訂|修正|修訂|調整|變更|更名|移列|延續|續辦|刪除|停辦|試辦)(?:項目|目標)?|new|NEW|New)\s*[)）〕\]]\s*"
)
_ENDS = " \t\u3000。．.、,，;；:：·‧•●○*※/／|｜－-"
_LEADING = re.compile(
    rf"^[(（\[【]?\s*(?P<code>[A-Z])\s*[)）\]】]?\s*[.．、:：\-－]?\s*(?P<name>[「『{CJK}].*)$"
)
_TRAILING = re.compile(
    rf"^(?P<name>.*[」』{CJK})）])\s*[(（\[【.、\-－]?\s*(?P<code>[A-Z])\s*[)）\]】]?$"
)
_PREFIX = re.compile(
    r"^(?:[府市縣局處所會院部室]級)?(?:策略)?主題\s*(?=[A-Z(（:：一二三四五六七八九十\d])"
    r"(?:[(（]?[一二三四五六七八九十\d]{1,2}[)）]?)?\s*[:：、.]?\s*"
)
_PLAIN_CODE = re.compile(
    r"(?<![A-Za-z\d.\-])([A-Z])(\d{1,2})(?![\d.\-%A-Za-z])(?=\s*[:：.、]?\s*[「『\u4e00-\u9fff])"
)
_PAGE = re.compile(r"\s*[(（]\s*(?:\d+\s*/\s*\d+|續(?:\d|一|二|三)?|[一二三四五])\s*[)）]\s*$")
_PERSPECTIVE_END = re.compile(r"(?:構面|面向|層面)$")
_LETTERED = re.compile(r"^(?P<name>.*?)[(（\[]?(?P<letter>[A-Z])[)）\]]?(?P<tail>構面|面向|層面)?$")
_LETTER_FIRST = re.compile(r"^[(（\[]?(?P<letter>[A-Z])[)）\]]?[.．、:：\-]?(?P<name>[^A-Za-z]+)$")
_NUMBERED = re.compile(r"^(?:[(（]?[一二三四五六七八九十]{1,2}[)）、.．]|\d{1,2}[、.．])(?=.)")
_KNOWN: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "C",
        re.compile(
            r"^(?:顧客|客戶|公民|市民|縣民|民眾|服務對象|利害關係人|使用者)(?:滿意|價值|服務|面)?$"
        ),
    ),
    ("P", re.compile(r"^(?:內部)?(?:作業|業務|管理|營運)?流程(?:管理|改善|面)?$")),
    (
        "L",
        re.compile(
            r"^(?:組織)?(?:學習|創新)(?:與|及|和)?(?:成長|學習|發展)(?:面)?$|^組織學習$|^(?:創新)?學習(?:面)?$|^成長$|^(?:人才|員工)(?:學習|發展)(?:與成長)?$"
        ),
    ),
    ("F", re.compile(r"^財務(?:管理|資源|面)?$|^(?:經費|預算|財政)(?:管理|資源|效能)?$")),
)
_OTHER_PERSPECTIVES = re.compile(
    r"^(?:業務成果|行政效率|服務效能|組織學習|財務管理|施政成果|資源管理)$"
)
_LABELS: tuple[tuple[LabelKind, re.Pattern[str]], ...] = (
    (
        "lead",
        re.compile(
            r"^(?:主題)?(?:主政|主辦|主責|主管|權責|負責|承辦|統籌|召集|牽頭|業管)(?:單位|機關|局處|科室|課室|組室|組別|處室|部門|課|科|組)(?:[(（].*[)）])?$|^(?:主政|主辦|主責)$"
        ),
    ),
    (
        "members",
        re.compile(
            r"^(?:分組|小組|主題|工作)?(?:成員|組員)(?:單位|機關|局處|科室)?$|^(?:協辦|配合|協同|參與|共同)(?:單位|機關|局處|科室|課室)?$|^(?:分組|主協辦)(?:單位|機關|局處)$"
        ),
    ),
    ("theme", re.compile(r"^(?:.{0,4}級)?(?:年度)?(?:策略|施政|核心)?主題(?:名稱)?$|^策略主軸$")),
    ("objective", re.compile(r"^(?:.{0,4}級)?(?:年度)?策略目標$")),
    (
        "shared",
        re.compile(
            r"^(?:全[市縣府所局處]|各主題|跨主題|本[市府縣])?(?:共同|共通|整體)(?:性)?(?:策略)?目標$"
        ),
    ),
    (
        "perspective",
        re.compile(
            r"^構面(?:[\\＼/／]?(?:策略)?主題)?$|^(?:策略)?主題[\\＼/／]構面$|^(?:面向|層面|構面別|策略構面)$"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class ThemeLabel:
    """A theme as printed in a header: its letter and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Printed:
    """An objective as printed in a cell: its code, its cleaned name and the raw words."""

    code: Code
    name: str
    raw: str


@dataclass(frozen=True, slots=True)
class PerspectiveLabel:
    """A perspective as printed: its name without 構面 and the letter printed with it."""

    name: str
    letter: str | None = None

    @property
    def known(self) -> str | None:
        """The letter that general use gives this name, or None."""
        return perspective_letter(self.name)


def fold_code(text: str) -> str:
    """Return the text with letters and digits of codes in half width and in one piece.

    >>> fold_code("ＡＣ１ 甲事 BP 2乙事")
    'AC1 甲事 BP2乙事'
    """
    return _BROKEN.sub(r"\1\2", halve(text) if _WIDE.search(text) else text)


def clean_name(text: str) -> str:
    """Return an objective's name without wraps, change marks and final marks.

    >>> clean_name("落實 資源回收(新增)。")
    '落實資源回收'
    """
    return unwrap(_ANNOTATION.sub(" ", text)).strip(_ENDS)


def read_theme(text: str) -> ThemeLabel | None:
    """Return the theme that a cell or line names with its letter, or None.

    >>> read_theme("(B)樂活 環境(1/2)")
    ThemeLabel(code='B', name='樂活環境')
    >>> read_theme("清新空氣（A）").name
    '清新空氣'
    """
    body = _PREFIX.sub("", squeeze(fold_code(_PAGE.sub("", text))))
    found = _LEADING.match(body) or _TRAILING.match(body)
    if not found or len(body) > 40:
        return None
    name = clean_name(found["name"])
    return ThemeLabel(found["code"], name) if has_hanzi(name) and not read_label(name) else None


def theme_name(text: str) -> str:
    """Return the name of a theme that is printed without a letter.

    >>> theme_name("策略主題二：親近 綠地")
    '親近綠地'
    """
    return clean_name(_PREFIX.sub("", squeeze(_PAGE.sub("", text))))


def read_perspective(text: str) -> PerspectiveLabel | None:
    """Return the perspective that a cell or line names, or None.

    >>> read_perspective("內部 流程 P")
    PerspectiveLabel(name='內部流程', letter='P')
    >>> read_perspective("二、L 學習成長構面")
    PerspectiveLabel(name='學習成長', letter='L')
    >>> read_perspective("永續（S）構面").letter
    'S'
    """
    body = re.sub(r"\s+", "", squeeze(fold_code(text))).strip(_ENDS + "【】[]〔〕")
    if not body or len(body) > 14 or find_codes(body):
        return None
    body = _NUMBERED.sub("", body)
    found = _LETTERED.match(body)
    ahead = _LETTER_FIRST.match(body)
    name = (ahead["name"] if ahead else found["name"] if found else body).strip(_ENDS)
    ending = bool(_PERSPECTIVE_END.search(name) or (found and found["tail"]))
    name = _PERSPECTIVE_END.sub("", name)
    known = perspective_letter(name) or _OTHER_PERSPECTIVES.match(name)
    if not has_hanzi(name) or not (ending or known):
        return None
    letter = ahead["letter"] if ahead else found["letter"] if found else None
    return PerspectiveLabel(name, letter)


def perspective_letter(name: str) -> str | None:
    """Return the letter that general use gives a perspective's name, or None.

    >>> perspective_letter("學習與成長")
    'L'
    """
    return next((letter for letter, pattern in _KNOWN if pattern.match(name)), None)


def read_label(text: str) -> LabelKind | None:
    """Return what a label cell announces, or None."""
    words = re.sub(r"\s+", "", squeeze(text)).strip(_ENDS)
    return next((kind for kind, pattern in _LABELS if pattern.match(words)), None)


def read_objectives(text: str) -> tuple[str, list[Printed]]:
    """Return the words before the first objective code, and every objective of a cell.

    A code without perspective letter (``C1``) is read where no whole code is printed.

    >>> head, found = read_objectives("顧客 C AC1甲事 AC2乙事(新增)。")
    >>> head, [(one.code.text, one.name) for one in found]
    ('顧客 C', [('AC1', '甲事'), ('AC2', '乙事')])
    """
    folded = fold_code(text)
    whole = find_codes(folded)
    codes = [(start, code) for start, code in whole if code.level == "objective"]
    if not whole:
        codes = _plain_codes(folded)
    ends = [*(start for start, _ in codes[1:]), len(folded)][: len(codes)]
    found = [
        Printed(code, clean_name(folded[start + len(code.raw) : end]), folded[start:end].strip())
        for (start, code), end in zip(codes, ends, strict=True)
    ]
    return (folded[: codes[0][0]] if codes else folded).strip(), found


def _plain_codes(text: str) -> list[tuple[int, Code]]:
    return [
        (found.start(), Code(found[1], "", int(found[2]), raw=found[0]))
        for found in _PLAIN_CODE.finditer(text)
    ]


def holds_objectives(text: str, *, plain: bool = False) -> bool:
    """Whether a cell prints an objective code with a name; ``plain`` ones (``C1``) only when asked."""
    return any(
        has_hanzi(one.name) and (plain or one.code.perspective) for one in read_objectives(text)[1]
    )


def list_names(text: str) -> list[str]:
    """Return the objectives of a cell without codes: lines, full stops and semicolons part them.

    >>> list_names("提升品質。\\n縮短時間；")
    ['提升品質', '縮短時間']
    """
    parts = re.split(r"[。；;\n]|(?:^|\s)(?:\d{1,2}[.、)]|[●•‧○◆■▪])\s*", text)
    return [name for part in parts if has_hanzi(name := clean_name(part))]
