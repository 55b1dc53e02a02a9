"""Success factors that every objective of one name shares, and the one that lost characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hengtu.core.plan import Text
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.sightings import ObjectiveSighting
from hengtu.readers.recognise.structure.naming import Difference, compare_names, letters

_CODES: dict[Difference, str] = {"added": "R113", "dropped": "R114", "misread": "R111"}
_LEAST = 3


def compare_factors(objectives: Sequence[ObjectiveSighting], notes: Notes) -> None:
    """Tell the success factors that differ by a damage from what their sisters print.

    Objectives of one name in several themes often share their one factor; at least three must agree. The
    printed words stay.
    """
    groups: dict[str, list[tuple[ObjectiveSighting, Text]]] = {}
    for one in objectives:
        if one.code and len(one.success_factors) == 1:
            groups.setdefault(letters(one.name), []).append((one, one.success_factors[0]))
    for sisters in groups.values():
        _compare(sisters, notes)


def _compare(sisters: Sequence[tuple[ObjectiveSighting, Text]], notes: Notes) -> None:
    counted = Counter(letters(factor.text) for _, factor in sisters)
    shared, attested = counted.most_common(1)[0]
    if attested < _LEAST:
        return
    whole = next(factor.text for _, factor in sisters if letters(factor.text) == shared)
    for objective, factor in sisters:
        difference = compare_names(factor.text, whole, attested=attested)
        code = _CODES.get(difference) if difference else None
        if code and objective.code:
            notes.tell(
                code,
                factor.source,
                subject=objective.code.objective,
                raw=factor.text,
                reading=whole,
                certainty="inferred",
            )
