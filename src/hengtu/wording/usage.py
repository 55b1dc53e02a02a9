"""Wrong use of a command in words: what the argument parser says in English only."""

from __future__ import annotations

import re

from hengtu.wording.catalogue import Language, mark, say

TOLD: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sentence)
    for pattern, sentence in (
        (r"the following arguments are required: (?P<names>.+)", mark("缺少參數 {names}")),
        (r"unrecognized arguments: (?P<names>.+)", mark("沒有參數 {names}")),
        (
            r"argument (?P<name>\S+): invalid choice: '(?P<given>.*)' \(choose from (?P<names>.+)\)",
            mark("參數 {name} 沒有「{given}」這個選項；可用 {names}"),
        ),
        (r"argument (?P<name>\S+): expected one argument", mark("參數 {name} 須有一個值")),
        (
            r"argument (?P<name>\S+): not allowed with argument (?P<other>\S+)",
            mark("參數 {name} 與 {other} 不得併用"),
        ),
        (
            r"argument (?P<name>\S+): invalid \S+ value: '(?P<given>.*)'",
            mark("參數 {name} 的值「{given}」不正確"),
        ),
    )
)


def tell_usage(message: str, lang: Language = "zh-Hant") -> str:
    """Return what the argument parser complains about; other words stay as they are.

    >>> tell_usage("the following arguments are required: file")
    '缺少參數 file'
    >>> tell_usage("argument --report: invalid choice: 'x' (choose from 'map', 'cards')")
    '參數 --report 沒有「x」這個選項；可用 map、cards'
    """
    for pattern, sentence in TOLD:
        if found := pattern.fullmatch(message):
            fields = {name: words.replace("'", "") for name, words in found.groupdict().items()}
            return say(sentence, lang, **_listed(fields))
    return message


def _listed(fields: dict[str, str]) -> dict[str, str]:
    if "names" in fields:
        fields["names"] = fields["names"].replace(", ", "、")
    return fields
