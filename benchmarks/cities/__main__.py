"""Fill the configured database with a city: ``python -m cities AGENCIES KPIS`` (KPIs of each agency)."""

import sys

from hengtu.server.run import migrate


def main() -> None:
    """Make the tables, then the city."""
    migrate()
    from cities.filling import fill

    agencies, kpis = map(int, sys.argv[1:3])
    figures = sum(written for _, written in fill(agencies, kpis))
    print(f"{agencies:,} agencies, {agencies * kpis:,} KPIs, {figures:,} figures")


if __name__ == "__main__":
    main()
