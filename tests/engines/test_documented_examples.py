"""The examples of the page on engines run, and give what the comment behind them says."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from hengtu.engines.columns import Column

BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_examples_of_the_page_run(repo_root: Path) -> None:
    pytest.importorskip("duckdb", reason="the extra bulk is not installed")
    blocks = BLOCK.findall((repo_root / "docs" / "engines.md").read_text("utf-8"))
    assert len(blocks) >= 2
    for block in blocks:
        last = block.strip().splitlines()[-1]
        promised = [word.strip() for word in last.partition("#")[2].split(",")]
        assert [told(one) for one in results_of(block)] == [word.split()[0] for word in promised]


def results_of(block: str) -> tuple[object, ...]:
    """Return what the last line of an example gives."""
    *before, last = ast.parse(block).body
    names: dict[str, object] = {}
    exec(compile(ast.Module(before, []), "example", "exec"), names)
    assert isinstance(last, ast.Expr | ast.Assign)
    given = eval(compile(ast.Expression(last.value), "example", "eval"), names)
    if isinstance(given, Column):
        return tuple(given.at(row) for row in range(len(given)))
    return given if isinstance(given, tuple) else (given,)


def told(given: object) -> str:
    return str(given)
