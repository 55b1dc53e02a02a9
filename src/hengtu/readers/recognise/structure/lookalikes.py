"""Characters that machine reading takes for one another, and terms of planning that show it did."""

from __future__ import annotations

import re

# General knowledge of printed Chinese: within a group the characters look alike at small sizes.
_GROUPS_TEXT = """
    功政攻巧 案業 責賞貴債 未末 己已巳 日曰目 人入八 土士 微徵徽 辨辦辯 候侯 採探 擔檐 治冶
    幣弊 網綱 析折拆 復複覆 績積續 職識織 税稅悅 戶户尸 客容 海消 浦埔 運遷連通道 密蜜
    營管菅 官宮 科料 評許 計訂 訓馴 設説說 請諸 議儀 護獲 覽賢 達逹 遞遜 適過 鄰鄉 鎮鎖
    關開閉 險儉 隊除 陳棟 難雜 預頂項 題顯 額顏 類頪 願顧 養眷 驗騐 體禮 點黑 齊齋 今令
    代伐 仕任 佐作 使便 例列 供洪 促捉 保堡 俗裕 修條 值植 傅傳 備傭 催摧 傷偒 價慣 億憶
    優憂 兄元 先光 免兔 內肉 券卷 副剖 力刀 北比 升昇 午牛 千干于 厚原 各名 合台 吉古 同司
    含合 味昧 和知 晶品 員買 善菩 喜嘉 因困囚 圍團 均坊 城域 埋理 執報 境鏡 增憎 墊熱
    夫天失矢 奉奏 委季 字宇 宜宣 實貫 寬覓 專傳惠 尋學 小少 屆居 展屐 工土 巿市 帥師 帶滯
    常當 幕慕 平乎 年牛 床序 底庭 度席廣 延廷 建健 式武 弱羽 彰影 待侍 律津 徑經 從徙 心必
    快決 性姓 怒恕 思恩 情清 意竟 愛受 慢漫 懂董 率宰 品晶 質貿 服報 程桯 標檁 指措 效郊
    實寶 滿瀟
"""
_GROUPS = tuple(_GROUPS_TEXT.split())
_ALIKE: dict[str, set[str]] = {}
for _group in _GROUPS:
    for _ch in _group:
        _ALIKE.setdefault(_ch, set()).update(set(_group) - {_ch})

# Terms of public management so common that a form one lookalike away is a misreading, never a word.
_TERMS_TEXT = """
    當責 滿意度 執行率 完成率 達成率 達成度 辦結率 內部流程 學習成長 績效指標 績效管理
    預算執行 教育訓練 為民服務 服務品質 問卷調查 資訊公開 策略目標 行動方案 核心價值
    標準作業 作業流程 依限辦結 核心職能 專業知能 資訊安全 內部控制 施政計畫 中程計畫
    便民服務 電子公文 線上申辦 民眾陳情 市政行銷 政府開放 開放資料 性別平等 人力資源
    組織文化 風險管理
"""
_TERMS = tuple(_TERMS_TEXT.split())


def _misread_forms() -> dict[str, str]:
    forms = {}
    for term in _TERMS:
        for place, right in enumerate(term):
            for wrong in _ALIKE.get(right, ()):
                forms[term[:place] + wrong + term[place + 1 :]] = term
    return {form: term for form, term in forms.items() if form not in _TERMS}


_MISREAD = _misread_forms()
_MISREAD_PATTERN = re.compile("|".join(sorted(map(re.escape, _MISREAD), key=len, reverse=True)))


def differing(one: str, other: str) -> list[tuple[str, str]]:
    """Return the pairs of characters in which two texts of one length differ; else one pair, the texts.

    >>> differing("海防局", "消防局")
    [('海', '消')]
    """
    if len(one) != len(other):
        return [(one, other)] * 2
    return [(a, b) for a, b in zip(one, other, strict=True) if a != b]


def alike(one: str, other: str) -> bool:
    """Whether machine reading may take one character for the other.

    >>> alike("末", "未"), alike("天", "地")
    (True, False)
    """
    return other in _ALIKE.get(one, ())


def read_terms(text: str) -> tuple[str, str, str] | None:
    """Return (text as read, printed word, right word) where a term of planning is misread, or None.

    >>> read_terms("提高洽公滿竟度")
    ('提高洽公滿意度', '滿竟度', '滿意度')
    """
    found = _MISREAD_PATTERN.search(text)
    if not found:
        return None
    term = _MISREAD[found[0]]
    return text[: found.start()] + term + text[found.end() :], found[0], term
