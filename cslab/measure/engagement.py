"""An engagement model judged by the truth: beside the present one, and the best one within the same hours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.allocation import allocate
from cslab.measure.capacity import hour_amount
from cslab.measure.net_value import GROSS_MARGIN, cost_of_hours, net_value
from cslab.measure.plans import TIER_HOURS
from cslab.world.policy import Policy
from cslab.world.touch import TIERS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book, Truth

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

HORIZON = 36
"""Months over which a model is judged."""
ONBOARDING_MONTHS = 3
"""Months of more touch for a customer who is not onboarded yet (the author's three months of consulting, grade S)."""
PLANS = ("all_tech", "present", "submitted", "best")

OPTIONS = tuple((tier, first) for tier in TIERS for first in TIERS[TIERS.index(tier) :])
"""What a customer can get: a tier, and until onboarded at least as high a one."""


@dataclass(frozen=True)
class Judged:
    """A model beside others, in expectation, of the customers there on a day.

    Parameters
    ----------
    table : DataFrame
        A row a plan of ``PLANS``: ``plan``, ``tech``, ``mid``, ``high`` (customers), ``retained`` (share still there at
        the horizon's end), ``hours`` (a month, while all stay), ``value_amount`` (MRR summed over the horizon),
        ``cost_amount`` (of the hours), ``net_amount`` (margin of the value less the cost), ``gain_amount`` (net above
        the present plan). ``attrs``: ``as_of``, ``currency``, ``horizon``, ``margin``, ``n``.
    tiers : DataFrame
        ``account_id``, and the tier under each plan but ``all_tech``.
    hours : float
        A month, that the best plan could use.

    >>> import pandas as pd
    >>> table = pd.DataFrame({"plan": PLANS, "hours": [1.0, 9, 8, 9], "net_amount": [50.0, 60, 75, 80]})
    >>> Judged(table, pd.DataFrame(), 10).score, Judged(table, pd.DataFrame(), 10).regret
    (0.75, 5.0)
    """

    table: pd.DataFrame
    tiers: pd.DataFrame
    hours: float

    @property
    def score(self) -> float:
        """Which share of what could be gained over the present plan the submitted one gains; below 0: worse than that.

        Missing where nothing could be gained. The best plan is chosen on the futures that value it, so it looks a
        little better than it is, and the score a little worse.
        """
        possible = self.net("best") - self.net("present")
        return (self.net("submitted") - self.net("present")) / possible if possible > 0 else float("nan")

    @property
    def regret(self) -> float:
        """What the submitted plan lacks of the best one's net value."""
        return self.net("best") - self.net("submitted")

    @property
    def over(self) -> float:
        """Hours a month that the submitted plan takes beyond those there are; 0 if none."""
        return max(0.0, self._of("submitted", "hours") - self.hours)

    def net(self, plan: str) -> float:
        """The net value of a plan.

        Parameters
        ----------
        plan : str
            Of ``PLANS``.

        >>> import pandas as pd
        >>> table = pd.DataFrame({"plan": PLANS, "net_amount": [50.0, 60, 75, 80]})
        >>> Judged(table, pd.DataFrame(), 10).net("best")
        80.0
        """
        return self._of(plan, "net_amount")

    def _of(self, plan: str, column: str) -> float:
        """One number of a plan."""
        return float(self.table[column].to_numpy()[list(self.table["plan"]).index(plan)])


def judged(
    book: Book, tiers: pd.Series, onboarding: str = "", hours: float = 0.0, horizon: int = HORIZON, futures: int = 32
) -> Judged | None:
    """Hold a model against the truth.

    The customers of the book's last day are looked at over the coming months, in expectation: each gets the tier that
    the model gives it, and at least ``onboarding`` until onboarded. An hour costs what the team costs, and is paid for
    as long as the customer can be expected to stay. New customers do not count. The best plan is the one of the highest
    net value, so it leaves hours unused that would cost more than they bring; ``plans.best_plan`` and
    ``allocation.compare`` look for the highest revenue, whatever the hours cost, and use them up.

    Parameters
    ----------
    book : Book
        Needs ``csm`` with cost and hours.
    tiers : Series of str
        Tier by ``account_id``; who is left out keeps the present one: the company's own, to which it also brings those
        who have signed in the last weeks and stand in the records without it.
    onboarding : str
        A tier, or empty for the same as later.
    hours : float
        Hours a month that the best plan may use; never fewer than the present one takes.
    horizon : int
        Months.
    futures : int
        How many to average over.

    Returns
    -------
    Judged or None
        ``None`` where nobody knows the truth.

    Raises
    ------
    UsageError
        For a tier that there is not.
    NotReady
        Without what an hour costs.

    >>> import cslab, pandas as pd
    >>> book = cslab.load("synthetic:tiny")
    >>> found = judged(book, pd.Series(dtype=object), horizon=6, futures=2)
    >>> found.score, found.over  # the present tiers, handed in again
    (0.0, 0.0)
    """
    if book.truth is None:
        return None
    (value, retained, months), accounts = _expected(book.truth, f"{book.as_of:%Y-%m-%d}", horizon, futures)
    monthly = _monthly(value, horizon)
    cost = cost_of_hours(months, monthly, hour_amount(book))
    net = net_value(value, cost)
    present = _places(book.truth.accounts().set_index("account_id")["tier"].astype(object).reindex(accounts))
    submitted = _submitted(tiers.reindex(accounts), present, onboarding)
    rows = np.arange(len(accounts))
    most = max(hours, float(monthly[rows, present].sum()))
    best = allocate(net, monthly, most).choice
    choices = dict(zip(PLANS, (np.zeros_like(present), present, submitted, best), strict=True))
    parts = {"hours": monthly, "value_amount": value, "cost_amount": cost, "net_amount": net}
    table = _table(choices, parts, retained)
    table.attrs.update(as_of=book.as_of, currency=book.currency, horizon=horizon, margin=GROSS_MARGIN, n=len(accounts))
    return Judged(table, _tiers(choices, accounts), most)


def _expected(truth: Truth, since: str, horizon: int, futures: int) -> tuple[list[Floats], pd.Index[str]]:
    """Value, share retained and months as a customer of each account under each option; and the accounts."""
    shares = {tier: tuple(float(one == tier) for one in TIERS) for tier in TIERS}
    policies = [
        Policy(f"{tier} {first}", shares=shares[tier], onboarding="" if first == tier else first)  # type: ignore[arg-type]
        for tier, first in OPTIONS
    ]
    found = truth.expected(policies, since, horizon, futures)  # type: ignore[arg-type]
    wide = found.pivot(index="account_id", columns="policy", values=["value_amount", "retained", "months"])
    names = [one.name for one in policies]
    return [wide[what][names].to_numpy() for what in ("value_amount", "retained", "months")], wide.index


def _monthly(value: Floats, horizon: int) -> Floats:
    """Hours a month of each option: more until onboarded counts for those whom it could still change."""
    hours = np.empty_like(value)
    for place, (tier, first) in enumerate(OPTIONS):
        open_ = np.abs(value[:, place] - value[:, OPTIONS.index((tier, tier))]) > 0
        more = (TIER_HOURS[first] - TIER_HOURS[tier]) * min(ONBOARDING_MONTHS / horizon, 1.0)
        hours[:, place] = TIER_HOURS[tier] + open_ * more
    return hours


def _places(tiers: pd.Series) -> Ints:
    """The options of plain tiers."""
    if wrong := sorted({str(tier) for tier in tiers if tier not in TIERS}):
        known = {"name": wrong[0], "near": nearest(wrong[0], TIERS) or "-", "known": ", ".join(TIERS)}
        raise UsageError(Fault("unknown_tier", known))
    return np.array([OPTIONS.index((tier, tier)) for tier in tiers], dtype=np.int64)


def _submitted(tiers: pd.Series, present: Ints, onboarding: str) -> Ints:
    """The options of the model: its tiers, at least the onboarding tier until onboarded."""
    later = np.array([tier for tier, _ in OPTIONS], dtype=object)
    said = tiers.where(tiers.notna(), later[present])
    _places(said)
    least = TIERS.index(onboarding) if onboarding else 0
    first = [TIERS[max(TIERS.index(tier), least)] for tier in said]
    return np.array([OPTIONS.index(pair) for pair in zip(said, first, strict=True)], dtype=np.int64)


def _table(choices: dict[str, Ints], parts: dict[str, Floats], retained: Floats) -> pd.DataFrame:
    """A row a plan."""
    import pandas as pd

    rows, lines = np.arange(len(retained)), []
    later = np.array([TIERS.index(tier) for tier, _ in OPTIONS])
    for plan, choice in choices.items():
        counts = np.bincount(later[choice], minlength=len(TIERS))
        sums = {name: float(part[rows, choice].sum()) for name, part in parts.items()}
        share = float(retained[rows, choice].mean()) if len(rows) else float("nan")
        lines.append({"plan": plan, **dict(zip(TIERS, map(int, counts), strict=True)), "retained": share, **sums})
    table = pd.DataFrame(lines)
    net = table.set_index("plan")["net_amount"]
    return table.assign(gain_amount=table["net_amount"] - net["present"])


def _tiers(choices: dict[str, Ints], accounts: pd.Index[str]) -> pd.DataFrame:
    """The tiers under each plan, account by account."""
    import pandas as pd

    later = np.array([tier for tier, _ in OPTIONS], dtype=object)
    return pd.DataFrame({"account_id": accounts, **{plan: later[choices[plan]] for plan in PLANS[1:]}})
