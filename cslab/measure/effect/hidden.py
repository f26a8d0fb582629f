"""What only a simulator knows: what touch truly changes for the customers of a trial, and what their CSMs felt."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from cslab.measure.effect.outcomes import Money
from cslab.measure.estimate import Estimate, normal

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.measure.effect.trial import Trial
    from cslab.world.truth import CompanyTruth

METHOD, FUTURES = "truth_expected", 8


def struggling(book: Book) -> pd.DataFrame | None:
    """Who got off to a bad start: what a CSM felt when deciding whom to look after, and what stands in no table.

    Parameters
    ----------
    book : Book

    Returns
    -------
    DataFrame or None
        ``account_id``, ``struggling`` (bool), as ``extra`` of a trial takes it; None where nobody knows the truth.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> list(struggling(book)), struggling(book.hide_truth()) is None
    (['account_id', 'struggling'], True)
    """
    if book.truth is None:
        return None
    truth = cast("CompanyTruth", book.truth)
    known = truth.accounts()
    felt = known["fit"] + known["first_impression"] < truth.scenario.override_below
    return known[["account_id"]].assign(struggling=felt)


def truly(book: Book, trial: Trial, arms: tuple[str, str], arm: str = "", futures: int = FUTURES) -> Estimate | None:
    """What one tier truly changes against another in the share still there, for the customers of a trial.

    Parameters
    ----------
    book : Book
    trial : Trial
        Of tiers, from signing.
    arms : tuple of str
        Tiers: which, and against which.
    arm : str
        Only those in this arm; empty: all rows.
    futures : int
        How many to average over.

    Returns
    -------
    Estimate or None
        A difference of shares; Monte-Carlo limits. None where nobody knows the truth.

    >>> import cslab
    >>> from cslab.measure.effect.trial import trial
    >>> book = cslab.load("synthetic:tiny")
    >>> found = truly(book, trial(book, horizon=6, covariates=["segment"]), ("high", "tech"), futures=2)
    >>> found.method
    'truth_expected'
    """
    gain = _gain(book, trial, arms, futures)
    if gain is None:
        return None
    rows = trial.rows[trial.rows["arm"] == arm] if arm else trial.rows
    each = gain.reindex(rows["account_id"])
    error = float(np.sqrt((each["retained_error"] ** 2).sum())) / len(each)
    return normal(float(each["retained"].mean()), error, len(each), METHOD)


def months_truly(book: Book, trial: Trial, arms: tuple[str, str], futures: int = FUTURES) -> pd.Series | None:
    """What one tier truly brings each customer of a trial more than another, in months of its MRR at signing.

    Parameters
    ----------
    book : Book
    trial : Trial
        Of tiers, from signing, with an outcome in months of MRR and ``mrr0_amount`` among its covariates.
    arms : tuple of str
        Tiers: which, and against which.
    futures : int
        How many to average over.

    Returns
    -------
    Series or None
        Gross margin more over MRR at signing, by ``account_id``. None where nobody knows the truth.

    >>> import cslab
    >>> from cslab.measure.effect.trial import trial
    >>> book = cslab.load("synthetic:tiny")
    >>> rows = trial(book, outcome="value", horizon=6, covariates=["mrr0_amount"])
    >>> len(months_truly(book, rows, ("high", "tech"), futures=2)) == len(rows.rows)
    True
    """
    gain = _gain(book, trial, arms, futures)
    if gain is None:
        return None
    rows = trial.rows.set_index("account_id")
    more: pd.Series = Money().gross_margin * gain["value_amount"].reindex(rows.index)
    return more / np.exp(rows["mrr0_amount"].astype(float))


def _gain(book: Book, trial: Trial, arms: tuple[str, str], futures: int) -> pd.DataFrame | None:
    """What one tier truly changes against another, by account."""
    if book.truth is None:
        return None
    truth = cast("CompanyTruth", book.truth)
    gain = truth.effect(f"all_{arms[0]}", f"all_{arms[1]}", horizon=trial.horizon, futures=futures)
    return gain.set_index("account_id")
