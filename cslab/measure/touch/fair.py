"""A fair comparison of CSMs: what became of their customers, against anybody with the same ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, NotReady, UsageError
from cslab.measure.estimate import Z95, Estimate, unknown_choice
from cslab.measure.journey.variability import variability
from cslab.measure.signed import AMOUNTS, described
from cslab.measure.spells import DAYS_A_MONTH

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.float64]

OUTCOMES = ("usage", "lost")
"""How much the customers use the product; the renewals that were lost."""

MIX = ("segment", "touch_tier", "industry", "lead_source", "sales_push", "csm_in_presales", "pre_sale_education")
NUMBERS = ("mrr0_amount", "trial_usage", "discount_pct", "seats0", "employees", "tenure")
"""What customers are compared by: known before the CSM could do anything about the outcome."""

SETTLE = 6
"""Months under a CSM before usage counts: what a CSM does shows late."""

FEWEST = 5
"""CSMs with fewer customers are left out."""

DRAWS = 2000
METHOD = "case_mix_shrunk"
_DRAWN = 1.0
"""How strongly slopes are drawn to 0: as if one more customer of each kind had been average."""


def fair(book: Book, outcome: str = "usage") -> pd.DataFrame:
    """Each CSM's result as it looks and with the mix of customers taken out, drawn to the mean by how much is chance.

    Parameters
    ----------
    book : Book
        Needs ``tier_history`` (``csm_id``, ``valid_from``, ``valid_to``); for ``"usage"`` ``usage_monthly.wau_ratio``,
        for ``"lost"`` what :func:`cslab.measure.journey.variability` needs. Columns of ``accounts`` known at signing
        make the case mix where present.
    outcome : str
        ``"usage"``: weekly use a seat of customers who have had the CSM for six months; more is better. ``"lost"``:
        share of renewals lost; less is better.

    Returns
    -------
    DataFrame
        A row a CSM with five customers at least, the best first: ``csm_id``, ``n`` (customers, or renewals), ``crude``
        (mean as it is), ``expected`` (of anybody with these customers), ``estimate`` (mean of all, with what is better
        or worse than expected), ``low95``, ``high95``, ``low998``, ``high998`` (where it would lie if all CSMs were
        alike), ``outside``, ``shrunk``, ``shrunk_low``, ``shrunk_high``, ``rank`` (1: best), ``rank_low``,
        ``rank_high`` (95 % limits), ``crude_rank``, ``method``. ``attrs``: ``outcome``, ``mean``, ``spread`` (standard
        deviation of true differences), ``mix``, ``as_of``.

    Raises
    ------
    NotReady
        Naming the columns that are missing; where fewer than two CSMs have customers enough.
    UsageError
        For an unknown outcome.

    The limits know that the spread between CSMs is estimated, too: they average over all spreads that the data leave
    open, so that they do not close up where few CSMs look alike.

    Source: funnel limits, Spiegelhalter (2005), Statistics in Medicine 24:1185; ranks with limits, Goldstein and
    Spiegelhalter (1996), JRSS A 159:385; a flat prior on the spread, Gelman (2006), Bayesian Analysis 1:515, grade A.

    >>> import cslab
    >>> found = fair(cslab.load("synthetic:tiny?accounts=400"))
    >>> sorted(found["rank"]) == list(range(1, len(found) + 1))
    True
    """
    if outcome not in OUTCOMES:
        raise UsageError(unknown_choice("outcome", outcome, OUTCOMES))
    table = _usage(book) if outcome == "usage" else _lost(book)
    best = -1.0 if outcome == "usage" else 1.0
    found = _ranked(table, best).sort_values("rank", ignore_index=True).assign(method=METHOD)
    found.attrs = {**table.attrs, "outcome": outcome, "as_of": book.as_of}
    return found


def fair_truth(book: Book) -> pd.DataFrame | None:
    """How good each CSM truly is.

    Parameters
    ----------
    book : Book

    Returns
    -------
    DataFrame or None
        ``csm_id``, ``skill`` (added to a customer's value, months of customers held), ``accounts``,
        ``account_months``; None without the truth.

    >>> import cslab
    >>> fair_truth(cslab.load("synthetic:tiny").hide_truth()) is None
    True
    """
    if book.truth is None:
        return None
    return book.truth.csms()[["csm_id", "skill", "accounts", "account_months"]]


def agreement(ranks: pd.Series, truth: pd.Series) -> Estimate:
    """How far an order of CSMs agrees with another: Spearman's correlation.

    Parameters
    ----------
    ranks : Series
        By ``csm_id``: 1 the best.
    truth : Series
        By ``csm_id``: the larger the better.

    Returns
    -------
    Estimate
        1 the same order, 0 none, −1 the reverse; of the CSMs that both know. Limits by Fisher's transformation.

    Raises
    ------
    NotReady
        Where both know fewer than four CSMs, or one of them tells nobody apart.

    Source: Bonett and Wright (2000), Psychometrika 65:23, grade A.

    >>> import pandas as pd
    >>> four = pd.Series([1.0, 2.0, 3.0, 4.0], index=list("abcd"))
    >>> agreement(four, -four).estimate
    1.0
    """
    both = ranks.index.intersection(truth.index)
    one, other = -ranks[both].rank().to_numpy(), truth[both].rank().to_numpy()
    if len(both) < 4 or one.std() == 0 or other.std() == 0:
        raise NotReady(Fault("touch.few_csms", {"csms": len(both), "least": 4}))
    rho = round(float(np.corrcoef(one, other)[0, 1]), 12)
    if abs(rho) == 1:
        return Estimate(rho, rho, rho, len(both), "spearman")
    width = Z95 * np.sqrt((1 + rho**2 / 2) / (len(both) - 3))
    ends = np.tanh(np.arctanh(rho) + np.array([-width, width]))
    return Estimate(rho, float(ends[0]), float(ends[1]), len(both), "spearman")


def _lost(book: Book) -> pd.DataFrame:
    """Renewals lost, from the funnel of all who ask it."""
    found = variability(book, "csm")
    kept = {"person": "csm_id"}
    table = found.rename(columns=kept).assign(expected=found["expected"] / found["n"])
    error = (table["shrunk_high"] - table["shrunk_low"]) / (2 * Z95)
    table = table.drop(columns=["observed", "method"]).assign(error=error)
    table.attrs = {"mean": found.attrs["mean"], "spread": found.attrs["spread"].estimate, "mix": found.attrs["mix"]}
    return table


def _usage(book: Book) -> pd.DataFrame:
    """Use of the product by customers of each CSM, against what their mix would have led one to expect."""
    import pandas as pd

    cases, mix = _cases(book)
    fitted = _fitted(cases, mix)
    mean, apart = float(cases["outcome"].mean()), cases["outcome"].to_numpy() - fitted
    spread, noise = _components(apart, cases["csm_id"])
    groups = pd.DataFrame({"csm_id": cases["csm_id"], "crude": cases["outcome"], "expected": fitted, "apart": apart})
    found = groups.groupby("csm_id")[["crude", "expected", "apart"]].mean()
    found = found.assign(n=groups.groupby("csm_id").size()).reset_index()
    error = noise / np.sqrt(found["n"])
    drawn, after = _drawn(found["apart"].to_numpy(), error.to_numpy())
    found = found.assign(estimate=mean + found["apart"], shrunk=mean + drawn, error=after)
    ends = {"shrunk_low": found["shrunk"] - Z95 * after, "shrunk_high": found["shrunk"] + Z95 * after}
    limits = {f"{side}{level}": mean + sign * z * error for level, z in _LEVELS for side, sign in _SIDES}
    found = found.assign(**ends, **limits)
    found["outside"] = np.select([np.abs(found["apart"]) > z * error for _, z in _LEVELS], [n for n, _ in _LEVELS], "")
    found.attrs = {"mean": mean, "spread": spread, "mix": mix}
    return found.drop(columns="apart")


def _drawn(apart: Floats, error: Floats) -> tuple[Floats, Floats]:
    """What CSMs truly differ by, drawn to 0, and its error: averaged over all spreads that the data leave open."""
    if not error.max() > 0:
        return apart, np.zeros(len(apart))
    spreads = np.linspace(0, _WIDEST * max(apart.std(), error.max()), _SPREADS)[:, None]
    total = spreads**2 + error**2
    middle = 1 / (1 / total).sum(axis=1, keepdims=True)
    beside = apart - middle * (apart / total).sum(axis=1, keepdims=True)
    likely = -0.5 * (np.log(total) + beside**2 / total).sum(axis=1) + 0.5 * np.log(middle[:, 0])
    weight = np.exp(likely - likely.max())
    weight /= weight.sum()
    keep = spreads**2 / total
    mean = weight @ (keep * apart)
    variance = weight @ (keep * error**2 + (1 - keep) ** 2 * middle + (keep * apart - mean) ** 2)
    return mean, np.sqrt(variance)


_WIDEST, _SPREADS = 4.0, 200
"""How far spreads are looked at, as multiples of what is seen or of chance, and at how many."""
_LEVELS = (("998", 3.090232306167813), ("95", Z95))
_SIDES = (("low", -1.0), ("high", 1.0))


def _cases(book: Book) -> tuple[pd.DataFrame, list[str]]:
    """A row a customer and CSM: mean use after the first months, and what was known before."""
    book.require("tier_history.csm_id", "tier_history.valid_from", "tier_history.valid_to", "usage_monthly.wau_ratio")
    charge = book.tier_history.dropna(subset=["csm_id", "valid_from"])
    rows = book.usage_monthly[["account_id", "month", "wau_ratio"]].dropna().merge(charge, on="account_id")
    held = (rows["month"] - rows["valid_from"]).dt.days / DAYS_A_MONTH
    within = (held >= SETTLE) & ~(rows["valid_to"] < rows["month"])
    rows = rows[within].assign(held=held[within])
    keys = ["account_id", "csm_id", *(["touch_tier"] if "touch_tier" in rows else [])]
    found = rows.groupby(keys, as_index=False).agg(
        outcome=("wau_ratio", "mean"), months=("month", "size"), tenure=("month", "min")
    )
    enough = found.groupby("csm_id")["account_id"].transform("nunique") >= FEWEST
    found = found[enough].reset_index(drop=True)
    if found["csm_id"].nunique() < 2:
        raise NotReady(Fault("touch.few_csms", {"csms": found["csm_id"].nunique(), "least": 2}))
    known = described(book, found["account_id"]).reset_index(drop=True).drop(columns=["touch_tier"], errors="ignore")
    known = known[[name for name in (*MIX, *NUMBERS, "signed_on") if name in known]]
    cases = found.join(known)
    cases["tenure"] = (cases["tenure"] - cases["signed_on"]).dt.days if "signed_on" in cases else 0.0
    mix = [name for name in (*MIX, *NUMBERS) if name in cases and cases[name].nunique() > 1]
    return cases, mix


def _fitted(cases: pd.DataFrame, mix: list[str]) -> Floats:
    """What would be expected of each customer whoever has it: slopes within CSMs, so that none takes credit."""
    columns = np.hstack([np.zeros((len(cases), 0)), *(_columns(cases[name], name) for name in mix)])
    csm = cases["csm_id"].astype("category").cat.codes.to_numpy()
    n = np.bincount(csm)
    within = (
        columns - (np.stack([np.bincount(csm, one) for one in columns.T], axis=1) / n[:, None])[csm] if mix else columns
    )
    outcome = cases["outcome"].to_numpy(float)
    told = within.T @ within + _DRAWN * np.eye(within.shape[1])
    slopes = np.linalg.solve(told, within.T @ outcome)
    return np.asarray(outcome.mean() + (columns - columns.mean(axis=0)) @ slopes)


def _columns(values: pd.Series, name: str) -> Floats:
    """One name as columns: words one each but the first, numbers in standard deviations."""
    import pandas as pd

    if name not in NUMBERS:
        words = values.astype(object).where(values.notna(), "")
        return pd.get_dummies(words, drop_first=True).to_numpy(float)
    numbers = values.to_numpy(float, na_value=np.nan)
    numbers = np.log1p(np.maximum(numbers, 0)) if name in AMOUNTS else numbers
    apart = np.nan_to_num(numbers - np.nanmean(numbers))
    return np.asarray(apart / (apart.std() or 1.0))[:, None]


def _components(apart: Floats, csm: pd.Series) -> tuple[float, float]:
    """How much CSMs truly differ, and how much their customers do: standard deviations by the analysis of variance."""
    groups = csm.astype("category").cat.codes.to_numpy()
    n = np.bincount(groups)
    means = np.bincount(groups, apart) / n
    inside = float(((apart - means[groups]) ** 2).sum() / max(len(apart) - len(n), 1))
    between = float((n * (means - apart.mean()) ** 2).sum() / (len(n) - 1))
    usual = (len(apart) - (n**2).sum() / len(apart)) / (len(n) - 1)
    return float(np.sqrt(max(between - inside, 0.0) / usual)), float(np.sqrt(inside))


def _ranked(table: pd.DataFrame, best: float) -> pd.DataFrame:
    """Ranks by the shrunken figures with limits, and by the crude ones."""
    value, error = best * table["shrunk"].to_numpy(float), table["error"].to_numpy(float)
    luck = np.random.default_rng(0)
    drawn = value.round(12) + error * luck.standard_normal((DRAWS, len(value)))
    ranks = np.lexsort((luck.random(drawn.shape), drawn)).argsort(axis=1) + 1  # equals by lot
    low, high = np.quantile(ranks, [0.025, 0.975], axis=0, method="nearest")
    order: dict[str, Any] = {"rank_low": low.astype(int), "rank_high": high.astype(int)}
    placed = _places(value, best * table["estimate"].to_numpy(float))
    crude = _places(best * table["crude"].to_numpy(float), table["n"].to_numpy(float))
    return table.drop(columns="error").assign(rank=placed, **order, crude_rank=crude)


def _places(value: Floats, then: Floats) -> NDArray[np.int64]:
    """Places from 1, the smallest first; by another figure among equals."""
    found = np.empty(len(value), np.int64)
    found[np.lexsort((then, value))] = np.arange(1, len(value) + 1)
    return found
