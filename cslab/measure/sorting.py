"""Retention that rises although no customer changes: those most ready to leave leave first.

Who is in a fourth year has come through three. So later years look better, in every company. Whether the company has
become better shows only where customers of the same age are compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import UsageError
from cslab.measure.estimate import Z95, Estimate, normal, proportion
from cslab.measure.hazard.months import person_months
from cslab.measure.value.by_model import fit_years

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.floating[Any]]

YEAR, OLD = 12, 3
COLUMNS = ("year", "estimate", "low", "high", "n")
YEARS, RISE, CHANGE, TRUE = "year_of_life", "later_less_first", "same_year_of_life", "truth_expected"
NO_RISE, NO_CHANGE = ("never_third_year", "never_first_year"), ("never_of_late", "never_before")
"""What to say in the place of a number, where nobody was seen through the later time, or through the earlier one."""


def retention_by_year(book: Book, last: int = 6) -> pd.DataFrame:
    """The share that stays through the first year of life, the second, and so on, beside a model where nobody changes.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with ``start`` and ``end``, and a calendar.
    last : int
        The last year shown.

    Returns
    -------
    DataFrame
        ``year`` (1, 2, …), ``estimate`` (share that stays through it, of those there as it begins), ``low``, ``high``,
        ``n`` (customers seen in it), ``model`` (the shifted beta-geometric curve of these customers; missing where the
        years fix none), ``truth`` (of all customers ever won; missing where nobody knows it), ``method``. Years that
        nobody was followed through are missing. ``attrs``: ``as_of``.

    Raises
    ------
    NotReady
        As ``person_months``, or without a calendar.

    Source: Fader and Hardie (2007), Journal of Interactive Marketing 21:76, grade A.

    >>> import cslab
    >>> found = retention_by_year(cslab.load("synthetic:default_jp?seed=1&accounts=500"), last=3)
    >>> bool(found["model"].is_monotonic_increasing)
    True
    """
    import pandas as pd

    rows = _months(book)
    parts = {year: rows[rows["year"] == year] for year in range(1, last + 1)}
    seen = {year: part for year, part in parts.items() if not np.isnan(_through(part, "event")[0])}
    frame = pd.DataFrame([{"year": year, **_limits(part)} for year, part in seen.items()], columns=COLUMNS)
    frame = frame.assign(model=_model(book, frame["year"]), truth=np.nan, method=YEARS)
    if book.truth is not None:
        there = book.truth.survival(YEAR * last).set_index("month")["survival"]
        frame["truth"] = [there[YEAR * year] / there[YEAR * (year - 1)] for year in frame["year"]]
    frame.attrs = {"as_of": book.as_of}
    return frame


def rise_with_age(book: Book) -> Estimate:
    """How much larger the share is that stays through a year from the third on, than through the first.

    Parameters
    ----------
    book : Book
        As for ``retention_by_year``.

    Returns
    -------
    Estimate
        Difference of shares. No number where nobody was seen to come through one of these years: the ``method`` says
        which, ``never_third_year`` or ``never_first_year``.

    Raises
    ------
    NotReady
        As ``person_months``, or without a calendar.

    >>> import cslab
    >>> rise_with_age(cslab.load("synthetic:default_jp?seed=1&accounts=500")).method
    'later_less_first'
    """
    rows = _months(book)
    rows = rows[(rows["year"] == 1) | (rows["year"] >= OLD)]
    return _difference(rows.assign(cell=0), rows["year"] >= OLD, "event", (RISE, *NO_RISE))


def same_age_change(book: Book, months: int = YEAR) -> Estimate:
    """How much larger the share that stays through a year has become of late, customers of an age beside their like.

    First years that fall into the last months are held against first years before, second ones against second ones;
    each counts by how many months of it were lived of late.

    Parameters
    ----------
    book : Book
        As for ``retention_by_year``.
    months : int
        How many months before the last known day count as of late.

    Returns
    -------
    Estimate
        Difference of shares. No number where no year of life was seen whole in both times: the ``method`` says in
        which it was not, ``never_of_late`` (too few months) or ``never_before`` (too many, for records so short).

    Raises
    ------
    NotReady
        As ``person_months``, or without a calendar.

    Source: direct standardisation (Kitagawa 1955, JASA 50:1168), grade A.

    >>> import cslab
    >>> found = same_age_change(cslab.load("synthetic:default_jp?seed=1&accounts=500"))
    >>> found.low < found.estimate < found.high
    True
    """
    return _change(book, months, "event")


def true_same_age_change(book: Book, months: int = YEAR) -> Estimate | None:
    """As ``same_age_change``, with the chance of leaving in the place of who did leave: no luck in it.

    Parameters
    ----------
    book, months
        As for ``same_age_change``.

    Returns
    -------
    Estimate or None
        ``None`` where nobody knows the truth.

    Raises
    ------
    NotReady
        As ``same_age_change``.

    >>> import cslab
    >>> book = cslab.load("synthetic:default_jp?seed=1&accounts=500")
    >>> abs(float(true_same_age_change(book))) < 0.1, true_same_age_change(book.hide_truth())
    (True, None)
    """
    if book.truth is None:
        return None
    found = _change(book, months, "hazard")
    if np.isnan(found.estimate):
        return found
    return Estimate(found.estimate, found.estimate, found.estimate, found.n, TRUE, 0.0)


def _change(book: Book, months: int, what: str) -> Estimate:
    """What of late is more than before, year of life by year of life."""
    import pandas as pd

    rows = _months(book)
    of_late = rows["month"] > book.as_of - pd.DateOffset(months=months)
    return _difference(rows.assign(cell=rows["year"]), of_late, what, (CHANGE, *NO_CHANGE))


def _months(book: Book) -> pd.DataFrame:
    """A row a month in which a customer could leave: its year of life, whether it left, and the chance of that."""
    book.require("calendar")
    rows = person_months(book).frame()[["account_id", "month", "tenure", "event"]]
    rows = rows.rename(columns={"account_id": "account"})
    rows["year"] = -(-rows["tenure"] // YEAR)
    if book.truth is None:
        return rows.assign(hazard=np.nan)
    chances = book.truth.hazard().query("spell == 1")[["account_id", "month", "hazard"]]
    return rows.merge(chances.rename(columns={"account_id": "account"}), on=["account", "month"], how="left")


def _through(rows: pd.DataFrame, what: str) -> tuple[float, float]:
    """The share that stays through a year, month by month, with its error; missing where a month is."""
    found = rows.groupby(rows["tenure"] % YEAR)[what].agg(["mean", "size"])
    if len(found) < YEAR or (found["mean"] == 1).any():
        return np.nan, np.nan
    left, size = found["mean"].to_numpy(float), found["size"].to_numpy(float)
    kept = float((1 - left).prod())
    if kept == 1:
        return kept, _error_of_none(rows["account"].nunique())
    return kept, kept * float(np.sqrt((left / (1 - left) / size).sum()))


def _error_of_none(customers: int) -> float:
    """How sure it is that all stay, where all of so many did: as far as Wilson's limit reaches down."""
    return Z95 / (customers + Z95**2)


