"""What a chain would be worth for one participant if it held, and how far to believe it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Estimate, normal
from cslab.measure.impact.belief import PRIORS, SPREAD, believed
from cslab.measure.impact.graph import roads
from cslab.measure.impact.lags import DRAWS, drawn_times
from cslab.measure.impact.reach import HORIZON, customers, reach
from cslab.measure.impact.waits import Waits
from cslab.measure.net_value import GROSS_MARGIN

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book
    from cslab.measure.impact.chain import Chain
    from cslab.measure.impact.links import Tested
    from cslab.measure.impact.parts import Link, Node

SHOWN = {"supported": 0.97, "contradicted": 0.03}
"""The chance that a link holds once records have spoken (grade S)."""

YEAR = 12
"""Months from one renewal to the next, and of the window in which a change is declared."""

RENEWALS = 3
"""Renewals at which a change comes again; then as many leave as gain (grade S)."""

_SEED = 1
_ONCE = ("ever", "so_far")
"""Indicators that go on counting what happened once."""


@dataclass(frozen=True)
class Worth:
    """What one participant is worth, if all of a chain holds.

    Parameters
    ----------
    amount : Estimate
        Currency within the horizon; limits as far as the size of the effects is unsure.
    parts : DataFrame
        One row a node that is money: ``node``, ``change`` (of its indicator, for one participant), ``declared``
        (whether that is only said), ``months`` (that count, on average), ``amount``, ``low``, ``high``, ``std_error``
        (currency), ``pays_from`` (months from the activity on, median).

    >>> import cslab
    >>> from cslab.measure.impact import shipped
    >>> worth(cslab.load("synthetic:tiny"), shipped("faq")).parts["node"].tolist()
    ['tickets', 'lifetime_value']
    """

    amount: Estimate
    parts: pd.DataFrame


def worth(book: Book, chain: Chain, horizon: int = HORIZON, tested: Tested | None = None) -> Worth:
    """The money that a chain brings for one participant, if all its links hold, from when its changes are there.

    Money is what stands at level impact (the gross margin of ``mrr``; of ``retained``, where there is no ``mrr``,
    that of the mean MRR of today's customers) and every node with ``worth``.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements`` where ``retained`` stands for money.
    chain : Chain
    horizon : int
        Months from the first input on.
    tested : Tested, optional
        Verdicts of the links: where one is supported, its estimate takes the place of what is declared.

    Returns
    -------
    Worth

    Raises
    ------
    UsageError
        For a horizon below a month, or where nothing in the chain is money.

    Source: declared change × its worth × months left after the simulated time; behind a renewal, the change comes again
    with the second and the third, as it does in the simulator; our convention, grade S. Limits:
    declared sizes may be off by half (``SPREAD``), all of a chain together; estimates by their standard error.

    >>> import cslab
    >>> from cslab.measure.impact import shipped
    >>> book = cslab.load("synthetic:tiny")
    >>> worth(book, shipped("faq"), 12).amount.estimate < worth(book, shipped("faq"), 24).amount.estimate
    True
    """
    import pandas as pd

    if horizon < 1:
        raise UsageError(Fault("chain.horizon", {"value": horizon}))
    money = {node.id: each for node in chain.nodes if (each := _each(book, chain, node))}
    if not money:
        raise UsageError(Fault("chain.no_money", {"chain": chain.name}))
    times = drawn_times(chain, Waits.of(book, chain), DRAWS, _SEED)
    begun = float(np.median(times[chain.activity.id]))
    rows = [
        {**_part(chain, node, money[node], at, horizon, tested), "pays_from": float(np.median(at)) - begun}
        for node, at in times.items()
        if node in money
    ]
    table = pd.DataFrame(rows)
    alike = SPREAD * table.loc[table["declared"], "amount"].sum()
    width = float(np.sqrt(alike**2 + np.square(table.loc[~table["declared"], "std_error"]).sum()))
    whole = normal(float(table["amount"].sum()), width, reach(book, chain), "worth_of_chain")
    return Worth(whole, table)


def _each(book: Book, chain: Chain, node: Node) -> float:
    """What one unit more of a node's indicator is worth, in currency: 0 for what is no money."""
    if node.worth == node.worth:
        return node.worth
    kind = node.indicator.kind if node.indicator and node.level == "impact" else ""
    if kind == "mrr":
        return GROSS_MARGIN
    amounts = any(other.indicator and other.indicator.kind == "mrr" for other in chain.nodes)
    return GROSS_MARGIN * float(customers(book).mean()) if kind == "retained" and not amounts else 0.0


def _part(
    chain: Chain, node: str, each: float, at: NDArray[Any], horizon: int, tested: Tested | None
) -> dict[str, Any]:
    """One node's row."""
    change, error, declared = _change(chain, node, tested)
    months = _months(chain, node, np.maximum(horizon - at, 0.0))
    found = normal(change * each * months, abs(error * each * months), 0, "")
    return {
        "node": node,
        "change": change,
        "declared": declared,
        "months": months,
        **{"amount": found.estimate, "low": found.low, "high": found.high, "std_error": found.std_error},
    }


def _months(chain: Chain, node: str, left: NDArray[Any]) -> float:
    """How many months a change counts of those that are left, on average: behind a renewal, once more a year."""
    indicator = chain.node(node).indicator
    if indicator is not None and indicator.kind in _ONCE:
        return float((left > 0).mean())
    again = sum(np.maximum(left - YEAR * year, 0.0) for year in range(1, RENEWALS)) * _renewed(chain, node)
    return float((left + again).mean())


def _renewed(chain: Chain, node: str) -> bool:
    """Whether a node lies behind a renewal: whoever goes on with the programme's gain brings it again at each."""
    waits = [link.target for link in chain.links if chain.waits(link)]
    return any(target == node or roads(chain, target, node) for target in waits)


def _change(chain: Chain, node: str, tested: Tested | None) -> tuple[float, float, bool]:
    """The change of a node for one participant, how unsure it is, and whether that is only declared."""
    into = [link for link in chain.links if link.target == node]
    if tested and len(into) == 1:
        found = tested.find(into[0].source, node)
        if found.verdict == "supported" and found.effect:
            return found.effect.estimate, found.effect.std_error, False
    change = float(sum(link.declared for link in into))
    return change, SPREAD * abs(change), True


def confidence(chain: Chain, node: str, tested: Tested | None = None, grades: Mapping[str, float] = PRIORS) -> float:
    """How much of a node's declared change to reckon with, by the grade of the evidence for the links before it.

    Parameters
    ----------
    chain : Chain
    node : str
    tested : Tested, optional
        Verdicts: what is supported counts as nearly certain, what is contradicted as nearly impossible.
    grades : mapping of str to float
        The chance that a link holds, by grade.

    Returns
    -------
    float
        0-1.

    Source: grades as chances are our convention (grade S); links fail independently of each other.

    >>> from cslab.measure.impact import shipped
    >>> faq = shipped("faq")
    >>> round(confidence(faq, "tickets"), 3), confidence(faq, "lifetime_value") < confidence(faq, "use")
    (0.8, True)
    """
    chances, judged = dict(grades), chain
    if tested:
        verdicts = {(found.source, found.target): found.verdict for found in tested.links}
        shown = [_graded(link, verdicts.get((link.source, link.target), "")) for link in chain.links]
        chances, judged = {**chances, **SHOWN}, replace(chain, links=tuple(shown))
    belief = believed(judged, chances)
    return float(belief.chance @ belief.moved(node))


def _graded(link: Link, verdict: str) -> Link:
    """A link with its verdict for a grade, where it has one that settles it."""
    return replace(link, grade=verdict) if verdict in SHOWN else link
