"""What tests of every room may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

REPO_ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def leave_no_language() -> Iterator[None]:
    """Forget the language of the last page: a thread keeps what a request chose."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def repo_root() -> Path:
    """Return the root of the checkout."""
    return REPO_ROOT


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Return the folder of documents and truths beside the checkout, or skip without it."""
    folder = REPO_ROOT.parent / "shared"
    if not (folder / "seeds").is_dir():
        pytest.skip("the documents of ../shared are not on this machine")
    return folder


@pytest.fixture(scope="session")
def seeds(shared_dir: Path) -> list[Path]:
    """Return the plan documents of ../shared, in the order of their numbers."""
    return sorted((shared_dir / "seeds").glob("*.txt"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the second run, on the other database, leave out what touches no database."""
    parser.addoption("--database-only", action="store_true", help="only tests that use a database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect tests without a database when asked to."""
    if not config.getoption("--database-only"):
        return
    wanted = {"db", "transactional_db", "live_server", "site_server"}
    chosen = [
        item
        for item in items
        if item.get_closest_marker("django_db")
        or item.get_closest_marker("postgres")
        or wanted & set(getattr(item, "fixturenames", ()))
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Give SQLite a file of its own in each worker: one in memory never waits, as real ones do."""
    from django.conf import settings

    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        default.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("db") / "test.sqlite3")
