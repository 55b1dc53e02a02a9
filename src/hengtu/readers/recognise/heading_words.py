"""What agencies call the columns of their indicator tables: one vocabulary for every form."""

from __future__ import annotations

import re

_LEVEL = r"[市府院縣部局處所署課科區鄉鎮]級|本?[局處所署府]處?|單位|機關"
OFFICE = (
    r"(?:單位|科室|課室|處室|組室|局處|機關|部門|人員?|同仁|者|組室?|[處科課局股室])別?(?:名稱)?"
)
DUTY = rf"(?:主責|主辦|主政|主管|承辦|負責|權責|責任|辦理|執行|填報|業管|業務|推動|管考){OFFICE}"
OWNER = rf"^(?:{DUTY}|主責|主辦|承辦|權責|負責|(?:單位|科室|課室|處室|組室)別?(?:名稱)?(?<!^單位))$"
PERSPECTIVE = (
    r"^(?:[二三四五六]大|策略|績效|衡量|目標|業務|BSC|平衡計分卡)*(?:構面|層面|面向)(?:別|名稱)?$"
)
INDICATOR = (
    r"^(?:KPI|(?:關鍵|共同性?|重要|主要|年度|績效|衡量|評量|評估|評核|考核|成果|產出|效益|策略|施政"
    r"|工作|業務|量化|質化|預期|管考)*指標)+(?:名稱|項目|內容)?$|^(?:衡量|績效|評核)項目$"
)
GOAL = (
    rf"^(?!(?:年度|績效)*目標$)(?:對應|所屬|相關|之|的|關鍵|共同性?|年度|施政|績效|工作|重點|業務|策略性?|{_LEVEL})*"
    r"(?:策略性?)?目標(?:名稱|項目)?$|^目標$"
)
# The objectives of the plan above, which an agency's own objectives serve.
ABOVE = r"對應|承接|呼應|連結|上[位級]|[府院部市縣]級|[市縣]府"
STANDARD = (
    r"公式|算式|(?:衡量|評量|計算|量測|評估|評核|考核)(?:標準|方[式法]|基準|說明)"
    r"|(?:指標|操作型)(?:定義|說明)"
)
UNIT = r"^(?:計量|度量|衡量|計算|數量|數值|目標值?|指標|KPI)?單位(?:/量詞)?$"
WEIGHT = r"權[重數]|配分|比重"


def word(pattern: str) -> re.Pattern[str]:
    """Return the compiled vocabulary of one heading."""
    return re.compile(pattern, re.I)
