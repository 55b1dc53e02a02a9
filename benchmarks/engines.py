"""The bulk engines beside hand-written numpy, in one run: ratios of the best of several rounds.

Hand-written is what a careful person writes for one formula: whole columns, a division guarded against zero,
NaN for missing. It knows nothing of kinds of missing; the engines tell the kind for every row.
"""

from __future__ import annotations

import importlib.util
import os
import tempfile
import timeit
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hengtu.core.formulas import evaluate, parse
from hengtu.core.judging.rulebook import PRODUCT_DEFAULT
from hengtu.engines.columns import Column, read_column
from hengtu.engines.lights import Aims
from hengtu.engines.numpy import Batch, compute_batches, compute_column, judge_column
from hengtu.engines.program import Program, make_program
from hengtu.engines.sql import Source

ROWS = int(os.environ.get("HENGTU_BENCH_ROWS", "10_000_000"))
ROUNDS = 5
TEXT = "[（收件數－錯件數）÷收件數]×100%"
MISSING_SHARES = (0.0, 0.01, 0.3)
RANDOM = np.random.default_rng(20)
Floats = NDArray[np.float64]


def make_columns(rows: int, missing: float) -> dict[str, Column]:
    """Return operands, some of them missing, some zero."""
    received = RANDOM.integers(0, 5_000, rows).astype(np.float64)
    wrong = RANDOM.integers(0, 100, rows).astype(np.float64)
    kinds = np.where(RANDOM.random(rows) < missing, 8, 0).astype(np.int8)
    return {"收件數": read_column(received), "錯件數": read_column(wrong, kinds)}


def by_hand(received: Floats, wrong: Floats) -> Floats:
    """Return the same by hand."""
    share = np.full(received.shape, np.nan)
    np.divide(received - wrong, received, out=share, where=received != 0)
    return share * 100


def best(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the best round in seconds."""
    return min(timeit.repeat(run, number=1, repeat=rounds))


def tell(what: str, seconds: float, reference: float) -> None:
    """Print one row."""
    print(f"  {what:42}{seconds:9.3f} s{seconds / reference:8.2f} ×")


def compare_one_formula(missing: float) -> None:
    """One formula on many rows."""
    columns = make_columns(ROWS, missing)
    program = make_program(parse(TEXT), columns)
    received, wrong = columns["收件數"].values, columns["錯件數"].values
    hand = best(lambda: by_hand(received, wrong))
    print(f"one formula on {ROWS:,} rows, {missing:.0%} missing")
    tell("numpy by hand", hand, hand)
    tell("numpy engine", best(lambda: compute_column(program, columns, rows=ROWS)), hand)
    if importlib.util.find_spec("duckdb"):
        compare_duckdb(program, columns, hand)


def compare_duckdb(program: Program, columns: dict[str, Column], hand: float) -> None:
    """The same on DuckDB, from arrays and from a Parquet file; answers come back as arrays."""
    import duckdb

    from hengtu.engines.duckdb import compute_columns, compute_parquet

    tell(
        "DuckDB engine, from arrays",
        best(lambda: compute_columns(program, columns, rows=ROWS), 2),
        hand,
    )
    arrays = {"n": np.arange(ROWS)}
    for place, name in enumerate(program.names):
        arrays |= {f"v{place}": columns[name].values, f"k{place}": columns[name].kinds}
    items = {name: (f"v{place}", f"k{place}") for place, name in enumerate(program.names)}
    source = Source(table="snapshot", key="n", items=items)
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        path = Path(folder) / "snapshot.parquet"
        connection.register("arrays", arrays)
        connection.sql("SELECT * FROM arrays").write_parquet(str(path))
        tell(
            "DuckDB engine, from Parquet",
            best(lambda: compute_parquet(program, path, source), 2),
            hand,
        )


def compare_lights() -> None:
    """Lights of many rows, beside the colour alone by hand."""
    actual = read_column(RANDOM.uniform(0, 150, ROWS))
    target = RANDOM.uniform(50, 120, ROWS)

    def colours() -> object:
        percent = actual.values / target * 100
        return np.where(percent >= 100, 2, np.where(percent >= 90, 1, 0))

    hand = best(colours, 3)
    print(f"lights of {ROWS:,} rows")
    tell("colour alone, numpy by hand", hand, hand)
    aims = Aims(target=target)
    judged = best(lambda: judge_column(actual, aims, "higher", PRODUCT_DEFAULT), 3)
    tell("numpy engine: light, why, score, distance", judged, hand)


def compare_many_formulas(formulas: int, rows: int) -> None:
    """Many formulas of several shapes."""
    texts = [TEXT, "錯件數÷收件數×100%", "收件數×20%＋錯件數×80%", "收件數÷（收件數＋錯件數）×100%"]
    hands: list[Callable[[Floats, Floats], Floats]] = [
        by_hand,
        lambda a, b: by_hand(a, a - b),
        lambda a, b: a * 0.2 + b * 0.8,
        lambda a, b: by_hand(a + b, b),
    ]
    parsed = [parse(text) for text in texts]
    given = [make_columns(rows, 0.01) for _ in range(formulas)]
    batches = [
        Batch(program=make_program(parsed[i % 4], one), columns=one, rows=rows)
        for i, one in enumerate(given)
    ]
    arrays = [(one["收件數"].values, one["錯件數"].values) for one in given]
    hand = best(lambda: [hands[i % 4](*pair) for i, pair in enumerate(arrays)])
    print(f"{formulas:,} formulas on {rows:,} rows each, 1% missing")
    tell("numpy by hand, one after the other", hand, hand)
    tell("numpy engine", best(lambda: compute_batches(batches)), hand)
    alone = best(lambda: [compute_column(b.program, b.columns, rows=rows) for b in batches])
    tell("numpy engine, never gathered", alone, hand)


def compare_one_record() -> None:
    """The scalar evaluator, which explains every step, per record."""
    rows = 2_000
    columns = make_columns(rows, 0.01)
    formula, program = parse(TEXT), make_program(parse(TEXT), columns)
    records = [{name: column.at(row) for name, column in columns.items()} for row in range(rows)]
    vector = best(lambda: compute_column(program, columns, rows=rows))
    print(f"one formula on {rows:,} rows: what explaining every record costs")
    tell("numpy engine", vector, vector)
    tell(
        "one record at a time, explained",
        best(lambda: [evaluate(formula, one) for one in records], 2),
        vector,
    )


def main() -> None:
    """Print every comparison."""
    for missing in MISSING_SHARES:
        compare_one_formula(missing)
    compare_lights()
    compare_many_formulas(1_000, 10_000)
    compare_many_formulas(20_000, 60)
    compare_one_record()


if __name__ == "__main__":
    main()
