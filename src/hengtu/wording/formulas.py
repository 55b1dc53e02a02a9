"""What is wrong with a formula and what would be right; the steps of its evaluation."""

from __future__ import annotations

from hengtu.core.formulas import FormulaError, Step
from hengtu.core.formulas.failure import MAX_DEPTH, MAX_LENGTH, FormulaReason
from hengtu.core.formulas.functions import FUNCTIONS, MOST_DECIMALS, Function, find_function
from hengtu.wording.catalogue import Language, mark, say
from hengtu.wording.explanations import NO_VALUES
from hengtu.wording.lights import REASONS
from hengtu.wording.numbers import print_number

ERRORS: dict[FormulaReason, str] = {
    "empty": mark("沒有讀到公式"),
    "too_long": mark("公式超過 {limit} 個字，不予計算"),
    "too_deep": mark("括號超過 {depth} 層，不予計算"),
    "bracket_unclosed": mark("括號「{found}」沒有對應的右括號"),
    "bracket_unopened": mark("括號「{found}」沒有對應的左括號"),
    "operand_missing": mark("「{found}」之前缺少數據項或數字"),
    "operator_missing": mark("「{found}」之前缺少運算符號"),
    "unknown_character": mark("不能辨識的符號「{found}」"),
    "two_expressions": mark("等號「{found}」兩邊都是算式，不知應計算哪一邊"),
    "several_measures": mark("這一格有不只一個衡量標準，第二個由「{found}」開始"),
    "unknown_function": mark("沒有「{found}」這個函數"),
    "argument_count": mark("函數「{found}」的引數個數不符，應為 {expected}"),
    "condition_needed": mark("這裡須為條件，例如「件數≥90」"),
    "condition_misplaced": mark("這裡須為數值，不能是條件"),
    "conditions_chained": mark("「{found}」之前已有一個比較"),
    "item_needed": mark("「{found}」的括號內只能有一個數據項名稱"),
    "decimals_needed": mark("四捨五入的第二個引數須為 0 至 {decimals} 的整數，或負整數"),
    "comma_in_number": mark("函數內的「{found}」可能是千分位，也可能是兩個引數"),
    "definitions_grow": mark("備註中的定義互相引用，展開後過長，不予計算"),
}
ENDS_EARLY = mark("公式在此中斷，缺少數據項或數字")
HINTS: dict[FormulaReason, str] = {
    "empty": mark("請輸入如「依限件數÷總件數×100%」的公式。"),
    "too_long": mark("請只保留算式，說明文字移至備註。"),
    "too_deep": mark("請減少括號層數，或將部分算式另訂為數據項。"),
    "bracket_unclosed": mark("請補上右括號，或刪除這個左括號。"),
    "bracket_unopened": mark("請補上左括號，或刪除這個右括號。"),
    "operand_missing": mark("請在此補上數據項名稱或數字，或刪除多餘的運算符號。"),
    "operator_missing": mark("請在此補上 ＋、－、×、÷；名稱中的括號請與名稱緊接。"),
    "unknown_character": mark("請改用 ＋、－、×、÷、（）及數據項名稱。"),
    "two_expressions": mark("等號左邊只留名稱，例如「執行率＝執行數÷預算數×100%」。"),
    "several_measures": mark("請將各個衡量標準分開填列，每個各有自己的公式與門檻。"),
    "unknown_function": mark("可用的函數：{functions}。"),
    "argument_count": mark("引數之間以「，」分隔，例如「{example}」。"),
    "condition_needed": mark(
        "條件以 ≥、≤、＞、＜、＝、≠ 比較，可用 且（，）、或（，）、非（）合併。"
    ),
    "condition_misplaced": mark("請改寫為「若（條件，1，0）」。"),
    "conditions_chained": mark("請改寫為「且（甲＜乙，乙＜丙）」。"),
    "item_needed": mark("請對每個數據項分別使用，例如「{found}（甲）÷{found}（乙）」。"),
    "decimals_needed": mark("例如「四捨五入（甲÷乙，2）」取至小數第二位。"),
    "comma_in_number": mark("千分位請去掉逗號；兩個引數請以「，」分隔。"),
    "definitions_grow": mark("請減少定義之間的引用，或將部分算式另訂為數據項。"),
}
QUOTED = mark("」或「")
NEAREST = mark("是否為「{nearest}」？")
COUNTS = {
    "exact": mark("{least} 個"),
    "span": mark("{least} 至 {most} 個"),
    "open": mark("至少 {least} 個"),
}
CONDITIONS = {True: mark("成立"), False: mark("不成立")}
EXAMPLES = {
    "if": mark("若（受理件數＞0，辦結件數÷受理件數×100%，0）"),
    "if_missing": mark("若缺（補件數，0）"),
    "round": mark("四捨五入（甲÷乙，2）"),
    "abs": mark("絕對值（甲－乙）"),
    "not": mark("非（甲＞乙）"),
    "and": mark("且（甲≥90，乙＜5）"),
    "or": mark("或（甲≥90，乙＜5）"),
}


def tell_error(error: FormulaError, lang: Language = "zh-Hant") -> str:
    """Return what is wrong with a formula, without its place."""
    if error.reason == "operand_missing" and not error.found.strip():
        return say(ENDS_EARLY, lang)
    return say(
        ERRORS[error.reason],
        lang,
        found=_as_typed(error),
        limit=MAX_LENGTH,
        depth=MAX_DEPTH,
        decimals=MOST_DECIMALS,
        expected=_counts(error, lang) if error.reason == "argument_count" else "",
    )


def _as_typed(error: FormulaError) -> str:
    """Return what was found as it stands in the text: ÷ where the formula has ÷, not the / it is read as."""
    at = error.text[error.position : error.position + 1]
    return at if len(error.found) == 1 and at.strip() else error.found


def tell_hint(error: FormulaError, lang: Language = "zh-Hant") -> str:
    """Return what would be right, with the function or name that comes nearest."""
    function = find_function(error.found)
    listed = say("、", lang)
    told = say(
        HINTS[error.reason],
        lang,
        found=error.found,
        functions=listed.join(one.name for one in FUNCTIONS),
        example=_example(function, lang) if function else "",
    )
    if error.reason != "unknown_function" or not error.expected:
        return told
    nearest = say(QUOTED, lang).join(error.expected)
    return say(NEAREST, lang, nearest=nearest) + told


def _example(function: Function, lang: Language) -> str:
    example = EXAMPLES.get(function.key)
    return say(example, lang) if example else f"{function.name}（甲，乙）"


def _counts(error: FormulaError, lang: Language) -> str:
    least, most = error.expected
    kind = "open" if not most else "exact" if least == most else "span"
    return say(COUNTS[kind], lang, least=least, most=most)


def tell_evaluation(step: Step, lang: Language = "zh-Hant") -> str:
    """Return one step of an evaluation: what was worked out, and its value or why there is none."""
    if step.answer.value is not None and step.kind == "condition":
        holds = say(CONDITIONS[step.answer.value > 0], lang)
        return f"{step.text}：{holds}" if lang == "zh-Hant" else f"{step.text}: {holds}"
    if step.answer.value is not None:
        return f"{step.text} ＝ {print_number(step.answer.value, 6)}"
    if step.answer.reason in (None, "item_missing"):
        why = say(REASONS[step.answer.missing or "not_reported"], lang)
    else:
        why = say(NO_VALUES[step.answer.reason], lang)
    return f"{step.text}：{why}" if lang == "zh-Hant" else f"{step.text}: {why}"
