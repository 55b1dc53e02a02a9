"""What stands in the reports, as HTML and CSV, in both languages."""

import csv
import io
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.writers.plans import FOURYEAR, SCORED, SERVICE, objective, value

from hengtu.core.plan import Measure, Plan
from hengtu.wording.catalogue import LANGUAGES, Language
from hengtu.writers.csv.sheet import defuse
from hengtu.writers.failure import WriteError
from hengtu.writers.produce import REPORTS, formats_of, write_report
from hengtu.writers.reports.map import light_of
from hengtu.writers.reports.values import print_number, print_period, print_value

PLANS = {
    "map": SCORED,
    "scorecard": SCORED,
    "schedule": SERVICE,
    "service": SERVICE,
    "fouryear": FOURYEAR,
    "factors": SCORED,
}
VOID = {"meta", "col", "br"}


@dataclass
class Page(HTMLParser):
    """What a test asks of a page: the tags balanced, tables by rows of (tag, attributes, text)."""

    stack: list[str] = field(default_factory=list)
    attributes: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    tables: list[list[list[tuple[str, dict[str, str | None], str]]]] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes.append((tag, dict(attrs)))
        if tag not in VOID:
            self.stack.append(tag)
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in ("td", "th"):
            self.tables[-1][-1].append((tag, dict(attrs), ""))
        if tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.stack and {"td", "th"} & set(self.stack) and self.tables:
            tag, attributes, text = self.tables[-1][-1][-1]
            self.tables[-1][-1][-1] = (tag, attributes, text + data)


def page_of(plan: Plan, report: str, lang: Language = "zh-Hant") -> Page:
    page = Page()
    page.feed(write_report(plan, report=report, suffix=".html", lang=lang).decode())
    page.close()
    assert page.stack == []
    return page


def sheet_of(plan: Plan, report: str, **options: object) -> list[list[str]]:
    data = write_report(plan, report=report, suffix=".csv", lang="zh-Hant", **options)  # type: ignore[arg-type]
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def covered(table: list[list[tuple[str, dict[str, str | None], str]]]) -> list[int]:
    """Return how many columns each row of a table covers, spans from above included."""
    hanging: dict[int, int] = {}
    widths = []
    for row in table:
        taken = {column for column, rows in hanging.items() if rows}
        hanging = {column: rows - 1 for column, rows in hanging.items() if rows}
        column = 0
        for _, attributes, _ in row:
            for _ in range(int(attributes.get("colspan") or 1)):
                while column in taken:
                    column += 1
                taken.add(column)
                if (rows := int(attributes.get("rowspan") or 1)) > 1:
                    hanging[column] = rows - 1
        assert taken == set(range(len(taken)))
        widths.append(len(taken))
    return widths


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("report", sorted(REPORTS))
def test_every_report_is_a_whole_page_whose_cells_fill_the_grid(
    report: str, lang: Language
) -> None:
    page = page_of(PLANS[report], report, lang)
    tags = [tag for tag, _ in page.attributes]
    assert ("html", {"lang": lang}) in page.attributes
    assert tags.count("h1") == 1
    assert tags.count("caption") == tags.count("table") > 0
    for table in page.tables:
        assert len(set(covered(table))) == 1
        assert all(
            attributes.get("scope") for row in table for tag, attributes, _ in row if tag == "th"
        )


@pytest.mark.parametrize("report", sorted(REPORTS))
def test_a_page_needs_nothing_from_outside(report: str) -> None:
    for tag, attributes in page_of(PLANS[report], report).attributes:
        assert tag not in ("script", "link", "img")
        assert not {"src", "style", "onclick"} & set(attributes)


@pytest.mark.parametrize("report", sorted(REPORTS))
def test_every_sheet_is_rectangular(report: str) -> None:
    rows = sheet_of(PLANS[report], report)
    assert len({len(row) for row in rows}) == 1
    assert len(rows) > 1


def test_pages_print_on_a_sheet_on_its_side() -> None:
    html = write_report(SCORED, report="scorecard", suffix=".html", lang="zh-Hant").decode()
    assert "@page{size:A3 landscape" in html
    assert "@media print" in html


