"""What customers bring month by month of their lives, those who leave with nothing: value by the survival curve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.clusters import summed
from cslab.measure.durations import durations
from cslab.measure.estimate import Estimate, normal
from cslab.measure.risk import risk_table
from cslab.measure.value.terms import Terms

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

YEAR = 12


def ltv_survival(
    book: Book, horizon: int = 36, gross_margin: float = 0.8, discount: float = 0.10, tail: bool = False
) -> Estimate:
    """What a new customer brings within a horizon: its margin month by month, times the chance of being there still.

    The MRR of each month of life is that of the customers seen in it, so growth counts, and that large customers stay
    longer. Customers signed before the records begin count from the month on in which they were seen.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with real days, and ``mrr_movements``.
    horizon : int
        Months from signing.
    gross_margin : float
        Share of the revenue that is left after the cost of serving it (0-1).
    discount : float
        A year (0.10 is ten per cent); a month's margin comes at its beginning.
    tail : bool
        Add what comes after the horizon if MRR stays at that of its last month and customers go on leaving as they did
        in its last year: an assumption that no record backs.

    Returns
    -------
    Estimate
        Currency; delta-method limits that count accounts as what varies (Greenwood's, with the error of the MRR and
        what ties both).

    Raises
    ------
    NotReady
        Without the tables above, or for a stock sample.
    UsageError
        For shares outside 0-1, or where the records do not reach the horizon.

    Source: glossary "LTV(生存関数)"; error by the influence of each account, as Reid (1981), Annals of Statistics
    9:78, does for the curve (grade A).

    >>> import cslab
    >>> worth = ltv_survival(cslab.load("synthetic:tiny"), horizon=12)
    >>> worth.low < worth.estimate < worth.high
    True
    """
    book.require("calendar", "mrr_movements")
    return worth_of(book, durations(book), Terms(gross_margin, discount, horizon), tail)


def worth_of(book: Book, seen: pd.DataFrame, terms: Terms, tail: bool = False) -> Estimate:
    """As ``ltv_survival``, of durations that are there already.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``.
    seen : DataFrame
        Its durations in months.
    terms : Terms
    tail : bool

    Returns
    -------
    Estimate

    Raises
    ------
    UsageError
        Where the records do not reach the horizon.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> worth_of(book, durations(book), Terms(0.8, 0.1, 12)) == ltv_survival(book, horizon=12)
    True
    """
    lives = lived(book, seen, terms.horizon)
    worth, slopes = _worth(lives, terms, tail)
    pull = _pull(lives, slopes[: terms.horizon], slopes[terms.horizon :])
    error = float(np.sqrt((pull**2).sum() * len(pull) / max(len(pull) - 1, 1)))
    return normal(worth, error, len(pull), "ltv_survival_tail" if tail else "ltv_survival", low=0.0)


@dataclass(frozen=True)
class Lives:
    """Customers by month of life, to a horizon.

    Parameters
    ----------
    entry, stop : ndarray of int, shape (n,)
        Months of life between which each customer is at risk, the second cut at the horizon.
    left : ndarray of bool, shape (n,)
        Whether it left at the second.
    mrr : ndarray of float, shape (n, horizon)
        MRR in each month of life, from 0.
    seen : ndarray of bool, shape (n, horizon)
        Whether it was a customer under observation then.
    at_risk, hazard : ndarray of float, shape (horizon,)
        Customers at risk in each month from 1 on, and the share of them that left.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> lives = lived(book, durations(book), 12)
    >>> lives.mrr.shape[1], lives.hazard.shape
    (12, (12,))
    """

    entry: NDArray[np.int64]
    stop: NDArray[np.int64]
    left: Flags
    mrr: Floats
    seen: Flags
    at_risk: Floats
    hazard: Floats

    @property
    def mean_mrr(self) -> Floats:
        """Mean MRR of the customers seen in each month of life."""
        found: Floats = (self.mrr * self.seen).sum(axis=0) / self.seen.sum(axis=0)
        return found


def lived(book: Book, seen: pd.DataFrame, horizon: int) -> Lives:
    """The customers of a book by month of life.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``.
    seen : DataFrame
        Its durations in months. Who has no movements is left out.
    horizon : int
        Months.

    Returns
    -------
    Lives

    Raises
    ------
    NotReady
        Without movements.
    UsageError
        Where the records do not reach the horizon.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> bool((lived(book, durations(book), 6).hazard < 1).all())
    True
    """
    moved = seen["account_id"].isin(book.mrr_movements["account_id"])
    seen = seen[moved].reset_index(drop=True)
    table = risk_table(seen)
    last = int(table.last[0])
    if last < horizon:
        raise UsageError(Fault("beyond_follow_up", {"horizon": horizon, "last": last}))
    at_risk, events = (counts[0, 1 : horizon + 1].astype(float) for counts in (table.at_risk, table.events))
    entry, duration = seen["entry"].to_numpy(np.int64), seen["duration"].to_numpy(np.int64)
    month = np.arange(horizon)
    watched = ((entry[:, None] < month) | ((month == 0) & (entry[:, None] == 0))) & (month < duration[:, None])
    missing = np.flatnonzero((at_risk == 0) | (watched.sum(axis=0) == 0))
    if len(missing):
        raise UsageError(Fault("risk_gap", {"time": int(missing[0])}))
    stop, left = np.minimum(duration, horizon), seen["event"].to_numpy(bool) & (duration <= horizon)
    return Lives(entry, stop, left, mrr_of_life(book, seen, horizon), watched, at_risk, events / at_risk)


def mrr_of_life(book: Book, seen: pd.DataFrame, horizon: int) -> Floats:
    """MRR at the end of each calendar month, counted from that in which a customer began.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``.
    seen : DataFrame
        Durations in months of customers with movements.
    horizon : int
        Months.

    Returns
    -------
    ndarray of float, shape (customers, horizon)
        Also of months after a customer left: what it pays when it comes back is in it.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> seen = durations(book).query("entry == 0")
    >>> bool((mrr_of_life(book, seen, 1)[:, 0] == seen["mrr0_amount"]).all())
    True
    """
    import pandas as pd

    moves = book.mrr_movements
    place = pd.Index(seen["account_id"]).get_indexer(moves["account_id"])
    month = moves["month"].to_numpy().astype("datetime64[M]").astype(np.int64)[place >= 0]
    amount, place = moves["amount"].to_numpy(float)[place >= 0], place[place >= 0]
    first = np.full(len(seen), np.iinfo(np.int64).max)
    np.minimum.at(first, place, month)
    since = month - _begun(seen, first)[place]
    within = since < horizon
    cells = place[within] * horizon + np.maximum(since[within], 0)
    return summed(cells, amount[within], len(seen) * horizon).reshape(-1, horizon).cumsum(axis=1)


def _begun(seen: pd.DataFrame, first: Any) -> Any:
    """The calendar month in which each life began: that of the first movement, of those seen late that of signing."""
    late = seen["entry"].to_numpy() > 0
    guess = np.where(late, first - seen["entry"].to_numpy() - 1, first)
    if "signed_on" not in seen:
        return guess
    signed = seen["signed_on"].to_numpy().astype("datetime64[M]")
    return np.where(late & ~np.isnat(signed), signed.astype(np.int64), guess)


def _worth(lives: Lives, terms: Terms, tail: bool) -> tuple[float, Floats]:
    """The value, and its slope along each month's hazard and each month's MRR (an exact derivative)."""
    at = np.concatenate([lives.hazard, lives.mean_mrr])
    step = 1e-30
    turned = at[:, None] + 1j * step * np.eye(len(at))
    return float(_valued(at[:, None], terms, tail).real[0]), _valued(turned, terms, tail).imag / step


def _valued(numbers: Any, terms: Terms, tail: bool) -> Any:
    """The value of hazards and MRR given one below the other, column by column."""
    hazard, mrr = numbers[: terms.horizon], numbers[terms.horizon :]
    reached = np.concatenate([np.ones_like(hazard[:1]), np.cumprod(1 - hazard, axis=0)])
    weight = terms.weights[:, None]
    worth = (weight * mrr * reached[:-1]).sum(axis=0)
    if not tail:
        return worth
    span = min(YEAR, terms.horizon)
    stays = (reached[-1] / reached[-1 - span]) ** (1 / span) * terms.month
    return worth + weight[-1] * terms.month * mrr[-1] * reached[-1] / (1 - stays)


def _pull(lives: Lives, by_hazard: Floats, by_mrr: Floats) -> Floats:
    """What each account adds to the error: how far it pulls the hazards and the mean MRR its own way."""
    each = by_hazard / lives.at_risk
    expected = np.concatenate([[0.0], np.cumsum(each * lives.hazard)])
    entry = np.minimum(lives.entry, lives.stop)
    leaving = np.where(lives.left, np.concatenate([[0.0], each])[lives.stop], 0.0)
    apart = np.where(lives.seen, lives.mrr - lives.mean_mrr, 0.0)
    found: Floats = leaving - (expected[lives.stop] - expected[entry]) + apart @ (by_mrr / lives.seen.sum(axis=0))
    return found
