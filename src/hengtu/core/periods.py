"""Periods as Taiwan's agencies print them: ROC years, their halves, quarters and months."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hengtu.core.amounts import close_up, fold

ROC_OFFSET = 1911
_FIRST_ROC, _LAST_ROC = 1, 199
SLOTS = 19  # 12 months, 4 quarters, 2 halves and the year
_QUARTERS, _HALVES, _WHOLE = 12, 16, 18
_YEAR = re.compile(
    r"(?:民國|中華民國|西元|公元|CE|AD)?\s*(?<!\d)(\d{2,4})\s*(?:學年度|會計年度|年度|年)"
)
_BARE = re.compile(r"^(?:FY\s*)?(\d{2,4})$")
_RANGE = re.compile(
    r"(?<!\d)(\d{2,4})\s*(?:年度|年)?\s*(?:至|到|[-–—－~～∼])\s*(?:民國)?\s*(\d{2,4})(?!\d)"
    r"(?!\s*[./月])"
)
_CODED = re.compile(r"^(\d{2,4})(?:[Qq]([1-4])|[Hh]([12])|[-./](\d{1,2}))?$")
_QUARTER = re.compile(r"第?\s*([1-4一二三四])\s*季")
_HALF = re.compile(r"([上下])半年")
_MONTH = re.compile(r"(\d{1,2})\s*月")
_DATE = re.compile(
    r"(?<!\d)(\d{2,4})\s*(?:年|[./-])\s*(\d{1,2})(?:\s*(?:月|[./-])\s*(\d{1,2})?\s*日?)?"
)
_SINCE = re.compile(r"(?:起|開始|始|以後|以來|後)")
_UNTIL = re.compile(r"截至|截止|迄|止|為止|底止|前")
_MONTHS = re.compile(r"(\d{1,2})月?\s*(?:至|到|[-–—－~～])\s*(\d{1,2})\s*月")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A ROC year, or one half, quarter or month of it.

    >>> str(Period(109, quarter=1)), str(Period(109, month=3)), str(Period(109))
    ('109Q1', '109-03', '109')
    """

    roc_year: int
    half: int | None = None
    quarter: int | None = None
    month: int | None = None

    def __str__(self) -> str:
        if self.half:
            return f"{self.roc_year}H{self.half}"
        if self.quarter:
            return f"{self.roc_year}Q{self.quarter}"
        return f"{self.roc_year}-{self.month:02d}" if self.month else str(self.roc_year)

    @property
    def ce_year(self) -> int:
        """The year of the common era."""
        return self.roc_year + ROC_OFFSET

    @property
    def whole_year(self) -> bool:
        """Whether the period is a full year."""
        return not (self.half or self.quarter or self.month)

    @property
    def months(self) -> tuple[int, ...]:
        """The months it covers, 1 to 12."""
        if self.half:
            return tuple(range(self.half * 6 - 5, self.half * 6 + 1))
        if self.quarter:
            return tuple(range(self.quarter * 3 - 2, self.quarter * 3 + 1))
        return (self.month,) if self.month else tuple(range(1, 13))

    @property
    def code(self) -> int:
        """The period as a small integer: 19 to a ROC year, its months, quarters, halves, the year.

        >>> Period(114, month=3).code, Period(114).code, str(Period.from_code(114 * 19 + 13))
        (2168, 2184, '114Q2')
        """
        return self.roc_year * SLOTS + self._slot

    @property
    def _slot(self) -> int:
        if self.month:
            return self.month - 1
        if self.quarter:
            return _QUARTERS + self.quarter - 1
        return _HALVES + self.half - 1 if self.half else _WHOLE

    @classmethod
    def from_code(cls, code: int) -> Period:
        """Return the period of a code."""
        roc_year, slot = divmod(code, SLOTS)
        if slot < _QUARTERS:
            return cls(roc_year, month=slot + 1)
        if slot < _HALVES:
            return cls(roc_year, quarter=slot - _QUARTERS + 1)
        return cls(roc_year, half=slot - _HALVES + 1) if slot < _WHOLE else cls(roc_year)


def to_roc(printed: int) -> int | None:
    """Return the ROC year of a printed year, ROC or common era; None for what is neither.

    >>> to_roc(105), to_roc(2016), to_roc(1500)
    (105, 105, None)
    """
    if _FIRST_ROC <= printed <= _LAST_ROC:
        return printed
    if ROC_OFFSET < printed <= ROC_OFFSET + _LAST_ROC:
        return printed - ROC_OFFSET
    return None


