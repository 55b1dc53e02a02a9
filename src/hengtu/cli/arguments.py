"""Words on the command line, whatever the locale they came through."""

from __future__ import annotations

import argparse
import os

LONGEST = 200


def plain_words(given: str) -> str:
    """Return a name as it was typed; raise ArgumentTypeError for what nobody could read.

    Where the locale is not UTF-8, Python hands bytes over as lone surrogates.
    """
    try:
        text = os.fsencode(given).decode("utf-8").strip()
    except UnicodeError:
        raise argparse.ArgumentTypeError("UTF-8?") from None
    if not text or len(text) > LONGEST or not text.isprintable():
        raise argparse.ArgumentTypeError(repr(text[:20]))
    return text
