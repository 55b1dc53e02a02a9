"""One reading of a document: every recogniser on the same paper, then one draft."""

from __future__ import annotations

from hengtu.core.draft import Draft
from hengtu.core.hanzi import bare
from hengtu.core.paper import Paper
from hengtu.core.plan import FileSource, OrgUnit, Plan
from hengtu.readers.recognise.cut_end import trim_cut_end
from hengtu.readers.recognise.furniture import clear_pages
from hengtu.readers.recognise.indicators.indicators import read_indicators
from hengtu.readers.recognise.leftovers import read_leftovers
from hengtu.readers.recognise.maps.maps import read_maps
from hengtu.readers.recognise.narrative.outline import read_outline
from hengtu.readers.recognise.narrative.statements import read_statements
from hengtu.readers.recognise.noise import claim_noise
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.persons.persons import mask_persons
from hengtu.readers.recognise.scorecards.scorecard import read_scorecards
from hengtu.readers.recognise.service.committee import read_committee
from hengtu.readers.recognise.service.guidelines import read_guidelines
from hengtu.readers.recognise.service.schedule import read_schedule
from hengtu.readers.recognise.structure.claims import check_claims
from hengtu.readers.recognise.structure.damaged_names import tell_damaged_names
from hengtu.readers.recognise.structure.structure import build_structure
from hengtu.readers.recognise.title.identity import read_identity
from hengtu.readers.recognise.upright import lay_flat


def recognise(document: Paper) -> Draft:
    """Return what a document says: its plan and the findings; never raises for odd content."""
    paper, masked = mask_persons(document)
    paper, cut = trim_cut_end(lay_flat(paper))
    notes = Notes(paper)
    if cut:
        notes.tell("R003", cut)
    for masking in masked:
        if masking.fused:
            notes.tell("R165", masking.source, subject=masking.source.raw)
    identity = read_identity(paper, notes)
    printed, paper = paper, clear_pages(paper)
    maps = read_maps(paper, notes)
    scorecards = read_scorecards(paper, notes)
    outline = read_outline(paper, notes)
    indicators = read_indicators(paper, notes, outline)
    guidelines = read_guidelines(paper, notes)
    committee = read_committee(paper, notes)
    schedule = read_schedule(paper, notes)
    statements = read_statements(paper, notes, outline)
    structure = build_structure(notes, maps=maps, scorecards=scorecards, indicators=indicators)
    plan = Plan(
        agency=identity.agency,
        title=identity.title,
        kind=identity.kind,
        roc_years=identity.roc_years,
        document=identity.document,
        revisions=identity.revisions,
        mission=statements.mission,
        vision=statements.vision,
        core_values=statements.core_values,
        org_units=_first_of_each((*maps.org_units, *schedule.org_units, *structure.org_units)),
        themes=structure.themes,
        perspectives=structure.perspectives,
        objectives=structure.objectives,
        links=maps.links,
        parent_plan=maps.parent_plan,
        kpis=(*structure.kpis, *indicators.kpis),
        actions=structure.actions,
        guidelines=guidelines,
        committee=committee,
        work_items=schedule.work_items,
        sections=outline.sections,
        rules=scorecards.rules,
        footnotes=indicators.footnotes,
        source=FileSource(file=paper.file, sha256=paper.sha256),
    )
    plan = check_claims(plan, paper, notes)
    tell_damaged_names(printed, notes, plan.agency.name)
    claim_noise(paper, notes, plan.agency.name)
    plan = read_leftovers(plan, paper, notes)
    return Draft(plan=plan, findings=notes.findings)


def _first_of_each(units: tuple[OrgUnit, ...]) -> tuple[OrgUnit, ...]:
    return tuple({bare(unit.name): unit for unit in reversed(units)}.values())[::-1]
