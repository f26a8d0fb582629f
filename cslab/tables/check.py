"""Whether frames keep the contract. Every fault is found before anything is raised; the index names the rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, nearest
from cslab.tables.column import Column, Table
from cslab.tables.contract import TABLES

if TYPE_CHECKING:
    import pandas as pd

EXAMPLES = 20
"""How many offending rows of one kind are written out before the rest is counted."""

FAR = datetime(2262, 1, 1)
"""About the last day that pandas can hold."""

CALENDAR = ("start", "end")
STOCK = ("tenure_months", "ended")
"""``contracts`` must hold one of these pairs: real days, or a tenure and whether it ended."""

SCORES = {"nps": (0, 10), "ces": (1, 7), "csat": (1, 5), "day30": (1, 5)}
"""Lowest and highest answer of each kind of survey; that of the NPS is the widest."""

_AMOUNT = TABLES["mrr_movements"].column("amount")


def check_tables(frames: Mapping[str, pd.DataFrame], files: Mapping[str, str] | None = None) -> list[Fault]:
    """All faults of a set of tables against the contract.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        Typed tables by name; the index names the row in a message (a file's line number, say).
    files : mapping of str to str, optional
        What to call each table in a message, such as ``"contracts.csv"``.

    Returns
    -------
    list of Fault
        Empty where the contract is kept.

    >>> import pandas as pd
    >>> accounts = pd.DataFrame({"account_id": ["A1", "A1"]}, index=[2, 3])
    >>> [fault.key for fault in check_tables({"accounts": accounts})]
    ['duplicate_key']
    """
    places = {name: (files or {}).get(name, name) for name in frames}
    faults = [fault for name, frame in frames.items() for fault in check_table(TABLES[name], frame, places[name])]
    across = (_orphans, _contract_days, _overlaps, _endless, _signs, _scores)
    return [*faults, *(fault for check in across for fault in check(frames, places))]


def check_table(table: Table, frame: pd.DataFrame, place: str) -> Iterator[Fault]:
    """All faults of one table by itself.

    Parameters
    ----------
    table : Table
        Its declaration.
    frame : DataFrame
        Typed; the index names the row in a message.
    place : str
        What to call it in a message.

    >>> import pandas as pd
    >>> [fault.key for fault in check_table(TABLES["csm"], pd.DataFrame({"csm_id": ["M1", "M1"]}), "csm.csv")]
    ['duplicate_key']
    """
    for check in (_missing_columns, _types, _empty_cells, _duplicates, _values, _ranges, _order):
        yield from check(table, frame, place)


def _rows(key: str, rows: pd.Index, place: str, column: str, shown: Any, **values: Any) -> Iterator[Fault]:
    """One fault for each of the first rows, and one that counts the rest."""
    for row, value in list(zip(rows, shown, strict=True))[:EXAMPLES]:
        yield Fault(key, {"file": place, "row": row, "column": column, "value": _plain(value), **values})
    if len(rows) > EXAMPLES:
        yield Fault("more_rows", {"file": place, "column": column, "count": len(rows) - EXAMPLES})


def _plain(value: Any) -> str:
    """A value as a person would write it: a day without its midnight."""
    return str(value.date()) if hasattr(value, "date") and callable(value.date) else str(value)


def _missing_columns(table: Table, frame: pd.DataFrame, place: str) -> Iterator[Fault]:
    """Required columns that are not there, each with the nearest name that is."""
    for column in table.columns:
        if column.need == "required" and column.name not in frame:
            near = nearest(column.name, [str(name) for name in frame.columns])
            key = "missing_column_near" if near else "missing_column"
            yield Fault(key, {"file": place, "column": column.name, "near": near, "found": ", ".join(map(str, frame))})
    if table.name == "contracts" and not any(set(pair) <= set(frame) for pair in (CALENDAR, STOCK)):
        yield Fault("no_span", {"file": place, "found": ", ".join(map(str, frame))})


def _types(table: Table, frame: pd.DataFrame, place: str) -> Iterator[Fault]:
    """Columns whose values are of another type than declared."""
    for column in _present(table, frame):
        if not _typed(column, frame[column.name]):
            yield Fault("wrong_type", {"file": place, "column": column.name, "kind": column.kind})


def _typed(column: Column, values: pd.Series) -> bool:
    """Whether a column's dtype can hold its kind."""
    from pandas.api import types

    if values.isna().all() or column.kind in ("id", "text", "category"):
        return True
    if column.kind in ("date", "month"):
        return types.is_datetime64_any_dtype(values)
    if column.kind == "flag":
        return types.is_bool_dtype(values.dropna().infer_objects())
    return types.is_numeric_dtype(values)


def _present(table: Table, frame: pd.DataFrame) -> list[Column]:
    """The declared columns that a frame has."""
    return [column for column in table.columns if column.name in frame]


def _empty_cells(table: Table, frame: pd.DataFrame, place: str) -> Iterator[Fault]:
    """Rows without a key, or without what a row must say."""
    keys = [*table.key, *(column for column, _ in table.parents)]
    required = [column.name for column in table.columns if column.need == "required"]
    for name in dict.fromkeys([*keys, *required]):
        if name in frame and (empty := frame[name].isna()).any():
            key = "empty_key" if name in keys else "empty_required"
            yield from _rows(key, frame.index[empty], place, name, [""] * int(empty.sum()))


def _duplicates(table: Table, frame: pd.DataFrame, place: str) -> Iterator[Fault]:
    """Rows whose key has stood before."""
    if not table.key or not set(table.key) <= set(frame):
        return
    keys = frame[list(table.key)]
    again = keys.duplicated() & keys.notna().all(axis=1)
    shown = [" · ".join(map(_plain, row)) for row in keys[again].itertuples(index=False)]
    yield from _rows("duplicate_key", frame.index[again], place, " + ".join(table.key), shown)


def _values(table: Table, frame: pd.DataFrame, place: str) -> Iterator[Fault]:
    """Words that a category does not know."""
    for column in _present(table, frame):
        if column.values:
            odd = frame[column.name].notna() & ~frame[column.name].isin(column.values)
            words = {"known": ", ".join(column.values)}
            yield from _rows("unknown_word", frame.index[odd], place, column.name, frame.loc[odd, column.name], **words)


def _ranges(table: Table, frame: pd.DataFrame, place: str) -> Iterator[Fault]:
    """Numbers outside their range."""
    from pandas.api.types import is_numeric_dtype

    for column in _present(table, frame):
        values = frame[column.name]
        if (column.low is None and column.high is None) or not is_numeric_dtype(values):
            continue
        low = float("-inf") if column.low is None else column.low
        high = float("inf") if column.high is None else column.high
        odd = values.notna() & ~values.between(low, high)
        limits = " · ".join(
            f"{sign} {end:g}" for sign, end in (("≥", column.low), ("≤", column.high)) if end is not None
        )
        yield from _rows("out_of_range", frame.index[odd], place, column.name, values[odd], limits=limits)


def _order(table: Table, frame: pd.DataFrame, place: str) -> Iterator[Fault]:
    """Days before another day of the row that they can only follow."""
    from pandas.api.types import is_datetime64_any_dtype

    for late, early in table.after:
        if not {late, early} <= set(frame) or not all(is_datetime64_any_dtype(frame[name]) for name in (late, early)):
            continue
        odd = frame[late] < frame[early]
        first = dict(zip(frame.index[odd], frame.loc[odd, early].map(_plain), strict=True))
        for fault in _rows("day_before_other", frame.index[odd], place, late, frame.loc[odd, late], other=early):
            yield Fault(fault.key, {**fault.values, "start": first.get(fault.values.get("row"), "")})


def _orphans(frames: Mapping[str, pd.DataFrame], places: Mapping[str, str]) -> Iterator[Fault]:
    """Rows that hang on an account (or other parent) that is not there."""
    for name, frame in frames.items():
        for column, parent in TABLES[name].parents:
            if column not in frame or column not in frames.get(parent, ()):
                continue
            known = frames[parent][column]
            odd = frame[column].notna() & ~frame[column].isin(known)
            values = {"parent": places[parent], "example": known.iloc[0] if len(known) else ""}
            yield from _rows("orphan_key", frame.index[odd], places[name], column, frame.loc[odd, column], **values)


def _scores(frames: Mapping[str, pd.DataFrame], places: Mapping[str, str]) -> Iterator[Fault]:
    """Answers outside the scale of their kind of survey; what no scale holds is out of the column's own range."""
    from pandas.api.types import is_numeric_dtype

    surveys = frames.get("surveys")
    if surveys is None or not {"type", "score"} <= set(surveys) or not is_numeric_dtype(surveys["score"]):
        return
    for kind, (low, high) in SCORES.items():
        scores = surveys.loc[surveys["type"] == kind, "score"].dropna()
        odd = scores[scores.between(*SCORES["nps"]) & ~scores.between(low, high)]
        yield from _rows("out_of_range", odd.index, places["surveys"], "score", odd, limits=f"{kind}: {low}–{high}")


def _contract_days(frames: Mapping[str, pd.DataFrame], places: Mapping[str, str]) -> Iterator[Fault]:
    """Contracts that end before, or on the day, they start."""
    contracts = frames.get("contracts")
    if contracts is None or not set(CALENDAR) <= set(contracts) or not _dated(contracts):
        return
    odd = contracts["end"] <= contracts["start"]
    starts = dict(zip(contracts.index[odd], contracts.loc[odd, "start"].map(_plain), strict=True))
    for fault in _rows("end_before_start", contracts.index[odd], places["contracts"], "end", contracts.loc[odd, "end"]):
        yield Fault(fault.key, {**fault.values, "start": starts.get(fault.values.get("row"), "")})


def _dated(contracts: pd.DataFrame) -> bool:
    """Whether both ends of the contracts are days, so that they can be compared."""
    return all(_typed(TABLES["contracts"].column(name), contracts[name]) for name in CALENDAR)


def _overlaps(frames: Mapping[str, pd.DataFrame], places: Mapping[str, str]) -> Iterator[Fault]:
    """Contracts of one account and product that run at the same time."""
    contracts = frames.get("contracts")
    if contracts is None or not {"account_id", *CALENDAR} <= set(contracts) or not _dated(contracts):
        return
    groups = [name for name in ("account_id", "product") if name in contracts]
    unnamed = {"product": contracts["product"].astype(object).fillna("")} if "product" in contracts else {}
    ordered = contracts.assign(**unnamed).sort_values([*groups, "start", "end"], kind="stable")
    end = ordered["end"].fillna(FAR)  # a contract without an end runs on
    before = end.groupby([ordered[name] for name in groups], sort=False, dropna=False, observed=True).cummax()
    same = ordered[groups].eq(ordered[groups].shift()).all(axis=1)
    odd = same & (ordered["start"] < before.shift())
    yield from _rows("overlap", ordered.index[odd], places["contracts"], "account_id", ordered.loc[odd, "account_id"])


def _endless(frames: Mapping[str, pd.DataFrame], places: Mapping[str, str]) -> Iterator[Fault]:
    """Contracts that were ended and do not say when; nothing else must tell the day on which the account left."""
    contracts = frames.get("contracts")
    if contracts is None or not {"account_id", "end", "outcome"} <= set(contracts):
        return
    told = frames["churn_events"].get("account_id", ()) if "churn_events" in frames else ()
    odd = (contracts["outcome"] == "churned") & contracts["end"].isna() & ~contracts["account_id"].isin(list(told))
    yield from _rows("end_unknown", contracts.index[odd], places["contracts"], "end", contracts.loc[odd, "account_id"])


def _signs(frames: Mapping[str, pd.DataFrame], places: Mapping[str, str]) -> Iterator[Fault]:
    """MRR that grows by a churn or falls by a new contract: amounts without the sign that their type asks for."""
    moves = frames.get("mrr_movements")
    if moves is None or not {"type", "amount"} <= set(moves) or not _typed(_AMOUNT, moves["amount"]):
        return
    falls = moves["type"].isin(("churn", "contraction"))
    odd = (falls & (moves["amount"] > 0)) | (~falls & moves["type"].notna() & (moves["amount"] < 0))
    types = dict(zip(moves.index[odd], moves.loc[odd, "type"], strict=True))
    for fault in _rows("movement_sign", moves.index[odd], places["mrr_movements"], "amount", moves.loc[odd, "amount"]):
        yield Fault(fault.key, {**fault.values, "type": types.get(fault.values.get("row"), "")})
