"""What differs between databases, which is one word: the name of the double."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PLAIN = re.compile(r"[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)?")


@dataclass(frozen=True, slots=True)
class Dialect:
    """A database by its name of the type of double precision."""

    name: str
    double: str

    def number(self, value: float) -> str:
        """Return a double as text, to the last bit."""
        return f"CAST('{value!r}' AS {self.double})"


DUCKDB = Dialect("duckdb", "DOUBLE")
POSTGRES = Dialect("postgres", "DOUBLE PRECISION")
SPARK = Dialect("spark", "DOUBLE")


def plain_name(name: str) -> str:
    """Return a name of a table or column that needs no quotes anywhere; ValueError for any other.

    >>> plain_name("inputs.v0")
    'inputs.v0'
    """
    if not _PLAIN.fullmatch(name):
        raise ValueError(f"no plain name of a table or column: {name!r}")
    return name
