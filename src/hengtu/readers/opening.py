"""A named file's bytes: the one place that opens files people name."""

from __future__ import annotations

from pathlib import Path

from hengtu.readers.failure import ReadError
from hengtu.readers.txt.decode import MAX_BYTES


def open_bytes(path: Path) -> bytes:
    """Return the bytes of a file; ReadError when it is missing, a folder, not permitted or too large."""
    try:
        if path.is_dir():
            raise ReadError("is_directory", file=str(path))
        # Not everything with a name has a size: /dev/zero has none and never ends.
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError as missing:
        raise ReadError("missing_file", file=str(path)) from missing
    except OSError as refused:
        raise ReadError("not_permitted", file=str(path)) from refused
    if len(data) > MAX_BYTES:
        raise ReadError("too_large", file=str(path), limit=str(MAX_BYTES // 1_000_000))
    return data
