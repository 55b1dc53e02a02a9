"""What the clock of the machine starts every night: ``python -m hengtu.server.nightly``."""

from __future__ import annotations

import sys

from hengtu.server.run import migrate


def main() -> int:
    """Audit the stored results; 1 when some drifted, so that whoever started it hears of it."""
    migrate()
    from hengtu.jobs.drift import check_drift

    return int(check_drift() > 0)


if __name__ == "__main__":
    sys.exit(main())
