"""Good for the vendor, the customer and society (三方良し): the same touch on three accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cslab.faults import Fault, NotReady, UsageError
from cslab.measure.estimate import Estimate, ratio
from cslab.measure.roi.brought import USERS

if TYPE_CHECKING:
    import pandas as pd

    from cslab.measure.roi.brought import Brought


@dataclass(frozen=True)
class Benefit:
    """What a customer has from the product: an assumption to be replaced by the customer's own numbers.

    Parameters
    ----------
    hours_saved : float
        Working hours that an active user saves in a month.
    hour_amount : float
        What such an hour is worth to the customer, in currency.
    own_hours : float
        Hours that the customer gives for one of the team's, in meetings and preparation.
    source : str
        Where the numbers come from.
    grade : str
        ``A`` (measured) to ``C`` (a vendor's claim) or ``S`` (our assumption).

    Raises
    ------
    UsageError
        For numbers below 0.

    >>> Benefit(hours_saved=2.0).grade
    'S'
    """

    hours_saved: float = 2.0
    hour_amount: float = 3_000.0
    own_hours: float = 1.0
    source: str = ""
    grade: str = "S"

    def __post_init__(self) -> None:
        """Refuse numbers that make no sense, all at once."""
        given = {name: getattr(self, name) for name in ("hours_saved", "hour_amount", "own_hours")}
        faults = [Fault("roi.negative", {"name": name, "value": value}) for name, value in given.items() if value < 0]
        if faults:
            raise UsageError(*faults)


def three_ways(found: Brought, benefit: Benefit | None = None) -> pd.DataFrame:
    """Who gains by a tier and who pays for it: vendor, customer, society.

    What the customer gains is use that touch brought, times what such use is worth: the first is estimated, the second
    declared. Fees are the vendor's gain and the customer's cost alike. Society has the hours of work set free, and
    nobody has put a price on them.

    Parameters
    ----------
    found : Brought
        With ``user_months``.
    benefit : Benefit, optional
        What use is worth.

    Returns
    -------
    DataFrame
        ``party`` (``vendor``, ``customer``, ``society``), ``item``, ``unit`` (``amount``, ``hours``), ``estimate``,
        ``low``, ``high`` (a customer over the horizon, limits of what touch brought, not of what is declared),
        ``grade``, ``n``, ``method``. ``attrs``: ``arms``, ``horizon``, ``benefit``.

    Raises
    ------
    NotReady
        Without usage.

    >>> import cslab
    >>> from cslab.measure.roi import brought
    >>> book = cslab.load("synthetic:rct?accounts=400")
    >>> found = brought(book, ("high", "tech"), 12, covariates=["trial_usage", "mrr0_amount"])
    >>> three_ways(found)["party"].unique().tolist()
    ['vendor', 'customer', 'society']
    """
    import pandas as pd

    if USERS not in found.more:
        raise NotReady(Fault("roi.no_usage"))
    benefit = benefit or Benefit()
    saved = benefit.hours_saved * benefit.hour_amount
    own = benefit.own_hours * benefit.hour_amount
    ways: list[tuple[str, str, str, dict[str, float], str]] = [
        ("vendor", "margin", "amount", {"margin": 1.0}, ""),
        ("vendor", "team_hours", "amount", {"cost": -1.0}, ""),
        ("vendor", "left", "amount", {"margin": 1.0, "cost": -1.0}, ""),
        ("customer", "work_saved", "amount", {USERS: saved}, benefit.grade),
        ("customer", "fees", "amount", {"revenue": -1.0}, ""),
        ("customer", "own_hours", "amount", {"hours": -own}, benefit.grade),
        ("customer", "left", "amount", {USERS: saved, "revenue": -1.0, "hours": -own}, benefit.grade),
        ("society", "hours_free", "hours", {USERS: benefit.hours_saved, "hours": -benefit.own_hours}, benefit.grade),
    ]
    rows = [
        {"party": party, "item": item, "unit": unit, **found.mean(None, **weight).cells(), "grade": grade}
        for party, item, unit, weight, grade in ways
    ]
    table = pd.DataFrame(rows)
    table.attrs |= {"arms": found.arms, "horizon": found.horizon, "benefit": benefit, "n": len(found.rows)}
    return table


def worth_from(found: Brought, benefit: Benefit | None = None) -> Estimate:
    """The hours that an active user must save a month for the customer to gain by the tier.

    Parameters
    ----------
    found : Brought
        With ``user_months``.
    benefit : Benefit, optional
        Its ``hours_saved`` is what is asked for; the rest counts.

    Returns
    -------
    Estimate
        Hours a month; limits of a ratio. No upper limit where the tier may not have brought more use at all.

    >>> import cslab
    >>> from cslab.measure.roi import brought
    >>> book = cslab.load("synthetic:rct?accounts=400")
    >>> found = brought(book, ("high", "tech"), 12, covariates=["trial_usage", "mrr0_amount"])
    >>> worth_from(found).method
    'roi'
    """
    benefit = benefit or Benefit()
    paid = found.sum_of(revenue=1.0, hours=benefit.own_hours * benefit.hour_amount)
    used = found.mean(None, **{USERS: benefit.hour_amount})
    if used.low > 0:
        return ratio(paid, found.sum_of(**{USERS: benefit.hour_amount}), "roi")
    share = float(paid.mean()) / used.estimate if used.estimate > 0 else float("inf")
    least = max(float(paid.mean()), 0.0) / used.high if used.high > 0 else float("inf")
    return Estimate(share, min(least, share), float("inf"), used.n, "roi")
