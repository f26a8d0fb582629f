"""What a change waits for before it shows in renewals: the day on which each customer's contract can next be ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cslab.book import Book
    from cslab.measure.impact.chain import Chain

    Floats = NDArray[np.floating[Any]]

DAYS = 30.4375
"""In a month."""
USUAL = 0.8
NEW = "new"
"""The ``eligibility`` of programmes for new customers: their turn comes when the contract begins."""


@dataclass(frozen=True)
class Waits:
    """The contracts in force, and where in them a programme finds its customers.

    Parameters
    ----------
    term, notice : ndarray of float, shape (contracts,)
        Months.
    signing : bool
        Whether the programme begins with the contract; else any day of the term is as likely.

    >>> Waits(np.array([12.0]), np.array([2.0]), signing=False).usual(3)
    14.0
    """

    term: Floats
    notice: Floats
    signing: bool

    @staticmethod
    def of(book: Book, chain: Chain) -> Waits | None:
        """The contracts in force of a company; None where its tables do not say how long they run.

        Parameters
        ----------
        book : Book
            ``contracts`` with ``start``, ``end`` and ``term_months``; ``notice_days`` and ``programs.eligibility``
            where there are any.
        chain : Chain

        >>> import cslab
        >>> from cslab.measure.impact import shipped
        >>> Waits.of(cslab.load("synthetic:tiny"), shipped("faq")).signing
        False
        """
        if not all(book.has(f"contracts.{column}") for column in ("start", "end", "term_months")):
            return None
        rows = book.tables["contracts"].dropna(subset=["term_months"])
        rows = rows[(rows["start"] <= book.as_of) & (rows["end"] > book.as_of) & (rows["term_months"] > 0)]
        if rows.empty:
            return None
        notice = rows["notice_days"].fillna(0) if "notice_days" in rows else 0 * rows["term_months"]
        return Waits(rows["term_months"].to_numpy(float), notice.to_numpy(float) / DAYS, _from_signing(book, chain))

    def usual(self, months: float) -> float:
        """By when renewals show a change: with four contracts in five nobody waits longer.

        Parameters
        ----------
        months : float
            After the programme began, when the change is there at the latest.

        Returns
        -------
        float
            Months after the programme began: the next end of a contract that began with it; else a term and its notice,
            which is what the customer waits whose contract has just been renewed.

        >>> year = Waits(np.array([12.0]), np.array([2.0]), signing=True)
        >>> year.usual(8), year.usual(11)
        (12.0, 24.0)
        """
        begun = np.ceil((months + self.notice) / self.term) * self.term
        return float(np.quantile(begun if self.signing else self.term + self.notice, USUAL, method="lower"))

    def after(self, months: Floats, which: Floats, where: Floats) -> Floats:
        """How much longer until the contract ends before which a change came in time for the notice.

        Parameters
        ----------
        months : ndarray of float, shape (n,)
            After the programme began, when the change is there.
        which, where : ndarray of float, shape (n,)
            Chances (0-1): which contract, and where in its term the programme began.

        Returns
        -------
        ndarray of float, shape (n,)
            Months.

        >>> year = Waits(np.array([12.0]), np.array([2.0]), signing=True)
        >>> year.after(np.array([9.0, 11.0]), np.zeros(2), np.zeros(2)).tolist()
        [3.0, 13.0]
        """
        place = np.minimum((which * len(self.term)).astype(int), len(self.term) - 1)
        term, notice = self.term[place], self.notice[place]
        at = months + (0.0 if self.signing else where * term)
        return np.asarray(np.ceil((at + notice) / term) * term - at)


def _from_signing(book: Book, chain: Chain) -> bool:
    """Whether a chain's programme begins when the contract does."""
    if not chain.programme or not book.has("programs.eligibility"):
        return False
    programs = book.tables["programs"]
    return bool((programs.loc[programs["program_id"] == chain.programme, "eligibility"] == NEW).any())
