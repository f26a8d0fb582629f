"""What some hours bring a customer: the same customers with the same luck, laid side by side under two policies.

Nobody can read this off a company's records: whoever got more hours was chosen for it. It is known of simulated
companies only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from cslab.faults import Fault, NotReady, UsageError
from cslab.measure.estimate import Z95
from cslab.measure.net_value import GROSS_MARGIN
from cslab.world.policy import Policy, policy

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.world.truth import CompanyTruth

HORIZON, MARGIN, FUTURES = 36, GROSS_MARGIN, 16
METHOD = "paired_worlds"

EARLY = policy("high_onboarding")
"""High touch for everybody until onboarded, then by the company's rule."""

EARLY_ONLY = Policy("high_onboarding, tech from then on", shares=(1.0, 0.0, 0.0), onboarding="high")


@dataclass(frozen=True)
class Worth:
    """What some hours bring a customer, on average.

    Parameters
    ----------
    gain : float
        Gross margin over the horizon, in currency.
    error : float
        Its Monte-Carlo error.
    hours : float
        Over the horizon.
    cost : float
        Of these hours, in currency.
    n : int
        Customers.

    >>> Worth(100.0, 5.0, 10.0, 50.0, 7).columns()["per_hour"]
    10.0
    """

    gain: float
    error: float
    hours: float
    cost: float
    n: int

    def columns(self) -> dict[str, float | int | str]:
        """As the columns of a table; nothing per hour or unit of currency where no hours were spent.

        >>> Worth(100.0, 5.0, 0.0, 0.0, 7).columns()["per_cost"]
        nan
        """
        limits = {"gain": 0.0, "low": -Z95 * self.error, "high": Z95 * self.error}
        found: dict[str, float | int | str] = {name: self.gain + width for name, width in limits.items()}
        for name, base in (("per_hour", self.hours), ("per_cost", self.cost)):
            for end, width in (("", 0.0), ("_low", -Z95 * self.error), ("_high", Z95 * self.error)):
                found[name + end] = (self.gain + width) / base if base > 0 else np.nan
        return {**found, "hours": self.hours, "cost": self.cost, "n": self.n, "method": METHOD}


class Worlds:
    """The worlds of one company, ready to be compared.

    Parameters
    ----------
    book : Book
        With its truth.
    horizon : int
        Months from signing.
    gross_margin : float
        Share of the revenue that is left after the cost of serving it (0-1).
    futures : int
        How many to average over.

    Raises
    ------
    UsageError
        For a margin outside 0-1.
    NotReady
        Without the truth, or where nobody signed that long ago.

    >>> import cslab
    >>> worlds = Worlds(cslab.load("synthetic:tiny"), horizon=12, futures=2)
    >>> worlds.hours(EARLY).mean() > worlds.hours().mean()
    np.True_
    """

    def __init__(
        self, book: Book, horizon: int = HORIZON, gross_margin: float = MARGIN, futures: int = FUTURES
    ) -> None:
        if not 0 <= gross_margin <= 1:
            raise UsageError(Fault("not_a_rate", {"name": "gross_margin", "value": gross_margin}))
        book.require("truth")
        self.book, self.truth = book, cast("CompanyTruth", book.truth)
        self.horizon, self.gross_margin, self.futures = horizon, gross_margin, futures
        followed = self.truth.followed(horizon, book.as_of)
        if followed.empty:
            raise NotReady(Fault("nobody_followed", {"months": horizon, "day": book.as_of.date()}))
        self.months = float(followed["months"].mean())
        self.price = float(followed["cost_amount"].sum() / followed["hours"].sum())

    def gain(self, what: Policy | str, against: Policy | str = "") -> pd.DataFrame:
        """What each customer brings more under one policy than under another.

        Parameters
        ----------
        what, against : Policy or str
            Empty: the company's own.

        Returns
        -------
        DataFrame
            As ``truth.effect``, by ``account_id``.

        >>> import cslab
        >>> len(Worlds(cslab.load("synthetic:tiny"), 6, futures=2).gain("all_high"))
        60
        """
        found = self.truth.effect(what, against, horizon=self.horizon, futures=self.futures)
        return found.set_index("account_id")

    def hours(self, under: Policy | str = "") -> pd.Series:
        """Hours of each customer over the horizon, of those who signed that long ago.

        Parameters
        ----------
        under : Policy or str
            Empty: the company's own.

        Returns
        -------
        Series
            By ``account_id``.

        >>> import cslab
        >>> float(Worlds(cslab.load("synthetic:tiny"), 12, futures=2).hours("all_high").max())
        78.0
        """
        truth = cast("CompanyTruth", self.truth.rerun(under).truth) if under else self.truth
        return truth.followed(self.horizon, self.book.as_of).set_index("account_id")["hours"]

    def worth(self, gain: pd.DataFrame, hours: pd.Series | float) -> Worth:
        """What some hours bring some customers, on average.

        Parameters
        ----------
        gain : DataFrame
            As ``gain`` returns it, of these customers.
        hours : Series or float
            More hours of each customer, by ``account_id``, or of all alike. Of those who signed long enough ago.

        Returns
        -------
        Worth

        >>> import cslab
        >>> worlds = Worlds(cslab.load("synthetic:tiny"), 6, futures=2)
        >>> worlds.worth(worlds.gain("all_high"), 39.0).n
        60
        """
        n = len(gain)
        spent = hours if isinstance(hours, float) else float(hours.reindex(gain.index).mean())
        error = float(np.sqrt((gain["value_error"] ** 2).sum()) / n) if n else np.nan
        mean = self.gross_margin * float(gain["value_amount"].mean())
        return Worth(mean, self.gross_margin * error, spent, spent * self.price, n)

    def said(self, frame: pd.DataFrame) -> pd.DataFrame:
        """A table with what its numbers are of.

        Parameters
        ----------
        frame : DataFrame

        Returns
        -------
        DataFrame
            ``attrs``: ``horizon``, ``gross_margin``, ``currency``, ``hour_amount`` (what an hour costs), ``as_of``.

        >>> import cslab, pandas as pd
        >>> Worlds(cslab.load("synthetic:tiny"), 6, futures=2).said(pd.DataFrame()).attrs["horizon"]
        6
        """
        known = {"horizon": self.horizon, "gross_margin": self.gross_margin, "hour_amount": self.price}
        frame.attrs.update(known, currency=self.book.currency, as_of=self.book.as_of)
        return frame
