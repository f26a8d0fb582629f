"""What the simulator's truth says about each thing that the lessons estimate; None where nobody knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.measure.ceiling import ceiling
from cslab.measure.decisions import before_decision
from cslab.measure.estimate import Estimate
from cslab.measure.plans import TIER_HOURS, Plan, best_plan
from cslab.measure.value.terms import Terms

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book, Truth

__all__ = [
    "TIER_HOURS",
    "Plan",
    "best_plan",
    "ceiling",
    "hazard_at",
    "restricted_mean",
    "survival",
    "usage_before_decision",
    "usage_gap",
    "value",
]

METHOD = "truth_expected"


def survival(truth: Truth | None, horizon: int, by: str | None = None) -> pd.DataFrame | None:
    """The true share still a customer, month by month since signing, of all customers ever won.

    Parameters
    ----------
    truth : Truth or None
        ``book.truth``.
    horizon : int
        Last month.
    by : str, optional
        A column of ``accounts`` to split by.

    Returns
    -------
    DataFrame or None
        [``by``], ``time`` (0..horizon), ``estimate`` (0-1), ``method``: an expectation, so without limits.

    >>> import cslab
    >>> list(survival(cslab.load("synthetic:tiny").truth, 12))
    ['time', 'estimate', 'method']
    """
    if truth is None:
        return None
    curve = truth.survival(horizon, by).rename(columns={"month": "time", "survival": "estimate"})
    return curve.assign(method=METHOD)


def survival_at(truth: Truth | None, month: int) -> Estimate | None:
    """The true share still a customer some months after signing.

    Parameters
    ----------
    truth : Truth or None
        ``book.truth``.
    month : int
        Months since signing.

    Returns
    -------
    Estimate or None
        A share (0-1).

    >>> import cslab
    >>> float(survival_at(cslab.load("synthetic:tiny").truth, 0))
    1.0
    """
    if truth is None:
        return None
    return _exact(float(truth.survival(month)["survival"].iloc[-1]), len(truth.accounts()))


def restricted_mean(truth: Truth | None, horizon: int, by: str | None = None) -> Estimate | pd.DataFrame | None:
    """The true mean months as a customer within a horizon.

    Parameters
    ----------
    truth : Truth or None
        ``book.truth``.
    horizon : int
        Where to stop counting, in months.
    by : str, optional
        A column of ``accounts`` to split by.

    Returns
    -------
    Estimate, DataFrame or None
        Months; with ``by`` one row a group: ``by``, ``estimate``, ``method``.

    >>> import cslab
    >>> 0 < float(restricted_mean(cslab.load("synthetic:tiny").truth, 12)) <= 12
    True
    """
    curve = survival(truth, horizon, by)
    if truth is None or curve is None:
        return None
    steps = curve[curve["time"] < horizon]
    if by is None:
        return _exact(float(steps["estimate"].sum()), len(truth.accounts()))
    return steps.groupby(by, sort=True)["estimate"].sum().reset_index().assign(method=METHOD)


def value(
    truth: Truth | None, horizon: int = 36, gross_margin: float = 0.8, discount: float = 0.10, futures: int = 16
) -> Estimate | None:
    """What a new customer can be expected to bring within a horizon, of all customers ever won.

    Parameters
    ----------
    truth : Truth or None
        ``book.truth``.
    horizon : int
        Months from signing.
    gross_margin : float
        Share of the revenue that is left after the cost of serving it (0-1).
    discount : float
        A year (0.10 is ten per cent).
    futures : int
        How many to average over.

    Returns
    -------
    Estimate or None
        Currency; what a customer brings who leaves and comes back is not counted.

    Raises
    ------
    UsageError
        For shares outside 0-1 or a horizon below 1.

    >>> import cslab
    >>> truth = cslab.load("synthetic:tiny").truth
    >>> float(value(truth, 12, futures=2)) < float(value(truth, 24, futures=2))
    True
    """
    if truth is None:
        return None
    terms = Terms(gross_margin, discount, horizon)
    found = truth.supposing((), horizon=terms.horizon, futures=futures, discount=terms.discount)["value_amount"]
    return _exact(terms.gross_margin * float(found.mean()), len(found))


def hazard_at(truth: Truth | None, month: int, among: pd.DataFrame | None = None) -> Estimate | None:
    """The true chance of leaving in a month of the customer's life, for those still there as it begins.

    Parameters
    ----------
    truth : Truth or None
        ``book.truth``.
    month : int
        Months since signing.
    among : DataFrame, optional
        Durations (``account_id``, ``entry``), such as ``durations.query("term_months == 12")``: look only at these
        accounts, each from its ``entry`` on, since whoever had to survive until the records began is no fair sample.

    Returns
    -------
    Estimate or None
        A chance (0-1); ``n`` counts the accounts that reached the month. None also where none did. Who left and came
        back counts with its first stay, as in ``durations``.

    >>> import cslab
    >>> 0 < float(hazard_at(cslab.load("synthetic:tiny").truth, 12)) < 1
    True
    """
    if truth is None:
        return None
    rows = truth.hazard()
    rows = rows[(rows["spell"] == 1) & (rows["tenure"] == month)]
    if among is not None:
        watched = among.loc[among["entry"] < month, "account_id"]
        rows = rows[rows["account_id"].isin(watched)]
    return _exact(float(rows["hazard"].mean()), len(rows)) if len(rows) else None


def usage_before_decision(book: Book, months_before: int = 3) -> pd.DataFrame | None:
    """Mean usage before the decision of those who leave and who stay, without the luck of who did.

    The chance of leaving follows from the latent state alone. Each decided renewal therefore counts on both sides,
    with its true chance of leaving and of staying as its weight.

    Parameters
    ----------
    book : Book
        With its truth; the rest as for ``usage.compared_before_decision``.
    months_before : int
        Months before the decision.

    Returns
    -------
    DataFrame or None
        ``status`` (``left``, ``stayed``), ``estimate`` (mean ``wau_ratio``, 0-1), ``n`` (renewals), ``method``.

    >>> import cslab
    >>> usage_before_decision(cslab.load("synthetic:tiny"))["status"].tolist()
    ['left', 'stayed']
    """
    import pandas as pd

    if book.truth is None:
        return None
    rows = _with_chance(before_decision(book, months_before), book.truth)
    weights = {"left": rows["chance"], "stayed": 1 - rows["chance"]}
    means = [(rows["value"] * weight).sum() / weight.sum() for weight in weights.values()]
    return pd.DataFrame({"status": list(weights), "estimate": means, "n": len(rows), "method": METHOD})


def usage_gap(book: Book, months_before: int = 3) -> Estimate | None:
    """How much more those who stay use before the decision than those who leave, without the luck of who did.

    Parameters
    ----------
    book : Book
        As for ``usage_before_decision``.
    months_before : int
        Months before the decision.

    Returns
    -------
    Estimate or None
        Difference of mean ``wau_ratio``.

    >>> import cslab
    >>> usage_gap(cslab.load("synthetic:tiny").hide_truth()) is None
    True
    """
    means = usage_before_decision(book, months_before)
    if means is None:
        return None
    left, stayed = means["estimate"]
    return _exact(float(stayed - left), int(means["n"].iloc[0]))


def _with_chance(decided: pd.DataFrame, truth: Truth) -> pd.DataFrame:
    """Renewals with their true chance of being refused.

    In the month in which a term runs out a customer may also close down, as in any month; the month before, in which
    nothing runs out, tells how likely that is, and it is taken out.
    """
    hazard = truth.hazard()[["account_id", "month", "hazard"]]
    ends = decided["end"].dt.to_period("M")
    rows = decided.assign(month=ends.dt.to_timestamp(), earlier=(ends - 1).dt.to_timestamp())
    rows = rows.merge(hazard, on=["account_id", "month"])
    quiet = hazard.rename(columns={"month": "earlier", "hazard": "closing"})
    rows = rows.merge(quiet, on=["account_id", "earlier"])
    return rows.assign(chance=1 - (1 - rows["hazard"]) / (1 - rows["closing"]))


def _exact(value: float, n: int) -> Estimate:
    """A true value: its limits are itself."""
    return Estimate(value, value, value, n, METHOD, 0.0)
