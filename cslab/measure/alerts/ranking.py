"""Risk under a capacity: whom to call when there is time for so many a week, and how often that is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure import landmark
from cslab.measure.alerts.everybody import share
from cslab.measure.alerts.judged import amounts
from cslab.measure.alerts.load import PER_WEEK
from cslab.measure.alerts.seen import numbered
from cslab.measure.landmark.days import check_positive
from cslab.measure.landmark.learning import PENALTY
from cslab.measure.lifecycle.days import Diary, as_days

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.measure.estimate import Estimate

LOADS = (1.0, 2.0, 3.0, 5.0, 8.0, 13.0)
"""Alerts a CSM and week that are worth a try."""

METHOD = "alerts_ranked"


@dataclass(frozen=True)
class Threshold:
    """Where to draw the line so that the work fits.

    Parameters
    ----------
    threshold : float
        Chance of leaving (0-1) from which a customer is called; above 1 where there is time for nobody.
    alerts : int
        How many that makes on all lists.
    per_week : float
        Alerts a CSM and week.
    precision, recall : Estimate
        Shares (0-1): of alerts, those that left; of those who left, the ones with an alert.

    >>> from cslab.measure.estimate import proportion
    >>> half = proportion(1, 2, 2, "mean")
    >>> Threshold(0.3, 2, 1.0, half, half).alerts
    2
    """

    threshold: float
    alerts: int
    per_week: float
    precision: Estimate
    recall: Estimate


def scored(
    book: Book, horizon: int = 3, months: int = 12, sets: Sequence[str] = landmark.SETS, penalty: float = PENALTY
) -> pd.DataFrame:
    """A list of all customers at the end of each month with their chance of leaving, and who then left.

    The model knows only what was known on the first of these days: it learns from earlier days whose horizon was over
    by then.

    Parameters
    ----------
    book : Book
        As for ``landmark.train``.
    horizon : int
        Months within which leaving counts.
    months : int
        Lists, the last one on the last month's end whose horizon is over.
    sets, penalty
        As for ``landmark.train``: the same model.

    Returns
    -------
    DataFrame
        A row a customer and list: ``account_id``, ``as_of``, ``risk`` (0-1), ``event`` (left within the horizon),
        ``mrr_amount`` (missing where the book knows no amounts). ``attrs``: ``horizon``, ``as_of``, ``unseen`` (words
        that were not there to learn from; they count as the most frequent).

    Raises
    ------
    NotReady, UsageError, DataError
        As ``landmark.train`` and ``landmark.outcomes``; for numbers below 1.

    >>> import cslab
    >>> rows = scored(cslab.load("synthetic:tiny"), months=3, sets=("calendar", "usage"))
    >>> rows["as_of"].nunique()
    3
    """
    import pandas as pd

    check_positive(horizon=horizon, months=months)
    days = pd.date_range(end=landmark.latest(book, horizon), periods=months, freq="ME")
    model = landmark.train(book.at(days[0]), horizon, sets=sets, penalty=penalty)
    lists, unseen = zip(*[_list_of(book, model, day) for day in days], strict=True)
    rows = pd.concat(lists, ignore_index=True)
    diary = Diary(book)
    amount = amounts(diary, numbered(diary, rows["account_id"]), as_days(rows["as_of"]) + 1)
    found: pd.DataFrame = rows[["account_id", "as_of", "risk", "event"]].assign(mrr_amount=amount)
    found.attrs = {"horizon": horizon, "as_of": book.as_of, "unseen": sum(unseen)}
    return found


def threshold_at(rows: pd.DataFrame, csms: float, per_week: float = PER_WEEK, weeks: float | None = None) -> Threshold:
    """The lowest threshold under which the work still fits.

    Parameters
    ----------
    rows : DataFrame
        Lists of customers with their chance of leaving: ``account_id``, ``as_of``, ``risk``, ``event`` (left within the
        horizon), as :func:`scored` or ``landmark.held_out`` make them.
    csms : float
        How many CSMs there are.
    per_week : float
        Alerts that each can act on in a week.
    weeks : float, optional
        For how long each list serves; without it, as long as lists lie apart (one week, where there is only one).

    Returns
    -------
    Threshold
        Of customers with the same chance all or none are called.

    Raises
    ------
    UsageError
        For rows without these columns, or without anybody who left; numbers that are not above 0.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"account_id": list("abcd"), "as_of": pd.Timestamp("2024-03-31"),
    ...     "risk": [0.9, 0.6, 0.4, 0.1], "event": [True, False, True, False]})
    >>> line = threshold_at(rows, csms=1, per_week=2)
    >>> line.threshold, float(line.precision), float(line.recall)
    (0.6, 0.5, 0.5)
    """
    time = _weeks(rows, csms, per_week, weeks) * csms
    return _at(rows, _lowest(rows["risk"].to_numpy(float), int(per_week * time + 1e-9)), time)


def capacity_curve(
    rows: pd.DataFrame, csms: float, per_week: Sequence[float] = LOADS, weeks: float | None = None
) -> pd.DataFrame:
    """Precision and recall by how many alerts a CSM can act on in a week; the last row calls everybody.

    Parameters
    ----------
    rows, csms, weeks
        As for :func:`threshold_at`.
    per_week : sequence of float
        Loads that are not more work than calling everybody; others fall away.

    Returns
    -------
    DataFrame
        ``per_week``, ``threshold``, ``alerts``, ``precision``, ``precision_low``, ``precision_high``, ``recall``,
        ``recall_low``, ``recall_high``, ``n`` (accounts on the lists), ``method``. ``attrs``: ``csms``, ``weeks`` (of
        all lists together), ``base_rate`` (an ``Estimate``), ``horizon`` where the rows say it.

    Raises
    ------
    UsageError
        As :func:`threshold_at`.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"account_id": list("abcd"), "as_of": pd.Timestamp("2024-03-31"),
    ...     "risk": [0.9, 0.6, 0.4, 0.1], "event": [True, False, True, False]})
    >>> capacity_curve(rows, csms=1, per_week=(1,))[["per_week", "precision", "recall"]].values.tolist()
    [[1.0, 1.0, 0.5], [4.0, 0.5, 1.0]]
    """
    import pandas as pd

    time = _weeks(rows, csms, min(per_week, default=PER_WEEK), weeks) * csms
    everybody = _at(rows, float(rows["risk"].min()), time)
    lines = [threshold_at(rows, csms, one, weeks) for one in sorted(per_week) if one < everybody.per_week]
    table = pd.DataFrame([_row(line, asked) for line, asked in _asked(lines, per_week, everybody)])
    found = table.assign(n=rows["account_id"].nunique(), method=METHOD)
    found.attrs |= {"csms": csms, "weeks": time / csms, "base_rate": everybody.precision}
    found.attrs["horizon"] = rows.attrs.get("horizon")
    return found


def _list_of(book: Book, model: landmark.Model, day: pd.Timestamp) -> tuple[pd.DataFrame, int]:
    """The customers of a day, their chance of leaving and who left; and how many words were new."""
    features = model.fill_absent(landmark.features(book.at(day), sets=model.sets, horizon=model.horizon))
    known, unseen = model.fill_unseen(features)
    return landmark.outcomes(book, day, model.horizon).join(model.chance(known), on="account_id"), unseen


def _weeks(rows: pd.DataFrame, csms: float, per_week: float, weeks: float | None) -> float:
    """For how many weeks all lists together serve; what cannot be counted with is refused, all at once."""
    found = ", ".join(map(str, rows.columns))
    lacking = [name for name in ("account_id", "as_of", "risk", "event") if name not in rows]
    faults = [Fault("alerts.no_column", {"column": name, "found": found}) for name in lacking]
    given = {"csms": csms, "per_week": per_week, **({} if weeks is None else {"weeks": weeks})}
    faults += [Fault("not_positive", {"name": name, "value": one}) for name, one in given.items() if not one > 0]
    if not lacking and not rows["event"].any():
        faults.append(Fault("one_outcome", {"status": "stayed"}))
    if faults:
        raise UsageError(*faults)
    days = np.unique(as_days(rows["as_of"]))
    apart = (days[-1] - days[0]) / (len(days) - 1) / 7 if len(days) > 1 else 1.0
    return len(days) * (apart if weeks is None else weeks)


def _lowest(risk: np.ndarray, most: int) -> float:
    """The lowest risk from which there are no more than so many."""
    levels, counts = np.unique(-risk, return_counts=True)
    fits = np.flatnonzero(np.cumsum(counts) <= most)
    return float(-levels[fits[-1]]) if len(fits) else float(np.nextafter(risk.max(), np.inf))


def _at(rows: pd.DataFrame, threshold: float, time: float) -> Threshold:
    """What a threshold brings."""
    called = rows[rows["risk"] >= threshold]
    right = share(called, "event", METHOD)
    leavers = rows[rows["event"]].drop_duplicates("account_id")
    reached = leavers["account_id"].isin(called.loc[called["event"], "account_id"])
    return Threshold(
        threshold, len(called), len(called) / time, right, share(leavers.assign(reached=reached), "reached", METHOD)
    )


def _asked(lines: list[Threshold], per_week: Sequence[float], everybody: Threshold) -> list[tuple[Threshold, float]]:
    """Each line with the load that was asked for; calling everybody with the one that it makes."""
    asked = [one for one in sorted(per_week) if one < everybody.per_week]
    return [*zip(lines, asked, strict=True), (everybody, everybody.per_week)]


def _row(line: Threshold, asked: float) -> dict[str, float]:
    """One line of the table."""
    shares = {
        f"{name}{part}": getattr(found, field)
        for name, found in (("precision", line.precision), ("recall", line.recall))
        for part, field in (("", "estimate"), ("_low", "low"), ("_high", "high"))
    }
    return {"per_week": asked, "threshold": line.threshold, "alerts": line.alerts, **shares}
