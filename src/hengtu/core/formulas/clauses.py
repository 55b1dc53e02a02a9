"""What is printed around an expression: index, unit, notes, rule for targets, deadline, limit, result name.

Every clause that is taken out is blanked in place, so that positions stay those of the printed text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hengtu.core.formulas.calls import MASK, find_calls, mask_calls
from hengtu.core.formulas.lexemes import SCALES, write_out
from hengtu.core.formulas.remarks import has_operator, is_note
from hengtu.core.formulas.signs import CLOSING, OPENING, QUOTES, fold_signs, quote_end, tidy_name
from hengtu.core.formulas.tree import Comparison, Limit
from hengtu.core.numbering import numeral

_BLANK = re.compile(" +")
_INDEX = re.compile(
    r"\s*(?:[(\[]\s*(\d{1,2}|[一二三四五六七八九十]{1,2}|[a-zA-Z])\s*[)\]]|(\d{1,2})\s*[.、)]|([一二三四五六七八九十]{1,2})、)"
    r"\s*(?=[^\d\s.+*/=xX-])"
)
_LETTER = r"(?:[A-Z]\d?|分子|分母)"
_STANDS = r"\s*(?:[:=]|為|代表)\s*"  # between a letter and what it stands for
_LEGEND = re.compile(
    rf"(?:^|(?<=[\s,;；。、(\[:中]))(?P<letter>{_LETTER}){_STANDS}(?P<name>[^=:;；,。]+?)"
    rf"(?=[,;；。、)\]]?\s*(?:$|{_LETTER}{_STANDS}))"
)
_WHERE = re.compile(r"[,;。]?\s*(?:其中|式中)\s*[,:]?\s*$")
_PARTS = re.compile(r"分子\s*[:=](?P<above>.+?)[\s,;。、]*(?P<below>分母\s*[:=])")
_TARGET = re.compile(r"[,;。]\s*(?P<rule>(?:年度)?目標值?\s*[:為]?\s*\d[^+*/=≥≤<>]*)$")
_COUNTED_AS = re.compile(r"以[^()\[\]]*計(?:算|列)?\s*$")
_OPEN_TAIL = re.compile(r"(?<=[\s%)\]])[(\[]\s*$")
_AFTERTHOUGHT = re.compile(
    r"(?<=%)\s*[)\]]?\s*[,;。]\s*(?P<words>[^+*/=≥≤<>%]{4,}|[^\d+*/=≥≤<>][^+*/=≥≤<>]*以[^+*/=≥≤<>以]*計(?:算|列)?[.。]?\s*)$"
)
_BARE_UNIT = re.compile(
    r"[(\[]\s*(%|‰|件|次|人次|場次|場|人|戶|天|日|小時|時|分|元|千元|萬元|億元|項|篇|則|張|份|案|家|處|度|公頃|公里|公斤|公噸|噸|平方公尺)\s*[)\]]\s*$"
)
_RELATIVE = re.compile(r"(?:>=|<=|=>|=<|[≥≤<>])\s*\S.*$")
_CONDITIONED = re.compile(r"[<>=≥≤]+\s*\d[\d.,]*\s*[^\W\d_]+[數率者量額]\s*[-+*/]")  # ≤100之日數÷…
_NOTE = re.compile(r"(?:[(\[]\s*)?(?:備\s*註|附\s*註|註|說\s*明)\s*\d?\s*:|※|＊註")
_NOTE_END = re.compile(r"[;；。]|(?:備\s*註|附\s*註|註)\s*\d?\s*[:：]|※")
_UNIT = re.compile(
    r"(?:[(\[]\s*)?(?:計量|衡量|量測|計算)?單\s*位\s*:\s*([^()\[\]:]*?)\s*[)\]]?\s*(?=$|備\s*註|附\s*註|註|說\s*明|※|(?:計算)?公式)"
)
_LABEL = re.compile(
    r"\s*(?:KPI\s*)?(?:(?:計算|衡量)?(?:公式|方式|方法|標準|基準)(?:說明)?|(?:年度)?目標值?)\s*:\s*"
)
_RULE = re.compile(
    r"[(\[]\s*([^()\[\]]*(?:目標值|目標|逐年|每年(?:遞|增|減|提|降|縮|成長))[^()\[\]]*)[)\]]"
)
_DAY = (
    r"(?:民國\s*)?(?:\d{2,4}\s*年度?|本年度|當年度?|每年)\s*"
    r"(?:\d{1,2}\s*月\s*(?:\d{1,2}\s*日|底|初|中旬|[上下]旬)?|底|年底)?\s*(?:以?前|止|內)"
)
_NUM = r"(?P<number>-?\d[\d,]{0,20}(?:\.\d+)?)"
_DONE = rf"(?:應|須)?(?:達成|完成|達)?\s*{_NUM}\s*(?P<unit>%)\s*="
_CONDITION = re.compile(rf"\s*(?P<when>{_DAY})\s*(?::|,|(?P<done>{_DONE}))")
_OPS: dict[str, Comparison] = {
    **dict.fromkeys(
        (
            ">=",
            "=>",
            "≥",
            "大於等於",
            "大於或等於",
            "至少",
            "不低於",
            "不少於",
            "不得低於",
            "不得少於",
        ),
        ">=",
    ),
    **dict.fromkeys(("應達", "須達", "達到", "達", "最少", "不小於"), ">="),
    **dict.fromkeys(
        ("<=", "=<", "≤", "小於等於", "小於或等於", "不超過", "不高於", "不大於", "不得超過"), "<="
    ),
    **dict.fromkeys(("不得高於", "不逾", "至多", "最多", "不多於", "控制在"), "<="),
    **dict.fromkeys((">", "大於", "超過", "高於", "逾"), ">"),
    **dict.fromkeys(("<", "小於", "低於", "少於", "未達"), "<"),
    "=": "=",
}
_AFTER: dict[str, Comparison] = {"以上": ">=", "以下": "<=", "以內": "<=", "內": "<=", "以前": "<="}
_WORDS = "|".join(sorted(map(re.escape, _OPS), key=len, reverse=True))
_VERB = (
    r"(?:應|須)?(?:辦理|舉辦|完成|召開|開辦|開設|進行|執行|訪視|宣導|檢查|抽查|稽查|查核|更新|發布|刊登"
    r"|提出|提報|參加|學習)"
)
# Possessive: blanks that stand for words taken out are long, and are not to be shared out in every way.
_UNIT_WORD = r"(?P<unit>%|‰|[^\d\s%()\[\]=<>≥≤+*/:,，。;；-]{1,6}?(?:/\s*[年月季日週人件次])?)?"
_TAIL = r"(?P<after>\s*+(?:[(]含[)])?\s*+(?:以上|以下|以內|內))?\s*+[.。;；,，]?\s*+$"
_LIMIT = re.compile(
    rf"(?:[,;。]\s*+(?:年度)?目標值?\s*+[:為]?\s*+)?(?P<op>{_WORDS})\s*+(?P<verb>{_VERB})?\s*+{_NUM}\s*+{_UNIT_WORD}\s*+{_TAIL}"
)
_LIMIT_AFTER = re.compile(
    rf"(?<![\d.,*/+-])(?<![*/+-]\s){_NUM}\s*+{_UNIT_WORD}\s*+(?P<after>(?:[(]含[)])?\s*+(?:以上|以下|以內))\s*+[.。;；]?\s*+$"
)
_MILESTONE = re.compile(
    rf"(?:率|度|比|比例|比重)\s*(?P<raw>(?:達成?|為)?\s*{_NUM}\s*(?P<unit>%))\s*[.。;；]?\s*$"
)
_CLOSING_NOTE = re.compile(r"[(\[]([^()\[\]]*(?:[(\[][^()\[\]]*[)\]][^()\[\]]*)*)[)\]]\s*$")


@dataclass
class Clauses:
    """A text with its clauses taken out; ``signs`` keeps the expression, all else blanked, calls masked.

    ``folded`` are the signs of the whole text; ``reworded`` tells that signs stand in the place of words.
    """

    text: str
    signs: str
    folded: str = ""
    leftover_index: int | None = None
    unit: str | None = None
    target_rule: str | None = None
    condition: str | None = None
    limit: Limit | None = None
    result_name: str | None = None
    legend: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    defining: list[str] = field(default_factory=list)
    reworded: bool = False
    _kept: str | None = field(default=None, repr=False)

    @property
    def kept(self) -> str:
        """The printed text where the expression stands, blanks elsewhere."""
        if self._kept is None:
            pieces: list[str] = []
            start = 0
            for blank in _BLANK.finditer(self.signs):
                pieces += self.text[start : blank.start()], " " * (blank.end() - blank.start())
                start = blank.end()
            self._kept = "".join(pieces) + self.text[start:]
        return self._kept

    def unmask(self, signs: str, start: int) -> str:
        """Return a stretch of signs that begins at a place of the text, with its calls as printed."""
        if MASK not in signs:
            return signs
        return "".join(
            self.folded[start + place] if sign == MASK else sign for place, sign in enumerate(signs)
        )

    def blank(self, start: int, end: int) -> None:
        """Blank a stretch of the signs."""
        self.signs = self.signs[:start] + " " * (end - start) + self.signs[end:]
        self._kept = None

    def put(self, start: int, signs: str) -> None:
        """Put signs in the place of printed ones."""
        self.signs = self.signs[:start] + signs + self.signs[start + len(signs) :]
        self.reworded = True
        self._kept = None

    def words(self, start: int, end: int) -> str:
        """Return the printed words of a stretch, wraps taken out."""
        return tidy_name(self.kept[start:end])


def read_clauses(text: str) -> Clauses:
    """Return the clauses of a printed formula."""
    folded = fold_signs(text)
    clauses = Clauses(text, mask_calls(folded, find_calls(folded, text)), folded)
    for take in (
        _take_index,
        _take_unit,
        _take_notes,
        _take_label,
        _take_quotient,
        _take_legend,
        _take_rule,
        _take_target,
        _take_condition,
        _take_afterthought,
        _take_closing_notes,
        _take_bare_unit,
        _take_limit,
    ):
        take(clauses)
    return clauses


def _take_index(clauses: Clauses) -> None:
    if found := _INDEX.match(clauses.signs):
        mark = found[1] or found[2] or found[3]
        clauses.leftover_index = _ordinal(mark)
        clauses.blank(*found.span())


def _ordinal(mark: str) -> int:
    if mark.isascii() and mark.isalpha():
        return ord(mark.lower()) - ord("a") + 1
    return int(mark) if mark.isdigit() else numeral(mark)


def _take_unit(clauses: Clauses) -> None:
    if found := _UNIT.search(clauses.signs):
        clauses.unit = clauses.words(*found.span(1)) or None
        clauses.blank(*found.span())


def _take_notes(clauses: Clauses) -> None:
    found = _NOTE.search(clauses.signs)
    if not found:
        return
    stretch = clauses.kept[found.end() :]
    if found[0].lstrip()[0] in OPENING:
        stretch = stretch.rstrip().removesuffix(clauses.kept.rstrip()[-1])
    for part in _NOTE_END.split(stretch):
        signs = fold_signs(part)
        if signs.find("=") > 0 and _is_expression(signs.partition("=")[2]):
            clauses.defining.append(part)
        elif signs.strip():
            clauses.notes.append(tidy_name(part))
    clauses.blank(found.start(), len(clauses.signs))


def _is_expression(signs: str) -> bool:
    return has_operator(signs) or bool(find_calls(signs, signs))


def _take_label(clauses: Clauses) -> None:
    if found := _LABEL.match(clauses.signs):
        clauses.blank(*found.span())


def _take_legend(clauses: Clauses) -> None:
    """Take out what the letters of the expression stand for: A：結案件數 B：受理件數."""
    found = list(_LEGEND.finditer(clauses.signs))
    if not found or not re.search(
        rf"(?<![A-Za-z]){found[0]['letter']}", clauses.folded[: found[0].start()]
    ):
        return
    clauses.legend = {one["letter"]: clauses.words(*one.span("name")) for one in found}
    clauses.blank(found[0].start(), len(clauses.signs))
    if where := _WHERE.search(clauses.signs.rstrip()):
        clauses.blank(where.start(), len(clauses.signs))
    if tail := _OPEN_TAIL.search(clauses.signs):
        clauses.blank(*tail.span())


def _take_rule(clauses: Clauses) -> None:
    found = _RULE.search(clauses.signs)
    if found and not has_operator(found[1]) and not _COUNTED_AS.search(found[1]):
        clauses.target_rule = clauses.words(*found.span(1))
        clauses.blank(*found.span())


def _take_target(clauses: Clauses) -> None:
    if found := _TARGET.search(clauses.signs):
        clauses.target_rule = clauses.target_rule or clauses.words(*found.span("rule"))
        clauses.blank(*found.span())


def _take_quotient(clauses: Clauses) -> None:
    """Read what is printed as 分子：甲 分母：乙 as 甲 ÷ 乙."""
    found = _PARTS.search(clauses.signs)
    if not found or has_operator(clauses.signs[found.end() :]):
        return
    if clauses.signs[: found.start()].strip():
        return
    below, start = found.start("below"), found.start()
    clauses.blank(start, found.start("above"))
    clauses.blank(below, found.end())
    clauses.put(start, "(")
    clauses.put(below, ")/")


def _take_condition(clauses: Clauses) -> None:
    found = _CONDITION.match(clauses.signs)
    if not found:
        return
    if found["done"]:
        clauses.condition = clauses.words(*found.span("when"))
        clauses.limit = _limit("=", found, clauses.words(found.start("when"), found.end() - 1))
    else:
        clauses.condition = clauses.words(*found.span("when"))
    clauses.blank(*found.span())


def _take_afterthought(clauses: Clauses) -> None:
    if found := _AFTERTHOUGHT.search(clauses.signs):
        if words := clauses.words(*found.span("words")):
            clauses.notes.append(words)
        clauses.blank(found.start("words") - 1, found.end())


def _take_bare_unit(clauses: Clauses) -> None:
    found = _BARE_UNIT.search(clauses.signs)
    if found and not clauses.unit and clauses.signs[: found.start()].strip():
        clauses.unit = found[1]
        clauses.blank(*found.span())


def _take_closing_notes(clauses: Clauses) -> None:
    notes: list[str] = []
    while found := _CLOSING_NOTE.search(clauses.signs):
        before = clauses.signs[: found.start()].rstrip()
        if not (is_note(found[1]) and before) or before[-1] in "+-*/=":
            break
        notes.insert(0, clauses.words(*found.span(1)))
        clauses.blank(*found.span())
    clauses.notes[:0] = notes


def _limit(op: Comparison, found: re.Match[str], raw: str) -> Limit:
    unit = re.sub(r"\s", "", found["unit"] or "") or None
    number = found["number"].replace(",", "")
    if unit in SCALES:  # a unit such as 萬人 is the measure's own and stays
        return Limit(op, write_out(number, unit), None, raw)
    return Limit(op, number, unit, raw)


def _take_limit(clauses: Clauses) -> None:
    if clauses.limit:
        return
    signs = clauses.signs
    found = _LIMIT.search(signs)
    if found and not _inside_bracket(signs, found.start()):
        op = _OPS[found["op"]]
    elif found := _LIMIT_AFTER.search(signs):
        op = _AFTER[re.sub(r"[()含\s]", "", found["after"])]
    elif (found := _MILESTONE.search(signs)) and not has_operator(signs[: found.start("raw")]):
        clauses.limit = _limit("=", found, clauses.words(*found.span("raw")))
        clauses.blank(*found.span("raw"))
        return
    elif (found := _RELATIVE.search(signs)) and not _CONDITIONED.match(found[0]):
        clauses.target_rule = clauses.target_rule or clauses.words(*found.span())
        clauses.blank(*found.span())
        return
    else:
        return
    if _names_more(found):
        return
    clauses.limit = _limit(op, found, clauses.words(*found.span()))
    verb = found.span("verb") if found.groupdict().get("verb") else (found.start(), found.start())
    clauses.blank(found.start(), verb[0])
    clauses.blank(verb[1], found.end())


def _names_more(found: re.Match[str]) -> bool:
    """Whether words after the number make it a name: 超過3日案件數."""
    unit, word = found["unit"] or "", found.groupdict().get("op", "以上")
    return word.isalpha() and len(unit) > 2 and unit[-1] in "數率者量"


def _inside_bracket(signs: str, position: int) -> bool:
    before = signs[:position]
    return sum(map(before.count, OPENING)) > sum(map(before.count, CLOSING))


def equals_at(signs: str, marks: str = "=") -> int | None:
    """Return where the first equals sign (or colon) outside brackets and quotations stands."""
    if not any(mark in signs for mark in marks):
        return None
    depth, position = 0, 0
    while position < len(signs):
        sign = signs[position]
        if sign in QUOTES:
            position = quote_end(signs, position) or position
        elif sign in OPENING:
            depth += 1
        elif sign in CLOSING:
            depth -= 1
        elif sign in marks and depth <= 0 and not _compares(signs, position):
            return position
        position += 1
    return None


def _compares(signs: str, position: int) -> bool:
    """Whether an equals sign is half of ≤ or ≥."""
    around = signs[max(0, position - 1) : position] + signs[position + 1 : position + 2]
    return signs[position] == "=" and ("<" in around or ">" in around)
