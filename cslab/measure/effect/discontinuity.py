"""Regression discontinuity: customers just above a threshold of the tier rule against those just below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from cslab.faults import Fault, UsageError, nearest
from cslab.measure import signed
from cslab.measure.effect.density import density_jump
from cslab.measure.effect.finished import months
from cslab.measure.effect.jump import Jump, jump
from cslab.measure.effect.local_linear import Side, polynomial
from cslab.measure.effect.placebo import placebo
from cslab.measure.effect.power import SEEN
from cslab.measure.effect.result import Effect, Said
from cslab.measure.effect.sensitivity import sensitivity
from cslab.measure.effect.together import refuse_clusters
from cslab.measure.effect.tried import NotComparable
from cslab.measure.estimate import Estimate, normal

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.measure.effect.local_linear import Floats
    from cslab.measure.effect.trial import Trial
    from cslab.world.truth import CompanyTruth

NEAR = 0.3
"""How near the threshold (in logs of the amount) customers lie whose true effects tell what is true at it."""

FUTURES = 8
"""How many futures the truth is averaged over."""

BINS = 12
"""Groups of customers on each side of the threshold in a picture."""

ALMOST = 0.995
"""Share of a side that has to have its tier for the threshold to be all that decides."""


@dataclass(frozen=True)
class Discontinuity:
    """What a threshold does to those at it.

    Parameters
    ----------
    effect : Effect
        The jump, with limits that know how far the curves bend.
    jump : Jump
        The same, with bandwidths and customers on each side.
    running : str
        The column that the threshold is drawn on.
    threshold : float
        In that column's unit.
    density : Estimate
        By how much more customers lie just above than just below (logarithm of the ratio): 0 where nobody was moved.
    placebo : DataFrame
        Jumps of what was known beforehand, where there should be none: ``covariate``, ``level``, ``estimate``, ``low``,
        ``high``, ``p_value``, ``p_holm`` (as if each had to answer for all), ``n``.
    arms_at : DataFrame
        Within the bandwidth: ``arm``, ``below``, ``above`` (shares of the side).
    sharp : bool
        Whether the threshold alone decided who got which.
    curve : DataFrame
        For a picture: ``side``, ``place`` (in the unit of the column), ``mean``, ``n``, ``line`` (the fitted one,
        missing beyond the bandwidth).

    >>> import pandas as pd
    >>> from cslab.measure.effect.trial import of_frame
    >>> size = np.linspace(-1, 1, 200)
    >>> rows = pd.DataFrame({"size": size, "arm": np.where(size < 0, "tech", "mid"), "y": 1.0 * (size >= 0) + size})
    >>> regression_discontinuity(of_frame(rows, "arm", "y", ["size"]), "size", 0.0).sharp
    True
    """

    effect: Effect
    jump: Jump
    running: str
    threshold: float
    density: Estimate
    placebo: pd.DataFrame
    arms_at: pd.DataFrame
    sharp: bool
    curve: pd.DataFrame

    @property
    def detectable(self) -> float:
        """The smallest effect at the threshold that this many customers show four times in five.

        >>> import cslab
        >>> from cslab.measure.effect.trial import trial
        >>> book = cslab.load("synthetic:calibration?seed=1&accounts=900&policy=pure_rule")
        >>> found = regression_discontinuity(trial(book, horizon=12), "mrr0_amount", 80_000)
        >>> bool(found.detectable > 2 * found.effect.std_error)
        True
        """
        return SEEN * self.effect.std_error


def regression_discontinuity(trial: Trial, running: str, threshold: float) -> Discontinuity:
    """What a tier brings those at the threshold from which it is given.

    Just above and just below it customers are alike in everything but the tier, if nobody was moved over it. So the
    answer holds at the threshold and nowhere else, and it is unsure: only those near it tell anything.

    Parameters
    ----------
    trial : Trial
        With the running column among its covariates (amounts by their logarithm, as a trial has them).
    running : str
        The column that the threshold is drawn on.
    threshold : float
        In the column's own unit (the book's currency for an amount).

    Returns
    -------
    Discontinuity
        Of the most frequent arm just above against the most frequent just below.

    Raises
    ------
    UsageError
        For a column that the trial does not have or that holds words, a threshold with hardly anybody on one side of
        it or that parts nobody, where the same became of everybody near it, or a trial of groups that go together.

    Source: Imbens and Lemieux (2008), Journal of Econometrics 142:615; limits by Calonico, Cattaneo and Titiunik
    (2014), Econometrica 82:2295, grade A.

    >>> import cslab
    >>> from cslab.measure.effect.trial import trial
    >>> book = cslab.load("synthetic:calibration?seed=1&accounts=900&policy=pure_rule")
    >>> found = regression_discontinuity(trial(book, horizon=12), "mrr0_amount", 80_000)
    >>> found.effect.arms, found.sharp
    (('mid', 'tech'), True)
    """
    refuse_clusters(trial, "regression_discontinuity")
    place, outcome = _place(trial, running, threshold), months(trial)
    share = trial.outcome == "retained"
    found = jump(place, outcome, *((-1.0, 1.0) if share else (-np.inf, np.inf)))
    near = np.abs(place) < found.bandwidth
    if np.ptp(outcome[near]) == 0:
        raise NotComparable(Fault("effect.one_outcome", {"n": int(near.sum()), "value": float(outcome[near][0])}))
    sides = {name: trial.rows.loc[near & where, "arm"] for name, where in (("below", place < 0), ("above", place >= 0))}
    shares = _arms_at(trial, sides)
    arms = _arms(shares, threshold)
    sharp = _share(shares, arms[0], "above") >= ALMOST and _share(shares, arms[1], "below") >= ALMOST
    known = placebo(trial, place, running)
    return Discontinuity(
        effect=_effect(trial, outcome, found, sides, arms, (running, threshold), sharp, shares, known),
        jump=found,
        running=running,
        threshold=threshold,
        density=density_jump(place),
        placebo=known,
        arms_at=shares,
        sharp=sharp,
        curve=_curve(place, outcome, found.bandwidth, threshold, running in signed.AMOUNTS),
    )


def truth(
    book: Book, threshold: float, arms: tuple[str, str] = ("mid", "tech"), horizon: int = 24, near: float = NEAR
) -> Estimate | None:
    """What a tier truly brings those at a threshold of MRR at signing, in share still there.

    Parameters
    ----------
    book : Book
    threshold : float
        In currency.
    arms : tuple of str
        Which tier, and against which.
    horizon : int
        Months after signing.
    near : float
        How near the threshold customers lie that are averaged over, in logs of the amount; the nearer, the more it
        counts.

    Returns
    -------
    Estimate or None
        A difference of shares with its Monte-Carlo limits; ``None`` where nobody knows it, or nobody is that near.

    >>> import cslab
    >>> book = cslab.load("synthetic:calibration?seed=1&accounts=300&policy=pure_rule")
    >>> bool(truth(book, 80_000).estimate > 0)
    True
    """
    if book.truth is None:
        return None
    known = cast("CompanyTruth", book.truth)
    gains = known.effect(f"all_{arms[0]}", f"all_{arms[1]}", horizon=horizon, futures=FUTURES)
    rows = gains.merge(book.accounts[["account_id", "mrr0_amount"]], on="account_id")
    weights = np.maximum(0.0, 1 - np.abs(np.log(rows["mrr0_amount"].to_numpy(float) / threshold)) / near)
    if not (weights > 0).any():
        return None
    gain, each = rows["retained"].to_numpy(float), weights / weights.sum()
    mean = float(each @ gain)
    error = float(np.sqrt((each**2) @ ((gain - mean) ** 2 + rows["retained_error"].to_numpy(float) ** 2)))
    return normal(mean, error, int((weights > 0).sum()), "truth_expected", -1.0, 1.0)


def _place(trial: Trial, running: str, threshold: float) -> Floats:
    """How far each customer lies from the threshold: in logs, where the column is an amount."""
    if running not in trial.covariates:
        values = {"name": running, "near": nearest(running, trial.covariates), "known": ", ".join(trial.covariates)}
        raise UsageError(Fault("effect.no_running", values))
    if trial.rows[running].dtype.kind not in "fiub":
        raise UsageError(Fault("effect.running_words", {"name": running, "first": str(trial.rows[running].iloc[0])}))
    if gaps := int((~np.isfinite(trial.rows[running].to_numpy(float))).sum()):
        raise NotComparable(Fault("effect.gaps", {"name": running, "count": gaps, "n": len(trial.rows)}))
    if running in signed.AMOUNTS and threshold <= 0:
        raise UsageError(Fault("not_positive", {"name": "threshold", "value": threshold}))
    line = np.log(threshold) if running in signed.AMOUNTS else threshold
    return np.asarray(trial.rows[running].to_numpy(float) - line)


def _arms(shares: pd.DataFrame, threshold: float) -> tuple[str, str]:
    """The most frequent arm above and below; refused where it is the same."""
    above, below = (str(shares["arm"].iloc[int(shares[side].argmax())]) for side in ("above", "below"))
    if above == below:
        both = {side: _share(shares, above, side) for side in ("above", "below")}
        raise NotComparable(Fault("effect.not_parted", {"threshold": threshold, "arm": above, **both}))
    return above, below


def _arms_at(trial: Trial, sides: dict[str, pd.Series]) -> pd.DataFrame:
    """The arms' shares on each side."""
    import pandas as pd

    shares = {name: arms.value_counts(normalize=True) for name, arms in sides.items()}
    table = pd.DataFrame(shares).reindex([arm for arm in trial.arms if any(arm in one for one in shares.values())])
    return table.fillna(0.0).rename_axis("arm").reset_index()


