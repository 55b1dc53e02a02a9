"""Columns of the long tables: figures and results lie in one narrow b-tree each, without further indexes."""

from __future__ import annotations

from typing import Any

from django.db import models


def pointer(to: str) -> models.ForeignKey[Any, Any]:
    """Return a column that points to a row; the primary key that begins with it is its index.

    The database checks no such pointer: fourteen million look-ups would cost more than the figures.
    """
    return models.ForeignKey(
        to, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )


def number() -> models.FloatField[Any, Any]:
    """Return a column for a double that may be absent."""
    return models.FloatField(null=True)


def code(default: int = 0) -> models.SmallIntegerField[Any, Any]:
    """Return a column for a small code."""
    return models.SmallIntegerField(default=default)
