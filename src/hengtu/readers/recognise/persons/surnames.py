"""What a personal name looks like, so that it can be taken out and nothing else is.

Ref: surnames in order of frequency, Ministry of the Interior 全國姓名統計分析; rare ones that are
chiefly words are left out.
"""

from __future__ import annotations

import re

from hengtu.core.hanzi import squeeze
from hengtu.readers.recognise.persons.positions import (
    ORG_ENDINGS,
    is_org_unit,
    is_position,
    is_role,
)

SURNAMES = frozenset(
    "陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾游彭詹胡施沈余盧梁趙顏柯翁魏孫戴范方宋鄧杜傅侯曹薛"
    "丁卓阮馬董温溫唐藍石蔣古紀姚連馮歐程湯黄田康姜白汪鄒尤巫鐘黎涂龔嚴韓袁金童陸夏柳凃邵錢伍倪陶譚駱熊任甘秦顧毛章史官萬俞雷"
    "粘饒闕凌崔尹孔辛武辜韋段龍葛池孟褚殷麥賀賈莫文管關向包丘梅華裴樊房全佘左花魯安鮑郝穆塗邢蒲成谷常閻練盛鄔耿聶符申祝繆陽解"
    "曲岳齊籃應單舒畢喬龎龐翟牛鄞留季丑覃卜項凃喻商滕焦車買虞苗戚尚沙柴皮艾古宮路岑池谷柏巴刁翟隋冷席卞屈查"
)
COMPOUND = frozenset(
    (
        "歐陽",
        "司馬",
        "司徒",
        "諸葛",
        "上官",
        "張簡",
        "范姜",
        "皇甫",
        "端木",
        "東方",
        "尉遲",
        "公孫",
        "令狐",
        "夏侯",
        "慕容",
        "南宮",
    )
)
_WORDS = frozenset(
    re.findall(
        r"\S+",
        "文書 高級 高等 高中 管理 施工 施政 安全 安檢 安置 安養 程序 程式 方案 方面 任務 任用 查核 查緝 查察 "
        "查驗 章則 車輛 車管 金融 商業 商務 連絡 游泳 史料 史蹟 項目 顧客 顧問 常務 常任 常設 常駐 費用 宣導 "
        "簡任 簡易 卓越 紀錄 紀律 房屋 房務 許可 張貼 陳情 陳報 陳列 華語 董事 關懷 關務 關係 關鍵 官網 成果 "
        "成員 成人 成長 成效 申請 申辦 申報 申訴 單位 單一 花卉 石化 石油 古蹟 路政 路燈 溫室 康樂 康復 包裝 "
        "解說 尚未 左列 應變 應用 應由 應有 項次 商品 留言 留學 買賣 向上 季節 牛羊 馬路 江河 白天 全體 全國 "
        "全所 全員 全部 全民 全年 全市 方便 何人 何時 曾任 曾經 毛利 田野 夏季 秋季 任職 任期 任何 官方 文化 "
        "文教 文康 文宣 文物 文件 文稿 武術 武裝 高齡 高雄 高層 高度 金門 金山 連江 華山 馬祖 江西 安南 安平 "
        "文山 梅山 龍井 龍潭 石門 金城 雷達 符合 申告 商請 解決 解除 解釋 溫馨 周知 周邊 周遭 周年 周報 周全 "
        "練習 段落 賀卡 賀禮 查詢 查報 查訪 常態 常見 常用 關於 關閉 莊嚴 洪水 黃金 林業 林務 林政 林場 林地 "
        "葉片 高低 高峰 高風 余款 包含 包括 任一 皮革 艾草 席次 屈就 應屆 車站 車禍 車牌 車籍 花園 花蓮 房地 "
        "房產 全程 全面 全區 全縣 全校 盛大 符號 陽光 成立 成本 成績 安心 安排 安裝 ",
    )
)
_NO_NAME = re.compile(
    r"各|本[所局處課科室]|該|業務|單位|相關|有關|全體|人員|主管|首長|科室|課室|待[聘補派]|[出懸從空遴]缺|另[聘派]|未定|輪[值派]|指派|遴[聘派選]|推派|"
    r"委員|代表|專家|學者|召集|幹事|秘書|行政|資訊|人事|會計|政風|主計|研考|總務|登記|民政|戶政|戶籍|地政|財政|社會|教育|工務|服務|"
    r"管理|庶務|企劃|規劃|資料|檔案|出納|機要|公關|法制|保險|櫃檯|櫃台|窗口|志工|值[星日]|督導|承辦|負責|聯絡|小組|委外|廠商|公司|代理|兼任|職稱|姓名|電話"
)
_DOTTED = re.compile(r"[\u4e00-\u9fff]{1,5}(?:[·•．‧・][\u4e00-\u9fff]{1,5}){1,2}")
_LATIN = re.compile(r"[A-Z][a-z'’]{1,19}(?:[\s\-][A-Z][A-Za-z.'’]{0,19}){1,3}")
_HANZI = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]{2,4}")
_MASKED = re.compile(r"[○〇ＯOX*＊●◯□]")


def is_name(text: str) -> bool:
    """Whether a text by itself is surely a personal name: a surname and one to three characters more.

    >>> is_name("甄有田"), is_name("陳情"), is_name("林務局"), is_name("歐陽大山")
    (False, False, False, True)
    """
    words = squeeze(text)
    if _LATIN.fullmatch(words):
        return True
    if _DOTTED.fullmatch(words):
        return _NO_NAME.search(words) is None
    if not _HANZI.fullmatch(words) or _taken(words):
        return False
    if words[:2] in _WORDS or (words[-2:] in _WORDS and len(words) == 4):
        return False
    if words[:2] in COMPOUND:
        return len(words) >= 3
    return words[0] in SURNAMES and (len(words) < 4 or words[1] in SURNAMES)


def may_be_name(text: str) -> bool:
    """Whether a text in a place for names can be one, surname known or not.

    >>> may_be_name("亓大山"), may_be_name("許可欣"), may_be_name("業務主管"), may_be_name("待聘")
    (True, True, False, False)
    """
    words = squeeze(text)
    if is_name(words):
        return True
    if not _HANZI.fullmatch(words) or _taken(words) or words in _WORDS:
        return False
    return len(words) == 3 or (len(words) == 2 and words[0] in SURNAMES)


def is_latin_name(text: str) -> bool:
    """Whether a text is a name in Latin letters of two words or more."""
    return _LATIN.fullmatch(text.strip()) is not None


def _taken(words: str) -> bool:
    """Whether the words are known to mean something else."""
    known = is_position(words) or is_role(words) or is_org_unit(words) or words[-1] in ORG_ENDINGS
    return bool(known or _NO_NAME.search(words) or _MASKED.search(words))
