"""Go on or stop while most of a chain is not due yet: by what is due, what is at stake, and what is to come."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cslab.measure.impact.advice import ACTIONS, GO_ON, STOP, WAIT, Decision
from cslab.measure.impact.belief import PRIORS, Belief, bayes_factor, believed
from cslab.measure.impact.evidence import seen
from cslab.measure.impact.links import Tested, test_links
from cslab.measure.impact.month import at_month
from cslab.measure.impact.outlook import Stakes, Waiting, ahead, error_of, regrets, waiting
from cslab.measure.impact.reach import cost, reach
from cslab.measure.impact.value import worth
from cslab.measure.impact.verdict import NOT_YET_DUE

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.measure.impact.chain import Chain

HORIZON = 60
"""Months over which a participant's worth is counted."""

TURNED = 0.05
"""From this chance on that data to come change what one would choose today, one waits for them."""


def decide(
    book: Book,
    chain: Chain,
    month: int | None = None,
    priors: Mapping[str, float] = PRIORS,
    horizon: int = HORIZON,
    tested: Tested | None = None,
) -> Decision:
    """Whether to go on with a programme, to stop it, or to wait for more data.

    Links that are due move the chance that each of them holds; what is at stake turns that into money. Of going on,
    stopping, and waiting for the next data, the one is advised that is expected to be regretted least.

    Parameters
    ----------
    book : Book
        As for :func:`test_links` and ``worth``.
    chain : Chain
        Its effects are what the proposal promises.
    month : int, optional
        Decide at the end of so many months after the month in which the programme began; otherwise as of the book.
    priors : mapping of str to float
        The chance of a link to hold before any data, by grade.
    horizon : int
        Months over which a participant's worth is counted.
    tested : Tested, optional
        The chain's test in these records, where it has been made.

    Returns
    -------
    Decision

    Raises
    ------
    UsageError
        For a month before the beginning or after the records, and as ``worth``.

    Source: expected regret (Savage 1951) and the value of sample information (Raiffa and Schlaifer 1961), grade A; two
    states a link, and chances by grade, are our convention, grade S.

    >>> import cslab
    >>> from cslab.measure import impact
    >>> book = cslab.load("synthetic:tiny?programs=faq&policy=program_rct&accounts=600")
    >>> round(float(decide(book, impact.shipped("faq")).links["prior"][0]), 2)
    0.8
    """
    book = book if month is None else at_month(book, chain, month)
    tested = tested if tested is not None and month is None else test_links(book, chain)
    parts = worth(book, chain, horizon).parts
    amounts = {str(node): float(amount) for node, amount in zip(parts["node"], parts["amount"], strict=True)}
    stakes = Stakes(amounts, cost(book, chain, horizon), float(reach(book, chain)))
    before = believed(chain, priors)
    found = seen(tested)
    belief = before.learn(found) if found else before
    return weighed(tested, before, belief, stakes, len(book.accounts), book.currency)


def weighed(
    tested: Tested, before: Belief, belief: Belief, stakes: Stakes, customers: int, currency: str = ""
) -> Decision:
    """The decision out of what is believed and what is at stake.

    Parameters
    ----------
    tested : Tested
    before, belief : Belief
        Before any data, and with what is due.
    stakes : Stakes
    customers : int
        In these records: the more, the sharper what is to come.
    currency : str

    Returns
    -------
    Decision

    >>> import cslab
    >>> from cslab.measure import impact
    >>> book = cslab.load("synthetic:tiny?programs=faq&policy=program_rct&accounts=600")
    >>> tested = impact.test_links(book, impact.shipped("faq"))
    >>> belief = believed(tested.chain)
    >>> free = Stakes({"tickets": 300.0}, 0.0, 50.0)
    >>> weighed(tested, belief, belief, free, 600).action  # it costs nothing
    'go_on'
    """
    net = stakes.net(belief)
    lost = dict(zip((GO_ON, STOP), regrets(belief.chance, net), strict=True))
    best = _best(tested, belief, net, customers)
    lost[WAIT] = best.regret if best else math.nan
    return Decision(
        chain=tested.chain,
        as_of=tested.as_of,
        action=_action(lost, best, _blind(tested)),
        regret=_table(lost),
        chance=float(belief.chance @ (net > 0)),
        gain_amount=float(sum(stakes.worth.values())),
        cost_amount=stakes.cost,
        reach=stakes.reach,
        waiting=best,
        links=_links(tested, before, belief),
        currency=currency,
    )


def _best(tested: Tested, belief: Belief, net: Any, customers: int) -> Waiting | None:
    """The data to come that are worth most to wait for, within a year."""
    power = {(link.source, link.target): link.power for link in belief.links}
    dates = {
        one.target: (one.due_on, one.target, error_of(one.declared, power[one.source, one.target], customers))
        for one in tested.links
        if one.verdict == NOT_YET_DUE and one.due_on is not None and one.declared == one.declared and one.declared
    }
    waits = [waiting(belief, net, later) for later in ahead([*dates.values()], tested.as_of) if later.months < 12]
    return min(waits, key=lambda one: one.regret, default=None)


def _blind(tested: Tested) -> bool:
    """Whether nothing that tells anything is due yet, and something will be."""
    return seen(tested) is None and any(one.verdict == NOT_YET_DUE for one in tested.links)


def _action(lost: Mapping[str, float], best: Waiting | None, blind: bool) -> str:
    """What is regretted least; going on is waiting where nothing has been seen yet, or what comes may change it."""
    if lost[STOP] < lost[GO_ON] and not (best and best.regret < lost[STOP]):
        return STOP
    return WAIT if blind or (best and best.turned >= TURNED) else GO_ON


def _table(lost: Mapping[str, float]) -> pd.DataFrame:
    """Regrets below one another."""
    import pandas as pd

    return pd.DataFrame([{"action": action, "regret_amount": lost[action]} for action in ACTIONS])


def _links(tested: Tested, before: Belief, after: Belief) -> pd.DataFrame:
    """What is believed of each link, before and after."""
    import pandas as pd

    rows = []
    for place, one in enumerate(tested.links):
        prior, now = float(before.of_links[place]), float(after.of_links[place])
        ends = {"from": one.source, "to": one.target, "verdict": one.verdict}
        factor = bayes_factor(prior, now)
        rows.append({**ends, "prior": prior, "bayes_factor": factor, "posterior": now, "due_on": one.due_on})
    return pd.DataFrame(rows)
