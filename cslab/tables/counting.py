"""From the product's log to its months: one Ibis expression, the same on DuckDB, PostgreSQL and Spark."""

from __future__ import annotations

from typing import Any

from cslab.faults import DataError
from cslab.tables.contract import TABLES
from cslab.tables.log import EVENTS, event_faults

COUNTED = {
    "logins": "login",
    "core_actions": "core_action",
    "training_views": "training_view",
    "community_logins": "community_login",
}
"""Columns that are a number of events, and the event."""

USED = {
    "features_basic": "basic_feature",
    "features_adv": "advanced_feature",
    "features_relevant": "relevant_feature",
    "integrations": "integration",
}
"""Columns that are a number of different features, and the event that names them."""


def monthly_usage(events: Any) -> Any:
    """The columns of ``usage_monthly`` that follow from the product's log.

    - ``wau``: different users in a week, mean over the month's four weeks (days 1-7, 8-14, 15-21, 22 to the end),
      rounded, halves up
    - ``logins``, ``core_actions``, ``training_views``, ``community_logins``: events of that kind
    - ``features_basic``, ``features_adv``, ``features_relevant``, ``integrations``: different features among such
      events; only where the log has a column ``feature``

    ``seats`` stand in contracts and not in a log, so ``seats`` and ``wau_ratio`` do not follow. An account has no row
    for a month without an event; an event without an account or a time is passed over. For a simulated log the numbers
    are those of the table ``usage_monthly``.

    Months and weeks begin at midnight by the clock that wrote ``at``, which bears no time zone. What the doors open
    (``book.usage_events``) they have put on the clock of the mapping's ``time_zone``; with times in UTC an event of
    half past eight in Tokyo would count for the day before.

    People are counted in two steps, events rolled up by person and week first: an engine then holds weeks of people,
    not events, and needs no distinct count.

    Parameters
    ----------
    events : ibis.Table
        ``book.usage_events``, or any table with ``account_id``, ``user``, ``at`` (local time), ``event``, and
        ``feature`` where there are any; ``events.rename(at="timestamp")`` gives a column its name here.

    Returns
    -------
    ibis.Table
        An expression, a row an account and month; ``.to_pandas()`` computes it.

    Raises
    ------
    DataError
        For columns that are missing or of another type, all at once.

    >>> import ibis, pandas as pd
    >>> at = pd.to_datetime(["2024-04-01 09:00", "2024-04-01 09:05", "2024-04-10 10:00", "2024-04-23 11:00"])
    >>> log = pd.DataFrame({"account_id": "A1", "user": [1, 1, 2, 2], "at": at, "event": "login"})
    >>> monthly_usage(ibis.memtable(log)).to_pandas()[["wau", "logins"]].values.tolist()
    [[1, 4]]
    """
    if faults := event_faults(dict(events.schema().items())):
        raise DataError(*faults, subject=EVENTS.name)
    events = events.filter(events.account_id.notnull(), events.at.notnull())
    dated = events.mutate(month=events.at.truncate("M"), week=((events.at.day() - 1) // 7).clip(upper=3))
    counts = {column: dated.count(where=dated.event == event) for column, event in COUNTED.items()}
    weeks = dated.group_by("account_id", "month", "week", "user").aggregate(**counts)
    sums = {column: weeks[column].sum() for column in COUNTED}
    months = weeks.group_by("account_id", "month").aggregate(active=weeks.user.count(), **sums)
    months = months.mutate(wau=(months.active + 2) // 4)
    if "feature" in events.columns:
        months = _with_features(months, dated)
    kept = [name for name in TABLES["usage_monthly"].names if name in months.columns]
    return months.select(kept).order_by("account_id", "month")


def _with_features(months: Any, dated: Any) -> Any:
    """The months with the number of different features used."""
    named = dated.filter(dated.event.isin(list(USED.values())) & dated.feature.notnull())
    different = named.select("account_id", "month", "event", "feature").distinct()
    counts = {column: different.count(where=different.event == event) for column, event in USED.items()}
    used = different.group_by("account_id", "month").aggregate(**counts)
    joined = months.left_join(used, ["account_id", "month"])
    return joined.mutate(**{column: joined[column].fill_null(0) for column in USED})
