"""How well ways of deciding about a programme do, month by month, where the truth is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, cast

from cslab.measure.effect.tried import tried
from cslab.measure.impact.advice import GO_ON, STOP, WAIT
from cslab.measure.impact.contrast import contrast
from cslab.measure.impact.decision import HORIZON, decide
from cslab.measure.impact.exposure import exposure
from cslab.measure.impact.graph import months_due
from cslab.measure.impact.month import at_month
from cslab.measure.impact.reach import cost, reach
from cslab.measure.impact.series import Records
from cslab.measure.impact.truth import worlds
from cslab.measure.impact.value import worth
from cslab.measure.net_value import GROSS_MARGIN

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.measure.impact.advice import Decision
    from cslab.measure.impact.chain import Chain
    from cslab.measure.impact.indicator import Indicator
    from cslab.world.truth import CompanyTruth

MONTHS = tuple(range(1, 19))
CHAIN, RENEWALS, FIRST, GO, QUIT = RULES = ("by_chain", "by_renewals", "by_first_number", "always_go", "always_stop")
"""By the chain, its lags and what is at stake; by whether renewals are up; by whether any outcome is; and blindly."""

YEAR = 12


def scored(book: Book, chain: Chain, months: Iterable[int] = MONTHS, horizon: int = HORIZON) -> pd.DataFrame | None:
    """What each way of deciding says in each month, and what it would cost.

    Parameters
    ----------
    book : Book
        Of a simulated company that runs the chain's programme.
    chain : Chain
    months : iterable of int
        After the month in which the programme began.
    horizon : int
        Months over which a participant's worth is counted, in the decision and in the truth.

    Returns
    -------
    DataFrame or None
        A row a month and rule: ``month``, ``rule`` (``by_chain``, ``by_renewals``: go on where more participants than
        others are still customers, beyond luck; ``by_first_number``: where any outcome has moved as hoped, beyond luck;
        ``always_go``, ``always_stop``), ``action``, ``right`` (whether it is what the truth advises; waiting is going
        on), ``lost_amount`` (currency, of a year of participants; waiting costs only until the data are there).
        ``attrs``: ``net_amount`` (what one participant truly brings beyond its cost). None where nobody knows the
        truth.

    Raises
    ------
    UsageError
        For a programme that the company does not run, or a month outside the records.

    >>> import cslab
    >>> from cslab.measure import impact
    >>> book = cslab.load("synthetic:sugar_high?accounts=600")
    >>> scored(book, impact.shipped("usage_campaign"), months=[4])["right"].tolist()[-2:]
    [False, True]
    """
    import pandas as pd

    if book.truth is None:
        return None
    net = true_net(book, chain, horizon)
    rows = []
    for month in months:
        then = at_month(book, chain, month)
        decision = decide(then, chain, horizon=horizon)
        for rule, action in _said(then, chain, decision).items():
            right = (action != STOP) == (net > 0)
            lost = 0.0 if right else abs(net) * reach(then, chain) * _share(action, decision)
            rows.append({"month": month, "rule": rule, "action": action, "right": right, "lost_amount": lost})
    table = pd.DataFrame(rows)
    table.attrs["net_amount"] = net
    return table


def true_net(book: Book, chain: Chain, horizon: int = HORIZON) -> float:
    """What one participant truly brings beyond the hours of the team, contracts and saved work together.

    Parameters
    ----------
    book : Book
        Of a simulated company that runs the chain's programme.
    chain : Chain
    horizon : int
        Months after the customer's signing.

    Returns
    -------
    float
        Currency.

    Raises
    ------
    UsageError
        For a programme that the company does not run.

    >>> import cslab
    >>> from cslab.measure import impact
    >>> round(true_net(cslab.load("synthetic:sugar_high?accounts=300"), impact.shipped("usage_campaign")))  # its hours
    -5769
    """
    gain = cast("CompanyTruth", book.truth).program(chain.programme, horizon=horizon)
    turns = book.program_enrolment.loc[book.program_enrolment["program_id"] == chain.programme, "account_id"]
    value = gain.loc[gain["account_id"].isin(turns), "value_amount"].mean()
    return float(GROSS_MARGIN * value + _saved(book, chain, horizon) - cost(book, chain, horizon))


def _saved(book: Book, chain: Chain, horizon: int) -> float:
    """What one participant truly brings otherwise than by its contract: where the chain says what a node is worth."""
    dear = {node.id: node for node in chain.nodes if node.worth == node.worth and node.indicator}
    both = worlds(book, chain, 0) if dear else None
    if both is None:
        return 0.0
    months = worth(book, chain, horizon).parts.set_index("node")["months"]
    true = {name: both.change(node.indicator, months_due(chain, name)) for name, node in dear.items() if node.indicator}
    return float(sum(dear[name].worth * one.estimate * months[name] for name, one in true.items()))


def _said(book: Book, chain: Chain, decision: Decision) -> Mapping[str, str]:
    """What each way of deciding says."""
    records = Records(book)
    return {
        CHAIN: decision.action,
        RENEWALS: _visible(records, chain, {"retained": 1.0}),
        FIRST: _visible(records, chain, _outcomes(chain)),
        GO: GO_ON,
        QUIT: STOP,
    }


def _outcomes(chain: Chain) -> dict[Indicator | str, float]:
    """The indicators of its outcomes, with the direction that is hoped for."""
    hoped = {link.target: float(link.sign) for link in chain.links}
    nodes = [node for node in chain.nodes if node.level == "outcome" and node.indicator]
    return {node.indicator: hoped.get(node.id, 1.0) for node in nodes if node.indicator}


def _visible(records: Records, chain: Chain, wanted: Mapping[Indicator | str, float]) -> str:
    """Go on where any number has moved since the customers' turns as hoped, beyond luck; else stop."""
    turns = exposure(records.book, chain.programme)
    for indicator, sign in wanted.items():
        found = tried(contrast, records.frame(indicator), turns, 0, len(records.months))
        if found is not None and min(sign * found.low, sign * found.high) > 0:
            return GO_ON
    return STOP


def _share(action: str, decision: Decision) -> float:
    """The share of a year's participants that a wrong decision concerns."""
    if action != WAIT or decision.waiting is None:
        return 1.0
    return min(decision.waiting.later.months / YEAR, 1.0)
