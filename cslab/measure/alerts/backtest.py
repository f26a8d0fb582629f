"""Alerts held against what happened: how often they were right, whom they reached, and how early."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, NotReady, UsageError
from cslab.measure.alerts.bands import BAND, BANDS, band_of, shares_of_bands
from cslab.measure.alerts.everybody import base_rate, share
from cslab.measure.alerts.judged import HORIZON, judged, targets, with_days
from cslab.measure.alerts.playbooks import LOSS
from cslab.measure.alerts.presence import departures
from cslab.measure.estimate import unknown_choice

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

    Part = tuple[str, pd.DataFrame, pd.DataFrame]

RULE = "rule_id"
BY = ("", RULE, BAND)
METHOD = "alerts_backtest"
QUARTILES = {"lead_low": 0.25, "lead_median": 0.5, "lead_high": 0.75}


def backtest(book: Book, fired: pd.DataFrame, horizon: int = HORIZON, by: str = RULE) -> pd.DataFrame:
    """How often alerts about a loss were right, how many of those who left they reached, and how long before.

    Precision: of the alerts whose horizon is over, the share after which the customer decided to leave within it.
    Recall: of the decisions to leave that fell into the days watched, the share with an alert within the horizon
    before. Decisions of the first months, before which nobody had watched for a whole horizon, do not count.

    Parameters
    ----------
    book : Book
        As for ``fire``.
    fired : DataFrame
        Alerts as ``fire`` makes them.
    horizon : int
        Months.
    by : str
        ``"rule_id"``, ``"band"`` (thirds of customers by MRR: do alerts reach the large, or those in need?), or ``""``
        for all together.

    Returns
    -------
    DataFrame
        A row a group: ``alerts``, ``accounts``, ``pending`` (not judged yet), ``hits``, ``precision``,
        ``precision_low``, ``precision_high``, ``leavers`` (decisions that could have been reached), ``reached``,
        ``recall``, ``recall_low``, ``recall_high``, ``lead_low``, ``lead_median``, ``lead_high`` (quartiles: days from
        the first alert within the horizon to the decision), ``n`` (accounts with judged alerts), ``method``. With
        ``by="band"`` also ``customers_share``, ``arr_share``, ``alerts_share`` and ``leavers_share`` (0-1). Limits
        count accounts as what varies. ``attrs``: ``as_of``, ``since``, ``until``, ``horizon``, ``base_rate`` (an
        ``Estimate``: the precision of alerting everybody).

    Raises
    ------
    NotReady
        Without contracts, for bands without amounts, or where no alert can be judged.
    UsageError
        For another ``by``, or a horizon below 1.

    Source: precision and recall as usual; that a lead ends with the decision is our rule (grade S).

    >>> import cslab
    >>> from cslab.measure import alerts
    >>> book = cslab.load("synthetic:tiny")
    >>> found = backtest(book, alerts.fire(book, since="2022-04-01"), by="")
    >>> bool(0 <= found["precision"].item() <= 1)
    True
    """
    import pandas as pd

    if by not in BY:
        raise UsageError(unknown_choice("by", by, [name or '""' for name in BY]))
    found = judged(book, fired, horizon)
    found = found[targets(found) == LOSS].reset_index(drop=True)
    if found.empty or bool(found["pending"].all()):
        raise NotReady(Fault("alerts.none_judged", {"months": horizon, "day": book.as_of.date()}))
    since, until = watched(found)
    parts = list(_parts(book, found, decisions(book, found, horizon), by))
    table = pd.DataFrame([_row(alerts, needed) for _, alerts, needed in parts])
    if by:
        table.insert(0, by, [name for name, _, _ in parts])
    if by == BAND:
        table = _beside_shares(table, shares_of_bands(book, until))
    known = {"as_of": book.as_of, "since": since, "until": until, "horizon": horizon}
    table.attrs |= {**known, "base_rate": base_rate(book, since, until, horizon)}
    return table


def watched(fired: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The days of which alerts tell: as asked for, else from the first to the last.

    Parameters
    ----------
    fired : DataFrame

    Raises
    ------
    UsageError
        Without any alert or days that were asked for.

    >>> import pandas as pd
    >>> days = pd.to_datetime(["2024-01-05", "2024-02-01"])
    >>> [day.day for day in watched(pd.DataFrame({"fired_on": days}))]
    [5, 1]
    """
    if fired.empty and not {"since", "until"} <= {*fired.attrs}:
        raise UsageError(Fault("alerts.none"))
    days = fired["fired_on"]
    return fired.attrs.get("since") or days.min(), fired.attrs.get("until") or days.max()


