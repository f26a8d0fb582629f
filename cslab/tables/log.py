"""The product's log, event by event: too large for a frame, so it is declared and checked apart from the tables."""
# ruff: noqa: E501 (one column, one line: the file is read as a table)
# fmt: off

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cslab.faults import Fault, nearest
from cslab.tables.column import Column as C
from cslab.tables.column import Table

_WORDS = (
    *("login", "core_action", "training_view", "community_login"),
    *("basic_feature", "advanced_feature", "relevant_feature", "integration", "page_view"),
)

EVENTS = Table(
    "usage_events",
    "one event in the product's log (Parquet; needs the extra `events`)",
    "製品の操作ログ1件(Parquet。追加パッケージ events が必要)",
    (),
    (
        C("account_id", "id", "Account number", "顧客番号", need="required", personal="key"),
        C("user", "id", "Who did it: a number or name within the account", "操作した人(顧客内の番号または名前)", need="required", personal="key"),
        C("at", "time", "When, in local time", "日時(現地時間)", need="required", known_from=("at",)),
        C("event", "category", "What was done; other words count as activity only", "操作の種類(ほかの語は利用者数にだけ数える)", need="required", values=_WORDS),
        C("feature", "category", "Feature or connected system, where the event is the use of one", "使った機能や連携先", need="extra"),
    ),
    parents=(("account_id", "accounts"),),
    known_from=("at",),
)
"""The declaration of the log. Its rows are ordered by time within each file."""

_ALLOWED = {"id": ("text", "number"), "time": ("time", "day"), "category": ("text",)}


def event_faults(schema: Mapping[str, Any]) -> list[Fault]:
    """What keeps a log from being counted: columns that are missing, or of another type.

    Parameters
    ----------
    schema : mapping of str to ibis.DataType
        The log's columns.

    Returns
    -------
    list of Fault
        All of them; empty where the log will do.

    >>> [fault.values["column"] for fault in event_faults({})]
    ['account_id', 'user', 'at', 'event']
    """
    absent = [c for c in EVENTS.columns if c.need == "required" and c.name not in schema]
    there = [c for c in EVENTS.columns if c.name in schema]
    return [_absence(c, schema) for c in absent] + [fault for c in there if (fault := _misfit(c, schema[c.name]))]


def _absence(column: C, schema: Mapping[str, Any]) -> Fault:
    """That a column is missing, with the one that may be meant."""
    near = nearest(column.name, [name for name in schema if name not in EVENTS.names]) or "-"
    values = {"column": column.name, "en": column.en, "ja": column.ja, "found": ", ".join(schema) or "-", "near": near}
    return Fault("log_no_column", values)


def _misfit(column: C, dtype: Any) -> Fault | None:
    """That a column is of a type with which it cannot be counted."""
    kind = _kind(dtype)
    if kind in _ALLOWED[column.kind]:
        return None
    values = {"column": column.name, "found": str(dtype)}
    return Fault("log_zoned" if kind == "zoned" and column.kind == "time" else f"log_not_{column.kind}", values)


def _kind(dtype: Any) -> str:
    """What sort of values a column of Ibis holds."""
    if dtype.is_timestamp():
        return "zoned" if dtype.timezone else "time"
    kinds = {"day": dtype.is_date(), "number": dtype.is_integer(), "text": dtype.is_string() or dtype.is_uuid()}
    return next((kind for kind, holds in kinds.items() if holds), "other")
