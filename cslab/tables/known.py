"""What of a company's tables was known on a day: later rows dropped, cells not yet known blanked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from cslab.tables.column import Table
from cslab.tables.contract import TABLES
from cslab.tables.lazy import Lazy

if TYPE_CHECKING:
    import pandas as pd

_COUNTED = re.compile(r"(\w+?)(?:([+-]\d+)d)?")


def known_on(tables: Mapping[str, pd.DataFrame], day: pd.Timestamp) -> Lazy:
    """The tables as they were known at the end of a day.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables that keep the contract, with real days.
    day : Timestamp
        At midnight, without a time zone.

    Returns
    -------
    Lazy
        Each table cut when it is asked for, its rows numbered anew. An account that gives no date of its own is known
        from its first row in another table; one that stands nowhere else is known always.

    >>> import pandas as pd
    >>> accounts = pd.DataFrame({"account_id": ["A1", "A2"]})
    >>> starts = pd.to_datetime(["2023-04-01", "2024-04-01"])
    >>> tables = {"accounts": accounts, "contracts": accounts.assign(start=starts)}
    >>> known_on(tables, pd.Timestamp("2024-03-31"))["accounts"]["account_id"].tolist()
    ['A1']
    """
    return Lazy({name: partial(_cut, tables, name, day) for name in tables})


def known_since(table: str, frame: pd.DataFrame, column: str = "") -> pd.Series | None:
    """The day from which each row of a table, or a cell in it, is known.

    Parameters
    ----------
    table : str
    frame : DataFrame
        Its rows.
    column : str
        Of whose cells; empty: of the rows themselves.

    Returns
    -------
    Series or None
        None where the frame does not say, and where a cell is known with its row.

    >>> import pandas as pd
    >>> contracts = pd.DataFrame({"start": pd.to_datetime(["2023-04-01"]), "end": pd.to_datetime(["2024-04-01"])})
    >>> known_since("contracts", contracts)[0].year, known_since("contracts", contracts, "outcome")[0].year
    (2023, 2024)
    """
    declared = TABLES[table]
    if not column:
        return _since(frame, declared.known_from)
    known_from = declared.column(column).known_from if column in declared.names else ()
    return None if known_from == ("snapshot",) else _since(frame, known_from)


def _cut(tables: Mapping[str, pd.DataFrame], name: str, day: pd.Timestamp) -> pd.DataFrame:
    """One table as it was known at the end of a day."""
    frame = tables[name]
    if name == "accounts" and (undated := _undated(frame)).any():
        frame = frame[~(undated & (frame["account_id"].map(_first_signs(tables)) > day))]
    return _known(TABLES[name], frame, day)


def _undated(accounts: pd.DataFrame) -> pd.Series:
    """Which accounts say nothing themselves about when they became known."""
    import pandas as pd

    since = _since(accounts, TABLES["accounts"].known_from)
    return pd.Series(True, index=accounts.index) if since is None else since.isna()


def _first_signs(tables: Mapping[str, pd.DataFrame]) -> pd.Series:
    """By account, the first day on which a row of another table is known."""
    import pandas as pd

    others = [
        pd.DataFrame({"account_id": frame["account_id"], "since": since})
        for name, frame in tables.items()
        if name != "accounts"
        and "account_id" in frame
        and (since := _since(frame, TABLES[name].known_from)) is not None
    ]
    return pd.concat(others).groupby("account_id")["since"].min() if others else pd.Series(dtype="datetime64[ns]")


def _known(table: Table, frame: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """The rows of a table that were known on a day, with later cells blanked."""
    kept = frame
    if (since := _since(frame, table.known_from)) is not None:
        kept = frame[~(since > day)]
    blanked = {}
    for column in table.columns:
        if column.name not in kept or column.known_from == ("snapshot",):
            continue
        since = _since(kept, column.known_from)
        if since is not None and (late := since > day).any():
            blanked[column.name] = _blank(kept[column.name], late, column.blank)
    snapshots = [column.name for column in table.columns if column.known_from == ("snapshot",) and column.name in kept]
    return kept.assign(**blanked).drop(columns=snapshots).reset_index(drop=True)


def _since(frame: pd.DataFrame, known_from: tuple[str, ...]) -> pd.Series | None:
    """The day from which each row is known; None where the frame does not say."""
    import pandas as pd

    if known_from == ("month_end",):
        return frame["month"] + pd.offsets.MonthEnd(0)
    days = [_counted(frame[name], days) for name, days in map(day_of, known_from) if name in frame]
    if not days:
        return None
    return days[0] if len(days) == 1 else days[0].fillna(days[1])


def day_of(written: str) -> tuple[str, int]:
    """The date column of a ``known_from`` and the days counted from it.

    >>> day_of("due-30d"), day_of("signed_on")
    (('due', -30), ('signed_on', 0))
    """
    name, days = _COUNTED.fullmatch(written).groups()  # type: ignore[union-attr]
    return name, int(days or 0)


def _counted(day: pd.Series, days: int) -> pd.Series:
    """A column of days, some days later."""
    import pandas as pd

    return day + pd.Timedelta(days=days) if days else day


def _blank(values: pd.Series, late: pd.Series, blank: str) -> pd.Series:
    """A column with the cells that are not yet known blanked; a flag is down until then."""
    if not blank:
        return values.mask(late)
    return values.mask(late, False if values.dtype.kind == "b" else blank)
