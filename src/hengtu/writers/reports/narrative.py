"""What a plan says in words: statements, chapters, legal basis, revisions, footnotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hengtu.core.plan import Plan, Section
from hengtu.wording import reports as words
from hengtu.wording.catalogue import Language, say
from hengtu.wording.numbers import print_day
from hengtu.writers.report import Block, Heading, Listing, Paragraph
from hengtu.writers.reports.values import print_numbered

DEEPEST = 6


def tell_statements(plan: Plan, lang: Language) -> tuple[Block, ...]:
    """Return mission, vision and core values, a paragraph each."""
    comma = say(words.LIST_COMMA, lang)
    found = (
        (words.MISSION, plan.mission.text if plan.mission else ""),
        (words.VISION, plan.vision.text if plan.vision else ""),
        (words.CORE_VALUES, comma.join(value.text for value in plan.core_values)),
    )
    return tuple(
        Paragraph(say(words.PAIR, lang, name=say(name, lang), text=text))
        for name, text in found
        if text
    )


def tell_chapters(sections: Sequence[Section], level: int = 2) -> Iterator[Block]:
    """Yield chapters with their paragraphs and sub-chapters."""
    for section in sections:
        title = print_numbered(section.no, section.title)
        if title:
            yield Heading(title, min(level, DEEPEST))
        yield from (Paragraph(text) for text in section.paragraphs)
        yield from tell_chapters(section.sections, level + 1)


def tell_history(plan: Plan, lang: Language) -> tuple[Block, ...]:
    """Return the acts in the document's history."""
    if not plan.revisions:
        return ()
    acts = tuple(
        revision.date
        if revision.act in revision.date
        else f"{print_day(revision.date)} {revision.act}"
        for revision in plan.revisions
    )
    return Heading(say(words.REVISIONS, lang)), Listing(acts)


def tell_basis(plan: Plan, lang: Language) -> tuple[Block, ...]:
    """Return the legal basis."""
    if not plan.document.based_on:
        return ()
    basis = tuple(text.text for text in plan.document.based_on)
    return Heading(say(words.LEGAL_BASIS, lang)), Listing(basis)


def tell_footnotes(plan: Plan, lang: Language) -> tuple[Block, ...]:
    """Return the meanings of the codes used in tables."""
    if not plan.footnotes:
        return ()
    meanings = tuple(
        say(words.PAIR, lang, name=footnote.code, text=footnote.text) for footnote in plan.footnotes
    )
    return Paragraph(say(words.FOOTNOTES, lang), "note"), Listing(meanings)
