"""Precision of what lessons 00 to 04 conclude: what was lost and kept, days in onboarding, hand-offs, completion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.faults import Fault, NotReady
from cslab.measure import lifecycle, onboarding, retention
from cslab.measure.estimate import proportion
from cslab.measure.lifecycle.durations import durations_in_phase
from cslab.measure.precision.asked import Asked, Found, half
from cslab.measure.precision.laws import interval, two_shares
from cslab.measure.survival import kaplan_meier

if TYPE_CHECKING:
    import pandas as pd

    from cslab.measure.estimate import Estimate


def lost(asked: Asked) -> Found:
    """Lesson 00: the share of customers lost.

    >>> import cslab
    >>> lost(Asked(cslab.load("synthetic:tiny")))["n"] > 0
    True
    """
    return _of(proportion(asked.leaving["event"].sum(), len(asked.leaving), len(asked.leaving), "hazard_wilson"))


def grr(asked: Asked) -> Found:
    """Lesson 01: gross revenue retention.

    >>> import cslab
    >>> 0 < grr(Asked(cslab.load("synthetic:tiny")))["base"] <= 1
    True
    """
    since, _ = retention.look_back(asked.book, asked.months)
    return _of(retention.grr(asked.book, since, asked.book.as_of))


def nrr(asked: Asked) -> Found:
    """Lesson 01: net revenue retention.

    >>> import cslab
    >>> nrr(Asked(cslab.load("synthetic:tiny")))["base"] > 0
    True
    """
    since, _ = retention.look_back(asked.book, asked.months)
    return _of(retention.nrr(asked.book, since, asked.book.as_of))


def two_years(asked: Asked) -> Found:
    """Lesson 01: whether fewer leave than in the period before.

    >>> import cslab
    >>> two_years(Asked(cslab.load("synthetic:tiny")))["n"] > 0
    True
    """
    n = len(asked.leaving)
    return {"base": asked.base, "n": n, "law": two_shares(asked.base, n, n, asked.sure), "method": "fleiss"}


def in_onboarding(asked: Asked) -> Found:
    """Lesson 02: the median days in onboarding; its limits are where those of the curve cross a half.

    Source: Brookmeyer and Crowley (1982), Biometrics 38:29, grade A.

    >>> import cslab
    >>> in_onboarding(Asked(cslab.load("synthetic:tiny")))["base"] > 0
    True
    """
    stays = durations_in_phase(asked.book, lifecycle.rules())
    stays = stays[stays["phase"] == "onboarding"]
    if stays.empty:
        raise NotReady(Fault("precision.nobody_there", {"phase": "onboarding"}))
    curve = kaplan_meier(stays)
    middle, first, last = (_crossing(curve, name) for name in ("estimate", "low", "high"))
    return {"base": middle, "n": len(stays), "law": interval((last - first) / 2), "method": "brookmeyer_crowley"}


def handed_over(asked: Asked) -> Found:
    """Lesson 03: whether customers who were handed over badly leave more often; halves by what came across.

    >>> import cslab
    >>> handed_over(Asked(cslab.load("synthetic:tiny")))["n"] > 0
    True
    """
    known = asked.book.at(asked.day).handoffs.dropna(subset=["info_complete"])
    scores = known.groupby("account_id")["info_complete"].mean()
    seen = scores[scores.index.isin(asked.leaving["account_id"])]
    well = int((seen > seen.median()).sum())
    law = two_shares(asked.base, well, len(seen) - well, asked.sure)
    return {"base": asked.base, "n": len(seen), "law": law, "method": "fleiss"}


def completion(asked: Asked) -> Found:
    """Lesson 04: the share of customers whose onboarding gets there in time.

    >>> import cslab
    >>> 0 < completion(Asked(cslab.load("synthetic:tiny")))["base"] < 1
    True
    """
    return _of(onboarding.completion(asked.book))


def got_there(asked: Asked) -> Found:
    """Lesson 04: whether those leave less whose onboarding got there in time.

    >>> import cslab
    >>> got_there(Asked(cslab.load("synthetic:tiny")))["n"] > 0
    True
    """
    found = onboarding.completion(asked.book)
    there = found.n * found.estimate
    law = two_shares(asked.base, there, found.n - there, asked.sure)
    return {"base": asked.base, "n": found.n, "law": law, "method": "fleiss"}


def _of(estimate: Estimate) -> Found:
    """The interval that a measure gives itself."""
    return {"base": estimate.estimate, "n": estimate.n, "law": interval(half(estimate)), "method": "own_interval"}


def _crossing(curve: pd.DataFrame, name: str) -> float:
    """The day on which a curve or its limit first comes down to a half; missing where it does not."""
    return float(curve.loc[curve[name] <= 0.5, "time"].min())
