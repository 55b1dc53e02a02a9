"""The engines beside a per-row script evaluator, as other scorecard software has, in one run.

The evaluator is simpleeval with every formula parsed beforehand, as such software keeps it. It knows no kinds of
missing and explains nothing, so every operand is there; its answers are held against ours.
"""

from __future__ import annotations

import time
import timeit
from collections.abc import Callable

import numpy as np
from simpleeval import SimpleEval

from hengtu.core.formulas import evaluate, parse
from hengtu.engines.columns import Column, read_column
from hengtu.engines.numpy import Batch, compute_batches, compute_column
from hengtu.engines.program import make_program

ROWS, ROUNDS, FORMULAS = 10_000, 4, 50
RANDOM = np.random.default_rng(21)
# The formula as printed, the same as a script, and its names in the script.
CASES = {
    "ratio": (
        "[（收件數－錯件數）÷收件數]×100%",
        "(received - wrong) / received * 100",
        {"收件數": "received", "錯件數": "wrong"},
    ),
    "weighted": (
        "設計進度*20%＋發包進度*30%＋施工進度*50%",
        "design * 0.2 + tender * 0.3 + building * 0.5",
        {"設計進度": "design", "發包進度": "tender", "施工進度": "building"},
    ),
    "change": (
        "（本年度戶數－上年度戶數）÷上年度戶數×100%",
        "(now - before) / before * 100",
        {"本年度戶數": "now", "上年度戶數": "before"},
    ),
}


def best(run: Callable[[], object]) -> float:
    """Return the best round in seconds of the processor, which a busy machine does not lengthen."""
    return min(timeit.repeat(run, number=1, repeat=ROUNDS, timer=time.process_time))


def make_columns(names: dict[str, str]) -> dict[str, Column]:
    """Return operands, none of them missing or zero."""
    return {name: read_column(RANDOM.uniform(1, 5_000, ROWS)) for name in names}


def run_script(script: str, rows: list[dict[str, float]]) -> list[float]:
    """Return the answers of a script for every row, parsed once."""
    evaluator = SimpleEval()
    parsed = evaluator.parse(script)
    answers = []
    for row in rows:
        evaluator.names = row
        answers.append(evaluator.eval(script, previously_parsed=parsed))
    return answers


def tell(what: str, seconds: float, reference: float) -> None:
    """Print one row: per result, and how many times as fast as the script."""
    print(f"  {what:40}{seconds / ROWS * 1e6:10.3f} µs{reference / seconds:10.2f} × as fast")


def compare(name: str, text: str, script: str, names: dict[str, str]) -> None:
    """One formula on many rows, row by row and as columns."""
    columns = make_columns(names)
    records = [{item: column.at(row) for item, column in columns.items()} for row in range(ROWS)]
    rows = [{names[item]: value for item, value in record.items()} for record in records]
    formula = parse(text)
    program = make_program(formula, columns)
    np.testing.assert_allclose(
        run_script(script, rows), compute_column(program, columns, rows=ROWS).values, rtol=1e-9
    )
    scripted = best(lambda: run_script(script, rows))
    print(f"{name}: {text} on {ROWS:,} rows")
    tell("script, row by row", scripted, scripted)
    explained = best(lambda: [evaluate(formula, record) for record in records])
    tell("record by record, every step explained", explained, scripted)
    vector = best(lambda: compute_column(program, columns, rows=ROWS))
    tell("numpy engine, kinds of missing told", vector, scripted)


def compare_many() -> None:
    """Many formulas with few rows each, as the months of a plan are."""
    text, script, names = CASES["ratio"]
    rows = ROWS // FORMULAS
    batches, scripts = [], []
    for _ in range(FORMULAS):
        columns = {name: read_column(RANDOM.uniform(1, 5_000, rows)) for name in names}
        program = make_program(parse(text), columns)
        batches.append(Batch(program=program, columns=columns, rows=rows))
        scripts.append(
            [{names[item]: columns[item].at(row) for item in names} for row in range(rows)]
        )
    scripted = best(lambda: [run_script(script, given) for given in scripts])
    print(f"{FORMULAS} formulas on {rows:,} rows each")
    tell("script, row by row", scripted, scripted)
    tell("numpy engine, by shape", best(lambda: compute_batches(batches)), scripted)


def main() -> None:
    """Print every comparison."""
    for name, (text, script, names) in CASES.items():
        compare(name, text, script, names)
    compare_many()


if __name__ == "__main__":
    main()
