"""Formula text to tokens: what is a name, a number, an operator or a bracket.

Chinese names carry blanks from line wraps, digits, quotations and brackets, so what a sign means depends on
what stands around it: the rules are those of DOMAIN §3, one function each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lark import Token

from hengtu.core.formulas.failure import MAX_DEPTH, FormulaError
from hengtu.core.formulas.signs import (
    CLOSING,
    NAME_CHARACTER,
    OPENING,
    QUOTES,
    closing_at,
    fold_signs,
    quote_end,
    tidy_name,
)

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")
_PERCENT = re.compile(r"\s*%(?!\s*(?:以上|以下))")
_UNIT = re.compile(
    r"\s*((?:個)?(?:人次|場次|小時|分鐘|年|月|日|天|週|季|時|分|秒|元|人|件|次|場|戶|項|分|題|組|點|科|班|家|處|所|張|‰))"
    r"(?=\s*(?:$|[-+*/()=\[\]{}]))"
)
_PER = re.compile(r"/\s*(?:每)?(年度|年|半年|季|月|週|日|天)(?=\s*(?:$|[-+*/)\]}]|為正))")
_WORDS = {"除以": "/", "乘以": "*", "乘上": "*", "加上": "+", "減去": "-"}
_WORD = re.compile("|".join(_WORDS))
_EXCLUSION = re.compile(
    r"^\s*(?:均|皆|但|惟)?(?:不含|未含|不包含|不包括|不計|不列|不納入|未納入|排除|扣除|剔除|包含|包括|含(?=.)|例如|如(?=.)|即(?=.)"
    r"|係|註|備註|說明|以.*計|限|單位|採|依|按)"
)
_POSITIVE = re.compile(r"\s*為正(?:數|值)?(?=\s*(?:$|[-+*/)\]}]))")
_SPLIT = re.compile(r"[-+*/]")
_UNIT_RATIO = re.compile(
    r"^\s*(?:千元|萬元|元|人|件|次|場|戶|公斤|噸|度|公噸|公升|小時|時|分|日|天|次數|%)\s*/\s*[^-+*/()]{1,6}$"
)
_PLAIN = re.compile(r"\d[\d,.]*\s*%?\s*[^\d\s]{0,2}")
_KINDS = {"+": "PLUS", "-": "MINUS", "*": "TIMES", "/": "OVER", "Σ": "TOTAL"}


@dataclass
class Lexing:
    """One text on its way to tokens; ``notes`` collects exclusions and populations in brackets."""

    text: str
    signs: str
    notes: list[str] = field(default_factory=list)
    position: int = 0
    depth: int = 0
    last: str = ""

    @classmethod
    def of(cls, text: str) -> Lexing:
        """Start on a text."""
        return cls(text, fold_signs(text))

    def fail(self, position: int) -> FormulaError:
        """Return the error for a character that no formula has."""
        return FormulaError(
            "unknown_character", text=self.text, position=position, found=self.text[position]
        )

    def tokens(self) -> Iterator[Token]:
        """Yield the tokens of the text; FormulaError for what cannot stand in a formula."""
        while (token := self._next()) is not None:
            self.last = token.type
            yield token

    def _next(self) -> Token | None:
        while self.position < len(self.signs) and self.signs[self.position] in " 。;；,，":
            self.position += 1
        if self.position >= len(self.signs):
            return None
        start = self.position
        sign = self.signs[start]
        if sign in OPENING:
            return self._open(start)
        if sign in CLOSING:
            self.depth -= 1
            return self._token("CLOSE", ")", start, start + 1)
        if self.last and (word := _WORD.match(self.signs, start)):
            kind = _KINDS[_WORDS[word[0]]]
            return self._token(kind, word[0], start, word.end())
        if sign in _KINDS:
            return self._token(_KINDS[sign], sign, start, start + 1)
        if self.last and positive_mark(self.signs, start):
            return self._token("POSITIVE", "為正數", start, _positive_end(self.signs, start))
        if self._times_letter(start):
            return self._token("TIMES", "*", start, start + 1)
        if (sign.isdigit() and sign.isascii()) or _NUMBER.match(self.signs, start):
            return self._number(start)
        if sign in "xX":
            return self._name(start, start + 1)
        if sign in QUOTES or NAME_CHARACTER.match(sign):
            return self._name(start, start)
        raise self.fail(start)

    def _token(self, kind: str, value: str, start: int, end: int) -> Token:
        self.position = end
        return Token(kind, value, start_pos=start, end_pos=end)

    def _open(self, start: int) -> Token | None:
        end = closing_at(self.signs, start)
        inside = self.signs[start + 1 : end] if end is not None else ""
        if end is not None and self._remark(inside):
            self.notes.append(tidy_name(self.text[start + 1 : end]))
            self.position = end + 1
            return self._next()
        if end is not None and self._names_with_bracket(end):
            return self._name(start, end + 1)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise FormulaError("too_deep", text=self.text, position=start, found=self.text[start])
        kind = "DEFINES" if self.last == "NAME" else "OPEN"
        return self._token(kind, "(", start, start + 1)

    def _remark(self, inside: str) -> bool:
        """Whether a bracket behind an operand only remarks on it."""
        if self.last == "NUMBER" and inside.strip() and not has_operator(inside):
            return True
        return self.last in ("NAME", "NUMBER", "CLOSE") and is_note(inside)

    def _names_with_bracket(self, closing: int) -> bool:
        """Whether a bracket opens a name: (滿意+非常滿意)份數."""
        if self.last in ("NAME", "NUMBER", "CLOSE"):
            return False
        return self.signs[closing + 1 : closing + 2] != " " and self._name_continues(closing + 1)

    def _times_letter(self, start: int) -> bool:
        """Whether an x stands between operands and is no letter of a word: 員額x100%, 甲 x 乙."""
        if self.signs[start] not in "xX" or self.last not in ("NAME", "NUMBER", "CLOSE"):
            return False
        before, rest = self.signs[start - 1 : start], self.signs[start + 1 :]
        follower = rest.lstrip()[:1]
        if before.isascii() and before.isalpha():
            return False
        return follower.isdigit() or follower in OPENING or (before == " " and rest[:1] == " ")

    def _number(self, start: int) -> Token:
        found = _NUMBER.match(self.signs, start)
        if found is None:  # a digit of another script
            raise self.fail(start)
        digits, end = found[0].replace(",", ""), found.end()
        if percent := _PERCENT.match(self.signs, end):
            if not self._goes_on(percent.end()):
                return self._noted(f"{digits}%", start, percent.end())
        elif unit := _UNIT.match(self.signs, end):
            return self._noted(f"{digits}{unit[1]}", start, unit.end())
        elif not self._goes_on(end):
            return self._noted(digits, start, end)
        return self._name(start, (percent or found).end())

    def _goes_on(self, position: int) -> bool:
        """Whether a name goes on after digits: 4小時以上人數, 1999專線."""
        rest = self.signs[position:].lstrip()
        if not rest or rest[0] in "%.,，、" or _WORD.match(rest) or positive_mark(rest, 0):
            return False
        if rest[0] in "xX" and (
            rest[1:].lstrip()[:1].isdigit() or rest[1:].lstrip()[:1] in OPENING
        ):
            return False
        if rest[0] in "xX" and rest[1:2] == " " and self.signs[position : position + 1] == " ":
            return False
        return bool(NAME_CHARACTER.match(rest[0])) or rest[0] in QUOTES

    def _noted(self, value: str, start: int, end: int) -> Token:
        """Return a number with the bracket that explains it: 20(4構面*5項)."""
        rest = self.signs[end:]
        opening = end + len(rest) - len(rest.lstrip())
        if rest.lstrip()[:1] in tuple(OPENING) and (closing := closing_at(self.signs, opening)):
            inside = self.signs[opening + 1 : closing]
            if explains_number(inside) and not value.endswith("%"):
                note = tidy_name(self.text[opening + 1 : closing])
                return self._token("NUMBER", f"{value}({note})", start, closing + 1)
        return self._token("NUMBER", value, start, end)

    def _name(self, start: int, position: int) -> Token:
        end = self._name_end(position)
        if end == start:
            raise self.fail(start)
        name, per = tidy_name(self.text[start:end]), ""
        if per_mark := _PER.match(self.signs, end):
            per, end = f"/{per_mark[1]}", per_mark.end()
        if not name:
            raise self.fail(start)
        return self._token("NAME", name + per, start, end)

    def _name_end(self, position: int) -> int:
        signs = self.signs
        while position < len(signs):
            sign = signs[position]
            if sign in QUOTES:
                position = self._past_quotation(position)
            elif sign in OPENING:
                after = self._past_bracket(position)
                if after is None:
                    return position
                position = after
            elif sign == " ":
                position += 1
            elif self._stops(position):
                return position
            else:
                position += 1
        return position

    def _stops(self, position: int) -> bool:
        sign = self.signs[position]
        if sign == "-":
            return not self._hyphen(position)
        if sign in "xX":
            return self._times_inside(position)
        if sign in "+*/=≥≤<>Σ;；。" or sign in CLOSING:
            return True
        if _WORD.match(self.signs, position) or positive_mark(self.signs, position):
            return True
        if sign in '!?^|\\"$`':
            raise self.fail(position)
        return False

    def _hyphen(self, position: int) -> bool:
        before, after = (
            self.signs[max(0, position - 2) : position],
            self.signs[position + 1 : position + 2],
        )
        return (
            len(before) == 2
            and before.isascii()
            and before.isalpha()
            and after.isascii()
            and after.isalnum()
        )

    def _times_inside(self, position: int) -> bool:
        before, rest = self.signs[position - 1 : position], self.signs[position + 1 :]
        if before.isascii() and before.isalpha():
            return False
        follower = rest.lstrip()[:1]
        return (
            follower.isdigit()
            or (follower in OPENING and bool(follower))
            or (before == " " and rest[:1] == " ")
        )

    def _past_quotation(self, position: int) -> int:
        """Return the end of a quotation, and of the ones that an operator ties to it: 「優」+「良」."""
        end = quote_end(self.signs, position)
        if end is None:
            return position + 1
        tie = re.compile(r"\s*[-+/、]\s*(?=[「『])").match(self.signs, end + 1)
        return tie.end() if tie else end + 1

    def _past_bracket(self, opening: int) -> int | None:
        """Return the place after a bracket that belongs to the name, or None where the name ends."""
        end = closing_at(self.signs, opening)
        if end is None:
            return None
        inside = self.signs[opening + 1 : end]
        if self._name_continues(end + 1):
            return end + 1
        if is_note(inside) or has_operator(inside):
            return None
        return end + 1

    def _name_continues(self, position: int) -> bool:
        rest = self.signs[position:].lstrip()
        if not rest or positive_mark(rest, 0) or _WORD.match(rest):
            return False
        if rest[0] in "xX" and not rest[1:2].isalpha():
            return False
        return rest[0] in QUOTES or bool(
            NAME_CHARACTER.match(rest[0]) and rest[0] not in ",，、.:：%"
        )


def positive_mark(signs: str, position: int) -> bool:
    """Whether 為正數 stands here."""
    return signs[position] == "為" and _POSITIVE.match(signs, position) is not None


def _positive_end(signs: str, position: int) -> int:
    found = _POSITIVE.match(signs, position)
    return found.end() if found else position + 1


def is_note(inside: str) -> bool:
    """Whether the words of a bracket are an exclusion, a population or a remark, not part of a name."""
    return bool(_EXCLUSION.match(inside)) or _sentence(inside) or bool(_UNIT_RATIO.match(inside))


def _sentence(inside: str) -> bool:
    return (
        len(inside) >= 6
        and not has_operator(inside)
        and re.search(r"不列入|不計入|不納入|之情事|計算|為準|為限", inside) is not None
    )


def has_operator(inside: str) -> bool:
    """Whether operators outside quotations tie two operands of which not all are plain numbers."""
    bare = re.sub(r"「[^」]*」(?:\s*[-+/]\s*「[^」]*」)*|『[^』]*』", "字", inside)
    if _UNIT_RATIO.match(bare):
        return False
    pieces = [piece.strip(" ()[]{}") for piece in _SPLIT.split(bare)]
    if len(pieces) < 2 or not all(pieces):
        return False
    return not all(_PLAIN.fullmatch(piece) for piece in pieces)


def explains_number(inside: str) -> bool:
    """Whether a bracket after a number only says where it comes from: 4構面*5項."""
    pieces = [piece.strip() for piece in _SPLIT.split(inside)]
    return len(pieces) == 1 or all(piece[:1].isdigit() for piece in pieces)
