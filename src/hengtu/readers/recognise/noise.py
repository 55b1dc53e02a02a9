"""What pages print beside their content: page numbers, closing words, logos; understood, never content."""

from __future__ import annotations

import re

from hengtu.core.hanzi import has_hanzi, squeeze
from hengtu.core.paper import Line, Paper
from hengtu.readers.recognise.notes import Notes

_PAGE = re.compile(r"^[-－—–\s]*(?:第|[Pp]\.?|[Pp]age)?\s*\d{1,3}\s*(?:頁|/\s*\d{1,3})?[-－—–\s]*$")
_THANKS = r"指教|指正|卓參|鑒核|裁示|聆聽|感謝(?:您的)?(?:聆聽|指教)|謝謝(?:聆聽|指教|大家)?"
_CLOSING = re.compile(
    r"^(?:簡報|報告)?(?:完畢|結束|到此結束)?[\s,，。、!！]*(?:敬請|恭請|懇請)?"
    rf"(?:{_THANKS}|Q\s*&\s*A|THE END|Thank you.{{0,20}})?[\s,，。!！]*$",
    re.I,
)
_DECK_WORDS = re.compile(
    r"^(?:(?:簡報|報告)?(?:大綱|目錄|內容|目次)|(?:\d{2,3}年度?)?(?:.{0,24})?(?:策略地圖|平衡計分卡|計分卡)|策略主題|策略目標|構面|"
    r"(?:本?機關|.{0,8})?(?:使命|願景|核心價值)(?:[、及與\s]*(?:使命|願景|核心價值)){1,2})(?:[(（].{1,6}[)）])?$"
)
_LONGEST_LOGO = 40
_SHORT_NAME = 6


def claim_noise(paper: Paper, notes: Notes, agency: str) -> None:
    """Claim the lines that carry no content, so that nobody is asked about them."""
    for line in paper.lines:
        if not notes.claimed(line) and is_noise(line, agency):
            notes.claim(line)


def is_noise(line: Line, agency: str = "") -> bool:
    """Whether a line is a page number, a closing word, a slide's running title or a logo.

    >>> is_noise(Line("敬請指教")), is_noise(Line("PEI TING")), is_noise(Line("提升服務品質"))
    (True, True, False)
    """
    text = line.text.strip()
    return bool(
        _PAGE.match(text)
        or _CLOSING.match(text)
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
