"""Signs beside what they stand for: the hidden value, its true coefficient, and what a blurred sign makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.decisions import SHORTEST_TERM
from cslab.measure.estimate import Estimate
from cslab.measure.hazard.discrete import fit
from cslab.measure.hazard.fitted import Fitted
from cslab.measure.hazard.months import PersonMonths, person_months

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

NOTICE_MONTH = 30
"""Days of notice that contracts mean by a month."""

EDGE = 1e-4
TRUTH = "truth_expected"


def blurred(book: Book) -> pd.DataFrame | None:
    """The slope of renewal on a customer's true value, and on its usage in the unit of that value.

    Both are read in the month in which the renewal was decided, by the notice of the contract. Usage tells the value
    with noise, so its slope is nearer to nothing: attenuation. Departures that nobody decided are left out, and so are
    segments of which nobody left or everybody.

    Parameters
    ----------
    book : Book
        Needs ``usage_monthly.wau_ratio``, ``contracts.notice_days``, ``accounts.segment`` and its truth.

    Returns
    -------
    DataFrame or None
        Two rows: ``feature`` (``latent``, ``usage``), ``estimate`` (log odds a unit of value), ``low``, ``high``,
        ``n`` (accounts), ``truth`` (the simulator's slope; missing for usage, which is no cause there), ``method``.
        None where nobody knows the truth.

    Raises
    ------
    NotReady
        Without the columns above.
    UsageError
        As ``fit``, where too few left.

    Source: attenuation by measurement error, Carroll et al. (2006), *Measurement Error in Nonlinear Models*, grade A.

    >>> import cslab
    >>> found = blurred(cslab.load("synthetic:default_jp?seed=1&accounts=1000")).set_index("feature")
    >>> bool(found.loc["latent", "estimate"] < found.loc["usage", "estimate"] < 0)
    True
    """
    import pandas as pd

    if book.truth is None:
        return None
    book.require("usage_monthly.wau_ratio", "contracts.notice_days", "accounts.segment")
    rows = _decided(book)
    months, found = _with(book, rows, 1), []
    for feature, true in (("latent", _true_slope(rows)), ("usage", np.nan)):
        one = fit(months, [feature, "segment"]).coefficient(feature)
        found.append({"feature": feature, **one.cells(), "truth": true})
    return pd.DataFrame(found)


@dataclass(frozen=True)
class Unveiled:
    """A model of renewal that holds the hidden value beside what can be seen, and what is true of each coefficient.

    Parameters
    ----------
    fitted : Fitted
    truth : dict of str to Estimate
        By covariate, or ``segment=level``: of what can be seen 0, since only the value decides.

    >>> import cslab
    >>> found = unveiled(cslab.load("synthetic:default_jp?seed=1&accounts=1000"), ["wau_ratio"])
    >>> sorted(found.truth), found.truth["wau_ratio"].estimate
    (['latent', 'segment=enterprise', 'segment=mid', 'wau_ratio'], 0.0)
    """

    fitted: Fitted
    truth: dict[str, Estimate]


def unveiled(book: Book, covariates: Sequence[str], lag: int = 1) -> Unveiled | None:
    """The renewals once more, with the hidden value that decided each of them beside what could be seen.

    Parameters
    ----------
    book : Book
        As for ``blurred``.
    covariates : sequence of str
        Numbers that can be seen, as for ``fit``; the segment is added to them.
    lag : int
        Months, as for ``person_months``.

    Returns
    -------
    Unveiled or None
        None where nobody knows the truth.

    Raises
    ------
    NotReady, UsageError
        As ``blurred``.

    >>> import cslab
    >>> unveiled(cslab.load("synthetic:tiny").hide_truth(), ["wau_ratio"]) is None
    True
    """
    if book.truth is None:
        return None
    book.require("contracts.notice_days", "accounts.segment")
    rows = _decided(book)
    fitted = fit(_with(book, rows, lag), ["latent", *covariates, "segment"])
    slope = _true_slope(rows)
    level = (_logit(rows) - slope * rows["latent"]).groupby(rows["segment"].astype(str)).mean()
    true = {"latent": slope, **dict.fromkeys(covariates, 0.0)}
    for row in fitted.table.query("name == 'segment'").to_dict("records"):
        true[f"segment={row['level']}"] = float(level[row["level"]] - level[row["reference"]])
    return Unveiled(fitted, {name: Estimate(one, one, one, fitted.n, TRUTH, 0.0) for name, one in true.items()})


def _with(book: Book, rows: pd.DataFrame, lag: int) -> PersonMonths:
    """The account-months of some renewals, with value and usage of the decision as columns."""
    months = person_months(book, lag, extra=rows[["account_id", "month", "latent", "usage"]])
    return months.where(_among(months, rows))


def _decided(book: Book) -> pd.DataFrame:
    """The renewals with value and usage in the month of the decision; those that nobody decided are left out."""
    assert book.truth is not None
    months = person_months(book)
    due = months.where(months.due & (months.term >= SHORTEST_TERM))
    rows = due.frame(["segment", "notice_days"])
    cause = rows["account_id"].map(book.truth.accounts().set_index("account_id")["cause_true"])
    rows = rows[~(rows["event"] & (cause == "uncontrollable"))]
    known = book.truth.hazard().query("spell == 1").set_index(["account_id", "month"])
    used = book.usage_monthly.set_index(["account_id", "month"])["wau_ratio"]
    ahead = (rows["notice_days"].fillna(0) / NOTICE_MONTH).round().astype(int)
    decided = _earlier(rows, ahead)
    share = used.reindex(decided).clip(EDGE, 1 - EDGE).to_numpy()
    rows = rows.assign(latent=known["latent"].reindex(decided).to_numpy(), usage=np.log(share / (1 - share)))
    chance, closing = (known["hazard"].reindex(_earlier(rows, months)).to_numpy() for months in (0, 1))
    rows = rows.assign(chance=1 - (1 - chance) / (1 - closing)).dropna(subset=["latent", "usage"])
    return _told_apart(rows.assign(usage=rows["usage"] / _slope(rows["latent"], rows["usage"])))


def _earlier(rows: pd.DataFrame, months: Any) -> pd.MultiIndex:
    """Accounts and the months that lie so many before those of the rows."""
    import pandas as pd

    month = rows["month"].to_numpy().astype("datetime64[M]") - np.asarray(months)
    return pd.MultiIndex.from_arrays([rows["account_id"], month.astype("datetime64[ns]")])


def _told_apart(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of segments in which some left and some stayed."""
    share = rows.groupby("segment", observed=True)["event"].transform("mean")
    return rows[(share > 0) & (share < 1)]


def _among(months: PersonMonths, rows: pd.DataFrame) -> Any:
    """Which account-months are among some rows."""
    import pandas as pd

    here = pd.MultiIndex.from_frame(months.frame()[["account_id", "month"]])
    return here.isin(pd.MultiIndex.from_frame(rows[["account_id", "month"]]))


def _true_slope(rows: pd.DataFrame) -> float:
    """How the true chance of leaving changes with the value, segment by segment."""
    both = rows[["latent"]].assign(logit=_logit(rows))
    apart = both - both.groupby(rows["segment"].astype(str)).transform("mean")
    return _slope(apart["latent"], apart["logit"])


def _logit(rows: pd.DataFrame) -> pd.Series:
    """The true log odds of leaving."""
    odds: pd.Series = rows["chance"] / (1 - rows["chance"])
    return odds.map(np.log)


def _slope(x: pd.Series, y: pd.Series) -> float:
    """The slope of a line through points."""
    return float(((x - x.mean()) * (y - y.mean())).sum() / ((x - x.mean()) ** 2).sum())
