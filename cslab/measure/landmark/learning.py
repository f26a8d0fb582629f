"""Learning who leaves within a horizon, from past landmarks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import CslabError, Fault, UsageError
from cslab.measure.landmark.day import outcomes
from cslab.measure.landmark.days import days, first, latest
from cslab.measure.landmark.encoding import encoding
from cslab.measure.landmark.features import SETS, features_at
from cslab.measure.landmark.model import Model

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Date = str | pd.Timestamp
    Floats = NDArray[np.float64]

PENALTY = 50.0
"""How much the squares of weights cost: enough to keep forty columns in hand with fifty leavers."""

TOO_LITTLE = frozenset({f"landmark.{name}" for name in ("one_outcome", "too_short", "nothing_known")})
"""Faults of a past that holds too little to learn from."""

LIGHT = 1.0
"""The same for a handful of columns: what the libraries take, unless they are told otherwise."""

LEAST = 1e-6
"""A penalty so small that it only keeps columns that follow from one another apart."""


def train(
    book: Book,
    horizon: int,
    days: Sequence[Date] | None = None,
    sets: Sequence[str] = SETS,
    penalty: float = PENALTY,
) -> Model:
    """Learn who leaves within a horizon, from landmarks whose horizon is over.

    Parameters
    ----------
    book : Book
        Needs ``contracts``; a stock sample is read as one period.
    horizon : int
        Months; 1 for a stock sample.
    days : sequence of date, optional
        Landmarks; every ``horizon`` months as far back as the records go, where not given.
    sets : sequence of str
        What the model may know, of ``SETS``.
    penalty : float
        How much weights cost; 0 for none.

    Returns
    -------
    Model

    Raises
    ------
    NotReady
        Without contracts.
    UsageError
        Where nobody left, or everybody; where a landmark is too early or late, the records too short, or no day given;
        for another horizon than 1 of a stock sample.

    >>> import cslab
    >>> train(cslab.load("synthetic:tiny"), horizon=6, sets=("calendar",)).events > 0
    True
    """
    rows = landmarks(book, horizon, days)
    known = features_at(book, rows, sets, horizon)
    return fit(rows, known, horizon, penalty)


def landmarks(book: Book, horizon: int, on: Sequence[Date] | None = None) -> pd.DataFrame:
    """What became within a horizon of everybody at risk, over several days.

    Parameters
    ----------
    book : Book
        Needs ``contracts``.
    horizon : int
        Months.
    on : sequence of date, optional
        As for :func:`train`.

    Returns
    -------
    DataFrame
        As ``outcomes``, the days one after the other.

    Raises
    ------
    NotReady, UsageError
        As ``outcomes`` and ``days``, and where no day is given.

    >>> import cslab
    >>> landmarks(cslab.load("synthetic:tiny"), horizon=12)["as_of"].nunique() > 1
    True
    """
    import pandas as pd

    if book.stock_sample:
        return outcomes(book, horizon=horizon)
    chosen = days(book, horizon) if on is None else on
    if not len(chosen):
        raise UsageError(Fault("landmark.no_days"))
    return pd.concat([outcomes(book, day, horizon) for day in chosen], ignore_index=True)


def leavers(book: Book, horizon: int) -> int:
    """How many departures there are to learn from.

    Parameters
    ----------
    book : Book
    horizon : int
        Months; of a stock sample all who have left count, whatever the horizon.

    Returns
    -------
    int
        Over all landmarks of :func:`landmarks`; 0 where the book knows nothing of who was a customer when, or the
        records are too short.

    >>> import cslab
    >>> leavers(cslab.load("synthetic:tiny"), 6) > leavers(cslab.load("synthetic:tiny"), 120)
    True
    """
    if not (book.stock_sample or book.has("contracts.start", "contracts.end")):
        return 0
    if not book.stock_sample and latest(book, horizon) < first(book):
        return 0
    return int(landmarks(book, 1 if book.stock_sample else horizon)["event"].sum())


def too_little(refused: CslabError) -> bool:
    """Whether a model was refused because too little had happened to learn from, and for nothing that can be mended.

    Parameters
    ----------
    refused : CslabError
        As ``train`` raises it.

    >>> too_little(UsageError(Fault("landmark.one_outcome"))), too_little(UsageError(Fault("not_positive")))
    (True, False)
    """
    return {fault.key for fault in refused.faults} <= TOO_LITTLE


def fit(rows: pd.DataFrame, features: pd.DataFrame, horizon: int, penalty: float = PENALTY) -> Model:
    """Fit the model to rows and what was known of them.

    Parameters
    ----------
    rows : DataFrame
        ``account_id``, ``event``; one account may stand in several rows.
    features : DataFrame
        In the same order: numbers and words.
    horizon : int
        Months within which the events lie.
    penalty : float
        How much weights cost; 0 for none.

    Returns
    -------
    Model

    Raises
    ------
    UsageError
        Where nobody left, or everybody; where nothing is known that differs; for a penalty below 0.

    Source: ridge logistic regression, le Cessie and van Houwelingen (1992), Applied Statistics 41:191, grade A.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"account_id": list("abcd"), "event": [True, True, False, False]})
    >>> model = fit(rows, pd.DataFrame({"usage": [0.1, 0.6, 0.5, 0.9]}), horizon=3)
    >>> bool(model.slopes[0] < 0), model.events
    (True, 2)
    """
    event = rows["event"].to_numpy(bool)
    _check(event, penalty)
    encoded = encoding(features)
    if not encoded.features:
        raise UsageError(Fault("landmark.nothing_known", {"columns": ", ".join(encoded.constant) or "-"}))
    matrix = encoded.matrix(features)
    intercept, slopes = _fitted(matrix, event, penalty)
    account = rows["account_id"].to_numpy()
    covariance = _covariance(matrix, event, intercept, slopes, penalty, account)
    told = {"sets": tuple(features.attrs.get("sets", ())), "absent": tuple(features.attrs.get("absent", ()))}
    n, accounts = len(event), len({*account})
    return Model(horizon, encoded, intercept, slopes, covariance, n, int(event.sum()), accounts, **told)


def _check(event: NDArray[np.bool_], penalty: float) -> None:
    """Refuse what cannot be learned from, all at once."""
    faults = []
    if not event.any() or event.all():
        faults.append(Fault("landmark.one_outcome", {"n": len(event), "status": "left" if event.any() else "stayed"}))
    if penalty < 0:
        faults.append(Fault("not_positive", {"name": "penalty", "value": penalty}))
    if faults:
        raise UsageError(*faults)


def _fitted(matrix: Floats, event: NDArray[np.bool_], penalty: float) -> tuple[float, Floats]:
    """Intercept and slopes."""
    from sklearn.linear_model import LogisticRegression

    cost = 1 / max(penalty, LEAST)
    model = LogisticRegression(C=cost, solver="newton-cholesky", max_iter=200).fit(matrix, event)
    return float(model.intercept_[0]), model.coef_[0]


def _covariance(
    matrix: Floats, event: NDArray[np.bool_], intercept: float, slopes: Floats, penalty: float, account: Any
) -> Floats:
    """Of the slopes: what the rows of an account have in common counts once (a sandwich)."""
    columns = np.column_stack([np.ones(len(matrix)), matrix])
    chance = 1 / (1 + np.exp(-(intercept + matrix @ slopes)))
    bread = (columns * (chance * (1 - chance))[:, None]).T @ columns
    bread += np.diag(np.r_[0.0, np.full(len(slopes), max(penalty, LEAST))])
    _, place = np.unique(account.astype(str), return_inverse=True)
    pulls = columns * (event - chance)[:, None]
    sums = np.stack([np.bincount(place, pull) for pull in pulls.T], axis=1)
    inverse = np.linalg.pinv(bread, hermitian=True)
    n = len(sums)
    return np.asarray((inverse @ (sums.T @ sums) @ inverse)[1:, 1:] * n / max(n - 1, 1))