def _share(shares: pd.DataFrame, arm: str, side: str) -> float:
    """The share of one arm on one side."""
    return float(shares.loc[shares["arm"] == arm, side].sum())


def _effect(
    trial: Trial,
    outcome: Floats,
    found: Jump,
    sides: dict[str, pd.Series],
    arms: tuple[str, str],
    line: tuple[str, float],
    sharp: bool,
    shares: pd.DataFrame,
    known: pd.DataFrame,
) -> Effect:
    """The jump with what has to be said of it."""
    import pandas as pd

    values = {"running": line[0], "threshold": line[1], "arm": arms[0], "against": arms[1]}
    counts = [
        {"arm": arm, "customers": len(side), "mean": float(outcome[side.index].mean())}
        for arm, side in zip(arms, (sides["above"], sides["below"]), strict=True)
    ]
    return Effect.of(
        found,
        estimand=Said("estimand.at_line", {**values, "outcome": trial.outcome, "horizon": trial.horizon}),
        population=Said("population.at_line", {**values, "n": found.n}),
        identification=Said("identification.line" if sharp else "identification.mixed_line", values),
        arms=arms,
        counts=pd.DataFrame(counts),
        overlap=shares,
        balance=known,
        sensitivity=sensitivity(found),
        left_out=trial.left_out,
    )


