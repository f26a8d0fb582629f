"""Customers by months: a value each month, and from which month on each took part in a programme."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, NotReady, UsageError, nearest
from cslab.measure.effect.start import turns_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.floating[Any]]
    Ints = NDArray[np.int64]

NEVER = 1_000_000
"""The month of those who have not taken part by the end."""

LEAST = 10
"""Customers of a group that begins together: smaller ones are left out."""


@dataclass(frozen=True)
class Panel:
    """Values of customers by month.

    Parameters
    ----------
    accounts : ndarray of str, shape (n,)
    months : ndarray of datetime64[M], shape (t,)
        One after the other.
    values : ndarray of float, shape (n, t)
        Missing in months in which a customer is not there.
    since : ndarray of int, shape (n,)
        Place in ``months`` of the first month with the programme; ``NEVER`` where it has not come.
    programme, value : str
        What began, and what is looked at.
    left_out : mapping of str to int
        Customers left out, by reason.

    >>> Panel(np.array(["a"]), np.array(["2024-01"], "M"), np.ones((1, 1)), np.array([0]), "p", "v").treated.tolist()
    [[True]]
    """

    accounts: NDArray[Any]
    months: NDArray[np.datetime64]
    values: Floats
    since: Ints
    programme: str
    value: str
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def treated(self) -> NDArray[np.bool_]:
        """Where the programme has come, shape (n, t)."""
        return np.arange(len(self.months)) >= self.since[:, None]

    @property
    def groups(self) -> list[int]:
        """The months in which groups begin, as places."""
        return sorted({int(one) for one in self.since} - {NEVER})


def panel(book: Book, programme: str = "", value: str = "wau_ratio", before: int = 6) -> Panel:
    """The months around the beginning of a programme, of those who were customers before anybody had it.

    Parameters
    ----------
    book : Book
        Needs ``program_enrolment`` and ``usage_monthly``.
    programme : str
        Its id; empty: the first.
    value : str
        A column of ``usage_monthly``.
    before : int
        Months before the first group begins.

    Returns
    -------
    Panel
        Of those who were customers in the first of these months and the last before a group began; each as long as it
        stays. Who is newer waits for its turn because it is new, not by the group it is in. The programme begins for a
        customer in the month in which its turn comes, whether it takes part or not. Groups of fewer than ten are left
        out.

    Raises
    ------
    UsageError
        For a programme or column that there is not; for months below 1.
    NotReady
        Without the tables, or where fewer than two groups began after the records did.

    >>> import cslab
    >>> source = "synthetic:tiny?accounts=400&programs=usage_campaign&policy=program_staggered"
    >>> found = panel(cslab.load(source))
    >>> found.values.shape[1] > 12
    True
    """
    if before < 1:
        raise UsageError(Fault("not_positive", {"name": "before", "value": before}))
    turns = turns_of(book, programme)
    table = _values(book, value)
    begun = turns.dropna(subset="eligible_on").set_index("account_id")["eligible_on"]
    first = _month(begun).min() if len(begun) else None
    there = table.columns.to_numpy("datetime64[M]")
    if first is None or first - 1 not in there:
        raise NotReady(Fault("effect.no_groups", {"programme": programme or "-", "groups": 0}))
    months = np.arange(max(first - before, there[0]), there[-1] + 1)
    wide = table.reindex(columns=months.astype("datetime64[ns]"))
    wide = wide[wide.iloc[:, 0].notna() & wide[(first - 1).astype("datetime64[ns]")].notna()]
    since = (_month(begun.reindex(wide.index)) - months[0]).astype(np.int64)
    since = np.where(begun.reindex(wide.index).isna(), NEVER, since)
    return _checked(Panel(wide.index.to_numpy(), months, wide.to_numpy(float), since, _name(turns, programme), value))


def of_frame(frame: pd.DataFrame, account: str, month: str, value: str, since: str) -> Panel:
    """A panel out of a list of one's own.

    Parameters
    ----------
    frame : DataFrame
        A row a customer and month.
    account, month, value, since : str
        Columns: who, a whole number that counts the months, the value, and the month of the programme's beginning for
        this customer (missing: it never came).

    Returns
    -------
    Panel
        Its months are those of the list, counted from January 1970.

    Raises
    ------
    UsageError
        For columns that are not there, a customer with two rows in a month, or fewer than two groups.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"who": np.repeat(range(40), 3), "t": np.tile([0, 1, 2], 40), "y": 1.0})
    >>> rows["g"] = np.where(rows["who"] < 20, 1, 2)
    >>> of_frame(rows, "who", "t", "y", "g").groups
    [1, 2]
    """
    if absent := [name for name in (account, month, value, since) if name not in frame]:
        known = ", ".join(str(name) for name in frame)
        raise UsageError(*(Fault("effect.frame_lacks", {"name": name, "known": known}) for name in absent))
    twice = frame[frame.duplicated([account, month])]
    if len(twice):
        raise UsageError(Fault("effect.twice", {"count": len(twice), "first": str(twice[account].iloc[0])}))
    wide = frame.pivot(index=account, columns=month, values=value)
    months = np.arange(int(wide.columns.min()), int(wide.columns.max()) + 1)
    begun = frame.groupby(account)[since].first().reindex(wide.index)
    place = np.where(begun.isna(), NEVER, begun.fillna(0).to_numpy(float) - months[0]).astype(np.int64)
    values = wide.reindex(columns=months).to_numpy(float)
    return _checked(Panel(wide.index.to_numpy(), months.astype("datetime64[M]"), values, place, since, value))


def _values(book: Book, value: str) -> pd.DataFrame:
    """The value by account and month."""
    book.require("usage_monthly.month")
    usage = book.usage_monthly
    known = [str(name) for name in usage if name not in ("account_id", "month")]
    if value not in known:
        values = {"name": "value", "value": value, "near": nearest(value, known), "known": ", ".join(known)}
        raise UsageError(Fault("unknown_choice", values))
    wide = usage.pivot(index="account_id", columns="month", values=value).astype(float)
    return wide.sort_index(axis=1)


def _month(days: pd.Series) -> Any:
    """The month of each day."""
    return days.to_numpy("datetime64[M]")


def _name(turns: pd.DataFrame, programme: str) -> str:
    """The programme's id."""
    return programme or str(turns["program_id"].iloc[0])


def _checked(found: Panel) -> Panel:
    """Without those who had begun before and groups that are too small; refused, where no two groups are left."""
    from dataclasses import replace

    counts = {group: int((found.since == group).sum()) for group in found.groups}
    small = [group for group, count in counts.items() if group >= 1 and count < LEAST]
    early, few = found.since < 1, np.isin(found.since, small)
    kept = ~(early | few)
    panel = replace(
        found,
        accounts=found.accounts[kept],
        values=found.values[kept],
        since=found.since[kept],
        left_out={"begun_before": int(early.sum()), "small_group": int(few.sum())},
    )
    groups = panel.groups + ([NEVER] if (panel.since == NEVER).any() else [])
    if len(groups) < 2 or not panel.groups:
        raise NotReady(Fault("effect.no_groups", {"programme": found.programme, "groups": len(panel.groups)}))
    return panel
