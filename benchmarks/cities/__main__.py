"""Steps on the configured database, each a process of its own.

``python -m cities fill AGENCIES KPIS`` (KPIs of each agency), ``change SHARE``, ``floor``.
"""

import sys

from hengtu.server.run import migrate


def main() -> None:
    """Make the tables, then do the step."""
    migrate()
    step, *words = sys.argv[1:]
    if step == "fill":
        from cities.filling import fill

        agencies, kpis = map(int, words)
        figures = sum(written for _, written in fill(agencies, kpis))
        print(f"{agencies:,} agencies × {kpis:,} KPIs, {figures:,} figures")
    elif step == "change":
        from cities.changes import change_figures

        print(f"{change_figures(float(words[0])):,} figures changed")
    elif step == "floor":
        from cities.changes import measure_floor

        print(*measure_floor())
    else:
        raise SystemExit(f"no step {step}")


if __name__ == "__main__":
    main()
