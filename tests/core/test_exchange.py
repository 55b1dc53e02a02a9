"""Plan JSON is the plan: nothing is lost, nothing is taken that is no plan."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from tests.core.plans import plans

from hengtu.core.draft import Draft
from hengtu.core.exchange import (
    PlanFormatError,
    draft_from_json,
    draft_to_json,
    plan_from_json,
    plan_to_json,
)
from hengtu.core.issues import make_finding
from hengtu.core.plan import Kpi, Link, Measure, Plan, PlanValue, Statement
from hengtu.core.schema import actuals_schema, findings_schema, plan_schema
from hengtu.core.source import Source
from hengtu.wording.findings import print_finding

SLOW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@SLOW
@given(plan=plans())
def test_json_and_back_is_the_same_plan(plan: Plan) -> None:
    text = json.dumps(plan_to_json(plan), ensure_ascii=False)
    assert plan_from_json(json.loads(text)) == plan


@SLOW
@given(plan=plans())
def test_every_plan_fits_the_published_schema(plan: Plan) -> None:
    jsonschema.validate({"plan": plan_to_json(plan), "findings": []}, plan_schema())


def test_the_schemas_are_schemas() -> None:
    for schema in (plan_schema(), actuals_schema(), findings_schema()):
        jsonschema.Draft202012Validator.check_schema(schema)


def test_a_printed_finding_fits_the_schema() -> None:
    finding = make_finding("R101", Source(line=3, raw="API"), subject="AP1", reading="AP1")
    document = {"findings": [print_finding(finding)], "summary": {}}
    jsonschema.validate(document, findings_schema())


def test_a_draft_survives_storing() -> None:
    finding = make_finding("R141", Source(line=9, lines=(9, 10), raw="1,5 00"), reading="1500")
    draft = Draft(plan=Plan(title="甲計畫"), findings=(finding,))
    assert draft_from_json(json.loads(json.dumps(draft_to_json(draft)))) == draft


def test_the_envelope_of_read_is_taken_off() -> None:
    plan = Plan(title="甲", mission=Statement(text="便民"))
    assert plan_from_json({"plan": plan_to_json(plan), "findings": []}) == plan


def test_a_mission_may_be_plain_text() -> None:
    assert plan_from_json({"kpis": [], "mission": "便民"}).mission == Statement(text="便民")


def test_a_link_prints_from() -> None:
    printed = plan_to_json(Plan(links=(Link(from_="AL1", to="AP1"),)))
    assert (printed["links"][0]["from"], printed["links"][0]["to"]) == ("AL1", "AP1")


def test_whole_numbers_print_without_a_point() -> None:
    value = PlanValue(roc_year=113, kind="target", value=95.0, raw="95%")
    plan = Plan(kpis=(Kpi(code="AC1.1", name="率", measures=(Measure(values=(value,)),)),))
    assert "95.0" not in json.dumps(plan_to_json(plan))


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ([], "$"),
        ({"kpis": {}}, "$.kpis"),
        ({"kpis": [{"name": "率"}]}, "$.kpis[0].code"),
        ({"kpis": [], "kind": "poem"}, "$.kind"),
        (
            {"kpis": [{"code": "A", "name": "率", "measures": [{"index": "x"}]}]},
            "$.kpis[0].measures[0].index",
        ),
        ({"kpis": [{"code": "A", "name": True}]}, "$.kpis[0].name"),
    ],
)
def test_what_is_wrong_is_named(data: object, path: str) -> None:
    with pytest.raises(PlanFormatError) as wrong:
        plan_from_json(data)
    assert wrong.value.path == path
