"""Which rows of a table an indicator counts, and from which day on each was known."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from cslab.measure.impact.indicator import Condition, Indicator
from cslab.tables import TABLES, known_since

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


class Happened(NamedTuple):
    """Rows that count: the customer's row, the place of the month, and the value (1 where rows are counted)."""

    row: Ints
    place: Ints
    value: Floats

    def where(self, kept: Flags) -> Happened:
        """Some of them.

        Parameters
        ----------
        kept : ndarray of bool

        >>> found = Happened(np.array([0, 1]), np.array([3, 4]), np.ones(2))
        >>> found.where(np.array([False, True])).place.tolist()
        [4]
        """
        return Happened(self.row[kept], self.place[kept], self.value[kept])


def days(frame: pd.DataFrame, indicator: Indicator) -> NDArray[np.datetime64]:
    """The day on which all that an indicator asks of each row was known, and it had happened; missing where never.

    Parameters
    ----------
    frame : DataFrame
        Its table.
    indicator : Indicator

    >>> import pandas as pd
    >>> from cslab.measure.impact.indicator import parse
    >>> opened, closed = pd.to_datetime(["2024-01-30"]), pd.to_datetime(["2024-02-02"])
    >>> frame = pd.DataFrame({"opened_on": opened, "closed_on": closed, "csat": [2.0]})
    >>> str(days(frame, parse("count(tickets)"))[0]), str(days(frame, parse("mean(tickets.csat)"))[0])
    ('2024-01-30', '2024-02-09')
    """
    since = known_since(indicator.table, frame)
    known = [] if since is None else [_day(since)]
    for column in indicator.columns:
        if (cell := known_since(indicator.table, frame, column)) is not None:
            known.append(_day(cell if since is None or not _blank(indicator.table, column) else cell.fillna(since)))
    known += [_day(frame[indicator.on])] if indicator.on else []
    found = known[0]
    for day in known[1:]:
        found = np.maximum(found, day)
    return found


def fits(frame: pd.DataFrame, indicator: Indicator) -> Flags:
    """Which rows meet all conditions of an indicator; an empty cell meets none.

    Parameters
    ----------
    frame : DataFrame
        Its table.
    indicator : Indicator

    >>> import pandas as pd
    >>> from cslab.measure.impact.indicator import parse
    >>> frame = pd.DataFrame({"category": ["setup", "bug", None]})
    >>> fits(frame, parse("count(tickets where category != bug)")).tolist()
    [True, False, False]
    """
    found = np.ones(len(frame), bool)
    for condition in indicator.where:
        found &= _meets(frame[condition.column], condition)
    return found


def numbers(frame: pd.DataFrame, indicator: Indicator) -> Floats:
    """The cells that an indicator takes, missing where they are empty; 1 where it counts rows.

    Parameters
    ----------
    frame : DataFrame
        Its table.
    indicator : Indicator

    >>> import pandas as pd
    >>> from cslab.measure.impact.indicator import parse
    >>> numbers(pd.DataFrame({"fcr": pd.array([True, None], "boolean")}), parse("mean(tickets.fcr)")).tolist()
    [1.0, nan]
    """
    if not indicator.column:
        return np.ones(len(frame))
    return frame[indicator.column].to_numpy(float, na_value=np.nan)


def _day(dates: pd.Series) -> NDArray[np.datetime64]:
    """Dates as days."""
    return dates.to_numpy().astype("datetime64[D]")


def _blank(table: str, column: str) -> bool:
    """Whether a column says something before its value is known: a contract that is open, a flag that is down."""
    return any(one.name == column and one.blank for one in TABLES[table].columns)


def _meets(cells: pd.Series, condition: Condition) -> Flags:
    """Which cells meet a condition."""
    import pandas as pd

    known = cells.notna().to_numpy()
    if condition.sign == "known":
        return known
    values = [pd.Timestamp(one) if isinstance(one, dt.date) else one for one in condition.values]
    if condition.sign in ("=", "in", "!="):
        alike = cells.isin(values).to_numpy(bool, na_value=False)
        return known & (~alike if condition.sign == "!=" else alike)
    return known & _ordered(cells, condition.sign, values[0])


def _ordered(cells: pd.Series, sign: str, value: Any) -> Flags:
    """Which cells lie below or above a value; empty ones somewhere."""
    compared = {"<": cells.lt, "<=": cells.le, ">": cells.gt, ">=": cells.ge}[sign](value)
    return compared.to_numpy(bool, na_value=False)