def _model(book: Book, years: pd.Series) -> Any:
    """Retention in each year by a model in which nobody changes; missing where the counts fix none."""
    try:
        return fit_years(book).retention(years)
    except UsageError as refused:
        if {fault.key for fault in refused.faults} != {"nothing_to_fit"}:
            raise
        return np.nan


def _limits(rows: pd.DataFrame) -> dict[str, Any]:
    """The share that stays through a year, with its limits: Wilson's, where nobody left and there is no error."""
    (kept, error), customers = _through(rows, "event"), rows["account"].nunique()
    all_stayed = proportion(customers, customers, customers, YEARS)
    return (all_stayed if kept == 1 else normal(kept, error, customers, YEARS, 0.0, 1.0)).cells()


def _difference(rows: pd.DataFrame, later: pd.Series, what: str, methods: tuple[str, str, str]) -> Estimate:
    """What is kept of the later rows less that of the others, cell by cell, weighted by the later rows of each.

    The method is the first one; the second or third where there is no number, for want of later rows or of others.
    """
    pairs = [
        (later[part.index].sum(), *_through(part[later[part.index]], what), *_through(part[~later[part.index]], what))
        for _, part in rows.groupby("cell")
    ]
    every, n = np.array(pairs).reshape(-1, 5), rows["account"].nunique()
    found = every[~np.isnan(every).any(axis=1)]
    if not len(found):
        return normal(np.nan, np.nan, n, methods[1] if np.isnan(every[:, 1]).all() else methods[2])
    size, kept, error, before, its_error = found.T
    weight = size / size.sum()
    spread = np.sqrt((weight**2 * (error**2 + its_error**2)).sum())
    return normal(float(weight @ (kept - before)), float(spread), n, methods[0], -1.0, 1.0)
