"""Item files: CSV with the columns code, measure, item, over_time, saying how items go over time."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import cast, get_args

from hengtu.core.judging.items import check_over_time
from hengtu.core.judging.series import OverTime, SeriesKey
from hengtu.readers.failure import ReadError
from hengtu.readers.opening import open_bytes
from hengtu.readers.txt.decode import decode

REQUIRED = ("code", "item", "over_time")


def read_items(data: bytes, name: str) -> dict[SeriesKey, OverTime]:
    """Return the rules over time by (code, measure, item); ReadError names the row and column."""
    try:
        rows = csv.DictReader(io.StringIO(decode(data)))
    except ReadError as failure:
        raise ReadError(failure.reason, **{**failure.args_, "file": name}) from failure
    header = [(column or "").strip().lower() for column in rows.fieldnames or ()]
    for column in REQUIRED:
        if column not in header:
            raise _wrong(1, column, "field_missing", name)
    rows.fieldnames = header
    try:
        return dict(_read_row(row, rows.line_num, name) for row in rows)
    except csv.Error as failure:
        raise _wrong(rows.line_num, "code", str(failure), name) from failure


def read_items_file(path: Path) -> dict[SeriesKey, OverTime]:
    """Return the rules of a file; ReadError says what is wrong."""
    return read_items(open_bytes(path), str(path))


def _read_row(row: dict[str, str], line: int, name: str) -> tuple[SeriesKey, OverTime]:
    code, measure, item, rule = (
        (row.get(column) or "").strip() for column in ("code", "measure", "item", "over_time")
    )
    if not code:
        raise _wrong(line, "code", "blank", name)
    if measure and not (measure.isascii() and measure.isdigit() and len(measure) < 3):
        raise _wrong(line, "measure", measure, name)
    if rule not in get_args(OverTime):
        raise _wrong(line, "over_time", f"not_one_of {'、'.join(get_args(OverTime))}", name)
    over_time = cast("OverTime", rule)
    if problem := check_over_time(item, None, over_time):
        raise _wrong(line, "over_time", problem, name)
    return (code, int(measure or "1"), item), over_time


def _wrong(line: int, column: str, problem: str, name: str) -> ReadError:
    return ReadError("bad_items", line=str(line), column=column, problem=problem[:60], file=name)
