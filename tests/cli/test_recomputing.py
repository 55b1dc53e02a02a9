"""``hengtu recompute`` as a program of its own: killed, interrupted, repeated, tampered with."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

PROGRAM = [sys.executable, "-m", "hengtu.server.command", "recompute"]
TABLES = ("store_resultrow", "store_noderesultrow")
AGENCIES, KPIS = 5, 14
Row = tuple[Any, ...]


@dataclass(frozen=True)
class City:
    """A database with a small city, and how to run commands on it."""

    environment: dict[str, str]
    folder: Path

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """Start the command in a group of its own."""
        return subprocess.Popen(
            [*PROGRAM, *words],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )

    def run(self, *words: str, code: int = 0) -> str:
        """Run the command and return what it printed."""
        process = self.start(*words)
        out, err = process.communicate(timeout=300)
        assert process.returncode == code, err
        assert "Traceback" not in err
        return out

    def do(self, statement: str) -> list[Row]:
        """Run one statement on the database."""
        address = self.environment.get("HENGTU_DATABASE_URL")
        if address:
            with psycopg.connect(address) as connection:
                cursor = connection.execute(statement.encode())
                return cursor.fetchall() if cursor.description else []
        import sqlite3

        with closing(sqlite3.connect(self.folder / "hengtu.sqlite3", timeout=60)) as connection:
            rows = connection.execute(statement).fetchall()
            connection.commit()
            return rows

    def results(self) -> list[list[Row]]:
        """Return every derived row."""
        return [sorted(self.do(f"SELECT * FROM {table}"), key=str) for table in TABLES]

    def clear(self) -> None:
        """Remove every derived row."""
        for table in TABLES:
            self.do(f"DELETE FROM {table}")


@pytest.fixture(scope="module", params=["sqlite", pytest.param("", marks=pytest.mark.postgres)])
def city(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, repo_root: Path
) -> Iterator[City]:
    """Fill a database of one's own with a city."""
    folder = tmp_path_factory.mktemp("city")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("HENGTU_", "DJANGO_"))}
    environment["HENGTU_HOME"] = str(folder)
    if request.param == "sqlite":
        yield fill(City(environment, folder), repo_root)
        return
    address = os.environ.get("HENGTU_DATABASE_URL", "")
    if not address.startswith("postgres"):
        pytest.skip("HENGTU_DATABASE_URL names no PostgreSQL")
    name = f"hengtu_recompute_{os.getpid()}"
    server = urlsplit(address)._replace(path="/postgres").geturl()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    environment["HENGTU_DATABASE_URL"] = urlsplit(address)._replace(path=f"/{name}").geturl()
    yield fill(City(environment, folder), repo_root)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def fill(city: City, repo_root: Path) -> City:
    subprocess.run(
        [sys.executable, "-m", "cities", "fill", str(AGENCIES), str(KPIS)],
        cwd=repo_root / "benchmarks",
        env=city.environment,
        check=True,
        timeout=300,
    )
    return city


def test_a_second_run_writes_nothing(city: City) -> None:
    city.clear()
    first = json.loads(city.run("--json", "--quiet"))
    assert first["agencies"] == AGENCIES
    assert first["results"] == AGENCIES * KPIS * 60
    assert first["rows"] > first["results"]
    clean = city.results()
    assert json.loads(city.run("--json"))["rows"] == 0
    assert city.results() == clean
    assert json.loads(city.run("--audit", "--json"))["count"] == 0


@pytest.mark.parametrize("workers", ["0", "2"])
def test_killed_in_the_middle_and_repeated_is_as_never_killed(city: City, workers: str) -> None:
    city.run("--quiet")
    clean = city.results()
    city.clear()
    process = city.start("--workers", workers)
    assert process.stderr is not None
    process.stderr.readline()
    process.kill()
    process.communicate(timeout=60)
    wait_for_end(process.pid)
    require_whole_agencies(city)
    left = json.loads(city.run("--json", "--workers", workers))
    assert left["rows"] < sum(map(len, clean))
    assert city.results() == clean


def wait_for_end(group: int) -> None:
    """Wait until no process of a group is left: workers end with the one that started them."""
    for _ in range(300):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    raise AssertionError("a worker outlived the command")


