"""The wheel carries what git does not: the front end, the fonts, their licences."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CARRIED = (
    "hengtu/web/static/hengtu/vendor/bootstrap.min.css",
    "hengtu/web/static/hengtu/vendor/htmx.min.js",
    "hengtu/web/static/hengtu/vendor/charts.js",
    "hengtu/web/static/hengtu/vendor/LICENSES.txt",
    "hengtu/writers/fonts/NotoSansTC_400Regular.ttf",
    "hengtu/writers/fonts/NotoSansTC_700Bold.ttf",
    "hengtu/writers/fonts/LICENSES.txt",
)


@pytest.fixture(scope="module")
def wheel_names(repo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    if not (repo_root / "src" / CARRIED[0]).exists():
        pytest.skip("the front end is not built here: make setup")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run(command, cwd=repo_root, check=True, capture_output=True, timeout=300)
    (wheel,) = folder.glob("hengtu-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize("name", CARRIED)
def test_wheel_carries(wheel_names: set[str], name: str) -> None:
    assert name in wheel_names


def test_wheel_carries_the_compiled_catalogue(wheel_names: set[str]) -> None:
    assert "hengtu/wording/locale/en/LC_MESSAGES/django.mo" in wheel_names


def test_wheel_carries_the_samples_of_the_demo(wheel_names: set[str]) -> None:
    assert "hengtu/examples/bureau/plan.txt" in wheel_names


def test_wheel_carries_the_licence_of_the_product(wheel_names: set[str]) -> None:
    assert any(name.endswith("licenses/LICENSE") for name in wheel_names)
