"""What is wrong with a formula and what would be right; the steps of its evaluation."""

from __future__ import annotations

from hengtu.core.formulas import FormulaError, Step
from hengtu.core.formulas.failure import MAX_DEPTH, MAX_LENGTH, FormulaReason
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
    "not_a_formula": mark("這段文字不是公式"),
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
    "not_a_formula": mark("請寫成數據項與運算符號組成的算式；單一數據項也可以。"),
}


def tell_error(error: FormulaError, lang: Language = "zh-Hant") -> str:
    """Return what is wrong with a formula, without its place."""
    if error.reason == "operand_missing" and not error.found.strip():
        return say(ENDS_EARLY, lang)
    return say(ERRORS[error.reason], lang, found=error.found, limit=MAX_LENGTH, depth=MAX_DEPTH)


def tell_hint(error: FormulaError, lang: Language = "zh-Hant") -> str:
    """Return what would be right."""
    return say(HINTS[error.reason], lang)


def tell_evaluation(step: Step, lang: Language = "zh-Hant") -> str:
    """Return one step of an evaluation: what was worked out, and its value or why there is none."""
    if step.answer.value is not None:
        return f"{step.text} ＝ {print_number(step.answer.value, 6)}"
    if step.answer.reason in (None, "item_missing"):
        why = say(REASONS[step.answer.missing or "not_reported"], lang)
    else:
        why = say(NO_VALUES[step.answer.reason], lang)
    return f"{step.text}：{why}" if lang == "zh-Hant" else f"{step.text}: {why}"
