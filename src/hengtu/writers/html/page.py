"""From a report to a page that needs nothing else: no script, no font, no other file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from hengtu.writers.html.stylesheet import stylesheet
from hengtu.writers.report import (
    Block,
    Cell,
    Column,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Report,
    Row,
    TableBlock,
    merge_groups,
)
from hengtu.writers.svg import draw

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def write(report: Report) -> bytes:
    """Return a report as an HTML document in UTF-8."""
    subtitle = f'<p class="subtitle">{words_of(report.subtitle)}</p>' if report.subtitle else ""
    told = [report.title, *(b.text for b in report.blocks if isinstance(b, Heading))]
    body = "\n".join(
        _block(block, f"b{number}", told) for number, block in enumerate(report.blocks, start=1)
    )
    widths = [width for table in report.tables for width in _widths(table)]
    sheet = stylesheet(wide=report.wide, widths=widths)
    return (
        f'<!doctype html>\n<html lang="{report.lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{words_of(report.title)}</title>\n<style>{sheet}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{words_of(report.title)}</h1>\n{subtitle}\n{body}\n</main>\n</body>\n</html>\n"
    ).encode()


def words_of(text: str) -> str:
    """Return a text escaped for HTML, its line feeds as line breaks."""
    return escape(_UNPRINTABLE.sub("", text)).replace("\n", "<br>")


def _block(block: Block, prefix: str, told: Sequence[str]) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{words_of(block.text)}</h{block.level}>"
        case Paragraph():
            kind = ' class="note"' if block.role == "note" else ""
            return f"<p{kind}>{words_of(block.text)}</p>"
        case Listing():
            items = "".join(f"<li>{words_of(item)}</li>" for item in block.items)
            return f"<ul>{items}</ul>"
        case Picture():
            return f'<figure class="map">{draw(block.figure, standalone=False, prefix=prefix)}</figure>'
        case TableBlock():
            return _table(block, is_told=any(block.caption in title for title in told))


def _table(table: TableBlock, *, is_told: bool) -> str:
    shares = "".join(f'<col class="w{width}">' for width in _widths(table))
    rows = "\n".join(_row(row, table) for row in table.rows)
    hidden = ' class="spoken"' if is_told else ""
    return (
        f'<div class="sheet" role="region" tabindex="0" aria-label="{words_of(table.caption)}"><table>'
        f"<caption{hidden}>{words_of(table.caption)}</caption><colgroup>{shares}</colgroup>\n"
        f"<thead>{_head(table.columns)}</thead>\n<tbody>\n{rows}\n</tbody></table></div>"
    )


def _widths(table: TableBlock) -> list[int]:
    whole = sum(column.share for column in table.columns)
    return [max(1, round(100 * column.share / whole)) for column in table.columns]


def _head(columns: Sequence[Column]) -> str:
    if not any(column.group for column in columns):
        return "<tr>" + "".join(_column(column, "") for column in columns) + "</tr>"
    upper: list[str] = []
    position = 0
    for group, width in merge_groups(columns):
        if group:
            upper.append(f'<th scope="colgroup" colspan="{width}">{words_of(group)}</th>')
        else:
            upper.append(_column(columns[position], ' rowspan="2"'))
        position += width
    lower = "".join(_column(column, "") for column in columns if column.group)
    return f"<tr>{''.join(upper)}</tr><tr>{lower}</tr>"


def _column(column: Column, spans: str) -> str:
    return f'<th scope="col"{spans}{_classes("plain", column.align)}>{words_of(column.title)}</th>'


def _row(row: Row, table: TableBlock) -> str:
    if table.is_band(row):
        width = len(table.columns)
        text = words_of(row.cells[0].text)
        return f'<tr class="band"><th scope="colgroup" colspan="{width}">{text}</th></tr>'
    return "<tr>" + "".join(_cell(cell) for cell in row.cells) + "</tr>"


def _cell(cell: Cell) -> str:
    spans = (f' colspan="{cell.columns}"' if cell.columns > 1 else "") + (
        f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    )
    tag, scope = ("td", "")
    if cell.role == "head" and cell.text:
        tag, scope = "th", ' scope="rowgroup"' if cell.rows > 1 else ' scope="row"'
    spoken = f'<span class="spoken">{words_of(cell.spoken)}</span>' if cell.spoken else ""
    text = (
        f'<span aria-hidden="true">{words_of(cell.text)}</span>' if spoken else words_of(cell.text)
    )
    return f"<{tag}{scope}{spans}{_classes(cell.role, cell.align)}>{text}{spoken}</{tag}>"


def _classes(role: str, align: str) -> str:
    names = [name for name in (role, align) if name not in ("plain", "start")]
    return f' class="{" ".join(names)}"' if names else ""
