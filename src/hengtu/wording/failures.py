"""Why a command or a file cannot go on: one clear sentence each."""

from __future__ import annotations

from collections.abc import Mapping

from hengtu.wording.catalogue import Language, mark, say

FAILURES: dict[str, str] = {
    "empty": mark("檔案是空的：{file}"),
    "too_large": mark("檔案超過 {limit} MB 的上限：{file}"),
    "not_text": mark("檔案不是可讀的文字（可能是二進位檔或已毀損）：{file}"),
    "missing_file": mark("找不到檔案：{file}"),
    "is_directory": mark("這是資料夾，不是檔案：{file}"),
    "not_permitted": mark("沒有讀取權限：{file}"),
    "unknown_format": mark("不支援的檔案格式「{format}」；目前可讀取 {formats}：{file}"),
    "bad_json": mark("JSON 格式不正確（第 {line} 行）：{file}"),
    "bad_plan": mark("計畫 JSON 的「{path}」不正確：{problem}（{file}）"),
    "bad_actuals": mark("實績檔第 {line} 列的「{column}」不正確：{problem}（{file}）"),
    "bad_items": mark("數據項檔第 {line} 列的「{column}」不正確：{problem}（{file}）"),
    "bad_rulebook": mark("規則集的「{path}」不正確：{problem}（{file}）"),
    "unknown_rulebook": mark("沒有「{code}」這個規則集；可用 {codes}。"),
    "rulebook_of_other_years": mark("規則集「{code}」不適用於 {given}。"),
    "bad_period": mark("期別「{given}」不正確；例如 114、114H1、114Q3 或 114-09。"),
    "no_figures": mark("實績檔沒有任何數值，請以 --period 指定期別：{file}"),
    "unlike_item": mark("公式沒有數據項「{given}」，是否為「{near}」？數據項為：{items}"),
    "no_items": mark("公式沒有數據項，不需設定「{given}」。"),
    "unknown_item": mark("公式沒有數據項「{given}」；數據項為：{items}"),
    "bad_output": mark("輸出格式「{format}」不適用於此報表；可用 {formats}。"),
    "cannot_write": mark("無法寫入檔案：{file}"),
    "usage": mark("用法錯誤：{problem}；請執行 {command} --help"),
    "bad_set": mark("--set 須為「名稱=數值」：{given}"),
    "unknown_agency": mark("找不到機關「{agency}」。"),
    "unknown_user": mark("找不到帳號「{username}」。"),
    "user_exists": mark("帳號「{username}」已存在。"),
    "unknown_role": mark("沒有「{role}」這個角色；可用 {roles}。"),
    "password_needed": mark("請在終端機輸入密碼，或以 --password-stdin 由標準輸入提供。"),
    "weak_password": mark("密碼不符規定：{problem}"),
    "unknown_code": mark("計畫中沒有代碼「{code}」（第 {line} 列）。"),
    "no_plan": mark("機關「{agency}」尚無採用中的計畫，請先匯入計畫文件。"),
    "port_taken": mark("埠號 {port} 已被占用，請以 --port 指定其他埠號。"),
    "no_database": mark("無法連線至資料庫：{problem}"),
    "nothing_adopted": mark("文件沒有可採用的計畫內容：{file}"),
    "engine_missing": mark("未安裝 {engine} 引擎；請執行 pip install 'hengtu[{detail}]'。"),
    "java_missing": mark(
        "Spark 需要 Java 17 或更新版本；Debian 請安裝 openjdk-17-jre-headless 或 default-jre-headless。"
    ),
    "java_too_old": mark("Spark 需要 Java 17 或更新版本，目前為 Java {detail}。"),
    "server_needed": mark(
        "postgres 引擎需要以 HENGTU_DATABASE_URL 指定 PostgreSQL（postgresql://…）。"
    ),
    "engine_unreachable": mark("無法連線至 {engine} 引擎：{detail}"),
    "engine_failed": mark("{engine} 引擎無法完成計算：{detail}"),
    "engine_disagrees": mark(
        "{engine} 引擎與逐筆計算不一致，結果不予採用：{code} 的{what}，逐筆為 {record}，引擎為 {answer}。"
    ),
    "kpi_cycle": mark("指標的公式互相引用，無法計算：{path}。請修改其中一個公式。"),
    "worker_lost": mark(
        "背景處理程序意外結束（可能是記憶體不足）：{done}/{total} 個機關已完成，其餘維持原狀；再執行一次即可完成。"
    ),
    "database_failed": mark(
        "資料庫無法完成作業：{problem}；{done}/{total} 個機關已完成，其餘維持原狀；再執行一次即可完成。"
    ),
    "nothing_to_report": mark("這份計畫沒有「{report}」所需的內容。"),
}

# What is wrong with a field: a key of this table, often followed by what was found.
PROBLEMS: dict[str, str] = {
    "no_plan_object": mark("不是計畫的 JSON"),
    "field_missing": mark("缺少此欄位"),
    "wrong_type": mark("資料型別不符，應為"),
    "not_one_of": mark("須為下列之一："),
    "not_a_number": mark("須為數字"),
    "blank": mark("未填"),
    "too_many_rows": mark("資料列過多，上限為"),
    "value_and_missing": mark("value 與 missing 只能擇一填列："),
    "sum_of_percentages": mark("百分比不得加總"),
    "not_over_agencies": mark("期末值不能跨機關彙總"),
    "too_long": mark("超過長度上限"),
    "not_yaml": mark("不是正確的 YAML"),
    "no_bands": mark("未列級距"),
    "bands_must_fall": mark("級距須由高至低："),
    "light_must_fall": mark("燈號須由佳至劣："),
    "last_band_above_zero": mark("最後一個級距須為 0 以下："),
    "cap_below_100": mark("得分上限不得低於 100："),
    "not_a_share": mark("須介於 0 與 1 之間："),
    "ends_before_it_begins": mark("訖年早於起年："),
    "unknown_field": mark("沒有這個欄位"),
    "source_needed": mark("須註明來源，或填 product default"),
    "not_a_roc_year": mark("須為民國年："),
    "unknown_part": mark("沒有這個計分項目："),
    "not_a_mapping": mark("須為「欄位: 值」"),
    "not_a_list": mark("須為清單"),
    "text_needed": mark("須為文字"),
    "negative_weight": mark("權重不得為負："),
    "weights_not_100": mark("權重合計須為 100，現為"),
    "not_decimals": mark("小數位數須為 0 至 6："),
    "not_a_month": mark("須為 1 至 12 月："),
    "not_a_count": mark("須為 1 以上的整數："),
}


def failure_message(
    reason: str, fields: Mapping[str, str] | None = None, lang: Language = "zh-Hant"
) -> str:
    """Return the sentence for a failure; fields that are not given print as an empty string."""
    told = dict(fields or {})
    if "problem" in told:
        told["problem"] = tell_problem(told["problem"], lang)
    return say(FAILURES[reason], lang).format_map(_Blank(told))


def tell_problem(problem: str, lang: Language = "zh-Hant") -> str:
    """Return what is wrong with a field; words that are no key stay as they were found.

    >>> tell_problem("not_a_number 甲"), tell_problem("12月")
    ('須為數字 甲', '12月')
    """
    key, _, found = problem.partition(" ")
    if key not in PROBLEMS:
        return problem
    told = say(PROBLEMS[key], lang)
    return told + found if told.endswith("：") else f"{told} {found}".strip()


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""
