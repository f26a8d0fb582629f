"""Whether customers with a good first impression forgive a bad day of the product more than the others do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, NotReady
from cslab.measure.onboarding.adjustment import least_squares
from cslab.measure.onboarding.impression import asked_on_day_30

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

MONTHS = 2
"""Months after an incident over which usage is looked at."""

GOOD = 4
"""Score on day 30 from which on an impression was good."""


def forgiveness(book: Book, months: int = MONTHS) -> pd.DataFrame:
    """How far usage falls after an incident, of those it hit against those it did not, by first impression.

    A difference in differences: each customer's usage after the incident less that before it; of those hit, less the
    same of those who were customers of the same team on that day and were spared. What else happened in those months
    happened to both.

    Parameters
    ----------
    book : Book
        Needs ``incidents`` (``incident_id``, ``account_id``, ``started``, ``hit``), ``surveys`` with ``day30`` and its
        ``score``, ``usage_monthly`` (``month``, ``wau_ratio``).
    months : int
        Months from that of the incident on whose mean counts as after it; the month before it is before.

    Returns
    -------
    DataFrame
        ``impression`` (``good``: four points or more on day 30, ``bad``, ``difference``: how much less the good ones
        lose), ``estimate`` (of ``wau_ratio``), ``low``, ``high`` (errors by account), ``n`` (accounts), ``incidents``
        (customers hit), ``method``, ``truth`` (missing where nobody knows it: of the true impression, which the score
        tells with noise). ``attrs``: ``months``, ``as_of``.

    Raises
    ------
    NotReady
        Without the columns, or where a group has nobody who was hit, or spared.

    Source: direction, Bolton (1998), grade A; errors by account, Liang and Zeger (1986), grade A.

    >>> import cslab
    >>> forgiveness(cslab.load("synthetic:tiny?accounts=600"))["impression"].tolist()
    ['good', 'bad', 'difference']
    """
    import pandas as pd

    changes = _changes(book, months)
    good, hit = (changes[name].to_numpy(float) for name in ("good", "hit"))
    columns = np.column_stack([hit * good, hit * (1 - good), good, _dummies(changes["incident_id"])])
    fit = least_squares(changes["change"], columns, pd.factorize(changes["account_id"])[0])
    weights = {"good": [1.0, 0.0], "bad": [0.0, 1.0], "difference": [1.0, -1.0]}
    truth = _truth(book, months)
    rows = []
    for name, pair in weights.items():
        found = fit.sum_of(np.pad(pair, (0, columns.shape[1] - 2)), "difference_in_differences")
        numbers = {column: getattr(found, column) for column in ("estimate", "low", "high", "n")}
        struck = int({"good": hit * good, "bad": hit * (1 - good), "difference": hit}[name].sum())
        rows.append({"impression": name, **numbers, "incidents": struck, "method": found.method, "truth": truth[name]})
    frame = pd.DataFrame(rows)
    frame.attrs.update(months=months, as_of=book.as_of)
    return frame


def _changes(book: Book, months: int) -> pd.DataFrame:
    """Each customer's change of usage around each incident, with both groups' signs."""
    book.require("incidents.started", "incidents.hit", "usage_monthly.month", "usage_monthly.wau_ratio")
    heard = asked_on_day_30(book).dropna(subset=["score"]).set_index("account_id")
    rows = book.incidents.dropna(subset=["hit", "started"])
    # an impression must have been formed before the bad day
    rows = rows[rows["started"] > rows["account_id"].map(heard["answered_on"])]
    month = rows["started"].dt.year * 12 + rows["started"].dt.month
    before, after = _usage(book, rows["account_id"], month, months)
    good = rows["account_id"].map(heard["score"]) >= GOOD
    found = rows.assign(change=after - before, good=good)[["account_id", "incident_id", "hit", "good", "change"]]
    found = found.dropna(subset=["change"]).assign(hit=lambda table: table["hit"].astype(bool))
    if len(found.groupby(["good", "hit"])) < 4:
        raise NotReady(Fault("no_incidents", {"count": len(found)}))
    return found


def _usage(book: Book, account: pd.Series, month: pd.Series, months: int) -> tuple[Any, Any]:
    """Usage in the month before and its mean over the months from then on."""
    usage = book.usage_monthly[["account_id", "month", "wau_ratio"]].dropna()
    usage = usage[usage["account_id"].isin(account)]
    number = usage["month"].dt.year * 12 + usage["month"].dt.month
    known = usage.assign(month=number).drop_duplicates(["account_id", "month"]).set_index(["account_id", "month"])
    looked = [_looked(known["wau_ratio"], account, month + step) for step in (-1, *range(months))]
    return looked[0], np.mean(looked[1:], axis=0)


def _looked(usage: pd.Series, account: pd.Series, month: pd.Series) -> Any:
    """Usage of some accounts in some months; missing where there is none."""
    import pandas as pd

    return usage.reindex(pd.MultiIndex.from_arrays([account, month])).to_numpy()


def _dummies(values: pd.Series) -> Any:
    """A 0/1 column for each value but the first."""
    import pandas as pd

    return pd.get_dummies(values, drop_first=True).to_numpy(float)


def _truth(book: Book, months: int) -> dict[str, float]:
    """What an incident truly costs in usage, by impression; missing where nobody knows."""
    found = book.truth.incident_damage(months) if book.truth else None
    if found is None or found.empty:
        return dict.fromkeys(("good", "bad", "difference"), np.nan)
    mean = found[found["month"] < months].groupby("impression")["usage"].mean()
    good, bad = -abs(float(mean["good"])), -abs(float(mean["poor"]))
    return {"good": good, "bad": bad, "difference": good - bad}
