"""Reports by name and format."""

from __future__ import annotations

from collections.abc import Mapping

from hengtu.core.plan import Plan
from hengtu.wording.catalogue import Language
from hengtu.writers.failure import WriteError

REPORTS: Mapping[str, object] = {}


def write_report(plan: Plan, *, report: str, suffix: str, lang: Language) -> bytes:
    """Return the file of a report; WriteError when the format or the content does not fit."""
    raise WriteError("bad_output", format=suffix, formats="")
