"""How many renewals, and how much money, a quarter brings: forecasts with limits, and how they did in the past."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.estimate import unknown_choice
from cslab.measure.renewal.shock import Shock, alone, learned

if TYPE_CHECKING:
    import pandas as pd

    Of = Literal["contracts", "arr_amount"]

LEVEL = 0.8
"""How often the limits are meant to hold what comes."""

OF = ("contracts", "arr_amount")
METHODS = {"shock": "renewal_shock", "alone": "renewal_alone"}


def forecasts(rows: pd.DataFrame, of: Of = "contracts", level: float = LEVEL) -> pd.DataFrame:
    """The forecast of every quarter by each way, as it would have been made, and what came.

    Two kinds of limits stand side by side. Those ``alone`` take each chance at its word and customers to have nothing
    in common. The others know the way's own record: by how much it leaned to one side in the quarters that were over,
    and how far quarters differed beyond luck.

    Parameters
    ----------
    rows : DataFrame
        As ``foreseen`` returns them.
    of : str
        ``contracts`` (their number) or ``arr_amount`` (currency a year, at the price before the renewal).
    level : float
        How often limits are meant to hold what comes (0-1).

    Returns
    -------
    DataFrame
        A row a way and quarter: ``way``, ``day``, ``until``, ``due`` (number or amount), ``decided`` (of it, known
        beforehand), ``estimate``, ``low``, ``high`` (what renews, with the common shock), ``alone``, ``alone_low``,
        ``alone_high``, ``observed`` (missing where it is not all known yet), ``inside``, ``alone_inside``, ``leaning``,
        ``spread``, ``quarters`` (learned from), ``n`` (contracts), ``method``. Quarters for which a way had nothing to
        learn from are left out. ``attrs``: ``of``, ``level`` and those of the rows.

    Raises
    ------
    UsageError
        For a level outside 0-1, an unknown ``of``, amounts that are missing, or where no quarter has a forecast.

    >>> import cslab
    >>> from cslab.measure.renewal.foreseen import foreseen
    >>> found = forecasts(foreseen(cslab.load("synthetic:tiny"), ["commit_at_word"]))
    >>> bool(((found["low"] <= found["estimate"]) & (found["estimate"] <= found["high"])).all())
    True
    """
    import pandas as pd

    _check(rows, of, level)
    found = [one for way in rows.attrs["ways"] for one in _of_way(rows, way, of, level)]
    if not found:
        raise UsageError(Fault("renewal.too_little", {"n": int((~rows["decided"]).sum())}))
    table = pd.DataFrame(found)
    table.attrs = {**rows.attrs, "of": of, "level": level}
    return table


def coverage(table: pd.DataFrame) -> pd.DataFrame:
    """How often the limits of each way held what came, over the quarters gone by that every way foretold.

    Parameters
    ----------
    table : DataFrame
        As :func:`forecasts` returns it.

    Returns
    -------
    DataFrame
        ``way``, ``interval`` (``shock``, ``alone``), ``estimate`` (share of quarters inside, 0-1), ``low``, ``high``
        (exact 95 % limits), ``n`` (quarters), ``width`` (mean width, share of what was due), ``bias`` (mean of expected
        less observed, share of what was due), ``level``, ``method``.

    Raises
    ------
    UsageError
        Where no forecast quarter is over.

    Source: Clopper and Pearson (1934), Biometrika 26:404, grade A.

    >>> import cslab
    >>> from cslab.measure.renewal.foreseen import foreseen
    >>> found = coverage(forecasts(foreseen(cslab.load("synthetic:tiny"), ["commit_at_word"])))
    >>> found["interval"].tolist()
    ['shock', 'alone']
    """
    import pandas as pd

    past = table[table["observed"].notna()]
    told = past.groupby("day")["way"].nunique()
    past = past[past["day"].isin(told.index[told == past["way"].nunique()])]
    if past.empty:
        raise UsageError(Fault("renewal.no_past"))
    ways = [way for way in table.attrs["ways"] if way in {*past["way"]}]
    found = pd.DataFrame([one for way in ways for one in _held(past[past["way"] == way], table.attrs["level"])])
    found.attrs = dict(table.attrs)
    return found


def next_quarter(table: pd.DataFrame) -> pd.DataFrame:
    """The forecasts of the quarter that lies ahead.

    Parameters
    ----------
    table : DataFrame
        As :func:`forecasts` returns it.

    Returns
    -------
    DataFrame
        A row a way; none where nothing comes due.

    >>> import cslab
    >>> from cslab.measure.renewal.foreseen import foreseen
    >>> book = cslab.load("synthetic:tiny")
    >>> bool((next_quarter(forecasts(foreseen(book, ["rate"])))["day"] == book.as_of).all())
    True
    """
    found: pd.DataFrame = table[table["day"] == table.attrs["as_of"]].reset_index(drop=True)
    return found


def record(rows: pd.DataFrame, way: str, day: pd.Timestamp) -> Shock:
    """What the quarters that were over by a day teach about a way of forecasting.

    Parameters
    ----------
    rows : DataFrame
        As ``foreseen`` returns them.
    way : str
        A column of theirs.
    day : Timestamp
        Only quarters of which all was known by then count.

    Returns
    -------
    Shock

    >>> import cslab
    >>> from cslab.measure.renewal.foreseen import foreseen
    >>> book = cslab.load("synthetic:tiny")
    >>> record(foreseen(book, ["commit_at_word"]), "commit_at_word", book.as_of).quarters > 8
    True
    """
    asked = rows[~rows["decided"] & (rows["day"] < day)]
    usable = asked[way].notna() & (asked["known_on"] <= day) & asked["renewed"].notna()
    past = asked[usable.groupby(asked["day"]).transform("all")]
    quarters = [part for _, part in past.groupby("day")]
    return learned([one[way].to_numpy(float) for one in quarters], [int(one["renewed"].sum()) for one in quarters])


def limits(draws: Any, level: float) -> tuple[float, float]:
    """The limits that hold so much of the draws, and their mean: values that were drawn, where it lies between them.

    Parameters
    ----------
    draws : ndarray of float
    level : float
        0-1; where values are few, the limits hold somewhat more.

    Returns
    -------
    tuple of float

    >>> limits(np.arange(1, 11), 0.8)
    (1.0, 9.0)
    """
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2], method="inverted_cdf")
    mean = float(np.mean(draws))
    return min(float(low), mean), max(float(high), mean)


def _check(rows: pd.DataFrame, of: str, level: float) -> None:
    """Refuse what cannot be forecast, all at once."""
    faults = []
    if not 0 < level < 1:
        faults.append(Fault("not_a_rate", {"name": "level", "value": level}))
    if of not in OF:
        faults.append(unknown_choice("of", of, OF))
    if of == "arr_amount" and (missing := int(rows["arr_amount"].isna().sum())):
        faults.append(Fault("renewal.no_amount", {"count": missing, "n": len(rows)}))
    if faults:
        raise UsageError(*faults)


def _of_way(rows: pd.DataFrame, way: str, of: Of, level: float) -> list[dict[str, Any]]:
    """One way's forecasts, quarter by quarter; each knows how those before it turned out."""
    said = rows[rows[way].notna().groupby(rows["day"]).transform("all")]
    return [
        {"way": way, "day": day, **_forecast(said[said["day"] == day], way, of, level, record(rows, way, day))}
        for day in said["day"].drop_duplicates()
    ]


