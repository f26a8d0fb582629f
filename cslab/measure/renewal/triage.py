"""Which renewals to look after: by what attention can be expected to win, not by what is at risk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Z95
from cslab.measure.net_value import GROSS_MARGIN
from cslab.measure.renewal.shock import shifted
from cslab.measure.signed import known

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book
    from cslab.measure.effect.uplift import Uplift
    from cslab.world.truth import CompanyTruth

    Floats = NDArray[np.float64]

LISTS = ("urgent", "watch", "future", "late")
"""Worth its hours and the last day for a notice is near; worth its hours, later; not worth them as it stands today; the
last day for a notice has passed."""

HIGHEST = "high"
"""The tier beyond which there is no more attention to give."""

RULES = {"by_uplift": "gain_amount", "by_at_risk": "at_risk_amount", "by_risk": "risk", "by_arr": "arr_amount"}


def triage(
    ahead: pd.DataFrame, uplift: pd.Series, hour_amount: float, hours: float = 8.0, lead_days: int = 30
) -> pd.DataFrame:
    """The open renewals with what attention can be expected to win, and what to do first.

    Parameters
    ----------
    ahead : DataFrame
        As ``ahead.ahead`` returns it.
    uplift : Series of float
        By ``account_id``: the chance of renewing that attention from now on wins (-1 to 1); 0 where nothing is said.
    hour_amount : float
        What an hour of the team costs (currency).
    hours : float
        That attention to one customer takes until the renewal.
    lead_days : int
        A last day for a notice so many days ahead, or fewer, is near.

    Returns
    -------
    DataFrame
        The most to be won first: ``account_id``, ``end``, ``notice_by``, ``arr_amount``, ``touch_tier``,
        ``health_colour``, ``risk`` (of not being renewed), ``at_risk_amount`` (ARR times risk), ``uplift``,
        ``gain_amount`` (ARR times uplift), ``net_amount`` (gross margin of a year's gain, less the hours), ``list`` (of
        ``LISTS``), ``rank_uplift``, ``rank_at_risk`` (from 1). ``attrs`` as of ``ahead``, and ``hours``.

    Raises
    ------
    UsageError
        For uplift outside -1 to 1, amounts that are missing, hours or their cost below 0, or where nothing is open.

    Source: urgent, watch and future lists of the domain specification; ranking by what treatment changes rather than
    by risk, Ascarza (2018), Journal of Marketing Research 55:80, grade A.

    >>> import cslab
    >>> from cslab.measure.renewal.ahead import ahead
    >>> open_ones = ahead(cslab.load("synthetic:default_jp?accounts=300"), 6)
    >>> found = triage(open_ones, same_odds(open_ones), hour_amount=6_000)
    >>> found["gain_amount"].is_monotonic_decreasing
    True
    """
    rows = ahead[~ahead["decided"]].reset_index(drop=True)
    won = rows["account_id"].map(uplift).astype(float).fillna(0.0)
    _check(rows, won, hour_amount, hours)
    rows = rows.assign(risk=1 - rows["chance"], uplift=won)
    rows["at_risk_amount"], rows["gain_amount"] = rows["arr_amount"] * rows["risk"], rows["arr_amount"] * rows["uplift"]
    rows["net_amount"] = GROSS_MARGIN * rows["gain_amount"] - hours * hour_amount
    rows["list"] = _lists(rows, ahead.attrs["as_of"], lead_days)
    for rule in ("uplift", "at_risk"):
        amount = rows["gain_amount" if rule == "uplift" else "at_risk_amount"]
        rows[f"rank_{rule}"] = amount.rank(ascending=False, method="first").astype(int)
    names = ["account_id", "end", "notice_by", "arr_amount", "touch_tier", "health_colour", "risk", "at_risk_amount"]
    names += ["uplift", "gain_amount", "net_amount", "list", "rank_uplift", "rank_at_risk"]
    found: pd.DataFrame = rows.sort_values("rank_uplift")[names].reset_index(drop=True)
    found.attrs = {**ahead.attrs, "hours": hours}
    return found


def same_odds(ahead: pd.DataFrame, odds: float = 1.5) -> pd.Series:
    """What attention would win if it multiplied everybody's odds of renewing by the same number: an assumption.

    Who is as good as lost, or safe, gains little by it, whatever the odds; so does nobody who has all attention now.

    Parameters
    ----------
    ahead : DataFrame
        As ``ahead.ahead`` returns it.
    odds : float
        More than 0; below 1, attention harms.

    Returns
    -------
    Series of float
        By ``account_id``: chance of renewing won (of the next renewal, where an account has several).

    Raises
    ------
    UsageError
        For odds of 0 or less.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"account_id": list("abc"), "chance": [0.5, 0.99, 0.5]})
    >>> rows["touch_tier"] = ["tech", "mid", "high"]
    >>> same_odds(rows, 3).round(3).tolist()
    [0.25, 0.007, 0.0]
    """
    if not odds > 0:
        raise UsageError(Fault("not_positive", {"name": "odds", "value": odds}))
    chance = ahead["chance"].to_numpy(float)
    won = np.where(ahead["touch_tier"] == HIGHEST, 0.0, shifted(chance, np.log(odds)) - shifted(chance, 0.0))
    return _by_account(ahead, won)


def by_trial(found: Uplift, book: Book, ahead: pd.DataFrame, arm: str = HIGHEST) -> pd.Series:
    """What attention would win, learned from a trial in which tiers were compared.

    A trial from signing stands in for one from today: who gained from a tier by what was known as it signed. It says
    what a customer would gain over the tier that it is in now.

    Parameters
    ----------
    found : Uplift
        Of a trial of tiers with the outcome ``retained``.
    book : Book
        Of the customers.
    ahead : DataFrame
        As ``ahead.ahead`` returns it.
    arm : str
        The tier that attention means.

    Returns
    -------
    Series of float
        By ``account_id``: chance won (-1 to 1); 0 for those who are in that tier, or in one that was not tried.

    Raises
    ------
    UsageError
        For a tier that was not tried.
    DataError
        Naming covariates of the trial that are missing.

    >>> import cslab
    >>> from cslab.measure.effect import trial, uplift
    >>> from cslab.measure.renewal.ahead import ahead
    >>> book = cslab.load("synthetic:rct?accounts=600")
    >>> found = uplift.uplift(trial(book, horizon=12, covariates=["trial_usage", "mrr0_amount"]))
    >>> bool(by_trial(found, book, ahead(book, 3)).between(-1, 1).all())
    True
    """
    arms = (*found.arms,)
    if arm not in arms:
        raise UsageError(Fault("renewal.no_arm", {"arm": arm, "known": ", ".join(arms)}))
    effects = found.effects_of(known(book, ahead, found.trial.covariates))
    places = ahead["touch_tier"].map({one: place for place, one in enumerate(arms)})
    now = places.fillna(arms.index(arm)).to_numpy(int)
    won = effects[:, arms.index(arm)] - effects[np.arange(len(ahead)), now]
    return _by_account(ahead, np.clip(won, -1, 1))


def true_uplift(book: Book, months: int = 12, futures: int = 64) -> pd.DataFrame | None:
    """What high touch for everybody from today on would truly win, against going on as it is.

    Parameters
    ----------
    book : Book
        With its truth.
    months : int
        To look ahead.
    futures : int
        How many to average over.

    Returns
    -------
    DataFrame or None
        By ``account_id``: ``uplift`` (chance won of still being a customer after the months), ``error`` (Monte-Carlo);
        None where nobody knows the truth.

    >>> import cslab
    >>> true_uplift(cslab.load("synthetic:tiny").hide_truth()) is None
    True
    """
    if book.truth is None:
        return None
    truth = cast("CompanyTruth", book.truth)
    more = truth.effect("all_high", "", since=book.as_of, horizon=months, futures=futures)
    named = more.rename(columns={"retained": "uplift", "retained_error": "error"})
    return named.set_index("account_id")[["uplift", "error"]]


def picked(table: pd.DataFrame, truth: pd.DataFrame | None = None, share: float = 1 / 3) -> pd.DataFrame:
    """What the first customers of each order win: by uplift, by ARR at risk, by risk, by ARR, by lot.

    Parameters
    ----------
    table : DataFrame
        As :func:`triage` returns it.
    truth : DataFrame, optional
        As :func:`true_uplift` returns it. Without it the table's own uplift is believed, and the order by uplift is
        the best by what it is made of.
    share : float
        Of the customers, for whom there are hours (0-1).

    Returns
    -------
    DataFrame
        ``rule`` (also ``by_truth`` with the truth, and ``by_lot``), ``estimate`` (ARR won, currency), ``low``, ``high``
        (Monte-Carlo of the truth alone; missing without it), ``more`` (than by ARR at risk), ``more_low``,
        ``more_high``, ``n`` (customers picked), ``method``.

    Raises
    ------
    UsageError
        For a share outside 0-1, or one that picks nobody.

    >>> import cslab
    >>> from cslab.measure.renewal.ahead import ahead
    >>> open_ones = ahead(cslab.load("synthetic:default_jp?accounts=300"), 6)
    >>> found = picked(triage(open_ones, same_odds(open_ones), 6_000)).set_index("rule")
    >>> bool(found.loc["by_uplift", "estimate"] >= found.loc["by_at_risk", "estimate"])
    True
    """
    import pandas as pd

    count = round(share * len(table))
    if not 0 < share <= 1 or count < 1:
        raise UsageError(Fault("renewal.share", {"share": share, "n": len(table)}))
    won, error = worth(table, truth)
    chosen = {rule: _first(order, count) for rule, order in orders(table, truth).items()}
    chosen["by_lot"] = np.full(len(table), count / len(table))
    method = "truth_expected" if truth is not None else "renewal_assumed"
    found = [{"rule": rule, **_sums(who, chosen["by_at_risk"], won, error)} for rule, who in chosen.items()]
    result = pd.DataFrame(found).assign(n=count, method=method)
    result.attrs = {**table.attrs, "share": share}
    return result


def orders(table: pd.DataFrame, truth: pd.DataFrame | None = None) -> dict[str, Floats]:
    """By what each rule orders the renewals: the highest come first.

    Parameters
    ----------
    table, truth
        As for :func:`picked`.

    Returns
    -------
    dict of str to ndarray of float
        By rule; ``by_truth`` only with the truth.

    >>> import pandas as pd
    >>> table = pd.DataFrame({"gain_amount": [1.0], "at_risk_amount": 2.0, "risk": 0.5, "arr_amount": 4.0})
    >>> [*orders(table)]
    ['by_uplift', 'by_at_risk', 'by_risk', 'by_arr']
    """
    found = {rule: table[column].to_numpy(float) for rule, column in RULES.items()}
    return found if truth is None else {**found, "by_truth": worth(table, truth)[0]}


def worth(table: pd.DataFrame, truth: pd.DataFrame | None = None) -> tuple[Floats, Floats]:
    """What attention wins of each renewal's ARR, and the error of that.

    Parameters
    ----------
    table, truth
        As for :func:`picked`.

    Returns
    -------
    tuple of ndarray of float
        Currency; the error is missing without the truth. Who is not in the truth wins nothing.

    >>> import pandas as pd
    >>> worth(pd.DataFrame({"account_id": ["a"], "arr_amount": [100.0], "uplift": [0.1]}))[0].tolist()
    [10.0]
    """
    arr = table["arr_amount"].to_numpy(float)
    if truth is None:
        return arr * table["uplift"].to_numpy(float), np.full(len(table), np.nan)
    told = truth.reindex(table["account_id"]).fillna(0.0)
    return arr * told["uplift"].to_numpy(float), arr * told["error"].to_numpy(float)


def _by_account(ahead: pd.DataFrame, won: Any) -> pd.Series:
    """One number an account: that of its next renewal that is not decided yet, where there is one."""
    import pandas as pd

    values = pd.Series(np.asarray(won, float), index=ahead["account_id"], name="uplift")
    if "decided" in ahead:
        values = values.iloc[np.argsort(ahead["decided"].to_numpy(bool), kind="stable")]
    return values[~values.index.duplicated()]


def _lists(rows: pd.DataFrame, as_of: pd.Timestamp, lead_days: int) -> Any:
    """The list that each renewal stands on."""
    days = (rows["notice_by"].fillna(rows["end"]) - as_of).dt.days.to_numpy()
    worth = rows["net_amount"].to_numpy(float) > 0
    return np.select([days < 0, worth & (days <= lead_days), worth], ["late", "urgent", "watch"], "future")


def _check(rows: pd.DataFrame, won: pd.Series, hour_amount: float, hours: float) -> None:
    """Refuse what cannot be weighed, all at once."""
    faults = []
    if rows.empty:
        faults.append(Fault("renewal.none_open"))
    if missing := int(rows["arr_amount"].isna().sum()):
        faults.append(Fault("renewal.no_amount", {"count": missing, "n": len(rows)}))
    if outside := int((won.abs() > 1).sum()):
        faults.append(Fault("renewal.uplift", {"count": outside, "value": float(won.abs().max())}))
    for name, value in (("hour_amount", hour_amount), ("hours", hours)):
        if not value >= 0:
            faults.append(Fault("renewal.below_zero", {"name": name, "value": value}))
    if faults:
        raise UsageError(*faults)


def _first(order: Any, count: int) -> Any:
    """Who is picked: 1 for the first by an order, 0 for the others."""
    who = np.zeros(len(order))
    who[np.argsort(-order, kind="stable")[:count]] = 1.0
    return who


def _sums(who: Any, usual: Any, won: Any, error: Any) -> dict[str, float]:
    """What those picked win, and how much more than those picked by ARR at risk."""
    found: dict[str, float] = {}
    for name, weight in (("", who), ("more_", who - usual)):
        total, spread = float(weight @ won), Z95 * float(np.sqrt(np.sum((weight * error) ** 2)))
        found |= {f"{name}estimate": total, f"{name}low": total - spread, f"{name}high": total + spread}
    return {"more" if name == "more_estimate" else name: value for name, value in found.items()}
