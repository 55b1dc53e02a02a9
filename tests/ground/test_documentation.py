"""The documentation names what the product has: commands, reports, roles, presets, rooms and pages."""

import re
from pathlib import Path

import pytest

from hengtu.cli.main import FILE_COMMANDS, SITE_COMMANDS
from hengtu.core.access import ROLES
from hengtu.writers.produce import REPORTS, formats_of


@pytest.fixture(scope="module")
def docs(repo_root: Path) -> Path:
    return repo_root / "docs"


@pytest.mark.parametrize("name", [*FILE_COMMANDS, *SITE_COMMANDS])
def test_every_command_is_documented(docs: Path, name: str) -> None:
    assert f"\nhengtu {name} " in (docs / "commands.md").read_text("utf-8")


def test_no_command_is_documented_that_is_not_there(docs: Path) -> None:
    for page in (*docs.rglob("*.md"), *docs.parent.glob("README*.md")):
        used = re.findall(r"^hengtu (\w+)", page.read_text("utf-8"), re.MULTILINE)
        assert set(used) <= {*FILE_COMMANDS, *SITE_COMMANDS}, page.name


@pytest.mark.parametrize("report", REPORTS)
def test_every_report_is_documented_with_its_formats(docs: Path, report: str) -> None:
    formats = ", ".join(suffix.removeprefix(".") for suffix in formats_of(report))
    row = rf"^\| `{report}` \|.*\| {formats} \|$"
    assert re.search(row, (docs / "commands.md").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("page", ["guide.md", "zh-Hant/manual.md", "commands.md"])
def test_every_role_is_documented(docs: Path, page: str) -> None:
    text = (docs / page).read_text("utf-8")
    assert [role for role in ROLES if f"`{role}`" not in text] == []


def test_every_room_of_recognition_is_described(docs: Path, repo_root: Path) -> None:
    rooms = repo_root / "src" / "hengtu" / "readers" / "recognise"
    text = (docs / "rooms.md").read_text("utf-8")
    named = [room.parent.name for room in rooms.glob("*/__init__.py")]
    assert len(named) > 1
    assert [name for name in named if f"| `{name}` |" not in text] == []


def test_every_page_is_in_the_navigation(docs: Path) -> None:
    nav = (docs.parent / "mkdocs.yml").read_text("utf-8")
    pages = [page.relative_to(docs).as_posix() for page in docs.rglob("*.md")]
    assert [page for page in pages if page not in nav] == []


def test_both_manuals_have_the_same_chapters(docs: Path) -> None:
    def chapters(page: str) -> int:
        return (docs / page).read_text("utf-8").count("\n## ")

    assert chapters("guide.md") == chapters("zh-Hant/manual.md")
