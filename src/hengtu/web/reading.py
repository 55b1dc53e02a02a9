"""What was understood, as the import page lists it: groups of entries with the lines they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hengtu.core.plan import Kpi, Measure, Plan, PlanValue, Section, Statement, WorkItem
from hengtu.core.source import Source
from hengtu.web.figures import show_value
from hengtu.web.words import PLAN_KINDS
from hengtu.wording.numbers import print_day


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing understood; ``details`` are further lines of text below it."""

    code: str
    text: str
    source: Source
    details: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[int, ...]:
        """The lines it was read from."""
        return self.source.all_lines()


@dataclass(frozen=True, slots=True)
class Group:
    """Entries of one kind."""

    name: str
    title: str | Promise
    entries: tuple[Entry, ...]


def list_groups(plan: Plan) -> tuple[Group, ...]:
    """Return the groups that have entries, in the order a person reads a plan."""
    found = (
        ("front", gettext_lazy("基本資料"), list_front(plan)),
        ("themes", gettext_lazy("策略主題"), list_themes(plan)),
        ("perspectives", gettext_lazy("構面"), list_perspectives(plan)),
        ("objectives", gettext_lazy("策略目標"), list_objectives(plan)),
        ("links", gettext_lazy("因果關聯"), list_links(plan)),
        ("kpis", gettext_lazy("關鍵績效指標"), map(describe_kpi, plan.kpis)),
        ("actions", gettext_lazy("行動方案"), list_actions(plan)),
        ("parent", gettext_lazy("上級計畫"), list_parent(plan.parent_plan)),
        ("guidelines", gettext_lazy("實施要領與執行策略"), list_guidelines(plan)),
        ("committee", gettext_lazy("推動組織"), list_committee(plan)),
        ("work", gettext_lazy("工作項目"), map(describe_work, plan.work_items)),
        ("sections", gettext_lazy("計畫本文"), list_sections(plan.sections)),
        ("rules", gettext_lazy("填表說明與註解"), list_rules(plan)),
        ("unread", gettext_lazy("未能辨識（原文保留）"), list_unread(plan)),
    )
    groups = (Group(name, title, tuple(entries)) for name, title, entries in found)
    return tuple(group for group in groups if group.entries)


def summarise(plan: Plan) -> list[tuple[int, str]]:
    """Return how much of what a plan holds."""
    counted = (
        (len(plan.themes), _("個策略主題")),
        (len(plan.objectives), _("項策略目標")),
        (len(plan.kpis), _("項指標")),
        (len(plan.actions), _("項行動方案")),
        (sum(len(guideline.strategies) for guideline in plan.guidelines), _("項執行策略")),
        (len(plan.work_items), _("個工作項目")),
        (len(plan.sections), _("個章節")),
    )
    return [(number, title) for number, title in counted if number]


def list_front(plan: Plan) -> Iterator[Entry]:
    """Yield agency, title, kind, years, statements and values."""
    if plan.agency.name:
        yield Entry(_("機關"), plan.agency.name, plan.agency.source)
    if plan.title:
        yield Entry(_("計畫名稱"), plan.title, plan.document.source)
    yield Entry(_("類別"), str(PLAN_KINDS[plan.kind]), Source())
    years = [str(end) for end in (plan.roc_years.first, plan.roc_years.last) if end]
    if years:
        yield Entry(_("年度"), "–".join(dict.fromkeys(years)), Source())
    yield from list_statement(_("使命"), plan.mission)
    yield from list_statement(_("願景"), plan.vision)
    for value in plan.core_values:
        yield Entry(_("核心價值"), value.text, value.source)
    for revision in plan.revisions:
        yield Entry(_("沿革"), f"{print_day(revision.date)} {revision.act}", revision.source)
    for unit in plan.org_units:
        yield Entry(_("組織單位"), unit.name, unit.source)


def list_statement(label: str, statement: Statement | None) -> Iterator[Entry]:
    """Yield a mission or vision when there is one."""
    if statement:
        yield Entry(label, statement.text, statement.source)


def list_themes(plan: Plan) -> Iterator[Entry]:
    """Yield the themes with who leads and joins."""
    for theme in plan.themes:
        details = [_("主政：%(lead)s") % {"lead": theme.lead}] if theme.lead else []
        if theme.members:
            names = _("、").join(member.name for member in theme.members)
            details.append(_("成員：%(names)s") % {"names": names})
        yield Entry(theme.code, theme.name, theme.source, tuple(details))


