"""What is taken from a book as it stands before anything is fitted: calendar, currency, terms, billing, amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.fit.feature import ALL, number
from cslab.measure.fit.records import records_begin
from cslab.world.customers import SEGMENTS
from cslab.world.scenario import preset

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book
    from cslab.measure.fit.reading import Reading
    from cslab.world.scenario import Scenario

    Floats = NDArray[np.float64]

SIMULATED = 16_384
"""Customers drawn in each simulated company: so many that its own luck hardly matters."""
OLDEST = 120
"""Months before the records at which customers are taken to have begun to sign, at the earliest."""
SCALED = ("tier_threshold_amount", "program_rule_amount")
"""Limits in amounts, which stay where they are among the customers."""
FAR = 1.25
"""Times the age that one in twenty of the oldest exceeds, beyond which customers count as strays."""
FEWEST = 5
"""Customers of a group from which on its own numbers are taken."""


def start(book: Book, how: Reading, seen: pd.DataFrame, wanted: pd.DataFrame) -> Scenario:
    """The scenario from which a fit sets out.

    Parameters
    ----------
    book : Book
    how : Reading
    seen : DataFrame
        As ``customers(book, how)`` makes them.
    wanted : DataFrame
        As ``features(book, how)`` makes them.

    Returns
    -------
    Scenario
        The preset of the book's currency, with the book's calendar, its terms and billing; amounts as they stand.

    >>> import cslab
    >>> from cslab.measure.fit.customers import customers
    >>> from cslab.measure.fit.features import features
    >>> from cslab.measure.fit.reading import reading_of
    >>> book = cslab.load("synthetic:tiny")
    >>> how = reading_of(book)
    >>> start(book, how, customers(book, how), features(book, how)).months
    48
    """
    first = preset(based_on(book))
    changed: dict[str, Any] = {"months": how.months, "window_start": _window_start(book, how)}
    changed |= {"first_arrival": -_months_before(seen, how), "last_arrival": how.months, "currency": book.currency}
    changed |= {"accounts": int(np.clip(SIMULATED * 48 / how.months, 2_000, SIMULATED)), "term_months": how.terms}
    changed |= {f"term_share_{group}": _terms(group, how, wanted, first) for group in SEGMENTS}
    changed |= _shares(how, wanted) | _amounts(first, seen, wanted) | _billing(book, seen)
    return first.with_(**changed)


def based_on(book: Book) -> str:
    """The preset that says what a book cannot: the Japanese company, or the American one for other currencies.

    >>> import cslab
    >>> based_on(cslab.load("synthetic:tiny"))
    'default_jp'
    """
    return "default_jp" if book.currency == "JPY" else "default_us"


def _window_start(book: Book, how: Reading) -> dt.date:
    """The first month of the records, so that they end with the month of the book's last day, or the one before."""
    import pandas as pd

    begins = records_begin(book)
    last = (book.as_of + pd.Timedelta(days=1)).to_period("M")
    month = last - how.months if begins is None else min(begins.to_period("M"), last - 1)
    return (max(month, last - how.months)).to_timestamp().date()


def _months_before(seen: pd.DataFrame, how: Reading) -> int:
    """How long before the records the first customers signed; a few who are far older than the others do not count."""
    before = seen.loc[(seen["entry"] > 0) & ~seen["event"], "duration"] + 1 - how.months  # whole months were counted
    if len(before) < FEWEST:
        return 0
    return int(np.clip(min(float(before.max()), FAR * float(before.quantile(0.95))), 1, OLDEST))


def _terms(group: str, how: Reading, wanted: pd.DataFrame, first: Scenario) -> tuple[float, ...]:
    """Shares of the terms in a group: those of the book, of all groups where it has few, of one month if unknown."""
    if not how.terms_known:
        return tuple(float(term == how.terms[0]) for term in how.terms)
    rows = wanted.xs("term_share", level="statistic")
    known = rows.index.get_level_values("group").unique()
    part = rows.xs(group if group in known else known[0], level="group")["estimate"].reindex(how.terms).fillna(0.0)
    return normalised(part.to_numpy(float))


def normalised(shares: Floats) -> tuple[float, ...]:
    """Shares in four decimals that sum to 1.

    Parameters
    ----------
    shares : ndarray of float
        Not negative, one of them above 0.

    >>> normalised(np.array([1.0, 1.0, 1.0]))
    (0.3334, 0.3333, 0.3333)
    """
    rounded = np.round(shares / shares.sum(), 4)
    rounded[rounded.argmax()] += 1 - rounded.sum()
    return tuple(float(round(share, 4)) for share in rounded)


def _shares(how: Reading, wanted: pd.DataFrame) -> dict[str, Any]:
    """Shares of the groups."""
    if how.grouped == "one":
        return {"segment_share": (1.0, 0.0, 0.0)}
    found = wanted.xs("group_share", level="statistic")["estimate"].droplevel("level").reindex(SEGMENTS).fillna(0.0)
    return {"segment_share": normalised(found.to_numpy(float))}


def _amounts(first: Scenario, seen: pd.DataFrame, wanted: pd.DataFrame) -> dict[str, Any]:
    """Amounts of the groups, and limits in amounts moved to where they lay among the customers."""
    if ("amount_median", ALL, 0) not in wanted.index:
        return {}
    median = tuple(_own(wanted, "amount_median", group) for group in SEGMENTS)
    paid = np.sort(seen["amount"].dropna().to_numpy(float))
    return {"mrr_median_amount": median, **{name: _moved(first, getattr(first, name), paid) for name in SCALED}}


def _moved(first: Scenario, limit: Any, paid: Floats) -> Any:
    """A limit, or several, below which as many of the customers lie as of the preset's; in three digits."""
    if isinstance(limit, tuple):
        return tuple(_moved(first, one, paid) for one in limit)
    return float(f"{np.quantile(paid, share_below(first, limit)):.3g}")


def share_below(scenario: Scenario, amount: float) -> float:
    """The share of a scenario's customers that pay less than an amount a month when they sign.

    Parameters
    ----------
    scenario : Scenario
    amount : float
        Currency a month.

    >>> share_below(preset("default_jp").with_(segment_share="1,0,0"), 30e3)
    0.5
    """
    from scipy.stats import norm

    median, spread = np.array(scenario.mrr_median_amount), np.array(scenario.mrr_log_sd)
    below = norm.cdf(np.log(amount / median) / np.maximum(spread, 1e-9))
    return float((np.array(scenario.segment_share) * below).sum())


def _own(wanted: pd.DataFrame, statistic: str, group: str) -> float:
    """A group's own number, or everybody's where it has few customers."""
    own = (statistic, group, 0)
    return number(wanted, own if number(wanted, own, "n") >= FEWEST else (statistic, ALL, 0))


def _billing(book: Book, seen: pd.DataFrame) -> dict[str, Any]:
    """How many are billed by the month, by group."""
    if not book.has("contracts.billing"):
        return {}
    contracts = book.contracts.drop_duplicates("account_id").set_index("account_id")["billing"].astype(object)
    billed = seen.assign(monthly=seen["account_id"].map(contracts).eq("monthly"))
    shares, usual = billed.groupby("group")["monthly"].mean().reindex(SEGMENTS), float(billed["monthly"].mean())
    return {"monthly_billing_share": tuple(round(float(one), 4) for one in shares.fillna(usual))}
