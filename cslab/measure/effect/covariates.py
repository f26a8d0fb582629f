"""What was known of each customer at time zero: to choose by, and to adjust for. Nothing of later."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError, nearest
from cslab.measure import signed
from cslab.measure.effect.assigned import once
from cslab.measure.effect.listed import held, refuse_own
from cslab.measure.signals import SIGNALS, signals
from cslab.measure.spells import DAYS_A_MONTH

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Flags = NDArray[np.bool_]

TENURE = "tenure"
SIGNED = (*signed.COLUMNS, "term_months")
"""Columns of ``accounts`` that are known from the day of signing on, and the term of the first contract."""


def possible(book: Book, extra: pd.DataFrame | None = None) -> list[str]:
    """What can be asked for by name.

    Parameters
    ----------
    book : Book
    extra : DataFrame, optional
        ``account_id`` and columns of one's own.

    >>> import cslab
    >>> "trial_usage" in possible(cslab.load("synthetic:tiny"))
    True
    """
    own = [] if extra is None else [str(name) for name in extra if name != "account_id"]
    return [*own, *SIGNED, TENURE, *SIGNALS]


def chosen(book: Book, rows: pd.DataFrame, names: Sequence[str], extra: pd.DataFrame | None) -> pd.DataFrame:
    """Covariates of each row as they were known at its time zero.

    Parameters
    ----------
    book : Book
    rows : DataFrame
        ``account_id``, ``since``, ``origin``.
    names : sequence of str
        Of ``possible``. Amounts become logarithms.
    extra : DataFrame or None

    Returns
    -------
    DataFrame
        By the index of the rows.

    Raises
    ------
    UsageError
        For every name that there is not, or that a trial keeps for itself; for accounts that stand in ``extra`` twice.
    NotReady
        For columns that the book does not have.

    >>> import cslab
    >>> from cslab.measure.effect.start import starts
    >>> book = cslab.load("synthetic:tiny")
    >>> list(chosen(book, starts(book, "signing")[0], ["segment", "mrr0_amount"], None))
    ['segment', 'mrr0_amount']
    """
    import pandas as pd

    refuse_own(names)
    frames = [_extra(extra, rows), signed.known(book, rows, SIGNED).set_axis(rows.index)]
    known = {str(name): frame[name] for frame in reversed(frames) for name in frame}
    if TENURE in names:
        known[TENURE] = (rows["since"].to_numpy("datetime64[D]").astype(np.int64) - rows["origin"]) / DAYS_A_MONTH
    if asked := [name for name in names if name in SIGNALS and name not in known]:
        told = signals(book, rows[["account_id"]].assign(as_of=rows["since"]), asked)
        known |= {name: told[name] for name in asked}
    _refuse_unknown(book, names, known, extra)
    return pd.DataFrame({name: known[name] for name in names}, index=rows.index)


def complete(book: Book, rows: pd.DataFrame, extra: pd.DataFrame | None) -> list[str]:
    """All that is known of every row at signing, and differs between them.

    Parameters
    ----------
    book, rows, extra
        As for :func:`chosen`.

    Returns
    -------
    list of str

    >>> import cslab
    >>> from cslab.measure.effect.start import starts
    >>> book = cslab.load("synthetic:tiny")
    >>> "segment" in complete(book, starts(book, "signing")[0], None)
    True
    """
    frames = [_extra(extra, rows), signed.known(book, rows, SIGNED).set_axis(rows.index)]
    known = {str(name): frame[name] for frame in reversed(frames) for name in frame}
    return [name for name, values in known.items() if values.notna().all() and values.nunique() > 1]


def among(book: Book, rows: pd.DataFrame, eligible: Any, extra: pd.DataFrame | None) -> Flags:
    """Which rows are asked about.

    Parameters
    ----------
    book, rows, extra
        As for :func:`chosen`.
    eligible : None, str, DataFrame, or collection of str
        All; a condition on what was known at time zero, such as ``"mrr0_amount < 80000"`` (in the columns' own units);
        accounts.

    Returns
    -------
    ndarray of bool, shape (rows,)

    Raises
    ------
    UsageError
        For a condition that cannot be read or asks for what was not known then.
    NotReady
        For a condition on a column of signing that the book does not have.

    >>> import cslab
    >>> from cslab.measure.effect.start import starts
    >>> book = cslab.load("synthetic:tiny")
    >>> rows, _ = starts(book, "signing")
    >>> bool(among(book, rows, None, None).all()), bool(among(book, rows, "mrr0_amount < 0", None).any())
    (True, False)
    """
    if eligible is None:
        return np.ones(len(rows), bool)
    if isinstance(eligible, str):
        return _condition(book, rows, eligible, extra)
    ids: Collection[str] = eligible["account_id"] if hasattr(eligible, "columns") else eligible
    return np.asarray(rows["account_id"].isin({*ids}))


def _condition(book: Book, rows: pd.DataFrame, text: str, extra: pd.DataFrame | None) -> Flags:
    """Where a condition on what was known at time zero holds."""
    told = signed.described(book, rows["account_id"]).set_axis(rows.index)
    told = told[[name for name in SIGNED if name in told]].join(_extra(extra, rows), rsuffix="_extra")
    asked = {*re.findall(r"\w+", text)}
    book.require(*(f"accounts.{name}" for name in signed.COLUMNS if name in asked and name not in told))
    return held(told, text, "effect.condition")


def _extra(extra: pd.DataFrame | None, rows: pd.DataFrame) -> pd.DataFrame:
    """One's own columns, by the index of the rows."""
    if extra is None:
        return rows[[]]
    return once(extra).reindex(rows["account_id"]).set_axis(rows.index)


def _refuse_unknown(book: Book, names: Sequence[str], known: dict[str, Any], extra: pd.DataFrame | None) -> None:
    """Refuse names that there are not, and columns that the book does not have."""
    lacking = [name for name in names if name not in known]
    everything = possible(book, extra)
    strange = [name for name in lacking if name not in everything]
    faults = [
        Fault("design.unknown", {"name": one, "near": nearest(one, everything), "known": ", ".join(everything)})
        for one in strange
    ]
    if faults:
        raise UsageError(*faults)
    tables = {name: "contracts" if name == "term_months" else "accounts" for name in lacking}
    book.require(*(f"{table}.{name}" for name, table in tables.items()))
