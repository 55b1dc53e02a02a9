"""What the repository promises about itself."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import hengtu

THIRD_PARTY = re.compile(r"\.min\.(js|css)$|\.(ttf|otf|woff2?|ttc|mo)$|(^|/)node_modules/|/vendor/")
EMPTY_NAMES = re.compile(r"/(utils|helpers|common|misc|base|manager|shared|extras)(\.py|/)")


@pytest.fixture(scope="module")
def tracked(repo_root: Path) -> list[str]:
    listing = subprocess.run(
        ["git", "ls-files"], cwd=repo_root, capture_output=True, text=True, check=False
    )
    if listing.returncode != 0:
        pytest.skip("this is no git checkout")
    return listing.stdout.splitlines()


@pytest.mark.parametrize("name", ["demo", "dev"])
def test_a_lock_names_no_address_and_every_package_has_a_fingerprint(
    repo_root: Path, name: str
) -> None:
    lock = (repo_root / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    pins = re.split(r"\n(?=[a-z])", lock)
    assert "://" not in lock
    assert len(pins) > 10
    assert [pin for pin in pins if "--hash=sha256:" not in pin] == []


def test_front_end_lock_names_no_download(repo_root: Path) -> None:
    lock = json.loads((repo_root / "frontend" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert not [name for name, entry in packages.items() if "resolved" in entry]
    assert all(entry["integrity"] for entry in packages.values())


def test_no_third_party_file_is_tracked(tracked: list[str]) -> None:
    assert [name for name in tracked if THIRD_PARTY.search(name)] == []


def test_no_module_has_a_name_that_says_nothing(tracked: list[str]) -> None:
    assert [name for name in tracked if EMPTY_NAMES.search(name)] == []


def test_modules_stay_short(repo_root: Path) -> None:
    written = (m for m in (repo_root / "src").rglob("*.py") if m.parent.name != "migrations")
    for module in written:
        lines = module.read_text(encoding="utf-8").count("\n")
        assert lines <= 400, f"{module.name} has {lines} lines"


def test_every_decision_is_listed(repo_root: Path) -> None:
    decisions = repo_root / "docs" / "decisions"
    index = (decisions / "index.md").read_text(encoding="utf-8")
    nav = (repo_root / "mkdocs.yml").read_text(encoding="utf-8")
    pages = sorted(decisions.glob("0*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        assert f"({page.name})" in index
        assert f"decisions/{page.name}" in nav


@pytest.mark.parametrize("name", ["README.md", "README.zh-Hant.md"])
def test_readme_opens_with_the_two_commands(repo_root: Path, name: str) -> None:
    opening = (repo_root / name).read_text(encoding="utf-8")[:400]
    assert "make demo" in opening
    assert "make test" in opening


def test_version_is_one(repo_root: Path) -> None:
    project = tomllib.loads((repo_root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == hengtu.__version__
