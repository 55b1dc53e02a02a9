"""Wrong use of a command."""

from __future__ import annotations


class CommandError(Exception):
    """A command that cannot go on; ``reason`` is a wording key, ``args_`` fill its sentence."""

    def __init__(self, reason: str, **args: str) -> None:
        super().__init__(reason, args)
        self.reason = reason
        self.args_ = args
