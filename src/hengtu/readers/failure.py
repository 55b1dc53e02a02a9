"""Why a file cannot be read, said once and clearly."""

from __future__ import annotations


class ReadError(Exception):
    """A file that cannot be read; ``reason`` is a wording key, ``args_`` fill its sentence."""

    def __init__(self, reason: str, **args: str) -> None:
        super().__init__(reason, args)
        self.reason = reason
        self.args_ = args
