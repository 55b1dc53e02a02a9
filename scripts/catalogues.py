"""Compile and check the gettext catalogues in pure Python (the demo needs no gettext).

catalogues.py compile   write the .mo beside every .po that is newer
catalogues.py check     exit 1 when a sentence misses its translation in one of the languages
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "src" / "hengtu" / "wording" / "locale"
LANGUAGES = ("zh_Hant", "en")


def read_catalogue(po: Path) -> Catalog:
    """Read one .po file; raise PoFileError on a syntax error."""
    with po.open("rb") as file:
        return read_po(file, abort_invalid=True)


def compile_all(locale: Path) -> int:
    """Write the .mo of every catalogue that changed and return how many were written."""
    written = 0
    for po in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        with mo.open("wb") as file:
            write_mo(file, read_catalogue(po))
        written += 1
    return written


def message_key(message: Message) -> tuple[str | None, str]:
    """Return what identifies a sentence: its context and its (singular) id."""
    text = message.id if isinstance(message.id, str) else message.id[0]
    return message.context, text


def is_translated(message: Message) -> bool:
    """Tell whether every form of a sentence has words and nobody marked it fuzzy."""
    forms = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    return all(forms) and not message.fuzzy


def list_gaps(locale: Path) -> Iterator[str]:
    """Yield one line for every sentence that one of the languages lacks."""
    names = sorted({po.name for po in locale.glob("*/LC_MESSAGES/*.po")})
    for name in names or ["hengtu.po"]:
        known: dict[str, dict[tuple[str | None, str], Message]] = {}
        for language in LANGUAGES:
            po = locale / language / "LC_MESSAGES" / name
            if not po.exists():
                yield f"{language}: {name} is missing"
                continue
            known[language] = {message_key(m): m for m in read_catalogue(po) if m.id}
        every = {key for messages in known.values() for key in messages}
        for language, messages in known.items():
            for key in sorted(every, key=lambda pair: (pair[1], pair[0] or "")):
                found = messages.get(key)
                if found is None:
                    yield f"{language}: {name} lacks {key[1]!r}"
                elif not is_translated(found):
                    yield f"{language}: {name} does not translate {key[1]!r}"
                elif problems := [str(error) for error in found.check()]:
                    yield f"{language}: {name} {key[1]!r}: {'; '.join(problems)}"


def main(arguments: list[str]) -> int:
    """Run one command and return the exit code."""
    if arguments == ["compile"]:
        if written := compile_all(LOCALE):
            print(f"catalogues: {written} compiled")
        return 0
    if arguments == ["check"]:
        gaps = list(list_gaps(LOCALE))
        print("\n".join(gaps) if gaps else "catalogues: complete in " + ", ".join(LANGUAGES))
        return 1 if gaps else 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
