"""Write shapes.yaml and functions.yaml of tests/cases/golden: formulas times situations, in exact fractions.

The expected values come from the fractions below and never from the product:  python scripts/golden_cases.py
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import yaml

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "cases" / "golden"
# From the least to the gravest.
KINDS = (
    "not_compiled",
    "no_statistics",
    "no_data",
    "not_applicable",
    "formula_changed",
    "blank",
    "not_due",
    "not_reported",
    "not_computable",
)
NEAR = Fraction(1, 10**9)
Exact = Fraction | str
Known = dict[str, float | int | str]


def _lacking(parts: tuple[Exact, ...]) -> str | None:
    kinds = [part for part in parts if isinstance(part, str)]
    return max(kinds, key=KINDS.index) if kinds else None


def add(*parts: Exact) -> Exact:
    """Return a sum, or the gravest kind that its parts lack."""
    return _lacking(parts) or sum((p for p in parts if isinstance(p, Fraction)), Fraction())


def less(first: Exact, *others: Exact) -> Exact:
    """Return a difference."""
    return add(first, *(one if isinstance(one, str) else -one for one in others))


def times(*parts: Exact) -> Exact:
    """Return a product."""
    return over(parts, ())


def over(above: tuple[Exact, ...], below: tuple[Exact, ...]) -> Exact:
    """Return a quotient; what is missing counts before a zero below."""
    if lacking := _lacking((*above, *below)):
        return lacking
    result = Fraction(1)
    for part in above:
        result *= Fraction(part)
    for part in below:
        if part == 0:
            return "not_computable"
        result /= Fraction(part)
    return result


def hundred(part: Exact) -> Exact:
    """Return a share in percent."""
    return times(part, Fraction(100))


def holds(left: Exact, op: str, right: Exact) -> bool | str:
    """Return whether a comparison holds, or the gravest kind that its sides lack."""
    lacking = _lacking((left, right))
    return lacking or is_met(Fraction(left), op, Fraction(right))


def both(*conditions: bool | str) -> bool | str:
    """Return whether all conditions hold; a missing one counts though another fails."""
    kinds = [one for one in conditions if isinstance(one, str)]
    return max(kinds, key=KINDS.index) if kinds else all(conditions)


def choose(condition: bool | str, then: Exact, otherwise: Exact) -> Exact:
    """Return what a condition chooses; what it does not choose may be missing."""
    return condition if isinstance(condition, str) else then if condition else otherwise


def extreme(largest: bool, *parts: Exact) -> Exact:
    """Return the largest or smallest; missing is not zero."""
    numbers = [part for part in parts if isinstance(part, Fraction)]
    return _lacking(parts) or (max(numbers) if largest else min(numbers))


def mean(*parts: Exact) -> Exact:
    """Return the mean of parts that are all there."""
    return over((add(*parts),), (Fraction(len(parts)),))


def count(*parts: Exact) -> Exact:
    """Return how many parts are there."""
    return Fraction(sum(isinstance(part, Fraction) for part in parts))


def instead(part: Exact, default: Exact) -> Exact:
    """Return a part, or what stands in for a missing one."""
    return default if isinstance(part, str) else part


def size(part: Exact) -> Exact:
    """Return a part without its sign."""
    return part if isinstance(part, str) else abs(part)


def half_up(part: Exact, decimals: int) -> Exact:
    """Return a part rounded half up, away from zero."""
    if isinstance(part, str):
        return part
    scaled = abs(part) * Fraction(10) ** decimals + Fraction(1, 2)
    whole = Fraction(scaled.numerator // scaled.denominator) / Fraction(10) ** decimals
    return -whole if part < 0 else whole


@dataclass(frozen=True)
class Shape:
    """A printed formula, its operands in order, the ones below a stroke, and the same by hand."""

    text: str
    names: tuple[str, ...]
    by_hand: Callable[..., Exact]
    op: str = ""
    bound: str = ""
    zeros: tuple[str, ...] = ()


SHAPES = (
    Shape(
        "全年辦結件數÷全年受理件數×100%",
        ("全年辦結件數", "全年受理件數"),
        lambda a, b: hundred(over((a,), (b,))),
        zeros=("全年受理件數",),
    ),
    Shape(
        "[（全年受理件數－全年誤辦件數）÷全年受理件數]×100%≥95%",
        ("全年受理件數", "全年誤辦件數"),
        lambda a, b: hundred(over((less(a, b),), (a,))),
        ">=",
        "95",
        ("全年受理件數",),
    ),
    Shape(
        "滿意份數÷（滿意份數＋普通份數＋欠佳份數）×100%",
        ("滿意份數", "普通份數", "欠佳份數"),
        lambda a, b, c: hundred(over((a,), (add(a, b, c),))),
    ),
    Shape(
        "規劃進度*20%＋發包進度*30%＋完工進度*50%",
        ("規劃進度", "發包進度", "完工進度"),
        lambda a, b, c: add(
            times(a, Fraction(20, 100)), times(b, Fraction(30, 100)), times(c, Fraction(50, 100))
        ),
    ),
    Shape(
        "（本年度參訪人數－上年度參訪人數）÷上年度參訪人數×100%",
        ("本年度參訪人數", "上年度參訪人數"),
        lambda a, b: hundred(over((less(a, b),), (b,))),
        zeros=("上年度參訪人數",),
    ),
    Shape(
        "處理總日數÷辦理案數≤15",
        ("處理總日數", "辦理案數"),
        lambda a, b: over((a,), (b,)),
        "<=",
        "15",
        ("辦理案數",),
    ),
    Shape(
        "到課人數÷報名人數 單位：%",
        ("到課人數", "報名人數"),
        lambda a, b: hundred(over((a,), (b,))),
        zeros=("報名人數",),
    ),
    Shape("抽驗合格率×100%", ("抽驗合格率",), lambda a: a),
    Shape(
        "（東區到課率＋西區到課率）÷2>80",
        ("東區到課率", "西區到課率"),
        lambda a, b: over((add(a, b),), (Fraction(2),)),
        ">",
        "80",
    ),
    Shape(
        "總經費÷總人數÷開辦月數",
        ("總經費", "總人數", "開辦月數"),
        lambda a, b, c: over((a,), (b, c)),
        zeros=("總人數", "開辦月數"),
    ),
    Shape(
        "巡檢里程÷（總里程－免檢里程）×100%",
        ("巡檢里程", "總里程", "免檢里程"),
        lambda a, b, c: hundred(over((a,), (less(b, c),))),
    ),
    Shape(
        "工程執行數(實際付款數＋節餘款)÷可用預算數×100%",
        ("實際付款數", "節餘款", "可用預算數"),
        lambda a, b, c: hundred(over((add(a, b),), (c,))),
        zeros=("可用預算數",),
    ),
    Shape(
        "100%－退件數÷送件數×100%",
        ("退件數", "送件數"),
        lambda a, b: hundred(less(Fraction(1), over((a,), (b,)))),
        zeros=("送件數",),
    ),
    Shape(
        "宣導場次÷12<1",
        ("宣導場次",),
        lambda a: over((a,), (Fraction(12),)),
        "<",
        "1",
    ),
    Shape(
        "收件數÷（人力數÷工時數）",
        ("收件數", "人力數", "工時數"),
        lambda a, b, c: over((a,), (over((b,), (c,)),)),
        zeros=("人力數", "工時數"),
    ),
    Shape(
        "甲類數÷乙類數＋丙類數÷丁類數",
        ("甲類數", "乙類數", "丙類數", "丁類數"),
        lambda a, b, c, d: add(over((a,), (b,)), over((c,), (d,))),
        zeros=("乙類數", "丁類數"),
    ),
)
FUNCTIONS = (
    Shape(
        "若（受理件數＞0，辦結件數÷受理件數×100%，0）",
        ("受理件數", "辦結件數"),
        lambda a, b: choose(holds(a, ">", Fraction(0)), hundred(over((b,), (a,))), Fraction(0)),
        zeros=("受理件數",),
    ),
    Shape(
        "若（且（甲類數≥80，乙類數＜100），丙類數，甲類數÷丙類數）≥50",
        ("甲類數", "乙類數", "丙類數"),
        lambda a, b, c: choose(
            both(holds(a, ">=", Fraction(80)), holds(b, "<", Fraction(100))), c, over((a,), (c,))
        ),
        ">=",
        "50",
        ("丙類數",),
    ),
    Shape(
        "若（甲類數≠乙類數，甲類數÷（甲類數－乙類數），丙類數）",
        ("甲類數", "乙類數", "丙類數"),
        lambda a, b, c: choose(holds(a, "<>", b), over((a,), (less(a, b),)), c),
    ),
    Shape(
        "最大（甲類數，乙類數，丙類數）",
        ("甲類數", "乙類數", "丙類數"),
        lambda a, b, c: extreme(True, a, b, c),
    ),
    Shape(
        "最小（甲類數÷乙類數×100%，100）",
        ("甲類數", "乙類數"),
        lambda a, b: extreme(False, hundred(over((a,), (b,))), Fraction(100)),
        zeros=("乙類數",),
    ),
    Shape(
        "平均（第1次分數，第2次分數，第3次分數）≥60分",
        ("第1次分數", "第2次分數", "第3次分數"),
        mean,
        ">=",
        "60",
    ),
    Shape(
        "加總（甲類數，乙類數）÷計數（甲類數，乙類數，丙類數）",
        ("甲類數", "乙類數", "丙類數"),
        lambda a, b, c: over((add(a, b),), (count(a, b, c),)),
    ),
    Shape(
        "收件數＋若缺（補件數，0）",
        ("收件數", "補件數"),
        lambda a, b: add(a, instead(b, Fraction(0))),
    ),
    Shape(
        "若缺（甲類數÷乙類數，丙類數）×丁類數",
        ("甲類數", "乙類數", "丙類數", "丁類數"),
        lambda a, b, c, d: times(instead(over((a,), (b,)), c), d),
        zeros=("乙類數",),
    ),
    Shape(
        "絕對值（實際數－預定數）÷預定數×100%≤10%",
        ("實際數", "預定數"),
        lambda a, b: hundred(over((size(less(a, b)),), (b,))),
        "<=",
        "10",
        ("預定數",),
    ),
    Shape(
        "四捨五入（辦結件數÷受理件數×100%，1）",
        ("辦結件數", "受理件數"),
        lambda a, b: half_up(hundred(over((a,), (b,))), 1),
        zeros=("受理件數",),
    ),
    Shape("四捨五入（補助金額，-2）", ("補助金額",), lambda a: half_up(a, -2)),
    Shape(
        "（收件數－前期(收件數)）÷前期(收件數)×100%",
        ("收件數", "前期(收件數)"),
        lambda a, b: hundred(over((less(a, b),), (b,))),
        zeros=("前期(收件數)",),
    ),
)
ROWS: tuple[tuple[float | int, ...], ...] = (
    (196, 200, 4, 7),
    (1, 8, 3, 16),
    (56, 500, 11.2, 5),
    (2, 3, 7, 9),
    (0, 250, 125, 10),
    (-15, 40, 8, 3),
    (12.345, 0.005, 98.5, 0.25),
    (1e-12, 3e-12, 7e-12, 9e-12),
    (9007199254740993.0, 1e15, 3e15, 7e14),
    (95, 100, 5, 1),
    (80, 80, 80, 80),
    (12, 12, 12, 12),
)


def situations(shape: Shape) -> Iterator[Known]:
    """Yield what is known of the operands: numbers, zeros below, every kind of missing, two at once."""
    names = shape.names
    for row in ROWS:
        yield dict(zip(names, row, strict=False))
    plain: Known = dict(zip(names, ROWS[0], strict=False))
    for zero in shape.zeros:
        yield {**plain, zero: 0}
        yield {**plain, zero: -0.0}
    for place, kind in enumerate(KINDS):
        yield {**plain, names[place % len(names)]: kind}
    if len(names) > 1:
        yield {**plain, names[0]: "not_due", names[-1]: "no_data"}
        yield {**plain, names[0]: "not_compiled", names[-1]: "blank"}
        for zero in shape.zeros[-1:]:
            yield {**plain, zero: 0, names[0]: "no_statistics"}
    yield {name: value for name, value in plain.items() if name != names[-1]}


def work_out(shape: Shape, known: Known) -> dict[str, object]:
    """Return what is expected: the value or the kind of missing, and whether the limit is met."""
    operands = [
        given if isinstance(given := known.get(name, "not_reported"), str) else Fraction(given)
        for name in shape.names
    ]
    answer = shape.by_hand(*operands)
    if isinstance(answer, str):
        return {"missing": answer}
    expected: dict[str, object] = {"value": float(answer)}
    if shape.op:
        expected["met"] = is_met(answer, shape.op, Fraction(shape.bound))
    return expected


def is_met(value: Fraction, op: str, bound: Fraction) -> bool:
    """Return whether a limit is met, equal within 1e-9 of the larger of both and of 1."""
    if abs(value - bound) <= NEAR * max(abs(value), abs(bound), 1):
        return op in (">=", "<=", "=")
    if op == "<>":
        return True
    return value > bound if op[0] == ">" else value < bound if op[0] == "<" else False


def print_case(case: dict[str, object]) -> str:
    """Return a case as one line of YAML."""
    return yaml.safe_dump(
        case, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10_000
    ).strip()


def write(shapes: tuple[Shape, ...] = SHAPES) -> str:
    """Return the file: one case a line."""
    lines = ["# Written by scripts/golden_cases.py from exact fractions; do not edit."]
    for shape in shapes:
        for known in situations(shape):
            case = {"formula": shape.text, "known": known, **work_out(shape, known)}
            lines.append(f"- {print_case(case)}")
    return "\n".join(lines) + "\n"


FILES = {"shapes.yaml": SHAPES, "functions.yaml": FUNCTIONS}


def write_all() -> dict[str, str]:
    """Return every file by its name."""
    return {name: write(shapes) for name, shapes in FILES.items()}


if __name__ == "__main__":
    for name, text in write_all().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        print(f"{name}: {text.count(chr(10)) - 1} cases", file=sys.stderr)
