"""Spark started and stopped: on this machine bound to the loopback, without its pages, quiet, leaving nothing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hengtu.engines.engine import EngineError
from hengtu.engines.spark.running import SparkEngine

LOCAL = "local[*]"
OLDEST_JAVA = 17
_ENDING_SECONDS = 30
# On a cluster these are its own business; the user's spark-defaults.conf then says.
_ALONE = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
# ANSI: what cannot be cast or divided is an error instead of a silent NULL, as PostgreSQL has it.
_ALWAYS = {
    "spark.app.name": "hengtu",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.log.level": "ERROR",
}
_QUIET = "-Dlog4j2.level=ERROR -XX:-UsePerfData"
# Lights become one long method, which Java would else leave interpreted: 10 M rows 12 s instead of 156 s.
_LONG_METHODS = "-XX:-DontCompileHugeMethods"


@contextmanager
def open_spark(*, master: str = "", folder: Path | None = None) -> Iterator[SparkEngine]:
    """Start Spark and stop it afterwards; EngineError where Java is missing or Spark does not start.

    Without a ``master`` it runs on this machine. ``folder`` is where snapshots pass through; on a cluster all
    its machines must see it.
    """
    _find_java()
    if folder and not folder.is_dir():
        raise EngineError("engine_failed", "spark", str(folder))
    with ExitStack() as stack:
        place = Path(stack.enter_context(TemporaryDirectory(prefix="hengtu-spark-", dir=folder)))
        session = stack.enter_context(_open_session(master or LOCAL, place))
        yield SparkEngine(session, place)


@contextmanager
def _open_session(master: str, place: Path) -> Iterator[Any]:
    from pyspark import SparkConf, SparkContext
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    from hengtu.engines.spark.failure import FAILURES, tell_failure

    settings = SparkConf().setAll(list(_settings(master, place).items()))
    log = place / "log.txt"
    with ExitStack() as stack:
        sink = stack.enter_context(log.open("wb"))
        try:
            gateway = launch_gateway(settings, {"stdout": sink, "stderr": sink})
            stack.callback(_end, gateway)
            context = SparkContext(conf=settings, gateway=gateway)
            stack.callback(context.stop)
            session = SparkSession(context)
        except FAILURES as refused:
            raise tell_failure(refused, log.read_text("utf-8", "replace")) from refused
        yield session


def _settings(master: str, place: Path) -> dict[str, str]:
    inner = place / "spark"
    inner.mkdir()
    own = {
        "spark.master": master,
        "spark.sql.warehouse.dir": str(inner / "warehouse"),
        "spark.driver.extraJavaOptions": f"{_QUIET} {_LONG_METHODS} -Djava.io.tmpdir={inner}",
        "spark.executor.extraJavaOptions": _LONG_METHODS,
    }
    if master.startswith("local"):
        own |= {"spark.local.dir": str(inner), **_ALONE}
    return {**_ALWAYS, **own}


def _end(gateway: Any) -> None:
    """End the Java process, which leaves when its standard input closes, and have pyspark forget it."""
    from pyspark import SparkContext

    SparkContext._gateway = SparkContext._jvm = None
    gateway.shutdown()
    gateway.proc.stdin.close()
    try:
        gateway.proc.wait(_ENDING_SECONDS)
    except subprocess.TimeoutExpired:
        gateway.proc.kill()
        gateway.proc.wait()


def _find_java() -> None:
    """Raise EngineError unless a Java that Spark runs on is found."""
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    found = _read_version(java) if java else None
    if found is None:
        raise EngineError("java_missing", "spark")
    if found < OLDEST_JAVA:
        raise EngineError("java_too_old", "spark", str(found))


def _read_version(java: str) -> int | None:
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    number = re.search(r'version "(?:1\.)?(\d+)', told.stderr + told.stdout)
    return int(number[1]) if number else None
