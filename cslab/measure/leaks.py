"""Features that know the answer: how well each separates leavers from stayers, and when it became known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.decisions import before_decision
from cslab.measure.durations import durations
from cslab.measure.estimate import Estimate, normal
from cslab.measure.retention import mrr
from cslab.measure.spells import customers_again

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.floating[Any]]

AT_SIGNING = ("trial_usage", "discount_pct", "mrr0_amount")
TODAY = ("wau_ratio", "logins", "core_actions")
COMPARED = ("trial_usage", "mrr0_amount", "wau_before", "logins_last_month", "surveys_last_quarter", "interview_done")
"""The columns of ``churned_vs_happy``; half of them know the ending."""


def leaky_features(book: Book, months_before: int = 3) -> pd.DataFrame:
    """How well features separate those who left, beside when each was known (misconception M16).

    A feature that became known after the decision separates well because leaving made it so; it is of no use before.

    Parameters
    ----------
    book : Book
        Needs ``churn_events`` and ``contracts`` with real days; features that it lacks are left out.
    months_before : int
        For the one honest usage feature: months before the decision at which it is read.

    Returns
    -------
    DataFrame
        One row a feature, the strongest first: ``feature``, ``known`` (``signing``, ``before_decision``, ``exit`` or
        ``as_of``), ``days_after_decision`` (median over the leavers; negative: known before), ``leaked`` (known after),
        ``estimate`` (AUC: chance that it ranks a leaver and a stayer rightly, 0.5 = no better than a coin), ``low``,
        ``high``, ``n`` (accounts, or renewals for ``before_decision``), ``method``. Who left and is a customer again
        counts with its first stay, and not as of today; ``attrs`` counts these as ``back`` (see ``durations.notes``).

    Raises
    ------
    NotReady
        Without the tables above.
    UsageError
        When nobody has left, or everybody.

    Source: AUC limits of DeLong, DeLong and Clarke-Pearson (1988), Biometrics 44:837, grade A.

    >>> import cslab
    >>> table = leaky_features(cslab.load("synthetic:tiny"))
    >>> bool(table["leaked"].iloc[0])
    True
    """
    import pandas as pd

    book.require("churn_events", "calendar")
    known = _accounts(book)
    again = customers_again(book, known)
    rows = [*_signing(known), *_exit(book, known), *_today(book, known[~again]), *_honest(book, months_before)]
    table = pd.DataFrame(rows).sort_values("estimate", ascending=False, kind="stable").reset_index(drop=True)
    table.attrs |= {"as_of": book.as_of, "back": int(again.sum())}
    return table


def churned_vs_happy(book: Book, months_before: int = 3) -> pd.DataFrame:
    """The table somebody makes who joins everything and holds those who left against those who stayed.

    A column that separates well need not be leaked, nor a leaked one separate well: what counts is the day on which it
    could have been known.

    Parameters
    ----------
    book : Book
        Needs ``churn_events``, ``contracts`` and ``usage_monthly`` with real days, and ``surveys``.
    months_before : int
        Months before the decision at which ``wau_before`` is read.

    Returns
    -------
    DataFrame
        One row a feature of ``COMPARED`` (fewer where signing is not on record), the strongest first: ``feature``,
        ``left`` and ``stayed`` (means of those who left and who stayed), ``estimate`` (AUC, see ``separation``),
        ``low``, ``high``, ``n``, ``method``, ``days_after_decision`` (median over the leavers) and ``leaked``.

    Raises
    ------
    NotReady
        Without the tables above.
    UsageError
        When nobody has left, or everybody.

    >>> import cslab
    >>> table = churned_vs_happy(cslab.load("synthetic:tiny")).set_index("feature")
    >>> table.loc[["logins_last_month", "mrr0_amount"], "leaked"].tolist()
    [True, False]
    """
    import pandas as pd

    needs = ("churn_events.interview_done", "usage_monthly.wau_ratio", "contracts.decided_on", "surveys.responded_on")
    book.require("calendar", *needs)
    known = _accounts(book)
    known = known[~customers_again(book, known)]
    left = known["event"].to_numpy(bool)
    signed = known["signed_on"] if "signed_on" in known else known["decided_on"]
    today = pd.Series(book.as_of, index=known.index)
    columns = {
        **{name: (known[name], signed) for name in ("trial_usage", "mrr0_amount") if name in known},
        **{name: (values, today) for name, values in _lately(book, known["account_id"]).items()},
        "interview_done": (known["interview_done"].astype(float), known["effective_on"]),
    }
    decided = known["decided_on"]
    rows = [_beside(name, values, left, when, decided) for name, (values, when) in columns.items()]
    before = before_decision(book, months_before)
    when = before["month"] + pd.offsets.MonthEnd(0)
    gone = (before["status"] == "left").to_numpy()
    rows.append(_beside("wau_before", before["value"], gone, when, before["decided_on"]))
    return pd.DataFrame(rows).sort_values("estimate", ascending=False, kind="stable").reset_index(drop=True)


def separation(values: Floats, left: NDArray[np.bool_], method: str = "auc_delong") -> Estimate:
    """Chance that a value ranks a leaver and a stayer rightly, whichever way round it points (AUC).

    Parameters
    ----------
    values : array
        One an account; missing ones count as 0.
    left : array of bool
        Who left.
    method : str
        How it was made.

    Returns
    -------
    Estimate
        From 0.5 (no better than a coin) to 1.

    Raises
    ------
    UsageError
        With nobody on one side.

    >>> float(separation(np.array([1.0, 2.0, 3.0, 4.0]), np.array([True, True, False, False])))
    1.0
    """
    import pandas as pd

    if left.all() or not left.any():
        raise UsageError(Fault("one_outcome", {"status": "left" if left.any() else "stayed"}))
    filled = pd.Series(np.nan_to_num(np.asarray(values, float)))
    above = np.empty(len(filled))
    for side in (left, ~left):
        above[side] = (filled.rank()[side] - filled[side].rank()) / (~side).sum()
    area, sizes = above[left].mean(), (left.sum(), (~left).sum())
    spread = sum(above[side].var(ddof=1) / size for side, size in zip((left, ~left), sizes, strict=True) if size > 1)
    return normal(max(area, 1 - area), float(np.sqrt(spread)), len(filled), method, 0.0, 1.0)


def _accounts(book: Book) -> pd.DataFrame:
    """Accounts with whether they left and the days their first exit was decided and took effect."""
    exits = book.churn_events.sort_values("effective_on", kind="stable").drop_duplicates("account_id")
    known = durations(book)
    more = exits[[name for name in exits if name == "account_id" or name not in known]]
    known = known.merge(more, on="account_id", how="left")
    return known.assign(decided_on=known["decided_on"].where(known["event"]))


def _row(feature: str, known: str, when: pd.Series, decided: pd.Series, found: Estimate) -> dict[str, Any]:
    """One line of the table."""
    after = float((when - decided).dt.days.median())
    return {
        "feature": feature,
        "known": known,
        "days_after_decision": after,
        "leaked": after > 0,
        **found.cells(),
    }


def _beside(
    name: str, values: pd.Series, left: NDArray[np.bool_], when: pd.Series, decided: pd.Series
) -> dict[str, Any]:
    """One line of the table of those who left and those who stayed; missing values count as 0."""
    filled = np.nan_to_num(values.to_numpy(float))
    means = {"left": float(filled[left].mean()), "stayed": float(filled[~left].mean())}
    row = _row(name, "", when[left], decided[left], separation(filled, left))
    return {"feature": name, **means, **{key: value for key, value in row.items() if key not in ("feature", "known")}}


def _lately(book: Book, ids: pd.Series) -> dict[str, pd.Series]:
    """What was counted lately: logins in the last month on record, surveys answered in its last ninety days."""
    import pandas as pd

    usage, surveys = book.usage_monthly, book.surveys
    last = usage[usage["month"] == usage["month"].max()].set_index("account_id")["logins"]
    recent = surveys[surveys["responded_on"] > book.as_of - pd.Timedelta(days=90)].groupby("account_id").size()
    return {"logins_last_month": ids.map(last), "surveys_last_quarter": ids.map(recent)}


def _signing(known: pd.DataFrame) -> list[dict[str, Any]]:
    """What was known when the customer signed."""
    if "signed_on" not in known:
        return []
    left = known["event"].to_numpy(bool)
    return [
        _row(name, "signing", known["signed_on"], known["decided_on"], separation(known[name].to_numpy(float), left))
        for name in AT_SIGNING
        if name in known
    ]


def _exit(book: Book, known: pd.DataFrame) -> list[dict[str, Any]]:
    """What is only ever written down for somebody who leaves."""
    if not book.has("churn_events.offboarding_steps"):
        return []
    found = separation(known["offboarding_steps"].to_numpy(float), known["event"].to_numpy(bool))
    return [_row("offboarding_steps", "exit", known["effective_on"], known["decided_on"], found)]


def _today(book: Book, known: pd.DataFrame) -> list[dict[str, Any]]:
    """What an export of today shows."""
    import pandas as pd

    left, ids = known["event"].to_numpy(bool), known["account_id"]
    values = {}
    if book.has("mrr_movements"):
        values["mrr_amount"] = ids.map(mrr(book, book.as_of))
    if book.has("usage_monthly"):
        usage = book.usage_monthly
        last = usage[usage["month"] == usage["month"].max()].set_index("account_id")
        values |= {name: ids.map(last[name]) for name in TODAY if name in last}
    today = pd.Series(book.as_of, index=known.index)
    return [
        _row(name, "as_of", today, known["decided_on"], separation(value.to_numpy(float), left))
        for name, value in values.items()
    ]


def _honest(book: Book, months_before: int) -> list[dict[str, Any]]:
    """Usage as it stood before each renewal was decided."""
    if not book.has("usage_monthly.wau_ratio", "contracts.decided_on", "contracts.outcome", "contracts.end"):
        return []
    import pandas as pd

    rows = before_decision(book, months_before)
    found = separation(rows["value"].to_numpy(float), (rows["status"] == "left").to_numpy())
    return [_row("wau_ratio", "before_decision", rows["month"] + pd.offsets.MonthEnd(0), rows["decided_on"], found)]