def _forecast(part: pd.DataFrame, way: str, of: Of, level: float, shock: Shock) -> dict[str, Any]:
    """The forecast of one quarter, with what came."""
    worth = part["arr_amount"].to_numpy(float) if of == "arr_amount" else np.ones(len(part))
    renewed, decided = part["renewed"].to_numpy(float), part["decided"].to_numpy(bool)
    chance = part.loc[~decided, way].to_numpy(float)
    sure = float((worth * renewed)[decided].sum())
    with_shock = sure + shock.sums(chance, worth[~decided])
    by_itself = sure + alone(chance, worth[~decided])
    observed = float((worth * renewed).sum())
    ends = limits(with_shock, level), limits(by_itself, level)
    known = not np.isnan(observed)
    return {
        "until": part["end"].max(),
        "due": float(worth.sum()),
        "decided": float(worth[decided].sum()),
        "estimate": float(with_shock.mean()),
        "low": ends[0][0],
        "high": ends[0][1],
        "alone": sure + float(chance @ worth[~decided]),
        "alone_low": ends[1][0],
        "alone_high": ends[1][1],
        "observed": observed,
        "inside": _within(observed, ends[0]) if known else None,
        "alone_inside": _within(observed, ends[1]) if known else None,
        "leaning": shock.leaning,
        "spread": shock.spread,
        "quarters": shock.quarters,
        "n": len(part),
        "method": METHODS["shock"],
    }


def _within(value: float, limits: tuple[float, float]) -> bool:
    """Whether limits hold a value; sums of amounts are compared to a thousandth of a per cent."""
    slack = 1e-9 * abs(value)
    return limits[0] - slack <= value <= limits[1] + slack


def _held(past: pd.DataFrame, level: float) -> list[dict[str, Any]]:
    """How often both kinds of one way's limits held."""
    from scipy.stats import binomtest

    found, n = [], len(past)
    for interval, lead in (("shock", ""), ("alone", "alone_")):
        hits = int(past[f"{lead}inside"].astype(bool).sum())
        limits = binomtest(hits, n).proportion_ci(0.95)
        expected = past["estimate" if interval == "shock" else "alone"]
        found.append(
            {
                "way": past["way"].iloc[0],
                "interval": interval,
                "estimate": hits / n,
                "low": float(limits.low),
                "high": float(limits.high),
                "n": n,
                "width": float(((past[f"{lead}high"] - past[f"{lead}low"]) / past["due"]).mean()),
                "bias": float(((expected - past["observed"]) / past["due"]).mean()),
                "level": level,
                "method": METHODS[interval],
            }
        )
    return found
