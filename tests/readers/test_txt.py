"""Text files become paper, whatever their encoding, line ends and marks; what is no text is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengtu.core.paper import Line, Table
from hengtu.readers import read_bytes
from hengtu.readers.failure import ReadError
from hengtu.readers.txt import read

TEXT = "一、甲局計畫\n\n策略目標\tKPI\nAC1 提升\tAC1.1 率\n\n- **KPI**：比率\n  - 說明\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp950"]
)
def test_every_encoding_gives_the_same_paper(encoding: str) -> None:
    assert read(TEXT.encode(encoding)).blocks == read(TEXT.encode()).blocks


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_every_line_end_gives_the_same_paper(ending: str) -> None:
    assert read(TEXT.replace("\n", ending).encode()).blocks == read(TEXT.encode()).blocks


def test_lines_and_tables_keep_their_places() -> None:
    heading, table, label, note = read(TEXT.encode()).blocks
    assert isinstance(heading, Line)
    assert isinstance(table, Table)
    assert isinstance(label, Line)
    assert isinstance(note, Line)
    assert (heading.text, heading.place.line) == ("一、甲局計畫", 1)
    assert [row.place.line for row in table.rows] == [3, 4]
    assert (label.text, label.bullet, label.gap_before) == ("KPI：比率", True, 1)
    assert (note.indent, note.bullet) == (2, True)


def test_a_row_without_tabs_inside_a_table_belongs_to_it() -> None:
    table = read("甲\t乙\n顧客構面\nAC1\tAC1.1\n".encode()).blocks[0]
    assert isinstance(table, Table)
    assert [len(row.cells) for row in table.rows] == [2, 1, 2]


def test_ruling_lines_are_no_content() -> None:
    assert len(read("甲\t乙\n-----\t-----\n丙\t丁\n".encode()).tables[0].rows) == 2


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (bytes(range(256)) * 4, "not_text"),
        (b"x" * 2_000_001, "too_large"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(data)
    assert refused.value.reason == reason


@given(data=st.binary(max_size=400))
def test_random_bytes_are_read_or_refused_but_never_crash(data: bytes) -> None:
    try:
        draft = read_bytes(data, "x.txt")
    except ReadError:
        return
    assert not draft.plan.kpis


@given(text=st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    try:
        refused = ""
        read_bytes(text.encode("utf-8", "surrogatepass"), "x.txt")
    except ReadError as failure:
        refused = failure.reason
    assert refused in ("", "empty", "not_text")
