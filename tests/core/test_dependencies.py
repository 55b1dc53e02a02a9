"""KPIs in the formulas of other KPIs: order, and cycles with their path."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengtu.core.judging.dependencies import (
    CycleError,
    depends,
    find_cycle,
    order_known,
    order_measures,
)
from hengtu.core.plan import Kpi, Measure, Plan
from hengtu.wording.failures import failure_message


def plan_of(**formulas: str) -> Plan:
    """Return a plan of KPIs 指標甲項 … by code, with one formula each."""
    return Plan(
        kpis=tuple(
            Kpi(code=code, name=f"{code}之綜合指標", measures=(Measure(formula=formula),))
            for code, formula in formulas.items()
        )
    )


def test_a_kpi_is_named_by_its_name_its_code_or_its_result() -> None:
    plan = plan_of(
        K1="K2之綜合指標÷全年件數×100%",
        K2="K3＋全年件數",
        K3="辦結成效＝件數甲＋件數乙",
        K4="辦結成效÷2",
    )
    assert depends(plan) == {
        ("K1", 1): (("K2", 1),),
        ("K2", 1): (("K3", 1),),
        ("K3", 1): (),
        ("K4", 1): (("K3", 1),),
    }
    order = order_measures(plan)
    assert order.index(("K3", 1)) < order.index(("K2", 1)) < order.index(("K1", 1))
    assert find_cycle(plan) == ()


def test_a_name_of_two_kpis_or_of_several_measures_names_none() -> None:
    twice = Measure(index=1, formula="件數甲"), Measure(index=2, formula="件數乙")
    plan = Plan(
        kpis=(
            Kpi(code="K1", name="同名之指標", measures=(Measure(formula="件數甲"),)),
            Kpi(code="K2", name="同名之指標", measures=(Measure(formula="件數乙"),)),
            Kpi(code="K3", name="兩項之指標", measures=twice),
            Kpi(code="K4", name="合併", measures=(Measure(formula="同名之指標＋兩項之指標"),)),
        )
    )
    assert depends(plan)[("K4", 1)] == ()


def test_its_own_name_is_no_reference() -> None:
    assert depends(plan_of(K1="K1之綜合指標"))[("K1", 1)] == ()


def test_a_cycle_is_told_with_its_path() -> None:
    plan = plan_of(
        K0="K1＋1", K1="K2之綜合指標×2", K2="K3＋件數甲", K3="K1之綜合指標÷2", K9="件數乙"
    )
    assert find_cycle(plan) == ("K1", "K2", "K3", "K1")
    with pytest.raises(CycleError) as refused:
        order_measures(plan)
    told = failure_message("kpi_cycle", {"path": str(refused.value)})
    assert "K1 → K2 → K3 → K1" in told
    assert set(order_known(depends(plan))[1]) == {(code, 1) for code in ("K0", "K1", "K2", "K3")}


def test_a_long_chain_is_no_deep_recursion() -> None:
    formulas = {f"K{n}": f"K{n + 1}＋1" for n in range(3000)}
    order = order_measures(plan_of(**formulas, K3000="件數甲"))
    assert order[0] == ("K3000", 1)
    assert order[-1] == ("K0", 1)


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=14))
def test_there_is_an_order_or_a_cycle(pairs: list[tuple[int, int]]) -> None:
    formulas = {
        f"K{n}": "＋".join([*(f"K{b}" for a, b in pairs if a == n and b != n), "件數甲"])
        for n in range(8)
    }
    plan = plan_of(**formulas)
    needs, path = depends(plan), find_cycle(plan)
    if path:
        assert path[0] == path[-1]
        assert all((b, 1) in needs[(a, 1)] for a, b in pairwise(path))
        stuck = order_known(needs)[1]
        assert all(set(needs[key]).isdisjoint(stuck) for key in needs if key not in stuck)
    else:
        order = order_measures(plan)
        assert set(order) == set(needs)
        assert all(order.index(b) < order.index(a) for a in needs for b in needs[a])