def test_the_scorecard_stands_in_the_official_order_of_columns() -> None:
    assert sheet_of(SCORED, "scorecard")[0] == [
        "構面",
        "策略目標",
        "KPI（關鍵績效指標）",
        "KPI計算公式及計量單位",
        "104年實際值",
        "105年目標值",
        "106年目標值",
        "KPI主責單位",
        "行動方案",
        "行動方案對應105年預算（元）",
        "行動方案對應106年預算（元）",
        "行動方案主責單位",
    ]


def test_the_scorecard_prints_words_and_numbers_as_typed() -> None:
    first, second = sheet_of(SCORED, "scorecard")[1:3]
    assert first[3:7] == [
        "全年依限辦結件數÷全年受理件數×100%≥90%\n單位：%",
        "無統計",
        "98.50%",
        "—",
    ]
    assert first[8:11] == ["AC1.1.1 訂定計畫（與AP1.1.1同一預算）", "2,250,000", "0"]
    assert second[4:7] == ["無統計", "7", "4"]
    assert second[9:11] == ["", ""], "money counts once"


def test_the_scorecard_loses_nothing_that_belongs_nowhere() -> None:
    rows = sheet_of(SCORED, "scorecard")
    assert [row[1:3] for row in rows if "ZZ9.1" in row[2]] == [
        ["未對應策略目標", "ZZ9.1 無所屬指標"]
    ]
    assert any(row[1].startswith("AP1") for row in rows), "an objective without a KPI"


def test_the_scorecard_has_only_columns_with_data() -> None:
    bare = replace(
        SCORED,
        actions=(),
        kpis=tuple(replace(kpi, owner=None, measures=()) for kpi in SCORED.kpis),
    )
    assert sheet_of(bare, "scorecard")[0] == ["構面", "策略目標", "KPI（關鍵績效指標）"]


def test_the_scorecard_shows_lights() -> None:
    rows = sheet_of(SCORED, "scorecard", results={"AC1": light_of("yellow", note="88%")})
    assert rows[0][2] == "燈號"
    assert rows[1][2] == "▲ 注意 88%"


def test_the_schedule_marks_months_and_says_what_is_not_known() -> None:
    rows = sheet_of(SERVICE, "schedule")
    assert [n for n, text in enumerate(rows[1][4:16], start=1) if text == "●"] == [3, 9]
    assert set(rows[2][4:16]) == {"月份不明"}
    assert rows[2][16] == "依內文「按季」建議排定：3月、6月、9月、12月"
    assert rows[3][16] == ""


def test_the_schedule_says_its_marks_in_words() -> None:
    page = page_of(SERVICE, "schedule")
    assert page.text.count("預定辦理") == 2
    unknown = [c for row in page.tables[0] for c in row if "unknown" in (c[1].get("class") or "")]
    assert [cell[1]["colspan"] for cell in unknown] == ["12", "12"]


def test_the_service_plan_has_guidelines_and_committee() -> None:
    page = page_of(SERVICE, "service")
    guidelines, committee = page.tables
    assert guidelines[1][0][2] == "一、深化服務"
    assert guidelines[1][0][1]["rowspan"] == "2"
    assert guidelines[1][2][2] == "檢查\n導引"
    assert [cell[2] for cell in committee[1]] == ["召集人", "主任", "綜理"]


def test_the_four_year_plan_groups_key_and_common_indicators() -> None:
    rows = sheet_of(FOURYEAR, "fouryear")
    assert rows[0][-4:] == [f"年度績效目標值 {year}" for year in range(111, 115)]
    assert [row[0] for row in rows[1:]] == ["關鍵績效指標", "共同性指標"]
    assert [row[1] for row in rows[1:]] == ["1", "1"]
    assert rows[1][-1] == "15件"
    assert "運用既有組織架構進行。" in page_of(FOURYEAR, "fouryear").text


def test_the_factors_follow_the_themes() -> None:
    rows = sheet_of(SCORED, "factors")
    assert rows[1][:4] == ["A 便捷申辦", "顧客", "AC1 縮短民眾等候時間", "設備完善。"]


