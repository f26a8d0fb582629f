"""What each link of a chain truly brings: everybody in its programme against nobody, with the same luck."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault
from cslab.measure.effect.start import turns_of
from cslab.measure.effect.tried import NotComparable, tried
from cslab.measure.estimate import Estimate, normal
from cslab.measure.impact.contrast import LEAST, YEAR, contrast
from cslab.measure.impact.exposure import Exposure, of_frame, started
from cslab.measure.impact.graph import months_due, tested
from cslab.measure.impact.series import Records
from cslab.measure.impact.window import means

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.measure.impact.chain import Chain
    from cslab.measure.impact.contrast import Floats
    from cslab.measure.impact.indicator import Indicator

METHOD = "truth_paired"
ACCOUNTS = 20_000
"""Customers drawn, so that luck hardly shows."""


@dataclass(frozen=True)
class Worlds:
    """A company twice: with everybody whose turn comes in a programme, and with nobody.

    Parameters
    ----------
    with_, without : Records
    exposure : Exposure
        The turns: of the programme, in the first world; of what has no register, those of who begins, beside others.

    >>> import cslab
    >>> from cslab.measure.impact import shipped
    >>> both = worlds(cslab.load("synthetic:tiny?programs=faq&accounts=300"), shipped("faq"), accounts=0)
    >>> bool(both.change("count(tickets)", 3).estimate < 0)
    True
    """

    with_: Records
    without: Records
    exposure: Exposure

    def change(self, indicator: Indicator | str, due: int = 0, months: int = YEAR) -> Estimate:
        """What the programme changes in an indicator for one participant, over a window after the turn.

        Parameters
        ----------
        indicator : Indicator or str
        due : int
            Months after the turn when the window begins.
        months : int
            Of the window.

        Returns
        -------
        Estimate
            In the indicator's unit. What is left of luck is that of so many customers: each is its own comparison.

        Raises
        ------
        UsageError
            Where nobody is followed so long.

        >>> import cslab
        >>> from cslab.measure.impact import shipped
        >>> both = worlds(cslab.load("synthetic:tiny?programs=faq"), shipped("faq"), accounts=0)
        >>> float(both.change("count(tickets)", due=-6, months=3))
        0.0
        """
        one, other = (records.frame(indicator) for records in (self.with_, self.without))
        if not self.exposure.by_lot:
            found = contrast(one - other, self.exposure, due, months)
            return normal(found.estimate, found.std_error, found.participants, METHOD)
        sides = [means(frame, self.exposure, due, due + months) for frame in (one, other)]
        if min(np.count_nonzero(~np.isnan(side)) for side in sides) < LEAST:
            raise NotComparable(Fault("impact.nobody_to_compare", {"programme": self.exposure.name}))
        pulls = _pulls(sides[0]) - _pulls(sides[1])
        estimate = float(np.nanmean(sides[0]) - np.nanmean(sides[1]))
        return normal(estimate, math.sqrt(float((pulls**2).sum())), int((~np.isnan(sides[0])).sum()), METHOD)


def worlds(book: Book, chain: Chain, accounts: int = ACCOUNTS) -> Worlds | None:
    """The company with a chain's programme for everybody and for nobody.

    Parameters
    ----------
    book : Book
    chain : Chain
    accounts : int
        Customers drawn; 0: as many as the company's.

    Returns
    -------
    Worlds or None
        Nothing where nobody knows the truth.

    Raises
    ------
    UsageError
        For a programme that the company does not run.

    >>> import cslab
    >>> from cslab.measure.impact import shipped
    >>> worlds(cslab.load("synthetic:tiny?programs=faq").hide_truth(), shipped("faq")) is None
    True
    """
    if book.truth is None:
        return None
    books = book.truth.paired(chain.programme or chain.name, accounts)
    with_, without = (Records(one.at(book.as_of)) for one in books)
    if chain.starts is not None:
        return Worlds(with_, without, started(books[0], with_.frame(chain.starts), chain.name))
    turns = turns_of(books[0], chain.programme).astype({"account_id": object})
    turn = turns["eligible_on"].dt.to_period("M").dt.to_timestamp()
    return Worlds(with_, without, of_frame(turns.assign(turn=turn, arm=True), name=chain.programme))


def true_effects(book: Book, chain: Chain, accounts: int = ACCOUNTS) -> pd.DataFrame | None:
    """What each link truly changes in its target for one participant, once the link has done its work.

    It is what the comparison of :func:`contrast` would find with a lot and no luck, in the same months: those on
    record from the end of the largest lags on, over a year.

    Parameters
    ----------
    book : Book
        Of a simulated company that runs the programme.
    chain : Chain
    accounts : int
        Customers drawn; 0: as many as the company's.

    Returns
    -------
    DataFrame or None
        A row a link from the activity on: ``from``, ``to``, ``estimate`` (signed, in the target's unit), ``low``,
        ``high`` (Monte-Carlo), ``n`` (participants), ``method``; missing where the target has no indicator or nobody is
        followed so long. Nothing where nobody knows the truth.

    Raises
    ------
    UsageError
        For a programme that the company does not run.

    >>> import cslab
    >>> from cslab.measure.impact import shipped
    >>> found = true_effects(cslab.load("synthetic:tiny?programs=faq&accounts=300"), shipped("faq"), accounts=0)
    >>> found["to"].tolist()[0], bool(found["estimate"][0] < 0)
    ('tickets', True)
    """
    import pandas as pd

    both = worlds(book, chain, accounts)
    if both is None:
        return None
    rows = []
    for link in tested(chain):
        found = _change(both, chain, link.target)
        rows.append((link.source, link.target, found.estimate, found.low, found.high, found.n, found.method))
    return pd.DataFrame(rows, columns=["from", "to", "estimate", "low", "high", "n", "method"])


def _change(both: Worlds, chain: Chain, node: str) -> Estimate:
    """What the programme changes in a node's indicator when that is due."""
    indicator = chain.node(node).indicator
    found = None if indicator is None else tried(both.change, indicator, months_due(chain, node))
    return found or Estimate(math.nan, math.nan, math.nan, 0, METHOD)


def _pulls(side: Floats) -> Floats:
    """How far each customer pulls the mean of those whose number is known."""
    known = ~np.isnan(side)
    return np.asarray(np.where(known, side - side[known].mean(), 0.0) / known.sum())
