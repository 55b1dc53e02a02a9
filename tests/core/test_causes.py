"""Ways along the arrows of a map."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hengtu.core.causes import find_path

CODES = st.sampled_from("ABCDEFG")
ARROWS = st.lists(st.tuples(CODES, CODES), max_size=14)


def test_the_shortest_way_is_named_with_both_ends() -> None:
    arrows = [("F1", "L1"), ("L1", "P1"), ("P1", "C1"), ("F1", "P1")]
    assert find_path(arrows, "F1", "C1") == ("F1", "P1", "C1")
    assert find_path(arrows, "C1", "F1") == ()


def test_a_code_reaches_itself() -> None:
    assert find_path([], "A", "A") == ("A",)


@given(ARROWS, CODES, CODES)
def test_every_step_of_a_way_is_an_arrow(
    arrows: list[tuple[str, str]], start: str, goal: str
) -> None:
    path = find_path(arrows, start, goal)
    assert all(step in arrows for step in pairwise(path))
    assert not path or (path[0], path[-1]) == (start, goal)
    assert len(set(path)) == len(path)