def decisions(book: Book, fired: pd.DataFrame, horizon: int = HORIZON) -> pd.DataFrame:
    """The decisions to leave that alerts of some days could have reached, each with every alert that did.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with ``start`` and ``end``.
    fired : DataFrame
        Alerts as ``fire`` makes them.
    horizon : int
        Months before a decision within which an alert reaches it.

    Returns
    -------
    DataFrame
        ``account_id``, ``decided_on``, ``rule_id``, ``fired_on``; a decision that none reached has one row with both
        missing.

    >>> import cslab
    >>> from cslab.measure import alerts
    >>> book = cslab.load("synthetic:tiny")
    >>> found = decisions(book, alerts.fire(book, since="2022-04-01"))
    >>> bool((found["fired_on"].isna() | (found["fired_on"] <= found["decided_on"])).all())
    True
    """
    import pandas as pd

    fired = with_days(fired)
    gone, months = departures(book), pd.DateOffset(months=horizon)
    since, until = watched(fired)
    gone = gone[(gone["decided_on"] >= since + months) & (gone["decided_on"] <= until)]
    gone = gone[["account_id", "decided_on"]].drop_duplicates()
    pairs = gone.merge(fired[["account_id", "rule_id", "fired_on"]], on="account_id")
    near = (pairs["fired_on"] <= pairs["decided_on"]) & (pairs["fired_on"] + months >= pairs["decided_on"])
    every = gone.merge(pairs[near], on=["account_id", "decided_on"], how="left")
    return every.sort_values(["decided_on", "account_id", "fired_on"], ignore_index=True)


def _parts(book: Book, found: pd.DataFrame, reach: pd.DataFrame, by: str) -> Iterator[Part]:
    """Each group's alerts, and the decisions it could have reached with the first alert that did.

    Every decision stands before every rule; before a band only those of its customers.
    """
    if by == RULE:
        for name in sorted(found[RULE].unique()):
            yield name, found[found[RULE] == name], _first(reach, reach["fired_on"].where(reach[RULE] == name))
    elif by == BAND:
        until = watched(found)[1]
        of_alerts, needed = band_of(book, found, "fired_on", until), _first(reach, reach["fired_on"])
        of_needed = band_of(book, needed, "decided_on", until)
        for name in BANDS:
            yield name, found[of_alerts == name], needed[of_needed == name]
    else:
        yield "", found, _first(reach, reach["fired_on"])


def _first(reach: pd.DataFrame, alerts: pd.Series) -> pd.DataFrame:
    """A row a decision: the first of the alerts that count, missing where none does."""
    first = alerts.groupby([reach["account_id"], reach["decided_on"]]).min()
    return first.rename("fired_on").reset_index()


def _row(found: pd.DataFrame, needed: pd.DataFrame) -> dict[str, Any]:
    """What is told of one group."""
    judged_ones = found[~found["pending"]]
    reached = needed.assign(reached=needed["fired_on"].notna())
    right, recall = share(judged_ones, "hit", METHOD), share(reached, "reached", METHOD)
    lead = (needed["decided_on"] - needed["fired_on"]).dt.days
    return {
        "alerts": len(found),
        "accounts": int(found["account_id"].nunique()),
        "pending": int(found["pending"].sum()),
        "hits": int(judged_ones["hit"].sum()),
        **{"precision": right.estimate, "precision_low": right.low, "precision_high": right.high},
        "leavers": len(needed),
        "reached": int(reached["reached"].sum()),
        **{"recall": recall.estimate, "recall_low": recall.low, "recall_high": recall.high},
        **{name: float(lead.quantile(at)) for name, at in QUARTILES.items()},
        "n": right.n,
        "method": METHOD,
    }


def _beside_shares(table: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    """The table of bands with each one's share of customers, money, alerts and decisions to leave."""
    alerts, leavers = table["alerts"].sum(), table["leavers"].sum()
    own = {"alerts_share": table["alerts"] / alerts, "leavers_share": table["leavers"] / max(leavers, 1)}
    return table.merge(shares, on=BAND).assign(**own)
