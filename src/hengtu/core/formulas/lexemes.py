"""Formula text to tokens: what is a name, a number, an operator or a bracket.

Chinese names carry blanks from line wraps, digits, quotations and brackets, so what a sign means depends on
what stands around it: the rules are those of DOMAIN §3, one function each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from hengtu.core.formulas.calls import FIRST_LETTERS, Site, call_at
from hengtu.core.formulas.failure import MAX_DEPTH, FormulaError
from hengtu.core.formulas.functions import CONDITIONS
from hengtu.core.formulas.remarks import explains_number, has_operator, is_note
from hengtu.core.formulas.signs import (
    CLOSING,
    NAME_CHARACTER,
    OPENING,
    QUOTES,
    fold_signs,
    match_brackets,
    quote_end,
    tidy_name,
)

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")
_PERCENT = re.compile(r"\s*%(?!\s*(?:以上|以下))")
_MEASURES = (
    r"\s*((?:個)?(?:人次|場次|小時|分鐘|年|月|日|天|週|季|時|分|秒|元|人|件|次|場|戶|項|分|題|組|點|科|班|家|處|所|張"
    r"|‰))"
)
SCALES = {"百": 2, "千": 3, "萬": 4, "十萬": 5, "百萬": 6, "千萬": 7, "億": 8}
_SCALE = re.compile(rf"\s*({'|'.join(SCALES)})(?=\s*(?:$|[-+*/()=\[\]{{}},、<>≥≤≠]))")
_SPANS = r"/\s*(?:每)?(年度|年|半年|季|月|週|日|天)"
_UNIT = re.compile(_MEASURES + r"(?=\s*(?:$|[-+*/()=\[\]{}]))")
_PER = re.compile(_SPANS + r"(?=\s*(?:$|[-+*/)\]}]|為正))")
_WORDS = {"除以": "/", "乘以": "*", "乘上": "*", "加上": "+", "減去": "-"}
_WORD = re.compile("|".join(_WORDS))
_POSITIVE = re.compile(r"\s*為正(?:數|值)?(?=\s*(?:$|[-+*/)\]},、<>=≥≤≠]))")
_KINDS = {"+": "PLUS", "-": "MINUS", "*": "TIMES", "/": "OVER", "Σ": "TOTAL"}
# Inside a call a mark between arguments and a relation end a number and a name, too.
_BARE_NUMBER = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_UNIT_INSIDE = re.compile(_MEASURES + r"(?=\s*(?:$|[-+*/()=\[\]{},、<>≥≤≠]))")
_PER_INSIDE = re.compile(_SPANS + r"(?=\s*(?:$|[-+*/)\]},、<>=≥≤≠]|為正))")
_RELATION = re.compile(r">=|=>|<=|=<|<>|!=|==|[≥≤≠<>=]")
_RELATORS = {"=>": ">=", "≥": ">=", "=<": "<=", "≤": "<=", "≠": "<>", "!=": "<>", "==": "="}
_WITHIN_NAME = re.compile(r"[^-「『“《〈(\[{)\]} xX+*/=≥≤<>≠Σ;；。除乘加減為!?^|\\\"$`,、]*")
_SKIPPED = " 。;；,，"
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)")


class Token(NamedTuple):
    """A piece of a formula: its kind, its text, where it starts, and the function of a CALL."""

    kind: str
    value: str
    start: int
    call: Site | None = None


@dataclass
class Lexing:
    """One text on its way to tokens; ``notes`` collects exclusions and populations in brackets.

    ``marks`` holds for every open bracket the mark between arguments, None for a plain one; ``closings`` where
    each closes.
    """

    text: str
    signs: str
    notes: list[str] = field(default_factory=list)
    position: int = 0
    last: str = ""
    marks: list[str | None] = field(default_factory=list)
    calls: int = 0
    closings: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.closings = match_brackets(self.signs)

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
            self.last = token.kind
            yield token

    def _next(self) -> Token | None:
        signs, end = self.signs, len(self.signs)
        mark = self.marks[-1] if self.marks else None
        skipped = _SKIPPED.replace(mark, "") if mark else _SKIPPED
        while self.position < end and signs[self.position] in skipped:
            self.position += 1
        if self.position >= end:
            return None
        start = self.position
        sign = signs[start]
        if sign in OPENING:
            return self._open(start)
        if sign in CLOSING:
            return self._close(start)
        if self.calls and (inside := self._inside_call(start, mark)):
            return inside
        if self.last and (word := _WORD.match(signs, start)):
            return self._token(_KINDS[_WORDS[word[0]]], word[0], start, word.end())
        if sign in _KINDS:
            return self._token(_KINDS[sign], sign, start, start + 1)
        if self.last and positive_mark(signs, start):
            return self._token("POSITIVE", "為正數", start, _positive_end(signs, start))
        if self._times_letter(start):
            return self._token("TIMES", "*", start, start + 1)
        return self._operand(sign, start)

    def _operand(self, sign: str, start: int) -> Token:
        if (sign.isdigit() and sign.isascii()) or _NUMBER.match(self.signs, start):
            return self._number(start)
        if site := self._call(sign, start):
            return self._enter(site)
        if sign in "xX":
            return self._name(start, start + 1)
        if sign in QUOTES or NAME_CHARACTER.match(sign):
            return self._name(start, start)
        raise self.fail(start)

    def _token(self, kind: str, value: str, start: int, end: int) -> Token:
        self.position = end
        return Token(kind, value, start)

    def _close(self, start: int) -> Token:
        if self.marks and self.marks.pop() is not None:
            self.calls -= 1
        return self._token("CLOSE", self.text[start], start, start + 1)

    def _inside_call(self, start: int, mark: str | None) -> Token | None:
        """Return what stands only inside calls: a mark between arguments, a relation."""
        if mark and self.signs[start] == mark:
            return self._token("MARK", self.text[start], start, start + 1)
        if relation := _RELATION.match(self.signs, start):
            sign = _RELATORS.get(relation[0], relation[0])
            return self._token("RELATION", sign, start, relation.end())
        return None

    def _call(self, sign: str, start: int) -> Site | None:
        """Return the call that starts here: 且, 或 and 非 call only inside another call."""
        if sign not in FIRST_LETTERS or self.last in ("NAME", "NUMBER", "CLOSE", "POSITIVE"):
            return None
        site = call_at(self.signs, start, self.closings)
        if site is None or (site.function.key in CONDITIONS and not self.calls):
            return None
        return None if self._name_continues(site.closing + 1) else site

    def _enter(self, site: Site) -> Token:
        self._deepen(site.opening)
        self.marks.append(site.mark)
        self.calls += 1
        self.position = site.opening + 1
        return Token("CALL", self.text[site.start : site.opening].rstrip(), site.start, site)

    def _deepen(self, opening: int) -> None:
        if len(self.marks) >= MAX_DEPTH:
            found = self.text[opening]
            raise FormulaError("too_deep", text=self.text, position=opening, found=found)

    def _open(self, start: int) -> Token | None:
        end = self.closings.get(start)
        inside = self.signs[start + 1 : end] if end is not None else ""
        if end is not None and self._remark(inside):
            self.notes.append(tidy_name(self.text[start + 1 : end]))
            self.position = end + 1
            return self._next()
        if end is not None and self._names_with_bracket(end):
            return self._name(start, end + 1)
        self._deepen(start)
        self.marks.append(None)
        kind = "DEFINES" if self.last == "NAME" else "OPEN"
        return self._token(kind, self.text[start], start, start + 1)

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
        found = (_BARE_NUMBER if self.calls else _NUMBER).match(self.signs, start)
        if found is None:  # a digit of another script
            raise self.fail(start)
        if self.calls:
            self._refuse_groups(start)
        digits, end = found[0].replace(",", ""), found.end()
        if percent := _PERCENT.match(self.signs, end):
            if not self._goes_on(percent.end()):
                return self._noted(f"{digits}%", start, percent.end())
        elif scale := _SCALE.match(self.signs, end):
            return self._noted(write_out(digits, scale[1]), start, scale.end())
        elif unit := (_UNIT_INSIDE if self.calls else _UNIT).match(self.signs, end):
            return self._noted(f"{digits}{unit[1]}", start, unit.end())
        elif not self._goes_on(end):
            return self._noted(digits, start, end)
        return self._name(start, (percent or found).end())

    def _refuse_groups(self, start: int) -> None:
        """Raise FormulaError for 1,000 among arguments: two of them, or a thousand."""
        grouped = _GROUPED.match(self.text, start)
        if grouped and self.marks[-1] == ",":
            found = grouped[0]
            raise FormulaError("comma_in_number", text=self.text, position=start, found=found)

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
        if rest.lstrip()[:1] in tuple(OPENING) and (closing := self.closings.get(opening)):
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
        if per_mark := (_PER_INSIDE if self.calls else _PER).match(self.signs, end):
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
            elif plain := _WITHIN_NAME.match(signs, position + 1):
                position = plain.end()
        return position

    def _stops(self, position: int) -> bool:
        sign = self.signs[position]
        if sign == "-":
            return not self._hyphen(position)
        if sign in "xX":
            return self._times_inside(position)
        if sign in "+*/=≥≤<>Σ;；。" or sign in CLOSING:
            return True
        if self.calls and (sign in (self.marks[-1], "≠") or self.signs.startswith("!=", position)):
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
        end = self.closings.get(opening)
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


def write_out(digits: str, scale: str) -> str:
    """Return the plain digits of 1萬 or 1.5萬."""
    return format(Decimal(digits).scaleb(SCALES[scale]).normalize(), "f")


def positive_mark(signs: str, position: int) -> bool:
    """Whether 為正數 stands here."""
    return signs[position] == "為" and _POSITIVE.match(signs, position) is not None


def _positive_end(signs: str, position: int) -> int:
    found = _POSITIVE.match(signs, position)
    return found.end() if found else position + 1
