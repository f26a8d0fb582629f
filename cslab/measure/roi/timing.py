"""Preventing or saving: the same team under policies, and what a kept yen costs by how early one begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from cslab.book import read_day
from cslab.faults import Fault, NotReady, UsageError
from cslab.measure.capacity import hour_amount
from cslab.measure.estimate import Z95
from cslab.measure.plans import TIER_HOURS
from cslab.measure.roi.worlds import METHOD, mean_of
from cslab.measure.spells import DAYS_A_MONTH
from cslab.world.policy import Policy

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.world.truth import CompanyTruth

    Date = str | pd.Timestamp

PLANNED = "capacity"
"""All hours as planned by tier: what the others are held against."""

POLICIES: dict[str, Policy | str] = {
    "prevent": Policy("prevent", onboarding="high", coupling="capacity"),
    "save": "alerts",
    "mixed": Policy("mixed", onboarding="high", coupling="alerts"),
    "firefighting": "firefighting",
}
"""High touch for everybody until onboarded; alerts first; both; hours for those in trouble."""

BEFORE = (1, 2, 3, 4, 6, 9, 12)
FUTURES = 16
FEW = 5


def prevent_or_save(
    book: Book, horizon: int = 36, gross_margin: float = 0.8, futures: int = FUTURES
) -> pd.DataFrame | None:
    """What the same team brings where it prevents, where it saves, where it does both.

    Nobody is hired: each office has the hours that it has, and who gets them is what differs. A gain is one over a team
    that gives every tier its planned hours.

    Parameters
    ----------
    book : Book
        With its truth.
    horizon : int
        Months from signing.
    gross_margin : float
        Share of the revenue that is left after the cost of serving it (0-1).
    futures : int
        How many to average over.

    Returns
    -------
    DataFrame or None
        ``policy`` (``prevent``, ``save``, ``mixed``, ``firefighting``), ``estimate`` (gross margin more, currency a
        customer), ``low``, ``high`` (Monte-Carlo), ``retained`` (share more still there at the horizon), ``n``,
        ``method``; ``None`` where nobody knows the truth.

    Raises
    ------
    UsageError
        For a margin outside 0-1, a horizon or futures below 1.

    >>> import cslab
    >>> prevent_or_save(cslab.load("synthetic:tiny"), 12, futures=2)["policy"].tolist()
    ['prevent', 'save', 'mixed', 'firefighting']
    """
    import pandas as pd

    if not 0 <= gross_margin <= 1:
        raise UsageError(Fault("not_a_rate", {"name": "gross_margin", "value": gross_margin}))
    if book.truth is None:
        return None
    truth, rows = cast("CompanyTruth", book.truth), []
    for name, policy in POLICIES.items():
        more = truth.effect(policy, PLANNED, horizon=horizon, futures=futures)
        gain = mean_of(gross_margin * more["value_amount"].to_numpy(), gross_margin * more["value_error"].to_numpy())
        rows.append({"policy": name, **gain.cells(), "retained": float(more["retained"].mean())})
    return pd.DataFrame(rows)


def before_renewal(
    book: Book, day: Date = "", months: Sequence[int] = BEFORE, gross_margin: float = 0.8, futures: int = 32
) -> pd.DataFrame | None:
    """What it costs to keep a yen of yearly margin, by how many months before the renewal high touch begins.

    Customers who are not yet in high touch get it from a day on until their renewal: for some it is a month away, for
    others a year. Held against the same customers left as they are. How many more renew is counted for each month by
    itself; what they pay and the hours they get already are those of all of them, so that months differ in nothing
    else.

    Parameters
    ----------
    book : Book
        With its truth, ``contracts`` (``end``, ``term_months``, ``mrr_amount``) and the cost of an hour.
    day : str or Timestamp
        Empty: a year before the book's last day.
    months : sequence of int
        Before the renewal.
    gross_margin : float
        Share of the revenue that is left after the cost of serving it (0-1).
    futures : int
        How many to average over.

    Returns
    -------
    DataFrame or None
        ``months_before``, ``retained`` (share more who renew), ``kept_amount`` (gross margin of the year after,
        more, currency a customer), ``cost_amount`` (of the hours until then), ``estimate`` (cost of one kept), ``low``,
        ``high`` (Monte-Carlo; missing where nothing is kept for sure), ``n``, ``method``; ``None`` where nobody knows
        the truth.

    Raises
    ------
    NotReady
        Without the columns, or where fewer than five contracts end so many months ahead, whichever months are asked.
    UsageError
        For a day out of the records, or months below 1.

    >>> import cslab
    >>> found = before_renewal(cslab.load("synthetic:default_jp?accounts=300"), months=[3, 6], futures=2)
    >>> found["months_before"].tolist()
    [3, 6]
    """
    import pandas as pd

    if below := [month for month in months if month < 1]:
        raise UsageError(*(Fault("not_positive", {"name": "months", "value": month}) for month in below))
    if book.truth is None:
        return None
    book.require("contracts.start", "contracts.end", "contracts.term_months", "contracts.mrr_amount")
    since = read_day(day) if day else book.as_of - pd.DateOffset(years=1)
    ahead = _renewals(book, since)
    ahead = ahead[ahead["months"].isin(months)]
    rows = [
        row
        for month in sorted(set(months))
        if (row := _begun(book, ahead, since, month, gross_margin, futures)) is not None
    ]
    if not rows:
        raise NotReady(Fault("roi.no_renewals", {"day": since.date(), "least": FEW}))
    table = pd.DataFrame(rows)
    table.attrs |= {"since": since, "n": int(table["n"].sum())}
    return table


def _renewals(book: Book, since: pd.Timestamp) -> pd.DataFrame:
    """The contracts in force on a day of customers not in high touch, with the months until they end."""
    contracts = book.contracts
    live = contracts[(contracts["start"] <= since) & (contracts["end"] > since) & (contracts["term_months"] >= 12)]
    live = live.drop_duplicates("account_id", keep="last").set_index("account_id")
    tier = cast("CompanyTruth", book.truth).accounts().set_index("account_id")["tier"]
    left = (live["end"] - since).dt.days / DAYS_A_MONTH
    found = live.assign(months=left.round().astype(int), tier=tier.reindex(live.index))
    return found[found["tier"] != "high"]


def _begun(
    book: Book, ahead: pd.DataFrame, since: pd.Timestamp, month: int, gross_margin: float, futures: int
) -> dict[str, Any] | None:
    """What high touch from a day on brings those whose renewal is so far away; none where they are too few."""
    truth = cast("CompanyTruth", book.truth)
    more = truth.effect("all_high", since=since, horizon=month + 1, futures=futures)
    more = more.set_index("account_id").reindex(ahead.index[ahead["months"] == month]).dropna()
    if len(more) < FEW:
        return None
    year = 12 * gross_margin * float(ahead["mrr_amount"].mean())
    kept = mean_of(more["retained"].to_numpy() * year, more["retained_error"].to_numpy() * year)
    already = float(ahead["tier"].map(dict(TIER_HOURS)).astype(float).mean())
    cost = (TIER_HOURS["high"] - already) * month * hour_amount(book)
    sure = kept.estimate - Z95 * kept.std_error > 0
    limits = (cost / kept.high, cost / kept.low) if sure else (np.nan, np.nan)
    return {
        "months_before": month,
        "retained": float(more["retained"].mean()),
        "kept_amount": kept.estimate,
        "cost_amount": cost,
        "estimate": cost / kept.estimate if sure else np.nan,
        "low": limits[0],
        "high": limits[1],
        "n": len(more),
        "method": METHOD,
    }
