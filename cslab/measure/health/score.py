"""Scores of customers on a day, by a declaration: what each measure earned, the whole, and its colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.book import read_days
from cslab.faults import Fault, UsageError, nearest
from cslab.measure import landmark
from cslab.measure.health.declared import Declaration, High
from cslab.measure.health.shipped import declared
from cslab.measure.landmark.encoding import MISSING
from cslab.measure.signals import signals

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.float64]
    Date = str | pd.Timestamp

DECLARED = "declared"
"""Where a frame of scores keeps its declaration, among its ``attrs``."""


def score(book: Book, declaration: Declaration | str = "dear", day: Date | None = None) -> pd.DataFrame:
    """The score of everybody at risk on a day, of what was known by its end.

    Parameters
    ----------
    book : Book
        Needs the columns that its measures are made of.
    declaration : Declaration or str
        Or what :func:`declared` takes: ``dear``, ``points``, ``bands``, ``model``, or a file.
    day : date, optional
        The last day of the book, where not given.

    Returns
    -------
    DataFrame
        ``account_id``, ``as_of``, ``score`` (missing where nothing was known to go by; of a model, where a word is
        new), ``known`` (share of the weight that was, 0-1), ``colour`` (``red``, ``yellow``, ``green``, empty without
        a score); for a model also ``risk``.
        ``attrs["declared"]`` holds the declaration.

    Raises
    ------
    NotReady
        Naming every column that a measure lacks.
    UsageError
        For a day after the data; for a model, where too little had happened before the day to learn from.

    >>> import cslab
    >>> found = score(cslab.load("synthetic:tiny"), "dear", "2024-03-31")
    >>> bool(found["score"].between(0, 100).all())
    True
    """
    return score_rows(book, declaration, landmark.at_risk(book, day))


def score_rows(book: Book, declaration: Declaration | str, rows: pd.DataFrame) -> pd.DataFrame:
    """The score of some customers, each on a day of its own.

    Parameters
    ----------
    book, declaration
        As for :func:`score`. A model is learnt once, of what was known on the first of the days.
    rows : DataFrame
        ``account_id``, ``as_of``, and anything else.

    Returns
    -------
    DataFrame
        The rows with the columns of :func:`score`.

    Raises
    ------
    NotReady, UsageError
        As :func:`score`.

    >>> import cslab, pandas as pd
    >>> book = cslab.load("synthetic:tiny")
    >>> rows = book.accounts[["account_id"]].assign(as_of=pd.Timestamp("2024-03-31"), note="own")
    >>> list(score_rows(book, "points", rows))
    ['account_id', 'as_of', 'note', 'score', 'known', 'colour']
    """
    chosen = declared(declaration)
    if chosen.style == "model":
        found = _learnt(book, chosen, rows)
    else:
        values, known = chosen.combined(_shares(book, chosen, rows))
        found = rows.assign(score=values, known=known)
    return _coloured(found, chosen)


def of(
    frame: pd.DataFrame, high: High = "healthy", full: float = 100, red: float = 40, green: float = 60
) -> pd.DataFrame:
    """A score that came from elsewhere, declared: what it says when it is high, and how high it goes.

    Parameters
    ----------
    frame : DataFrame
        ``account_id``, ``as_of`` (date), ``score``.
    high : str
        ``healthy`` or ``risk``.
    full : float
        The highest score there can be.
    red, green : float
        As for :class:`Declaration`.

    Returns
    -------
    DataFrame
        As :func:`score` returns it.

    Raises
    ------
    UsageError
        When columns or rows are missing, days cannot be read, or no score is a number; all at once.

    >>> import pandas as pd
    >>> own = pd.DataFrame({"account_id": ["A1"], "as_of": pd.Timestamp("2024-03-31"), "score": [80]})
    >>> of(own)["colour"].tolist()
    ['green']
    """
    import pandas as pd

    _check_score(frame)
    if frame.empty:
        raise UsageError(Fault("health.no_rows"))
    values, days = pd.to_numeric(frame["score"], errors="coerce").to_numpy(float), read_days(frame["as_of"])
    strange = frame.loc[days.isna(), "as_of"]
    faults = [Fault("health.no_day", {"count": len(strange), "value": strange.iloc[0]})] if len(strange) else []
    if np.isnan(values).all():
        faults.append(Fault("health.no_numbers", {"count": len(frame)}))
    if faults:
        raise UsageError(*faults)
    found = frame.assign(score=values, known=1.0 - np.isnan(values), as_of=days)
    return _coloured(found, Declaration("own", "points", high, full, "ignore", red, green))


def declaration_of(found: pd.DataFrame) -> Declaration:
    """The declaration that a frame of scores came with.

    Parameters
    ----------
    found : DataFrame
        As :func:`score` or :func:`of` returns it.

    Raises
    ------
    UsageError
        For a frame that nobody declared, or without its columns.

    >>> import cslab
    >>> declaration_of(score(cslab.load("synthetic:tiny"), "bands", "2024-03-31")).full
    10
    """
    _check_score(found)
    if not isinstance(kept := found.attrs.get(DECLARED), Declaration):
        raise UsageError(Fault("health.undeclared"))
    return kept


def parts(book: Book, declaration: Declaration | str = "dear", day: Date | None = None) -> pd.DataFrame:
    """What each measure of a score earned for everybody at risk on a day.

    Parameters
    ----------
    book, declaration, day
        As for :func:`score`; not for a model, whose weights ``landmark`` tells.

    Returns
    -------
    DataFrame
        One row a customer and measure: ``account_id``, ``part``, ``signal``, ``value`` (in the signal's own unit),
        ``share`` (0-1 of what it can earn, missing with the value), ``weight``.

    Raises
    ------
    NotReady, UsageError
        As :func:`score`.

    >>> import cslab
    >>> found = parts(cslab.load("synthetic:tiny"), "dear", "2024-03-31")
    >>> found["part"].unique().tolist()
    ['deployment', 'engagement', 'adoption', 'roi']
    """
    import pandas as pd

    chosen = declared(declaration)
    if chosen.style == "model":
        raise UsageError(Fault("health.no_parts", {"name": chosen.name}))
    rows = landmark.at_risk(book, day)
    values = signals(book, rows, chosen.signals)
    columns = [
        rows[["account_id"]].assign(
            part=measure.part,
            signal=measure.signal,
            value=values[measure.signal],
            share=measure.shape.share(values[measure.signal].to_numpy(float)),
            weight=measure.weight,
        )
        for measure in chosen.measures
    ]
    return pd.concat(columns, ignore_index=True)


def chances(model: landmark.Model, features: pd.DataFrame) -> Floats:
    """What a model says of customers; nothing of those who bring a word that was not there to learn from.

    Parameters
    ----------
    model : landmark.Model
    features : DataFrame
        As ``landmark.features_at`` makes them.

    Returns
    -------
    ndarray of float, shape (rows,)
        0-1, missing for such customers.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"account_id": list("abcd"), "event": [True, False, True, False]})
    >>> model = landmark.fit(rows, pd.DataFrame({"plan": ["s", "l", "s", "l"]}), horizon=3)
    >>> np.isnan(chances(model, pd.DataFrame({"plan": ["s", "new"]}))).tolist()
    [False, True]
    """
    told = model.fill_absent(features)
    new = np.zeros(len(told), bool)
    for name, words in model.encoding.unseen(told).items():
        strange = told[name].astype(object).where(told[name].notna(), MISSING).astype(str).isin(words)
        told = told.assign(**{name: told[name].astype(object).mask(strange, model.encoding.levels[name][0])})
        new |= strange.to_numpy()
    return np.where(new, np.nan, model.chance(told).to_numpy(float))


def _shares(book: Book, chosen: Declaration, rows: pd.DataFrame) -> Any:
    """What each measure earned, rows by measures."""
    found = signals(book, rows, chosen.signals)
    earned = [measure.shape.share(found[measure.signal].to_numpy(float)) for measure in chosen.measures]
    return np.stack(earned, axis=1)


def _learnt(book: Book, chosen: Declaration, rows: pd.DataFrame) -> pd.DataFrame:
    """The chance of leaving by a model that saw only what was known on the first day, and what is left of it."""
    model = landmark.train(book.at(rows["as_of"].min()), chosen.horizon, sets=chosen.sets)
    risk = chances(model, landmark.features_at(book, rows, sets=chosen.sets, horizon=chosen.horizon))
    said = 1 - risk if chosen.high == "healthy" else risk
    return rows.assign(score=chosen.full * said, known=1.0 - np.isnan(risk), risk=risk)


def _coloured(found: pd.DataFrame, chosen: Declaration) -> pd.DataFrame:
    """Scores with their colours, and the declaration among the attrs."""
    coloured = found.assign(colour=chosen.colours(found["score"]))
    coloured.attrs = {**found.attrs, DECLARED: chosen}
    return coloured


def _check_score(frame: pd.DataFrame) -> None:
    """Refuse what is no frame of scores, naming what it lacks."""
    there = [str(name) for name in frame]
    faults = [
        Fault("health.no_column", {"column": name, "near": nearest(name, there), "found": ", ".join(there)})
        for name in ("account_id", "as_of", "score")
        if name not in frame
    ]
    if faults:
        raise UsageError(*faults)
