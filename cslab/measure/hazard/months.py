"""Account-months: each calendar month in which a customer could leave, and what was known before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.book import Note
from cslab.faults import Fault, UsageError
from cslab.measure.durations import durations, followed, notes
from cslab.measure.hazard.coding import unknown
from cslab.measure.hazard.known import Asked, Known
from cslab.measure.hazard.terms import in_force
from cslab.measure.hazard.watched import each_month, watched
from cslab.measure.spells import LATE_DAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Ints = NDArray[np.int64]
    Months = NDArray[np.datetime64]
    Flags = NDArray[np.bool_]

CLOCK = ("tenure", "renewal")
"""What each row itself says."""


@dataclass(frozen=True)
class PersonMonths:
    """Rows of account and month; columns are read when they are asked for, and not before.

    Parameters
    ----------
    known : Known
        Where the columns come from, and the accounts in the order of their places.
    asked : Asked
        Account, month, last month known and contract of each row.
    tenure : ndarray of int
        Calendar months since the customer's first, from 1.
    term : ndarray of int
        Months of the term in force; 0 where it is not known.
    due : ndarray of bool
        Whether the term runs out in that month.
    event : ndarray of bool
        Whether the customer left in it.
    causes : ndarray of str, shape (accounts,)
        Reason stated by each account that left.
    notes : tuple of Note
        What was assumed and set aside.

    >>> import cslab
    >>> months = person_months(cslab.load("synthetic:tiny"))
    >>> "wau_ratio" in months, bool(months.event.sum() > 0)
    (True, True)
    """

    known: Known
    asked: Asked
    tenure: Ints
    term: Ints
    due: Flags
    event: Flags
    causes: NDArray[Any]
    notes: tuple[Note, ...] = ()

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.tenure)

    def __contains__(self, name: object) -> bool:
        """Whether there is such a column."""
        return name in CLOCK or bool(self.known.table(str(name)))

    def __iter__(self) -> Iterator[str]:
        """The names of the columns."""
        return iter((*CLOCK, *self.known.names))

    def __getitem__(self, name: str) -> pd.Series:
        """A column, read for all rows."""
        import pandas as pd

        if name in CLOCK:
            return pd.Series(getattr(self, name))
        if name not in self:
            raise KeyError(name)
        return self.known.read(name, self.asked)

    @property
    def account(self) -> NDArray[np.intp]:
        """Place of each row's account.

        >>> import cslab
        >>> months = person_months(cslab.load("synthetic:tiny"))
        >>> bool((np.diff(months.account) >= 0).all())
        True
        """
        return self.asked.account

    @property
    def month(self) -> Months:
        """Calendar month of each row; missing (NaT) for a stock sample.

        >>> import cslab
        >>> str(person_months(cslab.load("synthetic:tiny")).month.max())
        '2025-03'
        """
        return self.asked.month

    @property
    def as_of(self) -> pd.Timestamp:
        """The last day that is known.

        >>> import cslab
        >>> str(person_months(cslab.load("synthetic:tiny")).as_of.date())
        '2025-03-31'
        """
        return self.known.book.as_of

    @property
    def renewal(self) -> Ints:
        """Which renewal each row is or leads to, in terms as long as the one in force; 0 where the term is not known.

        >>> import cslab
        >>> months = person_months(cslab.load("synthetic:tiny"))
        >>> bool((months.renewal[(months.term == 12) & (months.tenure == 13)] == 2).all())
        True
        """
        return np.where(self.term > 0, -(-self.tenure // np.maximum(self.term, 1)), 0)

    @property
    def lived(self) -> Ints | None:
        """Months of each row's customer at the end of a list without dates; None where months have dates.

        A list shows its customers as they stood then: only ``months.where(months.tenure == months.lived)`` holds what
        was known of the month itself.

        >>> import cslab
        >>> person_months(cslab.load("synthetic:tiny")).lived is None
        True
        """
        if not self.known.book.stock_sample:
            return None
        return self.known.accounts["duration"].to_numpy(np.int64)[self.account]

    @property
    def accounts(self) -> int:
        """How many accounts the rows belong to.

        >>> import cslab
        >>> months = person_months(cslab.load("synthetic:tiny"))
        >>> months.where(months.account < 3).accounts
        3
        """
        return len(np.unique(self.account))

    def where(self, chosen: Flags) -> PersonMonths:
        """Some of the rows.

        Parameters
        ----------
        chosen : ndarray of bool, shape (rows,)

        Returns
        -------
        PersonMonths

        >>> import cslab
        >>> months = person_months(cslab.load("synthetic:tiny"))
        >>> bool(months.where(months.due).due.all())
        True
        """
        if chosen.all():
            return self
        asked = self.asked.where(chosen)
        own = {name: getattr(self, name)[chosen] for name in ("tenure", "term", "due", "event")}
        return replace(self, asked=asked, **own)

    def frame(self, names: Sequence[str] = ()) -> pd.DataFrame:
        """The rows as a table.

        Parameters
        ----------
        names : sequence of str
            Further columns.

        Returns
        -------
        DataFrame
            ``account_id``, ``month``, ``tenure``, ``term``, ``due``, ``renewal``, ``event``, ``cause`` (empty but for
            those who left), and the columns asked for.

        Raises
        ------
        UsageError
            Naming all columns that are not there.

        >>> import cslab
        >>> person_months(cslab.load("synthetic:tiny")).frame(["segment"]).columns[-1]
        'segment'
        """
        import pandas as pd

        if faults := [unknown(name, self) for name in names if name not in self]:
            raise UsageError(*faults)
        ids = self.known.accounts["account_id"].to_numpy(object)[self.account]
        cause = np.where(self.event, self.causes[self.account], "")
        own = {"tenure": self.tenure, "term": self.term, "due": self.due, "renewal": self.renewal, "event": self.event}
        month = self.month.astype("datetime64[ns]")
        frame = pd.DataFrame({"account_id": ids, "month": month, **own, "cause": cause})
        return frame.assign(**{name: self[name].array for name in names})


def person_months(book: Book, lag: int = 1, extra: pd.DataFrame | None = None) -> PersonMonths:
    """The months in which each customer could leave.

    A row is a calendar month in which the account was a customer as it began and that was watched to its end: from
    the month after the first contract's start, or after the records begin, to that of leaving, or to the last full
    month known. Renewal is due where the term in force runs out in the month; who leaves at the end of the last
    contract (up to a week before, up to 45 days after) leaves in that month. The first stay counts, as in
    ``durations``.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with ``start`` and ``end``, or a stock sample: its rows are months of tenure, and renewal
        counts as due whenever a multiple of ``term_months`` is reached. Its columns stand in every month as they stood
        at the end; models refuse those that rise with tenure, such as what was paid so far (see ``grown``).
    lag : int
        Months between the last month whose usage, tickets and tier count as known, and that of the row; at least 1.
        Usage just before leaving is part of leaving: to tell what goes before a decision, the lag has to be longer
        than the notice.
    extra : DataFrame, optional
        ``account_id``, ``month`` (first day) and columns of one's own, taken for that very month.

    Returns
    -------
    PersonMonths
        Lists nothing but its clock; columns of ``accounts``, ``contracts`` (of the term in force), ``usage_monthly``,
        ``tickets`` (opened in the last three months known) and ``touch_tier`` are read when they are asked for.

    Raises
    ------
    NotReady
        Naming the columns that are missing.
    UsageError
        For a lag below 1, or where nobody was watched for a full month.

    Source: person-period data as in Singer and Willett (1993), Journal of Educational Statistics 18:155, grade A; the
    rules of month and renewal are ours.

    >>> import cslab
    >>> months = person_months(cslab.load("synthetic:tiny"))
    >>> bool((months.tenure[months.due & (months.term == 12)] % 12 == 0).all())
    True
    """
    if lag < 1:
        raise UsageError(Fault("hazard.lag", {"value": lag}))
    made = _of_stock(book, extra) if book.stock_sample else _of_contracts(book, lag, extra)
    if not len(made):
        raise UsageError(Fault("hazard.no_month", {}))
    return made


def _of_contracts(book: Book, lag: int, extra: pd.DataFrame | None) -> PersonMonths:
    """Account-months of contracts with real days."""
    stays = followed(book, LATE_DAYS)
    seen = watched(stays, book.as_of)
    account, month = each_month(seen.first, seen.last)
    event = np.zeros(len(account), bool)
    event[np.cumsum(np.maximum(seen.last - seen.first + 1, 0))[seen.gone] - 1] = True
    terms = in_force(book, stays["account_id"], account, month)
    when = month.astype("datetime64[M]")
    asked = Asked(account, when, when - lag, terms.contract)
    known = Known(book, _of_accounts(book, stays), extra)
    causes = stays["cause"].to_numpy(object)
    return PersonMonths(
        known, asked, month - seen.origin[account], terms.months, terms.due, event, causes, notes(stays)
    )


def _of_accounts(book: Book, stays: pd.DataFrame) -> pd.DataFrame:
    """What is the same in all months of an account, in the order of the stays."""
    own = stays[["account_id"]]
    return own.merge(book.accounts, on="account_id", how="left") if book.has("accounts") else own


def _of_stock(book: Book, extra: pd.DataFrame | None) -> PersonMonths:
    """Months of tenure of a stock sample, which has no calendar."""
    import pandas as pd

    seen = durations(book)
    account, tenure = each_month(seen["entry"].to_numpy() + 1, seen["duration"].to_numpy())
    term = seen["term_months"].fillna(0).to_numpy(np.int64)[account]
    due = (term > 0) & (tenure % np.maximum(term, 1) == 0)
    event = seen["event"].to_numpy(bool)[account] & (tenure == seen["duration"].to_numpy()[account])
    nowhen = np.full(len(account), np.datetime64("NaT"), "datetime64[M]")
    contract = pd.Index(book.contracts["account_id"]).get_indexer(seen["account_id"])
    asked = Asked(account, nowhen, nowhen, contract[account])
    accounts = seen.drop(columns=["entry", "event", "cause"])
    told = (*notes(seen), Note("hazard_stock_known", {}), *((Note("hazard_stock_due", {}),) if due.any() else ()))
    causes = np.full(len(seen), "", object)
    return PersonMonths(Known(book, accounts, extra), asked, tenure, term, due, event, causes, told)
