"""What comes due from today on: each open renewal with its chance, the map by month, the largest accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, NotReady, UsageError
from cslab.measure.decisions import month_of
from cslab.measure.estimate import unknown_choice
from cslab.measure.renewal.due import due, every
from cslab.measure.renewal.forecast import LEVEL, limits, record
from cslab.measure.renewal.ways import chances, coloured
from cslab.measure.touch.tiers import present_tiers

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.measure.renewal.shock import Shock

MONTHS = 18
"""How far a renewal map looks ahead."""

_WHICH = ("account_id", "end", "notice_by", "arr_amount", "segment", "csm_id", "touch_tier")
_SAID = ("csm_says", "health_colour", "decided", "renewed", "chance")
BY = ("segment", "csm_id", "touch_tier")


def ahead(book: Book, months: int = MONTHS) -> pd.DataFrame:
    """The contracts on the books that come due from today on, each with its chance of being renewed.

    The chance is a model's, learned of all renewals decided so far as they stood up to a quarter before; where too few
    were lost for a model, it is the share renewed so far. For a renewal that is further away it says what a customer
    who looks like this today would do; much can happen until then.

    Parameters
    ----------
    book : Book
        As for ``foreseen``.
    months : int
        To look ahead.

    Returns
    -------
    DataFrame
        By day: ``account_id``, ``end``, ``notice_by``, ``arr_amount``, ``segment``, ``csm_id``, ``touch_tier`` (today),
        ``csm_says``, ``health_colour``, ``decided`` (known today), ``renewed`` (1, 0; missing where open), ``chance``
        (0-1). Only contracts of more than a month, and of each only its next end. ``attrs``: ``as_of``, ``currency``,
        ``way`` (``model`` or ``rate``), ``shock`` (what that way's past quarters teach).

    Raises
    ------
    NotReady
        As ``foreseen``, and where too few renewals were decided so far to learn from.
    UsageError
        For months below 1, or where nothing comes due.

    >>> import cslab
    >>> book = cslab.load("synthetic:default_jp?accounts=300")
    >>> found = ahead(book, 6)
    >>> bool((found["end"] > book.as_of).all()), found.attrs["way"]
    (True, 'model')
    """
    import pandas as pd

    if months < 1:
        raise UsageError(Fault("not_positive", {"name": "months", "value": months}))
    before, now = every(book), due(book, book.as_of, months)
    if now.empty:
        raise UsageError(Fault("renewal.none_ahead", {"months": months, "last": book.as_of.date()}))
    rows = pd.concat([before[before["day"] < book.as_of], now], ignore_index=True)
    colours = coloured(book, rows, "dear")
    rows = rows.assign(health_colour="none" if colours is None else colours)
    rows = rows.join(chances(book, rows, ["rate", "model"]))
    last = rows["day"] == book.as_of
    way = next((way for way in ("model", "rate") if rows.loc[last, way].notna().all()), None)
    if way is None:
        raise NotReady(Fault("renewal.too_little", {"n": int((~rows["decided"]).sum())}))
    found = rows[last].assign(chance=rows.loc[last, way], touch_tier=_tiers(book, rows.loc[last, "account_id"]))
    found = found[[*_WHICH, *_SAID]].reset_index(drop=True)
    found.attrs = {"as_of": book.as_of, "currency": book.currency, "months": months}
    found.attrs |= {"way": way, "shock": record(rows, way, book.as_of)}
    return found


def coming(ahead: pd.DataFrame, by: str = "segment", level: float = LEVEL) -> pd.DataFrame:
    """The renewal map: what comes due in each month and group, how much of it can be expected to stay.

    Parameters
    ----------
    ahead : DataFrame
        As :func:`ahead` returns it.
    by : str
        ``segment``, ``csm_id`` or ``touch_tier``; customers without one are in the group ``-``.
    level : float
        How often limits are meant to hold what comes (0-1).

    Returns
    -------
    DataFrame
        ``month`` (first day), ``group``, ``contracts``, ``arr_amount`` (currency a year), ``estimate`` (share of the
        ARR renewed, what is decided included), ``low``, ``high``, ``at_risk_amount`` (expected loss), ``notice_passed``
        (share of the contracts whose last day for a notice is over; missing where nobody knows one), ``next_notice``
        (the next such day), ``n``, ``method``. Limits know how far quarters differed in the past. ``attrs`` as of
        ``ahead``, and ``by``.

    Raises
    ------
    UsageError
        For an unknown ``by``, a level outside 0-1, amounts that are missing.

    Source: renewals by month and customer size, the map of the domain specification.

    >>> import cslab
    >>> found = coming(ahead(cslab.load("synthetic:default_jp?accounts=300"), 6))
    >>> bool(found["estimate"].between(found["low"], found["high"]).all())
    True
    """
    import pandas as pd

    _check(ahead, by, level)
    groups = ahead[by].astype(object).fillna("-")
    parts = ahead.groupby([month_of(ahead["end"]), groups.rename("group")], sort=True)
    shock, as_of = ahead.attrs["shock"], ahead.attrs["as_of"]
    found = pd.DataFrame(
        [{"month": month, "group": group, **_cell(part, shock, as_of, level)} for (month, group), part in parts]
    )
    found.attrs = {**ahead.attrs, "by": by, "level": level}
    return found


def key_accounts(ahead: pd.DataFrame, top: int = 10) -> pd.DataFrame:
    """The customers on whom most of the ARR that comes due hangs.

    Parameters
    ----------
    ahead : DataFrame
        As :func:`ahead` returns it.
    top : int
        How many.

    Returns
    -------
    DataFrame
        ``account_id``, ``end`` (the next one), ``notice_by``, ``arr_amount`` (of all their contracts that come due),
        ``share`` (of all ARR that comes due), ``chance``, ``csm_says``, ``health_colour``, ``touch_tier``; the largest
        first.

    Raises
    ------
    UsageError
        For amounts that are missing.

    >>> import cslab
    >>> found = key_accounts(ahead(cslab.load("synthetic:default_jp?accounts=300"), 6), top=3)
    >>> found["arr_amount"].is_monotonic_decreasing
    True
    """
    _check(ahead, "segment", LEVEL)
    rows = ahead.sort_values("end", kind="stable")
    first = rows.drop_duplicates("account_id").set_index("account_id")
    first["arr_amount"] = rows.groupby("account_id")["arr_amount"].sum()
    first["share"] = first["arr_amount"] / rows["arr_amount"].sum()
    names = ["end", "notice_by", "arr_amount", "share", "chance", "csm_says", "health_colour", "touch_tier"]
    largest: pd.DataFrame = first.sort_values("arr_amount", ascending=False, kind="stable")[names].head(top)
    return largest.reset_index()


def _tiers(book: Book, accounts: pd.Series) -> pd.Series:
    """The tier that each customer is in today; missing where nobody says."""
    if not book.has("tier_history.touch_tier", "tier_history.valid_from"):
        return accounts.map({})
    return accounts.map(present_tiers(book)).astype(object)


def _check(ahead: pd.DataFrame, by: str, level: float) -> None:
    """Refuse what cannot be mapped, all at once."""
    faults = []
    if by not in BY:
        faults.append(unknown_choice("by", by, BY))
    if not 0 < level < 1:
        faults.append(Fault("not_a_rate", {"name": "level", "value": level}))
    if missing := int(ahead["arr_amount"].isna().sum()):
        faults.append(Fault("renewal.no_amount", {"count": missing, "n": len(ahead)}))
    if faults:
        raise UsageError(*faults)


def _cell(part: pd.DataFrame, shock: Shock, as_of: pd.Timestamp, level: float) -> dict[str, Any]:
    """One month of one group."""
    worth, decided = part["arr_amount"].to_numpy(float), part["decided"].to_numpy(bool)
    total, sure = float(worth.sum()), float((worth * part["renewed"].to_numpy(float))[decided].sum())
    draws = sure + shock.sums(part["chance"].to_numpy(float)[~decided], worth[~decided], 1_000)
    low, high = limits(draws, level)
    expected, notice = float(draws.mean()), part.loc[~part["decided"], "notice_by"]
    ratio = np.array([expected, low, high]) / total if total > 0 else np.full(3, np.nan)
    return {
        "contracts": len(part),
        "arr_amount": total,
        "estimate": float(ratio[0]),
        "low": float(ratio[1]),
        "high": float(ratio[2]),
        "at_risk_amount": total - expected,
        "notice_passed": float((part["notice_by"].dropna() < as_of).mean()),
        "next_notice": notice[notice >= as_of].min(),
        "n": len(part),
        "method": "renewal_shock",
    }
