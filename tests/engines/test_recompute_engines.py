"""Every engine recomputes the samples to the same results."""

from __future__ import annotations

from pathlib import Path

import pytest

from hengtu.engines.engine import Engine
from hengtu.services import accounts, demo, recomputing
from hengtu.store.models import NodeResultRow, ResultRow


@pytest.mark.django_db
def test_an_engine_gives_what_is_stored(engine: Engine, repo_root: Path) -> None:
    demo.fill(repo_root / "examples")
    assert ResultRow.objects.count() > 200
    assert recomputing.audit(engine=engine).count == 0
    ResultRow.objects.all().delete()
    NodeResultRow.objects.all().delete()
    recomputing.recompute(actor=accounts.system_actor(), engine=engine)
    assert recomputing.audit().count == 0
