"""The dashboard: counts, what is behind and why, what was not reported, scopes, tables as CSV."""

import csv
import dataclasses
import html
import io
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import AGENCY, Keep, make_kpi, make_plan

from hengtu.core.actuals import Actual
from hengtu.core.plan import Objective, Perspective, Plan, Theme
from hengtu.services import actuals, plans
from hengtu.store.models import PlanRow, User

PLAN = f"{AGENCY}/plans/114-116-map"
BOARD = f"{PLAN}/dashboard/"
TABLES = ("trend", "perspectives", "themes", "sections", "behind", "late")
# What was cleared of 100 metres up to each month, by KPI; of the target of 90 % a quarter is due in March
# and a third in April.
CLEARED = {
    "AC1.1": {3: 24.0, 4: 96.0},
    "AC2.1": {3: 24.0, 4: 28.0},
    "AC3.1": {3: 5.0, 4: 10.0},
    "AC4.1": {3: 24.0, 4: None},
}


def make_city() -> Plan:
    """Return a plan of four KPIs in two themes, two perspectives and two sections."""
    plan = make_plan(4)
    objectives = tuple(
        Objective(code=f"AC{n}", name=f"目標{n}", theme="AB"[n > 2], perspective="CP"[n % 2])
        for n in range(1, 5)
    )
    kpis = tuple(
        dataclasses.replace(make_kpi(n), owner=f"第{'一二'[n > 2]}課") for n in range(1, 5)
    )
    return dataclasses.replace(
        plan,
        themes=(Theme(code="A", name="安全水岸"), Theme(code="B", name="=SUM(A1)")),
        perspectives=(Perspective(code="C", name="顧客"), Perspective(code="P", name="流程")),
        objectives=objectives,
        kpis=kpis,
    )


def report(actor: User, plan: PlanRow, code: str, months: dict[int, float | None]) -> None:
    rows = [
        Actual(code=code, period=f"114-{month:02d}", item=item, **given)
        for month, done in months.items()
        for item, given in (
            ("完成清疏長度", {"value": done, "missing": None if done else "not_reported"}),
            ("應清疏長度", {"value": 100.0}),
        )
    ]
    actuals.import_rows(actor=actor, plan=plan, rows=rows)


@pytest.fixture
def city(officer: User, keep: Keep) -> PlanRow:
    row = plans.adopt(actor=officer, document=keep(make_city()))
    for code, months in CLEARED.items():
        report(officer, row, code, months)  # type: ignore[arg-type]
    return row


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def words(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text))


def find(text: str, pattern: str) -> str:
    found = re.search(pattern, text, re.S)
    assert found, pattern
    return found[0]


def read_table(client: Client, name: str, query: str = "") -> list[list[str]]:
    answer = client.get(f"{PLAN}/dashboard/{name}.csv{query}")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def count_tiles(text: str) -> list[int]:
    return [int(n) for n in re.findall(r'<span class="grand">(\d+)<', text)]


def test_tiles_count_the_kpis_and_what_changed(page: Client, city: PlanRow) -> None:
    march, april = (read(page, f"{BOARD}?month=114-0{month}") for month in (3, 4))
    assert count_tiles(march) == [3, 0, 1, 0]
    told = [words(one) for one in re.findall(r'<a class="sheet tile.*?</a>', april, re.S)]
    assert count_tiles(april) == [1, 1, 2, 0]
    changes = ["較上月 −2", "較上月 +1", "較上月 +1", "與上月相同"]
    assert [change in tile for change, tile in zip(changes, told, strict=True)] == [True] * 4


def test_tiles_lead_to_the_same_kpis_on_the_scorecard(page: Client, city: PlanRow) -> None:
    text = read(page, f"{BOARD}?month=114-04")
    tiles = re.findall(r'<a class="sheet tile (\w+)" href="([^"]+)"', text)
    assert [light for light, _ in tiles] == ["green", "yellow", "red", "white"]
    for (_light, address), count in zip(tiles, count_tiles(text), strict=True):
        listed = read(page, html.unescape(address))
        assert f"4 項指標，顯示 {count} 項" in words(listed)


def test_the_worst_comes_first_with_its_reason(page: Client, city: PlanRow) -> None:
    text = words(find(read(page, f"{BOARD}?month=114-04"), r'<ol class="lines">.*?</ol>'))
    assert text.index("AC3.1") < text.index("AC2.1")
    assert "實績 10%，應達 30%，差 20%" in text
    assert re.search(r"實績 [\d.]+%，應達 [\d.]+%，差 [\d.]+%", text)
    assert "AC1.1" not in text


