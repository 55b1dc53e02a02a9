"""What tests of every room may ask for."""

from pathlib import Path

import pytest

REPO_ROOT = Path(__file__).resolve().parent.parent


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
