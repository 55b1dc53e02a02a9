"""The statement that judges every row of a table, by the rules of ``core.judging.lights``."""

from __future__ import annotations

from dataclasses import dataclass

from hengtu.core.formulas.evaluation import TOLERANCE
from hengtu.core.judging.rulebook import RANK, Rulebook
from hengtu.core.judging.rulebook import TOLERANCE as BAND_TOLERANCE
from hengtu.core.plan import Direction
from hengtu.engines.lights import NO_DIRECTION, NO_RANGE, NO_TARGET
from hengtu.engines.sql.arithmetic import write_divisor, write_finite
from hengtu.engines.sql.dialect import Dialect, plain_name
from hengtu.engines.sql.statement import write_operand, write_operand_kind

RANGED = "(low IS NOT NULL AND high IS NOT NULL)"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedSource:
    """Where actuals and aims stand: the columns of value, kind of missing, target and both ends of a range."""

    table: str
    key: str
    value: str
    kind: str
    target: str
    low: str
    high: str


def write_judgement(
    source: JudgedSource, direction: Direction | None, rulebook: Rulebook, dialect: Dialect
) -> str:
    """Return one SELECT of ``row_key, light, reason, band, percent, met, distance, score``.

    The codes are those of ``numpy.lights.Judged``; NULL stands where it has NaN.
    """
    rules = _Rules(direction, rulebook, dialect)
    reached = rules.write_bands()
    return (
        f"SELECT row_key, {rules.write_light()} AS light, reason, {reached} AS band, percent, met, distance, "
        f"{rules.write_score()} AS score FROM ("
        f"SELECT row_key, reason, {rules.write_percent()} AS percent, {rules.write_met()} AS met, "
        f"{rules.write_distance()} AS distance FROM ("
        f"SELECT row_key, value, target, low, high, {rules.write_reason()} AS reason FROM ("
        f"{_write_given(source, dialect)}) AS given) AS known) AS achieved"
    )


def _write_given(source: JudgedSource, dialect: Dialect) -> str:
    value, kind = plain_name(source.value), plain_name(source.kind)
    aims = {"target": source.target, "low": source.low, "high": source.high}
    columns = [
        f"{plain_name(source.key)} AS row_key",
        f"{write_operand(value, kind, dialect)} AS value",
        f"{write_operand_kind(value, kind, dialect)} AS kind",
        *(f"{_write_aim(plain_name(aim), dialect)} AS {name}" for name, aim in aims.items()),
    ]
    return f"SELECT {', '.join(columns)} FROM {plain_name(source.table)}"


def _write_aim(column: str, dialect: Dialect) -> str:
    double = f"CAST({column} AS {dialect.double})"
    return f"CASE WHEN {write_finite(double, dialect)} THEN {double} END"


@dataclass(frozen=True, slots=True)
class _Rules:
    direction: Direction | None
    rulebook: Rulebook
    dialect: Dialect

    @property
    def lower(self) -> bool:
        return self.direction == "lower"

    def number(self, value: float) -> str:
        return self.dialect.number(float(value))

    def write_reason(self) -> str:
        other = f"WHEN target IS NULL AND NOT {RANGED} THEN {NO_TARGET} "
        if self.direction is None:
            other += f"WHEN NOT {RANGED} THEN {NO_DIRECTION} ELSE 0 END"
        elif self.direction == "range":
            other += f"WHEN NOT {RANGED} THEN {NO_RANGE} ELSE 0 END"
        else:
            other += "ELSE 0 END"
        return f"CASE WHEN kind <> 0 THEN kind {other}"

    def write_percent(self) -> str:
        inside = f"WHEN {RANGED} AND {self._inside()} THEN {self.number(100)} "
        below = f"WHEN {RANGED} AND value < low THEN {self._percent('low', lower=False)} "
        above = f"WHEN {RANGED} THEN {self._percent('high', lower=True)} "
        single = self._percent("target", lower=self.lower)
        return f"CASE WHEN reason <> 0 THEN NULL {inside}{below}{above}ELSE {single} END"

    def write_met(self) -> str:
        single = self._meets("<=" if self.lower else ">=", "target")
        return f"CASE WHEN reason <> 0 THEN 1 = 0 WHEN {RANGED} THEN {self._inside()} ELSE {single} END"

    def write_distance(self) -> str:
        single = "target - value" if self.lower else "value - target"
        nearer = "CASE WHEN value - low < high - value THEN value - low ELSE high - value END"
        ranged = f"WHEN {RANGED} AND {self._inside()} THEN {nearer} WHEN {RANGED} AND value < low THEN value - low"
        return (
            f"CASE WHEN reason <> 0 THEN NULL {ranged} WHEN {RANGED} THEN high - value "
            f"ELSE {single} END"
        )

    def write_light(self) -> str:
        green, red = RANK["green"], RANK["red"]
        lights = [RANK[band.light] for band in self.rulebook.bands]
        return (
            f"CASE WHEN reason <> 0 THEN {RANK['white']} "
            f"WHEN percent IS NULL THEN CASE WHEN met THEN {green} ELSE {red} END "
            f"{self._by_band(lights)} END"
        )

    def write_bands(self) -> str:
        places = list(range(len(self.rulebook.bands)))
        return f"CASE WHEN percent IS NULL THEN -1 {self._by_band(places)} END"

    def write_score(self) -> str:
        hundred, zero, cap = self.number(100), self.number(0), self.number(self.rulebook.cap)
        return (
            f"CASE WHEN reason <> 0 THEN NULL "
            f"WHEN percent IS NULL THEN CASE WHEN met THEN {hundred} ELSE {zero} END "
            f"WHEN percent < {zero} THEN {zero} WHEN percent > {cap} THEN {cap} ELSE percent END"
        )

    def _by_band(self, outcomes: list[int]) -> str:
        tests = [
            f"WHEN percent >= {self.number(bound - BAND_TOLERANCE * max(1.0, abs(bound)))} THEN {outcome}"
            for bound, outcome in zip(
                (band.at_least for band in self.rulebook.bands), outcomes, strict=True
            )
        ]
        return " ".join([*tests[:-1], f"ELSE {outcomes[-1]}"])

    def _inside(self) -> str:
        return f"({self._meets('>=', 'low')} AND {self._meets('<=', 'high')})"

    def _meets(self, op: str, bound: str) -> str:
        near, apart = self.number(TOLERANCE), f"ABS(value - {bound})"
        equal = f"{apart} <= {near} OR {apart} <= {near} * ABS(value) OR {apart} <= {near} * ABS({bound})"
        return f"(value {op} {bound} OR {equal})"

    def _percent(self, bound: str, *, lower: bool) -> str:
        quotient = f"(value / {write_divisor(bound, self.dialect)} * {self.number(100)})"
        if lower and self.rulebook.lower == "difference":
            share = f"value / {write_divisor(bound, self.dialect)}"
            quotient = f"(({self.number(2)} - {share}) * {self.number(100)})"
        elif lower:
            quotient = f"({bound} / {write_divisor('value', self.dialect)} * {self.number(100)})"
        positive = f"{bound} > {self.number(0)} AND value >= {self.number(0)}"
        return (
            f"CASE WHEN {positive} AND {write_finite(quotient, self.dialect)} THEN {quotient} END"
        )
