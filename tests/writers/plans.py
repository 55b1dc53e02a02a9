"""Invented plans for the tests of reports, and a way to make arbitrary ones."""

from hypothesis import strategies as st

from hengtu.core.plan import (
    Action,
    Agency,
    Budget,
    Committee,
    Footnote,
    Guideline,
    Kpi,
    Link,
    Measure,
    Member,
    Method,
    Objective,
    OrgUnit,
    Perspective,
    Plan,
    PlanValue,
    RocYears,
    Statement,
    Strategy,
    Task,
    Text,
    Theme,
    Threshold,
    Timing,
    WorkItem,
)

PERSPECTIVES = tuple(
    Perspective(code=code, name=name)
    for code, name in zip("CPLF", ("顧客", "內部流程", "學習成長", "財務"), strict=True)
)


def objective(code: str, name: str = "縮短民眾等候時間", **fields: object) -> Objective:
    return Objective(code=code, name=name, theme=code[0], perspective=code[1], **fields)  # type: ignore[arg-type]


def value(roc_year: int, kind: str, number: float | None = None, **fields: object) -> PlanValue:
    return PlanValue(roc_year=roc_year, kind=kind, value=number, **fields)  # type: ignore[arg-type]


SCORED = Plan(
    agency=Agency(name="青溪市民政處"),
    roc_years=RocYears(first=105, last=106),
    mission=Statement(text="提供正確、便捷的戶政服務"),
    themes=(Theme(code="A", name="便捷申辦", lead="申辦課", members=(OrgUnit(name="資料課"),)),),
    perspectives=PERSPECTIVES,
    objectives=(
        objective("AC1", success_factors=(Text(text="設備完善。"),)),
        objective("AP1", "簡化 <流程> & 檢討"),
    ),
    links=(Link(from_="AP1", to="AC1"),),
    kpis=(
        Kpi(
            code="AC1.1",
            name="依限辦結率",
            objective="AC1",
            owner="申辦課",
            measures=(
                Measure(
                    formula="全年依限辦結件數÷全年受理件數×100%",
                    unit="%",
                    threshold=Threshold(op=">=", value=90, unit="%"),
                    values=(
                        value(104, "actual", missing="no_statistics", raw="無統 計"),
                        value(105, "target", 98.5, raw="98.50%"),
                        value(106, "target", missing="blank", raw="—"),
                    ),
                ),
                Measure(
                    index=2,
                    formula="讀書會次數/年",
                    unit="次",
                    values=(
                        value(104, "actual", missing="no_statistics", raw="1.2 2.無統計"),
                        value(105, "target", 7, raw="1.4 2.7"),
                        value(106, "target", 4, raw="1.2 2.5"),
                    ),
                ),
            ),
        ),
        Kpi(code="ZZ9.1", name="無所屬指標"),
    ),
    actions=(
        Action(
            code="AC1.1.1",
            text="訂定計畫",
            kpi="AC1.1",
            owner="總務課",
            budgets=(Budget(roc_year=105, amount=2250000), Budget(roc_year=106, amount=0)),
            budget_shared_with=("AP1.1.1",),
        ),
    ),
)

FOURYEAR = Plan(
    agency=Agency(name="青溪縣東濱戶政事務所"),
    kind="midterm",
    perspectives=(Perspective(code="P1", name="業務成果"), Perspective(code="P2", name="組織學習")),
    objectives=(
        Objective(code="K1", name="強化登記正確", perspective="P1", kind="key"),
        Objective(code="S1", name="節約支出", perspective="P2", kind="common"),
    ),
    kpis=tuple(
        Kpi(
            code=f"{goal}-1",
            name="正確率",
            objective=goal,
            assessment_regime="1",
            assessment_method="統計數據",
            measures=(
                Measure(
                    unit="件",
                    formula="登記件數",
                    values=tuple(value(year, "target", 15, raw="15件") for year in range(111, 115)),
                ),
            ),
        )
        for goal in ("K1", "S1")
    ),
    footnotes=(Footnote(code="1", text="運用既有組織架構進行。"),),
)

SERVICE = Plan(
    agency=Agency(name="青溪市東濱戶政事務所"),
    kind="service_quality",
    work_items=(
        WorkItem(
            no="1",
            name="演練",
            section="登記課",
            tasks=(
                Task(content="辦理演練", months=(3, 9), status="依期執行"),
                Task(
                    content="按季檢討",
                    timing=Timing(raw="按季", frequency="quarterly", months=(3, 6, 9, 12)),
                ),
            ),
        ),
        WorkItem(no="2", name="宣導", section="登記課", tasks=(Task(content="宣導", note="-2件"),)),
    ),
    guidelines=(
        Guideline(
            no="一",
            name="深化服務",
            strategies=(
                Strategy(
                    no="(一)", name="改善環境", methods=(Method(text="檢查"), Method(text="導引"))
                ),
                Strategy(no="(二)", name="擴大宣導"),
            ),
        ),
    ),
    committee=Committee(
        name="推動小組",
        members=(Member(role="召集人", position="主任", tasks=(Text(text="綜理"),)),),
    ),
)

names = st.text(alphabet="策略目標服務品質、，（）ABiw mW1提升", min_size=1, max_size=60).filter(
    str.strip
)


@st.composite
def maps(draw: st.DrawFn) -> Plan:
    """Make a plan of 1 to 60 objectives, placed anywhere, with links between any two."""
    themes = tuple(
        Theme(code=chr(65 + n), name=draw(names), lead=draw(st.none() | names))
        for n in range(draw(st.integers(0, 8)))
    )
    perspectives = PERSPECTIVES[: draw(st.integers(0, 4))]
    places = st.tuples(
        st.sampled_from([None, "?", *(theme.code for theme in themes)]),
        st.sampled_from([None, *(perspective.code for perspective in perspectives)]),
        st.sampled_from([None, "key", "common"]),
    )
    objectives = tuple(
        Objective(code=f"X{n}", name=draw(names), theme=theme, perspective=perspective, kind=kind)
        for n, (theme, perspective, kind) in enumerate(
            draw(st.lists(places, min_size=1, max_size=60))
        )
    )
    codes = st.sampled_from([objective.code for objective in objectives])
    pairs = draw(st.lists(st.tuples(codes, codes), max_size=25))
    return Plan(
        agency=Agency(name="青溪市民政處"),
        themes=themes,
        perspectives=perspectives,
        objectives=objectives,
        links=tuple(Link(from_=cause, to=effect) for cause, effect in pairs),
    )
