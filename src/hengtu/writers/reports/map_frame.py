"""What stands around the cards of a map: theme bars, perspective names, heading and legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hengtu.core.plan import Plan, Theme
from hengtu.wording import reports as words
from hengtu.wording.catalogue import Language, say
from hengtu.writers.figure import Arrow, Box, Card, Part, Words
from hengtu.writers.reports.map_grid import Band, Grid
from hengtu.writers.reports.map_sizes import Sheet
from hengtu.writers.reports.values import title_for
from hengtu.writers.typeset import width_of, wrap

LABEL_WIDTH = 112.0
LABEL_X, LABEL_ROOM = 22.0, 86.0
THEME_SIZE, THEME_LEADING, LEAD_SIZE, LEAD_LEADING = 16, 22, 12.5, 17
STATEMENT_SIZE, STATEMENT_LEADING, STATEMENT_X = 14, 22, 96.0
LONGEST_STATEMENT = 160


def theme_height(themes: Sequence[Theme], column: float, lang: Language) -> float:
    """Return the height of the theme bars, 0 without themes."""
    tallest = max((_theme_text_height(theme, column, lang) for theme in themes), default=0)
    return max(44.0, tallest + 20) if themes else 0


def _theme_text_height(theme: Theme, column: float, lang: Language) -> float:
    names, leads = _theme_lines(theme, column, lang)
    return len(names) * THEME_LEADING + len(leads) * LEAD_LEADING + (3 if leads else 0)


def _theme_lines(
    theme: Theme, column: float, lang: Language
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    room = column - 28
    indent = width_of(theme.code, THEME_SIZE) + 10
    names = wrap(theme.name, size=THEME_SIZE, width=room - indent)
    lead = say(words.LEAD, lang, name=theme.lead) if theme.lead else ""
    return names, wrap(lead, size=LEAD_SIZE, width=room)


def draw_themes(themes: Sequence[Theme], sheet: Sheet, lang: Language) -> list[Part]:
    """Return the theme bars above the columns."""
    height = theme_height(themes, sheet.column, lang)
    parts: list[Part] = []
    for left, theme in zip(sheet.lefts, themes, strict=False):
        bar = Box(x=left, y=8, width=sheet.column, height=height, role="theme", radius=10)
        parts += [bar, *_theme_words(bar, theme, lang)]
    return parts


def _theme_words(bar: Box, theme: Theme, lang: Language) -> list[Part]:
    names, leads = _theme_lines(theme, bar.width, lang)
    y = bar.y + (bar.height - _theme_text_height(theme, bar.width, lang)) / 2 + 16.5
    x = bar.x + 14
    indent = width_of(theme.code, THEME_SIZE) + 10
    parts: list[Part] = [
        Words(x=x, y=y, text=theme.code, size=THEME_SIZE, role="theme-code", bold=True)
    ]
    for line in names:
        parts.append(
            Words(x=x + indent, y=y, text=line, size=THEME_SIZE, role="theme-name", bold=True)
        )
        y += THEME_LEADING
    for number, line in enumerate(leads):
        baseline = y + number * LEAD_LEADING
        parts.append(Words(x=x, y=baseline, text=line, size=LEAD_SIZE, role="theme-lead"))
    return parts


def band_words(grid: Grid, sheet: Sheet, lang: Language) -> list[Part]:
    """Return the names of the perspectives at the left of their bands."""
    parts: list[Part] = []
    for band, box in zip(grid.bands, sheet.bands, strict=True):
        found = band.perspective
        lettered = found is not None and len(found.code) == 1
        code = say(words.PERSPECTIVE_CODE, lang, code=found.code) if found and lettered else ""
        parts += _label(box, _band_name(band, lang), code)
    return parts


def _band_name(band: Band, lang: Language) -> tuple[str, ...]:
    name = band.perspective.name if band.perspective else say(words.NO_PERSPECTIVE, lang)
    return wrap(name, size=15, width=LABEL_ROOM)


def _label(box: Box, names: Sequence[str], code: str) -> list[Part]:
    tall = len(names) * 20 + (18 if code else 0)
    y = box.y + (box.height - tall) / 2 + 15
    parts: list[Part] = [
        Words(x=LABEL_X, y=y + n * 20, text=line, size=15, role="band-name", bold=True)
        for n, line in enumerate(names)
    ]
    if code:
        below = y + len(names) * 20 - 1
        parts.append(Words(x=LABEL_X, y=below, text=code, size=12, role="band-code"))
    return parts


def label_height(band: Band, lang: Language) -> float:
    """Return the height that the name of a band needs."""
    return len(_band_name(band, lang)) * 20 + 18


def draw_heading(plan: Plan, lang: Language, width: float) -> tuple[list[Part], float]:
    """Return the title and statements above a map and how far they push it down."""
    parts: list[Part] = []
    y = 34.0
    for line in wrap(title_for(plan, words.MAP, lang), size=22, width=width - 16):
        parts.append(Words(x=8, y=y, text=line, size=22, role="title", bold=True))
        y += 30
    for name, text in _statements(plan, lang):
        parts.append(
            Words(x=8, y=y, text=name, size=STATEMENT_SIZE, role="statement-name", bold=True)
        )
        for line in wrap(text, size=STATEMENT_SIZE, width=width - STATEMENT_X - 12):
            parts.append(
                Words(x=STATEMENT_X, y=y, text=line, size=STATEMENT_SIZE, role="statement")
            )
            y += STATEMENT_LEADING
    return parts, y - 6


def _statements(plan: Plan, lang: Language) -> list[tuple[str, str]]:
    comma = say(words.LIST_COMMA, lang)
    found = [
        (words.MISSION, plan.mission.text if plan.mission else ""),
        (words.VISION, plan.vision.text if plan.vision else ""),
        (words.CORE_VALUES, comma.join(value.text for value in plan.core_values)),
    ]
    return [
        (say(name, lang), text) for name, text in found if text and len(text) <= LONGEST_STATEMENT
    ]


def draw_legend(
    lang: Language, *, lights: bool, arrows: bool, top: float
) -> tuple[list[Part], float]:
    """Return the legend below a map and the height of the drawing with it."""
    parts: list[Part] = []
    x, y = 10.0, top + 22
    if lights:
        for colour, shape in words.LIGHT_SHAPES.items():
            text = f"{shape} {say(words.LIGHT_WORDS[colour], lang)}"
            parts.append(Words(x=x, y=y, text=text, size=14, role=f"light-{colour}", bold=True))
            x += width_of(text, 14) + 22
    if arrows:
        text = f"→ {say(words.CAUSE_EFFECT, lang)}"
        parts.append(Words(x=x, y=y, text=text, size=14, role="legend"))
    return parts, y + 14 if parts else top


def shifted(part: Part, down: float) -> Part:
    """Return a part moved downwards."""
    match part:
        case Arrow():
            return replace(part, points=tuple((x, y + down) for x, y in part.points))
        case Card():
            return replace(
                part,
                box=replace(part.box, y=part.box.y + down),
                parts=tuple(replace(inner, y=inner.y + down) for inner in part.parts),
            )
        case _:
            return replace(part, y=part.y + down)
