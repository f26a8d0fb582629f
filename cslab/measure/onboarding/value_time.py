"""Time to value as what it is: a time to an event that many customers never see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Estimate
from cslab.measure.onboarding.arrivals import arrivals, milestones
from cslab.measure.spells import DAYS_A_MONTH
from cslab.measure.survival import kaplan_meier

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from cslab.book import Book

METHOD = "time_to_value"
SHARES = (0.25, 0.5, 0.75, 0.9)


def time_to_value(book: Book, by: str | None = None, definition: str = "outcome") -> pd.DataFrame:
    """The share of customers who are there, by months since onboarding began.

    Parameters
    ----------
    book : Book
        As for :func:`cslab.measure.onboarding.arrivals`.
    by : str, optional
        A column of ``accounts``, or ``"touch_tier"`` (the tier at signing).
    definition : str
        What being there means.

    Returns
    -------
    DataFrame
        [``by``], ``time`` (months), ``at_risk`` (customers not there yet whose time has come so far), ``events``,
        ``estimate`` (0-1, one less Kaplan-Meier), ``low``, ``high``, ``n``, ``method``; a row a day on which somebody
        got there, the first and the last. It levels off below 1: the rest never get there.

    Raises
    ------
    NotReady
        Without the columns.
    UsageError
        For an unknown column or definition.

    Source: glossary "TTV".

    >>> import cslab
    >>> curve = time_to_value(cslab.load("synthetic:tiny"))
    >>> bool(curve["estimate"].is_monotonic_increasing), float(curve["estimate"].iloc[-1]) < 1
    (True, True)
    """
    return _curve(arrivals(book, definition), by)


def time_quantiles(
    book: Book, by: str | None = None, shares: Sequence[float] = SHARES, definition: str = "outcome"
) -> pd.DataFrame:
    """The months after which a quarter, half … of all customers are there.

    Parameters
    ----------
    book, by, definition
        As for :func:`time_to_value`.
    shares : sequence of float
        Of all who began (0-1).

    Returns
    -------
    DataFrame
        [``by``], ``share``, ``estimate`` (months; missing where so many never get there within the records), ``low``,
        ``high``, ``n``, ``method``. An upper limit is missing where it lies beyond the records.

    Raises
    ------
    NotReady
        As :func:`time_to_value`.
    UsageError
        As :func:`time_to_value`, and for shares outside 0-1.

    Source: limits as in Brookmeyer and Crowley (1982), Biometrics 38:29, grade A.

    >>> import cslab
    >>> time_quantiles(cslab.load("synthetic:tiny"), shares=[0.5]).columns.tolist()
    ['share', 'estimate', 'low', 'high', 'n', 'method']
    """
    import pandas as pd

    if outside := [share for share in shares if not 0 < share < 1]:
        raise UsageError(*(Fault("not_a_rate", {"name": "shares", "value": share}) for share in outside))
    curve = _curve(arrivals(book, definition), by)
    groups = curve.groupby(by, sort=False, dropna=False) if by else [("", curve)]
    rows = [
        {**({by: group} if by else {}), "share": share, **_quantile(part, share)}
        for group, part in groups
        for share in shares
    ]
    return pd.DataFrame(rows)


def median_time(book: Book, definition: str = "outcome") -> Estimate:
    """The months after which half of all customers are there, those who never get there among them.

    Parameters
    ----------
    book, definition
        As for :func:`time_to_value`.

    Returns
    -------
    Estimate
        Months; missing where fewer than half get there within the records.

    Raises
    ------
    NotReady, UsageError
        As :func:`time_to_value`.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> found = median_time(book)
    >>> found.low <= found.estimate
    True
    """
    return Estimate(**_quantile(_curve(arrivals(book, definition), None), 0.5))


def never(book: Book, horizon: float = 12, by: str | None = None, definition: str = "outcome") -> Any:
    """The share of customers who are not there by a horizon, left or not: for most of them this means never.

    Parameters
    ----------
    book, by, definition
        As for :func:`time_to_value`.
    horizon : float
        Months.

    Returns
    -------
    Estimate or DataFrame
        A share (0-1); with ``by`` one row a group: ``by``, ``estimate``, ``low``, ``high``, ``n``, ``method``.

    Raises
    ------
    NotReady
        As :func:`time_to_value`.
    UsageError
        As :func:`time_to_value`, and for a horizon beyond the records.

    >>> import cslab
    >>> 0 < float(never(cslab.load("synthetic:tiny"), 12)) < 1
    True
    """
    import pandas as pd

    curve = _curve(arrivals(book, definition), by)
    groups = curve.groupby(by, sort=False, dropna=False) if by else [("", curve)]
    found = [(group, _missing_at(part, horizon)) for group, part in groups]
    if by is None:
        return found[0][1]
    names = ("estimate", "low", "high", "n", "method")
    return pd.DataFrame([{by: group, **{name: getattr(one, name) for name in names}} for group, one in found])


def success_points(book: Book) -> pd.DataFrame:
    """The share of customers who have reached each success point, by months since onboarding began.

    Parameters
    ----------
    book : Book
        Needs ``onboarding`` with ``milestone``, ``started`` and ``done``.

    Returns
    -------
    DataFrame
        As :func:`time_to_value` with ``by``: ``point``, the milestones in the order in which customers reach them.

    Raises
    ------
    NotReady
        Without the columns.

    Source: several success points, the first one early (Mehta, Steinman and Murphy 2016, principle 7), grade B.

    >>> import cslab
    >>> success_points(cslab.load("synthetic:tiny"))["point"].unique().tolist()
    ['kickoff', 'data_connected', 'team_trained', 'first_value']
    """
    import pandas as pd

    curves = [_curve(arrivals(book, point=point), None).assign(point=point) for point in milestones(book)]
    frame = pd.concat(curves, ignore_index=True)
    frame.attrs.update(curves[0].attrs)
    return frame


def _curve(found: pd.DataFrame, by: str | None) -> pd.DataFrame:
    """One less Kaplan-Meier, in months, where it moves and at its ends."""
    curve = kaplan_meier(found, by)
    last = ~curve.duplicated(by, keep="last") if by else curve["time"] == curve["time"].max()
    curve = curve.loc[(curve["events"] > 0) | (curve["time"] == 0) | last]
    turned = {"estimate": 1 - curve["estimate"], "low": 1 - curve["high"], "high": 1 - curve["low"]}
    curve = curve.assign(time=curve["time"] / DAYS_A_MONTH, **turned, method=METHOD)
    return curve.drop(columns="std_error").reset_index(drop=True)


def _quantile(curve: pd.DataFrame, share: float) -> dict[str, Any]:
    """When a curve reaches a share, and when its limits do."""
    first = {}
    for name, column in (("estimate", "estimate"), ("low", "high"), ("high", "low")):
        reached = curve.loc[curve[column] >= share, "time"]
        first[name] = float(reached.iloc[0]) if len(reached) else np.nan
    return {**first, "n": int(curve["n"].iloc[0]), "method": METHOD}


def _missing_at(curve: pd.DataFrame, horizon: float) -> Estimate:
    """The share that is not there by a horizon."""
    last = float(curve["time"].iloc[-1])
    if not 0 <= horizon <= last:
        raise UsageError(Fault("outside_the_curve", {"time": horizon, "first": 0, "last": round(last, 1)}))
    row = curve[curve["time"] <= horizon].iloc[-1]
    estimate, low, high = (1 - float(row[name]) for name in ("estimate", "high", "low"))
    return Estimate(estimate, low, high, int(row["n"]), METHOD)
