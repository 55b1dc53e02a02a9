"""The door for documents: which reader takes a file, by its name and its first bytes."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from pathlib import Path

from hengtu.core.draft import Draft
from hengtu.core.exchange import PlanFormatError, draft_from_json, plan_from_json
from hengtu.core.paper import Paper
from hengtu.readers import txt
from hengtu.readers.failure import ReadError
from hengtu.readers.opening import open_bytes
from hengtu.readers.recognise.assemble import recognise

Reader = Callable[[bytes, str], Paper]
READERS: Mapping[str, Reader] = {".txt": txt.read, ".tsv": txt.read, ".md": txt.read, "": txt.read}
FORMATS = ".txt .tsv .md .json"


def read_file(path: Path) -> Draft:
    """Return the draft of a document or of a plan's JSON; ReadError says why it cannot be read."""
    return read_bytes(open_bytes(path), path.name, shown=str(path))


def read_bytes(data: bytes, name: str, *, shown: str = "") -> Draft:
    """Return the draft of a document's bytes; ``name`` decides the format, ``shown`` stands in messages."""
    shown = shown or name
    suffix = Path(name).suffix.lower()
    if suffix == ".json":
        return _read_json(data, shown)
    return recognise(_read_paper(data, name, shown))


def read_paper(data: bytes, name: str) -> Paper:
    """Return the paper of a document's bytes, before any meaning; ReadError as ``read_bytes``."""
    return _read_paper(data, name, name)


def _read_paper(data: bytes, name: str, shown: str) -> Paper:
    suffix = Path(name).suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        raise ReadError("unknown_format", format=suffix, formats=FORMATS, file=shown)
    try:
        return reader(data, Path(name).name)
    except ReadError as failure:
        raise ReadError(failure.reason, **{**failure.args_, "file": shown}) from failure


def _read_json(data: bytes, shown: str) -> Draft:
    try:
        content = json.loads(
            data.decode("utf-8-sig"), parse_constant=_read_number, parse_float=_read_number
        )
        if isinstance(content, dict) and isinstance(content.get("plan"), dict):
            return draft_from_json(content)
        return Draft(plan=plan_from_json(content))
    except json.JSONDecodeError as failure:
        raise ReadError("bad_json", line=str(failure.lineno), file=shown) from failure
    except PlanFormatError as failure:
        raise _bad_plan(failure, shown) from failure
    # A whole number of thousands of digits is no JSON error to Python, nor fits a float.
    except (ValueError, OverflowError, RecursionError) as failure:
        raise ReadError("not_text", file=shown) from failure


def _bad_plan(failure: PlanFormatError, shown: str) -> ReadError:
    return ReadError("bad_plan", path=failure.path, problem=failure.problem, file=shown)


def _read_number(text: str) -> float:
    """Return a finite number; raise PlanFormatError for NaN, Infinity and 1e999."""
    number = float(text)
    if not math.isfinite(number):
        raise PlanFormatError("$", text[:20])
    return number
