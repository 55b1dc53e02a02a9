"""What scorecards and slides have told so far: entries by code, merged as they come."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from hengtu.core.hanzi import bare
from hengtu.core.plan import Action, Kpi, Measure, Text
from hengtu.core.source import Source
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.scorecards.codes import code_object
from hengtu.readers.recognise.sightings import (
    ObjectiveSighting,
    PerspectiveSighting,
    SightingPlace,
    ThemeSighting,
)

_ALIKE = 0.75
_MOST_MATES = 100
_LONGEST = 120


@dataclass(slots=True)
class Entries:
    """The sightings, KPIs and actions of a document; codes that are ours count up from one."""

    notes: Notes
    themes: list[ThemeSighting] = field(default_factory=list)
    perspectives: list[PerspectiveSighting] = field(default_factory=list)
    objectives: list[ObjectiveSighting] = field(default_factory=list)
    kpis: dict[str, Kpi] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)

    def see_objective(
        self,
        code: str,
        name: str,
        *,
        place: SightingPlace,
        theme: str | None,
        perspective: str | None,
        source: Source,
        raw_code: str = "",
    ) -> None:
        """Add a printed mention of an objective."""
        read = replace(code_object(code), raw=raw_code or code)
        self.objectives.append(
            ObjectiveSighting(
                code=read,
                name=name,
                place=place,
                theme=theme,
                perspective=perspective,
                source=source,
            )
        )

    def add_factors(self, code: str, factors: tuple[Text, ...]) -> None:
        """Add success factors to the last mention of an objective, each words once."""
        for index in range(len(self.objectives) - 1, -1, -1):
            seen = self.objectives[index]
            if seen.code and seen.code.objective == code:
                known = {bare(factor.text) for factor in seen.success_factors}
                new = tuple(factor for factor in factors if bare(factor.text) not in known)
                self.objectives[index] = replace(
                    seen, success_factors=(*seen.success_factors, *new)
                )
                return

    def objective_code(self, name: str, theme: str | None = None) -> str:
        """Return our code for an objective without one: S1, S2 … the same for the same name."""
        return self._made("S", f"{theme or ''}\t{bare(name)}")

    def theme_code(self, name: str) -> str:
        """Return the code of a theme without a letter: that of its other mentions, else T1, T2 …"""
        known = (theme.code for theme in self.themes if bare(theme.name) == bare(name))
        return next(known, None) or self._made("T", f"\n{bare(name)}")

    def _made(self, stem: str, key: str) -> str:
        if key not in self.made:
            number = sum(1 for code in self.made.values() if code.startswith(stem)) + 1
            self.made[key] = f"{stem}{number}"
        return self.made[key]

    def kpi_code(self, objective: str | None, beside: Collection[str] = ()) -> str:
        """Return the next free code of ours for a KPI of an objective, ``beside`` those of its row."""
        stem = f"{objective}-" if objective else "K"
        return next(code for code in _counted(stem) if code not in self.kpis and code not in beside)

    def action_code(self, kpi: str | None, beside: Collection[str] = ()) -> str:
        """Return the next free code of ours for an action of a KPI, ``beside`` those of its row."""
        stem = f"{kpi}-" if kpi else "M"
        free = (code for code in _counted(stem) if code not in self.actions)
        return next(code for code in free if code not in beside)

    def kpi_named(self, objective: str | None, name: str) -> Kpi | None:
        """Return the KPI of an objective, or of any where none is told, that has exactly this name."""
        codes = self.names.get(bare(name), [])
        kpis = (self.kpis[code] for code in codes)
        return next((kpi for kpi in kpis if objective in (None, kpi.objective)), None)

    def kpi_like(self, objective: str | None, name: str) -> Kpi | None:
        """Return the KPI of an objective that has this name, or the only one almost named so."""
        exact = self.kpi_named(objective, name)
        mates = [] if exact else [k for k in self.kpis.values() if k.objective == objective]
        # Limit: among more than these nobody could tell which one is meant, and each is compared.
        close = [kpi for kpi in mates[:_MOST_MATES] if _alike(kpi.name, name)]
        return close[0] if len(close) == 1 else exact

    def add_values(self, code: str, measures: tuple[Measure, ...], source: Source) -> None:
        """Add what another row says about the measures of a KPI."""
        kpi = self.kpis[code]
        merged = _both(kpi.measures, measures)
        self.kpis[code] = replace(kpi, measures=merged, source=kpi.source.join(source))

    def add_kpi(self, kpi: Kpi) -> Kpi:
        """Add a KPI; one seen before under its code gets the new place and what it lacked."""
        known = self.kpis.get(kpi.code)
        if known and not _alike(known.name, kpi.name):
            self.notes.tell(
                "R103",
                known.source.join(kpi.source),
                subject=kpi.code,
                raw=kpi.name,
                reading=known.name,
            )
            kpi = replace(kpi, code=self.kpi_code(kpi.objective))
            known = None
        if known is None:
            self.names.setdefault(bare(kpi.name), []).append(kpi.code)
        self.kpis[kpi.code] = _joined(known, kpi) if known else kpi
        return self.kpis[kpi.code]

    def add_action(self, action: Action) -> None:
        """Add an action; a code that names another action already gets one of ours."""
        known = self.actions.get(action.code)
        if known and bare(known.text) != bare(action.text):
            self.notes.tell(
                "R103",
                known.source.join(action.source),
                subject=action.code,
                raw=action.text,
                reading=known.text,
            )
            action = replace(action, code=self.action_code(action.kpi))
        elif known:
            merged = replace(
                known, source=known.source.join(action.source), owner=known.owner or action.owner
            )
            action = replace(merged, budgets=known.budgets or action.budgets)
        self.actions[action.code] = action


def _counted(stem: str) -> Iterator[str]:
    number = 1
    while True:
        yield f"{stem}{number}"
        number += 1


def _alike(one: str, other: str) -> bool:
    first, second = bare(one), bare(other)
    if first == second or max(len(first), len(second)) > _LONGEST:
        return first == second
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _joined(known: Kpi, kpi: Kpi) -> Kpi:
    return replace(
        known,
        objective=known.objective or kpi.objective,
        owner=known.owner or kpi.owner,
        measures=_both(known.measures, kpi.measures),
        source=known.source.join(kpi.source),
    )


def _both(known: tuple[Measure, ...], new: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """Return what two tables say about the measures of a KPI; the first wins where both speak."""
    if len(known) != len(new):
        return max(known, new, key=_weight)
    return tuple(_filled(one, other) for one, other in zip(known, new, strict=True))


def _filled(one: Measure, other: Measure) -> Measure:
    base, rest = (one, other) if one.formula or not other.formula else (other, one)
    told = {(v.roc_year, v.kind, v.period) for v in one.values}
    more = tuple(v for v in other.values if (v.roc_year, v.kind, v.period) not in told)
    return replace(
        base,
        index=one.index,
        unit=base.unit or rest.unit,
        direction=base.direction or rest.direction,
        threshold=base.threshold or rest.threshold,
        values=(*one.values, *more),
    )


def _weight(measures: tuple[Measure, ...]) -> int:
    return sum(1 + len(m.values) + 2 * bool(m.formula) + bool(m.unit) for m in measures)
