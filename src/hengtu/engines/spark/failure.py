"""What Spark complains about, in one line."""

from __future__ import annotations

import re

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException

from hengtu.engines.engine import EngineError

FAILURES = (Py4JError, PySparkException)
_CALL = re.compile(r"An error occurred while calling|JAVA_GATEWAY_EXITED")
_SAID = re.compile(r"(?:ERROR \w+|Exception|Error)\S*: (?P<words>.*\S)")


def tell_failure(refused: Exception, log: str = "") -> EngineError:
    """Return a failure of Spark by the first error of its log, else by its own first words.

    Words that lie in a Java process which has ended cannot be asked for any more.
    """
    try:
        words = str(refused)
    except Py4JError:
        words = ""
    lines = [line.strip(" :") for line in words.splitlines() if not _CALL.search(line)]
    told = [found["words"] for line in log.splitlines() if (found := _SAID.search(line))]
    return EngineError("engine_failed", "spark", next(filter(None, [*told, *lines]), ""))
