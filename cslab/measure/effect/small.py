"""What a small test tells, counted out: how often it sees anything, or the wrong way round, and how much too large."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.effect.planable import check_positive, check_shares
from cslab.measure.effect.two_shares import newcombe

MOST = 2_000
"""Customers of a side up to whom every outcome of a test is counted out."""


@dataclass(frozen=True)
class SmallTrial:
    """What becomes of a test, over all outcomes that it can have.

    Parameters
    ----------
    seen : float
        Chance that its limits leave 0 out, where the effect is there (0-1).
    false_alarm : float
        The same where there is no effect.
    wrong_sign : float
        Of the results that are seen, the share that points the wrong way (0-1; missing where nothing is ever seen).
    exaggeration : float
        How many times as large as the true effect the results are that are seen, on average.

    >>> SmallTrial(0.1, 0.05, 0.2, 4.0).seen
    0.1
    """

    seen: float
    false_alarm: float
    wrong_sign: float
    exaggeration: float


def small_trial(base: float, effect: float, treated: int, control: int | None = None) -> SmallTrial:
    """Every outcome that a test by lot can have, each with its chance, read as the test would be read.

    Parameters
    ----------
    base : float
        Share without the treatment (0-1).
    effect : float
        What the treatment truly changes in it.
    treated : int
        Customers with the treatment.
    control : int, optional
        Customers without it; as many, where not given.

    Returns
    -------
    SmallTrial

    Raises
    ------
    UsageError
        For shares outside 0-1, no effect, no customers, or more than two thousand on a side (``power`` suffices there).

    Source: errors of sign and size by Gelman and Carlin (2014), Perspectives on Psychological Science 9:641; limits by
    Newcombe (1998), Statistics in Medicine 17:873, grade A.

    >>> found = small_trial(0.30, -0.10, 15)  # thirty customers, ten points
    >>> round(found.seen, 2), round(found.exaggeration, 1)
    (0.1, 3.7)
    """
    from scipy.stats import binom

    control = treated if control is None else control
    check_shares(base, effect)
    check_positive(treated=treated, control=control)
    if max(treated, control) > MOST:
        raise UsageError(Fault("effect.not_small", {"value": max(treated, control), "most": MOST}))
    hits, others = np.arange(treated + 1)[:, None], np.arange(control + 1)[None, :]
    size = hits / treated - others / control
    low, high = newcombe(hits, treated, others, control)
    told = (low > 0) | (high < 0)
    without = binom.pmf(others, control, base)
    there = binom.pmf(hits, treated, base + effect) * without
    seen = float((there * told).sum())
    wrong = float((there * told * (np.sign(size) != np.sign(effect))).sum())
    large = float((there * told * np.abs(size)).sum())
    return SmallTrial(
        seen=seen,
        false_alarm=float((binom.pmf(hits, treated, base) * without * told).sum()),
        wrong_sign=wrong / seen if seen > 0 else math.nan,
        exaggeration=large / seen / abs(effect) if seen > 0 else math.nan,
    )
