"""What differs between those who left and those who stayed: on today's records, and at the same moment and age."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.comparison.reading import read, used
from cslab.measure.decisions import SHORTEST_TERM, month_of, renewal_decisions
from cslab.measure.durations import durations
from cslab.measure.estimate import Z95
from cslab.measure.holm import holm
from cslab.measure.onboarding.adjustment import Fit, least_squares
from cslab.measure.spells import DAYS_A_MONTH, customers_again, origins

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.float64]

FINDINGS = ("stands", "turns", "appears", "vanishes", "unsure", "nothing")
"""What becomes of a difference that today's records show, when both groups are looked at fairly.

It ``stands`` or ``turns`` round where the fair look is sure of it too, and ``appears`` where only the fair look is. It
``vanishes`` where the fair look is not sure, and its limits leave the hurried difference out; where they hold it, it is
``unsure``: too few renewals to say.
"""

AGES = (3, 6, 12, 24, 48)
"""Months with us at which a list without dates is parted, so that only customers of like age are compared."""

LEVEL = 0.05


def compare_groups(book: Book, months_before: int = 6) -> pd.DataFrame:
    """Every feature of those who left and those who stayed, compared in a hurry and compared fairly.

    In a hurry: all customers ever, as the records stand today. Fairly: renewals that came up, each read the same time
    before it was decided, those of a like age held against each other only, and limits that know how many features
    were tried. A list without dates (``stock_sample``) cannot be read at another moment: there the fair look compares
    customers of like age and term only.

    Parameters
    ----------
    book : Book
        Needs renewals with the day of their decision, or a list of tenures with its own columns (``x_...``); what else
        is there (usage, tickets, touches, surveys, the facts of signing) becomes a feature.
    months_before : int
        Months before the decision at which the fair look is taken.

    Returns
    -------
    DataFrame
        One row a feature, the largest fair difference first: ``feature``, ``naive`` (left less stayed, in standard
        deviations of the customers compared fairly), ``naive_low``, ``naive_high``, ``naive_p_holm``, ``estimate``
        (the same, fairly), ``low``, ``high`` (95 %, each for itself, clustered by account), ``p_value``, ``p_holm`` (as
        if each had to answer for all), ``finding`` (one of ``FINDINGS``), ``n`` (renewals, or customers), ``left``,
        ``method`` (``before_decision`` or ``same_age``). ``attrs``: ``set_aside`` (renewals whose moment
        lies before the records: the comparison is of those who lasted until then), ``months_before``, ``as_of``.

    Raises
    ------
    NotReady
        Without renewals or a list of tenures.
    UsageError
        Where all left, or none; where there is no feature to compare; for months below 1.

    Source: Holm (1979), Scandinavian Journal of Statistics 6:65, grade A.

    >>> import cslab
    >>> found = compare_groups(cslab.load("synthetic:tiny"), months_before=3)
    >>> bool((found["p_holm"] >= found["p_value"]).all())
    True
    """
    import pandas as pd

    if months_before < 1:
        raise UsageError(Fault("not_positive", {"name": "months_before", "value": months_before}))
    hurried, fair, method, aside = _stock(book) if book.stock_sample else _calendar(book, months_before)
    names = [name for name in fair.features if _varies(fair.features[name])]
    if not names:
        raise UsageError(Fault("nothing_to_compare", {}))
    rows = [_row(name, hurried, fair) for name in names]
    table = _judged(pd.DataFrame(rows)).assign(method=method)
    order = table["estimate"].abs().sort_values(ascending=False, kind="stable").index
    table = table.loc[order].reset_index(drop=True)
    table.attrs |= {"as_of": book.as_of, "set_aside": aside, "months_before": months_before}
    return table


class _Group:
    """Rows to compare: who left, whose rows they are, their strata and features."""

    def __init__(self, left: Any, account: Any, stratum: Any, features: dict[str, Floats]) -> None:
        """Refuse what has one side only."""
        self.left = np.asarray(left, bool)
        if self.left.all() or not self.left.any():
            raise UsageError(Fault("one_outcome", {"status": "left" if self.left.any() else "stayed"}))
        self.account, self.features = np.unique(account, return_inverse=True)[1], features
        self.stratum = np.unique(stratum, return_inverse=True)[1]


def _calendar(book: Book, months_before: int) -> tuple[_Group, _Group, str, int]:
    """Customers as of today, and renewals as they stood before they were decided."""
    import pandas as pd

    decided = renewal_decisions(book)
    rows = decided.assign(as_of=month_of(decided["decided_on"]) - pd.DateOffset(months=months_before - 1, days=1))
    known = rows["as_of"] > (book.first_day or rows["as_of"].min())
    if not known.any():
        raise UsageError(Fault("no_renewals", {"term": SHORTEST_TERM, "months": months_before}))
    rows = rows[known].reset_index(drop=True)
    years = ((rows["end"] - rows["account_id"].map(origins(book))).dt.days / DAYS_A_MONTH / 12).round().clip(1, 3)
    fair = _Group(rows["status"] == "left", rows["account_id"], years, read(book, rows))
    return _as_of_today(book), fair, "before_decision", int((~known).sum())


def _as_of_today(book: Book) -> _Group:
    """All customers of the records; who is gone shows no use."""
    everybody = durations(book)
    everybody = everybody[~customers_again(book, everybody)].reset_index(drop=True).assign(as_of=book.as_of)
    found = read(book, everybody)
    values = {name: np.nan_to_num(value) if used(name) else value for name, value in found.items()}
    return _Group(everybody["event"], everybody["account_id"], np.zeros(len(everybody)), values)


def _stock(book: Book) -> tuple[_Group, _Group, str, int]:
    """Customers of a list, all together, and by age and term."""
    listed = durations(book)
    bands = np.digitize(listed["duration"], AGES)
    terms = listed["term_months"].fillna(0).to_numpy(int) if "term_months" in listed else np.zeros(len(listed), int)
    own = listed[[name for name in listed if str(name).startswith("x_")]]
    features = _covariates(own)
    left, who = listed["event"], listed["account_id"]
    return (
        _Group(left, who, np.zeros(len(listed)), features),
        _Group(left, who, bands * 1000 + terms, features),
        "same_age",
        int(listed.attrs["set_aside"]),
    )


def _covariates(own: pd.DataFrame) -> dict[str, Floats]:
    """Numbers as they are, each level of a word as yes or no; what says the same as an earlier one is left out."""
    import pandas as pd

    if own.empty:
        return {}
    words = [name for name in own if not pd.api.types.is_numeric_dtype(own[name])]
    parted = pd.get_dummies(own, columns=words, prefix_sep=" = ")
    found: dict[bytes, tuple[str, Floats]] = {}
    for name in parted:
        values = parted[name].to_numpy(float, na_value=np.nan)
        if (1 - values).tobytes() not in found:
            found.setdefault(values.tobytes(), (str(name), values))
    return dict(found.values())


def _varies(values: Floats) -> bool:
    """Whether a feature takes more than one value."""
    there = values[~np.isnan(values)]
    return bool(len(there) > 1 and there.min() < there.max())


def _row(name: str, hurried: _Group, fair: _Group) -> dict[str, Any]:
    """One feature, compared both ways, in the same unit."""
    values = fair.features[name]
    there = ~np.isnan(values)
    unit = float(np.std(values[there]))
    hastily, fairly = _told(_difference(name, hurried), unit), _told(_difference(name, fair), unit)
    return {
        "feature": name,
        **{"naive": hastily[0], "naive_low": hastily[1], "naive_high": hastily[2], "naive_p": hastily[3]},
        **dict(zip(("estimate", "low", "high", "p_value"), fairly, strict=True)),
        "n": int(there.sum()),
        "left": int(fair.left[there].sum()),
    }


def _told(fit: Fit, unit: float) -> tuple[float, float, float, float]:
    """A difference in its unit, its limits and its p-value."""
    from scipy.stats import norm

    value, error = float(fit.slopes[0]) / unit, float(np.sqrt(fit.covariance[0, 0])) / unit
    p_value = float(2 * norm.sf(abs(value) / error)) if error > 0 else float(value == 0)
    return value, value - Z95 * error, value + Z95 * error, p_value


def _difference(name: str, group: _Group) -> Fit:
    """Mean of those who left less that of those who stayed, within strata, errors clustered by account."""
    values = group.features[name]
    there = ~np.isnan(values)
    stratum = group.stratum[there]
    counts = np.fmax(np.bincount(stratum), 1)

    def within(numbers: Floats) -> Floats:
        """What is left of numbers once each stratum's mean is taken away."""
        part: Floats = numbers - (np.bincount(stratum, numbers) / counts)[stratum]
        return part

    left = within(group.left[there].astype(float))
    return least_squares(within(values[there]), left[:, None], group.account[there])


def _judged(table: pd.DataFrame) -> pd.DataFrame:
    """P-values that answer for all features together, and what becomes of each difference."""
    hurried, fair = (holm(table[name]) for name in ("naive_p", "p_value"))
    before, sure = hurried < LEVEL, fair < LEVEL
    same = np.sign(table["naive"]) == np.sign(table["estimate"])
    held = (table["low"] <= table["naive"]) & (table["naive"] <= table["high"])
    choices = [sure & before & same, sure & before, sure, before & ~held, before]
    found = table.drop(columns="naive_p").assign(finding=np.select(choices, FINDINGS[:5], FINDINGS[5]))
    found.insert(4, "naive_p_holm", hurried)
    found.insert(9, "p_holm", fair)
    return found
