"""Filling rules: numbered lines under 填表說明, notes under a scorecard, advice inside header cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hengtu.core.hanzi import squeeze, unwrap
from hengtu.core.numbering import read_mark
from hengtu.core.paper import Line, Paper, Row
from hengtu.core.plan import Rule
from hengtu.core.source import Place, Source
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.scorecards.columns import texts_of

_HEADING = re.compile(
    r"^[※◎*]?\s*(?:[一二三四五六七八九十]、)?(?:填[表寫報列]|編[製訂]|撰寫|製表)"
    r"(?:說明|須知|注意事項|規則|原則|方式|要點)(?:事項)?\s*[:：]?\s*(?P<rest>.*)$"
)
_NOTE = re.compile(r"^[※◎*]?\s*(?:備\s*註|附\s*註|註|說\s*明)\s*\d*\s*[:：]\s*(?P<rest>.*)$")
_ADVICE = re.compile(r"請|勿|不得|應[予填以依]")
_SENTENCE_END = re.compile(r"[()（）。；;]")
_MARKED = re.compile(
    r"(?:^|(?<=[\s。；;]))(?:\d{1,2}[.、．](?!\d)|[(（]\d{1,2}[)）]|[一二三四五六七八九十]{1,2}、)"
)


def read_rules(
    paper: Paper, headers: Sequence[Row], last_rows: Sequence[Row], notes: Notes
) -> tuple[Rule, ...]:
    """Return the filling rules of a document that has a scorecard, as printed and in order.

    ``headers`` are the header rows, ``last_rows`` the rows that end a scorecard table.
    """
    ends = {row.place for row in last_rows}
    rules = _advice(headers)
    reading = under_table = False
    for block in paper.blocks:
        if isinstance(block, Line):
            under_table, reading = _read_line(
                block, rules, notes, reading=reading, under_table=under_table
            )
        else:
            under_table, reading = block.rows[-1].place in ends, False
    return tuple(rules)


def read_note_row(row: Row, notes: Notes) -> tuple[Rule, ...]:
    """Return the rules that a row inside a table prints under 填表說明 or 備註."""
    text = " ".join(cell for cell in texts_of(row) if cell)
    found = _HEADING.match(squeeze(text)) or _NOTE.match(squeeze(text))
    if not found:
        return ()
    notes.claim(row)
    return tuple(_rules(found["rest"], row.place))


def _advice(headers: Sequence[Row]) -> list[Rule]:
    rules: dict[str, Rule] = {}
    for row in headers:
        for text in texts_of(row):
            for sentence in filter(_ADVICE.search, _SENTENCE_END.split(squeeze(text))):
                words = sentence.strip(" ，,、")
                rules.setdefault(
                    words, Rule(no="", text=words, source=Source.at(row.place, raw=words))
                )
    return list(rules.values())


def _read_line(
    line: Line, rules: list[Rule], notes: Notes, *, reading: bool, under_table: bool
) -> tuple[bool, bool]:
    heading = _HEADING.match(line.text) or (_NOTE.match(line.text) if under_table else None)
    if heading:
        notes.claim(line)
        rules += _rules(heading["rest"], line.place)
        return False, True
    if not reading:
        return under_table and not line.text.strip(), False
    mark = read_mark(line.text)
    if mark and mark.rest and mark.depth > 1:
        rules.append(_rule(mark.no, mark.rest, line.place))
    elif line.bullet:
        rules.append(_rule("", line.text, line.place))
    elif rules and not line.gap_before and rules[-1].source.line is not None:
        rules[-1] = _longer(rules[-1], line)
    else:
        return False, False
    notes.claim(line)
    return False, True


def _longer(rule: Rule, line: Line) -> Rule:
    raw = f"{rule.source.raw} {line.text}"
    source = rule.source.join(Source.at(line.place))
    return Rule(
        no=rule.no, text=unwrap(f"{rule.text} {line.text}"), source=source if raw else rule.source
    )


def _rules(text: str, place: Place) -> list[Rule]:
    starts = [found.start() for found in _MARKED.finditer(text)]
    if not starts:
        return [_rule("", text, place)] if text.strip() else []
    pieces = [
        text[begin:end].strip() for begin, end in zip(starts, [*starts[1:], len(text)], strict=True)
    ]
    marks = [(read_mark(piece), piece) for piece in pieces]
    return [
        _rule(mark.no if mark else "", mark.rest if mark else piece, place) for mark, piece in marks
    ]


def _rule(no: str, text: str, place: Place) -> Rule:
    return Rule(no=no, text=unwrap(text), source=Source.at(place, raw=text))
