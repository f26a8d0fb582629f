"""Does it depend on who? Outcomes person by person, against what their customers would have led one to expect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, NotReady, UsageError
from cslab.measure.decisions import renewal_decisions
from cslab.measure.estimate import Z95, Estimate, unknown_choice
from cslab.measure.journey.chances import Chances

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.float64]

OUTCOMES = {"rep": "asked_again", "csm": "left"}
"""What is looked at of each kind of person: the customer had to say it again; a renewal was lost."""

MIX = {
    "rep": ("segment", "lead_source", "sales_push", "csm_in_presales", "term_months", "mrr0_amount"),
    "csm": ("segment", "touch_tier", "lead_source", "sales_push", "pre_sale_education", "trial_usage", "mrr0_amount"),
}
"""What the cases are compared by: known before the person could do anything about the outcome."""

_CHARGE = ("account_id", "touch_tier", "csm_id", "valid_from", "valid_to")

FEWEST = 5
"""People with fewer cases are left out: nothing could put them outside the limits."""


def variability(book: Book, by: str = "rep") -> pd.DataFrame:
    """Each person's outcomes beside what would be expected of anybody with the same customers.

    For sales representatives (``"rep"``): the share of their customers who had to say at the hand-off what they had
    said before. For customer success managers (``"csm"``): the share of renewals of a year and more that were lost
    while they were in charge. A person's ``estimate`` is the share that is left when the mix of cases is taken out:
    the mean of all, times observed over expected.

    Parameters
    ----------
    book : Book
        ``"rep"`` needs ``handoffs.customer_repeat_info`` and ``accounts.sales_rep_id``; ``"csm"`` needs
        ``tier_history`` (``csm_id``, ``valid_from``, ``valid_to``) and ``contracts`` with ``end``, ``outcome``,
        ``decided_on``. The columns of ``MIX`` are used where present.
    by : str
        ``"rep"`` or ``"csm"``.

    Returns
    -------
    DataFrame
        One row a person with five cases at least, most cases first: ``person``, ``n`` (cases), ``observed``,
        ``expected``, ``crude`` (share as it is), ``estimate`` (share with the mix taken out); ``low95``, ``high95``,
        ``low998``, ``high998`` (exact control limits of ``estimate``: where it would lie for nineteen in twenty, and
        for 499 in 500 people who are all alike); ``outside`` (``""``, ``"95"``, ``"998"``); ``shrunk``, ``shrunk_low``,
        ``shrunk_high`` (drawn to the mean by how much is chance; limits by the largest spread that the data allow);
        ``method``. ``attrs``: ``by``,
        ``outcome``, ``mean``, ``spread`` (``Estimate``: how much people truly differ, as a standard deviation of the
        share), ``p_value`` (of such differences if all were alike), ``mix``, ``as_of``.

    Raises
    ------
    NotReady
        Naming the columns that are missing; where fewer than two people have cases enough.
    UsageError
        For an unknown kind of person.

    Source: funnel plots, Spiegelhalter (2005), Statistics in Medicine 24:1185; limits of the spread by its Q profile,
    Viechtbauer (2007), Statistics in Medicine 26:37, grade A.

    >>> import cslab
    >>> found = variability(cslab.load("synthetic:tiny"), "rep")
    >>> bool((found["low95"] <= found["high95"]).all())
    True
    """
    import pandas as pd

    if by not in OUTCOMES:
        raise UsageError(unknown_choice("by", by, tuple(OUTCOMES)))
    cases = _handed_over(book) if by == "rep" else _renewed(book)
    cases = cases[cases.groupby("person")["account_id"].transform("size") >= FEWEST].reset_index(drop=True)
    if cases["person"].nunique() < 2 or cases["outcome"].nunique() < 2:
        raise NotReady(
            Fault("journey.too_few_people", {"by": by, "people": cases["person"].nunique(), "cases": FEWEST})
        )
    mix = [name for name in MIX[by] if name in cases and cases[name].nunique() > 1]
    cases = cases.assign(chance=Chances(cases, "outcome", mix).chance())
    mean = float(cases["outcome"].mean())
    table = pd.DataFrame([_person(name, rows, mean) for name, rows in cases.groupby("person")])
    table, spread, p_value = _shrunk(table, mean)
    table = table.sort_values(["n", "person"], ascending=[False, True], ignore_index=True).assign(method="funnel_exact")
    table.attrs.update(
        by=by, outcome=OUTCOMES[by], mean=mean, spread=spread, p_value=p_value, mix=mix, as_of=book.as_of
    )
    return table.drop(columns="variance")


def _handed_over(book: Book) -> pd.DataFrame:
    """First hand-offs, whether the customer had to say it again, and its sales representative."""
    book.require("handoffs.customer_repeat_info", "handoffs.handed_on", "accounts.sales_rep_id")
    first = book.handoffs.sort_values("handed_on", kind="stable").drop_duplicates("account_id")
    rows = first[["account_id", "customer_repeat_info"]].merge(book.accounts, on="account_id")
    rows = rows[rows["customer_repeat_info"].notna() & rows["sales_rep_id"].notna()]
    terms = (
        book.contracts.sort_values("start", kind="stable").drop_duplicates("account_id")
        if book.has("contracts.start")
        else rows
    )
    if "term_months" in terms:
        rows = rows.merge(terms[["account_id", "term_months"]], on="account_id", how="left")
    return rows.assign(person=rows["sales_rep_id"], outcome=rows["customer_repeat_info"].astype(float))


def _renewed(book: Book) -> pd.DataFrame:
    """Renewals that were decided, whether they were lost, and who was in charge of the customer then."""
    book.require("tier_history.csm_id", "tier_history.valid_from", "tier_history.valid_to")
    decided = renewal_decisions(book)
    charge = book.tier_history.sort_values("valid_from", kind="stable")
    charge = charge[[name for name in _CHARGE if name in charge]]
    rows = decided.merge(charge, on="account_id")
    then = (rows["valid_from"] <= rows["decided_on"]) & ~(rows["valid_to"] < rows["decided_on"])
    rows = rows[then & rows["csm_id"].notna()].drop_duplicates(["account_id", "end"], keep="last")
    rows = rows.merge(book.accounts, on="account_id", how="left") if book.has("accounts") else rows
    return rows.assign(person=rows["csm_id"], outcome=(rows["status"] == "left").astype(float))


def _person(name: Any, rows: pd.DataFrame, mean: float) -> dict[str, Any]:
    """One person's numbers."""
    chance, observed = rows["chance"].to_numpy(float), float(rows["outcome"].sum())
    expected = float(chance.sum())
    below = np.cumsum(_counts(chance))
    scale = mean / expected
    limits = {
        f"{side}{level}": scale * edge
        for level, tail in (("95", 0.025), ("998", 0.001))
        for side, edge in zip(("low", "high"), _edges(below, tail), strict=True)
    }
    share = scale * observed
    levels = [level for level in ("998", "95") if not limits[f"low{level}"] <= share <= limits[f"high{level}"]]
    return {
        "person": name,
        "n": len(rows),
        "observed": int(observed),
        "expected": expected,
        "crude": observed / len(rows),
        "estimate": share,
        **limits,
        "outside": levels[0] if levels else "",
        "variance": scale**2 * float((chance * (1 - chance)).sum()),
    }


