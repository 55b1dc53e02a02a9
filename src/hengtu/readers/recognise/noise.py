"""What pages print beside their content: page numbers, closing words, logos; understood, never content."""

from __future__ import annotations

import re

from hengtu.core.hanzi import has_hanzi, squeeze
from hengtu.core.paper import Line, Paper, Row
from hengtu.readers.recognise.maps.org_units import unit_kind
from hengtu.readers.recognise.notes import Notes

_PAGE = re.compile(
    r"^[-－—–\s]*(?:第|[Pp]\.?|[Pp]age)?\s*\d{1,3}\s*(?:頁|/\s*\d{1,3}|of\s*\d{1,3})?"
    r"(?:[,，、\s]*共\s*\d{1,3}\s*頁)?[-－—–\s]*$"
)
_MAKER = re.compile(
    r"^(?:報告|簡報|編製|製作|製表|提報|彙整|填報|主辦|承辦)(?:單位|機關|科室|部門|人員?|者)\s*[:：]"
)
_SIGNING = re.compile(
    r"^(?:承辦人員?|單位主管|機關首長|首長|核章|會辦單位|核稿|審核|複核|製表人?|主辦會計人?員?|組長|課長|科長|股長|室主任|批示|決行)$"
)
_THANKS = r"指教|指正|卓參|鑒核|裁示|聆聽|感謝(?:您的)?(?:聆聽|指教)|謝謝(?:聆聽|指教|大家)?"
_CLOSING = re.compile(
    r"^(?:簡報|報告)?(?:完畢|結束|到此結束)?[\s,，。、!！]*(?:敬請|恭請|懇請)?"
    rf"(?:{_THANKS}|Q\s*&\s*A|THE END|Thank you.{{0,20}})?[\s,，。!！]*$",
    re.I,
)
_DECK_WORDS = re.compile(
    r"^(?:[一二三四五六七八九十壹貳參肆伍陸柒捌玖拾]{1,3}[、.．\s]\s*)?(?:(?:簡報|報告)?(?:大綱|目錄|內容|目次)|.{0,24}?(?:關鍵成功因素(?:與|及|、)?)?(?:關鍵)?績效指標(?:一覽表|總表|表)?|"
    r"(?:\d{2,3}年度?)?(?:.{0,24})?(?:策略地圖|平衡計分卡|計分卡)|策略主題|策略目標|構面|(?:策略|目標|因果)(?:連結|關聯|關係)|"
    r"(?:本?機關|.{0,8})?(?:使命|願景|核心價值)(?:[、及與\s]*(?:使命|願景|核心價值)){1,2})(?:[(（].{1,6}[)）])?$"
)
_LONGEST_LOGO = 40
_SHORT_NAME = 6


def claim_noise(paper: Paper, notes: Notes, agency: str) -> None:
    """Claim the lines that carry no content, so that nobody is asked about them."""
    for line in paper.lines:
        if not notes.claimed(line) and is_noise(line, agency):
            notes.claim(line)
    for table in paper.tables:
        notes.claim(*(row for row in table.rows if is_signing_row(row)))


def is_signing_row(row: Row) -> bool:
    """Whether a row is an empty block for signatures: nothing but the posts that sign."""
    filled = [squeeze(text) for text in row.texts if text]
    posts = [
        text for text in filled if _SIGNING.match(text) or unit_kind(text) in ("head", "deputy")
    ]
    return len(filled) >= 2 and len(posts) == len(filled)


def is_noise(line: Line, agency: str = "") -> bool:
    """Whether a line is a page number, a closing word, a slide's running title or a logo.

    >>> is_noise(Line("敬請指教")), is_noise(Line("PEI TING")), is_noise(Line("提升服務品質"))
    (True, True, False)
    """
    text = line.text.strip()
    return bool(
        _PAGE.match(text)
        or _CLOSING.match(text)
        or (_MAKER.match(text) and len(text) <= _LONGEST_LOGO)
        or _DECK_WORDS.match(squeeze(text))
        or (not has_hanzi(text) and not re.search(r"\d", text) and len(text) <= _LONGEST_LOGO)
        or _is_logo(squeeze(text), agency)
    )


def _is_logo(text: str, agency: str) -> bool:
    """Whether a short line is the agency's name, whole or shortened."""
    if not agency or len(text) < 2:
        return False
    letters = iter(agency)
    shortened = len(text) <= _SHORT_NAME and all(ch in letters for ch in text)
    return text == agency or shortened
