"""Ways of saying how likely a renewal is: the CSM's word, the colour of health, the share so far, a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import NotReady
from cslab.measure import health
from cslab.measure.landmark.features import SETS, features_at
from cslab.measure.landmark.learning import PENALTY, fit

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book
    from cslab.measure.health.declared import Declaration

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

SURE, LOST = 0.95, 0.05
"""What is said to renew, and what is said not to: one in twenty turns out otherwise all the same (grade S)."""

AT_WORD = {
    "commit_at_word": ("csm_says", {"commit": SURE, "likely": SURE, "at_risk": LOST, "unlisted": SURE}),
    "colour_at_word": ("health_colour", {"green": SURE, "yellow": SURE, "red": LOST, "none": SURE}),
}
"""Words and colours summed up as they stand: who is not said to be at risk renews, who is does not."""

LEARNT = {"commit": "csm_says", "colour": "health_colour"}
"""Words and colours that stand for the share of them that renewed so far."""

WAYS = (*AT_WORD, "rate", *LEARNT, "model")

DRAWN = 10.0
"""So many renewals of the average kind each word or colour is taken to have had before it had any."""

CALENDAR = "calendar"
"""Features that know of the next renewal of a customer: here each contract's own stands in their place."""

LONGEST_DAYS = 92
"""Of a quarter."""

LEAST = 10
"""Contracts lost, and contracts renewed, that must have been seen before anything can be learned."""


def coloured(book: Book, rows: pd.DataFrame, score: Declaration | str) -> pd.Series | None:
    """The colour of each row's customer on its day, by a health score of those measures that the book allows.

    Parameters
    ----------
    book : Book
    rows : DataFrame
        ``day``, ``account_id``.
    score : Declaration or str
        As ``health.score`` takes it.

    Returns
    -------
    Series or None
        ``red``, ``yellow``, ``green``, or ``none`` where nothing was known; None where the book allows no measure.

    >>> import cslab
    >>> from cslab.measure.renewal.due import every
    >>> book = cslab.load("synthetic:tiny")
    >>> set(coloured(book, every(book), "dear")) <= {"red", "yellow", "green", "none"}
    True
    """
    try:
        allowed = health.declared(score).only(book)
    except NotReady:
        return None
    asked = rows[["account_id"]].assign(as_of=rows["day"])
    colours = health.score_rows(book, allowed, asked)["colour"].astype(object)
    return colours.where(colours.isin(["red", "yellow", "green"]), "none")


def chances(book: Book, rows: pd.DataFrame, ways: list[str]) -> pd.DataFrame:
    """Each contract's chance of being renewed, as each way would have said on its day.

    Whatever is learned is learned of contracts whose outcome was known by the day and that were open when they were
    asked about; where too few were lost or renewed by then, the chance is missing.

    Parameters
    ----------
    book : Book
    rows : DataFrame
        As ``due.every`` makes them, with ``health_colour`` where the way of colours is asked for.
    ways : list of str
        Of ``WAYS``.

    Returns
    -------
    DataFrame
        One column a way (0-1), in the order of the rows; of what was decided on its day, what was decided.

    >>> import cslab
    >>> from cslab.measure.renewal.due import every
    >>> book = cslab.load("synthetic:tiny")
    >>> bool(chances(book, every(book), ["rate"])["rate"].dropna().between(0, 1).all())
    True
    """
    known = _features(book, rows) if "model" in ways else None
    found = rows[[]].assign(**dict.fromkeys(ways, np.nan))
    for day, part in rows.groupby("day"):
        past = (~rows["decided"] & (rows["known_on"] <= day) & rows["renewed"].notna()).to_numpy(bool)
        for way in ways:
            found.loc[part.index, way] = _said(rows, past, part, way, known)
    for way in ways:
        found[way] = found[way].mask(rows["decided"], rows["renewed"])
    return found


def _said(rows: pd.DataFrame, past: Flags, part: pd.DataFrame, way: str, known: pd.DataFrame | None) -> Any:
    """What one way says of the contracts of one day."""
    if way in AT_WORD:
        column, words = AT_WORD[way]
        return part[column].map(words).to_numpy(float)
    seen = rows.loc[past]
    lost = int((seen["renewed"] == 0).sum())
    if min(lost, len(seen) - lost) < LEAST:
        return np.nan
    if known is not None and way == "model":
        return _modelled(seen, known, part)
    average = float(seen["renewed"].mean())
    if way == "rate":
        return average
    groups = seen.groupby(LEARNT[way])["renewed"].agg(["sum", "size"])
    share = (groups["sum"] + DRAWN * average) / (groups["size"] + DRAWN)
    return part[LEARNT[way]].map(share).fillna(average).to_numpy(float)


def _modelled(seen: pd.DataFrame, known: pd.DataFrame, part: pd.DataFrame) -> Floats:
    """The chance of renewing by a logistic model of the contracts seen."""
    learned = known.loc[seen.index]
    learned = learned.loc[:, learned.notna().any()]
    model = fit(seen.assign(event=seen["renewed"] == 0), learned, 1, PENALTY)
    asked, _ = model.fill_unseen(known.loc[part.index, learned.columns])
    return np.asarray(1 - model.chance(asked).to_numpy(float))


def _features(book: Book, rows: pd.DataFrame) -> pd.DataFrame:
    """What was known of each row's customer on its day, of its contract, and what the CSM said.

    How far away the end is tells little, and nothing where it is further away than in any row learned from.
    """
    asked = rows[["account_id"]].assign(as_of=rows["day"])
    told = features_at(book, asked, [name for name in SETS if name != CALENDAR])
    days = (rows["end"] - rows["day"]).dt.days.clip(upper=LONGEST_DAYS)
    contract = {"days_to_end": days, "term_days": (rows["end"] - rows["start"]).dt.days}
    return told.assign(**{name: values.astype(float) for name, values in contract.items()}, csm_says=rows["csm_says"])