def list_perspectives(plan: Plan) -> Iterator[Entry]:
    """Yield the perspectives."""
    for perspective in plan.perspectives:
        yield Entry(perspective.code, perspective.name, perspective.source)


def list_objectives(plan: Plan) -> Iterator[Entry]:
    """Yield the objectives with factors and strategies."""
    names = {perspective.code: perspective.name for perspective in plan.perspectives}
    for objective in plan.objectives:
        details = []
        if objective.perspective:
            details.append(names.get(objective.perspective, objective.perspective))
        details += [
            _("關鍵成功因素：%(text)s") % {"text": f.text} for f in objective.success_factors
        ]
        details += [f"{strategy.no} {strategy.text}" for strategy in objective.strategies]
        yield Entry(objective.code, objective.name, objective.source, tuple(details))


def list_links(plan: Plan) -> Iterator[Entry]:
    """Yield the arrows."""
    for link in plan.links:
        yield Entry(link.from_, f"→ {link.to}", link.source)


def describe_kpi(kpi: Kpi) -> Entry:
    """Return a KPI with its formulas and values."""
    details = [_("主責：%(lead)s") % {"lead": kpi.owner}] if kpi.owner else []
    for measure in kpi.measures:
        details += describe_measure(measure)
    return Entry(kpi.code, kpi.name, kpi.source, tuple(details))


def describe_measure(measure: Measure) -> Iterator[str]:
    """Yield the formula and the values of a measure, one line each."""
    label = f"{measure.label}：" if measure.label else ""
    if measure.formula or measure.formula_raw:
        unit = f"（{measure.unit}）" if measure.unit else ""
        yield f"{label}{measure.formula or measure.formula_raw}{unit}"
    for kind, title in (("actual", _("實際值")), ("target", _("目標值"))):
        values = [value for value in measure.values if value.kind == kind]
        if values:
            yield f"{title} " + _("、").join(describe_value(value, measure) for value in values)


def describe_value(value: PlanValue, measure: Measure) -> str:
    """Return a value with its year or period."""
    period = str(value.period or value.roc_year)
    return _("%(period)s：%(value)s") % {"period": period, "value": show_value(value, measure)}


def list_actions(plan: Plan) -> Iterator[Entry]:
    """Yield the actions with their money."""
    for action in plan.actions:
        money = "　".join(
            _("%(year)s 年度 %(amount)s 元") % {"year": b.roc_year, "amount": f"{b.amount:,}"}
            for b in action.budgets
            if b.amount is not None
        )
        yield Entry(action.code, action.text, action.source, (money,) if money else ())


def list_parent(plan: Plan | None) -> Iterator[Entry]:
    """Yield the themes and objectives of the parent's map."""
    if plan:
        yield from list_themes(plan)
        yield from list_objectives(plan)


def list_guidelines(plan: Plan) -> Iterator[Entry]:
    """Yield the strategies under their guidelines."""
    for guideline in plan.guidelines:
        yield Entry(guideline.no, guideline.name, guideline.source)
        for strategy in guideline.strategies:
            methods = tuple(method.text for method in strategy.methods)
            yield Entry(strategy.no, strategy.name, strategy.source, methods)


def list_committee(plan: Plan) -> Iterator[Entry]:
    """Yield the seats of the committee."""
    for member in plan.committee.members if plan.committee else ():
        tasks = tuple(task.text for task in member.tasks)
        yield Entry(member.role, member.position, member.source, tasks)


def describe_work(item: WorkItem) -> Entry:
    """Return a work item with its tasks."""
    tasks = []
    for task in item.tasks:
        months = _("、").join(map(str, task.months or ()))
        when = _("（%(months)s 月）") % {"months": months} if months else ""
        tasks.append(f"{task.content}{when}")
    name = f"{item.name}（{item.section}）" if item.section else item.name
    return Entry(item.no, name, item.source, tuple(tasks))


def list_sections(sections: Iterable[Section]) -> Iterator[Entry]:
    """Yield every chapter with its paragraphs."""
    for section in sections:
        yield Entry(section.no, section.title, section.source, section.paragraphs)
        yield from list_sections(section.sections)


def list_rules(plan: Plan) -> Iterator[Entry]:
    """Yield filling rules and footnotes."""
    for rule in plan.rules:
        yield Entry(rule.no, rule.text, rule.source)
    for note in plan.footnotes:
        yield Entry(note.code, note.text, note.source)


def list_unread(plan: Plan) -> Iterator[Entry]:
    """Yield what nobody understood."""
    for text in plan.unread:
        yield Entry("", text.text, text.source)
