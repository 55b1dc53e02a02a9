"""The names of agencies in running text: where they end, what stands above them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from hengtu.core.hanzi import CJK, unwrap

_PLACE = r"(?:[\u4e00-\u9fff]{1,3}[縣市])"
_END = (
    r"(?:政府|公所|事務所|委員會|辦公室|圖書館|博物館|美術館|衛生所|健康服務中心|中心|大隊|分局|分處|總處|總局"
    r"|總署|研究所|院區|之家|[中小]學|檢驗所|動物園|園區|[局處署院部會館隊校廠站場園]|國小|國中|高中|大學|公司|(?<!機)關|清潔隊|所|學校|幼兒園|殯葬所|管理所|稽徵所)"
)
_STOP = re.compile(
    r"(?:中華)?民國|\d|[（(【〔「:：,，、]|中程|四年|年度|策略|平衡|施政|績效|提升|為民|服務品質|執行計畫|計畫"
    r"|計分卡|目標|簡報|報告|作業|業務|工作|管制|第[一二三四五六七八九十](?![\u4e00-\u9fff]{0,5}(?:分[署局處]|大隊|總隊|中隊|辦公室))|之(?!家)|及其|政策|推動|強化|優質|精進|重要|關鍵|行動|組織|便民|[校院館局處所會]務"
)
_NAME = re.compile(rf"^[{CJK}]{{1,24}}{_END}$")
_LONGEST_PREFIX = re.compile(rf"^([{CJK}]{{2,22}}{_END})")
_LEADING = re.compile(
    r"^(?:(?:中華)?民國)?\s*\d{2,4}\s*(?:[-~至到－]\s*\d{2,4}\s*)?(?:學年度|年度|年)?\s*|^附件\S?\s*"
)
_PARENT = re.compile(r"^(.*?(?:政府|行政院)|.{1,6}?(?<![中南北東西全])部)(?=.{2,}$)")
_SUPERVISORS = (
    ("戶政", "民政"),
    ("公所", "民政"),
    ("殯葬", "民政"),
    ("地政事務所", "地政"),
    ("衛生所", "衛生"),
    ("健康服務中心", "衛生"),
    ("清潔隊", "環境保護"),
    ("分局", "警察"),
    ("消防", "消防"),
    ("國小", "教育"),
    ("國中", "教育"),
    ("高中", "教育"),
    ("圖書館", "文化"),
    ("稅", "財政"),
)
_NOT_AGENCY = re.compile(
    r"^(?:本|各|該|貴|及|與|依|由|為|向|配合|學習|辦理|處理|共同)|(?:場所|處所|(?<!委員)會)$"
)


def agency_in_title(text: str) -> str | None:
    """Return the agency at the start of a title, or None.

    >>> agency_in_title("澄海市北汀區戶政事務所中程施政計畫（115至118年度）")
    '澄海市北汀區戶政事務所'
    >>> agency_in_title("109年度策略地圖") is None
    True
    """
    words = _LEADING.sub("", unwrap(text), count=1)
    stop = _STOP.search(words)
    head = words[: stop.start()] if stop else words
    head = re.sub(r"[\s\u3000]", "", head)
    if _NAME.match(head) and not _NOT_AGENCY.search(head):
        return head
    found = _LONGEST_PREFIX.match(head)
    if found and re.match(_PLACE, found[1]) and not _NOT_AGENCY.search(found[1]):
        return found[1]
    return None


def most_named(texts: Iterable[str]) -> str | None:
    """Return the agency that lines of the document name most often at their start, or None."""
    named = Counter(name for text in texts if len(text) < 60 and (name := agency_in_title(text)))
    placed = Counter({name: n for name, n in named.items() if re.match(_PLACE, name)})
    best = (placed or named).most_common(1)
    return best[0][0] if best and (placed or best[0][1] > 1) else None


def attested(name: str, texts: Iterable[str]) -> str:
    """Return the whole form of a name that lost a character or two, as another title prints it.

    >>> attested("青嵐市府秘書處", ["青嵐市政府秘書處策略地圖"])
    '青嵐市政府秘書處'
    """
    titles = (text for text in texts if len(text) < 60 and name[:2] in text)
    others = Counter(other for text in titles if (other := agency_in_title(text)))
    whole = [o for o in others if 0 < len(o) - len(name) <= 2 and _is_within(name, o)]
    damaged = re.match(r"^[\u4e00-\u9fff]{2}[縣市]府(?=.)", name) is not None
    fitting = [o for o in whole if others[o] > others[name] or (damaged and "政府" in o)]
    return max(fitting, key=lambda o: others[o], default=name)


def _is_within(part: str, whole: str) -> bool:
    left = iter(whole)
    return all(ch in left for ch in part)


def is_government(name: str) -> bool:
    """Whether a name is that of a government or ministry, under which agencies stand."""
    return re.search(r"(?:政府|行政院|[^\s]部)$", name) is not None


def parent_of(name: str, texts: Iterable[str]) -> str | None:
    """Return the authority above an agency: from its name, else the one that the text prints.

    Nothing is supposed: an authority that the document does not print is not named.

    >>> parent_of("桃園市政府法制處", [])
    '桃園市政府'
    >>> parent_of("嘉義縣朴子戶政事務所", ["配合嘉義縣政府辦理"])
    '嘉義縣政府'
    """
    if found := _PARENT.match(name):
        return found[1]
    place = re.match(r"^[\u4e00-\u9fff]{2}[縣市]", name)
    if not place:
        return None
    whole = "\n".join(re.sub(r"[ \u3000]", "", text) for text in texts)
    government = f"{place[0]}政府"
    if government not in whole or government == name:
        return None
    duty = next((above for word, above in _SUPERVISORS if word in name), None)
    if duty and (printed := re.search(rf"{government}({duty}[局處])", whole)):
        return government + printed[1]
    return government
