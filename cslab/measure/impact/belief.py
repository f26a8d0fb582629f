"""What to believe of a chain's links: a chance for each before any data, and after what the due ones have shown."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.impact.graph import tested

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cslab.measure.impact.chain import Chain
    from cslab.measure.impact.parts import Link

    Floats = NDArray[np.float64]

PRIORS = {"A": 0.95, "B": 0.9, "C": 0.85, "S": 0.8, "": 0.7}
"""The chance that a link holds before any data, by the grade of its evidence (grade S)."""

SPREAD = 0.5
"""How far from what is declared effects lie where links hold, as a share (standard deviation, grade S)."""

SIZES = 1 + SPREAD * np.array([-1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5])
"""How many times what is declared they may be, the same for the whole chain, none likelier than another."""

SUREST = 1_000
"""How much likelier records may make one combination than another: indicators fail in ways of their own (grade S)."""

MOST = 14
"""Links of which every combination is looked at."""


@dataclass(frozen=True)
class Seen:
    """What the records show of some nodes.

    Parameters
    ----------
    nodes : tuple of str
    estimates : ndarray of float, shape (nodes,)
        Changes for one participant.
    covariance : ndarray of float, shape (nodes, nodes)
        Of what luck does to them.

    >>> Seen(("tickets",), np.array([-0.1]), np.array([[0.0004]])).nodes
    ('tickets',)
    """

    nodes: tuple[str, ...]
    estimates: Floats
    covariance: Floats


@dataclass(frozen=True)
class Belief:
    """The chance of every combination of links that hold and links that do not.

    Parameters
    ----------
    links : tuple of Link
        From the activity on.
    activity : str
        Where they start.
    states : ndarray of bool, shape (combinations, links)
    chance : ndarray of float, shape (combinations,)
        They add up to 1.

    >>> from cslab.measure.impact import shipped
    >>> belief = believed(shipped("faq"), dict.fromkeys("ABCS", 0.5))
    >>> round(float(belief.chance.sum()), 6), float(belief.of_links[0])
    (1.0, 0.5)
    """

    links: tuple[Link, ...]
    activity: str
    states: NDArray[np.bool_]
    chance: Floats

    @property
    def of_links(self) -> Floats:
        """The chance of each link to hold, shape (links,)."""
        return np.asarray(self.chance @ self.states)

    def change(self, node: str) -> Floats:
        """What a node changes by for one participant in each combination, if all is as large as declared.

        Parameters
        ----------
        node : str

        Returns
        -------
        ndarray of float, shape (combinations,)
            In the node's unit; missing where a link into it declares nothing.

        >>> from cslab.measure.impact import shipped
        >>> faq = shipped("faq")
        >>> found = believed(faq).change("tickets")
        >>> float(found.min()) == faq.links[1].declared, float(found.max())
        (True, 0.0)
        """
        into = [place for place, link in enumerate(self.links) if link.target == node]
        parts = [self._holds(place) * self.links[place].declared for place in into]
        return np.asarray(sum(parts, np.zeros(len(self.states))))

    def moved(self, node: str) -> Floats:
        """The share of its declared change that a node reaches in each combination.

        Parameters
        ----------
        node : str

        Returns
        -------
        ndarray of float, shape (combinations,)
            0 to 1. Where several links lead to a node, each counts by what it declares.

        >>> from cslab.measure.impact import shipped
        >>> sorted({*believed(shipped("faq")).moved("tickets").tolist()})
        [0.0, 1.0]
        """
        if node == self.activity:
            return np.ones(len(self.states))
        into = [place for place, link in enumerate(self.links) if link.target == node]
        sizes = np.array([self.links[place].effect for place in into])
        if not np.isfinite(sizes).all() or not sizes.sum():
            sizes = np.ones(len(into))
        return np.asarray(
            sum((size * self._holds(place) for size, place in zip(sizes, into, strict=True))) / sizes.sum()
        )

    def learn(self, seen: Seen) -> Belief:
        """The same after what the records show.

        Parameters
        ----------
        seen : Seen

        Returns
        -------
        Belief

        Source: Bayes' rule; effects lie about what is declared, all larger or smaller together, none the other way.

        >>> from cslab.measure.impact import shipped
        >>> before = believed(shipped("faq"))
        >>> after = before.learn(Seen(("tickets",), np.array([0.0]), np.array([[0.0001]])))
        >>> bool(after.of_links[0] < before.of_links[0])
        True
        """
        return replace(self, chance=posterior(self.chance, self.likely(seen.nodes, seen.estimates, seen.covariance)))

    def likely(self, nodes: Sequence[str], estimates: Any, covariance: Any) -> Floats:
        """How well each combination explains some estimates.

        Parameters
        ----------
        nodes : sequence of str
        estimates : ndarray of float, shape (nodes,) or (draws, nodes)
        covariance : ndarray of float, shape (nodes, nodes)

        Returns
        -------
        ndarray of float, shape (combinations,) or (draws, combinations)
            Logarithms of densities, up to a constant.

        >>> from cslab.measure.impact import shipped
        >>> found = believed(shipped("faq")).likely(["tickets"], np.zeros((3, 1)), np.eye(1))
        >>> found.shape[0]
        3
        """
        expected = np.column_stack([self.change(node) for node in nodes])
        exact = np.linalg.pinv(np.atleast_2d(covariance), hermitian=True)
        seen, each = np.asarray(estimates, float)[..., None, :], []
        for size in SIZES:
            away = seen - size * expected
            each.append(-0.5 * np.einsum("...ci,ij,...cj->...c", away, exact, away))
        return np.asarray(np.logaddexp.reduce(each, axis=0))

    def _holds(self, place: int) -> Floats:
        """How far a link does its work in each combination: it holds, and so do those before it."""
        return self.states[:, place] * self.moved(self.links[place].source)


def believed(chain: Chain, priors: Mapping[str, float] = PRIORS) -> Belief:
    """What to believe of a chain before any data: each link by the grade of its evidence, whatever the others do.

    Parameters
    ----------
    chain : Chain
    priors : mapping of str to float
        By grade; ``""`` for links without one.

    Returns
    -------
    Belief

    Raises
    ------
    UsageError
        For more than fourteen links, or a chance outside 0-1.

    >>> from cslab.measure.impact import shipped
    >>> len(believed(shipped("faq")).links) == len(tested(shipped("faq")))
    True
    """
    links = tested(chain)
    if len(links) > MOST:
        raise UsageError(Fault("impact.many_links", {"count": len(links), "most": MOST}))
    if wrong := {grade: value for grade, value in priors.items() if not 0 <= value <= 1}:
        raise UsageError(*(Fault("not_a_rate", {"name": f"priors[{g!r}]", "value": v}) for g, v in wrong.items()))
    own = np.array([priors.get(link.grade, PRIORS.get(link.grade, PRIORS[""])) for link in links])
    states = np.array([*product((False, True), repeat=len(links))], bool).reshape(-1, len(links))
    chance = np.where(states, own, 1 - own).prod(axis=1)
    return Belief(links, chain.activity.id, states, chance)


def posterior(chance: Floats, likely: Floats) -> Floats:
    """Chances after something has been seen, which speaks at most a thousand to one for any combination.

    Parameters
    ----------
    chance : ndarray of float, shape (combinations,)
    likely : ndarray of float, shape (combinations,) or (draws, combinations)
        Logarithms of densities.

    Returns
    -------
    ndarray of float, shape of ``likely``

    >>> posterior(np.array([0.5, 0.5]), np.log([3.0, 1.0])).tolist()
    [0.75, 0.25]
    """
    best = likely.max(axis=-1, keepdims=True)
    weight = chance * np.exp(np.maximum(likely, best - math.log(SUREST)) - best)
    return np.asarray(weight / weight.sum(axis=-1, keepdims=True))


def bayes_factor(before: float, after: float) -> float:
    """How many times as likely what was seen is with a link than without it.

    Parameters
    ----------
    before, after : float
        The chance that it holds (0-1).

    Returns
    -------
    float
        Above 1 speaks for the link; missing where it was certain before.

    >>> bayes_factor(0.5, 0.75)
    3.0
    """
    if not 0 < before < 1:
        return math.nan
    return math.inf if after >= 1 else after / (1 - after) * (1 - before) / before
