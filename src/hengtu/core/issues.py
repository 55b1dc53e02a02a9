"""What a person must be told about a document: findings, their codes and levels.

A code is a letter and three digits and is never reused: R reading, P plan structure, M measure, T target,
B budget, W work schedule, A alignment, X text. The sentences stand in ``hengtu.wording``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from hengtu.core.source import Certainty, Source

Level = Literal["error", "warning", "hint"]
LEVELS: tuple[Level, ...] = ("error", "warning", "hint")
# Cells of one series that are split alike.
_TOGETHER = frozenset({"R142"})


@dataclass(frozen=True, slots=True)
class IssueKind:
    """A kind of finding: its code, a short name and the level it has unless told otherwise."""

    code: str
    name: str
    level: Level


KINDS: dict[str, IssueKind] = {
    kind.code: kind
    for kind in (
        IssueKind("R002", "nothing_understood", "error"),
        IssueKind("R003", "document_cut", "error"),
        IssueKind("R004", "text_not_understood", "hint"),
        IssueKind("R005", "characters_lost", "error"),
        IssueKind("R101", "code_misread", "warning"),
        IssueKind("R102", "wrong_code", "warning"),
        IssueKind("R103", "duplicate_code", "warning"),
        IssueKind("R104", "code_without_owner", "warning"),
        IssueKind("R111", "character_misread", "warning"),
        IssueKind("R112", "agency_name_damaged", "warning"),
        IssueKind("R113", "added_character", "warning"),
        IssueKind("R114", "dropped_characters", "warning"),
        IssueKind("R115", "agency_name_unknown", "hint"),
        IssueKind("R121", "row_label_shift", "warning"),
        IssueKind("R122", "column_shift", "warning"),
        IssueKind("R123", "map_row_lost", "error"),
        IssueKind("R124", "row_shifted_left", "hint"),
        IssueKind("R131", "cell_split_by_page_break", "warning"),
        IssueKind("R132", "header_repeated", "hint"),
        IssueKind("R133", "header_repeated_inside_a_row", "hint"),
        IssueKind("R141", "number_broken_by_blank", "warning"),
        IssueKind("R142", "packed_values", "warning"),
        IssueKind("R143", "several_kpis_in_one_row", "hint"),
        IssueKind("R144", "two_measures_one_code", "warning"),
        IssueKind("R145", "unit_mismatch_in_series", "warning"),
        IssueKind("R146", "partial_year", "warning"),
        IssueKind("R147", "outcome_in_target_cell", "warning"),
        IssueKind("R148", "leftover_index_in_formula", "hint"),
        IssueKind("R149", "value_unreadable", "error"),
        IssueKind("R150", "missing_shared_by_several", "hint"),
        IssueKind("R161", "months_lost", "error"),
        IssueKind("R162", "edges_lost", "error"),
        IssueKind("R163", "node_out_of_place", "hint"),
        IssueKind("R164", "several_statements_in_one_cell", "warning"),
        IssueKind("R165", "name_fused_with_position", "warning"),
        IssueKind("R171", "claimed_count_differs", "warning"),
        IssueKind("X101", "names_differ", "hint"),
        IssueKind("M101", "formula_scaled_to_percent", "hint"),
        IssueKind("M102", "formula_unreadable", "warning"),
        IssueKind("M103", "formula_bracket_added", "hint"),
        IssueKind("P201", "too_many_actions", "error"),
        IssueKind("M201", "weights_in_formula_not_100", "error"),
        IssueKind("T201", "target_lowered_without_reason", "error"),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a person should know: what was printed, how it was read and what was repaired.

    ``subject`` is the code or name concerned; ``args`` fills the sentence of the wording; ``count`` counts like
    findings that were told once.
    """

    code: str
    level: Level
    where: Source
    subject: str = ""
    raw: str = ""
    reading: str = ""
    repair: str = ""
    certainty: Certainty = "certain"
    args: Mapping[str, str] = field(default_factory=dict)
    count: int = 1

    @property
    def identity(self) -> tuple[str, str, str]:
        """What survives a re-import: code, subject and raw words."""
        return (self.code, self.subject, self.raw)


def make_finding(
    code: str,
    where: Source,
    *,
    subject: str = "",
    raw: str = "",
    reading: str = "",
    repair: str = "",
    certainty: Certainty = "certain",
    level: Level | None = None,
    **args: str,
) -> Finding:
    """Return a finding of a registered kind; KeyError for a code that is not registered."""
    kind = KINDS[code]
    return Finding(
        code=code,
        level=level or kind.level,
        where=where,
        subject=subject,
        raw=raw or where.raw,
        reading=reading,
        repair=repair,
        certainty=certainty,
        args=args,
    )


def tell_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings in the order of their lines, like ones told once with a count.

    Findings of one identity become one; so do packed cells of one KPI, which a person judges together.
    """
    told: dict[tuple[str, ...], Finding] = {}
    for finding in findings:
        key = finding.identity if finding.code not in _TOGETHER else (finding.code, finding.subject)
        told[key] = _join(told[key], finding) if key in told else finding
    return tuple(sorted(told.values(), key=lambda f: (f.where.line or 0, f.code)))


def _join(one: Finding, other: Finding) -> Finding:
    return replace(
        one,
        where=one.where.join(other.where),
        raw=_listed(one.raw, other.raw),
        reading=_listed(one.reading, other.reading),
        count=one.count + other.count,
    )


def _listed(words: str, more: str) -> str:
    return words if more in words.split(" / ") else f"{words} / {more}"