def read_roc_year(text: str) -> int | None:
    """Return the ROC year that a heading names: 105年度目標值, 民國105年, 2016, 105.

    >>> read_roc_year("102年 實際值"), read_roc_year("2016年"), read_roc_year("1 05 年度 目標")
    (102, 105, 105)
    """
    words = close_up(fold(text))
    found = _YEAR.search(words) or _BARE.match(words)
    return to_roc(int(found[1])) if found else None


def read_roc_years(text: str) -> tuple[int, ...]:
    """Return the ROC years named, a span (111至114年度) filled in, in rising order.

    >>> read_roc_years("111-114年"), read_roc_years("105、106及107年度")
    ((111, 112, 113, 114), (105, 106, 107))
    """
    words = close_up(fold(text))
    if span := _RANGE.search(words):
        first, last = to_roc(int(span[1])), to_roc(int(span[2]))
        if first and last and 0 <= last - first <= 30:
            return tuple(range(first, last + 1))
    listed = re.search(r"((?:\d{2,4}(?:年度|年)?[、,及與和]){1,30}\d{2,4})(?:年度|年)", words)
    numbers = re.findall(r"\d{2,4}", listed[1]) if listed else [m[1] for m in _YEAR.finditer(words)]
    return tuple(sorted({year for n in numbers if (year := to_roc(int(n)))}))


def read_period(text: str) -> Period | None:
    """Return the period named: ``109Q1``, ``109H1``, ``109-03``, 109年第1季, 109年上半年, 109年3月.

    >>> str(read_period("109年第二季")), str(read_period("109Q4")), str(read_period("2020-03"))
    ('109Q2', '109Q4', '109-03')
    """
    words = close_up(fold(text))
    if coded := _CODED.match(words):
        return _coded(coded)
    roc_year = read_roc_year(words)
    if roc_year is None:
        return None
    rest = words[found.end() :] if (found := _YEAR.search(words)) else ""
    if quarter := _QUARTER.search(rest):
        return Period(
            roc_year,
            quarter="_1234".find(quarter[1])
            if quarter[1].isdigit()
            else "_一二三四".find(quarter[1]),
        )
    if half := _HALF.search(rest):
        return Period(roc_year, half=1 if half[1] == "上" else 2)
    if (month := _MONTH.search(rest)) and 1 <= int(month[1]) <= 12:
        return Period(roc_year, month=int(month[1]))
    return Period(roc_year)


def _coded(found: re.Match[str]) -> Period | None:
    roc_year = to_roc(int(found[1]))
    if roc_year is None:
        return None
    if found[2]:
        return Period(roc_year, quarter=int(found[2]))
    if found[3]:
        return Period(roc_year, half=int(found[3]))
    if found[4]:
        return Period(roc_year, month=int(found[4])) if 1 <= int(found[4]) <= 12 else None
    return Period(roc_year)


def read_since(text: str) -> str | None:
    """Return the ROC date from which a value counts, as ``104.8.31`` or ``104.10``, or None.

    >>> read_since("104/8 /31起 計算"), read_since("104. 10.開 始"), read_since("已完成")
    ('104.8.31', '104.10', None)
    """
    words = close_up(fold(text))
    found = _DATE.search(words)
    if not found or not _SINCE.search(words[found.end() - 1 :]):
        return None
    roc_year, month, day = to_roc(int(found[1])), int(found[2]), int(found[3] or 0)
    if roc_year is None or not 1 <= month <= 12 or day > 31:
        return None
    return f"{roc_year}.{month}.{day}" if day else f"{roc_year}.{month}"


def covers_part(text: str) -> bool:
    """Whether a note beside a value says that only part of the year is counted.

    >>> covers_part("1-6月"), covers_part("截至9月底"), covers_part("已完成")
    (True, True, False)
    """
    words = close_up(fold(text))
    if read_since(words):
        return True
    if span := _MONTHS.search(words):
        return (int(span[1]), int(span[2])) != (1, 12)
    if _HALF.search(words) or _QUARTER.search(words):
        return True
    return bool(_MONTH.search(words) and (_UNTIL.search(words) or _SINCE.search(words)))
