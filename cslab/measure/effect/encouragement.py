"""An invitation drawn by lot: what inviting changes, and what taking part changes for those whom it moves."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.clusters import summed
from cslab.measure.effect.experiment import experiment
from cslab.measure.effect.finished import counted, months
from cslab.measure.effect.result import Effect, Said
from cslab.measure.effect.sensitivity import sensitivity
from cslab.measure.effect.sides import apart
from cslab.measure.effect.start import turns_of
from cslab.measure.effect.together import clusters
from cslab.measure.effect.tried import NotComparable
from cslab.measure.estimate import Z95, Estimate

if TYPE_CHECKING:
    from collections.abc import Collection

    from cslab.book import Book
    from cslab.measure.effect.trial import Trial

METHOD = "anderson_rubin"


@dataclass(frozen=True)
class Encouragement:
    """What an invitation by lot tells.

    Parameters
    ----------
    invitation : Effect
        What inviting brings, whoever comes: by intention to treat.
    taking_part : Estimate
        By how much it raises the share that takes part.
    effect : Effect
        What taking part brings those who do because they were invited. Where the invitation moves too few, its limits
        are infinite: then the data do not tell.

    >>> import pandas as pd
    >>> from cslab.measure.effect.trial import of_frame
    >>> rows = pd.DataFrame({"arm": ["invited"] * 4 + ["not_invited"] * 4, "y": [1, 1, 1, 0, 1, 0, 0, 0]})
    >>> encouragement(of_frame(rows, "arm", "y", []), {"0", "1", "2", "3"}).effect.estimate
    0.5
    """

    invitation: Effect
    taking_part: Estimate
    effect: Effect


def attended(book: Book, programme: str = "", months: int = 12) -> set[str]:
    """Who took part in a programme within some months of its turn.

    Parameters
    ----------
    book : Book
        Needs ``program_enrolment``.
    programme : str
        Its id; empty: the first.
    months : int
        Not beyond the horizon over which the outcome counts: only who stays can come later.

    Returns
    -------
    set of str
        Accounts.

    Raises
    ------
    UsageError
        For a programme that there is not, or months below 1.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> attended(book) <= {*book.accounts["account_id"]}
    True
    """
    import pandas as pd

    if months < 1:
        raise UsageError(Fault("not_positive", {"name": "months", "value": months}))
    turns = turns_of(book, programme)
    in_time = turns["enrolled_on"] <= turns["eligible_on"] + pd.DateOffset(months=months)
    return {*turns.loc[in_time, "account_id"].astype(str)}


def encouragement(trial: Trial, attended: Collection[str]) -> Encouragement:
    """What an invitation drawn by lot brings, and what taking part brings.

    Parameters
    ----------
    trial : Trial
        Of ``"invited:NAME"``, from the day on which the lot fell (``time_zero="eligible"``).
    attended : collection of str
        The accounts that took part (:func:`attended`).

    Returns
    -------
    Encouragement

    Raises
    ------
    UsageError
        For arms other than invited and not; where none of the invited took part, or all of the others.

    Source: Imbens and Angrist (1994), Econometrica 62:467; limits that hold for weak invitations: Anderson and Rubin
    (1949), Annals of Mathematical Statistics 20:46, by Andrews, Stock and Sun (2019), Annual Review of Economics
    11:727, grade A.

    >>> import cslab
    >>> from cslab.measure.effect.trial import trial
    >>> book = cslab.load("synthetic:tiny?accounts=600&programs=training&policy=program_encouragement")
    >>> invited = trial(book, "invited:training", time_zero="eligible", horizon=6, covariates=[])
    >>> found = encouragement(invited, attended(book, "training"))
    >>> bool(found.taking_part.estimate > 0.2)
    True
    """
    invitation = experiment(trial, ("invited", "not_invited"))
    rows = trial.rows
    invited, came = (rows["arm"] == "invited").to_numpy(), rows["account_id"].isin({*attended}).to_numpy().astype(float)
    if came[invited].sum() == 0 or came[~invited].all():
        raise NotComparable(Fault("effect.nobody_moved", {"invited": int(invited.sum()), "came": int(came.sum())}))
    cluster = clusters(trial)
    found = late(months(trial), came, invited, cluster)
    took_part = {"invited": int(came[invited].sum()), "not_invited": int(came[~invited].sum())}
    counts = counted(trial, months(trial))
    counts["took_part"] = counts["arm"].map(took_part)
    values = {**trial.estimand.values, "arm": "enrolled", "against": "not_enrolled"}
    share = apart(came, invited, ("invited", "not_invited"), cluster)
    effect = Effect.of(
        found,
        estimand=Said(trial.estimand.key, values),
        population=Said("population.moved", {"n": len(rows), "share": share.estimate}),
        identification=Said("identification.invitation"),
        arms=("enrolled", "not_enrolled"),
        counts=counts,
        sensitivity=sensitivity(found),
        left_out=trial.left_out,
    )
    return Encouragement(invitation, share, effect)


def late(outcome: Any, came: Any, invited: Any, cluster: Any = None) -> Estimate:
    """What taking part brings those whom an invitation by lot moves.

    Parameters
    ----------
    outcome : ndarray of float, shape (n,)
    came : ndarray of float, shape (n,)
        1 for who took part, else 0.
    invited : ndarray of bool, shape (n,)
    cluster : ndarray of int, shape (n,), optional
        Which rows go together.

    Returns
    -------
    Estimate
        The effects that the data do not rule out; infinite limits where the invitation moved too few to tell.

    Source: as for :func:`encouragement`.

    >>> invited = np.repeat([True, False], 100)
    >>> came = np.where(invited, np.arange(200) % 2, 0.0)
    >>> late(came * 3.0 + np.arange(200) % 3, came, invited).round(1).estimate
    3.0
    """
    both = np.column_stack([outcome, came])
    gain, rise = (float(one) for one in both[invited].mean(axis=0) - both[~invited].mean(axis=0))
    spread, far = _spread(both, invited, cluster)
    return anderson_rubin(gain, rise, spread, len(outcome), far)


def anderson_rubin(gain: float, rise: float, spread: Any, n: int, far: float = Z95) -> Estimate:
    """One difference per unit of another, with limits that hold even where the second is hardly there.

    Parameters
    ----------
    gain, rise : float
        The differences between the same two sides: of what is looked at, and of what is to have moved it.
    spread : ndarray of float, shape (2, 2)
        Their variances and how they go together.
    n : int
        Accounts they rest on.
    far : float
        Standard errors to the limits.

    Returns
    -------
    Estimate
        The ratios that the data do not rule out; infinite limits where the second is too small to tell.

    Source: as for :func:`encouragement`.

    >>> anderson_rubin(1.0, 0.5, np.diag([0.01, 0.0]), 100).round(2).low
    1.61
    >>> anderson_rubin(1.0, 0.01, np.diag([0.01, 0.01]), 100).high
    inf
    """
    low, high = _limits(gain, rise, spread, far)
    estimate = gain / rise if rise else math.nan
    error = math.sqrt(max(spread[0, 0] - 2 * estimate * spread[0, 1] + estimate**2 * spread[1, 1], 0)) / abs(rise or 1)
    return Estimate(estimate, low, high, n, METHOD, error)


def _spread(both: Any, invited: Any, cluster: Any) -> tuple[Any, float]:
    """Variances of both differences and how they go together; and standard errors to their 95 % limits."""
    from scipy.stats import t

    pulls = np.empty(both.shape)
    for sign, side in ((1.0, invited), (-1.0, ~invited)):
        n = int(side.sum())
        own = math.sqrt(n / max(n - 1, 1)) if cluster is None else 1.0
        pulls[side] = sign * own * (both[side] - both[side].mean(axis=0)) / n
    if cluster is None:
        return pulls.T @ pulls, Z95
    sums = np.column_stack([summed(cluster, one) for one in pulls.T])
    return sums.T @ sums * len(sums) / (len(sums) - 1), float(t.ppf(0.975, max(len(sums) - 2, 1)))


def _limits(gain: float, rise: float, spread: Any, far: float) -> tuple[float, float]:
    """All effects b for which gain − b·rise is no further from 0 than luck takes it."""
    square = rise**2 - far**2 * spread[1, 1]
    middle = gain * rise - far**2 * spread[0, 1]
    rest = gain**2 - far**2 * spread[0, 0]
    inside = middle**2 - square * rest
    if square <= 0 or inside < 0:
        return -math.inf, math.inf
    width = math.sqrt(inside)
    return float((middle - width) / square), float((middle + width) / square)
