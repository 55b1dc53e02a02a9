"""Numbers as agencies print them and the kinds of missing, which are never zero."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, get_args

MissingKind = Literal[
    "not_compiled",
    "no_statistics",
    "no_data",
    "not_applicable",
    "formula_changed",
    "blank",
    "not_due",
    "not_reported",
    "not_computable",
]
MISSING_KINDS: tuple[MissingKind, ...] = get_args(MissingKind)

_MISSING_WORDS: tuple[tuple[MissingKind, re.Pattern[str]], ...] = (
    (
        "formula_changed",
        re.compile(
            r"(?:公式|指標|定義|計算方式|計算公式|衡量標準)?(?:已|經)?(?:調整|修正|變更|修改)(?:後)?"
            r"(?:之)?(?:計算)?(?:公式|指標|定義|計算方式|衡量標準)?[,，、；]?(?:故|而|爰|無法)?(?:不適用|無資料|無統計|比較)"
        ),
    ),
    ("not_applicable", re.compile(r"不適用|未適用|無適用|不列入|[Nn]\.?/?[Aa]\.?")),
    (
        "not_compiled",
        re.compile(
            r"(?:尚|仍|當年|本年)?未(?:有|作|做|予|行)?(?:列入)?(?:統計|彙整|彙計|彙編)(?:中)?|統計中|彙整中"
        ),
    ),
    (
        "no_statistics",
        re.compile(
            r"(?:尚)?(?:無|沒有|查無|缺)(?:相關|此項|該項|本項)?(?:統計|統計資料|統計數據|統計數)"
            r"|(?:當年|該年|本年)?(?:無|未)(?:辦理|進行|作|做)?調查"
        ),
    ),
    (
        "no_data",
        re.compile(
            r"(?:尚)?(?:無|沒有|查無|缺|未有)(?:相關|此項|該項|本項|歷史|歷年|前期)?(?:資料|數據|紀錄|記錄|數值|實績)"
            r"|缺|無|從缺|(?:新增|新訂|新設)(?:指標|項目|業務)?(?:[,，、]?無(?:資料|統計|數據))?"
        ),
    ),
    ("not_reported", re.compile(r"(?:尚)?未(?:填報|填列|填|提報|回報)|待填(?:報)?|待補")),
    (
        "not_due",
        re.compile(
            r"(?:尚|仍|當年|本年)?未(?:開始|實施|辦理|執行|開辦|成立|推動|訂定|啟用|屆期|到期|施行|建置|設定|訂)"
            r"|[Tt][Bb][DdAaCc]|待(?:訂|定|研議|評估)|另(?:訂|定)"
        ),
    ),
    ("blank", re.compile(r"[-—–－―ー─━‐‑‒−﹣_／/\\*＊]+|[xX×]")),
)
_LONGEST = 20  # no plan counts further; longer runs of digits are no amounts
_BLANKS = re.compile(r"[\s\u3000]+")
_WRAP = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
_BRACKETS = str.maketrans("（）〔〕【】［］｛｝", "()()()()()")
_COMMAS = str.maketrans({"，": ",", "﹐": ",", "．": ".", "＋": "+", "％": "%", "﹪": "%"})
_DASHES = re.compile(r"^[－﹣−–](?=\s*\d)")
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
PLAIN = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_NUMBER = re.compile(r"[+-]?\s*(?:\d|\.\d)[\d,.]*(?:\s+[\d,.]+)*")
_SCALES = {
    "億": 100_000_000,
    "千萬": 10_000_000,
    "百萬": 1_000_000,
    "萬": 10_000,
    "千": 1_000,
    "百": 100,
}
_SCALE = re.compile(r"\s*(億|千萬|百萬|萬|千|百)(?=\s*(?:元|人|件|次|張|份|戶|冊|公|噸|度|$|\())")
_BEFORE = re.compile(
    r"^(>=|<=|=>|=<|≥|≧|≤|≦|>|<|=|至少|不低於|不少於|不超過|不高於|不逾|最多|至多|超過|約|達到|達|計|共計|共)\s*"
)
_AFTER = re.compile(r"^\s*(以上|以下|以內|以前|內|\(含\)以上|\(含\)以下|左右)\s*$")
_UNIT = re.compile(
    r"^\s*((?:%|‰|[a-zA-Z]{1,6}\d?|[\u3400-\u9fff/]){1,10}?)(以上|以下|以內|內)?\s*$"
)
_DONE = re.compile(r"^(.{0,4}?)\s*((?:已|業已|全數|皆|均)?(?:完成|達成))$")
_NO_UNIT = re.compile(r"完成|辦理|[底前後起至為之的由]|執行|建置|推動|開始")
_CHINESE = re.compile(r"^([一二三四五六七八九十百兩]{1,5})(?=\S)")
_DIGITS = {ch: i for i, ch in enumerate("零一二三四五六七八九")} | {"兩": 2}
OPS: dict[str, Literal[">=", "<=", ">", "<", "="]] = {
    **dict.fromkeys(
        (">=", "=>", "≥", "≧", "至少", "不低於", "不少於", "以上", "(含)以上", "達", "達到"), ">="
    ),
    **dict.fromkeys(("<=", "=<", "≤", "≦", "不超過", "不高於", "不逾", "最多", "至多"), "<="),
    **dict.fromkeys(("以下", "(含)以下", "以內", "內"), "<="),
    **dict.fromkeys((">", "超過"), ">"),
    "<": "<",
    "=": "=",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A printed number: its decimal text, the unit and the note printed beside it.

    ``text`` is the plain decimal as typed (``1545480``, ``98.50``), scaled when 萬 or 億 is printed;
    ``broken`` tells that blanks stood inside the number; ``op`` is a printed comparison (90%以上);
    ``scale`` is the 萬 or 億 that was taken into the number.
    """

    text: str
    unit: str | None = None
    note: str | None = None
    op: Literal[">=", "<=", ">", "<", "="] | None = None
    broken: bool = False
    scale: str = field(default="", repr=False, compare=False)

    @property
    def as_printed(self) -> Amount:
        """The number as it stands on the page, its scale in the unit.

        >>> read_amount("3.5萬人次").as_printed
        Amount(text='3.5', unit='萬人次', note=None, op=None, broken=False)
        """
        if not self.scale:
            return self
        printed = _plain(self.decimal / _SCALES[self.scale])
        return replace(self, text=printed, unit=f"{self.scale}{self.unit or ''}", scale="")

    @property
    def decimal(self) -> Decimal:
        """The exact number."""
        return Decimal(self.text)

    @property
    def value(self) -> float:
        """The number as a double."""
        return float(self.text)


