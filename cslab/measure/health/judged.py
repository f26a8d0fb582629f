"""Scores beside what became of the customers: the rows that every judgement of a score rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import CslabError, Fault, UsageError
from cslab.measure import landmark, scores
from cslab.measure.decisions import SHORTEST_TERM
from cslab.measure.estimate import Estimate
from cslab.measure.health.score import DECLARED, chances, declaration_of
from cslab.measure.landmark.learning import too_little

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

HORIZON = 6
"""Months within which leaving counts, unless others are asked for."""


def judged(found: pd.DataFrame, book: Book, horizon: int = HORIZON) -> pd.DataFrame:
    """Scores with what became of the customers within a horizon.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.health.score` returns it, of one day or several.
    book : Book
        Which knows what became of them: as far as ``landmark.outcomes`` needs it.
    horizon : int
        Months.

    Returns
    -------
    DataFrame
        ``account_id``, ``as_of``, ``time``, ``event``, ``score``, ``colour``, ``risk`` (the score turned so that more
        means likelier to leave), ``said`` (0-1: what is read off it as the chance to leave). ``attrs`` holds the
        declaration and counts as ``unscored`` who was at risk and has no score.

    Raises
    ------
    UsageError
        For a frame that nobody declared, days so late that the horizon is not over, scores of nobody at risk, or a
        model of another horizon.

    >>> import cslab
    >>> from cslab.measure.health import score
    >>> book = cslab.load("synthetic:tiny")
    >>> rows = judged(score(book, "dear", "2024-03-31"), book)
    >>> bool((rows["risk"] == -rows["score"]).all())
    True
    """
    import pandas as pd

    declaration = declaration_of(found)
    if declaration.style == "model" and declaration.horizon != horizon:
        values = {"name": declaration.name, "horizon": declaration.horizon, "asked": horizon}
        raise UsageError(Fault("health.other_horizon", values))
    asked = pd.concat([landmark.outcomes(book, day, horizon) for day in sorted(found["as_of"].unique())])
    columns = [name for name in ("account_id", "as_of", "score", "colour", "risk") if name in found]
    rows = asked.merge(found[columns], on=["account_id", "as_of"], how="left")
    kept = rows[rows["score"].notna()].reset_index(drop=True)
    if kept.empty:
        raise UsageError(Fault("health.nobody", {"count": len(found), "day": asked["as_of"].max().date()}))
    said = kept["risk"] if "risk" in kept else declaration.as_said(kept["score"])
    kept = kept.assign(said=said, risk=declaration.risk_order(kept["score"]))
    kept.attrs = {DECLARED: declaration, "unscored": len(rows) - len(kept), "horizon": horizon, "as_of": book.as_of}
    return kept


def with_calendar(rows: pd.DataFrame, book: Book, horizon: int) -> pd.DataFrame:
    """Rows with what the calendar of renewals alone says, by a model that saw earlier days only.

    Parameters
    ----------
    rows : DataFrame
        As :func:`judged` returns it.
    book : Book
    horizon : int

    Returns
    -------
    DataFrame
        With a column ``calendar`` (0-1); without it where too little had happened before to learn from.

    >>> import cslab
    >>> from cslab.measure.health import score
    >>> book = cslab.load("synthetic:tiny")
    >>> "event" in with_calendar(judged(score(book, "dear", "2024-03-31"), book), book, 6)
    True
    """
    try:
        model = landmark.train(book.at(rows["as_of"].min()), horizon, sets=("calendar",))
    except CslabError as refused:
        if not too_little(refused):
            raise
        return rows
    told = chances(model, landmark.features_at(book, rows, sets=("calendar",), horizon=horizon))
    known = ~np.isnan(told)
    return rows.assign(calendar=np.where(known, told, told[known].mean())) if known.any() else rows


def before_decisions(book: Book, months_before: int = 3) -> tuple[pd.DataFrame, int]:
    """Decided renewals some months before their decision, and within how many months leaving counts.

    Parameters
    ----------
    book : Book
        As for ``landmark.decisions``: contracts of twelve months and more.
    months_before : int

    Returns
    -------
    tuple of DataFrame and int
        As ``landmark.decisions`` returns them, and the months that the decision and the notice take.

    Raises
    ------
    NotReady
        Without contracts and decisions.
    UsageError
        Where there is none.

    >>> import cslab
    >>> rows, horizon = before_decisions(cslab.load("synthetic:tiny"))
    >>> bool((rows["time"] <= horizon).all())
    True
    """
    horizon = months_before + landmark.NOTICE_MONTHS
    rows = landmark.decisions(book, months_before, horizon)
    if rows.empty:
        raise UsageError(Fault("no_renewals", {"term": SHORTEST_TERM, "months": months_before}))
    return rows, horizon


def told_apart(rows: pd.DataFrame, horizon: int, column: str = "risk") -> Estimate:
    """An AUC; missing where there is nothing to tell apart, since all left or nobody.

    Parameters
    ----------
    rows : DataFrame
        ``account_id``, ``time``, ``event``, and the column.
    horizon : int
    column : str
        More means likelier to leave.

    Returns
    -------
    Estimate

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"account_id": ["A1", "A2"], "time": 6, "event": True, "risk": [0.1, 0.2]})
    >>> told_apart(rows, 6).n
    2
    """
    if rows["event"].all() or not rows["event"].any():
        return Estimate(np.nan, np.nan, np.nan, int(rows["account_id"].nunique()), "auc_ipcw")
    return scores.auc(rows, horizon, column)


def calibrated(rows: pd.DataFrame, horizon: int, column: str = "said") -> scores.Calibration | None:
    """What is read off a score against the share that left; None where no slope can be fitted.

    Parameters
    ----------
    rows : DataFrame
        As :func:`judged` returns it, some of which left and some did not.
    horizon : int
    column : str
        A chance (0-1).

    Returns
    -------
    scores.Calibration or None

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"account_id": ["A1", "A2"], "time": 6, "event": [True, False], "said": 0.5})
    >>> calibrated(rows, 6) is None
    True
    """
    try:
        return scores.calibration(rows, horizon, column)
    except UsageError:
        return None
