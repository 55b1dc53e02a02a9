"""Timings and targets that hide in work texts: 按季召開 is quarterly, 每年至少2次 asks for 2 a year."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from hengtu.core.hanzi import halve, unwrap
from hengtu.core.plan import Op, Timing, WorkTarget

_HAN_DIGITS = "零一二三四五六七八九"
_N = r"(?:\d{1,3}|[一二兩三四五六七八九十]{1,3}|單|雙)"
_OCCASION = rf"[^\d，。；;、,：:（(第]{{0,8}}?({_N})\s?[次回](?!於|日)"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_NO_DATE = r"(?<![\d第.])(?<!\d年)(?<!\d )"
_MONTH_LIST = rf"{_MONTH}月(?:份|底|初|中旬|上旬|下旬)?(?:\d{{1,2}}日)?"
_WITHIN = r"(?:初|底|中旬|上旬|下旬|終了|結束)?(?:後|第)?(?:\d{1,2}個?工作[日天](?:以?內)?前?|\d{1,2}[日號]以?前)?"
_NEXT_YEAR = r"(?:次|隔|翌|明)年(?:度)?"

_NAMED: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"每(?:個)?(?:工作)?[日天]|按日|逐日|每一上班日"), "daily"),
    (re.compile(r"(?:每|按|逐)個?(?:週|周|星期|禮拜)(?:定期)?"), "weekly"),
    (re.compile(r"每半年(?:度)?|按半年"), "half_yearly"),
    (re.compile(rf"(?:每|按|逐)個?月(?:份)?{_WITHIN}(?:定期)?"), "monthly"),
    (re.compile(rf"(?:每|按|逐)一?季(?:度)?{_WITHIN}(?:定期)?"), "quarterly"),
    (re.compile(r"(?:每|按)(?:一|會計|學)?年(?:度)?(?:定期)?|年度內定期"), "yearly"),
    (re.compile(r"每學期"), "2_per_year"),
)
_LOOSE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"隨到隨[辦考審核收]|隨時|視(?:實際)?需要|依需(?:求|要)|視業務需要"), "on_demand"),
    (re.compile(r"(?:定期[及或與、])?不定[期時]"), "irregular"),
    (re.compile(r"(?<!不)定期(?!存|限)"), "regular"),
    (
        re.compile(r"平時|經常性?|常態性?|全年度?(?=辦理|持續|執行|$)|持續(?=辦理|執行|進行)"),
        "ongoing",
    ),
)
_EVERY_N = re.compile(rf"每\s?({_N})\s?(?:個)?(月|年|週|周|星期|季|日|天)(?!度)")
_PER_PERIOD = re.compile(
    rf"(每半年|(?:每|一)(?:學)?年度?|(?:每|一)季|(?:每|一)個?月|(?:每|一)[週周])內?{_OCCASION}"
)
_HALF_YEAR_ONCE = re.compile(rf"(?<![上下])半年{_OCCASION}")
_MONTH_RANGE = re.compile(
    rf"(?<![\d第.])(?<!\d )(?:(?P<roc_year>\d{{2,3}})年|(?<!\d年)(?:每年)?)(?P<first>{_MONTH})"
    rf"月?(?:份|初|\d{{1,2}}日)?起?\s?[至到~～\-－–—]\s?"
    rf"(?:(?P<to_year>\d{{2,3}})年)?(?P<last>{_MONTH})月(?:份|底|\d{{1,2}}日)?(?:止|前)?"
)
_MONTHS_NAMED = re.compile(
    rf"(?:於|在|訂於|預定)?(?:每年度?結束於|每年度?|年度)?(?:{_NEXT_YEAR})?{_NO_DATE}"
    rf"{_MONTH_LIST}(?:\s?[、及和與,，]\s?(?:{_NEXT_YEAR})?{_MONTH_LIST}){{0,11}}(?:（遇假日順延）|\(遇假日順延\)|前)?"
)
_MONTH_PAIR = re.compile(rf"{_NO_DATE}((?:{_MONTH}\s?[、及,，]\s?){{1,11}}{_MONTH})月(?!\d)")
_QUARTER = re.compile(r"(?<![年\d])(?:每年)?第\s?([1-4一二三四])\s?季(?!度?新增)")
_HALF = re.compile(r"(?<!年)(?:每年)?([上下])半年(?:度)?")
_YEAR_END = re.compile(r"(?:每年|於)?(?:年底|年終|歲末)(?=前|辦理|彙|召開|完成|檢討|$)前?")
_UNIT = (
    r"%|小時|分鐘|萬元|千元|億元|元|人次|萬人次|家次|戶次|件次|場次|車次|班次|梯次|人日|人|名|位|次|件|場|則|份|篇|案|處|戶|張|支|家|輛|冊|"
    r"堂|門|班|項|期|回|分(?!之|析|工|層|類|別|享|組|送|發|散|級|局|所|區)|點|站|座|株|公頃|公里|公噸|噸|公斤|度|GB|MB|[日天]"
)
_NUMBER = r"(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|[一二兩三四五六七八九十]{1,3})"
_AMOUNT = rf"{_NUMBER}\s?個?({_UNIT})"
_PER: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"每人每年|每人.{0,4}每年|每年.{0,3}每人"), "person_year"),
    (re.compile(r"每半年"), "half_year"),
    (re.compile(rf"每{_N}個?(?:月|年|週|季)"), ""),
    (re.compile(r"每[日天]"), "day"),
    (re.compile(r"每[週周]"), "week"),
    (re.compile(r"每個?月|按月"), "month"),
    (re.compile(r"每季|按季"), "quarter"),
    (re.compile(r"每年|年度|全年|本年|一年|當年"), "year"),
)
_AT_LEAST = r"至少應?|最少|不得?少於|不得?低於|應達到?|須達|達成率?|達到?|高於|超過|維持|提升至|提高至|[≥≧>]=?|以上"
_AT_MOST = (
    r"至多|最多|不得?超過|不得?高於|不得?逾|低於|少於|控制在|縮短為|縮短至|降低至|降至|減至|[≤≦<]=?"
)
_ASKED = re.compile(
    rf"({_AT_MOST}|{_AT_LEAST})[^\d，。；;,：:、第]{{0,6}}?{_AMOUNT}(以上|以下|以內|內)?"
)
_BOUNDED = re.compile(rf"(?<![\d年月第滿]){_AMOUNT}(以上|以下|以內)")
_GOAL = re.compile(rf"目標[^\d，。；;,第]{{0,8}}?{_AMOUNT}(以上|以下|以內)?")
_PLAIN = re.compile(rf"(?<![\d第.])(?<!\d[月年]){_AMOUNT}")
_CLAUSE = re.compile(r"[^。；;！？!?]+")
_PHRASES = re.compile(r"[，、：:]|,(?!\d{3})")
_SPLIT_PER = re.compile(
    r"每(?:人|半年|[日天週周季年]|個?月|[\d一二兩三四五六七八九十]+個?(?:月|年|週|季))|年度|全年|一年"
)


def read_timing(text: str) -> Timing | None:
    """Return when a work text says the work is due, or None.

    Frequencies are ``daily weekly monthly quarterly half_yearly yearly``, ``every_<n>_<days|weeks|months|years>``,
    ``<n>_per_<week|month|quarter|half_year|year>``, ``regular irregular ongoing on_demand``. Months are set only
    where the words fix them.

    >>> read_timing("按季召開座談會")
    Timing(raw='按季', frequency='quarterly', months=None)
    >>> read_timing("每年1月及7月抽查").months
    (1, 7)
    >>> read_timing("每3個月辦理1次").frequency
    'quarterly'
    """
    words = halve(unwrap(text))
    fixed = _fixed_months(words)
    found = next((t for read in _READERS if (t := read(words))), None)
    if fixed is None:
        return found
    if found is None or _is_wide(found):
        return fixed
    return found


def read_target(text: str) -> WorkTarget | None:
    """Return the first target that hides in a work text, or None.

    A number counts only beside a goal word, a comparison or a period: 第3級 or 80歲以上 is none. ``per`` is
    ``person_year year half_year quarter month week day`` or None.

    >>> read_target("每年至少上3小時採購課程")
    WorkTarget(op='>=', value=3.0, unit='小時', per='year', raw='每年至少上3小時')
    >>> read_target("年度目標覆蓋率達35%").value
    35.0
    >>> read_target("核發第3級以上證書") is None
    True
    """
    for clause in _CLAUSE.findall(halve(unwrap(text))):
        for read in (_goal_target, _asked_target, _period_target):
            if target := read(clause):
                return target
    return None


def _fixed_months(words: str) -> Timing | None:
    found = _MONTH_RANGE.search(words)
    if found and (span := _span_of(found)):
        return _fixed(found[0], span, words)
    found = _MONTH_PAIR.search(words)
    if found:
        return _fixed(found[0], tuple(month_number(m) for m in re.findall(_MONTH, found[1])), words)
    for hit in _MONTHS_NAMED.finditer(words):
        months = tuple(dict.fromkeys(month_number(m) for m in re.findall(rf"({_MONTH})月", hit[0])))
        if months and not re.match(r"起|新增|後出生|\d|個", words[hit.end() :]):
            return _fixed(hit[0], months, words)
    return _part_of_year(words)


def _span_of(found: re.Match[str]) -> tuple[int, ...]:
    """Return the months of a printed range; nothing when it runs over more than twelve months."""
    first, last = month_number(found["first"]), month_number(found["last"])
    years = int(found["to_year"] or 0) - int(found["roc_year"] or 0) if found["to_year"] else 0
    over = bool(found["to_year"]) and years * 12 + last - first >= 12
    return () if over else _span(first, last)


def _part_of_year(words: str) -> Timing | None:
    if found := _QUARTER.search(words):
        first = ("1234".find(found[1]) if found[1].isdigit() else "一二三四".find(found[1])) * 3 + 1
        return _fixed(found[0], _span(first, first + 2), words)
    if found := _HALF.search(words):
        return _fixed(found[0], _span(1, 6) if found[1] == "上" else _span(7, 12), words)
    if found := _YEAR_END.search(words):
        return _fixed(found[0], (12,), words)
    return None


def _fixed(raw: str, months: tuple[int, ...], words: str) -> Timing:
    yearly = "每年" in words or "年度" in words
    count = len(months)
    apart = 1 + sum(1 for one, other in pairwise(months) if other != one + 1)
    frequency = ("yearly" if apart == 1 else f"{count}_per_year") if yearly else None
    return Timing(raw=raw.strip("，,、"), frequency=frequency, months=months)


def _span(first: int, last: int) -> tuple[int, ...]:
    if first <= last:
        return tuple(range(first, last + 1))
    return (*range(first, 13), *range(1, last + 1))


def _is_wide(found: Timing) -> bool:
    """Whether a rhythm is a bare 每年 or 定期, over which months win; a closer one printed before them stays."""
    return found.frequency in ("yearly", "regular", "irregular", "ongoing", "on_demand") or (
        found.frequency is not None and found.frequency.endswith("_per_year")
    )


def _occasions(words: str) -> Timing | None:
    """Read 每年舉辦2次, 每半年1次."""
    if found := _PER_PERIOD.search(words):
        period = _period_name(found[1])
        return Timing(raw=found[0], frequency=_per_period(numeral_value(found[2]), period))
    if found := _HALF_YEAR_ONCE.search(words):
        return Timing(raw=found[0], frequency=_per_period(numeral_value(found[1]), "half_year"))
    return None


def _period_name(words: str) -> str:
    if "半年" in words:
        return "half_year"
    return next(
        name
        for sign, name in (
            ("年", "year"),
            ("季", "quarter"),
            ("月", "month"),
            ("週", "week"),
            ("周", "week"),
        )
        if sign in words
    )


def _per_period(count: float, period: str) -> str:
    plain = {
        "half_year": "half_yearly",
        "year": "yearly",
        "quarter": "quarterly",
        "month": "monthly",
        "week": "weekly",
    }
    return plain[period] if count == 1 else f"{int(count)}_per_{period}"


def _intervals(words: str) -> Timing | None:
    """Read 每3個月, 每2週, 每兩年."""
    for found in _EVERY_N.finditer(words):
        count, unit = int(numeral_value(found[1])), found[2]
        if unit == "月" and "個" not in found[0] and found[1].isdigit():
            continue
        return Timing(
            raw=found[0] + _once_after(words, found.end()), frequency=_interval_name(count, unit)
        )
    return None


def _once_after(words: str, end: int) -> str:
    after = re.match(rf"[^\d，。；、]{{0,4}}?{_N}次", words[end:])
    return after[0] if after else ""


def _interval_name(count: int, unit: str) -> str:
    months = {"月": count, "季": count * 3, "年": count * 12}.get(unit)
    if months:
        named = {1: "monthly", 3: "quarterly", 6: "half_yearly", 12: "yearly"}.get(months)
        return named or (f"every_{count}_years" if unit == "年" else f"every_{months}_months")
    if unit in "日天":
        return "daily" if count == 1 else f"every_{count}_days"
    return "weekly" if count == 1 else f"every_{count}_weeks"


def _first_of(table: tuple[tuple[re.Pattern[str], str], ...]) -> Callable[[str], Timing | None]:
    def read(words: str) -> Timing | None:
        hits = [(found, name) for pattern, name in table if (found := pattern.search(words))]
        if not hits:
            return None
        found, name = min(hits, key=lambda hit: hit[0].start())
        return Timing(raw=found[0], frequency=name)

    return read


_READERS: tuple[Callable[[str], Timing | None], ...] = (
    _occasions,
    _intervals,
    _first_of(_NAMED),
    _first_of(_LOOSE),
)


def _goal_target(clause: str) -> WorkTarget | None:
    found = _GOAL.search(clause)
    if not found:
        return None
    return _target(
        clause,
        found,
        found[1],
        found[2],
        ">=" if not (found[3] or "").startswith(("以下", "以內")) else "<=",
    )


def _asked_target(clause: str) -> WorkTarget | None:
    """Read 至少3小時, 達90%以上, 不超過10分鐘."""
    for found in _ASKED.finditer(clause):
        word, number, unit, after = found[1], found[2], found[3], found[4] or ""
        per = _per(clause[: found.start()])
        firm = (
            unit == "%"
            or per is not None
            or re.match(r"至少|最少|不|應達|須達|至多|最多|控制|縮短|降|[≥≧≤≦<>]", word)
        )
        if not firm or _is_date(clause, found):
            continue
        lower = re.fullmatch(_AT_MOST, word) is not None or after.startswith(("以下", "以內", "內"))
        return _target(clause, found, number, unit, "<=" if lower else ">=")
    for found in _BOUNDED.finditer(clause):
        if found[2] == "%" or (_per(clause[: found.start()]) and found[2] not in "日天"):
            return _target(clause, found, found[1], found[2], ">=" if found[3] == "以上" else "<=")
    return None


def _period_target(clause: str) -> WorkTarget | None:
    """Read 每年舉辦2次, 每年訓練時數3小時: a period and a number in one breath."""
    for part in _PHRASES.split(clause):
        head = _SPLIT_PER.search(part)
        if not head or not (found := _PLAIN.search(part, head.end())):
            continue
        near = found.start() - head.end() <= 16 and found[2] not in (
            "日",
            "天",
            "點",
            "期",
            "度",
            "名",
            "位",
        )
        if near and not _is_date(part, found):
            return _target(part, found, found[1], found[2], "=")
    return None


def _is_date(clause: str, found: re.Match[str]) -> bool:
    return re.search(r"月\s?\d{1,2}[日號]", found[0]) is not None or clause[
        : found.start()
    ].endswith("第")


def _target(clause: str, found: re.Match[str], number: str, unit: str, op: Op) -> WorkTarget:
    before = clause[: found.start()]
    start = found.start()
    heads = [
        h for h in _SPLIT_PER.finditer(clause, 0, found.end()) if found.start() - h.start() <= 24
    ]
    if heads and not re.search(r"[，,]", clause[heads[-1].start() : found.start()]):
        start = min(heads[-1].start(), start)
    return WorkTarget(
        op=op,
        value=numeral_value(number),
        unit=unit,
        per=_per(before + found[0]),
        raw=clause[start : found.end()].strip("，, "),
    )


def _per(words: str) -> str | None:
    for pattern, name in _PER:
        hits = list(pattern.finditer(words))
        if hits:
            return name or _interval_per(hits[-1][0])
    return None


def _interval_per(words: str) -> str:
    """Return the period of 每3個月: its usual name where it has one."""
    found = re.search(rf"({_N})個?(月|年|週|季)", words)
    name = _interval_name(int(numeral_value(found[1])), found[2]) if found else ""
    return {
        "quarterly": "quarter",
        "half_yearly": "half_year",
        "yearly": "year",
        "monthly": "month",
    }.get(name, name.removeprefix("every_"))


def month_number(text: str) -> int:
    """Return the number of a month word: ``7``, ``07``, ``七``, ``十二``.

    >>> month_number("十二"), month_number("07")
    (12, 7)
    """
    return int(numeral_value(text))


def numeral_value(text: str) -> float:
    """Return the number that digits or a Chinese numeral below 100 stand for.

    >>> numeral_value("1,200"), numeral_value("兩"), numeral_value("十二")
    (1200.0, 2.0, 12.0)
    """
    plain = text.replace(",", "").replace("兩", "二").replace("單", "一").replace("雙", "二")
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return float(plain)
    tens, ten, ones = plain.partition("十")
    if not ten:
        return float("".join(str(_HAN_DIGITS.index(ch)) for ch in plain))
    return float(
        (_HAN_DIGITS.index(tens[-1]) if tens else 1) * 10
        + (_HAN_DIGITS.index(ones[0]) if ones else 0)
    )
