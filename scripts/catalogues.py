"""The gettext catalogue in pure Python (the demo needs no gettext).

Sentences are written in zh-Hant and are their own message ids; the English stands in fragments,
src/hengtu/wording/english/*.po, one for each part of the product.

catalogues.py compile   write the one .mo that Django and the lower rooms read
catalogues.py check     exit 1 when a sentence used in the source has no English, or English no use
catalogues.py gaps      print the sentences without English as an empty fragment to fill in
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOM = Path(__file__).resolve().parent.parent / "src" / "hengtu"
MARKS = {"mark", "say", "gettext", "gettext_lazy", "_", "ngettext", "pgettext"}
_TAG = re.compile(r"""{%-?\s*trans(?:late)?\s+(?:"([^"]+)"|'([^']+)')""")
_BLOCK = re.compile(
    r"{%\s*blocktrans(?:late)?(?P<options>[^%]*)%}(?P<body>.*?){%\s*endblocktrans(?:late)?\s*%}",
    re.S,
)
_INLINE = re.compile(r"""_\((?:"([^"]+)"|'([^']+)')\)""")
_FIELD = re.compile(r"{(\w+)[^}]*}|%\((\w+)\)s")
_FOREIGN = re.compile(r"[^\x00-\x7f]")


def read_fragments(folder: Path) -> tuple[dict[str, str], list[str]]:
    """Return zh-Hant → English over all fragments, and what is wrong with them."""
    english: dict[str, str] = {}
    problems = []
    for po in sorted(folder.glob("*.po")):
        with po.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
        for message in catalogue:
            if not message.id or not isinstance(message.id, str):
                continue
            words = str(message.string or "")
            if english.get(message.id, words) != words:
                problems.append(f"{po.name}: {message.id!r} has another translation elsewhere")
            english[message.id] = words
    return english, problems


def compile_all(room: Path) -> Path:
    """Write the compiled catalogue and return its path."""
    english, _ = read_fragments(room / "wording" / "english")
    catalogue = Catalog(locale="en")
    for sentence, words in sorted(english.items()):
        if words:
            catalogue.add(sentence, words)
    mo = room / "wording" / "locale" / "en" / "LC_MESSAGES" / "django.mo"
    mo.parent.mkdir(parents=True, exist_ok=True)
    with mo.open("wb") as file:
        write_mo(file, catalogue)
    return mo


def find_sentences(room: Path) -> dict[str, str]:
    """Return every sentence marked for translation and the first file that uses it."""
    used: dict[str, str] = {}
    for path in sorted((*room.rglob("*.py"), *room.rglob("*.html"), *room.rglob("*.txt"))):
        found = _in_python(path) if path.suffix == ".py" else _in_template(path)
        for sentence in found:
            used.setdefault(sentence, str(path.relative_to(room)))
    return {sentence: file for sentence, file in used.items() if _FOREIGN.search(sentence)}


def _in_python(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and _called(node) in MARKS:
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def _called(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def _in_template(path: Path) -> Iterator[str]:
    text = path.read_text("utf-8")
    for pattern in (_TAG, _INLINE):
        yield from (found[1] or found[2] for found in pattern.finditer(text))
    for block in _BLOCK.finditer(text):
        for body in re.split(r"{%\s*plural\s*%}", block["body"]):
            message = re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", body)
            trimmed = re.sub(r"\s*\n\s*", " ", message.strip())
            yield trimmed if "trimmed" in block["options"] else message


def list_problems(room: Path) -> Iterator[str]:
    """Yield one line for every sentence without English, unused English and unequal fields."""
    english, problems = read_fragments(room / "wording" / "english")
    used = find_sentences(room)
    yield from problems
    for sentence, file in used.items():
        if not english.get(sentence):
            yield f"{file}: no English for {sentence!r}"
        elif _fields(sentence) != _fields(english[sentence]):
            yield f"{file}: other fields in the English of {sentence!r}"
    yield from (f"unused: {sentence!r}" for sentence in english if sentence not in used)


def _fields(sentence: str) -> set[str]:
    return {found[1] or found[2] for found in _FIELD.finditer(sentence)}


def main(arguments: list[str]) -> int:
    """Run one command and return the exit code."""
    if arguments == ["compile"]:
        compile_all(ROOM)
        return 0
    if arguments == ["check"]:
        problems = list(list_problems(ROOM))
        print(
            "\n".join(problems)
            if problems
            else "catalogues: every sentence stands in both languages"
        )
        return 1 if problems else 0
    if arguments == ["gaps"]:
        english, _ = read_fragments(ROOM / "wording" / "english")
        catalogue = Catalog(locale="en")
        for sentence, file in find_sentences(ROOM).items():
            if not english.get(sentence):
                catalogue.add(sentence, "", auto_comments=[file])
        write_po(sys.stdout.buffer, catalogue, omit_header=True, width=0)
        return 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
