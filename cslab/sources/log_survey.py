"""Months that no table gives, counted from the log: what the log holds, said at the door; counted when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from cslab.faults import Fault
from cslab.sources.findings import Findings
from cslab.sources.rules import FileMapping
from cslab.tables import EVENTS, TABLES, Lazy
from cslab.tables.counting import monthly_usage

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.sources.log import Log

MONTHS = "usage_monthly"


@dataclass(frozen=True)
class Survey:
    """What a log holds, found in one pass.

    Parameters
    ----------
    events, accounts : int
        Those of the accounts that the tables know.
    strange_events, strange_accounts : int
        Those of others.
    timeless : int
        Events without an account or a time.
    first, last : Timestamp
        Days of the first and last event of a known account.

    >>> import pandas as pd
    >>> day = pd.Timestamp("2024-04-01")
    >>> Survey(10, 2, 0, 0, 0, day, day).accounts
    2
    """

    events: int
    accounts: int
    strange_events: int
    strange_accounts: int
    timeless: int
    first: pd.Timestamp
    last: pd.Timestamp


def survey(events: Any, accounts: Mapping[str, str]) -> Survey:
    """What a log holds.

    Parameters
    ----------
    events : ibis.Table
        With the columns of the log.
    accounts : mapping of str to str
        The ids that the tables know.

    Returns
    -------
    Survey

    >>> import ibis, pandas as pd
    >>> at = pd.to_datetime(["2024-04-01 09:00", "2024-04-02 10:00", None])
    >>> log = ibis.memtable(pd.DataFrame({"account_id": ["A1", "B9", "A1"], "at": at}))
    >>> found = survey(log, {"A1": "A1"})
    >>> found.events, found.strange_accounts, found.timeless, found.last.day
    (1, 1, 1, 1)
    """
    import pandas as pd

    bare = events.account_id.isnull() | events["at"].isnull()
    dated = events.group_by("account_id", bare=bare).aggregate(
        n=events.count(), first=events["at"].min(), last=events["at"].max()
    )
    found = dated.to_pandas()
    bare_rows = found["bare"].astype(bool)
    told, known = found[~bare_rows], found["account_id"].isin([*accounts]) & ~bare_rows
    ours = found[known]
    days = [pd.to_datetime(ours["first"]).dt.normalize().min(), pd.to_datetime(ours["last"]).dt.normalize().max()]
    strange = told[~told["account_id"].isin([*accounts])]
    ours_n, strange_n, bare_n = (int(rows["n"].sum()) for rows in (ours, strange, found[bare_rows]))
    return Survey(ours_n, len(ours), strange_n, len(strange), bare_n, *days)


def shown_ids(typed: Mapping[str, pd.DataFrame], tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """What the tables of a book call each account.

    Parameters
    ----------
    typed : mapping of str to DataFrame
        As they came.
    tables : mapping of str to DataFrame
        The same rows, names under pseudonyms.

    Returns
    -------
    dict of str to str
        By the id as it came.

    >>> import pandas as pd
    >>> came, shown = pd.DataFrame({"account_id": ["A1"]}), pd.DataFrame({"account_id": ["p_0"]})
    >>> shown_ids({"accounts": came}, {"accounts": shown})
    {'A1': 'p_0'}
    """
    if "account_id" not in typed.get("accounts", ()) or "account_id" not in tables["accounts"]:
        return {}
    ids = typed["accounts"]["account_id"], tables["accounts"]["account_id"]
    return {str(raw): str(name) for raw, name in zip(*ids, strict=True)}


def log_survey(log: Log | None, tables: Mapping[str, pd.DataFrame], shown: Mapping[str, str]) -> Survey | None:
    """The survey of a log from which months are to be counted; None where a table gives them, or there is no log.

    Parameters
    ----------
    log : Log or None
    tables : mapping of str to DataFrame
        Those of the book.
    shown : mapping of str to str
        Each account's id in the log, and what the tables call it.

    >>> log_survey(None, {}, {}) is None
    True
    """
    if log is None or MONTHS in tables or log.lack() is not None:
        return None
    found = survey(log.raw(), shown)
    return found if found.events or found.strange_accounts else None


def survey_faults(found: Survey | None) -> list[Fault]:
    """That no event of a log is of an account that the tables know.

    Parameters
    ----------
    found : Survey or None

    >>> survey_faults(None)
    []
    """
    if found is None or found.events or not found.strange_accounts:
        return []
    values = {"table": EVENTS.name, "accounts": found.strange_accounts, "events": found.strange_events}
    return [Fault("log_no_common_account", values)]


def with_months(
    book: Book, log: Log, found: Survey, shown: Mapping[str, str], mapping: FileMapping, findings: Findings
) -> Book:
    """A book with the months of its log, counted when they are first asked for.

    Parameters
    ----------
    book : Book
        Without the table.
    log : Log
        As it is known to the book.
    found : Survey
        What it holds.
    shown : mapping of str to str
        Each account's id in the log, and what the tables call it.
    mapping : FileMapping
        Says by whose clock months begin.
    findings : Findings
        Gets the notes.

    Returns
    -------
    Book
        With ``usage_monthly`` to the last month that is over; a month without an event of an account has no row.

    >>> import pandas as pd
    >>> from cslab.book import Book
    >>> from cslab.sources.findings import Findings
    >>> from cslab.sources.log import Log
    >>> from cslab.sources.rules import FileMapping
    >>> day, findings = pd.Timestamp("2024-04-30"), Findings()
    >>> book = Book({"accounts": pd.DataFrame({"account_id": ["A1"]})}, day)
    >>> found = Survey(1, 1, 2, 1, 0, day, day)
    >>> seen = with_months(book, Log(lambda: None), found, {"A1": "A1"}, FileMapping(), findings)
    >>> [*seen.tables], [note.key for note in findings.notes]
    (['accounts', 'usage_monthly'], ['months_counted', 'log_local_time', 'log_strangers'])
    """
    values = {
        "events": found.events,
        "accounts": found.accounts,
        "first": found.first.date(),
        "last": found.last.date(),
    }
    findings.note("months_counted", **values, zone=mapping.time_zone or "-")
    if not mapping.time_zone:
        findings.note("log_local_time", table=EVENTS.name)
    if found.strange_events:
        findings.note("log_strangers", accounts=found.strange_accounts, events=found.strange_events)
    if found.timeless:
        findings.note("log_timeless", events=found.timeless)
    made = {name: partial(book.tables.__getitem__, name) for name in book.tables}
    counted = {MONTHS: partial(_months, log, shown, book.as_of)}
    order = sorted([*made, MONTHS], key=[*TABLES].index)
    tables = Lazy({name: {**made, **counted}[name] for name in order})
    return replace(book, tables=tables, notes=tuple(findings.notes))


def _months(log: Log, shown: Mapping[str, str], as_of: pd.Timestamp) -> pd.DataFrame:
    """The months that are over, of the accounts that the tables know, under the ids of the tables."""
    import pandas as pd

    found = monthly_usage(log.raw()).to_pandas()
    month = pd.to_datetime(found["month"]).astype("datetime64[ns]").dt.normalize()
    found = found.assign(account_id=found["account_id"].map(shown), month=month)
    over = found["month"] + pd.offsets.MonthEnd(0) <= as_of
    kept: pd.DataFrame = found[over & found["account_id"].notna()]
    numbers = dict.fromkeys(kept.columns.drop(["account_id", "month"]), "int64")
    return kept.astype(numbers).sort_values(["account_id", "month"], ignore_index=True)
