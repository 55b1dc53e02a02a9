"""Tables are known by the words of their header, never by column numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hengtu.core.hanzi import halve, squeeze
from hengtu.core.paper import Row

Vocabulary = Mapping[str, re.Pattern[str]]


def header_roles(row: Row, vocabulary: Vocabulary) -> dict[int, str]:
    """Return column → role for every cell whose words belong to the vocabulary; the first role wins."""
    roles = {}
    for column, text in enumerate(row.texts):
        role = role_of(text, vocabulary)
        if role:
            roles[column] = role
    return roles


def role_of(text: str, vocabulary: Vocabulary) -> str | None:
    """Return the role that a header cell's words name, or None."""
    words = halve(re.sub(r"[\s\u3000]+", "", squeeze(text)))
    return next(
        (role for role, pattern in vocabulary.items() if words and pattern.search(words)), None
    )


def same_words(one: Row, other: Row) -> bool:
    """Whether two rows print the same words, blanks apart: a repeated header."""
    return [re.sub(r"\s", "", t) for t in one.texts if t] == [
        re.sub(r"\s", "", t) for t in other.texts if t
    ]