def require_whole_agencies(city: City) -> None:
    counted = city.do(
        "SELECT m.plan_id, COUNT(*) FROM store_resultrow r JOIN store_measurerow m"
        " ON m.id = r.measure_id GROUP BY m.plan_id"
    )
    assert 1 <= len(counted) <= AGENCIES
    assert {count for _, count in counted} == {KPIS * 60}


def test_ctrl_c_leaves_with_one_line_that_says_what_is_done(city: City) -> None:
    city.run("--quiet")
    clean = city.results()
    city.clear()
    process = city.start("--workers", "2")
    assert process.stderr is not None
    process.stderr.readline()
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    if process.returncode == 0:
        pytest.skip("it was done before it could be interrupted")
    assert process.returncode == 130, err
    assert "已中斷" in err.splitlines()[-1]
    assert "Traceback" not in err
    wait_for_end(process.pid)
    require_whole_agencies(city)
    city.run("--quiet")
    assert city.results() == clean


def test_a_worker_that_is_killed_is_told_in_one_line(city: City) -> None:
    city.run("--quiet")
    clean = city.results()
    city.clear()
    process = city.start("--workers", "1")
    assert process.stderr is not None
    process.stderr.readline()
    for worker in list_workers(process.pid):
        os.kill(worker, signal.SIGKILL)
    _, err = process.communicate(timeout=120)
    if process.returncode == 0:
        pytest.skip("it was done before its worker could be killed")
    assert process.returncode == 2, err
    assert "個機關已完成" in err.splitlines()[-1]
    assert "Traceback" not in err
    require_whole_agencies(city)
    city.run("--quiet")
    assert city.results() == clean


def list_workers(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [
        int(one) for one in children if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()
    ]


def test_an_audit_names_what_was_tampered_with_and_writes_nothing(city: City) -> None:
    city.run("--quiet")
    ((measure, code, title),) = city.do(
        "SELECT m.id, k.code, p.title FROM store_measurerow m JOIN store_kpirow k ON k.id = m.kpi_id"
        " JOIN store_planrow p ON p.id = m.plan_id ORDER BY m.id DESC LIMIT 1"
    )
    clean = city.results()
    period = 113 * 19 + 5
    where = f"WHERE measure_id = {measure} AND period = {period}"
    city.do(f"UPDATE store_resultrow SET value = value + 1, light = -1 {where}")
    city.do("DELETE FROM store_noderesultrow WHERE kind = 4 AND period = " + str(period))
    tampered = city.results()
    found = json.loads(city.run("--audit", "--json", code=1))
    assert found["count"] == 1 + AGENCIES
    (named,) = [one for one in found["drift"] if one["kind"] == "measure"]
    assert (named["plan"], named["code"], named["period"]) == (title, code, "113-06")
    fields = {one["field"]: one for one in named["fields"]}
    assert set(fields) == {"value", "light"}
    assert fields["value"]["stored"] == pytest.approx(fields["value"]["computed"] + 1)
    assert fields["light"]["stored"] == "white"
    told = city.run("--audit", "--quiet", code=1)
    assert f"指標 {code}（衡量標準 1）　113-06　實際值 儲存" in told
    assert city.results() == tampered
    assert json.loads(city.run("--json", "--quiet"))["rows"] == 1 + AGENCIES
    assert city.results() == clean


def test_one_agency_alone(city: City) -> None:
    city.run("--quiet")
    clean = city.results()
    city.clear()
    ((name,),) = city.do("SELECT name FROM store_agencyrow WHERE slug = 'agency-1'")
    done = json.loads(city.run("--agency", name, "--json", "--quiet"))
    assert (done["agencies"], done["results"]) == (1, KPIS * 60)
    assert "更新" in city.run("--quiet")
    assert city.results() == clean


def test_plain_lines_where_there_is_no_terminal_and_none_when_quiet(city: City) -> None:
    process = city.start()
    _, err = process.communicate(timeout=300)
    lines = err.strip().splitlines()
    assert len(lines) == AGENCIES
    assert lines[-1].startswith("100%")
    quiet = city.start("--quiet")
    assert quiet.communicate(timeout=300)[1] == ""


def test_wrong_use_is_one_line(city: City) -> None:
    process = city.start("--agency", "沒有這個機關")
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert err.startswith("hengtu: ")
    assert len(err.strip().splitlines()) == 1
    city.run("--workers", "many", code=2)
