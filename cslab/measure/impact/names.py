"""Whether what an indicator names exists: tables, columns and words, by the contract and in a company's records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from cslab.faults import Fault, nearest
from cslab.measure.impact.indicator import Condition, Indicator, Value
from cslab.tables import TABLES, known_since
from cslab.tables.column import Column, Kind

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

WORDS = ("category", "text", "id")
NUMBERS = ("money", "rate", "count", "number")
DAYS = ("date", "month")
_FITTING: dict[str, type] = {
    **dict.fromkeys(WORDS, str),
    **dict.fromkeys(NUMBERS, float),
    **dict.fromkeys(DAYS, dt.date),
    "flag": bool,
}
"""By the kind of a column: the values that it can be compared with."""
_MOST = 12
"""Words of a column that a message lists."""


def contract_faults(indicator: Indicator) -> list[Fault]:
    """What of an indicator the contract of tables does not know.

    Parameters
    ----------
    indicator : Indicator

    Returns
    -------
    list of Fault
        Tables and columns that there are not, tables without customers, words that a column never holds, comparisons
        that make no sense. Columns of one's own, ``x_…``, are not looked at.

    >>> from cslab.measure.impact.indicator import parse
    >>> [fault.text("en") for fault in contract_faults(parse("count(ticket where channel = chat)"))]
    ['line 1: there is no table ticket; nearest: tickets. Tables: see datasets/README.md.']
    """
    if not indicator.table:
        return []
    if indicator.table not in TABLES:
        values = {"line": indicator.line, "table": indicator.table, "near": nearest(indicator.table, TABLES)}
        return [Fault("chain.no_table", values)]
    if "account_id" not in TABLES[indicator.table].names:
        return [Fault("chain.no_customers", {"line": indicator.line, "table": indicator.table})]
    known = TABLES[indicator.table].names
    unknown = [name for name in indicator.columns if name not in known and not name.startswith("x_")]
    return [_lacking("chain.no_column", indicator, name, known) for name in unknown] + list(_kind_faults(indicator))


def record_faults(indicator: Indicator, book: Book) -> list[Fault]:
    """What of an indicator a company's records do not hold.

    Parameters
    ----------
    indicator : Indicator
        One that the contract knows.
    book : Book

    Returns
    -------
    list of Fault
        Tables and columns that are not there, words that never occur, rows of which nobody knows the day; for ``mrr``
        that the book knows no amounts.

    >>> import cslab
    >>> from cslab.measure.impact.indicator import parse
    >>> faults = record_faults(parse("count(tickets where category = biling)"), cslab.load("synthetic:tiny"))
    >>> faults[0].values["near"]
    'billing'
    """
    if indicator.kind == "mrr":
        return [Fault("chain.no_amounts", {"line": indicator.line})] if book.lacks("mrr") else []
    if not indicator.table:
        return []
    if not book.has(indicator.table):
        return [Fault("chain.table_absent", {"line": indicator.line, "table": indicator.table})]
    frame = book.tables[indicator.table]
    absent = [name for name in ("account_id", *indicator.columns) if name not in frame]
    lacking = [_lacking("chain.column_absent", indicator, name, map(str, frame)) for name in absent]
    return lacking or [*_kind_faults(indicator, _own(frame)), *_content_faults(indicator, frame)]


def _lacking(key: str, indicator: Indicator, column: str, known: Iterable[str]) -> Fault:
    """The fault of a column that is not there."""
    names = list(known)
    values = {"line": indicator.line, "table": indicator.table, "column": column}
    return Fault(key, {**values, "near": nearest(column, names), "known": ", ".join(names)})


def _own(frame: pd.DataFrame) -> dict[str, Column]:
    """Columns of one's own, which the contract does not know, by what they hold."""
    kinds: dict[str, Kind] = {"b": "flag", "i": "number", "u": "number", "f": "number", "M": "date"}
    names = [str(name) for name in frame if str(name).startswith("x_")]
    return {name: Column(name, kinds.get(frame[name].dtype.kind, "category"), "", "") for name in names}


def _content_faults(indicator: Indicator, frame: pd.DataFrame) -> Iterator[Fault]:
    """Words that never occur in the records, and rows without days."""
    columns = _contract(indicator) | _own(frame)
    for condition in indicator.where:
        column = columns[condition.column]
        if condition.sign in ("=", "!=", "in") and column.kind == "category" and not column.values:
            known = sorted({str(value) for value in frame[condition.column].dropna().unique()})
            yield from _slips(indicator, condition, known)
    if not indicator.on and known_since(indicator.table, frame) is None:
        days = ", ".join(TABLES[indicator.table].known_from)
        yield Fault("chain.no_days", {"line": indicator.line, "table": indicator.table, "known": days})


def _kind_faults(indicator: Indicator, columns: Mapping[str, Column] | None = None) -> Iterator[Fault]:
    """Columns of which is asked what they do not hold; those of the contract, or some others."""
    known = _contract(indicator) if columns is None else columns
    if (cells := known.get(indicator.column)) and cells.kind not in (*NUMBERS, "flag"):
        yield _asked("chain.no_number", indicator, cells, kind=indicator.kind)
    if (day := known.get(indicator.on)) and day.kind not in DAYS:
        yield _asked("chain.no_day", indicator, day)
    for condition in indicator.where:
        if column := known.get(condition.column):
            yield from _condition_faults(indicator, condition, column)


def _asked(key: str, indicator: Indicator, column: Column, **values: str) -> Fault:
    """The fault of a column of which is asked what it does not hold."""
    return Fault(key, {"line": indicator.line, "column": f"{indicator.table}.{column.name}", **values})


def _condition_faults(indicator: Indicator, condition: Condition, column: Column) -> Iterator[Fault]:
    """What is wrong with a condition on a column that there is."""
    wrong = [value for value in condition.values if not isinstance(value, _FITTING.get(column.kind, object))]
    ordered = column.kind in (*NUMBERS, *DAYS)
    if wrong or (condition.sign in ("<", "<=", ">", ">=") and not ordered):
        written = f"{condition.column} {condition.sign} {', '.join(map(_shown, wrong or condition.values))}"
        yield _asked(f"chain.compared_{_family(column.kind)}", indicator, column, written=written)
    elif column.values:
        yield from _unknown_words(indicator, condition, column.values)


def _slips(indicator: Indicator, condition: Condition, known: list[str]) -> Iterator[Fault]:
    """Words that the records never hold; in a list with one that they do, those alone that look misspelt."""
    some = any(value in known for value in condition.values)
    for fault in _unknown_words(indicator, condition, known):
        if fault.values["near"] or not some:
            yield fault


def _family(kind: str) -> str:
    """What a column holds, as messages say it."""
    families = {"words": WORDS, "numbers": NUMBERS, "days": DAYS}
    return next((name for name, kinds in families.items() if kind in kinds), "flags")


def _unknown_words(indicator: Indicator, condition: Condition, known: Iterable[str]) -> Iterator[Fault]:
    """Words of a condition that its column does not hold."""
    words = list(known)
    for value in condition.values:
        if isinstance(value, str) and value not in words:
            values = {"line": indicator.line, "column": f"{indicator.table}.{condition.column}", "value": value}
            listed = ", ".join(words[:_MOST]) + (" …" if len(words) > _MOST else "")
            yield Fault("chain.no_word", {**values, "near": nearest(value, words), "known": listed or "–"})


def _contract(indicator: Indicator) -> dict[str, Column]:
    """The columns that the contract knows of an indicator's table."""
    return {column.name: column for column in TABLES[indicator.table].columns}


def _shown(value: Value) -> str:
    """A value as somebody wrote it."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)