def fold(text: str) -> str:
    """Return the text in one width, with one kind of bracket, comma and minus; blanks become one.

    >>> fold("１，２３４（含）％")
    '1,234(含)%'
    """
    folded = "".join(
        unicodedata.normalize("NFKC", ch) if "\uff01" <= ch <= "\uff5e" or ch in "﹪﹐﹣" else ch
        for ch in text
    )
    folded = folded.translate(_BRACKETS).translate(_COMMAS)
    return _DASHES.sub("-", _BLANKS.sub(" ", folded).strip())


def read_missing(text: str) -> MissingKind | None:
    """Return the kind of missing that a cell's words name, or None; an empty cell names none.

    >>> read_missing("無統 計"), read_missing("調整公 式不適 用"), read_missing("—")
    ('no_statistics', 'formula_changed', 'blank')
    """
    words = _BLANKS.sub("", fold(text)).strip("()。.;；")
    return next((kind for kind, pattern in _MISSING_WORDS if pattern.fullmatch(words)), None)


def read_number(text: str) -> tuple[str, bool] | None:
    """Return the plain decimal text of a number and whether blanks broke it, or None.

    Blanks are taken out only where the pieces alone are no numbers: two numbers stay two.

    >>> read_number("1,545,4 80")
    ('1545480', True)
    >>> read_number("20 5") is None
    True
    """
    folded = fold(text).replace("+", "")
    sign = "-" if folded.startswith("-") else ""
    body = folded.removeprefix("-").strip()
    whole = body.replace(" ", "")
    if not (GROUPED.fullmatch(whole) or PLAIN.fullmatch(whole)):
        return None
    if " " in body and not _plainly_broken(body):
        return None
    if len(whole) > _LONGEST:
        return None
    return sign + whole.replace(",", "").removeprefix("+"), " " in body


