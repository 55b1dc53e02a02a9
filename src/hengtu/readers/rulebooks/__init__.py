"""Rulebooks as files: the presets that come with Hengtu, and the one format a rulebook is written in."""

from hengtu.readers.rulebooks.load import (
    build_rulebook,
    load_preset,
    preset_codes,
    preset_document,
    read_document,
    read_rulebook,
    read_rulebook_file,
)

__all__ = [
    "build_rulebook",
    "load_preset",
    "preset_codes",
    "preset_document",
    "read_document",
    "read_rulebook",
    "read_rulebook_file",
]
