"""What going on and stopping may cost while a chain is unsure, and what waiting for the next data is worth."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.estimate import Z95
from cslab.measure.impact.belief import SIZES, Belief, posterior

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SEEN = {"strong": Z95 + 2.326, "weak": Z95 + 0.385, "hopeless": Z95 - 1.282}
"""How many standard errors a declared effect is that is seen with a chance of .99, .65 and .1, by a link's power."""

POWER_AT = 4_000
"""Customers for which a link's power is declared."""

DRAWS, SEED = 1_000, 0
"""Futures that are drawn, always the same ones."""

YEAR = 12.0


@dataclass(frozen=True)
class Stakes:
    """What is at stake.

    Parameters
    ----------
    worth : mapping of str to float
        Currency that one participant brings where a node changes as declared, by node.
    cost : float
        Currency, for one participant.
    reach : float
        Participants a year.

    >>> Stakes({"revenue": 900.0}, 100.0, 50.0).cost
    100.0
    """

    worth: Mapping[str, float]
    cost: float
    reach: float

    def net(self, belief: Belief) -> Floats:
        """What a year of participants brings beyond its cost, in each combination of links that hold.

        Parameters
        ----------
        belief : Belief

        Returns
        -------
        ndarray of float, shape (combinations,)
            Currency.

        >>> from cslab.measure.impact import shipped
        >>> from cslab.measure.impact.belief import believed
        >>> sorted({*Stakes({"tickets": 300.0}, 100.0, 50.0).net(believed(shipped("faq"))).tolist()})
        [-5000.0, 10000.0]
        """
        gain = sum((amount * belief.moved(node) for node, amount in self.worth.items()), np.zeros(len(belief.chance)))
        return np.asarray(self.reach * (gain - self.cost))


@dataclass(frozen=True)
class Later:
    """Data that are still to come.

    Parameters
    ----------
    on : Timestamp
        The day from which they can be judged.
    months : float
        Until then.
    nodes : tuple of str
        What will be due by then and is not now.
    errors : ndarray of float, shape (nodes,)
        How far luck will take what they show.

    >>> import pandas as pd
    >>> Later(pd.Timestamp("2025-01-31"), 3.0, ("tickets",), np.array([0.02])).nodes
    ('tickets',)
    """

    on: pd.Timestamp
    months: float
    nodes: tuple[str, ...]
    errors: Floats


@dataclass(frozen=True)
class Waiting:
    """What comes of going on until some data, and deciding then.

    Parameters
    ----------
    later : Later
    regret : float
        Currency, expected.
    turned : float
        The chance that they will change what one would choose today, going on or stopping (0-1).

    >>> import pandas as pd
    >>> Waiting(Later(pd.Timestamp("2025-01-31"), 3.0, (), np.zeros(0)), 100.0, 0.2).turned
    0.2
    """

    later: Later
    regret: float
    turned: float


def regrets(chance: Any, net: Floats) -> tuple[float, float]:
    """What one may expect to have lost by going on, and by stopping, once the truth is known.

    Parameters
    ----------
    chance, net : ndarray of float, shape (combinations,)
        How likely each is, and what it brings beyond its cost (currency).

    Returns
    -------
    tuple of float
        Going on: what it costs where it does not pay. Stopping: what it would have brought where it does.

    >>> regrets(np.array([0.25, 0.75]), np.array([-100.0, 40.0]))
    (25.0, 30.0)
    """
    return float(chance @ np.maximum(-net, 0.0)), float(chance @ np.maximum(net, 0.0))


def waiting(belief: Belief, net: Floats, later: Later) -> Waiting:
    """Go on until some data are there, and choose then what is regretted less.

    Parameters
    ----------
    belief : Belief
        As of today.
    net : ndarray of float, shape (combinations,)
        What a year of participants brings beyond its cost (currency).
    later : Later

    Returns
    -------
    Waiting
        Its regret counts the participants until then as gone on with, and those of the rest of a year by the choice.

    Source: the value of sample information, Raiffa and Schlaifer (1961), *Applied Statistical Decision Theory*; one
    date ahead, grade A.

    >>> import pandas as pd
    >>> from cslab.measure.impact import shipped
    >>> from cslab.measure.impact.belief import believed
    >>> belief = believed(shipped("faq"))
    >>> net = Stakes({"tickets": 300.0}, 100.0, 50.0).net(belief)
    >>> sharp = waiting(belief, net, Later(pd.Timestamp("2025-01-31"), 3.0, ("tickets",), np.array([0.001])))
    >>> blunt = waiting(belief, net, Later(pd.Timestamp("2025-01-31"), 3.0, ("tickets",), np.array([9.0])))
    >>> sharp.regret < blunt.regret, round(sharp.turned, 1)
    (True, 0.2)
    """
    on, stop = regrets(belief.chance, net)
    after = posterior(belief.chance, belief.likely(later.nodes, _drawn(belief, later), np.diag(later.errors**2)))
    lost, missed = after @ np.maximum(-net, 0.0), after @ np.maximum(net, 0.0)
    share = min(later.months / YEAR, 1.0)
    regret = share * on + (1 - share) * float(np.minimum(lost, missed).mean())
    return Waiting(later, regret, float(((missed < lost) != (stop < on)).mean()))


def _drawn(belief: Belief, later: Later) -> Floats:
    """What the data to come may show: the truth drawn by its chance, sizes about what is declared, and luck."""
    rng = np.random.default_rng(SEED)
    state = rng.choice(len(belief.chance), DRAWS, p=belief.chance)
    size = rng.choice(SIZES, DRAWS)
    true = np.column_stack([belief.change(node)[state] * size for node in later.nodes])
    return np.asarray(true + later.errors * rng.standard_normal(true.shape))


def error_of(declared: float, power: str, customers: int) -> float:
    """How far luck will take what records show of a link, by the power that its chain declares.

    Parameters
    ----------
    declared : float
        Change in the target for one participant.
    power : str
        ``strong``, ``weak``, ``hopeless`` at 4,000 customers; anything else counts as the last.
    customers : int
        In these records.

    Returns
    -------
    float
        A standard error, in the target's unit.

    >>> round(error_of(-0.43, "strong", 4_000), 2), round(error_of(-0.43, "strong", 1_000), 2)
    (0.1, 0.2)
    """
    return abs(declared) / SEEN.get(power, SEEN["hopeless"]) * math.sqrt(POWER_AT / max(customers, 1))


def ahead(dates: Sequence[tuple[pd.Timestamp, str, float]], as_of: pd.Timestamp) -> list[Later]:
    """The days on which something more will be due, each with all that is due by then.

    Parameters
    ----------
    dates : sequence of (Timestamp, str, float)
        Of each node that is not due: its day, its name, and how far luck will take it.
    as_of : Timestamp
        Today.

    Returns
    -------
    list of Later
        In order.

    >>> import pandas as pd
    >>> today, soon = pd.Timestamp("2024-12-31"), pd.Timestamp("2025-01-31")
    >>> [later.nodes for later in ahead([(soon, "use", 0.1), (soon + pd.Timedelta(90, "D"), "stays", 0.2)], today)]
    [('use',), ('use', 'stays')]
    """
    found = []
    for on in sorted({day for day, _, _ in dates}):
        by_then = [(node, error) for day, node, error in sorted(dates) if day <= on]
        nodes, errors = tuple(node for node, _ in by_then), np.array([error for _, error in by_then])
        found.append(Later(on, max((on - as_of).days, 0) / 365.25 * YEAR, nodes, errors))
    return found
