"""Four ways to ruin a score without noticing, each shown by what it does to it."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure import landmark, scores
from cslab.measure.estimate import Estimate
from cslab.measure.health.declared import Declaration, Measure
from cslab.measure.health.judged import HORIZON, judged
from cslab.measure.health.score import score, score_rows
from cslab.measure.health.shipped import declared
from cslab.measure.signals import signals

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

    Date = str | pd.Timestamp


def traps(book: Book, declaration: Declaration | str, day: Date, horizon: int = HORIZON) -> pd.DataFrame:
    """A declared score beside the same score ruined in four ways.

    - ``direction``: high read as risk where it is declared healthy, or the other way round
    - ``nulls``: the other rule for gaps, no points instead of leaving them out (or the other way round)
    - ``twice``: one thing counted several times, by giving its most heavy measure three times its weight, as measures
      that say the same thing under three names do
    - ``hindsight``: made of what the tables hold today, when those who left have long gone silent

    Parameters
    ----------
    book : Book
        As for :func:`cslab.measure.health.validate`.
    declaration : Declaration or str
        Not a model.
    day : date
        At least ``horizon`` months before the last one of the book.
    horizon : int
        Months.

    Returns
    -------
    DataFrame
        One row a trap: ``trap``, ``right`` (AUC as declared), ``estimate`` (AUC in the trap), ``low``, ``high``, ``n``,
        ``method``, ``changed`` (share of customers whose colour changes). What looks better in a trap is not: hindsight
        could not have been known, and counting twice moves colours though nothing was learned.

    Raises
    ------
    NotReady, UsageError
        As :func:`cslab.measure.health.validate`; for a model, which has no measures to weigh or leave out wrongly.

    >>> import cslab
    >>> found = traps(cslab.load("synthetic:tiny"), "dear", "2024-03-31", 12).set_index("trap")
    >>> round(float(found.loc["direction", "right"] + found.loc["direction", "estimate"]), 6)
    1.0
    """
    import pandas as pd

    chosen = _with_measures(declaration)
    right = score(book, chosen, day)
    rows = judged(right, book, horizon)
    wrong = {
        "direction": judged(_reread(right, _flipped(chosen)), book, horizon),
        "nulls": judged(score(book, _other_nulls(chosen), day), book, horizon),
        "twice": judged(score(book, _twice(chosen), day), book, horizon),
        "hindsight": _today(book, chosen, rows),
    }
    lines = [_line(trap, rows, told, horizon) for trap, told in wrong.items()]
    table = pd.DataFrame(lines)
    table.attrs = {"events": int(rows["event"].sum()), "horizon": horizon, "as_of": rows["as_of"].max()}
    return table


def hindsight(book: Book, declaration: Declaration | str, day: Date, horizon: int = HORIZON) -> Estimate:
    """What a score seems to tell when it is made of today's tables, of customers some of whom are long gone.

    Parameters
    ----------
    book : Book
        As for :func:`cslab.measure.health.validate`.
    declaration : Declaration or str
        A model too.
    day, horizon
        As for :func:`traps`: the customers of that day, and who of them then left.

    Returns
    -------
    Estimate
        AUC, as nobody could have had it on that day.

    Raises
    ------
    NotReady, UsageError
        As :func:`cslab.measure.health.validate`.

    >>> import cslab
    >>> float(hindsight(cslab.load("synthetic:tiny"), "dear", "2024-03-31", 12)) > 0.5
    True
    """
    chosen = declared(declaration)
    rows = judged(score(book, chosen, day), book, horizon)
    return scores.auc(_today(book, chosen, rows), horizon)


def overlap(book: Book, declaration: Declaration | str, day: Date) -> pd.DataFrame:
    """How far the measures of a score say the same thing.

    Parameters
    ----------
    book, declaration, day
        As for :func:`traps`.

    Returns
    -------
    DataFrame
        One row a pair of measures, the most alike first: ``first``, ``second``, ``estimate`` (rank correlation),
        ``n`` (customers with both), ``weight`` (share of the score that both hold together).

    Raises
    ------
    NotReady, UsageError
        As :func:`traps`.

    >>> import cslab
    >>> bool(overlap(cslab.load("synthetic:tiny"), "dear", "2024-03-31")["estimate"].between(-1, 1).all())
    True
    """
    import pandas as pd

    chosen = _with_measures(declaration)
    values = signals(book, landmark.at_risk(book, day), chosen.signals)
    weights = np.array([one.weight for one in chosen.measures])
    pairs = [
        (one, two, *_alike(values[chosen.signals[one]], values[chosen.signals[two]]), weights[[one, two]].sum())
        for one, two in combinations(range(len(weights)), 2)
    ]
    lines = [
        {"first": chosen.signals[one], "second": chosen.signals[two], "estimate": alike, "n": n, "weight": both}
        for one, two, alike, n, both in pairs
        if np.isfinite(alike)
    ]
    table = pd.DataFrame(lines, columns=["first", "second", "estimate", "n", "weight"])
    table["weight"] /= weights.sum()
    return table.sort_values("estimate", ascending=False, key=abs, kind="stable").reset_index(drop=True)


def _with_measures(declaration: Declaration | str) -> Declaration:
    """A declared score that is made of measures."""
    chosen = declared(declaration)
    if not chosen.measures:
        raise UsageError(Fault("health.no_parts", {"name": chosen.name}))
    return chosen


def _alike(one: pd.Series, two: pd.Series) -> tuple[float, int]:
    """The rank correlation of two signals (missing where one does not vary), and how many customers it rests on."""
    known = one.notna() & two.notna()
    ranks = one[known].rank(), two[known].rank()
    varied = all(rank.nunique() > 1 for rank in ranks)
    return (float(np.corrcoef(*ranks)[0, 1]) if varied else float("nan")), int(known.sum())


def _flipped(chosen: Declaration) -> Declaration:
    """The same score read the wrong way round, its colours with it."""
    return replace(chosen, high="risk" if chosen.high == "healthy" else "healthy", red=chosen.green, green=chosen.red)


def _reread(found: pd.DataFrame, chosen: Declaration) -> pd.DataFrame:
    """Scores with another declaration."""
    told = found.assign(colour=chosen.colours(found["score"]))
    told.attrs = {"declared": chosen}
    return told


def _other_nulls(chosen: Declaration) -> Declaration:
    """The other usual rule for gaps."""
    return replace(chosen, nulls="ignore" if chosen.nulls == "zero" else "zero")


def _twice(chosen: Declaration) -> Declaration:
    """The heaviest measure three times as heavy."""
    heaviest = max(chosen.measures, key=lambda one: one.weight)
    measures: tuple[Measure, ...] = tuple(
        replace(one, weight=3 * one.weight) if one is heaviest else one for one in chosen.measures
    )
    return replace(chosen, measures=measures)


def _today(book: Book, chosen: Declaration, rows: pd.DataFrame) -> pd.DataFrame:
    """The score of the same customers as the tables stand today: a gap is what leaving leaves behind."""
    late = score_rows(book, replace(chosen, nulls="zero"), rows[["account_id"]].assign(as_of=book.as_of))
    values = late["score"].fillna(0.0).to_numpy()
    return rows.assign(risk=chosen.risk_order(values), colour=chosen.colours(values))


def _line(trap: str, rows: pd.DataFrame, told: pd.DataFrame, horizon: int) -> dict[str, Any]:
    """One trap's row."""
    found = scores.auc(told, horizon)
    both = rows.merge(told[["account_id", "as_of", "colour"]], on=["account_id", "as_of"], suffixes=("", "_told"))
    return {
        "trap": trap,
        "right": float(scores.auc(rows, horizon)),
        **found.cells(),
        "changed": float((both["colour"] != both["colour_told"]).mean()),
    }
