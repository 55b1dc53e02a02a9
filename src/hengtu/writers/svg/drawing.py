"""From a figure to SVG text, free of scripts and of style attributes."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

from hengtu.writers.figure import Arrow, Box, Card, Figure, Part, Point, Words
from hengtu.writers.palette import ARROW, BRAND, FONTS, LOOKS

HrefOf = Callable[[str], str | None]
CORNER = 7.0
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
STYLE = f"""
text {{ font-family: {FONTS}; }}
.map-card:hover .map-box, a:hover .map-box {{ stroke: {BRAND}; stroke-width: 2; }}
"""


def draw(
    figure: Figure, *, standalone: bool, href_of: HrefOf | None = None, prefix: str = "map"
) -> str:
    """Return a figure as SVG.

    ``standalone`` makes a file of its own: XML declaration, embedded style sheet, one image to a
    screen reader. Otherwise it is a fragment for a page: the cards take the focus (links where
    ``href_of`` gives an address) and the page's style sheet may override every colour by class.
    ``prefix`` keeps the ids of two figures on one page apart.
    """
    painter = _Painter(figure, standalone=standalone, href_of=href_of, prefix=prefix)
    text = painter.document()
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}' if standalone else text


def words_of(text: str) -> str:
    """Return a text escaped for XML, without the characters that XML forbids."""
    return escape(_UNPRINTABLE.sub("", text))


def quote_of(text: str) -> str:
    """Return a quoted XML attribute value."""
    return quoteattr(_UNPRINTABLE.sub("", text))


def number_of(value: float) -> str:
    """Return a coordinate with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


class _Painter:
    def __init__(
        self, figure: Figure, *, standalone: bool, href_of: HrefOf | None, prefix: str
    ) -> None:
        self.figure = figure
        self.standalone = standalone
        self.href_of = href_of or (lambda code: None)
        self.prefix = prefix

    def document(self) -> str:
        figure, prefix = self.figure, self.prefix
        style = f"<style>{words_of(STYLE)}</style>" if self.standalone else ""
        # A role of img hides what is inside it: not for a figure whose cards take the focus.
        role = "img" if self.standalone else "group"
        return "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" class="strategy-map" role="{role}"'
                f' lang="{figure.lang}" viewBox="0 0 {number_of(figure.width)} {number_of(figure.height)}"'
                f' width="{number_of(figure.width)}" height="{number_of(figure.height)}"'
                f' aria-labelledby="{prefix}-title {prefix}-desc" font-family={quote_of(FONTS)}>',
                f'<title id="{prefix}-title">{words_of(figure.title)}</title>',
                f'<desc id="{prefix}-desc">{words_of(figure.description)}</desc>',
                style + self.defs(),
                *(self.part(part) for part in figure.parts),
                "</svg>\n",
            ]
        )

    def defs(self) -> str:
        return (
            f'<defs><marker id="{self.prefix}-head" viewBox="0 0 8 8" refX="7.2" refY="4" markerWidth="9"'
            ' markerHeight="9" markerUnits="userSpaceOnUse" orient="auto">'
            f'<path class="map-arrowhead" d="M0 0 8 4 0 8Z" fill="{ARROW}"/></marker></defs>'
        )

    def id_of(self, code: str) -> str:
        return f"{self.prefix}-{re.sub(r'[^0-9A-Za-z._-]', '_', code)}"

    def part(self, part: Part) -> str:
        match part:
            case Box():
                return self.box(part)
            case Words():
                return self.words(part)
            case Arrow():
                return self.arrow(part)
            case Card():
                return self.card(part)

    def box(self, box: Box) -> str:
        look = LOOKS[box.role]
        stroke = f' stroke="{look.stroke}"' if look.stroke else ""
        radius = f' rx="{number_of(box.radius)}"' if box.radius else ""
        return (
            f'<rect class="{_class(box.role)}" x="{number_of(box.x)}" y="{number_of(box.y)}"'
            f' width="{number_of(box.width)}" height="{number_of(box.height)}"{radius}'
            f' fill="{look.fill}"{stroke}/>'
        )

    def words(self, words: Words) -> str:
        weight = ' font-weight="700"' if words.bold else ""
        anchor = "" if words.anchor == "start" else f' text-anchor="{words.anchor}"'
        return (
            f'<text class="{_class(words.role)}" x="{number_of(words.x)}" y="{number_of(words.y)}"'
            f' font-size="{number_of(words.size)}"{weight}{anchor} fill="{LOOKS[words.role].fill}">'
            f"{words_of(words.text)}</text>"
        )

    def arrow(self, arrow: Arrow) -> str:
        return (
            f'<path class="map-arrow" data-from={quote_of(arrow.cause)} data-to={quote_of(arrow.effect)}'
            f' d="{path_of(arrow.points)}" fill="none" stroke="{ARROW}" stroke-width="1.6"'
            f' marker-end="url(#{self.prefix}-head)"/>'
        )

    def card(self, card: Card) -> str:
        inside = "".join(self.part(part) for part in card.parts)
        light = f" map-{card.light}" if card.light else ""
        code = f'class="map-card{light}" data-code={quote_of(card.code)} id={quote_of(self.id_of(card.key))}'
        address = self.href_of(card.code)
        label = f"aria-label={quote_of(card.label)}"
        if address is not None:
            return f"<a href={quote_of(address)} {label}><g {code}>{inside}</g></a>"
        if self.standalone:
            return f"<g {code}><title>{words_of(card.label)}</title>{inside}</g>"
        return f'<g {code} tabindex="0" role="group" {label}>{inside}</g>'


def _class(role: str) -> str:
    """Return the classes of a role: ``band-2`` is ``map-band map-band-2``."""
    if role == "card":
        return "map-box"
    family = role.split("-")[0]
    return f"map-{role}" if family == role else f"map-{family} map-{role}"


def path_of(points: tuple[Point, ...]) -> str:
    """Return the path through right-angled corners, each corner rounded as far as its legs allow."""
    steps = [f"M{number_of(points[0][0])} {number_of(points[0][1])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(CORNER, _length(before, corner) / 2, _length(corner, after) / 2)
        steps.append("L" + _at(_towards(corner, before, radius)))
        steps.append("Q" + _at(corner) + " " + _at(_towards(corner, after, radius)))
    return "".join([*steps, "L" + _at(points[-1])])


def _at(point: Point) -> str:
    return f"{number_of(point[0])} {number_of(point[1])}"


def _length(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(start: Point, goal: Point, distance: float) -> Point:
    whole = _length(start, goal) or 1
    return (
        start[0] + (goal[0] - start[0]) * distance / whole,
        start[1] + (goal[1] - start[1]) * distance / whole,
    )
