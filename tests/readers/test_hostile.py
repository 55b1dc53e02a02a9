"""Texts that are made to keep a reader busy: the work grows with the size, not with its square."""

import time
from contextlib import suppress

import pytest

from hengtu.readers import ReadError, read_bytes

SIZE = 60_000
PIECES = {
    "open brackets": "(",
    "full-width brackets": "（",
    "both brackets": "（((",
    "square brackets": "[［「",
    "dots": "1.",
    "leaders": "．",
    "digits": "1234567890",
    "thousands": "1,234",
    "listed years": "114、",
    "numerals": "〇一二",
    "stars": "*",
    "blanks": "甲 ",
    "letters": "Ab ",
    "codes": "AC1.1 ",
}


def spend(text: str) -> float:
    """Return the seconds of processor time that reading takes."""
    started = time.process_time()
    with suppress(ReadError):
        read_bytes(text.encode(), "計畫.txt")
    return time.process_time() - started


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES.keys())
def test_one_long_line_is_read_in_seconds(piece: str) -> None:
    # The square of this size would take tens of seconds: the bound is no measurement.
    assert spend(piece * (SIZE // len(piece))) < 8


@pytest.mark.parametrize("blank", [" ", "\u3000", "\u00a0", "\t"])
def test_a_run_of_blanks_is_read_in_seconds(blank: str) -> None:
    assert spend(f"壹、使命{blank * SIZE}為民服務\n策略目標{blank * SIZE}1") < 8


def test_blanks_between_columns_keep_their_meaning() -> None:
    wide = read_bytes(f"使命\t為民{' ' * 500}服務\n".encode(), "a.txt").plan
    narrow = read_bytes(f"使命\t為民{' ' * 40}服務\n".encode(), "a.txt").plan
    assert wide.mission == narrow.mission


def test_many_rows_without_an_objective_are_read_in_seconds() -> None:
    rows = "".join(
        f"AC{n} 目標{n}\n關鍵成功因素\n‧因素{n}\n關鍵績效指標\nAC{n}.1 指標{n}\n"
        for n in range(700)
    )
    assert spend(f"澄海市水利局策略地圖\n{rows}") < 15
