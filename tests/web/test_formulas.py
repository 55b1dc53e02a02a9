"""Trying a formula: fields, value, tree, light, mistakes; nothing is stored."""

import re
from typing import Any

import yaml
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.test_results import words

from hengtu.core.formulas import evaluate, parse
from hengtu.core.formulas.failure import MAX_LENGTH

TEXT = "[（全年收件數－全年錯件數）÷全年收件數]×100%≥95%"
VALUES = {"item": ["全年收件數", "全年錯件數"], "value": ["200", "3"]}


def read(client: Client, **query: Any) -> str:
    answer = client.get("/formulas/", query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_form_offers_an_example(page: Client) -> None:
    text = read(page)
    assert "公式試算" in text
    assert 'id="outcome"' in text
    assert "計算結果" not in text


def test_the_items_of_a_formula_become_fields(page: Client) -> None:
    text = read(page, text=TEXT)
    assert re.findall(r'name="item" value="([^"]*)"', text) == ["全年收件數", "全年錯件數"]


def test_a_formula_is_worked_out_as_a_tree(page: Client) -> None:
    text = words(read(page, text=TEXT, **VALUES))
    assert "98.5" in text
    assert "符合" in text
    assert re.search(r"－ 全年錯件數 ＝ 3", text)


def test_a_target_gives_a_light_and_why(page: Client) -> None:
    text = words(read(page, text=TEXT, target="99.5", direction="higher", **VALUES))
    assert "▲" in text
    assert "99.5" in text
    assert "「全年錯件數」由 3 變為 1" in text


def test_lower_is_better_when_chosen(page: Client) -> None:
    query = {"text": "處理日數÷件數", "item": ["處理日數", "件數"], "value": ["30", "10"]}
    assert "★" in read(page, target="3", direction="lower", **query)
    assert "●" in read(page, target="5", direction="higher", **query)


def test_made_up_numbers_say_so(page: Client) -> None:
    text = read(page, text=TEXT, sample="1")
    assert "非實際資料" in text
    assert "計算結果" in text


def test_a_mistake_is_marked_in_the_text(page: Client) -> None:
    text = read(page, text="甲數÷÷乙數")
    assert "甲數÷<mark>÷</mark>乙數" in text
    assert "公式無法解讀" in text


def test_what_is_no_value_is_told_at_its_field(page: Client) -> None:
    text = read(page, text="甲數÷乙數", item=["甲數", "乙數"], value=["很多", "無資料"])
    assert text.count('aria-invalid="true"') == 1


def test_the_case_is_one_the_tests_can_read(page: Client) -> None:
    text = read(page, text=TEXT, **VALUES)
    found = re.search(r"<textarea id=\"case\"[^>]*>(.*?)</textarea>", text, re.S)
    assert found
    (case,) = yaml.safe_load(found[1].replace("&gt;", ">").replace("&#x27;", "'"))
    assert evaluate(parse(case["formula"]), case["values"]).answer.value == case["value"] == 98.5


def test_words_in_the_form_are_never_markup(page: Client) -> None:
    text = read(page, text='甲"><script>x</script>', unit="<b>", target="<i>")
    assert "<script>x" not in text
    assert '<b>"' not in text


def test_a_text_that_is_too_long_is_refused_in_words(page: Client) -> None:
    assert "不予計算" in read(page, text="甲" * (MAX_LENGTH + 500))


def test_trying_reads_who_asks_and_nothing_else(page: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        read(page, text=TEXT, target="99", **VALUES)
    assert not [
        q for q in queries if not re.match(r"SELECT .*(session|store_user)", q["sql"], re.S)
    ]


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.text(alphabet="甲乙件數0123456789.%＋-×÷/()（）[]≥<=,，若max 上年度為正", max_size=30),
    value=st.text(max_size=10),
    target=st.text(max_size=10) | st.sampled_from(["0", "-1", "95", "1e400"]),
    direction=st.sampled_from(["higher", "lower", "hold", "range", "x"]),
)
def test_nothing_typed_breaks_it(
    text: str, value: str, target: str, direction: str, page: Client
) -> None:
    item = ["甲", "乙", "件數", "甲件數"]
    read(page, text=text, item=item, value=[value] * 4, target=target, direction=direction)
