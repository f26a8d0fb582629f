"""By whose clock the months of a log begin: times that bear a time zone, or were written in another, set to one clock.

Engines turn times by rules of their own, some of them slowly. Here the offsets of a zone come from Python's own time
zones, one comparison a change of the clock, so that every engine is asked the same and gives the same.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

UTC = "UTC"
_FROM, _TO = datetime(1990, 1, 1), datetime(2038, 1, 1)
"""Between which changes of a clock are known; before and after it stays as it was."""


def bears_zone(events: Any, column: str) -> bool:
    """Whether the times of a column are moments of the world, not readings of a clock on a wall.

    Spark's ``timestamp`` is a moment though Ibis shows it bare, so the engine itself is asked.

    Parameters
    ----------
    events : ibis.Table
    column : str
        One of its columns.

    >>> import ibis, pandas as pd
    >>> at = pd.to_datetime(["2024-04-01 09:00"])
    >>> bears_zone(ibis.memtable(pd.DataFrame({"at": at})), "at")
    False
    >>> bears_zone(ibis.memtable(pd.DataFrame({"at": at.tz_localize("Asia/Tokyo")})), "at")
    True
    """
    kind = events[column].type()
    if kind.is_unknown():
        return _is_nameless_moment(kind)
    if not kind.is_timestamp():
        return False
    engine = events.get_backend()
    if engine.name != "pyspark":
        return bool(kind.timezone)
    asked = engine._session.sql(engine.compile(events.select(column)))  # Ibis offers no door to Spark's own types
    return str(asked.schema[column].dataType.typeName()) == "timestamp"


def _is_nameless_moment(kind: Any) -> bool:
    """Whether a type that Ibis has no name for is DuckDB's moment to the nanosecond, as pandas writes them."""
    return "TIMESTAMPTZ" in str(kind)


def on_the_wall(events: Any, column: str, zone: str, written_in: str = UTC) -> Any:
    """The times of a column as a clock in a time zone showed them, without a zone.

    Parameters
    ----------
    events : ibis.Table
    column : str
        Times, with a zone or without.
    zone : str
        Whose clock, such as ``Asia/Tokyo``.
    written_in : str
        The zone of times that bear none.

    Returns
    -------
    ibis.Column
        Timestamps without a zone. In the hour that a clock is set back two moments show the same time; where such a
        time was written, the earlier moment is taken.

    >>> import ibis, pandas as pd
    >>> log = ibis.memtable(pd.DataFrame({"at": pd.to_datetime(["2024-03-31 15:00"])}))
    >>> on_the_wall(log, "at", "Asia/Tokyo").to_pandas()[0]
    Timestamp('2024-04-01 00:00:00')
    >>> on_the_wall(log, "at", "Asia/Tokyo", written_in="America/New_York").to_pandas()[0]
    Timestamp('2024-04-01 04:00:00')
    """
    if bears_zone(events, column):
        return _shifted(_in_utc(events, column), zone, 1)
    return _shifted(_shifted(events[column], written_in, -1), zone, 1)


def _in_utc(events: Any, column: str) -> Any:
    """Moments as bare times in UTC, in which every session runs."""
    import ibis
    from ibis.expr import datatypes as kinds

    moments = events[column]
    if events.get_backend().name != "duckdb":
        return moments.cast("timestamp")

    def epoch_us(at: Any) -> None:
        """Microseconds since 1970, computed by the engine."""

    def make_timestamp(microseconds: Any) -> None:
        """The bare time so many microseconds after 1970, computed by the engine."""

    moment = kinds.Timestamp(timezone=UTC)
    since = ibis.udf.scalar.builtin(epoch_us, signature=((moment,), kinds.int64))
    bare = ibis.udf.scalar.builtin(make_timestamp, signature=((kinds.int64,), kinds.timestamp))
    # A cast would do, in the twenty-fold time
    return bare(since(moments.cast(moment) if moments.type().is_unknown() else moments))


def _shifted(at: Any, zone: str, sign: int) -> Any:
    """Bare times moved from UTC to a zone (1), or from a zone to UTC (-1)."""
    import ibis

    first, *changes = _offsets(zone)
    cases = []
    for (_, before), (moment, offset) in reversed([*zip([first, *changes], changes, strict=False)]):
        edge = moment if sign == 1 else moment + before
        cases.append((at >= ibis.literal(edge), at + ibis.interval(seconds=sign * int(offset.total_seconds()))))
    rest = at + ibis.interval(seconds=sign * int(first[1].total_seconds())) if first[1] or cases else at
    return ibis.cases(*cases, else_=rest) if cases else rest


@cache
def _offsets(zone: str) -> list[tuple[datetime, timedelta]]:
    """The offset of a zone from UTC at first, and after each change: since which moment in UTC, and how much."""
    found = [(_FROM, _offset(zone, _FROM))]
    day = _FROM
    while day < _TO:
        later = day + timedelta(days=1)
        if _offset(zone, later) != found[-1][1]:
            found.append(_change(zone, day, later))
        day = later
    return found


def _offset(zone: str, moment: datetime) -> timedelta:
    """How far a clock is ahead of UTC at a moment, itself in UTC."""
    return ZoneInfo(zone).fromutc(moment.replace(tzinfo=ZoneInfo(zone))).utcoffset() or timedelta(0)


def _change(zone: str, before: datetime, after: datetime) -> tuple[datetime, timedelta]:
    """The second from which a clock shows another offset, between two moments."""
    old = _offset(zone, before)
    low, high = 0, int((after - before).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(zone, before + timedelta(seconds=middle)) == old else (low, middle)
    moment = before + timedelta(seconds=high)
    return moment, _offset(zone, moment)
