"""In which order and under which headings reports list objectives."""

from __future__ import annotations

from dataclasses import dataclass

from hengtu.core.plan import Kpi, Objective, Perspective, Plan, Theme
from hengtu.wording import reports as words
from hengtu.wording.catalogue import Language, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Objectives under one heading; the last group of a plan also takes what belongs nowhere."""

    title: str
    objectives: tuple[Objective, ...]
    is_rest: bool = False


def label_of(thing: Objective | Kpi | Theme | Perspective) -> str:
    """Return code and name."""
    return f"{thing.code} {thing.name}".strip()


def group_by_perspective(plan: Plan, lang: Language) -> list[Group]:
    """Return the objectives by perspective, those of none at the end."""
    groups = [
        Group(
            title=_perspective_title(perspective, lang),
            objectives=tuple(o for o in plan.objectives if o.perspective == perspective.code),
        )
        for perspective in plan.perspectives
    ]
    known = {perspective.code for perspective in plan.perspectives}
    rest = tuple(o for o in plan.objectives if o.perspective not in known)
    title = say(words.NO_PERSPECTIVE, lang) if groups else ""
    return [*groups, Group(title=title, objectives=rest, is_rest=True)]


def group_by_theme(plan: Plan, lang: Language) -> list[Group]:
    """Return the objectives by theme, those of none at the end."""
    groups = [
        Group(
            title=label_of(theme),
            objectives=tuple(o for o in plan.objectives if o.theme == theme.code),
        )
        for theme in plan.themes
    ]
    known = {theme.code for theme in plan.themes}
    rest = tuple(o for o in plan.objectives if o.theme not in known)
    title = say(words.NO_THEME, lang) if groups else ""
    return [*groups, Group(title=title, objectives=rest, is_rest=True)]


def _perspective_title(perspective: Perspective, lang: Language) -> str:
    suffix = say(words.PERSPECTIVE, lang)
    name = perspective.name
    return name if lang != "zh-Hant" or name.endswith(suffix) else name + suffix
