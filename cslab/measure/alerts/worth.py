"""What alerts cost and what they bring: hours, revenue saved if so many are saved, and the rate from which it pays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.book import Note
from cslab.faults import Fault, UsageError
from cslab.measure.alerts.judged import targets
from cslab.measure.alerts.playbooks import LOSS
from cslab.measure.estimate import Estimate, ratio

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

METHOD = "alerts_worth"


@dataclass(frozen=True)
class Saved:
    """How many of those about to leave are kept by what follows an alert: an assumption, and where it comes from.

    Parameters
    ----------
    rate : float
        Share kept (0-1), beyond those who would have stayed anyway.
    low, high : float
        Between which it may well be.
    source : str
        Who says so.
    grade : str
        ``A`` (experiment) to ``C`` (a vendor's claim) or ``S`` (our assumption).

    Raises
    ------
    UsageError
        For shares outside 0-1 or in the wrong order.

    >>> Saved(0.2, 0.1, 0.3, "our own hold-out").rate
    0.2
    """

    rate: float
    low: float
    high: float
    source: str
    grade: str = "S"

    def __post_init__(self) -> None:
        """Refuse what is no share, all at once."""
        given = {"rate": self.rate, "low": self.low, "high": self.high}
        faults = [Fault("not_a_rate", {"name": name, "value": one}) for name, one in given.items() if not 0 <= one <= 1]
        if not faults and not self.low <= self.rate <= self.high:
            faults = [Fault("alerts.saved", given)]
        if faults:
            raise UsageError(*faults)

    def note(self) -> Note:
        """The assumption in words, to be shown beside any number that rests on it.

        >>> Saved(0.2, 0.1, 0.3, "our own hold-out").note().values["rate"]
        0.2
        """
        values = {"rate": self.rate, "low": self.low, "high": self.high, "source": self.source, "grade": self.grade}
        return Note("alerts_saved", values)


SAVED = Saved(0.12, 0.0, 0.35, "public claims: 10-15 % reactive, 35-50 % proactive, none verified", "C")
"""What is assumed where nobody has measured it. Public claims contradict each other, and none had a hold-out."""


def worth(
    found: pd.DataFrame,
    hour_amount: float,
    saved: Saved = SAVED,
    gross_margin: float = 0.8,
    months: int = 12,
    hours: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Cost and value of an alert, rule by rule, each as if the others were not there.

    Value: of the alerts after which the customer left, the share saved brings its MRR for some months more; of several
    alerts before one departure only the first can save it. Cost: the hours of the play.

    Parameters
    ----------
    found : DataFrame
        As ``judged`` makes it; alerts about growth, held out or not yet judged do not count.
    hour_amount : float
        Cost of an hour, such as ``capacity.hour_amount(book)``.
    saved : Saved
        What share of those about to leave is kept: an argument, since no table says it.
    gross_margin : float
        Share of revenue that is left after the cost of serving it (0-1).
    months : int
        Months that a saved customer stays.
    hours : mapping of str to float, optional
        Hours of a play by rule, where the alerts' column ``hours`` is not there or is to be replaced.

    Returns
    -------
    DataFrame
        ``rule_id``, ``alerts``, ``precision`` (of first alerts), ``hours`` (of a play), and in currency an alert:
        ``at_stake_amount`` (margin that leaves with those it was right about), ``value_amount``, ``cost_amount``,
        ``net_amount``, ``net_low``, ``net_high`` (95 %, which customers they happened to be), ``net_if_low``,
        ``net_if_high`` (at the ends of what is assumed to be saved), ``break_even`` (share saved from which it pays;
        missing where nothing is at stake), ``n`` (accounts), ``method``.

    Raises
    ------
    UsageError
        Without amounts or hours, for a margin outside 0-1, or where no alert can be judged.

    >>> import cslab
    >>> from cslab.measure import alerts, capacity
    >>> book = cslab.load("synthetic:tiny")
    >>> found = alerts.judged(book, alerts.fire(book, since="2022-04-01"))
    >>> table = worth(found, capacity.hour_amount(book))
    >>> bool((table["net_low"] <= table["net_amount"]).all())
    True
    """
    import pandas as pd

    rows = _counted(found, hours or {}, gross_margin)
    groups = rows.groupby("rule_id", sort=True)
    terms = (hour_amount, saved, gross_margin * months)
    return pd.DataFrame([{"rule_id": name, **_row(part, *terms)} for name, part in groups])


def _counted(found: pd.DataFrame, hours: Mapping[str, float], gross_margin: float) -> pd.DataFrame:
    """The alerts that count, each with its hours and whether it is the first before a departure."""
    faults = [] if 0 <= gross_margin <= 1 else [Fault("not_a_rate", {"name": "gross_margin", "value": gross_margin})]
    rows = found[(targets(found) == LOSS) & ~found["pending"] & ~_held(found)]
    given = rows.get("hours", np.nan)
    rows = rows.assign(hours=rows["rule_id"].map(dict(hours)).fillna(given).astype(float))
    if rows.empty:
        months, day = found.attrs.get("horizon"), found.attrs.get("as_of")
        faults.append(Fault("alerts.none_judged", {"months": months, "day": getattr(day, "date", str)()}))
    elif missing := sorted(rows.loc[rows["hours"].isna(), "rule_id"].unique()):
        faults.append(Fault("alerts.no_hours", {"rules": ", ".join(missing)}))
    if len(rows) and rows["mrr_amount"].isna().all():
        faults.append(Fault("no_mrr"))
    if faults:
        raise UsageError(*faults)
    counted: pd.DataFrame = rows.assign(first=_firsts(rows))
    return counted


def _held(found: pd.DataFrame) -> Any:
    """Which alerts were left alone on purpose."""
    return found["held_out"].astype(bool) if "held_out" in found else np.zeros(len(found), bool)


def _firsts(rows: pd.DataFrame) -> Any:
    """Which hits are the first alert of their rule before a departure."""
    import pandas as pd

    left = rows["fired_on"] + pd.to_timedelta(rows["lead_days"], unit="D")
    again = rows.assign(left=left).sort_values("fired_on").duplicated(["rule_id", "account_id", "left"])
    return rows["hit"] & ~again.reindex(rows.index)


def _row(part: pd.DataFrame, hour_amount: float, saved: Saved, months: float) -> dict[str, Any]:
    """One rule."""
    account, n = part["account_id"].factorize()[0], part["account_id"].nunique()
    count = np.bincount(account).astype(float)
    stake = months * np.bincount(account, part["mrr_amount"].fillna(0) * part["first"])
    at_stake = ratio(stake, count, METHOD)
    hours = float(part["hours"].mean())
    cost = hours * hour_amount
    net = _shifted(at_stake, saved.rate, cost)
    return {
        "alerts": len(part),
        "precision": float(part["first"].mean()),
        "hours": hours,
        "at_stake_amount": at_stake.estimate,
        "value_amount": saved.rate * at_stake.estimate,
        "cost_amount": cost,
        **{"net_amount": net.estimate, "net_low": net.low, "net_high": net.high},
        "net_if_low": saved.low * at_stake.estimate - cost,
        "net_if_high": saved.high * at_stake.estimate - cost,
        "break_even": cost / at_stake.estimate if at_stake.estimate > 0 else float("nan"),
        "n": n,
        "method": METHOD,
    }


def _shifted(at_stake: Estimate, rate: float, cost: float) -> Estimate:
    """What is left of an amount at stake, saved at a rate, after a cost."""
    net, low, high = (rate * one - cost for one in (at_stake.estimate, at_stake.low, at_stake.high))
    return Estimate(net, low, high, at_stake.n, METHOD)
