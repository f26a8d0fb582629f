"""Go on or stop while most of a chain is not due yet: by what is due, what is at stake, and what is to come."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cslab.measure.impact.belief import PRIORS, Belief, bayes_factor, believed
from cslab.measure.impact.evidence import seen
from cslab.measure.impact.links import Tested, test_links
from cslab.measure.impact.month import at_month
from cslab.measure.impact.outlook import Stakes, Waiting, ahead, error_of, regrets, waiting
from cslab.measure.impact.reach import cost, reach
from cslab.measure.impact.value import worth
from cslab.measure.impact.verdict import NOT_YET_DUE
from cslab.words import money, word

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.measure.impact.chain import Chain

ACTIONS = ("go_on", "stop", "not_yet_due")
GO_ON, STOP, WAIT = ACTIONS

HORIZON = 60
"""Months over which a participant's worth is counted."""

SMALL = 0.01
"""The smallest chance that is said."""

TURNED = 0.05
"""From this chance on that data to come change what one would choose today, one waits for them."""


@dataclass(frozen=True)
class Decision:
    """What to do with a programme today.

    Parameters
    ----------
    chain : Chain
    as_of : Timestamp
        Today.
    action : str
        ``stop``: that is regretted less than going on, and than waiting. ``not_yet_due``: go on until there is more to
        see, which may change the choice. ``go_on``: what is still to come would hardly do so.
    regret : DataFrame
        A row an action: ``action``, ``regret_amount`` (currency: what one may expect to have lost by it, over a year of
        participants). Missing for waiting where nothing more comes within a year.
    chance : float
        That the programme is worth its hours (0-1).
    gain_amount, cost_amount : float
        What one participant brings if all links hold, and costs (currency).
    reach : float
        Participants a year.
    waiting : Waiting or None
        What is to come and worth most to wait for.
    links : DataFrame
        A row a link: ``from``, ``to``, ``verdict``, ``prior``, ``bayes_factor`` (1: nothing has been seen),
        ``posterior``, ``due_on``.
    currency : str

    >>> import cslab
    >>> from cslab.measure import impact
    >>> book = cslab.load("synthetic:tiny?programs=faq&policy=program_rct&accounts=600")
    >>> decide(book, impact.shipped("faq")).action in ACTIONS
    True
    """

    chain: Chain
    as_of: pd.Timestamp
    action: str
    regret: pd.DataFrame
    chance: float
    gain_amount: float
    cost_amount: float
    reach: float
    waiting: Waiting | None
    links: pd.DataFrame = field(repr=False)
    currency: str = ""

    @property
    def next_on(self) -> pd.Timestamp | None:
        """The day on which the data will say more, where it is worth waiting for."""
        return self.waiting.later.on if self.waiting else None

    def of(self, action: str) -> float:
        """What one may expect to have lost by an action.

        Parameters
        ----------
        action : str
            One of ``ACTIONS``.

        Returns
        -------
        float
            Currency; missing for waiting where nothing more comes within a year.

        >>> import cslab
        >>> from cslab.measure import impact
        >>> book = cslab.load("synthetic:tiny?programs=faq&policy=program_rct&accounts=600")
        >>> decide(book, impact.shipped("faq")).of("stop") >= 0
        True
        """
        return float(self.regret.set_index("action")["regret_amount"][action])

    def text(self, lang: str) -> str:
        """The decision in words.

        Parameters
        ----------
        lang : str

        >>> import cslab
        >>> from cslab.measure import impact
        >>> book = cslab.load("synthetic:tiny?programs=faq&policy=program_rct&accounts=600")
        >>> decide(book, impact.shipped("faq")).text("en").startswith("FAQ")
        True
        """
        lost = {action: self.said_amount(self.of(action), lang) for action in (GO_ON, STOP)}
        values = {
            "chain": self.chain.title(lang),
            "date": self.as_of.date(),
            "chance": said_chance(self.chance, lang),
            **lost,
        }
        said = [word(f"impact.decision.{name}", lang, **values) for name in (self.action, "regret")]
        if self.waiting:
            nodes = [self.chain.label(name, lang) for name in self.waiting.later.nodes]
            values = {"date": self.waiting.later.on.date(), "nodes": ("、" if lang == "ja" else ", ").join(nodes)}
            values |= {
                "amount": self.said_amount(self.waiting.regret, lang),
                "turned": said_chance(self.waiting.turned, lang),
            }
            said.append(word("impact.decision.waiting", lang, **values))
        return ("" if lang == "ja" else " ").join(said)

    def said_amount(self, amount: float, lang: str) -> str:
        """An amount with two digits: nobody knows more.

        Parameters
        ----------
        amount : float
            Currency.
        lang : str

        >>> import cslab
        >>> from cslab.measure import impact
        >>> book = cslab.load("synthetic:tiny?programs=faq&policy=program_rct&accounts=600")
        >>> decide(book, impact.shipped("faq")).said_amount(4_993_767, "ja")
        '500万円'
        """
        return money(float(f"{amount:.2g}"), self.currency, lang)


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


def said_chance(chance: float, lang: str) -> str:
    """A chance in words: nobody knows one below a hundredth, or beyond ninety-nine.

    Parameters
    ----------
    chance : float
        0-1.
    lang : str

    >>> said_chance(0.394, "en"), said_chance(1e-9, "en")
    ('39%', 'below 1%')
    """
    if chance < SMALL or chance > 1 - SMALL:
        return word(f"impact.decision.{'small' if chance < SMALL else 'large'}", lang, share=SMALL)
    return f"{chance:.0%}"


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
