"""What the commands say: help texts and the summaries they print."""

from __future__ import annotations

from hengtu.wording.catalogue import Language, mark, say

HELP: dict[str, str] = {
    "hengtu": mark("衡圖：從計畫文件到策略地圖、計分卡與工作時程"),
    "read": mark("讀取計畫文件，列出讀到的計畫內容與檢查發現"),
    "check": mark("檢查計畫文件，只列出檢查發現"),
    "write": mark("由計畫產製報表（svg、html、csv）"),
    "diff": mark("比較兩份計畫的差異"),
    "schema": mark("輸出 JSON Schema"),
    "formula": mark("解析並計算一條衡量公式"),
    "compute": mark("由計畫與實績算出各指標的數值、達成度與燈號，並說明理由"),
    "demo": mark("建立示範機關與資料，並啟動網站"),
    "serve": mark("以設定的資料庫啟動網站"),
    "migrate": mark("建立或更新資料庫"),
    "import": mark("將計畫文件或實績檔匯入機關"),
    "user": mark("管理使用者帳號"),
    "recompute": mark("重新計算全部結果，或查核儲存的結果是否一致"),
    "drift_audit": mark("只查核不寫入；有不一致時結束代碼為 1"),
    "quiet": mark("不顯示進度"),
    "workers": mark("另開幾個處理程序先行計算；預設視資料量而定"),
    "file": mark("計畫文件，或 read 輸出的 JSON"),
    "actuals_file": mark("實績檔（CSV）"),
    "json": mark("以 JSON 輸出"),
    "sarif": mark("以 SARIF 2.1.0 輸出"),
    "report": mark("報表種類"),
    "to": mark("輸出檔，由副檔名決定格式"),
    "lang": mark("輸出語言"),
    "set": mark("指定數據項的值，可重複"),
    "agency": mark("機關名稱"),
    "actuals": mark("匯入的是實績檔"),
    "host": mark("監聽位址"),
    "port": mark("監聽埠號"),
    "document": mark("schema 的文件種類"),
    "text": mark("公式文字"),
    "unit": mark("計量單位，公式未印時使用"),
    "period": mark("期別（114、114H1、114Q3、114-09），由年初累計至期末；預設為實績的最近一期"),
    "engine": mark("計算引擎；未指定時逐筆計算"),
    "rulebook_code": mark("規則集代碼，或規則集檔（.yaml）"),
    "items_file": mark("數據項檔（CSV），載明各數據項如何逐期彙總"),
    "user_add": mark("新增帳號並指派角色"),
    "user_list": mark("列出帳號及角色"),
    "user_disable": mark("停用帳號"),
    "user_password": mark("重設密碼"),
    "display_name": mark("顯示名稱"),
    "username": mark("登入帳號"),
    "role": mark("角色"),
    "password_stdin": mark("由標準輸入讀取密碼"),
}

SUMMARIES: dict[str, str] = {
    "plan": mark("{title}（{agency}）"),
    "counts": mark(
        "主題 {themes}、策略目標 {objectives}、指標 {kpis}、行動方案 {actions}、"
        "執行策略 {strategies}、工作項目 {work_items}"
    ),
    "findings": mark("檢查發現：錯誤 {error}、警告 {warning}、提示 {hint}"),
    "finding": mark("{level} {code} 第 {line} 行：{message}"),
    "finding_elsewhere": mark("{level} {code}：{message}"),
    "no_findings": mark("沒有任何檢查發現。"),
    "same": mark("兩份計畫沒有差異。"),
    "added": mark("新增 {subject} {field}：{new}"),
    "removed": mark("刪除 {subject} {field}：{old}"),
    "changed": mark("變更 {subject} {field}：{old} → {new}"),
    "value": mark("＝ {value}"),
    "items": mark("數據項：{items}"),
    "no_value": mark("沒有數值：{reason}"),
    "result": mark(
        "{light} {code} {name}　{value}{unit}（目標 {target}，達成度 {achievement}）{note}"
    ),
    "result_white": mark("{light} {code} {name}（{reason}）"),
    "part_known": mark("，資料已知 {percent}%"),
    "lights": mark("衡量標準：達成 {green}、注意 {yellow}、落後 {red}、無法判定 {white}"),
    "judged_by": mark("{period}，規則集：{rulebook}"),
    "not_in_plan": mark("計畫中沒有代碼「{codes}」，其實績未採計。"),
    "read_as": mark("括號未成對，讀為：{formula}"),
    "marked": mark("　{before}▶{after}"),
    "error_at": mark("第 {position} 個字：{message}"),
    "threshold": mark("門檻：{threshold}"),
    "met": mark("符合門檻"),
    "not_met": mark("未達門檻"),
    "serving": mark("衡圖已啟動：{url}（按 Ctrl-C 結束）"),
    "accounts": mark("示範帳號（密碼皆為 {password}）：{accounts}"),
    "imported": mark("已匯入「{title}」至 {agency}。"),
    "imported_with_errors": mark(
        "已匯入「{title}」至 {agency}，但有錯誤等級的檢查發現，請於網站檢視。"
    ),
    "actuals_imported": mark("已匯入 {count} 筆實績至 {agency}。"),
    "migrated": mark("資料庫已是最新。"),
    "user_added": mark("已新增帳號 {username}（{agency}，{role}）。"),
    "user_disabled": mark("已停用帳號 {username}。"),
    "password_changed": mark("已重設 {username} 的密碼，下次登入須變更。"),
}


def help_text(key: str) -> str:
    """Return the help text of a command or option."""
    return HELP[key]


def summary(key: str, lang: Language = "zh-Hant", **fields: object) -> str:
    """Return a line that a command prints for a person."""
    return say(SUMMARIES[key], lang, **fields)
