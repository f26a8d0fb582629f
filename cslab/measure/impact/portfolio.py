"""Which chains to put a year's hours into: what pays soon, what pays late, and how far each is to be believed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.impact.belief import PRIORS
from cslab.measure.impact.lags import expected_time
from cslab.measure.impact.reach import HORIZON, cost, hours, reach
from cslab.measure.impact.value import confidence, worth

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book
    from cslab.measure.impact.chain import Chain
    from cslab.measure.impact.links import Tested

QUICK_SHARE = 0.3
QUICK_MONTHS = 3.0
STEPS = 10
"""Tenths of those in reach: so finely a programme can be rolled out."""


def portfolio(
    book: Book,
    chains: Sequence[Chain],
    budget: float,
    horizon: int = HORIZON,
    quick_share: float = QUICK_SHARE,
    quick_months: float = QUICK_MONTHS,
    grades: Mapping[str, float] = PRIORS,
    tested: Mapping[str, Tested] | None = None,
) -> pd.DataFrame:
    """The chains to put hours into, so that the expected value is largest and a share of the hours pays soon.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``, ``csm`` with ``cost_amount`` and ``capacity_h``; ``programs`` where a chain says no
        hours.
    chains : sequence of Chain
    budget : float
        Hours that there are.
    horizon : int
        Months from the first input on that count.
    quick_share : float
        Least share (0-1) of the hours taken that goes into what pays soon; 0: no such rule.
    quick_months : float
        What begins to pay within so many months of the activity (median) pays soon.
    grades : mapping of str to float
        The chance that a link holds, by grade.
    tested : mapping of str to Tested, optional
        By the name of a chain, the verdicts of its links.

    Returns
    -------
    DataFrame
        One row a chain, in the order given: ``chain``, ``en``, ``ja``; ``low``, ``estimate``, ``high`` (months until
        all it is for is reached: 10, 50, 90 %, planning included); ``pays_from`` (months from the activity to the
        first money, median; missing where it brings none), ``quick``; ``value_low``, ``value``, ``value_high``
        (currency, for all in reach, if it holds), ``confidence`` (0-1: ``expected`` over ``value``), ``expected``
        (currency), ``hours``, ``cost`` (for all in reach), ``share`` (0-1, of those in reach, in tenths), ``chosen``.
        ``attrs``: ``budget``, ``hours``, ``quick_share`` (of the hours taken), ``expected``, ``currency``,
        ``horizon``.

    Raises
    ------
    UsageError
        Without chains, for two of a name, a budget that is not above 0, shares outside 0-1; and as :func:`worth`.

    Source: linear in those taken on; mixed integer program, scipy ``milp`` (HiGHS). The rule of 30 % is a default of
    the domain specification (grade S).

    >>> import cslab
    >>> from cslab.measure.impact import shipped
    >>> found = portfolio(cslab.load("synthetic:tiny"), [shipped("faq"), shipped("community")], 100)
    >>> found["chosen"].tolist(), found.attrs["hours"] <= 100
    ([True, False], True)
    """
    import pandas as pd

    _sensible(chains, budget, quick_share)
    rows = [_row(book, chain, horizon, quick_months, grades, (tested or {}).get(chain.name)) for chain in chains]
    table = pd.DataFrame(rows)
    table["share"] = _choice(table, budget, quick_share)
    table["chosen"] = table["share"] > 0
    taken = table["share"] * table["hours"]
    table.attrs = {
        "budget": budget,
        "hours": float(taken.sum()),
        "quick_share": float(taken[table["quick"]].sum() / taken.sum()) if taken.sum() else 0.0,
        "expected": float((table["share"] * table["expected"]).sum()),
        "currency": book.currency,
        "horizon": horizon,
    }
    return table


def _sensible(chains: Sequence[Chain], budget: float, quick_share: float) -> None:
    """Refuse what cannot be chosen from."""
    names = [chain.name for chain in chains]
    wrong = [Fault("chain.twice", {"chain": name}) for name in dict.fromkeys(names) if names.count(name) > 1]
    wrong += [] if names else [Fault("chain.none")]
    wrong += [] if budget > 0 else [Fault("chain.budget", {"value": budget})]
    wrong += [] if 0 <= quick_share <= 1 else [Fault("not_a_rate", {"name": "quick_share", "value": quick_share})]
    if wrong:
        raise UsageError(*wrong)


def _row(
    book: Book,
    chain: Chain,
    horizon: int,
    quick_months: float,
    grades: Mapping[str, float],
    tested: Tested | None,
) -> dict[str, Any]:
    """What there is to choose by of one chain."""
    found, many = worth(book, chain, horizon, tested), reach(book, chain)
    chances = [confidence(chain, node, tested, grades) for node in found.parts["node"]]
    expected = float((found.parts["amount"] * chances).sum())
    pays_from = float(found.parts.loc[found.parts["amount"] > 0, "pays_from"].min())
    return {
        **{"chain": chain.name, "en": chain.title("en"), "ja": chain.title("ja")},
        **expected_time(chain, book).iloc[-1][["low", "estimate", "high"]].to_dict(),
        **{"pays_from": pays_from, "quick": pays_from <= quick_months},
        **{"value_low": found.amount.low * many, "value": found.amount.estimate * many},
        "value_high": found.amount.high * many,
        "confidence": expected / found.amount.estimate if found.amount.estimate else float(np.mean(chances)),
        "expected": expected * many,
        "hours": hours(book, chain, horizon) * many,
        "cost": cost(book, chain, horizon) * many,
    }


def _choice(table: pd.DataFrame, budget: float, quick_share: float) -> NDArray[np.float64]:
    """The share of those in reach that each chain takes on, in tenths: the most expected value within the hours."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    each = table["hours"].to_numpy(float) / STEPS
    soon = np.where(table["quick"], 1 - quick_share, -quick_share) * each
    rules = [LinearConstraint(each[None, :], ub=budget), LinearConstraint(soon[None, :], lb=0)]
    wanted = -table["expected"].to_numpy(float) / STEPS
    most = Bounds(0, np.where(wanted < 0, STEPS, 0))
    found = milp(wanted, constraints=rules, bounds=most, integrality=np.ones(len(table)))
    return np.asarray(np.abs(np.round(found.x)) / STEPS)
