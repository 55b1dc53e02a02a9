"""Actuals: stored once per figure and period, all or nothing."""

import uuid
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengtu.core.actuals import Actual
from hengtu.core.draft import Draft
from hengtu.core.plan import Kpi, Plan
from hengtu.services import accounts, actuals, agencies, demo, documents, plans
from hengtu.services.item_book import LONGEST, key_of, name_of
from hengtu.store.models import ActualRow, AgencyRow, DataItemRow, DocumentRow, PlanRow, User

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture
def system(db: None) -> User:
    return accounts.system_actor()


@pytest.fixture
def plan(system: User) -> PlanRow:
    agency = agencies.create_agency(actor=system, name="雲湖市水利局")
    file = documents.ReadFile("計畫.txt", uuid.uuid4().hex, 1)
    draft = Draft(plan=Plan(kpis=(Kpi(code="K1", name="受理件數"),)))
    document = documents.keep_draft(actor=system, agency=agency, file=file, draft=draft)
    return plans.adopt(actor=system, document=document)


def test_the_last_import_of_a_figure_holds(system: User, plan: PlanRow) -> None:
    first = Actual(code="K1", period="114-01", item="件數", value=1.5, text="1.50")
    second = Actual(code="K1", period="114-01", item="件數", missing="not_reported", note="補報中")
    assert actuals.import_rows(actor=system, plan=plan, rows=[first]) == 1
    assert actuals.import_rows(actor=system, plan=plan, rows=[second, second]) == 1
    row = ActualRow.objects.get()
    assert (row.value, row.decimal, row.missing, row.note) == (None, "", "not_reported", "補報中")


def test_typed_text_is_kept_beside_the_number(system: User, plan: PlanRow) -> None:
    row = Actual(code="K1", period="114", value=98.5, text="98.50")
    actuals.import_rows(actor=system, plan=plan, rows=[row])
    assert ActualRow.objects.get().decimal == "98.50"


def test_an_unknown_code_stores_nothing(system: User, plan: PlanRow) -> None:
    rows = [Actual(code="K1", period="114", value=1), Actual(code="K9", period="114", value=2)]
    with pytest.raises(actuals.UnknownCodeError) as refusal:
        actuals.import_rows(actor=system, plan=plan, rows=rows)
    assert (refusal.value.code, refusal.value.line) == ("K9", 2)
    assert not ActualRow.objects.exists()


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the samples are not in this checkout")
def test_demo_is_filled_once_with_every_sample(db: None) -> None:
    assert demo.fill(EXAMPLES)
    assert not demo.fill(EXAMPLES)
    samples = list(demo.list_documents(EXAMPLES))
    assert DocumentRow.objects.count() == len(samples)
    assert DocumentRow.objects.filter(state="open").count() == 1
    assert ActualRow.objects.exists()
    assert AgencyRow.objects.filter(parent=None).count() == 1
    assert User.objects.filter(is_demo=True).count() == len(demo.PEOPLE)


@given(name=st.text(max_size=320))
def test_a_kept_name_is_found_again(name: str) -> None:
    kept = name_of(name)
    assert len(kept) <= LONGEST
    assert name_of(kept) == kept
    assert key_of(kept) == key_of(name) == kept.replace(" ", "")


def test_a_name_in_another_width_is_the_same_item(system: User, plan: PlanRow) -> None:
    for item in ("受理 件數（含補正）", "受理件數(含補正)"):
        row = Actual(code="K1", period="114-01", item=item, value=1.0)
        actuals.import_rows(actor=system, plan=plan, rows=[row])
    assert list(DataItemRow.objects.exclude(name="").values_list("name", flat=True)) == [
        "受理 件數(含補正)"
    ]
