"""Ways in which a document gets damaged between an agency and a reader."""

import random
from collections.abc import Callable

Corruption = Callable[[random.Random, bytes], bytes]


def cut(chance: random.Random, document: bytes) -> bytes:
    """Keep only the beginning, cut anywhere, even inside a character."""
    return document[: chance.randrange(len(document) + 1)]


def flip_bytes(chance: random.Random, document: bytes) -> bytes:
    """Replace up to fifty bytes by any others."""
    damaged = bytearray(document)
    for _ in range(chance.randint(1, 50)):
        if damaged:
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def drop_lines(chance: random.Random, document: bytes) -> bytes:
    """Lose every line with the same chance."""
    loss = chance.random()
    return b"".join(line for line in document.splitlines(True) if chance.random() > loss)


def shuffle_lines(chance: random.Random, document: bytes) -> bytes:
    """Bring the lines of one stretch into another order."""
    lines = document.splitlines(True)
    first = chance.randrange(len(lines) + 1)
    last = chance.randint(first, len(lines))
    stretch = lines[first:last]
    chance.shuffle(stretch)
    return b"".join(lines[:first] + stretch + lines[last:])


def repeat_stretch(chance: random.Random, document: bytes) -> bytes:
    """Print one stretch of lines twice."""
    lines = document.splitlines(True)
    first = chance.randrange(len(lines) + 1)
    last = chance.randint(first, len(lines))
    return b"".join(lines[:last] + lines[first:])


def move_tabs(chance: random.Random, document: bytes) -> bytes:
    """Lose or double tabs, so that cells slip."""
    replacements = (b"\t", b"\t", b"\t", b"", b"\t\t", b" ", b"\n")
    return b"".join(
        chance.choice(replacements) if byte == 9 else bytes([byte]) for byte in document
    )


def swap_characters(chance: random.Random, document: bytes) -> bytes:
    """Replace characters by those that matter to a reader."""
    text = list(document.decode("utf-8", "replace"))
    for _ in range(chance.randint(1, 40)):
        if text:
            text[chance.randrange(len(text))] = chance.choice(
                "（）()[]％%÷/≧≤0９-—\t\n\0\ufeff年月A1."
            )
    return "".join(text).encode()


def change_encoding(chance: random.Random, document: bytes) -> bytes:
    """Store the text in another encoding, or claim one that it is not in."""
    text = document.decode("utf-8", "replace")
    encoding = chance.choice(("utf-16", "utf-16-be", "big5", "utf-8-sig", "gb18030", "utf-32"))
    return text.encode(encoding, "replace")


def replace_by_noise(chance: random.Random, document: bytes) -> bytes:
    """Hand in something that is no document at all."""
    return chance.randbytes(chance.randrange(2000))


CORRUPTIONS: tuple[Corruption, ...] = (
    cut,
    flip_bytes,
    drop_lines,
    shuffle_lines,
    repeat_stretch,
    move_tabs,
    swap_characters,
    change_encoding,
    replace_by_noise,
)


def corrupt(chance: random.Random, document: bytes) -> bytes:
    """Damage a document in one to three ways."""
    for _ in range(chance.randint(1, 3)):
        document = chance.choice(CORRUPTIONS)(chance, document)
    return document
