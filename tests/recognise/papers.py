"""Small papers written as strings for the tests of recognisers: ``|`` stands for a tab."""

from __future__ import annotations

from hengtu.core.paper import Paper
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.txt import read


def paper_of(text: str) -> Paper:
    """Return the paper of a text in which ``|`` separates the cells of tables."""
    return read(text.strip("\n").replace("|", "\t").encode(), "sample.txt")


def told(notes: Notes) -> list[tuple[str, tuple[int, ...]]]:
    """Return code and lines of every finding."""
    return [(finding.code, finding.where.all_lines()) for finding in notes.findings]


def unread(notes: Notes) -> list[int | None]:
    """Return the lines that nobody has claimed."""
    return [place.line for place, _ in notes.paper.texts() if not notes.claimed(place)]