def test_what_was_not_reported_is_listed_with_its_share(page: Client, city: PlanRow) -> None:
    rows = read_table(page, "late", "?month=114-04")
    late = {row[0]: row[5] for row in rows[1:]}
    assert "AC4.1" in late
    assert all(re.fullmatch(r"已填報 \d+%", why) for why in late.values())
    assert "已填報 100%" not in late.values()


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("", 4),
        ("?theme=安全水岸", 2),
        ("?theme=A", 2),
        ("?section=第二課", 2),
        ("?theme=A&section=第一課", 2),
    ],
)
def test_a_scope_holds_its_kpis_only(query: str, total: int, page: Client, city: PlanRow) -> None:
    text = read(page, BOARD + query)
    assert f"{total} 項指標" in words(text)
    assert sum(count_tiles(text)) == total
    assert sum(sum(map(int, row[1:])) for row in read_table(page, "trend", query)[1:]) == 4 * total


def test_kpis_of_two_sections_stand_in_both(page: Client, officer: User, keep: Keep) -> None:
    plan = make_city()
    shared = dataclasses.replace(plan.kpis[0], owner="第一課、第二課")
    row = plans.adopt(
        actor=officer,
        document=keep(dataclasses.replace(plan, kpis=(shared, *plan.kpis[1:]))),
    )
    report(officer, row, "AC1.1", {3: 24.0})
    for name, total in (("第一課", 2), ("第二課", 3)):
        text = read(page, f"{BOARD}?section={name}")
        assert sum(count_tiles(text)) == total
        address = html.unescape(find(text, r'href="[^"]+/scorecard/\?[^"]+light=green'))[6:]
        assert "AC1.1" in words(read(page, address))
        assert f"<option selected>{name}</option>" in text


@pytest.mark.parametrize("query", ["?theme=沒有", "?section=沒有", "?theme=A&section=第二課"])
def test_an_empty_scope_says_so(query: str, page: Client, city: PlanRow) -> None:
    assert "這個範圍沒有指標" in read(page, BOARD + query)
    assert page.get(f"{PLAN}/dashboard/trend.csv{query}").status_code == 404


def test_before_any_figure_the_page_says_what_to_do(page: Client, plan: PlanRow) -> None:
    text = read(page, BOARD)
    assert "還沒有實績" in text
    assert 'class="tile' not in text
    assert page.get(f"{PLAN}/dashboard/trend.csv").status_code == 404


@pytest.mark.parametrize("name", TABLES)
def test_each_table_is_a_csv_that_no_spreadsheet_runs(
    name: str, page: Client, city: PlanRow
) -> None:
    rows = read_table(page, name)
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if cell.startswith("=")]
    assert page.get(f"{PLAN}/dashboard/nothing.csv").status_code == 404


def test_groups_count_every_kpi_once(page: Client, city: PlanRow) -> None:
    for name in ("perspectives", "themes", "sections"):
        rows = read_table(page, name, "?month=114-04")[1:]
        assert sum(sum(map(int, row[4:])) for row in rows) == 4
    text = read(page, f"{BOARD}?month=114-04")
    for name in ("perspectives", "themes", "sections"):
        assert f'id="card-{name}"' in text
    assert 'id="card-themes"' not in read(page, f"{BOARD}?theme=A")


def test_charts_carry_the_numbers_of_their_tables(page: Client, city: PlanRow) -> None:
    text = read(page, f"{BOARD}?month=114-04")
    plots = [json.loads(html.unescape(one)) for one in re.findall(r'data-chart="([^"]+)"', text)]
    assert [plot["kind"] for plot in plots] == ["stack", "bars", "bars", "bars"]
    stack = plots[0]
    months = read_table(page, "trend", "?month=114-04")[1:]
    for month, *counts in months:
        place = int(month) - 1
        assert [series["told"][place] for series in stack["series"]] == counts
    assert stack["now"] == 3
    assert all(series["values"][11] is None for series in stack["series"])


def test_a_warning_names_what_is_expected(page: Client, officer: User, keep: Keep) -> None:
    row = plans.adopt(actor=officer, document=keep(make_city()))
    report(officer, row, "AC1.1", {month: 40.0 + month for month in range(1, 10)})
    text = words(read(page, f"{BOARD}?month=114-09"))
    assert "年底預警" in text
    assert re.search(r"預估年底 [\d.]+%（[\d.]+–[\d.]+%），目標 90%", text)
    assert "年底預警" not in words(read(page, f"{BOARD}?month=114-01"))


def test_number_of_queries_does_not_grow(page: Client, officer: User, keep: Keep) -> None:
    counts = []
    for size in (3, 30):
        row = plans.adopt(actor=officer, document=keep(make_plan(size)))
        for n in range(1, size + 1):
            report(officer, row, f"AC{n}.1", {1 + n % 5: 50.0, 6: 80.0})
        with CaptureQueriesContext(connection) as queries:
            read(page, BOARD)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 45


def test_the_page_is_english_when_asked_and_never_inline(page: Client, city: PlanRow) -> None:
    page.post("/language/", {"language": "en", "next": "/"})
    text = read(page, f"{BOARD}?month=114-04")
    for chinese in ("達成", "落後", "燈號", "月份", "應達", "目標值", "涵蓋", "預警"):
        assert chinese not in text, chinese
    assert "style=" not in text
    assert not re.search(r"<script(?![^>]*src=)", text)
