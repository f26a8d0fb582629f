"""How much touch goes with how many who stay: a curve to look at, and why it is not the right dose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, NotReady, UsageError
from cslab.measure.clusters import summed
from cslab.measure.effect.assigned import arms_of
from cslab.measure.effect.experiment import columns
from cslab.measure.effect.planable import check_positive
from cslab.measure.effect.result import Effect, Said
from cslab.measure.effect.sensitivity import sensitivity
from cslab.measure.effect.trial import Trial, trial
from cslab.measure.estimate import Estimate, proportion
from cslab.measure.onboarding.adjustment import least_squares
from cslab.measure.spells import DAYS_A_MONTH, LATE_DAYS, origins

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

NAIVE, ADJUSTED, BAND = "dose_naive", "dose_adjusted", "hazard_wilson"
LEAST = 10
"""Customers of a band."""


@dataclass(frozen=True)
class DoseResponse:
    """Hours of touch and who stayed.

    Parameters
    ----------
    bands : DataFrame
        From the fewest hours to the most: ``band`` (from 1), ``hours`` (mean an account-month), ``low_hours``,
        ``high_hours``, ``reactive`` (share of the hours that answered a problem, where it is known), ``estimate``
        (share still there), ``low``, ``high``, ``n``, ``method``.
    naive : Effect
        By how much the share rises with an hour a month more, as it stands.
    adjusted : Effect
        The same among customers alike in what was known at signing, in how long they had been there, and in their tier.
    day : Timestamp
        Hours count up to it, staying from it on.

    >>> import cslab
    >>> dose_response(cslab.load("synthetic:tiny?accounts=600"), bands=3).naive.arms
    ('hour_more', 'as_now')
    """

    bands: pd.DataFrame
    naive: Effect
    adjusted: Effect
    day: pd.Timestamp


def dose_response(book: Book, horizon: int = 12, months: int = 6, bands: int = 4) -> DoseResponse:
    """Customers by the hours they got, and how many of them were still there a year later.

    Whoever got more hours was chosen for it: big ones, and those in trouble. So neither line is the effect of an hour;
    that they differ shows how much was chosen. The right dose is found by giving some more and some less by lot.

    Parameters
    ----------
    book : Book
        Needs ``touches`` with ``touched_on`` and ``minutes``, and ``contracts``.
    horizon : int
        Months over which staying counts, up to the last day of the data.
    months : int
        Months before, over which hours count.
    bands : int
        Groups of about as many customers each.

    Returns
    -------
    DoseResponse

    Raises
    ------
    NotReady
        Without the columns, or with fewer than ten customers a band.
    UsageError
        For numbers below 1, or fewer than two bands.

    Source: bands of equal size, a linear slope with errors robust to unequal spread; grade S.

    >>> import cslab
    >>> found = dose_response(cslab.load("synthetic:tiny?accounts=600"), bands=3)
    >>> found.bands["hours"].is_monotonic_increasing
    True
    """
    import pandas as pd

    check_positive(horizon=horizon, months=months)
    if bands < 2:
        raise UsageError(Fault("effect.one_band", {"value": bands}))
    book.require("touches.touched_on", "touches.minutes")
    day = book.as_of - pd.DateOffset(months=horizon) - pd.Timedelta(days=LATE_DAYS)
    everybody = book.accounts[["account_id"]].assign(arm="customer")
    found = trial(book, everybody, time_zero=day, horizon=horizon, extra=_known(book, day))
    if len(found.rows) < LEAST * bands:
        values = {"n": len(found.rows), "least": LEAST * bands, "day": day.date(), "bands": bands}
        raise NotReady(Fault("effect.few_for_bands", values))
    rows = found.rows.merge(_hours(book, day, months), on="account_id", how="left")
    rows = rows.fillna({"hours": 0.0, "reactive": 0.0})
    hours = rows["hours"].to_numpy(float)
    naive, adjusted = _slope(found, hours, None, NAIVE), _slope(found, hours, columns(found), ADJUSTED)
    return DoseResponse(_bands(rows, bands), naive, adjusted, day)


def _hours(book: Book, day: pd.Timestamp, months: int) -> pd.DataFrame:
    """Hours an account-month up to a day, and those of them that answered a problem; no month before it signed."""
    import pandas as pd

    touches = book.touches
    since = day - pd.DateOffset(months=months)
    touches = touches[(touches["touched_on"] > since) & (touches["touched_on"] <= day)]
    place, accounts = pd.factorize(touches["account_id"])
    minutes = touches["minutes"].to_numpy(float)
    answers = touches["reactive"].fillna(False).to_numpy(float) if "reactive" in touches else np.zeros(len(touches))
    sums = {"hours": minutes, "reactive": minutes * answers}
    there = tenures(book, day).reindex(accounts).clip(1, months).fillna(months).to_numpy(float)
    columns = {name: summed(place, each, len(accounts)) / 60 / there for name, each in sums.items()}
    return pd.DataFrame({"account_id": accounts, **columns})


def tenures(book: Book, day: pd.Timestamp) -> pd.Series:
    """Months as a customer on a day, by account.

    Parameters
    ----------
    book : Book
        Needs ``contracts.start``.
    day : Timestamp

    Returns
    -------
    Series of float
        Of all who had signed by then.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> bool((tenures(book, book.as_of) >= 0).all())
    True
    """
    since = origins(book)
    found: pd.Series = (day - since[since <= day]).dt.days / DAYS_A_MONTH
    return found


def _known(book: Book, day: pd.Timestamp) -> pd.DataFrame:
    """How long each account has been a customer on the day, and its tier then, where that is recorded."""
    import pandas as pd

    rows = book.accounts[["account_id"]].reset_index(drop=True)
    rows = rows.assign(tenure=rows["account_id"].map(tenures(book, day)))
    if not book.has("tier_history.touch_tier", "tier_history.valid_from"):
        return rows
    tier = arms_of(book, "tier", rows, pd.Series(day, index=rows.index))
    return rows.assign(touch_tier=tier.fillna("-"))


def _slope(found: Trial, hours: Any, known: Any, method: str) -> Effect:
    """By how much the share still there rises with an hour a month more."""
    told = hours[:, None] if known is None else np.hstack([hours[:, None], known])
    slope: Estimate = least_squares(found.rows["outcome"].to_numpy(float), told).slope(0, method)
    adjusted = {"covariates": tuple(found.covariates)}
    return Effect.of(
        slope,
        estimand=Said("estimand.dose", {"horizon": found.horizon}),
        population=found.population,
        identification=Said("identification.nothing") if known is None else Said("identification.adjusted", adjusted),
        arms=("hour_more", "as_now"),
        sensitivity=sensitivity(slope),
        left_out=found.left_out,
    )


def _bands(rows: pd.DataFrame, bands: int) -> pd.DataFrame:
    """Groups of about as many customers each, by their hours; those with the same hours stay together."""
    import pandas as pd

    group = pd.qcut(rows["hours"], bands, labels=False, duplicates="drop")
    table = []
    for band, part in rows.groupby(group):
        hours = part["hours"]
        share = proportion(part["outcome"].sum(), len(part), len(part), BAND)
        reactive = float(part["reactive"].sum() / hours.sum()) if hours.sum() > 0 else 0.0
        ends = {"hours": float(hours.mean()), "low_hours": float(hours.min()), "high_hours": float(hours.max())}
        table.append({"band": int(band) + 1, **ends, "reactive": reactive, **share.cells()})
    return pd.DataFrame(table)
