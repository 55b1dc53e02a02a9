"""Slides become sightings: the objective, its success factors, and KPIs that the scorecard may code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hengtu.core.hanzi import bare, unwrap
from hengtu.core.plan import Action, Kpi, Measure, Text
from hengtu.core.source import Source
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.scorecards.actions import is_nothing, read_references
from hengtu.readers.recognise.scorecards.codes import Part, split
from hengtu.readers.recognise.scorecards.entries import Entries
from hengtu.readers.recognise.scorecards.slides import Card, Item
from hengtu.readers.recognise.sightings import ThemeSighting


def read_cards(cards: Sequence[Card], entries: Entries, notes: Notes) -> None:
    """Add what the slides say to the entries."""
    for card in cards:
        notes.claim(*card.labels, *card.objective_lines)
        for item in (*card.kpis, *card.factors, *card.actions):
            notes.claim(*item.lines)
        _read_theme(card, entries, notes)
        objective = _read_objective(card, entries)
        kpis: list[Kpi] = []
        for item in card.kpis:
            if not is_nothing(item.text):
                kpis.append(_read_kpi(item, objective, entries, notes, beside=kpis))
        for item in card.actions:
            _read_action(item, kpis[0].code if kpis else None, entries)


def _read_theme(card: Card, entries: Entries, notes: Notes) -> None:
    if card.theme and card.theme_line:
        notes.claim(card.theme_line)
        if card.theme.letter:
            source = Source.at(card.theme_line.place, raw=card.theme_line.text)
            entries.themes.append(
                ThemeSighting(code=card.theme.letter, name=card.theme.name, source=source)
            )


def _read_objective(card: Card, entries: Entries) -> str | None:
    if not card.name:
        return None
    code = card.code.objective if card.code else _code_by_name(card.name, entries)
    source = Source.at(
        *(line.place for line in card.objective_lines),
        raw=" ".join(line.text for line in card.objective_lines),
    )
    entries.see_objective(
        code,
        card.name,
        place="slide",
        theme=card.theme.letter if card.theme else None,
        perspective=card.perspective,
        source=source,
        raw_code=card.code.raw if card.code else "",
    )
    entries.add_factors(
        code, tuple(Text(text=item.text, source=_where(item)) for item in card.factors)
    )
    return code


def _code_by_name(name: str, entries: Entries) -> str:
    same = (o.code.objective for o in entries.objectives if o.code and bare(o.name) == bare(name))
    return next(same, None) or entries.objective_code(name)


def _read_kpi(
    item: Item, objective: str | None, entries: Entries, notes: Notes, *, beside: Sequence[Kpi]
) -> Kpi:
    """Add a KPI, or a place to one known by its name; those ``beside`` it on the slide are others."""
    part = _coded(item.text)
    name = unwrap(part.words)
    known = entries.kpis.get(part.code) if part.code else entries.kpi_like(objective, name)
    where = _where(item)
    others = {kpi.code for kpi in beside}
    if known and (known.code not in others or bare(known.name) == bare(name)):
        if bare(known.name) != bare(name):
            notes.tell(
                "X101", known.source.join(where), subject=known.code, raw=name, reading=known.name
            )
        entries.kpis[known.code] = replace(known, source=known.source.join(where))
        return known
    code = part.code or entries.kpi_code(objective)
    above = part.above() or objective
    kpi = Kpi(
        code=code, name=name, objective=above, measures=(Measure(source=where),), source=where
    )
    return entries.add_kpi(kpi)


def _read_action(item: Item, kpi: str | None, entries: Entries) -> None:
    part = split(item.text, "action", "lettered")[0]
    where = _where(item)
    text, references = read_references(part.words, where)
    if is_nothing(text):
        return
    above = part.above() or kpi
    code = part.code or entries.action_code(above)
    entries.add_action(Action(code=code, text=text, kpi=above, references=references, source=where))


def _coded(text: str) -> Part:
    parts = split(text, "kpi", "lettered")
    return parts[0] if len(parts) == 1 else Part(None, text)


def _where(item: Item) -> Source:
    return Source.at(
        *(line.place for line in item.lines), raw=" ".join(line.text for line in item.lines)
    )
