"""Parsing and explaining printed formulas, beside Python parsing and computing the same expression.

Prints microseconds and ratios, all from one run: the best of several rounds each. Then all formulas of the cases, and
how long hostile texts take to be refused.
"""

from __future__ import annotations

import ast
import timeit
from collections.abc import Callable
from pathlib import Path
from statistics import median

import yaml

from hengtu.core.formulas import FormulaError, evaluate, parse

ROUNDS, TIMES = 200, 10  # short rounds, so that a busy machine leaves some of them alone
CASES: dict[str, tuple[str, str, Callable[..., float], dict[str, float]]] = {
    "ratio": (
        "[（甲－乙）÷甲]×100%≥90%",
        "((a-b)/a)*100",
        lambda a, b: ((a - b) / a) * 100,
        {"甲": 500.0, "乙": 12.0},
    ),
    "long names": (
        "[（全年受理案件數－全年誤辦案件數）÷全年受理案件數]×100%",
        "((a-b)/a)*100",
        lambda a, b: ((a - b) / a) * 100,
        {"全年受理案件數": 500.0, "全年誤辦案件數": 12.0},
    ),
    "sum below": (
        "甲/(乙+丙+丁)*100%",
        "a/(b+c+d)*100",
        lambda a, b, c, d: a / (b + c + d) * 100,
        {"甲": 5.0, "乙": 3.0, "丙": 2.0, "丁": 4.0},
    ),
    "weighted": (
        "甲*20%+乙*40%+丙*40%",
        "a*0.2+b*0.4+c*0.4",
        lambda a, b, c: a * 0.2 + b * 0.4 + c * 0.4,
        {"甲": 100.0, "乙": 60.0, "丙": 0.0},
    ),
    "count": ("辦理場次/年至少12場", "a", lambda a: a, {"辦理場次": 11.0}),
    "function": (
        "若(甲>0, 乙/甲*100%, 0)",
        "(b/a*100) if a > 0 else 0",
        lambda a, b: (b / a * 100) if a > 0 else 0.0,
        {"甲": 40.0, "乙": 38.0},
    ),
}
HOSTILE = {
    "10 MB": "甲" * 3_500_000,
    "10,000 brackets": "(" * 10_000 + "甲" + ")" * 10_000,
    "51 brackets": "(" * 51 + "甲+乙" + ")" * 51,
    "division chain": "÷".join("甲乙丙丁" * 240),
    "open functions": "max(" * 400,
    "nested if": "若(甲>0," * 49 + "1" + ",0)" * 49,
    "unknown functions": "foo(甲,乙)+" * 190,
    "280 unknown names": "＋".join(f"未知{number}" for number in range(280)),
    "1,000 terms": "甲+" * 999 + "甲",
    "long condition": "若(且(" + "甲>1," * 300 + "乙>1),1,0)",
    "notes": "備註：" * 600,
    "quotes": "「" * 2000,
}


def best(run: Callable[[], object], times: int = TIMES) -> float:
    """Return the best round in microseconds for one call."""
    return min(timeit.repeat(run, number=times, repeat=ROUNDS)) / times * 1e6


def attempt(text: str) -> str:
    """Parse a text and return what came of it."""
    try:
        parse.__wrapped__(text)
    except FormulaError as error:
        return error.reason
    return "read"


def printed() -> list[str]:
    """Return the formulas of the cases that are read."""
    folder = Path(__file__).resolve().parent.parent / "tests" / "cases" / "formulas"
    cases = [case for path in folder.glob("*.yaml") for case in yaml.safe_load(path.read_text())]
    return [case["formula"] for case in cases if "error" not in case]


def main() -> None:
    """Print one row for every case."""
    print(
        f"{'formula':12}{'parse':>10}{'ast.parse':>12}{'ratio':>8}{'explain':>10}{'compute':>10}{'ratio':>8}"
    )
    for name, (text, python, compute, values) in CASES.items():
        formula, operands = parse(text), tuple(values.values())
        mine = best(lambda t=text: attempt(t))  # type: ignore[misc]
        theirs = best(lambda p=python: ast.parse(p))  # type: ignore[misc]
        told = best(lambda f=formula, v=values: evaluate(f, v))  # type: ignore[misc]
        bare = best(lambda c=compute, n=operands: c(*n))  # type: ignore[misc]
        print(
            f"{name:12}{mine:8.1f}µs{theirs:10.1f}µs{mine / theirs:7.1f}×"
            f"{told:8.1f}µs{bare:8.2f}µs{told / bare:7.0f}×"
        )
    each = sorted(best(lambda t=text: attempt(t), 5) for text in printed())  # type: ignore[misc]
    share = sum(time <= 100 for time in each) / len(each)
    print(
        f"{len(each)} formulas of the cases: median {median(each):.0f} µs, slowest {each[-1]:.0f} µs, "
        f"{share:.0%} within 100 µs"
    )
    for name, text in HOSTILE.items():
        reason = attempt(text)
        print(f"hostile: {name:20}{best(lambda t=text: attempt(t), 1) / 1000:8.2f} ms  {reason}")  # type: ignore[misc]


if __name__ == "__main__":
    main()
