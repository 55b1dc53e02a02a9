"""The statement that answers a program for every row of a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hengtu.core.formulas.evaluation import TOLERANCE
from hengtu.core.formulas.tree import Limit
from hengtu.engines.columns import NOT_COMPUTABLE, NOT_REPORTED, THERE
from hengtu.engines.program import Program
from hengtu.engines.sql.arithmetic import write_finite, write_value
from hengtu.engines.sql.dialect import Dialect, plain_name
from hengtu.engines.sql.kinds import check_size, write_kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the operands stand: a table, the column that tells rows apart, and by item its two columns.

    The first column of an item holds its value, the second its kind of missing: 0 or NULL for none, else 1 to 9.
    """

    table: str
    key: str
    items: Mapping[str, tuple[str, str]]


def write_statement(program: Program, source: Source, dialect: Dialect) -> str:
    """Return one SELECT of ``row_key, value, kind, met`` for a program; ValueError for names that
    need quotes, StatementTooLongError for hostile formulas.

    ``value`` is NULL exactly where ``kind`` is not 0; ``met`` is NULL without a printed limit or a value.
    """
    check_size(program.body)
    value = write_value(program.body, dialect)
    there = write_finite(value, dialect)
    kind = f"CASE WHEN {there} THEN {THERE} ELSE {write_kind(program.body, dialect)} END"
    return (
        f"SELECT row_key, value, kind, {_write_met(program.limit, dialect)} AS met FROM ("
        f"SELECT row_key, CASE WHEN {there} THEN {value} END AS value, {kind} AS kind "
        f"FROM ({_write_operands(program, source, dialect)}) AS operands) AS answers"
    )


def _write_operands(program: Program, source: Source, dialect: Dialect) -> str:
    columns = [f"{plain_name(source.key)} AS row_key"]
    for place, name in enumerate(program.names):
        value, kind = (plain_name(column) for column in source.items[name])
        columns.append(f"{write_operand(value, kind, dialect)} AS v{place}")
        columns.append(f"{write_operand_kind(value, kind, dialect)} AS k{place}")
    return f"SELECT {', '.join(columns)} FROM {plain_name(source.table)}"


def write_operand(value: str, kind: str, dialect: Dialect) -> str:
    """Return SQL for a stored value: NULL where it is missing or no finite number."""
    double = f"CAST({value} AS {dialect.double})"
    there = f"COALESCE({kind}, 0) = 0 AND {write_finite(double, dialect)}"
    return f"CASE WHEN {there} THEN {double} END"


def write_operand_kind(value: str, kind: str, dialect: Dialect) -> str:
    """Return SQL for the kind of missing of a stored value, 0 for none."""
    there = write_finite(f"CAST({value} AS {dialect.double})", dialect)
    return (
        f"CASE WHEN COALESCE({kind}, 0) <> 0 THEN {kind} WHEN {value} IS NULL THEN {NOT_REPORTED} "
        f"WHEN {there} THEN {THERE} ELSE {NOT_COMPUTABLE} END"
    )


def _write_met(limit: Limit | None, dialect: Dialect) -> str:
    if limit is None:
        return "CAST(NULL AS BOOLEAN)"
    bound = limit.value
    apart = f"ABS(value - {dialect.number(bound)})"
    fixed = dialect.number(TOLERANCE * max(1.0, abs(bound)))
    equal = f"({apart} <= {fixed} OR {apart} <= {dialect.number(TOLERANCE)} * ABS(value))"
    if limit.op == "=":
        return equal
    beside = f"value {limit.op[0]} {dialect.number(bound)}"
    return f"({equal} OR {beside})" if limit.op.endswith("=") else f"(NOT {equal} AND {beside})"
