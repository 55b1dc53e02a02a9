"""SVG: a figure drawn for a page or for a file of its own."""

from hengtu.writers.svg.drawing import draw

__all__ = ["draw"]