def test_the_map_comes_with_a_list_that_says_the_same() -> None:
    rows = sheet_of(SCORED, "map")
    assert rows[1] == ["AC1", "縮短民眾等候時間", "A 便捷申辦", "顧客", "設備完善。", ""]
    assert rows[2][-1] == "AC1"
    page = page_of(SCORED, "map")
    assert "svg" in [tag for tag, _ in page.attributes]
    assert "簡化 <流程> & 檢討" in page.text


def test_the_parent_map_stands_below_the_own() -> None:
    page = page_of(replace(SCORED, parent_plan=FOURYEAR), "map")
    assert "青溪縣東濱戶政事務所策略地圖" in page.text
    ids = [attributes["id"] for _, attributes in page.attributes if attributes.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("report", sorted(REPORTS))
@pytest.mark.parametrize("suffix", [".html", ".csv"])
def test_a_plan_without_the_content_says_so(report: str, suffix: str) -> None:
    with pytest.raises(WriteError) as failure:
        write_report(Plan(), report=report, suffix=suffix, lang="zh-Hant")
    assert failure.value.reason == "nothing_to_report"
    assert failure.value.args_["report"]


@pytest.mark.parametrize(
    ("report", "suffix"), [("map", ".exe"), ("scorecard", ".svg"), ("map", "")]
)
def test_a_format_that_does_not_fit_says_which_do(report: str, suffix: str) -> None:
    with pytest.raises(WriteError) as failure:
        write_report(SCORED, report=report, suffix=suffix, lang="zh-Hant")
    assert failure.value.reason == "bad_output"
    assert failure.value.args_["formats"] == " ".join(formats_of(report))


def test_the_suffix_may_be_in_capitals() -> None:
    assert write_report(SCORED, report="map", suffix=".SVG", lang="en").startswith(b"<?xml")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "＝", " =", "\r"])
def test_a_cell_cannot_become_a_formula(start: str) -> None:
    plan = replace(SCORED, objectives=(objective("AC1", f"{start}HYPERLINK(0)"),))
    name = sheet_of(plan, "map")[1][1]
    assert name.startswith("'")


@pytest.mark.parametrize("number", ["-1.5", "+3", "-2,250,000", "-0.5%"])
def test_a_signed_number_stays_a_number(number: str) -> None:
    assert defuse(number) == number


@given(st.text(max_size=40))
def test_defusing_loses_nothing(text: str) -> None:
    assert defuse(text).removeprefix("'") == text.removeprefix("'")


@pytest.mark.parametrize(
    ("given_value", "unit", "printed"),
    [
        (value(104, "actual", 275, raw="275件(104/8/31起)", unit="件", since="104.8.31"), "%", "275件（自104.8.31起）"),
        (value(105, "target", 100, raw="100 (已完成)", state="已完成"), "%", "100（已完成）"),
        (value(105, "target", 2250000, raw="2,250,000"), "元", "2,250,000"),
        (value(105, "target", -1.5, raw="-1.50"), "%", "-1.50"),
        (value(105, "target", 0.1), "%", "0.1"),
        (value(105, "actual", missing="not_due"), "%", "尚未到期"),
        (value(105, "actual", missing="not_applicable", raw="調整公 式不適 用"), "%", "調整公式不適用"),
    ],
)  # fmt: skip
def test_values_print_as_typed(given_value: object, unit: str, printed: str) -> None:
    assert print_value(given_value, Measure(unit=unit), "zh-Hant") == printed  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("period", "printed"),
    [("109", "109年"), ("109Q1", "109年第1季"), ("109H2", "109年下半年"), ("109-03", "109年3月"), ("x", "x")],
)  # fmt: skip
def test_periods_print_in_words(period: str, printed: str) -> None:
    assert print_period(period, "zh-Hant") == printed


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_print_without_exponent(number: float) -> None:
    printed = print_number(number)
    assert float(printed) == number
    assert "e" not in printed.lower()


def test_the_same_reports_read_in_english() -> None:
    page = page_of(SERVICE, "schedule", "en")
    assert "青溪市東濱戶政事務所" in page.text
    assert page_of(SCORED, "scorecard", "en").tables
