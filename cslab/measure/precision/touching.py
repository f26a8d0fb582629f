"""Precision of what lessons 09 to 14 conclude: hours, tiers, tests by lot, lines, programmes, the next quarter."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, NotReady
from cslab.measure.effect.fitting import chances
from cslab.measure.effect.overlap import LEAST_CHANCE
from cslab.measure.estimate import Z95
from cslab.measure.landmark.day import at_risk
from cslab.measure.landmark.encoding import encoding
from cslab.measure.precision.asked import Asked, Found
from cslab.measure.precision.laws import fall, interval, jump, shocked, two_shares
from cslab.measure.precision.quarters import MONTHLY, fees_of, quarters
from cslab.measure.renewals import contracts_due
from cslab.measure.retention import standing_mrr
from cslab.measure.signed import COLUMNS, known
from cslab.measure.touch.tiers import present_tiers

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

AROUND = 1.0
"""How far from a line of MRR lesson 11 looks here: to the e-fold of it on either side, on the scale of logarithms."""

HALF_YEAR = 6
"""Months before and after which are compared when there is nobody to compare with."""


def hours(asked: Asked) -> Found:
    """Lesson 09: the hours a month that a customer takes, of those there a year ago.

    >>> import cslab
    >>> hours(Asked(cslab.load("synthetic:tiny")))["base"] > 0
    True
    """
    touches = asked.book.touches
    recent = touches[touches["touched_on"] > asked.day]
    each = recent.groupby("account_id")["minutes"].sum().reindex(asked.leaving["account_id"], fill_value=0.0)
    mean = float(each.mean()) / 60 / asked.months
    if not mean > 0:
        raise NotReady(Fault("precision.nothing_there", {"table": "touches", "date": asked.day.date()}))
    error = float(each.std()) / 60 / asked.months / math.sqrt(len(each))
    return {"base": mean, "n": len(each), "law": interval(Z95 * error / mean), "method": "of_the_mean"}


def tiers(asked: Asked) -> Found:
    """Lesson 10: whether customers in high touch leave less than the others, just compared.

    >>> import cslab
    >>> tiers(Asked(cslab.load("synthetic:tiny")))["n"] > 0
    True
    """
    inside, outside = asked.group(_high(asked).index)
    law = two_shares(asked.base, inside, outside, asked.sure)
    return {"base": asked.base, "n": inside + outside, "law": law, "method": "fleiss"}


def adjusted(asked: Asked) -> Found:
    """Lesson 11: the same, with what was known at signing held equal: those who have no counterpart tell nothing.

    The bound that no such estimate can beat, with the chance of high touch fitted to what was known at signing.

    Source: Hahn (1998), Econometrica 66:315, grade A.

    >>> import cslab
    >>> asked = Asked(cslab.load("synthetic:default_jp?accounts=300"))
    >>> adjusted(asked)["law"](40) > tiers(asked)["law"](40)
    True
    """
    arm = asked.leaving["account_id"].isin(_high(asked).index).to_numpy()
    asked.group(_high(asked).index)
    told = known(asked.book.at(asked.day), asked.leaving, COLUMNS)
    columns = encoding(told).matrix(told)
    chance = chances(columns, arm.astype(np.int64), columns, 2)[:, 1]
    counterpart = (chance >= LEAST_CHANCE) & (chance <= 1 - LEAST_CHANCE)
    there = chance[counterpart]
    low, high = ((1 / share).sum() / len(there) ** 2 if len(there) else math.nan for share in (1 - there, there))
    law = fall(asked.base, float(low), float(high), asked.sure)
    return {"base": asked.base, "n": len(asked.leaving), "law": law, "method": "hahn"}


def lot(asked: Asked) -> Found:
    """Lesson 11: what a test by lot sees that treats half of the customers of today.

    >>> import cslab
    >>> lot(Asked(cslab.load("synthetic:tiny")))["n"] > 0
    True
    """
    n = len(at_risk(asked.book))
    law = two_shares(asked.base, n / 2, n / 2, asked.sure)
    return {"base": asked.base, "n": n, "law": law, "method": "fleiss"}


def line(asked: Asked) -> Found:
    """Lesson 11: what is seen at a line of MRR that parts the customers of a year ago in the middle.

    >>> import cslab
    >>> asked = Asked(cslab.load("synthetic:default_jp?accounts=300"))
    >>> line(asked)["law"](9) > lot(asked)["law"](9)
    True
    """
    mrr = standing_mrr(asked.book, asked.day).reindex(asked.leaving["account_id"]).dropna()
    places = np.log(mrr[mrr > 0].to_numpy(float))
    if len(places) < 2:
        raise NotReady(Fault("precision.nothing_there", {"table": "contracts", "date": asked.day.date()}))
    law = jump(places, float(np.median(places)), AROUND, asked.base, asked.sure)
    return {"base": asked.base, "n": len(places), "law": law, "method": "local_linear"}


def programme(asked: Asked) -> Found:
    """Lesson 12: whether members of a programme leave less than the others.

    >>> import cslab
    >>> programme(Asked(cslab.load("synthetic:default_jp?accounts=300")))["n"] > 0
    True
    """
    joined = asked.book.at(asked.day).program_enrolment.dropna(subset=["enrolled_on"])
    inside, outside = asked.group(joined["account_id"])
    law = two_shares(asked.base, inside, outside, asked.sure)
    return {"base": asked.base, "n": inside + outside, "law": law, "method": "fleiss"}


def before_after(asked: Asked) -> Found:
    """Lesson 12: which fall of monthly churn is seen between two half years, if nothing but chance moves it.

    >>> import cslab
    >>> 0 < before_after(Asked(cslab.load("synthetic:tiny")))["base"] < 1
    True
    """
    months = float(asked.leaving["time"].sum())
    base, n = float(asked.leaving["event"].sum()) / months, len(asked.leaving)
    watched = months * HALF_YEAR / asked.months
    return {"base": base, "n": n, "law": two_shares(base, watched, watched, asked.sure), "method": "fleiss"}


def quarter(asked: Asked) -> Found:
    """Lesson 14: the share of the fees due in the next quarter that are renewed; by all customers of today.

    >>> import cslab
    >>> 0 < quarter(Asked(cslab.load("synthetic:default_jp?accounts=300")))["base"] < 1
    True
    """
    import pandas as pd

    past = quarters(asked.book)
    tomorrow = asked.book.as_of + pd.Timedelta(days=1)
    due = contracts_due(asked.book, tomorrow, tomorrow + pd.DateOffset(months=3))
    due = due[(due["end"] - due["start"]).dt.days > MONTHLY]
    fees = fees_of(due)
    if not fees.sum() > 0:
        raise NotReady(Fault("precision.nothing_due", {"date": asked.book.as_of.date()}))
    alike = float(fees.sum() ** 2 / (fees**2).sum())
    law = shocked(past.spread, alike, past.shock)
    return {"base": past.share, "n": len(at_risk(asked.book)), "law": law, "method": "common_shock"}


def _high(asked: Asked) -> pd.Series:
    """Who was in high touch on the day."""
    there = present_tiers(asked.book.at(asked.day))
    return there[there == "high"]
