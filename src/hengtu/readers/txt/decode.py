"""From bytes to text: UTF-8 with or without mark, UTF-16, Big5, and what is no text at all."""

from __future__ import annotations

import codecs
import re

from hengtu.readers.failure import ReadError

MAX_BYTES = 20_000_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_FAMILIAR = re.compile(r"[\t\r\n -~\u2000-\u2bff\u3000-\u33ff\u4e00-\u9fff\uff00-\uffef]")


def decode(data: bytes) -> str:
    """Return the text of a file; ReadError when it is empty, too large or no text.

    Ref: Big5 files of Taiwanese offices use the Windows code page 950.
    """
    if len(data) > MAX_BYTES:
        raise ReadError("too_large", limit=f"{MAX_BYTES // 1_000_000}")
    if not data.strip(b"\0 \t\r\n\x0b\x0c"):
        raise ReadError("empty")
    text = _marked(data) or _unmarked_utf16(data) or _plain(data)
    if text is None or _is_binary(text):
        raise ReadError("not_text")
    return text


def _marked(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _tolerant(data, encoding)
    return None


def _tolerant(data: bytes, encoding: str) -> str:
    return data.decode(encoding, errors="replace")


def _unmarked_utf16(data: bytes) -> str | None:
    """Read UTF-16 without a mark: only there do zero bytes stand in a text."""
    if b"\0" not in data[:20_000]:
        return None
    read = max((_tolerant(data, name) for name in ("utf-16-le", "utf-16-be")), key=_familiar)
    return read if _familiar(read) > 0.9 else None


def _familiar(text: str) -> float:
    """Return the share of characters that Chinese office text is made of."""
    sample = text[:5_000]
    return len(_FAMILIAR.findall(sample)) / max(len(sample), 1)


def _plain(data: bytes) -> str | None:
    for encoding in ("utf-8", "cp950", "big5hkscs"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as failure:
            if encoding == "utf-8" and _cut_at_end(failure, data):
                return _tolerant(data, "utf-8")
    return max((_tolerant(data, name) for name in ("utf-8", "cp950")), key=_legible)


def _cut_at_end(failure: UnicodeDecodeError, data: bytes) -> bool:
    return failure.start >= len(data) - 3 and failure.start > 0


def _legible(text: str) -> float:
    return -text.count("\ufffd")


def _is_binary(text: str) -> bool:
    odd = sum(1 for ch in text if ch == "\ufffd" or (ch < " " and ch not in "\t\r\n\x0b\x0c"))
    return odd * 20 > len(text)
