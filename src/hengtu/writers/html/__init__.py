"""HTML: a report as one self-contained page that prints."""

from hengtu.writers.html.page import write

__all__ = ["write"]