def _plainly_broken(body: str) -> bool:
    return any(
        not (GROUPED.fullmatch(piece) or PLAIN.fullmatch(piece)) for piece in body.split(" ")
    )


def read_amount(text: str) -> Amount | None:
    """Return the one number a cell prints, with unit, note and comparison, or None.

    >>> read_amount("275件 (104/8 /31起 計算)")
    Amount(text='275', unit='件', note='104/8/31起計算', op=None, broken=False)
    >>> read_amount("3.5萬人次").text
    '35000'
    """
    body, note = take_note(fold(text))
    op = None
    if found := _BEFORE.match(body):
        op, body = OPS.get(found[1]), body[found.end() :]
    body = _arabic(body)
    printed = _NUMBER.match(body)
    number = read_number(printed[0]) if printed else None
    if not printed or not number:
        return None
    digits, rest, factor = number[0], _WRAP.sub("", body[printed.end() :]), 1
    if rest == "成":
        rest, factor = "%", 10
    scale = _SCALE.match(rest)
    if scale:
        factor, rest = _SCALES[scale[1]], rest[scale.end() :]
    if after := _AFTER.match(rest):
        op, rest = OPS.get(after[1], op), ""
    if done := _DONE.match(rest):
        rest, note = done[1], note or done[2]
    unit = _UNIT.match(rest) if rest.strip() else None
    if rest.strip() and (not unit or _NO_UNIT.search(rest)):
        return None
    if unit and unit[2]:
        op = OPS[unit[2]]
    return Amount(
        text=digits if factor == 1 else _plain(Decimal(digits) * factor),
        unit=unit[1].strip() if unit else None,
        note=note,
        op=op,
        broken=number[1],
        scale=scale[1] if scale else "",
    )


def take_note(folded: str) -> tuple[str, str | None]:
    """Return a folded cell without its closing bracket, and the words of that bracket.

    >>> take_note("100 (已完成)")
    ('100', '已完成')
    """
    found = re.search(r"\s*\(([^()]*)\)\s*$", folded)
    if not found or not found.start():
        return folded, None
    return folded[: found.start()].strip(), close_up(found[1])


def close_up(text: str) -> str:
    """Take out every blank but those between Latin letters.

    >>> close_up("104. 10.開 始 UCLG forum")
    '104.10.開始UCLG forum'
    """
    return re.sub(r"(?<![A-Za-z]) +| +(?![A-Za-z])", "", _BLANKS.sub(" ", text)).strip()


def round_half_up(number: Decimal, decimals: int = 0) -> Decimal:
    """Return the number rounded half up (四捨五入), away from zero at the half."""
    return number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _arabic(body: str) -> str:
    found = _CHINESE.match(body)
    if not found:
        return body
    number = _chinese_number(found[1])
    return body if number is None else f"{number}{body[found.end() :]}"


def _chinese_number(text: str) -> int | None:
    total = 0
    pending: int | None = None
    for ch in text:
        if ch in _DIGITS:
            if pending is not None:
                return None
            pending = _DIGITS[ch]
        else:
            total += (1 if pending is None else pending) * (10 if ch == "十" else 100)
            pending = None
    return total + (pending or 0)
