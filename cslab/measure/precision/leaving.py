"""Precision of what lessons 05 to 07 conclude: who is still there, what goes with leaving, how well a score ranks."""

from __future__ import annotations

from cslab.faults import Fault, NotReady
from cslab.measure.causes import stated_reasons
from cslab.measure.landmark.learning import landmarks
from cslab.measure.precision.asked import Asked, Found, half
from cslab.measure.precision.laws import hazards, interval, ranking, slope
from cslab.measure.survival import at, kaplan_meier

RANKS = 0.75
"""The AUC of a useful score; how well one's own ranks is only known when it has been judged."""

SOON, TRIED = 6, 2
"""Months ahead of which lesson 07 asks, and the last half years on which it tries a score that learned before."""


def still_there(asked: Asked) -> Found:
    """Lesson 05: the share of customers still there after the months.

    >>> import cslab
    >>> 0 < still_there(Asked(cslab.load("synthetic:tiny")))["base"] < 1
    True
    """
    found = at(kaplan_meier(asked.lives), asked.months)
    law = interval(half(found))
    return {"base": found.estimate, "n": found.n, "events": asked.departures, "law": law, "method": "greenwood"}


def two_segments(asked: Asked) -> Found:
    """Lesson 05: whether customers of the largest segment leave faster than the others.

    >>> import cslab
    >>> two_segments(Asked(cslab.load("synthetic:tiny")))["law"](1) > 1
    True
    """
    of = asked.book.accounts.set_index("account_id")["segment"].reindex(asked.lives["account_id"]).dropna()
    if of.nunique() < 2:
        raise NotReady(Fault("precision.one_group", {"column": "accounts.segment"}))
    share = float(of.value_counts(normalize=True).iloc[0])
    law = hazards(asked.departures, share, asked.sure)
    return {"base": share, "n": len(of), "events": asked.departures, "law": law, "method": "schoenfeld"}


def one_sign(asked: Asked) -> Found:
    """Lesson 06: whether customers leave faster who are one standard deviation higher on a sign such as usage.

    >>> import cslab
    >>> one_sign(Asked(cslab.load("synthetic:tiny")))["events"] > 0
    True
    """
    n, law = len(asked.lives), slope(asked.departures, 1.0, asked.sure)
    return {"base": 1.0, "n": n, "events": asked.departures, "law": law, "method": "hsieh_lavori"}


def one_reason(asked: Asked) -> Found:
    """Lesson 06: the share of the departures for which the most frequent reason is stated.

    >>> import cslab
    >>> 0 < one_reason(Asked(cslab.load("synthetic:tiny")))["base"] <= 1
    True
    """
    first = stated_reasons(asked.book).iloc[0]
    law, events = interval((float(first["high"]) - float(first["low"])) / 2), int(first["n"])
    n = asked.book.accounts["account_id"].nunique()
    return {"base": float(first["estimate"]), "n": n, "events": events, "law": law, "method": "own_interval"}


def score(asked: Asked) -> Found:
    """Lesson 07: how well a health score ranks those who leave within half a year, if it ranks as a useful one does.

    >>> import cslab
    >>> score(Asked(cslab.load("synthetic:tiny")))["base"]
    0.75
    """
    rows = landmarks(asked.book, 1 if asked.book.stock_sample else SOON)
    rows = rows[rows["as_of"].isin(sorted(rows["as_of"].unique())[-TRIED:])]
    left = int(rows["event"].sum())
    law, n = ranking(RANKS, left, len(rows) - left), rows["account_id"].nunique()
    return {"base": RANKS, "n": n, "events": left, "law": law, "method": "bamber"}
