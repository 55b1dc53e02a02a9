"""A city recomputed: 60 agencies × 2,000 KPIs × 60 months from 14.4 M stored figures, on SQLite and PostgreSQL.

Each run is the command ``hengtu recompute`` from the start of its process to its end, everything committed.
HENGTU_BENCH_SHARE=0.01 takes a hundredth of the city. PostgreSQL is a throw-away server that keeps what it
promises to keep (fsync), or the empty database that HENGTU_DATABASE_URL names.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from cities.watching import Watched, watch

AGENCIES, KPIS = 60, 2_000
SHARE = float(os.environ.get("HENGTU_BENCH_SHARE", "1"))
HERE = Path(__file__).resolve().parent
NO_SERVER = 69
RECOMPUTE = (sys.executable, "-m", "hengtu.server.command", "recompute", "--quiet", "--json")
Environment = Mapping[str, str]


def sizes(share: float) -> tuple[int, int]:
    """Return the agencies of a share of the city, and the KPIs of each."""
    agencies = max(1, round(AGENCIES * share))
    return agencies, round(AGENCIES * KPIS * share / agencies)


def do(environment: Environment, *words: str) -> str:
    """Run one step of the benchmark's own in a process and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "cities", *words],
        cwd=HERE,
        env=dict(environment),
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.strip()


def tell(what: str, run: Watched, results: int) -> None:
    """Print one row."""
    per = run.seconds / results * 1e6
    print(
        f"  {what:44}{run.seconds:8.1f} s{per:8.2f} µs a result{run.peak / 2**30:7.2f} GiB"
        f"{run.busy:8.1f} s busy",
        flush=True,
    )


def recompute(
    environment: Environment, *words: str, code: int = 0
) -> tuple[Watched, dict[str, int]]:
    """Run the command and return how it went and what it counted."""
    run = watch([*RECOMPUTE, *words], environment)
    if run.code != code:
        raise SystemExit(f"recompute {' '.join(words)} ended with {run.code}")
    return run, json.loads(run.out)


def measure(environment: Environment, share: float, *, whole: bool) -> None:
    """Fill a city and recompute it; with ``whole`` also again, changed, audited and beside the floor."""
    agencies, kpis = sizes(share)
    print(f" {do(environment, 'fill', str(agencies), str(kpis))}", flush=True)
    first, counted = recompute(environment)
    results = counted["results"]
    tell(f"{results:,} results, {counted['rows']:,} rows written", first, results)
    if not whole:
        return
    again, nothing = recompute(environment)
    tell(f"again, {nothing['rows']:,} rows written", again, results)
    changed = do(environment, "change", "0.01")
    after, moved = recompute(environment)
    tell(f"1% of figures changed, {moved['rows']:,} rows", after, results)
    audit, _ = recompute(environment, "--audit")
    tell("audit, nothing drifted", audit, results)
    do(environment, "change", "0.0001")
    drift, found = recompute(environment, "--audit", code=1)
    tell(f"audit, {found['count']:,} rows drifted", drift, results)
    reading, writing = map(float, do(environment, "floor").split())
    floor = reading + writing
    print(
        f"  floor: bare read {reading:.1f} s + bare write {writing:.1f} s = {floor:.1f} s;"
        f" the first run is {first.seconds / floor:.2f} × that ({changed})",
        flush=True,
    )


def load() -> str:
    """Return how busy the machine is."""
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"


def on_sqlite(shares: Sequence[float]) -> None:
    """Measure on SQLite, a file of its own for each size."""
    print(f"SQLite ({load()})")
    for share in shares:
        with tempfile.TemporaryDirectory() as home:
            kept = {k: v for k, v in os.environ.items() if k != "HENGTU_DATABASE_URL"}
            measure({**kept, "HENGTU_HOME": home}, share, whole=share == shares[-1])


def on_postgres(shares: Sequence[float]) -> None:
    """Measure on the server that is named, a database of its own for each size."""
    print(f"PostgreSQL ({load()})")
    for share in shares:
        with own_database(os.environ["HENGTU_DATABASE_URL"]) as address:
            environment = {**os.environ, "HENGTU_DATABASE_URL": address}
            measure(environment, share, whole=share == shares[-1])


@contextmanager
def own_database(address: str) -> Iterator[str]:
    """Make a database beside the one named and remove it afterwards."""
    name = f"hengtu_city_{os.getpid()}"
    server = urlsplit(address)._replace(path="/postgres").geturl()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    try:
        yield urlsplit(address)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def main() -> None:
    """Measure both databases, each at a hundredth, a tenth and all of the share asked for."""
    shares = [SHARE / 100, SHARE / 10, SHARE]
    if sys.argv[1:] == ["--postgres"]:
        on_postgres(shares)
        return
    if sys.argv[1:] != ["--only-postgres"]:
        on_sqlite(shares)
    server = [str(HERE.parent / "scripts" / "postgres.sh"), sys.executable, __file__, "--postgres"]
    safe = "-c fsync=on -c synchronous_commit=on -c full_page_writes=on"
    done = subprocess.run(server, env={**os.environ, "POSTGRES_SETTINGS": safe}, check=False)
    if done.returncode == NO_SERVER:
        print("PostgreSQL is missing: measured on SQLite only")
    elif done.returncode:
        raise SystemExit(done.returncode)


if __name__ == "__main__":
    main()
