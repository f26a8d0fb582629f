"""Competing causes: what share of all customers has left for each, and why one curve a cause cannot say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.faults import Fault, UsageError
from cslab.measure.causes.exits import INVOLUNTARY, UNKNOWN, VOLUNTARY
from cslab.measure.causes.spells import causes_of, only
from cslab.measure.multistate import cumulative_incidence as come_to
from cslab.measure.survival import kaplan_meier

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

CUSTOMER, ALL = "customer", "all"


def cumulative_incidence(seen: pd.DataFrame, horizon: int) -> pd.DataFrame:
    """The share of all customers that has left for each cause, month by month: with those who stay they add up to 1.

    Parameters
    ----------
    seen : DataFrame
        As ``spells`` makes it.
    horizon : int
        Last month; not past the last time that anybody was watched.

    Returns
    -------
    DataFrame
        ``cause`` (the most frequent first), ``time`` (0..horizon), ``estimate`` (0-1), ``low``, ``high``, ``n``
        (accounts), ``method``.

    Raises
    ------
    UsageError
        Without causes, when nobody left, or for a horizon past the follow-up.

    Source: Aalen and Johansen (1978), Scandinavian Journal of Statistics 5:141, grade A.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"entry": 0, "duration": [1, 2, 3, 3], "event": [True, True, False, False],
    ...     "cause": ["voluntary", "involuntary", "", ""]})
    >>> cumulative_incidence(seen, 2).query("time == 2")["estimate"].tolist()
    [0.25, 0.25]
    """
    import pandas as pd

    names = _watched(seen, horizon)
    moves = pd.DataFrame(
        {
            "id": range(len(seen)),
            "from": CUSTOMER,
            "to": _causes(seen).where(seen["event"].astype(bool), None).to_numpy(object),
            "start": seen["entry"].to_numpy() if "entry" in seen else 0,
            "stop": seen["duration"].to_numpy(),
        }
    )
    found = come_to(moves, range(horizon + 1), CUSTOMER).rename(columns={"end": "cause"})
    return _in_order(found, names, seen)


def one_minus_kaplan_meier(seen: pd.DataFrame, horizon: int) -> pd.DataFrame:
    """One minus the Kaplan-Meier curve of each cause: what is often shown in the place of its share, and too much.

    Who leaves for another cause counts as if it could still leave for this one, so the curves of all causes add up to
    more than have left, at long horizons to more than everybody.

    Parameters
    ----------
    seen, horizon
        As for ``cumulative_incidence``.

    Returns
    -------
    DataFrame
        As ``cumulative_incidence``.

    Raises
    ------
    UsageError
        As ``cumulative_incidence``.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"entry": 0, "duration": [1, 2, 3, 3], "event": [True, True, False, False],
    ...     "cause": ["voluntary", "involuntary", "", ""]})
    >>> one_minus_kaplan_meier(seen, 2).query("time == 2")["estimate"].round(3).tolist()
    [0.333, 0.25]
    """
    import pandas as pd

    names, parts = _watched(seen, horizon), []
    named = seen.assign(cause=_causes(seen))
    for name in names:
        curve = kaplan_meier(only(named, name)).query("time <= @horizon")
        turned = {"estimate": 1 - curve["estimate"], "low": 1 - curve["high"], "high": 1 - curve["low"]}
        parts.append(curve[["time", "n"]].assign(cause=name, **turned, method="one_minus_kaplan_meier"))
    columns = ["cause", "time", "estimate", "low", "high", "n", "method"]
    return _in_order(pd.concat(parts)[columns], names, seen)


def incidence_beside(seen: pd.DataFrame, horizon: int) -> pd.DataFrame:
    """Both at one horizon, and what each adds up to.

    Parameters
    ----------
    seen, horizon
        As for ``cumulative_incidence``.

    Returns
    -------
    DataFrame
        ``cause``, ``estimate`` (cumulative incidence), ``low``, ``high``, ``one_minus_km``, ``n``, ``method``; the last
        row, ``cause`` ``"all"``, holds the share that has left for any cause (its limits those of Kaplan-Meier), and
        what the single curves add up to.

    Raises
    ------
    UsageError
        As ``cumulative_incidence``.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"entry": 0, "duration": [1, 2, 3, 3], "event": [True, True, False, False],
    ...     "cause": ["voluntary", "involuntary", "", ""]})
    >>> incidence_beside(seen, 2)[["estimate", "one_minus_km"]].round(3).values.tolist()
    [[0.25, 0.333], [0.25, 0.25], [0.5, 0.583]]
    """
    import pandas as pd

    at = cumulative_incidence(seen, horizon).query("time == @horizon").drop(columns="time")
    apart = one_minus_kaplan_meier(seen, horizon).query("time == @horizon")["estimate"].to_numpy()
    curve = kaplan_meier(seen).query("time == @horizon").iloc[0]
    whole = {"cause": ALL, "estimate": 1 - curve["estimate"], "low": 1 - curve["high"], "high": 1 - curve["low"]}
    whole |= {"one_minus_km": apart.sum(), "n": curve["n"], "method": at["method"].iloc[0]}
    found = pd.concat([at.assign(one_minus_km=apart), pd.DataFrame([whole])], ignore_index=True)
    found.attrs.update({**seen.attrs, "horizon": horizon})
    return found[["cause", "estimate", "low", "high", "one_minus_km", "n", "method"]]


def truth_incidence(book: Book, horizon: int) -> pd.DataFrame | None:
    """The true share that has left for each kind of cause, of all customers ever won.

    Parameters
    ----------
    book : Book
    horizon : int
        Last month.

    Returns
    -------
    DataFrame or None
        ``cause`` (``voluntary``, ``involuntary``), ``time`` (0..horizon), ``estimate``, ``method``.

    >>> import cslab
    >>> truth_incidence(cslab.load("synthetic:tiny"), 12)["cause"].unique().tolist()
    ['voluntary', 'involuntary']
    """
    import pandas as pd

    if book.truth is None:
        return None
    wide = book.truth.incidence(horizon).rename(columns={"month": "time", "uncontrollable": INVOLUNTARY})
    parts = [wide[["time"]].assign(cause=name, estimate=wide[name]) for name in (VOLUNTARY, INVOLUNTARY)]
    return pd.concat(parts, ignore_index=True)[["cause", "time", "estimate"]].assign(method="truth_expected")


def _watched(seen: pd.DataFrame, horizon: int) -> list[str]:
    """The causes of some spells; refused where the follow-up ends before the horizon."""
    names, last = causes_of(seen), seen["duration"].max()
    if not 0 < horizon <= last:
        raise UsageError(Fault("beyond_follow_up", {"horizon": horizon, "last": last}))
    return names


def _causes(seen: pd.DataFrame) -> pd.Series:
    """The cause of each departure, said where it is not known."""
    return seen["cause"].astype(str).replace("", UNKNOWN)


def _in_order(found: pd.DataFrame, names: list[str], seen: pd.DataFrame) -> pd.DataFrame:
    """Causes in their order, and what the spells say of themselves."""
    place = {name: number for number, name in enumerate(names)}
    found = found.assign(place=found["cause"].map(place)).sort_values(["place", "time"], ignore_index=True)
    found = found[["cause", "time", "estimate", "low", "high", "n", "method"]]
    found.attrs.update(seen.attrs)
    return found
