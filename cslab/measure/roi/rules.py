"""What a tier rule of one's own is worth, and what the judgement of CSMs adds to a rule or a lot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.allocation.options import refuse_strangers
from cslab.measure.capacity import hour_amount
from cslab.measure.effect.outcomes import Money
from cslab.measure.estimate import Estimate
from cslab.measure.roi.worlds import FUTURES, METHOD, mean_of, net_by_tier, tiers

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]

ORDER = ("tech", "mid", "high")


@dataclass(frozen=True)
class RuleWorth:
    """What a tier rule brings more than tech touch for everybody.

    Parameters
    ----------
    net : Estimate
        Gross margin less the cost of hours, currency a customer over the horizon; Monte-Carlo limits.
    roi : Estimate
        The same, a unit of currency of the cost of the hours that it takes more.
    hours : float
        Of the team, more, a customer over the horizon.
    accounts : DataFrame
        ``account_id``, ``tier``, ``margin``, ``cost``, ``net_amount`` (more than under tech touch).

    >>> import pandas as pd
    >>> RuleWorth(Estimate(1.0, 0, 2, 9, "m"), Estimate(0.5, 0, 1, 9, "m"), 3.0, pd.DataFrame()).hours
    3.0
    """

    net: Estimate
    roi: Estimate
    hours: float
    accounts: pd.DataFrame = field(repr=False)


def of_rule(
    book: Book,
    rule: pd.Series | Sequence[float] | None = None,
    horizon: int = 36,
    money: Money | None = None,
    futures: int = FUTURES,
) -> RuleWorth | None:
    """The ROI of a tier rule against tech touch for everybody, in expectation.

    Parameters
    ----------
    book : Book
        With its truth, ``accounts.mrr0_amount`` and the cost of an hour.
    rule : Series of str, or two numbers, optional
        A tier by ``account_id`` (others keep theirs); or the MRR at signing from which mid and high touch begin. None:
        the company's own tiers.
    horizon : int
        Months from signing.
    money : Money, optional
        Margin, and the hours of each tier.
    futures : int
        How many to average over.

    Returns
    -------
    RuleWorth or None
        ``None`` where nobody knows the truth.

    Raises
    ------
    UsageError
        For unknown tiers, accounts that the company never had or that stand twice, lines in the wrong order, a horizon
        or futures below 1.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> tech = of_rule(book, [float("inf"), float("inf")], horizon=6, futures=2)
    >>> float(tech.net), tech.hours
    (0.0, 0.0)
    """
    money = money or Money()
    worlds = tiers(book, ORDER, horizon, futures)
    if worlds is None:
        return None
    table = _Wide(worlds, book, money)
    choice = _choice(book, rule, table.accounts)
    net, error = table.more("net_amount", choice), table.error(choice)
    cost, hours = table.more("cost_amount", choice), table.more("hours", choice)
    found = mean_of(net, error)
    spent = float(cost.mean())
    sides = [one / spent if spent > 0 else np.nan for one in (found.estimate, found.low, found.high, found.std_error)]
    roi = Estimate(sides[0], sides[1], sides[2], found.n, METHOD, sides[3])
    return RuleWorth(found, roi, float(hours.mean()), table.told(choice, net, cost))


def judgement(book: Book, horizon: int = 24, money: Money | None = None, futures: int = FUTURES) -> pd.DataFrame | None:
    """What it brings that CSMs decide, beside a rule by MRR and a lot, each with the same number of customers a tier.

    Parameters
    ----------
    book, money, futures
        As for :func:`of_rule`.
    horizon : int
        Months from signing.

    Returns
    -------
    DataFrame or None
        ``who`` (``csm``: the company's tiers as they are, with what CSMs changed; ``rule``: the same numbers by MRR;
        ``lot``), ``estimate`` (margin less cost of hours, more than under tech touch, currency a customer), ``low``,
        ``high`` (Monte-Carlo), ``hours`` (a customer, more than under tech touch), ``moved`` (share of customers whose
        tier is not that of the rule), ``n``, ``method``; ``None`` where nobody knows the truth.

    Raises
    ------
    UsageError
        As :func:`of_rule`.

    >>> import cslab
    >>> judgement(cslab.load("synthetic:tiny"), horizon=6, futures=2)["who"].tolist()
    ['csm', 'rule', 'lot']
    """
    import pandas as pd

    money = money or Money()
    worlds = tiers(book, ORDER, horizon, futures)
    if worlds is None:
        return None
    table = _Wide(worlds, book, money)
    own = _choice(book, None, table.accounts)
    counts = np.bincount(own, minlength=len(ORDER))
    mrr = _mrr(book).reindex(table.accounts).to_numpy(float)
    by_rule = np.empty(len(own), np.int64)
    by_rule[np.argsort(mrr, kind="stable")] = np.repeat(np.arange(len(ORDER)), counts)
    chances = counts / counts.sum()
    rows = []
    for who, choice in {"csm": own, "rule": by_rule}.items():
        moved = float((choice != by_rule).mean())
        hours = float(table.more("hours", choice).mean())
        found = mean_of(table.more("net_amount", choice), table.error(choice))
        rows.append({"who": who, **found.cells(), "hours": hours, "moved": moved})
    drawn = [np.full(len(own), place) for place in range(len(ORDER))]
    net = sum(chance * table.more("net_amount", one) for chance, one in zip(chances, drawn, strict=True))
    error = sum(chance * table.error(one) for chance, one in zip(chances, drawn, strict=True))
    hours = float(sum(chance * table.more("hours", one).mean() for chance, one in zip(chances, drawn, strict=True)))
    moved = float(1 - (chances**2).sum())
    rows.append({"who": "lot", **mean_of(np.asarray(net), np.asarray(error)).cells(), "hours": hours, "moved": moved})
    return pd.DataFrame(rows)


class _Wide:
    """Every customer under each tier, side by side."""

    def __init__(self, worlds: pd.DataFrame, book: Book, money: Money) -> None:
        """Set up by account."""
        found = net_by_tier(worlds[worlds["account_id"].isin(_mrr(book).index)], hour_amount(book), money)
        self._of = {
            name: found.pivot(index="account_id", columns="tier", values=name)[list(ORDER)]
            for name in ("margin_amount", "net_amount", "net_error", "cost_amount", "hours")
        }
        self.accounts = self._of["hours"].index

    def more(self, name: str, choice: Places) -> Floats:
        """What each customer has more of in its tier than under tech touch."""
        values = self._of[name].to_numpy()
        return np.asarray(values[np.arange(len(values)), choice] - values[:, 0])

    def error(self, choice: Places) -> Floats:
        """The Monte-Carlo error of a difference in money; none where there is none."""
        errors = self._of["net_error"].to_numpy()
        own = errors[np.arange(len(errors)), choice]
        return np.where(choice == 0, 0.0, np.sqrt(own**2 + errors[:, 0] ** 2))

    def told(self, choice: Places, net: Floats, cost: Floats) -> pd.DataFrame:
        """The customers of a choice."""
        import pandas as pd

        names = np.array(ORDER, object)[choice]
        margin = self.more("margin_amount", choice)
        return pd.DataFrame(
            {"account_id": self.accounts, "tier": names, "margin": margin, "cost": cost, "net_amount": net}
        )


def _choice(book: Book, rule: Any, accounts: pd.Index[str]) -> Places:
    """The place of each customer's tier."""
    import pandas as pd

    if rule is not None and not hasattr(rule, "reindex"):
        lines = [float(line) for line in rule]
        if len(lines) != 2 or lines[0] > lines[1]:
            raise UsageError(Fault("roi.lines", {"given": ", ".join(f"{line:,.0f}" for line in lines) or "-"}))
        return np.searchsorted(lines, _mrr(book).reindex(accounts), side="right").astype(np.int64)
    every = book.truth.accounts().set_index("account_id")["tier"]  # type: ignore[union-attr]  # simulated, so it knows
    if rule is not None:
        refuse_strangers(rule, every.index)
    own = every.reindex(accounts)
    plan = own if rule is None else rule.reindex(accounts).fillna(own)
    choice = pd.Index(ORDER).get_indexer(pd.Index(plan))
    if (choice < 0).any():
        name = str(plan[choice < 0].iloc[0])
        values = {"name": name, "near": nearest(name, ORDER) or "-", "known": ", ".join(ORDER)}
        raise UsageError(Fault("unknown_tier", values))
    return np.asarray(choice, dtype=np.int64)


def _mrr(book: Book) -> pd.Series:
    """MRR at signing of the customers on record."""
    book.require("accounts.mrr0_amount")
    known = book.accounts.set_index("account_id")["mrr0_amount"]
    return known[known > 0]
