"""What an arm brings each customer of a trial in several ways at once: margin, hours, use. The basis of every ROI."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.capacity import hour_amount
from cslab.measure.effect.basis import basis
from cslab.measure.effect.doubly_robust import averaged, compared
from cslab.measure.effect.fitting import chances, expected, lots
from cslab.measure.effect.outcomes import Money
from cslab.measure.effect.overlap import codes
from cslab.measure.effect.scores import weights
from cslab.measure.effect.together import clusters
from cslab.measure.effect.trial import GRACE, trial

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book
    from cslab.measure.effect.trial import Trial
    from cslab.measure.estimate import Estimate

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

HORIZON = 24
METHOD = "aipw_all"
USERS = "user_months"
WAYS = ("margin", "months", USERS)
"""What is estimated; revenue and the cost of hours follow from it."""


@dataclass(frozen=True)
class Brought:
    """What one arm brings more than another, a number a customer and way, right on average.

    Parameters
    ----------
    rows : DataFrame
        ``account_id``, ``since``, ``mrr_amount`` (at signing).
    arms : tuple of str
        Which, and against which.
    more : mapping of str to ndarray of float, shape (rows,)
        By way: differences of doubly robust scores over the horizon.
    horizon : int
        Months.
    cluster : ndarray of int or None
        Which rows go together.
    left_out : mapping of str to int
        Customers that are not in it, by reason.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"account_id": ["A", "B"], "mrr_amount": [1.0, 2.0]})
    >>> float(Brought(rows, ("high", "tech"), {"margin": np.array([1.0, 3.0])}, 24).mean(margin=1.0))
    2.0
    """

    rows: pd.DataFrame
    arms: tuple[str, str]
    more: Mapping[str, Floats] = field(repr=False)
    horizon: int
    cluster: Any = field(default=None, repr=False)
    left_out: Mapping[str, int] = field(default_factory=dict, repr=False)

    def sum_of(self, **weight: float) -> Floats:
        """A weighted sum of ways for each customer.

        Parameters
        ----------
        **weight : float
            By way.

        >>> import pandas as pd
        >>> rows = pd.DataFrame({"account_id": ["A"]})
        >>> Brought(rows, ("b", "a"), {"margin": np.ones(1), "cost": np.ones(1)}, 24).sum_of(margin=1, cost=-1).tolist()
        [0.0]
        """
        return np.asarray(sum(size * self.more[name] for name, size in weight.items()), float)

    def mean(self, among: Flags | None = None, **weight: float) -> Estimate:
        """The mean of a weighted sum of ways, a customer.

        Parameters
        ----------
        among : ndarray of bool, shape (rows,), optional
        **weight : float
            By way.

        Returns
        -------
        Estimate
            Limits from the influence of each account, or cluster.

        >>> import pandas as pd
        >>> found = Brought(pd.DataFrame({"account_id": ["A"]}), ("b", "a"), {"margin": np.ones(1)}, 24)
        >>> found.mean(margin=2.0).estimate
        2.0
        """
        which = np.ones(len(self.rows), bool) if among is None else among
        cluster = None if self.cluster is None else np.unique(self.cluster[which], return_inverse=True)[1]
        return averaged(self.sum_of(**weight)[which], cluster, METHOD)


def brought(
    book: Book,
    arms: tuple[str, str],
    horizon: int = HORIZON,
    money: Money | None = None,
    strategies: Any = "tier",
    eligible: Any = None,
    grace: int = GRACE,
    covariates: Sequence[str] | None = None,
    extra: pd.DataFrame | None = None,
) -> Brought:
    """What one arm brings against another in margin, revenue, hours and active users, adjusted for what was known.

    Money is learned in months of what the customer paid at signing, then counted in currency again: otherwise a few
    giants would teach everybody's lesson.

    Parameters
    ----------
    book : Book
        Needs MRR, the cost of the team's hours and ``accounts.mrr0_amount``; active users only with ``usage_monthly``.
    arms : tuple of str
        Which, and against which.
    horizon : int
        Months from signing.
    money : Money, optional
        Margin, discount and the hours of each arm.
    strategies, eligible, grace, covariates, extra
        As for ``effect.trial``.

    Returns
    -------
    Brought
        ``margin``, ``cost`` (of hours) and ``revenue`` in currency, ``hours`` of the team, ``user_months`` (months of
        active users) where usage is known.

    Raises
    ------
    UsageError
        As ``effect.trial`` and ``effect.aipw``: above all, where the arms have no customers in common strata.
    NotReady
        For columns that the book does not have.

    >>> import cslab
    >>> book = cslab.load("synthetic:rct?accounts=400")
    >>> found = brought(book, ("high", "tech"), 12, covariates=["trial_usage", "mrr0_amount"])
    >>> sorted(found.more)
    ['cost', 'hours', 'margin', 'revenue', 'user_months']
    """
    money = money or Money()
    _refuse_free(money)
    book.require("accounts.mrr0_amount")
    terms: dict[str, Any] = {
        "strategies": strategies,
        "eligible": eligible,
        "grace": grace,
        "horizon": horizon,
        "money": money,
    }
    terms |= {"covariates": covariates, "extra": extra}
    asked = trial(book, outcome="value", **terms)
    net = trial(book, outcome="net_value", **terms).rows["outcome"].to_numpy(float)
    size = asked.rows["account_id"].map(book.accounts.set_index("account_id")["mrr0_amount"]).to_numpy(float)
    hour = hour_amount(book)
    rows = asked.rows.assign(**_outcomes(book, asked, net, size, money, hour), mrr_amount=size)
    kept = compared(replace(asked, rows=rows).among(size > 0), asked.pair(arms))
    return Brought(
        kept.rows[["account_id", "since", "mrr_amount"]],
        arms,
        _ways(_scores(kept, arms), kept.rows["mrr_amount"].to_numpy(float), arms, money, hour),
        horizon,
        clusters(kept),
        kept.left_out,
    )


def _outcomes(book: Book, asked: Trial, net: Floats, size: Floats, money: Money, hour: float) -> dict[str, Floats]:
    """What became of each customer: in units of what it paid at signing, but for the months that the hours go by."""
    margin = asked.rows["outcome"].to_numpy(float)
    size = np.where(size > 0, size, np.nan)
    months = (margin - net) / (hour * asked.rows["arm"].map(dict(money.hours)).to_numpy(float))
    found = {"margin": margin / size, "months": months}
    if book.has("usage_monthly.wau", "usage_monthly.month"):
        found[USERS] = _user_months(book, asked) / size
    return found


def _ways(
    value: Mapping[str, tuple[Floats, Floats]], size: Floats, arms: tuple[str, str], money: Money, hour: float
) -> dict[str, Floats]:
    """Differences between the arms, in currency, hours and users."""
    one, other = (money.hours[arm] * months for arm, months in zip(arms, value["months"], strict=True))
    found = {name: (pair[0] - pair[1]) * size for name, pair in value.items() if name != "months"}
    return {
        **found,
        "revenue": found["margin"] / money.gross_margin,
        "hours": one - other,
        "cost": hour * (one - other),
    }


def _user_months(book: Book, asked: Trial) -> Floats:
    """Active users summed over the months of the horizon, of each customer."""
    rows, usage = asked.rows, book.usage_monthly
    since = rows.set_index("account_id")["since"].reindex(usage["account_id"]).to_numpy("datetime64[M]")
    month = usage["month"].to_numpy("datetime64[M]")
    ahead = (month - since).astype(float)
    within = (ahead >= 0) & (ahead < asked.horizon)  # of an account that is not asked about: missing, hence neither
    users = usage["wau"].fillna(0.0)[within]
    sums = users.groupby(usage["account_id"][within]).sum()
    return np.asarray(rows["account_id"].map(sums).fillna(0.0), float)


def _scores(kept: Trial, arms: tuple[str, str]) -> dict[str, tuple[Floats, Floats]]:
    """Doubly robust scores of every outcome in both arms; the chances of an arm are the same for all of them."""
    columns, arm = basis(kept), codes(kept)
    lot = lots(arm, kept.rows["margin"].to_numpy(float), clusters(kept))
    chance = _each(lot, lambda own, others: chances(columns[others], arm[others], columns[own], len(kept.arms)))
    weight = weights(chance, arm)
    found = {}
    for name in [one for one in WAYS if one in kept.rows]:
        outcome = kept.rows[name].to_numpy(float)
        one, other = (
            _score(columns, outcome, arm == place, lot, weight[:, place])
            for place in (kept.arms.index(each) for each in arms)
        )
        found[name] = one, other
    return found


def _score(columns: Floats, outcome: Floats, inside: Flags, lot: Any, weight: Floats) -> Floats:
    """Doubly robust scores of one arm, each row judged by models of the others."""

    def line(own: Any, others: Any) -> Floats:
        """What rows of this arm let one expect of a lot."""
        learned = others & inside
        return expected(columns[learned], outcome[learned], columns[own])

    hoped = _each(lot, line)
    return np.asarray(hoped + weight * (outcome - hoped))


def _each(lot: Any, line: Any) -> Floats:
    """What is said of each lot by the others."""
    found: dict[int, Floats] = {int(one): line(lot == one, lot != one) for one in np.unique(lot)}
    first = next(iter(found.values()))
    result = np.empty((len(lot), *first.shape[1:]))
    for one, values in found.items():
        result[lot == one] = values
    return result


def _refuse_free(money: Money) -> None:
    """Refuse a margin of nothing, with which nothing could be brought."""
    if not 0 < money.gross_margin <= 1:
        raise UsageError(Fault("not_a_rate", {"name": "gross_margin", "value": money.gross_margin}))
