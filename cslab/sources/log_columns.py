"""From a log as it lies to the log of the contract: the columns' names and words, and one clock."""

from __future__ import annotations

from typing import Any

from cslab.faults import DataError, Fault, nearest
from cslab.sources.clocks import UTC, bears_zone, on_the_wall
from cslab.sources.log_rules import LogRules
from cslab.sources.rules import FileMapping, Rule
from cslab.tables import EVENTS, event_faults


def as_log(events: Any, mapping: FileMapping, name: str = EVENTS.name) -> Any:
    """The events with our columns and no others, their times on the clock of the mapping's time zone.

    Parameters
    ----------
    events : ibis.Table
        As they lie.
    mapping : FileMapping
        Its section ``[events]`` names the columns, its ``time_zone`` the clock.
    name : str
        What the log is called where it lies.

    Returns
    -------
    ibis.Table

    Raises
    ------
    DataError
        For columns that are missing or of another type, and for times whose zone is known while that of the months is
        not: all at once.

    >>> import ibis, pandas as pd
    >>> at = pd.to_datetime(["2024-03-31 15:30"]).tz_localize("UTC")
    >>> log = ibis.memtable(pd.DataFrame({"customer": [7], "user": "a", "ts": at, "event": "sign_in", "ip": "::1"}))
    >>> rules = {"account_id": Rule("customer"), "at": Rule("ts"), "event": Rule("event", values={"sign_in": "login"})}
    >>> mapping = FileMapping(time_zone="Asia/Tokyo", events=LogRules(columns=rules))
    >>> as_log(log, mapping).to_pandas().astype(str).values.tolist()
    [['7', 'a', '2024-04-01 00:30:00', 'login']]
    """
    written = (mapping.events or LogRules()).columns
    rules = {column: written.get(column) or Rule(column=column) for column in EVENTS.names}
    made = {ours: rule for ours, rule in rules.items() if rule.constant or rule.column in events.columns}
    faults = [_absent(name, ours, rules[ours], events, mapping) for ours in written if ours not in made]
    columns = {ours: _worded(events, ours, rule) for ours, rule in made.items()}
    if "at" in made and not made["at"].constant:
        told, columns["at"] = _clocked(events, made["at"].column, columns["at"], mapping)
        faults += told
    told_of = {str(fault.values["column"]) for fault in faults}
    log = events.select(**columns) if columns else events
    schema = dict(log.schema().items()) if columns else {}
    faults += [fault for fault in event_faults(schema) if fault.values["column"] not in told_of]
    if faults:
        raise DataError(*faults)
    return log


def _absent(name: str, ours: str, rule: Rule, events: Any, mapping: FileMapping) -> Fault:
    """That the mapping names a column which the log does not have."""
    near = nearest(rule.column, events.columns) or "-"
    values = {"file": name, "written": rule.column, "key": f"events.{ours}", "near": near, "mapping": mapping.name}
    return Fault("log_column_absent", {**values, "column": ours, "found": ", ".join(events.columns)})


def _worded(events: Any, ours: str, rule: Rule) -> Any:
    """A column with the mapping's words put in; numbers of accounts, and types that only the engine knows, as text."""
    import ibis

    if rule.constant:
        return ibis.literal(rule.constant)
    column = events[rule.column]
    kind = column.type()
    numbered = kind.is_integer() and (ours == "account_id" or rule.values)
    if kind.is_uuid() or numbered or (kind.is_unknown() and ours != "at"):
        column = column.cast("string")
    return column.substitute(dict(rule.values)) if rule.values else column


def _clocked(events: Any, column: str, at: Any, mapping: FileMapping) -> tuple[list[Fault], Any]:
    """The times on the clock by which months begin, or what has to be said before they can be."""
    zone, written_in = mapping.time_zone, mapping.events.written_in if mapping.events else ""
    if bears_zone(events, column):
        fault = Fault("log_zoned", {"column": "at", "found": f"timestamp('{UTC}')"})
        return ([], on_the_wall(events, column, zone)) if zone else ([fault], at)
    if not at.type().is_timestamp():
        return [], at
    if written_in and not zone:
        return [Fault("log_no_zone", {"column": "at", "written_in": written_in, "mapping": mapping.name})], at
    return [], on_the_wall(events, column, zone, written_in) if written_in not in ("", zone) else at
