"""Why tickets arise: the causes from the most frequent down, of all tickets or of a sample that a person can read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.clusters import Rows, shares_by_account, summed
from cslab.measure.estimate import Z95
from cslab.measure.kpis.desk import Desk
from cslab.measure.kpis.desk_figures import SATISFIED
from cslab.measure.split import Split, split

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Date = str | pd.Timestamp
    Floats = NDArray[np.floating[Any]]

HOURS_PER_MESSAGE = 0.15
"""Hours that the team needs for one message: an assumption (grade S), as for an e-mail of a CSM."""

NEEDS = ("tickets.closed_on", "tickets.root_cause", "tickets.exchanges")


def ticket_causes(
    book: Book, start: Date, end: Date, sample: int | None = None, hours_per_message: float = HOURS_PER_MESSAGE
) -> pd.DataFrame:
    """The causes of the tickets closed in a window, the most frequent first.

    Parameters
    ----------
    book : Book
        Needs ``tickets`` with ``closed_on``, ``root_cause`` and ``exchanges``; ``csat``, where it is there, tells who
        was unhappy. Tickets whose cause nobody found are left out.
    start, end : date
        Window of the days of closing, ``start`` included, ``end`` not.
    sample : int, optional
        Look at so many tickets only, drawn by a hash of their number: the same ones whatever the order of the table.
        All of them, where there are no more.
    hours_per_message : float
        The team's hours for one message; the table knows how long a customer waited, not how long anybody worked.

    Returns
    -------
    DataFrame
        One row a cause: ``cause``, ``tickets``, ``exchanges`` (messages), ``hours`` (of the team), ``accounts`` (that
        had it), ``unhappy`` (share of its ratings below 4; missing without ratings), ``unhappy_low``,
        ``unhappy_high``, ``share`` (of the tickets), ``low``, ``high``, ``cumulative``, ``n`` (accounts in all),
        ``method``. ``attrs``: ``tickets`` (of the window, with a cause), ``sampled``, ``start``, ``end``, ``as_of``.

    Raises
    ------
    NotReady
        Without these columns.
    UsageError
        For a window that ends before it begins or after the data, without tickets, or a sample of none.

    Source: Pareto's principle as quality control uses it; the causes are those that support notes.

    >>> import cslab
    >>> causes = ticket_causes(cslab.load("synthetic:tiny"), "2024-04-01", "2025-04-01", sample=200)
    >>> int(causes["tickets"].sum()), round(float(causes["cumulative"].iloc[-1]), 6)
    (200, 1.0)
    """
    import pandas as pd

    found = caused(book, split(book, start, end), sample)
    rows, tickets = found.rows, summed(found.rows.group, found.rows.base, found.rows.groups)
    share, error = found.shares
    unhappy = shares_by_account(found.rated)
    table = pd.DataFrame(
        {
            "cause": found.causes,
            "tickets": tickets.astype(np.int64),
            "exchanges": summed(rows.group, rows.part, rows.groups),
            "hours": hours_per_message * summed(rows.group, rows.part, rows.groups),
            "accounts": (rows.cells(rows.base) > 0).sum(axis=1),
            "unhappy": unhappy.estimate,
            "unhappy_low": unhappy.low,
            "unhappy_high": unhappy.high,
            "share": share,
            "low": np.maximum(share - Z95 * error, 0),
            "high": np.minimum(share + Z95 * error, 1),
        }
    )
    table = table.sort_values(["tickets", "cause"], ascending=[False, True], ignore_index=True)
    table.insert(len(table.columns), "cumulative", table["share"].cumsum())
    table = table.assign(n=found.accounts, method="share_by_account")
    window = {"start": pd.Timestamp(start), "end": pd.Timestamp(end), "as_of": book.as_of}
    table.attrs.update(tickets=found.tickets, sampled=int(tickets.sum()), **window)
    return table


@dataclass(frozen=True)
class Caused:
    """Tickets with their causes.

    Parameters
    ----------
    rows : Rows
        One a ticket; its group is its cause, ``part`` its messages, ``base`` 1.
    rated : Rows
        Those with a rating; ``part`` is 1 where it was unhappy.
    causes : list of str
        What the groups are.
    tickets : int
        Of the window, sampled or not.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> caused(book, split(book, "2024-04-01", "2025-04-01"), 50).rows.base.sum()
    np.float64(50.0)
    """

    rows: Rows
    rated: Rows
    causes: list[str]
    tickets: int

    @property
    def accounts(self) -> int:
        """How many accounts have any of the tickets."""
        return int(np.count_nonzero(np.bincount(self.rows.account)))

    @property
    def shares(self) -> tuple[Floats, Floats]:
        """The share of the tickets of each cause, and its error."""
        return self.per_ticket(self.rows.base)

    def per_ticket(self, amounts: Any) -> tuple[Floats, Floats]:
        """What each cause adds to the mean ticket, and its error, which counts accounts as what varies.

        Parameters
        ----------
        amounts : ndarray, shape (tickets,)

        Returns
        -------
        tuple of ndarray, shape (causes,)

        >>> import cslab
        >>> book = cslab.load("synthetic:tiny")
        >>> found = caused(book, split(book, "2024-04-01", "2025-04-01"))
        >>> bool((found.per_ticket(found.rows.part)[0] >= 2 * found.shares[0]).all())  # two messages at least
        True
        """
        part = self.rows.cells(amounts)
        base = self.rows.cells(self.rows.base).sum(axis=0)
        mean, n = part.sum(axis=1) / base.sum(), self.accounts
        squares = ((part - mean[:, None] * base) ** 2).sum(axis=1)
        return mean, np.sqrt(squares * n / max(n - 1, 1)) / base.sum()


def caused(book: Book, window: Split, sample: int | None = None) -> Caused:
    """The tickets of a window whose cause is known.

    Parameters
    ----------
    book, sample
        As for ``ticket_causes``.
    window : Split

    Returns
    -------
    Caused

    Raises
    ------
    NotReady, UsageError
        As ``ticket_causes``.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> "no_guide" in caused(book, split(book, "2024-04-01", "2025-04-01")).causes
    True
    """
    import pandas as pd

    book.require(*NEEDS)
    if sample is not None and sample < 1:
        raise UsageError(Fault("not_positive", {"name": "sample", "value": sample}))
    closed = Desk(book, window).closed
    cause = closed.frame["root_cause"].to_numpy(object)[closed.rows]
    messages = closed.number("exchanges")
    known = np.flatnonzero(pd.notna(cause) & ~np.isnan(messages))
    if not len(known):
        raise UsageError(Fault("no_causes", {"start": window.start.date(), "end": window.end.date()}))
    chosen = known if sample is None else _drawn(closed.frame["ticket_id"].to_numpy(object)[closed.rows], known, sample)
    group, causes = pd.factorize(cause[chosen], sort=True)
    rows = Rows(pd.factorize(closed.account[chosen])[0], group, messages[chosen], np.ones(len(chosen)), len(causes))
    score = closed.number("csat")[chosen] if "csat" in closed.frame else np.full(len(chosen), np.nan)
    unhappy = Rows(rows.account, group, (score < SATISFIED).astype(float), rows.base, rows.groups)
    return Caused(rows, unhappy.within(~np.isnan(score)), list(causes), len(known))


def _drawn(ids: Any, known: Any, sample: int) -> Any:
    """Some of the known tickets: those whose numbers have the smallest hashes."""
    import pandas as pd

    return known[np.lexsort((ids[known], pd.util.hash_array(ids[known])))[:sample]]
