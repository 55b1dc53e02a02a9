"""LibreOffice Calc recalculating KPIs beside the engine, file to file, in one run; the numbers are compared.

One sheet holds a row for every KPI and month: two operands, a target, and formulas for value, achievement and
light, written without results, so that Calc works them out when it opens the file. Nothing is subtracted: what
Calc takes for an empty sheet, and for the same sheet with the results typed in, stands beside.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hengtu.core.formulas import parse
from hengtu.core.judging.rulebook import PRODUCT_DEFAULT
from hengtu.engines.columns import Column, read_column
from hengtu.engines.lights import Aims, Judged
from hengtu.engines.numpy import compute_column, judge_column
from hengtu.engines.program import make_program

KPIS = int(os.environ.get("HENGTU_BENCH_KPIS", "2000"))
MONTHS = 60
TEXT = "[（收件數－錯件數）÷收件數]×100%"
RANDOM = np.random.default_rng(22)
MIME = "application/vnd.oasis.opendocument.spreadsheet"
# Full precision instead of what a cell shows.
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.3" '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2">'
    '<office:body><office:spreadsheet><table:table table:name="KPI">'
)
FOOT = "</table:table></office:spreadsheet></office:body></office:document-content>"
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest manifest:version="1.3" '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
Floats = NDArray[np.float64]


def make_figures() -> Floats:
    """Return received, wrong and target for every KPI and month; a few received are zero."""
    rows = KPIS * MONTHS
    received = RANDOM.integers(0, 2_000, rows)
    wrong = RANDOM.integers(0, received // 20 + 1)
    return np.column_stack([received, wrong, RANDOM.uniform(90, 105, rows)]).astype(np.float64)


def number(value: float) -> str:
    """Return a cell with a number."""
    return f'<table:table-cell office:value-type="float" office:value="{value!r}"/>'


def formula(text: str) -> str:
    """Return a cell with a formula and no result."""
    return f'<table:table-cell table:formula="of:={text}"/>'


def formulas_of(row: int) -> str:
    """Return the cells of value, achievement and light of a row."""
    achieved = f"[.E{row}]"
    light = f"IF({achieved}&gt;=100;2;IF({achieved}&gt;=90;1;0))"
    value = f"([.A{row}]-[.B{row}])/[.A{row}]*100"
    return formula(value) + formula(f"[.D{row}]/[.C{row}]*100") + formula(light)


def write_sheet(path: Path, rows: Iterable[str]) -> None:
    """Write an OpenDocument spreadsheet of rows of cells."""
    body = "".join(f"<table:table-row>{cells}</table:table-row>" for cells in rows)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", MIME, zipfile.ZIP_STORED)
        package.writestr("META-INF/manifest.xml", MANIFEST)
        package.writestr("content.xml", HEAD + body + FOOT)


def convert(program: str, sheet: Path) -> Path:
    """Have Calc open a sheet and write it as CSV."""
    folder = sheet.parent
    ran = subprocess.run(
        [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            CSV,
            "--outdir",
            str(folder),
            str(sheet),
        ],
        capture_output=True,
        check=True,
    )
    written = sheet.with_suffix(".csv")
    if not written.exists():
        raise RuntimeError(ran.stderr.decode(errors="replace"))
    return written


def work_out(figures: Floats) -> tuple[Column, Judged]:
    """Return values and lights by the engine."""
    received, wrong, target = figures.T
    columns = {"收件數": read_column(received), "錯件數": read_column(wrong)}
    program = make_program(parse(TEXT), columns)
    values = compute_column(program, columns, rows=len(figures))
    return values, judge_column(values, Aims(target=target), "higher", PRODUCT_DEFAULT)


def compute_file(given: Path, to: Path) -> None:
    """Read figures from CSV, work them out and write everything as CSV."""
    with given.open(encoding="utf-8", newline="") as source:
        figures = np.array(list(csv.reader(source)), np.float64)
    values, judged = work_out(figures)
    with to.open("w", encoding="utf-8", newline="") as sink:
        rows = zip(
            figures.tolist(),
            values.values.tolist(),
            judged.percent.tolist(),
            judged.lights.tolist(),
            strict=True,
        )
        csv.writer(sink).writerows([*own, value, share, light] for own, value, share, light in rows)


def timed(run: Callable[[], object]) -> float:
    """Return seconds."""
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def differences(written: Path, figures: Floats) -> int:
    """Return how many rows of Calc's differ from the engine's by more than 1e-9."""
    values, judged = work_out(figures)
    differing = 0
    with written.open(encoding="utf-8", newline="") as source:
        for place, row in enumerate(csv.reader(source)):
            told = (values.values[place], judged.percent[place], float(judged.lights[place]))
            differing += not all(map(agrees, row[3:6], told))
    return differing


def agrees(cell: str, told: float) -> bool:
    """Whether Calc's cell says what the engine does; an error stands for what cannot be computed."""
    try:
        return abs(float(cell) - told) <= 1e-9 * max(1.0, abs(told))
    except ValueError:
        return cell.startswith("#") and (np.isnan(told) or told == -1)


def main() -> None:
    """Print seconds and ratios."""
    program = shutil.which("soffice")
    if program is None:
        print("LibreOffice is not installed: the comparison with Calc is left out")
        return
    figures = make_figures()
    rows = len(figures)
    values, judged = work_out(figures)
    results = np.column_stack([values.values, judged.percent, judged.lights])
    typed = np.nan_to_num(results)
    plain = ["".join(map(number, row)) for row in figures.tolist()]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        sheets = {name: place / f"{name}.ods" for name in ("warm", "empty", "typed", "formulas")}
        write_sheet(sheets["warm"], [number(1.0)])
        write_sheet(sheets["empty"], [number(1.0)])
        cells = ("".join(map(number, row)) for row in typed.tolist())
        write_sheet(sheets["typed"], map(str.__add__, plain, cells))
        own = (formulas_of(row) for row in range(1, rows + 1))
        write_sheet(sheets["formulas"], map(str.__add__, plain, own))
        given, answered = place / "given.csv", place / "answered.csv"
        with given.open("w", encoding="utf-8", newline="") as sink:
            csv.writer(sink).writerows(figures.tolist())
        convert(program, sheets["warm"])  # makes the profile of a first start
        print(f"{KPIS:,} KPIs × {MONTHS} months, three results each, file to file")
        took = {
            name: timed(lambda n=name: convert(program, sheets[n])) for name in list(sheets)[1:]
        }
        ours = min(timed(lambda: compute_file(given, answered)) for _ in range(3))
        alone = min(timed(lambda: work_out(figures)) for _ in range(3))
        tell("Calc, formulas worked out", took["formulas"], ours)
        tell("Calc, the same sheet with results typed in", took["typed"], ours)
        tell("Calc, a sheet with one number", took["empty"], ours)
        tell("engine, CSV to CSV", ours, ours)
        tell("engine, columns in memory", alone, ours)
        differing = differences(sheets["formulas"].with_suffix(".csv"), figures)
        print(f"  rows that differ by more than 1e-9: {differing} of {rows:,}")


def tell(what: str, seconds: float, reference: float) -> None:
    """Print one row."""
    print(f"  {what:46}{seconds:9.3f} s{seconds / reference:10.3f} ×")


if __name__ == "__main__":
    main()
