"""The functions that formulas may call, by their Chinese and English names."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, get_args

FunctionKey = Literal[
    "if",
    "if_missing",
    "mean",
    "sum",
    "max",
    "min",
    "count",
    "abs",
    "round",
    "and",
    "or",
    "not",
]
At = Literal["prev", "last_year", "ytd", "children"]
AtOrKey = FunctionKey | At


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function: how it is spelled, its other names, and how many arguments it takes (``most`` None: any).

    ``worded`` are names that print a quantity as well (合計（件數）): they call only with two arguments or more.
    """

    key: AtOrKey
    name: str
    others: tuple[str, ...]
    least: int
    most: int | None
    worded: tuple[str, ...] = ()


FUNCTIONS = (
    Function(key="if", name="若", others=("if",), least=3, most=3),
    Function(key="if_missing", name="若缺", others=("if_missing", "ifmissing"), least=2, most=2),
    Function(
        key="mean",
        name="平均",
        others=("mean", "average", "avg"),
        least=1,
        most=None,
        worded=("平均", "平均值"),
    ),
    Function(
        key="sum",
        name="加總",
        others=("sum",),
        least=1,
        most=None,
        worded=("加總", "合計", "總和"),
    ),
    Function(
        key="max", name="最大", others=("max",), least=1, most=None, worded=("最大", "最大值")
    ),
    Function(
        key="min", name="最小", others=("min",), least=1, most=None, worded=("最小", "最小值")
    ),
    Function(key="count", name="計數", others=("count",), least=1, most=None),
    Function(key="abs", name="絕對值", others=("abs",), least=1, most=1),
    Function(key="round", name="四捨五入", others=("round",), least=1, most=2),
    Function(key="and", name="且", others=("and",), least=2, most=None),
    Function(key="or", name="或", others=("or",), least=2, most=None),
    Function(key="not", name="非", others=("not",), least=1, most=1),
    Function(key="prev", name="前期", others=("prev", "previous"), least=1, most=1),
    Function(key="last_year", name="去年同期", others=("last_year",), least=1, most=1),
    Function(key="ytd", name="累計", others=("ytd",), least=1, most=1),
    Function(key="children", name="子機關加總", others=("children",), least=1, most=1),
)
BY_KEY: dict[str, Function] = {one.key: one for one in FUNCTIONS}
BY_NAME: dict[str, Function] = {
    name: one for one in FUNCTIONS for name in (one.name, *one.others, *one.worded)
}
CONDITIONS: frozenset[str] = frozenset({"and", "or", "not"})
MOMENTS: frozenset[str] = frozenset(get_args(At))
MOST_DECIMALS = 9


def find_function(name: str) -> Function | None:
    """Return the function of a name, Latin letters in any case.

    >>> find_function("MAX").name, find_function("平均數")
    ('最大', None)
    """
    return BY_NAME.get(name.lower())


def nearest_functions(name: str) -> tuple[str, ...]:
    """Return the names of functions that a name comes near, nearest first, at most two.

    >>> nearest_functions("averge"), nearest_functions("四捨五如"), nearest_functions("件數")
    (('average',), ('四捨五入',), ())
    """
    return tuple(get_close_matches(name.lower(), BY_NAME, n=2, cutoff=0.7))