def _curve(place: Floats, outcome: Floats, bandwidth: float, threshold: float, amount: bool) -> pd.DataFrame:
    """Means of groups of customers by their place, and the fitted lines, out to twice the bandwidth."""
    import pandas as pd

    parts = []
    for name, where in (("below", place < 0), ("above", place >= 0)):
        line = polynomial(Side.of(place[where], outcome[where]), bandwidth, 1).slopes
        shown = where & (np.abs(place) < 2 * bandwidth)
        group = np.minimum((np.abs(place[shown]) / (2 * bandwidth) * BINS).astype(int), BINS - 1)
        part = pd.DataFrame({"group": group, "place": place[shown], "mean": outcome[shown]})
        means = part.groupby("group").agg(place=("place", "mean"), mean=("mean", "mean"), n=("mean", "size"))
        inside = means["place"].abs() < bandwidth
        means["line"] = np.where(inside, line[0] + line[1] * means["place"], np.nan)
        ends = {"place": 0.0, "mean": np.nan, "n": 0, "line": float(line[0])}
        parts.append(pd.concat([means, pd.DataFrame([ends])], ignore_index=True).assign(side=name))
    curve = pd.concat(parts, ignore_index=True)
    unit = threshold * np.exp(curve["place"]) if amount else threshold + curve["place"]
    return curve.assign(place=unit)[["side", "place", "mean", "n", "line"]]
