"""The lower rooms and the file commands work where Django is not installed."""

import subprocess
import sys

import pytest

LOWER_ROOMS = ("core", "wording", "readers", "writers", "engines")

FENCE = """
import importlib, pkgutil, sys

class Fence:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"django", "psycopg"}:
            raise ModuleNotFoundError(f"{name} is fenced off", name=name)

sys.meta_path.insert(0, Fence())
"""

IMPORT_ROOM = """
import hengtu
room = importlib.import_module(sys.argv[1])
modules = [m.name for m in pkgutil.walk_packages(room.__path__, room.__name__ + ".")]
for module in modules:
    importlib.import_module(module)
assert not [name for name in sys.modules if name.partition(".")[0] == "django"]
"""

RUN_COMMAND = """
from hengtu.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def run_fenced(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", FENCE + code, *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("room", LOWER_ROOMS)
def test_every_module_of_the_room_loads(room: str) -> None:
    outcome = run_fenced(IMPORT_ROOM, f"hengtu.{room}")
    assert outcome.returncode == 0, outcome.stderr


def test_fence_keeps_django_out() -> None:
    outcome = run_fenced("import django")
    assert "django is fenced off" in outcome.stderr


def test_a_file_command_runs() -> None:
    outcome = run_fenced(RUN_COMMAND, "schema", "plan")
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout.startswith("{")
