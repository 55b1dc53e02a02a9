"""What the benchmark does to a city between two runs."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
from django.db import connection, transaction

from hengtu.store.bulk.reading import read_rows
from hengtu.store.bulk.tables import FIGURES, NODES, RESULTS, Rows, Table, count_rows, take_rows
from hengtu.store.bulk.writing import insert_rows, replace_rows
from hengtu.store.models import DataItemRow, MeasureRow, PlanRow


def list_plans() -> list[int]:
    """Return the plans of the city."""
    return list(PlanRow.objects.order_by("pk").values_list("pk", flat=True))


def owners(table: Table, plan: int) -> list[int]:
    """Return whose rows of a table are a plan's."""
    if table is NODES:
        return [plan]
    model = DataItemRow if table is FIGURES else MeasureRow
    return list(model.objects.filter(plan=plan).order_by("pk").values_list("pk", flat=True))


def change_figures(share: float) -> int:
    """Change a share of all figures and return how many."""
    random, changed = np.random.default_rng(7), 0
    for plan in list_plans():
        rows = read_rows(connection, FIGURES, owners(FIGURES, plan))
        chosen = (random.random(count_rows(rows)) < share) & (rows["missing"] == 0)
        own = take_rows(rows, chosen)
        with transaction.atomic():
            replace_rows(connection, FIGURES, {**own, "value": own["value"] + 1})
        changed += int(chosen.sum())
    return changed


def count_results() -> tuple[int, int]:
    """Return how many results and lights above them are stored."""
    with connection.cursor() as cursor:
        counts = []
        for table in (RESULTS, NODES):
            cursor.execute(f"SELECT COUNT(*) FROM {table.name}")
            counts.append(cursor.fetchone()[0])
    return counts[0], counts[1]


def measure_floor() -> tuple[float, float]:
    """Return the seconds of a bare read of all figures and a bare write of all results, nothing in between.

    The same rows by the same ways, plan by plan in one process: no definitions, no judging, no comparison.
    """
    started = time.perf_counter()
    for plan in list_plans():
        read_rows(connection, FIGURES, owners(FIGURES, plan))
    reading = time.perf_counter() - started
    return reading, sum(_write_again())


def _write_again() -> Iterator[float]:
    """Take all derived rows away, plan by plan, and write them again; yield the seconds of the writing."""
    kept = [
        [(table, read_rows(connection, table, owners(table, plan))) for table in (RESULTS, NODES)]
        for plan in list_plans()
    ]
    _empty()
    for own in kept:
        started = time.perf_counter()
        _write(own)
        yield time.perf_counter() - started


@transaction.atomic
def _write(own: list[tuple[Table, Rows]]) -> None:
    for table, rows in own:
        insert_rows(connection, table, rows)


def _empty() -> None:
    with connection.cursor() as cursor:
        for table in (RESULTS, NODES):
            cursor.execute(f"DELETE FROM {table.name}")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
