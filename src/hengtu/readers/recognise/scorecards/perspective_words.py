"""How a perspective or a theme is printed in rows, cells and titles."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hengtu.core.hanzi import halve, squeeze

_KNOWN = (
    r"顧客|客戶|民眾|公民|市民|服務對象|利害關係人|內部流程|內部程序|內部作業|流程|學習(?:與|及|和)?成長|學習|財務"
    r"|業務成果|行政效率|服務效能|財務管理|組織學習|人力資源|使命|願景|資源|創新(?:與|及)?學習"
)
_LETTER = r"[(（]?\s*(?P<letter>[A-Z])\s*[)）]?"
_PERSPECTIVE = re.compile(
    rf"^(?:[一二三四五六七八九十\d]{{1,3}}[、.．]|[(（][一二三四五六七八九十\d]{{1,2}}[)）])?"
    rf"(?:{_LETTER}[、.．:：]?)?"
    rf"(?:策略)?(?:(?:構面|層面|面向)[:：])?(?P<name>{_KNOWN}|[^\s,，。;；:：()（）]{{2,10}}?(?=構面|層面|面向))"
    rf"(?P<suffix>構面|層面|面向)?(?:{_LETTER.replace('letter', 'after')})?$"
)
_PAGE = re.compile(r"[(（]\s*\d+\s*/\s*\d+\s*[)）]|[(（]續[^)）]*[)）]|續$")
_THEME_LABEL = re.compile(r"^策略(?:主題|議題|主軸)\s*[:：]\s*(?=\S)")
_CODE_FIRST = re.compile(r"^(?:[(（]\s*([A-Z])\s*[)）]\s*|([A-Z])(?:[.．、:：]\s*|\s+))(?=\S)")
_CODE_LAST = re.compile(r"(?:\s+([A-Z])|[(（]\s*([A-Z])\s*[)）])$")


@dataclass(frozen=True, slots=True)
class Named:
    """A name and the letter printed with it."""

    name: str
    letter: str | None = None


def read_perspective(text: str, *, anything: bool = False) -> Named | None:
    """Return the perspective a cell names, or None; ``anything`` takes any words as a name.

    >>> read_perspective("【內部 流程 構面】"), read_perspective("財務 F")
    (Named(name='內部流程', letter=None), Named(name='財務', letter='F'))
    """
    words = re.sub(r"\s", "", squeeze(halve(text))).strip("【】〔〕[]")
    if not words:
        return None
    if found := _PERSPECTIVE.match(words):
        return Named(found["name"], found["letter"] or found["after"])
    return Named(words) if anything and len(words) <= 12 and not re.search(r"\d", words) else None


def read_theme(text: str) -> Named | None:
    """Return the theme that a title line or cell names with its letter, or None.

    >>> read_theme("策略主題：(A)便民服務(1/2)"), read_theme("便民服務 A")
    (Named(name='便民服務', letter='A'), Named(name='便民服務', letter='A'))
    """
    label = _THEME_LABEL.match(text.strip())
    words = _PAGE.sub("", halve(text.strip()[label.end() if label else 0 :])).strip()
    first, last = _CODE_FIRST.match(words), _CODE_LAST.search(words)
    if first:
        return _named(words[first.end() :], first[1] or first[2])
    if last:
        return _named(words[: last.start()], last[1] or last[2])
    return _named(words, None) if label else None


def _named(words: str, letter: str | None) -> Named | None:
    name = squeeze(words).strip(" :：、.")
    return Named(name, letter) if name and len(name) <= 30 else None


def is_theme_title(text: str) -> bool:
    """Whether a line says that it names a theme."""
    return _THEME_LABEL.match(text.strip()) is not None
