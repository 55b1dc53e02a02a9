"""The nightly audit: whether the stored results are still what figures and definitions give."""

from __future__ import annotations

import logging
from dataclasses import asdict

from hengtu.services.accounts import system_actor
from hengtu.services.recomputing import audit_and_record
from hengtu.wording.recomputing import drift_line

LOGGED = 20
log = logging.getLogger(__name__)


def check_drift() -> int:
    """Audit all results, leave what drifted in the log and the outcome in the trail; return the rows that did."""
    found = audit_and_record(actor=system_actor())
    for drift in found.drifts[:LOGGED]:
        log.warning(drift_line(**asdict(drift)))
    log.info("drift audit: %d results, %d rows differ", found.results, found.count)
    return found.count
