"""Rulebooks as files: the presets that come with Hengtu, and the one format a rulebook is written in."""

from hengtu.readers.rulebooks.load import (
    load_preset,
    preset_codes,
    read_rulebook,
    read_rulebook_file,
)

__all__ = ["load_preset", "preset_codes", "read_rulebook", "read_rulebook_file"]
