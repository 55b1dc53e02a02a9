"""A bar on a terminal, plain lines elsewhere, always on standard error."""

from __future__ import annotations

import sys
import time
import unicodedata
from dataclasses import dataclass, field
from typing import TextIO

WIDTH = 24


@dataclass
class Progress:
    """How far a long command is; ``quiet`` shows nothing."""

    quiet: bool = False
    stream: TextIO = field(default_factory=lambda: sys.stderr)
    started: float = field(default_factory=time.monotonic)
    _shown: int = 0

    @property
    def on_terminal(self) -> bool:
        """Whether a bar can be drawn."""
        return self.stream.isatty()

    def left(self, share: float) -> float:
        """Return the seconds that are left when a share of the work is done, as fast as until now."""
        spent = time.monotonic() - self.started
        return spent * (1 - share) / share if share > 0 else 0.0

    def show(self, share: float, words: str, line: str) -> None:
        """Show a bar with words, or where there is no terminal one more line."""
        if self.quiet:
            return
        if not self.on_terminal:
            print(line, file=self.stream, flush=True)
            return
        full = round(WIDTH * share)
        bar = f"[{'█' * full}{'·' * (WIDTH - full)}] {words}"
        wide = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in bar)
        self.stream.write("\r" + bar + " " * max(0, self._shown - wide))
        self.stream.flush()
        self._shown = wide

    def clear(self) -> None:
        """Take the bar away, so that other lines begin at the margin."""
        if self._shown:
            self.stream.write("\r" + " " * self._shown + "\r")
            self.stream.flush()
            self._shown = 0
