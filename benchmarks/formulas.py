"""Parsing and explaining a printed formula, beside Python parsing and computing the same expression.

Prints microseconds and ratios, all from one run: the best of several rounds each.
"""

from __future__ import annotations

import ast
import timeit

from hengtu.core.formulas import evaluate, parse

ROUNDS, TIMES = 5, 200
CASES = {
    "ratio": (
        "[（甲－乙）÷甲]×100%≥90%",
        "((a-b)/a)*100",
        lambda a, b: ((a - b) / a) * 100,
        {"甲": 500.0, "乙": 12.0},
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
}


def best(run: object) -> float:
    """Return the best round in microseconds for one call."""
    return min(timeit.repeat(run, number=TIMES, repeat=ROUNDS)) / TIMES * 1e6  # type: ignore[call-overload,no-any-return]


def main() -> None:
    """Print one row for every case."""
    print(
        f"{'formula':12}{'parse':>10}{'ast.parse':>12}{'ratio':>8}{'explain':>10}{'compute':>10}{'ratio':>8}"
    )
    uncached = parse.__wrapped__
    for name, (text, python, compute, values) in CASES.items():
        formula, operands = parse(text), tuple(values.values())
        mine, theirs = best(lambda t=text: uncached(t)), best(lambda p=python: ast.parse(p))
        told = best(lambda f=formula, v=values: evaluate(f, v))
        bare = best(lambda c=compute, n=operands: c(*n))
        print(
            f"{name:12}{mine:8.1f}µs{theirs:10.1f}µs{mine / theirs:7.1f}×"
            f"{told:8.1f}µs{bare:8.2f}µs{told / bare:7.0f}×"
        )


if __name__ == "__main__":
    main()
