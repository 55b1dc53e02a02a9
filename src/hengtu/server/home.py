"""The folder where a site without a configured database keeps its data and its key."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

KEY_FILE = "secret_key"


def find_home(environment: Mapping[str, str]) -> Path:
    """Return ``HENGTU_HOME``, else ``hengtu`` in the XDG data folder."""
    if named := environment.get("HENGTU_HOME"):
        return Path(named).expanduser()
    data = environment.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "hengtu"


def read_secret_key(environment: Mapping[str, str], home: Path) -> str:
    """Return ``HENGTU_SECRET_KEY``, else the key kept in the home folder, made when missing.

    Where the folder cannot be written the key lasts as long as the process: sessions end with it.
    """
    if named := environment.get("HENGTU_SECRET_KEY"):
        return named
    try:
        return _kept_key(home / KEY_FILE)
    except OSError:
        return secrets.token_urlsafe(50)


def _kept_key(file: Path) -> str:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if file.exists():
        return file.read_text(encoding="ascii").strip()
    key = secrets.token_urlsafe(50)
    # Written aside and linked: two processes that start at once end up with one key.
    draft = file.with_name(f".{KEY_FILE}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(key)
    try:
        os.link(draft, file)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    finally:
        draft.unlink()
    return key
