"""How much of the early churn poor hand-offs bring about: as it is said, as it is counted, and adjusted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.durations import durations
from cslab.measure.estimate import Estimate, normal
from cslab.measure.journey.chances import Chances
from cslab.measure.journey.handoffs import handoff_scores

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.float64]

ADJUSTED_FOR = (
    *("segment", "lead_source", "sales_push", "csm_in_presales", "pre_sale_education", "trial_usage", "discount_pct"),
    *("term_months", "mrr0_amount", "rep_score"),
)
"""Known at the signature, and may drive both the hand-off and leaving; what a source lacks is left out.

``rep_score`` is the mean hand-off of the customer's sales representative: beside it, what a single hand-off does is
seen among customers of one representative (Mundlak 1978, Econometrica 46:69)."""

AGAIN, SEED = 200, 1
FEWEST = 20
"""Fewer representatives than this say too little about how representatives vary; accounts are drawn then."""


def handoff_effect(book: Book, months: int = 12) -> pd.DataFrame:
    """The share of early leavers that poor hand-offs are held to account for, three ways.

    ``leavers_poor`` is what is often quoted: how many of those who left had a hand-off below average. It says nothing
    about cause, as about half of those who stayed had one too. ``crude`` asks how many fewer would have left if all
    hand-offs below average had been average ones, with nothing else in the model. ``adjusted`` asks the same with what
    was known at the signature beside it (a deal pushed at the quarter's end is handed over in haste *and* suits the
    customer less). Customers who signed at least so many months ago and were seen from their signature on.

    Not in the model is what comes after the hand-off, such as how soon the first value was reached: it is part of
    what a hand-off does. The score of a hand-off is measured with error, so the effect is somewhat understated.

    Parameters
    ----------
    book : Book
        Needs ``handoffs`` and ``contracts`` with real days; uses those of ``ADJUSTED_FOR`` that ``accounts`` has.
    months : int
        What counts as early: a customer that is gone this many months after signing, or as a first term of that
        length runs out.

    Returns
    -------
    DataFrame
        One row a way: ``way`` (``leavers_poor``, ``crude``, ``adjusted``), ``estimate`` (a share of the early leavers;
        below 0: they protect), ``low``, ``high`` (percentiles of 200 draws of sales representatives, or of accounts
        where there are fewer than twenty of those), ``n`` (accounts), ``method``. ``attrs``: ``leavers``,
        ``poor_share`` (of all), ``adjusted_for``, ``months``, ``as_of``.

    Raises
    ------
    NotReady
        Without hand-offs or contracts.
    UsageError
        Where nobody left so early, or everybody did.

    Source: attributable fraction by g-computation, Hernán and Robins (2020), *Causal Inference: What If*, chapter 13,
    grade A; limits by a bootstrap of clusters in one step (``Chances.again``).

    >>> import cslab
    >>> handoff_effect(cslab.load("synthetic:tiny"))["way"].tolist()
    ['leavers_poor', 'crude', 'adjusted']
    """
    import pandas as pd

    cohort = _Cohort(handoff_cohort(book, months))
    ways: dict[str, Callable[[Floats], float]] = {
        "leavers_poor": cohort.leavers_poor,
        "crude": cohort.attributable([]),
        "adjusted": cohort.attributable(cohort.covariates),
    }
    draws = list(cohort.draws())
    rows = [{"way": way, **_limits(share, draws, len(cohort.left))} for way, share in ways.items()]
    table = pd.DataFrame(rows).assign(n=len(cohort.left), method=[f"handoff_{way}" for way in ways])
    known = {"leavers": int(cohort.left.sum()), "poor_share": float(cohort.poor.mean())}
    table.attrs.update(adjusted_for=cohort.covariates, months=months, as_of=book.as_of, **known)
    return table


def handoff_truth(book: Book, months: int = 12, futures: int = 64) -> Estimate | None:
    """What would really be saved if every hand-off below average were an average one, as a share of early leavers.

    Parameters
    ----------
    book : Book
    months : int
        As for :func:`handoff_effect`; of the same customers.
    futures : int
        Futures to average over.

    Returns
    -------
    Estimate or None
        None where nobody knows it.

    >>> import cslab
    >>> handoff_truth(cslab.load("synthetic:tiny").hide_truth()) is None
    True
    """
    from cslab.book.supposition import HandedOver

    if book.truth is None:
        return None
    mended = HandedOver(float(book.truth.accounts()["handoff_quality"].mean()))
    worlds = book.truth.supposing([mended], horizon=months, futures=futures)
    worlds = (
        worlds[worlds["case"] == mended.case]
        .set_index("account_id")
        .reindex(handoff_cohort(book, months)["account_id"])
    )
    lost = float((1 - worlds["retained"] + worlds["retained_gain"]).mean())
    error = float(np.sqrt((worlds["retained_gain_error"] ** 2).sum())) / len(worlds) / lost
    return normal(float(worlds["retained_gain"].mean()) / lost, error, len(worlds), "truth_supposed")


def handoff_cohort(book: Book, months: int = 12) -> pd.DataFrame:
    """Customers of whom it is known whether they left early, with their first hand-off.

    Parameters
    ----------
    book, months
        As for :func:`handoff_effect`.

    Returns
    -------
    DataFrame
        One row a customer that was seen from its signature, so many months ago at least: ``account_id``, ``left``
        (1: within these months), ``score`` and ``poor`` (see ``handoff_scores``), ``rep_score`` (mean score of its
        sales representative, where that is known), ``term_months`` and all columns of ``accounts``.

    Raises
    ------
    NotReady
        Without hand-offs or contracts.
    UsageError
        Where nobody left so early, or everybody did.

    >>> import cslab
    >>> sorted(handoff_cohort(cslab.load("synthetic:tiny"))["left"].unique().tolist())
    [0.0, 1.0]
    """
    import pandas as pd

    book.require("handoffs.handed_on", "contracts.start", "contracts.end")
    lives = durations(book)
    early = lives["event"] & (lives["duration"] <= months)
    begun = lives["account_id"].map(book.contracts.groupby("account_id")["start"].min())
    ripe = begun + pd.DateOffset(months=months) <= book.as_of  # of later ones only leavers would be known
    rows = lives[(lives["entry"] == 0) & ripe & (early | (lives["duration"] >= months))]
    rows = rows.assign(left=early.astype(float)).drop(columns=["entry", "duration", "event", "cause"])
    rows = rows.merge(handoff_scores(book), on="account_id")
    if rows["left"].nunique() < 2:
        values = {"months": months, "n": len(rows), "left": int(rows["left"].sum())}
        raise UsageError(Fault("journey.all_alike", values))
    if "sales_rep_id" in rows:
        rows["rep_score"] = rows.groupby("sales_rep_id")["score"].transform("mean")
    return rows.reset_index(drop=True)


def _limits(share: Callable[[Floats], float], draws: list[Floats], n: int) -> dict[str, float]:
    """An estimate, and the percentiles of what draws make of it."""
    estimate = share(np.ones(n))
    low, high = np.percentile([share(weights) for weights in draws], [2.5, 97.5])
    return {"estimate": estimate, "low": float(low), "high": float(high)}


@dataclass(frozen=True)
class _Cohort:
    """Customers whose early leaving is known."""

    rows: pd.DataFrame

    @cached_property
    def left(self) -> Floats:
        """Who left early."""
        return self.rows["left"].to_numpy(float)

    @cached_property
    def poor(self) -> NDArray[np.bool_]:
        """Whose hand-off was below average."""
        return self.rows["poor"].to_numpy(bool)

    @cached_property
    def covariates(self) -> list[str]:
        """What is adjusted for."""
        return [name for name in ADJUSTED_FOR if name in self.rows and self.rows[name].nunique() > 1]

    def attributable(self, names: list[str]) -> Callable[[Floats], float]:
        """How many fewer would leave early if no hand-off were below average, by a model with some covariates.

        A draw is one step from the model of all.
        """
        model = Chances(self.rows, "left", ["score", *names])
        mended = model.columns.copy()
        mended[:, 1] = np.maximum(mended[:, 1], 0.0)  # behind the constant: the score of the hand-off

        def share(weights: Floats) -> float:
            slopes = model.again(weights)
            now, then = model.chance(slopes), model.chance(slopes, mended)
            return float(1 - (weights * then).sum() / (weights * now).sum())

        return share

    def leavers_poor(self, weights: Floats) -> float:
        """The share of those who left early that had a poor hand-off."""
        gone = weights * self.left
        return float((gone * self.poor).sum() / gone.sum())

    def draws(self) -> list[Floats]:
        """How often each account counts in each draw of clusters."""
        import pandas as pd

        names = self.rows.get("sales_rep_id", self.rows["account_id"])
        names = names if names.nunique() >= FEWEST else self.rows["account_id"]
        cluster, found = pd.factorize(names.fillna(""))
        lots, even = np.random.default_rng(SEED), np.full(len(found), 1 / len(found))
        tried = (lots.multinomial(len(found), even)[cluster].astype(float) for _ in range(AGAIN))
        return [weights for weights in tried if weights @ self.left > 0]
