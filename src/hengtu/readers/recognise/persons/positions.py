"""The words for posts and seats: positions in an office, roles on a committee, words that are no name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hengtu.core.hanzi import squeeze

_HEADS = (
    "主任秘書|主任工程司|主任督察|總工程司|正工程司|副工程司|幫工程司|工程司|工程員|專門委員|簡任秘書|簡任技正|簡任視察|"
    "業務督導員|督導員|設計師|分析師|管理師|管理員|戶籍員|服務員|社工師|社工員|護理師|護士|稽查員|稅務員|測量員|測量助理|"
    "助理員|助理研究員|研究員|約僱人員|約聘人員|約用人員|臨時人員|替代役|替代役男|雇員|工友|技工|駕駛|司機|志工|里幹事|"
    "辦事員|書記官|書記|技佐|技士|技正|技術員|助教|科員|課員|股員|組員|局員|處員|專員|專委|薦任專員|編審|視察|督學|督察|督導|稽核|檢查員|"
    "秘書長|秘書|參事|參議|顧問|主任|處長|局長|署長|司長|院長|部長|次長|校長|廠長|站長|所長|館長|園長|場長|台長|臺長|"
    "隊長|大隊長|中隊長|分隊長|小隊長|隊員|科長|課長|股長|組長|室長|區長|鄉長|鎮長|市長|縣長|里長|村長|總幹事|幹事|總務|會計員|會計|出納|"
    "承辦人員|承辦人|負責人|聯絡人|窗口|主管|副首長|首長|法官|檢察官|檢察事務官|警員|警佐|警務員|巡官|警正|教師|老師|醫師|藥師|經理|協理|"
    "總經理|副理|襄理|領組|辦事|主計員|主計|人事管理員|助理"
)
POSITION = re.compile(
    rf"(?:代理|兼任|兼|代|前)?(?:副|總|首席|資深|高級|助理)?(?:{_HEADS})(?:兼[\u4e00-\u9fff]{{1,8}})?"
)
_ENDING = re.compile(rf"(?:代理|兼任|兼|代)?(?:副|總|首席|資深|高級|助理)?(?:{_HEADS})$")
_ROLE = re.compile(
    r"^(?:副|共同|總|常務|當然|諮詢|外聘|內聘|府外|府內|專家|學者|機關代表|執行|計畫)*"
    r"(?:召集人|主任委員|主席|委員(?:兼.{1,6})?|執行秘書|執行長|總幹事|執行幹事|幹事|秘書|組長|組員|成員|隊長|隊員|顧問|"
    r"聯絡人|聯絡員|窗口|主持人|督導|指導員|指揮官|發言人|工作人員|行政助理|代表|組)(?:兼.{1,6})?(?:[一二三四五六七八九十\d]{0,2})$"
)
_SIGNER = re.compile(
    r"^(?:(?:擬稿|承辦|填表|製表|會辦|審核|覆核|複核|核稿|核定|業務|單位|機關|主辦)?(?:人員?|單位|主管|首長|會計)?|決行|批示|"
    r"[\u4e00-\u9fff]{0,4}(?:長|主任|秘書|員))[：:]?$"
)
ORG_ENDINGS = "課科室組股處局所署部院府廳隊館廠縣市區鄉鎮"
_ORG = re.compile(
    r"(?:課|科|室|組|股|處|局|所|司|署|部|院|府|會|廳|團|隊|館|站|廠|場|校|系|中心|單位|機關|小組)$"
)


def ends_with_position(text: str) -> tuple[str, str] | None:
    """Return what stands before a closing position and the position, or None.

    >>> ends_with_position("企劃課課長")
    ('企劃課', '課長')
    """
    words = squeeze(text)
    found = _ENDING.search(words)
    return (words[: found.start()].strip(), found[0]) if found else None


def is_position(text: str) -> bool:
    """Whether a text is nothing but a position.

    >>> is_position("副課長"), is_position("企劃課")
    (True, False)
    """
    return _ENDING.fullmatch(squeeze(text)) is not None


def is_role(text: str) -> bool:
    """Whether a text is a seat on a committee, such as 召集人 or 委員兼執行秘書."""
    return _ROLE.match(squeeze(text)) is not None


def is_org_unit(text: str) -> bool:
    """Whether a text ends like the name of an organisation unit."""
    return _ORG.search(squeeze(text)) is not None


def signs_only(texts: Iterable[str]) -> bool:
    """Whether a row only names who signs: two posts or more and nothing else.

    >>> signs_only(["承辦人", "課長", "機關首長"]), signs_only(["課長", "督導業務"])
    (True, False)
    """
    filled = [squeeze(text) for text in texts if text.strip()]
    return len(filled) >= 2 and all(_SIGNER.match(text) for text in filled)
