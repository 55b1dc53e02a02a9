"""The house colours by role, for every format that draws."""

from __future__ import annotations

from dataclasses import dataclass

from hengtu.writers.figure import LightColour

INK = "#16212e"
MUTED = "#56657a"
LINE = "#d8e0e8"
PAPER = "#ffffff"
BRAND = "#0b5d66"
BRAND_INK = "#084950"
BRAND_PALE = "#b9dfe2"
ARROW = "#8b9aa9"
FONTS = (
    '"Noto Sans TC", "Noto Sans CJK TC", "PingFang TC", "Microsoft JhengHei", system-ui, sans-serif'
)
LIGHTS: dict[LightColour, str] = {
    "green": "#1b7f4c",
    "yellow": "#9a5b00",
    "red": "#c0322b",
    "white": "#5b6b7c",
}


@dataclass(frozen=True, slots=True)
class Look:
    """Fill and outline of a box, or the colour of words."""

    fill: str = "none"
    stroke: str | None = None


LOOKS: dict[str, Look] = {
    "paper": Look(PAPER),
    "theme": Look(BRAND),
    "theme-code": Look(BRAND_PALE),
    "theme-name": Look(PAPER),
    "theme-lead": Look("#d9eef0"),
    "band-0": Look("#edf5f7"),
    "band-1": Look("#f3f4ee"),
    "band-2": Look("#f5f1f6"),
    "band-3": Look("#f6f3ec"),
    "band-4": Look("#eef2f8"),
    "band-name": Look(INK),
    "band-code": Look(MUTED),
    "card": Look(PAPER, LINE),
    "edge": Look(BRAND),
    "edge-green": Look(LIGHTS["green"]),
    "edge-yellow": Look(LIGHTS["yellow"]),
    "edge-red": Look(LIGHTS["red"]),
    "edge-white": Look(PAPER, LIGHTS["white"]),
    "code": Look(MUTED),
    "name": Look(INK),
    "kind": Look(MUTED),
    "light-green": Look(LIGHTS["green"]),
    "light-yellow": Look(LIGHTS["yellow"]),
    "light-red": Look(LIGHTS["red"]),
    "light-white": Look(LIGHTS["white"]),
    "title": Look(INK),
    "subtitle": Look(MUTED),
    "statement-name": Look(BRAND_INK),
    "statement": Look(INK),
    "legend": Look(MUTED),
    "arrow": Look(ARROW),
}
BANDS = 5
