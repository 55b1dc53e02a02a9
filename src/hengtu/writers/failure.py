"""Why a report cannot be written, said once and clearly."""

from __future__ import annotations


class WriteError(Exception):
    """A report that cannot be written; ``reason`` is a wording key, ``args_`` fill its sentence."""

    def __init__(self, reason: str, **args: str) -> None:
        super().__init__(reason, args)
        self.reason = reason
        self.args_ = args
