"""Actuals in CSV: what is refused and where."""

from __future__ import annotations

import pytest

from hengtu.readers.actuals import read_actuals
from hengtu.readers.failure import ReadError


@pytest.mark.parametrize("measure", ["0", "100", "x", "-1", "１", "0001234", "000199999999"])
def test_what_is_no_measure_is_refused_with_its_line(measure: str) -> None:
    content = f"code,measure,item,period,value\nK1,{measure},件數,114-01,5\n"
    with pytest.raises(ReadError) as refusal:
        read_actuals(content.encode(), "a.csv")
    assert (refusal.value.args_["line"], refusal.value.args_["column"]) == ("2", "measure")


@pytest.mark.parametrize("measure", ["1", "99", "0002"])
def test_measures_are_counted_from_one(measure: str) -> None:
    content = f"code,measure,item,period,value\nK1,{measure},件數,114-01,5\n"
    assert [one.measure for one in read_actuals(content.encode(), "a.csv")] == [int(measure)]
