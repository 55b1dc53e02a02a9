"""The bulk engines beside hand-written numpy, in one run: ratios of the best of several rounds.

Hand-written is what a careful person writes for one formula: whole columns, a division guarded against zero,
NaN for missing. It knows nothing of kinds of missing; the engines tell the kind for every row.
"""

from __future__ import annotations

import os
import tempfile
import time
import timeit
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hengtu.core.formulas import evaluate, parse
from hengtu.core.judging.rulebook import PRODUCT_DEFAULT
from hengtu.engines.columns import Column, read_column
from hengtu.engines.engine import ENGINES, EngineError, Places, open_engine
from hengtu.engines.lights import Aims, LightBatch
from hengtu.engines.numpy import Batch, compute_batches, compute_column
from hengtu.engines.numpy.engine import NumpyEngine
from hengtu.engines.program import make_program

ROWS = int(os.environ.get("HENGTU_BENCH_ROWS", "10_000_000"))
MOVED = ROWS // 10
PLACES = Places(database=os.environ.get("HENGTU_DATABASE_URL", ""))
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


def compare_lights() -> None:
    """Lights of many rows, beside the colour alone by hand."""
    batch = make_lights(ROWS)
    hand = best(lambda: colours_by_hand(batch), 3)
    print(f"lights of {ROWS:,} rows")
    tell("colour alone, numpy by hand", hand, hand)
    judged = best(lambda: NumpyEngine().judge([batch]), 3)
    tell("numpy engine: light, why, score, distance", judged, hand)


def make_lights(rows: int) -> LightBatch:
    """Return actuals with their targets."""
    return LightBatch(
        actual=read_column(RANDOM.uniform(0, 150, rows)),
        aims=Aims(target=RANDOM.uniform(50, 120, rows)),
        direction="higher",
        rulebook=PRODUCT_DEFAULT,
    )


def colours_by_hand(batch: LightBatch) -> object:
    """Return the colours alone, by hand."""
    percent = batch.actual.values / batch.aims.target * 100
    return np.where(percent >= 100, 2, np.where(percent >= 90, 1, 0))


def compare_files() -> None:
    """The same Parquet files on DuckDB and on Spark, from file to arrays in memory; starting counts apart."""
    if not find_spec("duckdb"):
        print("DuckDB is not installed: files are left out")
        return
    from hengtu.engines.snapshots import write_lights, write_operands

    columns = make_columns(ROWS, 0.01)
    program = make_program(parse(TEXT), columns)
    batch = make_lights(ROWS)
    with tempfile.TemporaryDirectory() as folder:
        operands, actuals = Path(folder) / "operands.parquet", Path(folder) / "actuals.parquet"
        source = write_operands(operands, program, columns, rows=ROWS, table="operands")
        aimed = write_lights(actuals, batch, table="actuals")
        hand = best(lambda: by_hand(columns["收件數"].values, columns["錯件數"].values))
        colours = best(lambda: colours_by_hand(batch), 3)
        print(f"Parquet files of {ROWS:,} rows, 1% missing")
        tell("one formula: numpy by hand, from arrays", hand, hand)
        for name, engine in open_file_engines():
            seconds = best(lambda e=engine: e.compute_parquet(program, operands, source), 2)
            tell(f"one formula: {name}", seconds, hand)
            seconds = best(
                lambda e=engine: e.judge_parquet(actuals, aimed, "higher", PRODUCT_DEFAULT), 2
            )
            tell(f"lights: {name}, to colour alone by hand", seconds, colours)


def open_file_engines() -> Iterator[tuple[str, Any]]:
    """Yield what reads Parquet files; Spark only where it runs."""
    import hengtu.engines.duckdb

    yield "DuckDB", hengtu.engines.duckdb
    began = time.perf_counter()
    try:
        with open_engine("spark") as spark:
            print(f"  Spark started in {time.perf_counter() - began:.1f} s")
            yield "Spark", spark
    except EngineError as refused:
        print(f"  Spark is left out: {refused}")


def compare_arrays() -> None:
    """Columns in memory through every engine that is here: what moving them costs."""
    columns = make_columns(MOVED, 0.01)
    batch = Batch(program=make_program(parse(TEXT), columns), columns=columns, rows=MOVED)
    received, wrong = columns["收件數"].values, columns["錯件數"].values
    hand = best(lambda: by_hand(received, wrong))
    print(f"one formula on {MOVED:,} rows in memory, on every engine that is here")
    tell("numpy by hand", hand, hand)
    for name in ENGINES:
        try:
            with open_engine(name, PLACES) as engine:
                tell(name, best(lambda e=engine: e.compute([batch]), 2), hand)
        except EngineError as refused:
            print(f"  {name} is left out: {refused}")


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
    compare_files()
    compare_arrays()
    compare_many_formulas(1_000, 10_000)
    compare_many_formulas(20_000, 60)
    compare_one_record()


if __name__ == "__main__":
    main()