def _counts(chance: Floats) -> Floats:
    """The probability of each number of yeses among cases of different chances."""
    found = np.ones(1)
    for one in chance:
        found = np.convolve(found, (1 - one, one))
    return found


def _edges(below: Floats, tail: float) -> tuple[int, int]:
    """The smallest and the largest number that are not beyond a tail of that probability."""
    low = int(np.searchsorted(below, tail, side="right"))
    high = int(np.searchsorted(below, 1 - tail, side="left"))
    return low, high


def _shrunk(table: pd.DataFrame, mean: float) -> tuple[pd.DataFrame, Estimate, float]:
    """People drawn to the mean, how much they truly differ, and how likely such differences are by chance."""
    from scipy.special import chdtrc

    apart, variance = table["estimate"].to_numpy(float) - mean, table["variance"].to_numpy(float)
    spread = _spread(apart, variance)
    between = spread.estimate**2
    keep = between / (between + variance)
    widest = spread.high**2 / (spread.high**2 + variance)
    shrunk, error = mean + keep * apart, np.sqrt(widest * variance)
    p_value = float(chdtrc(len(table) - 1, (apart**2 / variance).sum()))
    limits = {"shrunk_low": shrunk - Z95 * error, "shrunk_high": shrunk + Z95 * error}
    return table.assign(shrunk=shrunk, **limits), spread, p_value


def _spread(apart: Floats, variance: Floats) -> Estimate:
    """The standard deviation by which people differ beyond chance, with the limits of its Q profile."""
    from scipy.special import chdtri

    degrees = len(apart) - 1

    def found(wanted: float) -> float:
        low, high = 0.0, 4 * float((apart**2).max() + variance.max())
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if (apart**2 / (variance + middle)).sum() > wanted else (low, middle)
        return float(np.sqrt(high)) if high > 1e-12 else 0.0

    limits = (found(float(chdtri(degrees, tail))) for tail in (0.025, 0.975))
    low, high = limits
    return Estimate(found(degrees), low, high, len(apart), "spread_q_profile")
