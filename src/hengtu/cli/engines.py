"""The engine that a command names, and a plan worked out by it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hengtu.cli.failure import CommandError
from hengtu.cli.judging import Judged
from hengtu.core.judging.results import compute_nodes
from hengtu.wording.engines import name_field

if TYPE_CHECKING:
    from hengtu.engines.engine import Engine, EngineName

# Named here once more, so that a command without an engine does not wait for the imports of numpy.
ENGINES: tuple[EngineName, ...] = ("numpy", "duckdb", "postgres", "spark")


@contextmanager
def open_named(name: EngineName) -> Iterator[Engine]:
    """Open an engine where the environment says it is; CommandError where it cannot be used or fails."""
    from hengtu.engines.engine import EngineError, Places, open_engine

    folder = os.environ.get("HENGTU_SPARK_FOLDER")
    places = Places(
        database=os.environ.get("HENGTU_DATABASE_URL", ""),
        spark_master=os.environ.get("HENGTU_SPARK_MASTER", ""),
        spark_folder=Path(folder) if folder else None,
    )
    try:
        with open_engine(name, places) as engine:
            yield engine
    except EngineError as refused:
        raise CommandError(refused.reason, engine=refused.engine, detail=refused.detail) from None


def work_out_plan(judged: Judged, name: EngineName) -> Judged:
    """Return a judged plan with the values and lights of an engine; CommandError where it differs."""
    from hengtu.engines.results import DisagreementError, work_out

    with open_named(name) as engine:
        try:
            results = work_out(judged.results, judged.rulebook, engine)
        except DisagreementError as found:
            raise CommandError(
                "engine_disagrees",
                engine=name,
                code=found.code,
                what=name_field(found.field),
                record=str(found.record),
                answer=str(found.engine),
            ) from None
    return replace(
        judged, results=results, nodes=compute_nodes(judged.plan, results, judged.rulebook)
    )
