"""What is advised about a programme, with what it rests on, in numbers and in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cslab.measure.impact.chain import said as said_link
from cslab.measure.impact.verdict import CONTRADICTED
from cslab.words import money, word

if TYPE_CHECKING:
    import pandas as pd

    from cslab.measure.impact.chain import Chain
    from cslab.measure.impact.outlook import Waiting

ACTIONS = ("go_on", "stop", "not_yet_due")
GO_ON, STOP, WAIT = ACTIONS

SMALL = 0.01
"""The smallest chance that is said."""


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
    >>> impact.decide(book, impact.shipped("faq")).action in ACTIONS
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
        >>> impact.decide(book, impact.shipped("faq")).of("stop") >= 0
        True
        """
        return float(self.regret.set_index("action")["regret_amount"][action])

    def text(self, lang: str) -> str:
        """The decision in words; where it goes on against a contradicted link, that and what alone speaks for it.

        Parameters
        ----------
        lang : str

        >>> import cslab
        >>> from cslab.measure import impact
        >>> book = cslab.load("synthetic:tiny?programs=faq&policy=program_rct&accounts=600")
        >>> impact.decide(book, impact.shipped("faq")).text("en").startswith("FAQ")
        True
        """
        lost = {action: self.said_amount(self.of(action), lang) for action in (GO_ON, STOP)}
        values = {
            "chain": self.chain.title(lang),
            "date": self.as_of.date(),
            "chance": said_chance(self.chance, lang),
            **lost,
        }
        said = [word(f"impact.decision.{self.action}", lang, **values), *self._against(lang)]
        said.append(word("impact.decision.regret", lang, **values))
        if self.waiting:
            nodes = [self.chain.label(name, lang) for name in self.waiting.later.nodes]
            values = {"date": self.waiting.later.on.date(), "nodes": ("、" if lang == "ja" else ", ").join(nodes)}
            values |= {
                "amount": self.said_amount(self.waiting.regret, lang),
                "turned": said_chance(self.waiting.turned, lang),
            }
            said.append(word("impact.decision.waiting", lang, **values))
        return ("" if lang == "ja" else " ").join(said)

    def _against(self, lang: str) -> list[str]:
        """That going on is advised against what the records say of a link, if it is."""
        refuted = self.links.loc[self.links["verdict"] == CONTRADICTED, ["from", "to"]]
        if self.action == STOP or refuted.empty:
            return []
        names = [said_link(self.chain.link(f"{one}>{other}"), self.chain, lang) for one, other in refuted.to_numpy()]
        amounts = {"gain": self.said_amount(self.gain_amount, lang), "cost": self.said_amount(self.cost_amount, lang)}
        return [
            word("impact.decision.against", lang, links=("」と「" if lang == "ja" else ", ").join(names), **amounts)
        ]

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
        >>> impact.decide(book, impact.shipped("faq")).said_amount(4_993_767, "ja")
        '500万円'
        """
        return money(float(f"{amount:.2g}"), self.currency, lang)


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
