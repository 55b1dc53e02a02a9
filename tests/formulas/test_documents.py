"""Functions printed in a plan are read into the measure and computed from the figures, as any formula."""

from __future__ import annotations

from pathlib import Path

import pytest

from hengtu.core.actuals import Actual
from hengtu.core.judging.results import compute
from hengtu.core.judging.rulebook import PRODUCT_DEFAULT
from hengtu.core.periods import Period
from hengtu.core.plan import Plan
from hengtu.readers import read_file

HEADER = "策略目標\tKPI\t計算公式\t114年目標值"
ROWS = (
    "AC1 提升效率\tAC1.1 依限辦結率\t若（受理件數＞0，依限件數÷受理件數×100%，100）≥95% 單位：%\t96",
    "AC1 提升效率\tAC1.2 雙項達標\t若(且(準時率≥95%，退件數≤5件)，1，0)\t1",
    "AC2 擴大服務\tAC2.1 受理成長率\t（受理件數－前期(受理件數)）÷前期(受理件數)×100% 單位：%\t10",
    "AC2 擴大服務\tAC2.2 綜合成效\t平均（依限辦結率，受理成長率） 單位：%\t50",
)


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    path = tmp_path / "plan.txt"
    path.write_text("\n".join(["某局114年度策略計畫", HEADER, *ROWS]), encoding="utf-8")
    return read_file(path).plan


def test_functions_stay_whole(plan: Plan) -> None:
    formulas = {kpi.code: [measure.formula for measure in kpi.measures] for kpi in plan.kpis}
    assert formulas == {
        "AC1.1": ["若（受理件數＞0，依限件數÷受理件數×100%，100）"],
        "AC1.2": ["若(且(準時率≥95%，退件數≤5件)，1，0)"],
        "AC2.1": ["（受理件數－前期(受理件數)）÷前期(受理件數)×100%"],
        "AC2.2": ["平均（依限辦結率，受理成長率）"],
    }
    threshold = plan.kpis[0].measures[0].threshold
    assert threshold is not None
    assert (threshold.op, threshold.value) == (">=", 95)


def test_they_are_computed_and_named_by_one_another(plan: Plan) -> None:
    told = {
        ("AC1.1", "受理件數"): {"113-12": 40, "114-01": 50},
        ("AC1.1", "依限件數"): {"114-01": 49},
        ("AC1.2", "準時率"): {"114-01": 97},
        ("AC1.2", "退件數"): {"114-01": 6},
    }
    actuals = [
        Actual(code=code, period=period, item=item, value=value)
        for (code, item), figures in told.items()
        for period, value in figures.items()
    ]
    results = compute(plan, actuals, period=Period(114, month=1), rulebook=PRODUCT_DEFAULT)
    assert {one.code: one.value for one in results} == {
        "AC1.1": pytest.approx(98),
        "AC1.2": 0,
        "AC2.1": pytest.approx(25),
        "AC2.2": pytest.approx(61.5),
    }
