"""Plans for property tests: every field is drawn, texts with rare hanzi, marks and blanks."""

from __future__ import annotations

from hypothesis import strategies as st

from hengtu.core.plan import Plan, Section

WORDS = st.text(alphabet="甲乙丙丁堃喆𠮷策略目標（）「」、。 ÷×％abcXYZ0189-=+@\t\n", max_size=12)


def _register() -> None:
    st.register_type_strategy(str, WORDS)
    st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False, width=32))
    sections = st.recursive(
        st.builds(Section, sections=st.just(())),
        lambda inner: st.builds(Section, sections=st.lists(inner, max_size=2).map(tuple)),
        max_leaves=3,
    )
    st.register_type_strategy(Section, sections)


def plans() -> st.SearchStrategy[Plan]:
    """Return a strategy for whole plans, with a parent plan now and then."""
    _register()
    own = st.builds(Plan, parent_plan=st.none())
    return st.builds(Plan, parent_plan=st.one_of(st.none(), own))
