"""What a link's number can rest on: the programme itself, or records alone where all that moves both is on record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cslab.measure.impact.graph import BackDoor, back_door, past, roads
from cslab.measure.impact.indicator import STATES
from cslab.measure.impact.verdict import BEFORE_AFTER, LAGGED, Reason

if TYPE_CHECKING:
    from cslab.measure.impact.chain import Chain
    from cslab.measure.impact.exposure import Exposure
    from cslab.measure.impact.parts import Link


@dataclass(frozen=True)
class Road:
    """A way through a chain, to be named in the reader's language.

    Parameters
    ----------
    chain : Chain
    nodes : tuple of str

    >>> from cslab.measure.impact import shipped
    >>> Road(shipped("faq"), ("articles", "tickets")).label("en")
    'articles published → enquiries that an article answers'
    """

    chain: Chain
    nodes: tuple[str, ...]

    def label(self, lang: str) -> str:
        """Its nodes in their order.

        Parameters
        ----------
        lang : str

        >>> from cslab.measure.impact import shipped
        >>> Road(shipped("faq"), ("articles",)).label("en")
        'articles published'
        """
        return " → ".join(self.chain.label(node, lang) for node in self.nodes)


@dataclass(frozen=True)
class Way:
    """What a link's number rests on.

    Parameters
    ----------
    by : str
        ``lot``, ``invitation``, ``groups``, ``before_after``: the programme moves the target, by no other road than the
        link's source. ``lagged``: records alone. Empty: nothing.
    controls : tuple of str
        Nodes and causes to be held equal.
    obstacle : Reason or None
        Why there is no way.

    >>> Way("lot").controls
    ()
    """

    by: str
    controls: tuple[str, ...] = ()
    obstacle: Reason | None = None


def way(chain: Chain, link: Link, exposure: Exposure) -> Way:
    """What a link's number can rest on.

    Parameters
    ----------
    chain : Chain
    link : Link
        One from the activity on.
    exposure : Exposure
        How it was decided who takes part.

    Returns
    -------
    Way
        The programme where it can: it reaches the target over this link alone, and either a lot decided or the chain
        says what did (a cause that acts on the activity) and data close every back door; in whether customers stay,
        and with how much, all are alike up to their turn, so that something must be held equal. Else the records alone,
        where data close every back door between source and target; that somebody takes part closes none where what
        moved it to is unseen or unsaid, since that goes on.

    Source: instrumental variables and the back-door criterion (Pearl 2009, *Causality*, 3.3 and 7.4.5), grade A.

    >>> import pandas as pd
    >>> from cslab.measure.impact import shipped
    >>> from cslab.measure.impact.exposure import of_frame
    >>> turns = pd.DataFrame({"account_id": ["a", "b"], "turn": pd.Timestamp("2024-01-01"), "arm": [True, False]})
    >>> faq = shipped("faq")
    >>> way(faq, faq.link("tickets>ease"), of_frame(turns)).by
    'lot'
    """
    others, activity = _others(chain, link), chain.activity.id
    door = back_door(chain, activity, link.target, exposure.by_lot)
    unfair = None if exposure.by_lot else _unfair(chain, link, exposure, door)
    if not others and not unfair:
        return Way(exposure.how if exposure.by_lot else BEFORE_AFTER, door.needed)
    between = back_door(chain, link.source, link.target, exposure.by_lot)
    unsaid = unfair is not None and unfair.key == "reason.unsaid"
    drawn_in = unsaid or (activity in between.needed and unfair)  # what made them take part goes on working
    if link.source != activity and chain.node(link.source).indicator and between.closed and not drawn_in:
        return Way(LAGGED, between.needed)
    return Way("", obstacle=unfair or Reason("reason.other_road", {"road": Road(chain, others[0])}))


def _unfair(chain: Chain, link: Link, exposure: Exposure, door: BackDoor) -> Reason | None:
    """Why a comparison that no lot made tells nothing of a link's target."""
    if not any(chain.activity.id in cause.acts_on for cause in chain.causes):
        return Reason("reason.unsaid")
    if not door.closed:
        return Reason("reason.back_door", {"causes": tuple(_named(chain, name) for name in door.unseen)})
    target = chain.node(link.target).indicator
    if target and target.lasts and exposure.waits:
        return Reason("reason.stayed")
    return Reason("reason.unlike") if target and target.kind in STATES and not door.needed else None


def _others(chain: Chain, link: Link) -> tuple[tuple[str, ...], ...]:
    """The programme's roads to a link's target that do not lead over the link."""
    if link.source != chain.activity.id:
        return past(chain, link)
    return tuple(road for road in roads(chain, link.source, link.target) if len(road) > 2)


def _named(chain: Chain, name: str) -> Road:
    """A node or cause by its name."""
    return Road(chain, (name,))
