"""Months: the phase of each account at the start of each of its months, and the moves from month to month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.measure import retention
from cslab.measure.lifecycle.days import NEVER, as_days
from cslab.measure.lifecycle.phases import Rules
from cslab.measure.lifecycle.shipped import rules as shipped_rules
from cslab.measure.lifecycle.spells import spells
from cslab.measure.spells import DAYS_A_MONTH, month_number, months_between

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Ints = NDArray[np.int64]


def panel(book: Book, rules: Rules | None = None) -> pd.DataFrame:
    """One row for each month of each customer: the phase at its start, and at the start of the next.

    A customer's months count from the signing, so a month begins on the monthly return of that day; a contract of so
    many months ends where a month ends.

    Parameters
    ----------
    book : Book
        With what ``spells`` needs; MRR comes from ``mrr_movements``, else from ``contracts``.
    rules : Rules, optional

    Returns
    -------
    DataFrame
        ``account_id``, ``tenure`` (whole months since signing, from 0), ``month`` (first day of the calendar month in
        which it begins), ``phase``, ``next`` (the phase at the start of the next month: a final one where the customer
        has left by then; missing where the records end before), ``mrr_amount`` (currency a month, at the end of that
        calendar month; one that is not over yet counts no movement; missing where the book knows none). Sorted by
        account and month; none before the signing or outside the records, none after leaving.

    Raises
    ------
    NotReady, DataError
        As for ``spells``.

    >>> import cslab
    >>> months = panel(cslab.load("synthetic:tiny"))
    >>> int(months["tenure"][0]), months["phase"][0]
    (0, 'purchase')
    """
    import pandas as pd

    rules = rules or shipped_rules()
    stays = spells(book, rules)
    row, tenure = _months_of(stays, book.as_of)
    phase = stays["phase"].cat.codes.to_numpy()[row]
    account = stays["account_id"].factorize()[0][row]
    onward = np.r_[(account[1:] == account[:-1]) & (tenure[1:] == tenure[:-1] + 1), False][: len(row)]
    following = np.where(onward, np.r_[phase[1:], -1][: len(row)], -1)
    final = np.isin(phase, [list(rules.phases).index(name) for name in rules.final])
    row, tenure, phase, following = row[~final], tenure[~final], phase[~final], following[~final]
    month = month_number(as_days(stays["signed_on"])[row]) + tenure
    accounts = stays["account_id"].to_numpy()[row]
    return pd.DataFrame(
        {
            "account_id": accounts,
            "tenure": tenure,
            "month": month.astype("datetime64[M]").astype("datetime64[ns]"),
            "phase": rules.named(phase),
            "next": rules.named(following),
            "mrr_amount": _standing(book, account[~final], month, stays["account_id"].unique()),
        }
    )


def moves(panel: pd.DataFrame) -> pd.DataFrame:
    """How many customers' months in each phase were followed by each.

    Parameters
    ----------
    panel : DataFrame
        As ``panel`` makes it; months whose end is not on record are left out.

    Returns
    -------
    DataFrame
        ``from``, ``to``, ``count``: every pair that occurs, staying included, in the order of the phases.

    >>> import cslab
    >>> counted = moves(panel(cslab.load("synthetic:tiny")))
    >>> "churn" in set(counted["to"]), "churn" in set(counted["from"])
    (True, False)
    """
    told = panel.dropna(subset=["next"])
    counted = told.groupby(["phase", "next"], observed=True).size().rename("count").reset_index()
    named = counted.rename(columns={"phase": "from", "next": "to"})
    return named.assign(**{name: named[name].astype(object) for name in ("from", "to")})


def in_months(spells: pd.DataFrame) -> pd.DataFrame:
    """Spells on the clock of each customer, as the estimators of ``multistate`` take them.

    Parameters
    ----------
    spells : DataFrame
        As ``spells`` makes them.

    Returns
    -------
    DataFrame
        ``id``, ``from``, ``to`` (missing: still there), ``start``, ``stop`` (months of 30.4375 days since signing, to
        the day). What lies before the signing has times below 0. Who is still there is watched to the end of the last
        day.

    >>> import cslab
    >>> from cslab.measure import multistate
    >>> timed = in_months(spells(cslab.load("synthetic:tiny")))
    >>> found = multistate.transition_probabilities(timed, [12]).frame()
    >>> bool(found["estimate"].between(0, 1).all())
    True
    """
    import pandas as pd

    origin = as_days(spells["signed_on"])
    horizon = int(as_days(pd.Series([spells.attrs["as_of"]]))[0]) + 1
    stop = np.minimum(as_days(spells["ends"]), horizon)
    return pd.DataFrame(
        {
            "id": spells["account_id"],
            "from": spells["phase"].astype(object),
            "to": spells["next"].astype(object),
            "start": (as_days(spells["begins"]) - origin) / DAYS_A_MONTH,
            "stop": (stop - origin) / DAYS_A_MONTH,
        }
    )


def _months_of(stays: pd.DataFrame, as_of: pd.Timestamp) -> tuple[Ints, Ints]:
    """For every month that begins within a spell: the spell's row, and which month of the customer it is."""
    import pandas as pd

    origin = as_days(stays["signed_on"])
    last = np.minimum(as_days(stays["ends"]) - 1, as_days(pd.Series([as_of]))[0])
    first = np.maximum(months_between(origin, as_days(stays["begins"]) - 1)[0] + 1, 0)
    count = np.maximum(months_between(origin, last)[0] - first + 1, 0)
    row = np.repeat(np.arange(len(stays)), count)
    ordinal = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    return row, first[row] + ordinal


def _standing(book: Book, account: Ints, month: Ints, ids: NDArray[np.object_]) -> NDArray[np.float64]:
    """MRR of accounts (by their place among ``ids``) at the end of calendar months, given as months since 1970."""
    import pandas as pd

    if not book.has("mrr"):
        return np.full(len(account), np.nan)
    moved = retention.moved(book)
    code: Ints = pd.Index(ids).get_indexer(pd.Index(moved["account_id"])).astype(np.int64)
    when = month_number(as_days(moved["month"]))
    order = np.argsort(code * NEVER + when, kind="stable")
    key, amount = (code * NEVER + when)[order], moved["amount"].to_numpy(float)[order]
    total = np.r_[0.0, np.cumsum(amount)]
    first = np.searchsorted(key, account * NEVER - NEVER // 2)
    standing: NDArray[np.float64] = total[np.searchsorted(key, account * NEVER + month, side="right")] - total[first]
    return standing.round(2)
