"""The bar of long commands."""

from __future__ import annotations

import io

import pytest

from hengtu.cli.progress import WIDTH, Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_grows_in_one_line_on_a_terminal() -> None:
    stream = Terminal()
    bar = Progress(stream=stream)
    bar.show(0.5, "50%　1/2 個機關", "never")
    bar.show(1.0, "100%", "never")
    first, second = stream.getvalue().split("\r")[1:]
    assert first == f"[{'█' * 12}{'·' * 12}] 50%　1/2 個機關"
    assert second.startswith(f"[{'█' * WIDTH}] 100%")
    assert second.endswith("  ")
    assert "\n" not in stream.getvalue()
    bar.clear()
    assert stream.getvalue().endswith("\r")


def test_lines_elsewhere_and_nothing_when_quiet() -> None:
    stream = io.StringIO()
    Progress(stream=stream).show(0.5, "never", "50%　某某處")
    Progress(stream=stream, quiet=True).show(1.0, "never", "never")
    assert stream.getvalue() == "50%　某某處\n"


def test_time_left_is_as_fast_as_until_now(monkeypatch: pytest.MonkeyPatch) -> None:
    bar = Progress(started=100.0)
    monkeypatch.setattr("hengtu.cli.progress.time.monotonic", lambda: 130.0)
    assert bar.left(0.25) == pytest.approx(90)
    assert bar.left(0.0) == 0
