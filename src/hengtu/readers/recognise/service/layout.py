"""The header of a schedule-control table: which column tells what, and whether its months are told at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hengtu.core.paper import Row
from hengtu.readers.recognise.columns import role_of
from hengtu.readers.recognise.service.months import (
    MonthColumns,
    dash_run,
    is_mark,
    is_told,
    month_columns,
    spread,
    told_months,
)

WORDS = {
    "partners": re.compile(r"^(?:協辦|配合|會辦|協同|協力)(?:單位|課室|機關|科室|處室|人員)?$"),
    "months": re.compile(
        r"月份|^預定(?:作業|執行|辦理)?(?:時程|期程|進度)|作業時程|甘特|^(?:預定)?進度表?$|^(?:執行|辦理)月"
    ),
    "note": re.compile(r"說明$|^備[註考]|^附註|改善措施$|^落後原因"),
    "status": re.compile(
        r"(?:狀態|狀況)$|^(?:目前|執行|辦理|完成)?(?:進度|情形|執行情形|辦理情形)$|^是否完成$"
    ),
    "timing": re.compile(r"期程|期限|頻率|時程|完成(?:日期|時間)|辦理(?:時間|日期)|^時間$|^日期$"),
    "no": re.compile(r"^(?:編號|項次|序號|項號|案號|次序|序|no\.?|NO\.?|No\.?)$"),
    "holder": re.compile(r"^(?:主辦|承辦|主責|權責|負責|經辦|執行)人員?$"),
    "section": re.compile(r"[課科組股]別|課室|科室|處室|部門|單位|^(?:主辦|承辦|主責|權責|負責)"),
    "content": re.compile(
        r"(?:工作|執行|辦理|實施|作業|推動|具體|計畫)(?:內容|方[法式]|要項|重點|步驟|事項|細項|要點)|具體(?:作法|做法|措施)|^內容$|細項$|工作摘要"
    ),
    "item": re.compile(
        r"計畫(?:項目|名稱)|(?:工作|業務|重點|重要|推動|管制|作業|列管|服務)(?:計畫|項目|工作|名稱)|^項目$|^計畫$|^工作$"
    ),
}
_ALIEN = re.compile(r"指標|衡量|實績|達成值|構面|策略目標|目標值|公式|權重|要領|職稱|姓名")


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column holds what, by the header; ``lead`` counts the columns before the months."""

    roles: dict[str, int]
    months: MonthColumns
    lead: int
    others: tuple[int, ...] = ()


def read_layout(header: Row, below: tuple[Row, ...]) -> Layout | None:
    """Return the layout of a schedule by its header and the month numbers under it, or None when it heads none."""
    cells = spread(header)
    texts = [cell.text for cell in cells]
    if any(_ALIEN.search(re.sub(r"\s", "", text)) for text in texts):
        return None
    counted = [month_columns(Row(spread(row))) for row in (header, *below[:2])]
    months = max(counted, key=len)
    roles = _roles(texts, months)
    told = "months" in roles or bool(months) or "timing" in roles
    if not told or not ({"item", "content"} & set(roles)) or len(set(roles) - {"months"}) < 2:
        return None
    if not months and "months" not in roles and not {"status", "no", "section"} & set(roles):
        return None
    first = min(months) if months else roles.get("months", max(roles.values()) + 1)
    others = tuple(
        c
        for c, text in enumerate(texts)
        if text.strip() and c not in roles.values() and c not in months
    )
    return Layout(
        roles, months, first, tuple(c for c in others if role_of(texts[c], WORDS) != "months")
    )


def _roles(texts: list[str], months: MonthColumns) -> dict[str, int]:
    roles: dict[str, int] = {}
    for column, text in enumerate(texts):
        role = None if column in months else role_of(text, WORDS)
        if role == "item" and "item" in roles and "content" not in roles:
            role = "content"
        if role == "status" and "status" in roles:
            role = "note"
        if role and role not in roles:
            roles[role] = column
    if "holder" in roles and "section" not in roles:
        roles["section"] = roles.pop("holder")
    return roles


def is_sub_header(row: Row) -> bool:
    """Whether a row only counts the months."""
    cells = spread(row)
    months = month_columns(Row(cells))
    others = [cell.text for column, cell in enumerate(cells) if column not in months]
    return bool(months) and not any(re.search(r"[\u4e00-\u9fff]{3}", text) for text in others)


def months_are_lost(rows: tuple[Row, ...], layout: Layout) -> bool:
    """Whether no row tells its months: bars came out as equal dashes or as nothing at all."""
    if not layout.months and "months" not in layout.roles:
        return False
    if not rows or any(_tells(row, layout) for row in rows):
        return False
    if not layout.months and "months" in layout.roles:
        return not any(re.search(r"\d|月|季|年", row.text(layout.roles["months"])) for row in rows)
    return True


def overruns(row: Row, layout: Layout) -> bool:
    """Whether a row has more dashes on end than there are month columns: its bars were lost."""
    start, end = dash_run(row)
    return end - start > max(len(layout.months), 8)


def has_signs(rows: tuple[Row, ...], layout: Layout) -> bool:
    """Whether any month cell holds more than a dash, so that dashes mean that nothing is planned."""
    return any(told_months(spread(row), layout.months, dashes_tell=False) for row in rows)


def _tells(row: Row, layout: Layout) -> bool:
    """Whether a row has a sign in some month cells and not in others."""
    start, end = dash_run(row)
    if end - start >= 8 and (
        start < min(layout.months, default=0) or end > max(layout.months, default=0) + 1
    ):
        return False
    cells = spread(row)
    zone = [cells[c] for c in layout.months if c < len(cells)]
    if told_months(cells, layout.months, dashes_tell=False) is not None:
        return all(cell.empty or is_mark(cell) or is_told(cell) for cell in zone)
    dashes = sum(1 for cell in zone if not cell.empty)
    return 0 < dashes < len(layout.months) and all(cell.empty or is_mark(cell) for cell in zone)
