"""The commands on the database, each as a program of its own on a home of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

PLAN = (
    "策略目標\tKPI\t計算公式\t113年目標值\nAC1 提升效率\tAC1.1 依限辦結率\t甲÷乙×100% 單位：%\t96\n"
)
WORD = "river-basin-lamp-41"
PROGRAM = [sys.executable, "-m", "hengtu.server.command"]


@dataclass(frozen=True)
class Done:
    """How a program ended and what it said."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a home that has an agency, its plan, and files to import."""
    folder = tmp_path_factory.mktemp("commands")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    (folder / "broken").mkdir()
    (folder / "broken" / "hengtu.sqlite3").write_bytes(os.urandom(4000))
    (folder / "file").write_text("no folder", encoding="utf-8")
    assert run_in(folder, "import", "plan.txt", "--agency", "澄海市環境局").code == 0
    return folder


def run_in(
    folder: Path, *words: str | bytes, give: bytes = b"", stdout: object = None, **settings: str
) -> Done:
    """Run one command in a folder."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("HENGTU_", "DJANGO_"))}
    done = subprocess.run(
        [*PROGRAM, *words],
        cwd=folder,
        env={**kept, "HENGTU_HOME": str(folder / "home"), **settings},
        input=give,
        stdout=stdout or subprocess.PIPE,  # type: ignore[arg-type]
        stderr=subprocess.PIPE,
        timeout=120,
        check=False,
    )
    return Done(done.returncode, (done.stdout or b"").decode(), done.stderr.decode())


def require_one_line(done: Done) -> None:
    assert done.code == 2, done.err
    assert len(done.err.strip().splitlines()) == 1, done.err
    assert done.err.startswith("hengtu: ")
    assert "Traceback" not in done.err


ACTUALS = {
    "utf-16 without a text": b"\xff\xfea",
    "empty": b"",
    "binary": bytes(range(256)) * 9,
    "no code": b"period,value\n114,1\n",
    "unknown code": b"code,period,value\nAC9,114,1\n",
    "full-width period": "code,period,value\nAC1.1,１１４,1\n".encode(),
    "no number": b"code,period,value\nAC1.1,114,many\n",
    "quoted without end": b'code,period,value\n"AC1.1,114,1\n',
    "huge field": b"code,period,value\nAC1.1,114," + b"1" * 200_000,
}


@pytest.mark.parametrize("content", ACTUALS.values(), ids=ACTUALS.keys())
def test_actuals_that_make_no_sense(content: bytes, folder: Path) -> None:
    (folder / "wrong.csv").write_bytes(content)
    require_one_line(run_in(folder, "import", "wrong.csv", "--agency", "澄海市環境局", "--actuals"))


def test_actuals_in_utf_16_with_rows_twice(folder: Path) -> None:
    text = "code,period,value\nAC1.1,113,1\nAC1.1,113,2\n"
    (folder / "good.csv").write_bytes(text.encode("utf-16"))
    done = run_in(folder, "import", "good.csv", "--agency", "澄海市環境局", "--actuals")
    assert (done.code, done.err) == (0, "")
    assert " 1 " in done.out


WRONG: dict[str, list[str | bytes]] = {
    "agency without a name": ["import", "plan.txt", "--agency", ""],
    "agency of blanks": ["import", "plan.txt", "--agency", " \u3000"],
    "agency in no encoding": ["import", "plan.txt", "--agency", b"a\xff"],
    "agency too long": ["import", "plan.txt", "--agency", "甲" * 300],
    "unknown agency": ["import", "plan.txt", "--agency", "某局", "--actuals"],
    "missing file": ["import", "nowhere.txt", "--agency", "甲局"],
    "folder": ["import", ".", "--agency", "甲局"],
    "endless file": ["import", "/dev/zero", "--agency", "甲局"],
    "endless document": ["read", "/dev/zero"],
    "port": ["serve", "--port", "99999"],
    "host": ["serve", "--host", "nowhere.invalid"],
    "user without a name": ["user", "add", "", "--agency", "澄海市環境局", "--role", "director"],
    "role": ["user", "add", "a", "--agency", "澄海市環境局", "--role", "king"],
    "user in no agency": ["user", "add", "a", "--agency", "某局", "--role", "director"],
    "nobody": ["user", "disable", "nobody"],
    "the system": ["user", "password", "system", "--password-stdin"],
    "two lines": ["dance\ndance"],
}


@pytest.mark.parametrize("words", WRONG.values(), ids=WRONG.keys())
def test_wrong_use_is_one_line_and_exit_2(words: list[str | bytes], folder: Path) -> None:
    require_one_line(run_in(folder, *words))


DATABASES = {
    "port": {"HENGTU_DATABASE_URL": "postgresql://localhost:abc/x"},
    "no name": {"HENGTU_DATABASE_URL": "postgresql://localhost/"},
    "nobody there": {"HENGTU_DATABASE_URL": "postgresql://a:secret@127.0.0.1:1/x"},
    "no folder": {"HENGTU_DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3"},
    "other kind": {"HENGTU_DATABASE_URL": "mysql://x/y"},
    "no address": {"HENGTU_DATABASE_URL": "x"},
    "home is a file": {"HENGTU_HOME": "file"},
    "home in no folder": {"HENGTU_HOME": "/proc/nowhere"},
    "no database": {"HENGTU_HOME": "broken"},
}


@pytest.mark.parametrize("settings", DATABASES.values(), ids=DATABASES.keys())
def test_databases_that_cannot_be_reached(settings: dict[str, str], folder: Path) -> None:
    done = run_in(folder, "migrate", **settings)
    require_one_line(done)
    assert "secret" not in done.err


def test_data_are_for_their_owner_only(folder: Path) -> None:
    assert (folder / "home" / "hengtu.sqlite3").stat().st_mode & 0o077 == 0


def test_accounts_from_the_first_day_to_the_last(folder: Path) -> None:
    role = ("--agency", "澄海市環境局", "--role", "director", "--password-stdin")
    assert run_in(folder, "user", "add", "wang", *role, give=f"{WORD}\n".encode()).code == 0
    require_one_line(run_in(folder, "user", "add", "wang", *role, give=f"{WORD}\n".encode()))
    for weak in (b"", b"short\n", b"\xff" * 20):
        require_one_line(run_in(folder, "user", "add", "other", *role, give=weak))
    again = ("user", "password", "wang", "--password-stdin")
    require_one_line(run_in(folder, *again, give=f"{WORD}\n".encode()))
    assert run_in(folder, *again, give=b"quiet-orchard-77\n").code == 0
    assert run_in(folder, "user", "disable", "wang").code == 0
    assert run_in(folder, "user", "list").out == "wang\tdisabled\t澄海市環境局：director\n"


PLAIN = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def test_names_come_through_a_locale_that_is_not_utf_8(folder: Path) -> None:
    done = run_in(folder, "import", "plan.txt", "--agency", "乙局", **PLAIN)
    assert (done.code, done.err) == (0, "")
    assert "乙局" in done.out
    assert "依限辦結率" in run_in(folder, "read", "plan.txt", "--json", **PLAIN).out


def test_output_that_nobody_takes(folder: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as gone:
        done = run_in(folder, "read", "plan.txt", "--json", stdout=gone)
    assert (done.code, done.err) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk here")
def test_output_that_finds_no_room(folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        require_one_line(run_in(folder, "read", "plan.txt", "--json", stdout=full))


def test_kpis_that_need_each_other_are_refused_with_their_path(folder: Path) -> None:
    circle = (
        "策略目標\tKPI\t計算公式\t113年目標值\n"
        "AC1 提升效率\tAC1.1 服務品質指數\t服務效率指數×2 單位：分\t96\n"
        "AC1 提升效率\tAC1.2 服務效率指數\t服務品質指數÷2 單位：分\t48\n"
    )
    (folder / "circle.txt").write_text(circle, encoding="utf-8")
    done = run_in(folder, "import", "circle.txt", "--agency", "雲湖市水利局")
    assert (done.code, done.out) == (2, "")
    assert "AC1.1 → AC1.2 → AC1.1" in done.err
    assert "Traceback" not in done.err
