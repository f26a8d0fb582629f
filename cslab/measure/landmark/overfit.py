"""More columns than customers can carry: a score that shines on those it learned from and fails on others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Estimate
from cslab.measure.landmark.crossed import LOTS
from cslab.measure.landmark.day import decisions
from cslab.measure.landmark.encoding import MISSING, encoding
from cslab.measure.landmark.features import features_at
from cslab.measure.landmark.learning import LIGHT, landmarks

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.float64]

METHOD = "overfit"
SIDES = ("train", "test", "crossed")
SETS = ("usage", "onboarding", "voice", "people", "firmographics")
"""What is known of a renewal, beside its calendar: the usage first."""

LEAST_LEAVERS = 5
"""Leavers that there must be on both sides of a draw."""

EVERY = 6
"""Months between two looks at all customers, and within which leaving counts, where too few renewals are decided."""


def overfit(
    book: Book, n: int = 150, columns: Sequence[int] = (3, 10, 20, 39), seed: int = 1, draws: int = 20
) -> pd.DataFrame:
    """What more and more columns do to a score that learns from few customers (misconception M21).

    Each draw takes so many customers to learn from; the score is tried on all the others. The columns are what was
    known of them at the end of a quarter, three to five months before their decision, usage first; where these run out,
    columns of pure chance stand in.

    Parameters
    ----------
    book : Book
        Its decided renewals (see ``landmark.decisions``), where there are enough of them, else all customers every six
        months; of a stock sample its one period.
    n : int
        Rows to learn from.
    columns : sequence of int
        Numbers of columns to try.
    seed : int
        Of the draws.
    draws : int
        How many to average over.

    Returns
    -------
    DataFrame
        One row a number of columns: ``columns``, ``known`` (how many of them are not pure chance), ``train`` and
        ``test`` (mean AUC, 0-1) and ``crossed`` (of the rows learned from, each judged by a model of four fifths of
        the others: all that somebody has who owns no more rows), each with ``..._low`` and ``..._high`` (the middle
        95 % of the draws); ``n`` (rows learned from), ``tried`` (rows tried on), ``draws``, ``method``.

    Raises
    ------
    NotReady
        Without contracts.
    UsageError
        Where there are fewer than twice as many rows, or too few of them left; for numbers below 1.

    >>> import pandas as pd
    >>> from cslab.book import Book
    >>> ids = [f"C{number}" for number in range(200)]
    >>> ended = pd.DataFrame({"account_id": ids, "tenure_months": 5.0, "ended": [True, False] * 100})
    >>> listed = Book({"contracts": ended.assign(x_age=range(200))}, pd.Timestamp("2024-03-31"), stock_sample=True)
    >>> table = overfit(listed, n=60, columns=(1, 30), draws=3)
    >>> bool(table["train"].iloc[1] - table["test"].iloc[1] > table["train"].iloc[0] - table["test"].iloc[0])
    True
    """
    import pandas as pd

    rows = _rows(book, n)
    event = rows["event"].to_numpy(bool)
    _check(event, n, columns, draws)
    matrix, known = _columns(book, rows, max(columns), seed)
    found = []
    for count in columns:
        reached = np.array([_draw(matrix[:, :count], event, n, (seed, draw)) for draw in range(draws)])
        found.append({"columns": count, "known": min(count, known), **_summary(reached)})
    return pd.DataFrame(found).assign(n=n, tried=len(rows) - n, draws=draws, method=METHOD)


def fullest(table: pd.DataFrame) -> dict[str, Estimate]:
    """What the score of most columns reached, by whom it was tried on.

    Parameters
    ----------
    table : DataFrame
        As :func:`overfit` makes it.

    Returns
    -------
    dict of str to Estimate
        ``train``, ``crossed``, ``test``: AUC, with the middle 95 % of the draws.

    >>> import pandas as pd
    >>> sides = {f"{side}{end}": [0.6, 0.9] for side in SIDES for end in ("", "_low", "_high")}
    >>> float(fullest(pd.DataFrame({"columns": [3, 39], **sides, "n": 150}))["train"])
    0.9
    """
    most = table.sort_values("columns").iloc[-1]
    found = {}
    for side in SIDES:
        middle, low, high = (float(most[f"{side}{end}"]) for end in ("", "_low", "_high"))
        found[side] = Estimate(middle, low, high, int(most["n"]), METHOD)
    return found


def _rows(book: Book, n: int) -> pd.DataFrame:
    """What is learned from and tried on."""
    if not book.stock_sample and book.has("contracts.end", "contracts.outcome", "contracts.decided_on"):
        rows = _by_quarter(decisions(book))
        if len(rows) >= 2 * n and rows["event"].sum() >= 2 * LEAST_LEAVERS:
            return rows
    return landmarks(book, 1 if book.stock_sample else EVERY)


def _by_quarter(rows: pd.DataFrame) -> pd.DataFrame:
    """The same renewals, each looked at from the last end of a quarter."""
    import pandas as pd

    return rows.assign(
        as_of=(rows["as_of"] + pd.Timedelta(days=1)).dt.to_period("Q").dt.start_time - pd.Timedelta(days=1)
    )


def _columns(book: Book, rows: pd.DataFrame, most: int, seed: int) -> tuple[Floats, int]:
    """What is known of the rows, on one scale, and as many columns of pure chance as are missing."""
    known = features_at(book, rows, SETS)
    encoded = encoding(known)
    marks = np.array([level == MISSING for _, level in encoded.names])
    matrix = encoded.matrix(known)[:, np.argsort(marks, kind="stable")]  # what marks a gap comes last
    chance = np.random.default_rng((seed, most)).normal(size=(len(rows), max(most - matrix.shape[1], 0)))
    return np.hstack([matrix, chance]), matrix.shape[1]


def _draw(matrix: Floats, event: NDArray[np.bool_], n: int, seed: tuple[int, int]) -> tuple[float, float, float]:
    """AUC among those learned from, among the others, and among the former when each is judged by the rest of them."""
    order = np.random.default_rng(seed).permutation(len(event))
    leavers, others = order[event[order]], order[~event[order]]
    taken = max(round(n * event.mean()), LEAST_LEAVERS)
    learned = np.r_[leavers[:taken], others[: n - taken]]
    rest = np.r_[leavers[taken:], others[n - taken :]]
    everybody = matrix, event
    lots = np.arange(len(learned)) % LOTS  # the leavers come first, so each lot has its share of them
    crossed = np.empty(len(learned))
    for lot in range(LOTS):
        crossed[lots == lot] = _scores(everybody, learned[lots != lot], learned[lots == lot])
    seen, new = (_scores(everybody, learned, rows) for rows in (learned, rest))
    return _auc(event[learned], seen), _auc(event[rest], new), _auc(event[learned], crossed)


def _scores(everybody: tuple[Floats, NDArray[np.bool_]], learned: Any, rows: Any) -> Floats:
    """What a model of some rows says of others."""
    from sklearn.linear_model import LogisticRegression

    matrix, event = everybody
    model = LogisticRegression(C=1 / LIGHT, solver="newton-cholesky", max_iter=200)
    return np.asarray(model.fit(matrix[learned], event[learned]).decision_function(matrix[rows]))


def _auc(event: NDArray[np.bool_], score: Floats) -> float:
    """Chance that a leaver has the higher score of a pair."""
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(event, score))


def _summary(reached: Any) -> dict[str, float]:
    """Means and middle 95 % of what the draws reached."""
    low, high = np.quantile(reached, [0.025, 0.975], axis=0)
    found: dict[str, float] = {}
    for side, name in enumerate(SIDES):
        found |= {
            name: float(reached[:, side].mean()),
            f"{name}_low": float(low[side]),
            f"{name}_high": float(high[side]),
        }
    return found


def _check(event: NDArray[np.bool_], n: int, columns: Sequence[int], draws: int) -> None:
    """Refuse what cannot be drawn, all at once."""
    numbers = {"n": n, "draws": draws, "columns": min(columns, default=0)}
    faults = [Fault("not_positive", {"name": name, "value": value}) for name, value in numbers.items() if value < 1]
    if len(event) < 2 * n or min(event.sum(), (~event).sum()) < 2 * LEAST_LEAVERS:
        values = {"rows": len(event), "n": n, "events": int(event.sum()), "least": 2 * LEAST_LEAVERS}
        faults.append(Fault("landmark.few_to_draw", values))
    if faults:
        raise UsageError(*faults)
