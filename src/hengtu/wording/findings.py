"""What each finding tells a person: a title, and a sentence with the words that were read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from hengtu.core.issues import Finding, Level
from hengtu.core.source import Source
from hengtu.wording.catalogue import Language, mark, say

_NUMBERS = frozenset({"R141", "R145"})
_LONG_NUMBER = re.compile(r"(?<![\d.,])\d{4,15}(?![\d.,])")

TITLES: dict[str, str] = {
    "R002": mark("讀不出計畫內容"),
    "R003": mark("文件不完整"),
    "R004": mark("未能辨識的文字"),
    "R005": mark("文字毀損"),
    "R101": mark("代碼誤植"),
    "R102": mark("代碼錯誤"),
    "R103": mark("代碼重複"),
    "R104": mark("代碼無所屬"),
    "R111": mark("字形誤植"),
    "R112": mark("機關名稱缺字"),
    "R113": mark("名稱多字"),
    "R114": mark("名稱缺字"),
    "R115": mark("機關簡稱未識別"),
    "R121": mark("列標題錯位"),
    "R122": mark("欄位錯位"),
    "R123": mark("策略地圖缺列"),
    "R124": mark("儲存格左移"),
    "R131": mark("儲存格被分頁切斷"),
    "R132": mark("表頭重複"),
    "R133": mark("表頭插入列中"),
    "R141": mark("數字被空白斷開"),
    "R142": mark("一格多值"),
    "R143": mark("一列多項指標"),
    "R144": mark("一項指標多個衡量標準"),
    "R145": mark("同列數值單位不一"),
    "R146": mark("非全年資料"),
    "R147": mark("目標欄填列執行結果"),
    "R148": mark("公式殘留編號"),
    "R149": mark("數值無法判讀"),
    "R150": mark("一格缺漏值適用多項"),
    "R161": mark("預定月份遺失"),
    "R162": mark("因果箭線遺失"),
    "R163": mark("目標位置錯置"),
    "R164": mark("一格多項內容"),
    "R165": mark("姓名與職稱相連"),
    "R171": mark("宣告數量不符"),
    "X101": mark("名稱寫法不一"),
    "M101": mark("公式依單位換算為百分比"),
    "M102": mark("公式無法計算"),
    "M103": mark("公式補上括號"),
    "P201": mark("行動方案過多"),
    "M201": mark("公式內的權數合計不為 100"),
    "T201": mark("調降年度目標值未敘明理由"),
}

SENTENCES: dict[str, str] = {
    "R002": mark("這份文件讀不出策略地圖、計分卡、指標或工作項目，請確認是否為計畫文件。"),
    "R003": mark("文件似乎不完整，在「{raw}」處中斷；請取得完整檔案後重新匯入。"),
    "R004": mark("「{raw}」未能辨識，已原文保留。"),
    "R005": mark("「{raw}」含有毀損的字元，請以原始檔案核對。"),
    "R101": mark("代碼「{raw}」應為「{reading}」，已依代碼規則修正。"),
    "R102": mark("「{raw}」的代碼與其他目標重複，依名稱與位置應為「{reading}」。"),
    "R103": mark("代碼「{subject}」出現一次以上且內容不同：{raw}；請確認。"),
    "R104": mark("「{raw}」找不到所屬的策略目標或指標。"),
    "R111": mark("「{raw}」疑為「{reading}」之誤植。"),
    "R112": mark("機關名稱「{raw}」有缺字，應為「{reading}」。"),
    "R113": mark("「{raw}」較他處多字，依多數寫法讀為「{reading}」。"),
    "R114": mark("「{raw}」較他處缺字，依多數寫法讀為「{reading}」。"),
    "R115": mark("「{raw}」不在常見機關簡稱之列，請確認是否誤植。"),
    "R121": mark("列標題「{raw}」與該列代碼不符，依代碼應為「{reading}」。"),
    "R122": mark("此列較表頭左移一欄，已依主題順序「{reading}」對齊。"),
    "R123": mark("策略地圖缺少「{reading}」整列，該構面的策略目標未能讀出。"),
    "R124": mark("此列儲存格較表頭左移，已還原至正確欄位：{raw}"),
    "R131": mark("內容被分頁切成兩段，已合併為「{reading}」。"),
    "R132": mark("換頁重複列印的表頭已略過。"),
    "R133": mark("同一列中間插入了重複的表頭，已將前後兩段合併。"),
    "R141": mark("數字「{raw}」被空白斷開，讀為 {reading}。"),
    "R142": mark("「{raw}」一格填列多個數值，已分別讀為 {reading}。"),
    "R143": mark("同一列填列多項指標，已拆為 {reading}。"),
    "R144": mark("「{subject}」同一代碼下有多個衡量標準：{reading}。"),
    "R145": mark("「{raw}」的單位與同列其他數值不同，讀為 {reading}，不與其他年度比較。"),
    "R146": mark("「{raw}」僅涵蓋部分期間（{reading}），與全年數值不可直接比較。"),
    "R147": mark("目標欄「{raw}」填列的是執行結果，數值仍讀為目標，狀態另記為「{reading}」。"),
    "R148": mark("公式開頭的編號「{raw}」為殘留文字，不列入計算。"),
    "R149": mark("「{raw}」無法判讀為數值，已保留原文，請人工確認。"),
    "R150": mark("「{raw}」一格適用於同列各項指標。"),
    "R161": mark("12 個月份欄的標記相同，無法得知預定月份；各項工作的月份列為未知。"),
    "R162": mark("關聯圖只剩 {reading} 個目標，沒有可辨識的箭線；因果關係請於地圖上補登。"),
    "R163": mark("「{raw}」印在其他構面之間，依代碼歸入「{reading}」。"),
    "R164": mark("同一格內有多項內容，已拆為 {reading} 項。"),
    "R165": mark("職稱欄同時印有姓名，僅保留職稱，姓名不予儲存。"),
    "R171": mark("文件稱「{raw}」，實際計得 {reading}，請確認。"),
    "X101": mark("「{raw}」與他處寫法不同，採用「{reading}」。"),
    "M101": mark("「{subject}」的單位為百分比而公式未乘 100%，計算時換算為百分比。"),
    "M102": mark("「{subject}」的公式「{raw}」無法計算，請檢查「{reading}」附近的運算符號與括號。"),
    "M103": mark("「{subject}」的公式括號不成對，已補上括號，讀為「{reading}」。"),
    "P201": mark("「{subject}」有 {reading} 項行動方案；所採規則集規定至多 {repair} 項。"),
    "M201": mark("「{subject}」的公式各項權數合計 {reading}%，應為 100%：{raw}"),
    "T201": mark("「{subject}」調降年度目標值（{reading}）；所採規則集規定須敘明原因與因應策略。"),
}

LEVEL_NAMES: dict[Level, str] = {
    "error": mark("錯誤"),
    "warning": mark("警告"),
    "hint": mark("提示"),
}


def finding_title(code: str, lang: Language = "zh-Hant") -> str:
    """Return the short title of a kind of finding."""
    return say(TITLES[code], lang)


def finding_message(finding: Finding, lang: Language = "zh-Hant") -> str:
    """Return the sentence that tells a person about a finding."""
    fields = {
        "subject": finding.subject,
        "raw": shorten(finding.raw),
        "reading": shorten(_grouped(finding, lang)),
        "repair": finding.repair,
        **finding.args,
    }
    return say(SENTENCES[finding.code], lang).format(**fields)


def _grouped(finding: Finding, lang: Language) -> str:
    """Return the reading, the thousands of a number set apart, lists in the marks of the language."""
    reading = finding.reading.replace("；", "; ") if lang == "en" else finding.reading
    if finding.code not in _NUMBERS:
        return reading
    return _LONG_NUMBER.sub(lambda found: f"{int(found[0]):,}", reading)


def shorten(words: str, limit: int = 60) -> str:
    """Return the words on one line, cut with … when long.

    >>> shorten("甲\\t乙")
    '甲 乙'
    """
    line = " ".join(words.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def print_finding(finding: Finding, lang: Language = "zh-Hant") -> dict[str, Any]:
    """Return a finding as the contract's JSON object."""
    return {
        "code": finding.code,
        "level": finding.level,
        "message": finding_message(finding, lang),
        "where": print_place(finding.where),
        "subject": finding.subject,
        "raw": finding.raw,
        "reading": finding.reading,
        "repair": finding.repair,
        "certainty": finding.certainty,
        "count": finding.count,
    }


def print_place(source: Source) -> dict[str, Any]:
    """Return where something stands as the contract's JSON object."""
    place: dict[str, Any] = {"line": source.line, "page": source.page, "cell": source.cell}
    if source.lines:
        place["lines"] = list(source.lines)
    return {name: value for name, value in place.items() if value is not None}


def count_levels(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many findings stand at each level."""
    counts = dict.fromkeys(LEVEL_NAMES, 0)
    for finding in findings:
        counts[finding.level] += 1
    return {str(level): n for level, n in counts.items()}
