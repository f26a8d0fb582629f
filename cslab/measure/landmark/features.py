"""What was known of each customer on a day: columns for a score, made of the book as it stood then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.landmark.behaviour import TAKEN, behaviour
from cslab.measure.landmark.day import at_risk
from cslab.measure.landmark.standing import calendar, firmographics

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

    Date = str | pd.Timestamp

_STANDING: dict[str, Callable[[Book, pd.Index[Any], int], pd.DataFrame]] = {
    "calendar": calendar,
    "firmographics": firmographics,
}
"""What is read off the book as it stood on the day."""

SETS = ("calendar", *TAKEN, "firmographics")
"""Everything that can be known; each set is left out where the book has nothing for it."""


def features(book: Book, day: Date | None = None, sets: Sequence[str] = SETS, horizon: int = 3) -> pd.DataFrame:
    """What was known on a day of everybody at risk then; nothing of it was learned later.

    Parameters
    ----------
    book : Book
        Whatever tables it has.
    day : date, optional
        The last day of which anything is known; the last one of the book, where not given.
    sets : sequence of str
        Of ``SETS``.
    horizon : int
        Months to look ahead; a renewal within it is ``due``.

    Returns
    -------
    DataFrame
        By ``account_id`` (those of ``at_risk``, sorted): numbers and words, missing where nobody knows them. ``attrs``
        holds ``as_of``, the ``sets`` that were used and the ``absent`` ones, of which the book knows nothing.

    Raises
    ------
    NotReady
        As ``at_risk``.
    UsageError
        For an unknown set, or a day after the data.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> found = features(book, "2024-03-31", sets=("calendar", "usage"))
    >>> bool(found.equals(features(book.at("2024-03-31"), sets=("calendar", "usage"))))
    True
    """
    known = book.at(day or book.as_of)
    rows = at_risk(known)
    return features_at(known, rows, sets, horizon).set_axis(rows["account_id"])


def features_at(book: Book, rows: pd.DataFrame, sets: Sequence[str] = SETS, horizon: int = 3) -> pd.DataFrame:
    """What was known of some accounts, each on its own day.

    Parameters
    ----------
    book : Book
        Whatever tables it has.
    rows : DataFrame
        ``account_id``, ``as_of``; who was not at risk on its day is asked about all the same.
    sets, horizon
        As for :func:`features`.

    Returns
    -------
    DataFrame
        In the order and with the index of ``rows``; ``attrs`` as of :func:`features`.

    Raises
    ------
    NotReady, UsageError
        As :func:`features`.

    >>> import cslab, pandas as pd
    >>> book = cslab.load("synthetic:tiny")
    >>> twice = pd.to_datetime(["2023-12-31", "2024-03-31"])
    >>> rows = pd.DataFrame({"account_id": "A000045", "as_of": twice})
    >>> features_at(book, rows, ("calendar",))["tenure"].diff().round().tolist()[1]
    3.0
    """
    import pandas as pd

    _check(sets)
    rows = rows.assign(as_of=pd.to_datetime(rows["as_of"]))
    made = {name: _made(book, rows, name, horizon) for name in sets}
    return _finished(pd.concat(made, axis=1) if made else pd.DataFrame(index=rows.index), sets, book)


def _made(book: Book, rows: pd.DataFrame, name: str, horizon: int) -> pd.DataFrame:
    """The columns of one set."""
    import pandas as pd

    if name in TAKEN:
        return behaviour(book, rows, name)
    parts = [
        _STANDING[name](
            book.at(pd.Timestamp(str(day))), pd.Index(part["account_id"].unique(), name="account_id"), horizon
        )
        .reindex(part["account_id"])
        .set_axis(part.index)
        for day, part in rows.groupby("as_of")
    ]
    return pd.concat(parts).reindex(rows.index) if parts else pd.DataFrame(index=rows.index)


def _finished(told: pd.DataFrame, sets: Sequence[str], book: Book) -> pd.DataFrame:
    """The columns of which anything is known, by their own names, and which sets they are of."""
    kept = told.loc[:, told.notna().any()]
    used = tuple(name for name in sets if name in {one[0] for one in kept.columns})
    found = kept.set_axis([one[1] for one in kept.columns], axis=1).apply(_plain)
    found.attrs = {"sets": used, "absent": tuple(name for name in sets if name not in used), "as_of": book.as_of}
    return found


def _plain(values: pd.Series) -> pd.Series:
    """Numbers and flags as floats, everything else as words."""
    if values.dtype.kind in "biuf" or values.dtype.name in ("boolean", "Int64", "Float64"):
        return values.astype(float)
    return values.astype(object) if values.dtype.name == "category" or values.dtype == object else values.astype(str)


def _check(sets: Sequence[str]) -> None:
    """Refuse sets that are not known, all at once."""
    faults = [
        Fault("unknown_choice", {"name": "sets", "value": name, "near": nearest(name, SETS), "known": ", ".join(SETS)})
        for name in sets
        if name not in SETS
    ]
    if faults:
        raise UsageError(*faults)
