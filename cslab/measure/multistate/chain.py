"""A chain of months: which state follows which, and what a customer in each state is worth.

An absorbing Markov chain: next month's state depends on this month's alone. What it knows is where customers are; what
it does not know is how long they have been there, or who they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.multistate.checks import checked_reward
from cslab.measure.multistate.delta import with_limits
from cslab.measure.multistate.sums import slopes, summed

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Chain:
    """States, ends nobody leaves, and the chances of next month's state.

    Month 0 counts in full, month t by (1 + discount)^(-t/12); months are counted from 0 to before the horizon.

    Parameters
    ----------
    states : tuple of str
        S states that are left again.
    ends : tuple of str
        E states that nobody leaves; they are worth nothing.
    fitted : (S, S+E) array
        Chance of each state and end a month later; each row adds up to 1.
    at_risk : (S,) array
        Customer-months behind each row.
    relief : (S,) array
        Share of the exits into an end (0-1) that is taken away: those customers stay another month where they are.

    >>> chain = Chain(("a",), ("gone",), np.array([[0.9, 0.1]]), np.array([100.0]), np.array([0.5]))
    >>> chain.probability.round(3).tolist()
    [[0.95, 0.05]]
    """

    states: tuple[str, ...]
    ends: tuple[str, ...]
    fitted: Floats
    at_risk: Floats
    relief: Floats

    @property
    def n(self) -> int:
        """Customer-months that the chain rests on.

        >>> Chain(("a",), ("gone",), np.array([[0.9, 0.1]]), np.array([100.0]), np.zeros(1)).n
        100
        """
        return int(self.at_risk.sum())

    @property
    def probability(self) -> Floats:
        """Chances of next month's state after relief: states in rows, states and then ends in columns.

        >>> Chain(("a",), ("gone",), np.array([[0.9, 0.1]]), np.array([100.0]), np.ones(1)).probability.tolist()
        [[1.0, 0.0]]
        """
        size, found = len(self.states), self.fitted.copy()
        saved = found[:, size:] * self.relief[:, None]
        found[:, size:] -= saved
        found[:, :size] += np.diag(saved.sum(axis=1))
        return found

    def values(self, reward: Mapping[str, float], discount: float = 0.10, horizon: int | None = None) -> Floats:
        """The expected discounted sum by state begun in, as a plain array; ``value`` is the same with limits.

        Parameters
        ----------
        reward, discount, horizon
            As for ``value``.

        Returns
        -------
        (S,) array

        Raises
        ------
        UsageError
            As ``value``.

        >>> chain = Chain(("a",), ("gone",), np.array([[0.9, 0.1]]), np.array([100.0]), np.zeros(1))
        >>> chain.values({"a": 5}, discount=0).round(6).tolist(), chain.values({"a": 5}, 0, horizon=2).tolist()
        ([50.0], [9.5])
        """
        return summed(self, checked_reward(reward, self.states, self.ends), discount, horizon)

    def value(self, reward: Mapping[str, float], discount: float = 0.10, horizon: int | None = None) -> pd.DataFrame:
        """The expected discounted sum of what customers bring, by the state they begin in.

        Parameters
        ----------
        reward : mapping
            What a month in each state brings (an amount, taken as known); states left out bring nothing.
        discount : float
            A year's discount, such as 0.10.
        horizon : int, optional
            Months that count; all that come when left out.

        Returns
        -------
        DataFrame
            ``state``, ``estimate``, ``low``, ``high``, ``n`` (customer-months), ``method``, ``std_error``: the limits
            say what the chances are not known to, not what the reward is not.

        Raises
        ------
        UsageError
            For an unknown state, an amount that is no number, a discount below 0, a horizon below 1, and where the sum
            has no end: no discount, no horizon and a state from which no end is reached.

        Source: Kemeny and Snell (1960), *Finite Markov Chains*, chapter 3; grade A.

        >>> import pandas as pd
        >>> moves = pd.DataFrame({"from": ["a", "a"], "to": ["a", "gone"], "count": [90, 10]})
        >>> from cslab.measure.multistate import chain_of
        >>> chain_of(moves, ["gone"]).value({"a": 5}, discount=0).round(2)[["estimate", "low"]].values.tolist()
        [[50.0, 20.6]]
        """
        known = checked_reward(reward, self.states, self.ends)
        return self.estimated(lambda chain: summed(chain, known, discount, horizon), self.states)

    def gain(
        self,
        state: str | Sequence[str],
        share: float,
        reward: Mapping[str, float],
        discount: float = 0.10,
        horizon: int | None = None,
    ) -> pd.DataFrame:
        """What it is worth to keep a share of those who leave from a state, by the state they begin in.

        Parameters
        ----------
        state, share
            As for ``relieved``.
        reward, discount, horizon
            As for ``value``.

        Returns
        -------
        DataFrame
            As ``value``; the limits are those of the difference.

        Raises
        ------
        UsageError
            As ``value`` and ``relieved``.

        >>> import pandas as pd
        >>> moves = pd.DataFrame({"from": ["a", "a"], "to": ["a", "gone"], "count": [90, 10]})
        >>> from cslab.measure.multistate import chain_of
        >>> chain_of(moves, ["gone"]).gain("a", 0.5, {"a": 5}, discount=0)["estimate"].round(2).tolist()
        [50.0]
        """
        known = checked_reward(reward, self.states, self.ends)

        def difference(chain: Chain) -> Floats:
            after = chain.relieved(state, share)
            return summed(after, known, discount, horizon) - summed(chain, known, discount, horizon)

        return self.estimated(difference, self.states)

    def months(self, horizon: int | None = None) -> pd.DataFrame:
        """Expected months in each state (columns), by the state begun in (rows).

        Parameters
        ----------
        horizon : int, optional
            Months that count; all when left out.

        Returns
        -------
        DataFrame

        Raises
        ------
        UsageError
            For a horizon below 1; without one, where an end is never reached.

        >>> chain = Chain(("a",), ("gone",), np.array([[0.9, 0.1]]), np.array([100.0]), np.zeros(1))
        >>> chain.months().round(3).values.tolist()
        [[10.0]]
        """
        return self._framed(summed(self, np.eye(len(self.states)), 0.0, horizon))

    def visits(self, horizon: int | None = None) -> pd.DataFrame:
        """Expected times that each state (columns) is entered, by the state begun in (rows), which counts as one.

        Parameters
        ----------
        horizon : int, optional
            Months that count; all when left out.

        Returns
        -------
        DataFrame

        Raises
        ------
        UsageError
            As ``months``.

        >>> chain = Chain(("a",), ("gone",), np.array([[0.9, 0.1]]), np.array([100.0]), np.zeros(1))
        >>> chain.visits().round(3).values.tolist()
        [[1.0]]
        """
        stays = np.diag(self.probability[:, : len(self.states)])
        before = 0.0 if horizon == 1 else self.months(horizon and horizon - 1).to_numpy()
        return self._framed(self.months(horizon).to_numpy() - before * stays)

    def relieved(self, state: str | Sequence[str], share: float) -> Chain:
        """The same chain when a share of those who would leave from a state stay in it another month.

        They stay as those do who are there, at risk again a month later; that they are like them is the chain's
        supposition, not a finding.

        Parameters
        ----------
        state : str or sequence of str
        share : float
            Of the moves from it into an end (0-1).

        Returns
        -------
        Chain

        Raises
        ------
        UsageError
            For an unknown state or a share outside 0-1.

        >>> chain = Chain(("a",), ("gone",), np.array([[0.9, 0.1]]), np.array([100.0]), np.zeros(1))
        >>> chain.relieved("a", 0.2).probability.round(3).tolist()
        [[0.92, 0.08]]
        """
        wanted = [state] if isinstance(state, str) else list(state)
        unknown = [name for name in wanted if name not in self.states]
        if unknown or not 0 <= share <= 1:
            values = {"state": ", ".join(wanted), "share": share, "known": ", ".join(self.states)}
            raise UsageError(Fault("chain.relief", values))
        touched = np.isin(self.states, wanted)
        return replace(self, relief=np.where(touched, 1 - (1 - self.relief) * (1 - share), self.relief))

    def sensitivity(
        self, reward: Mapping[str, float], discount: float = 0.10, horizon: int | None = None
    ) -> pd.DataFrame:
        """How the value follows each chance, when what one move gains the staying loses.

        Parameters
        ----------
        reward, discount, horizon
            As for ``value``.

        Returns
        -------
        DataFrame
            ``state`` (begun in), ``from``, ``to``, ``estimate`` (value for a chance that rises from 0 to 1 as a
            straight line would have it: a hundredth of it for a point), ``low``, ``high``, ``n``, ``method``,
            ``std_error``.

        Raises
        ------
        UsageError
            As ``value``.

        Source: Caswell (2013), Linear Algebra and its Applications 438:1727; Caswell (2019), *Sensitivity Analysis:
        Matrix Methods in Demography and Ecology*, chapter 5; grade A.

        >>> import pandas as pd
        >>> moves = pd.DataFrame({"from": ["a", "a"], "to": ["a", "gone"], "count": [90, 10]})
        >>> from cslab.measure.multistate import chain_of
        >>> chain_of(moves, ["gone"]).sensitivity({"a": 5}, discount=0)["estimate"].round(3).tolist()
        [-500.0]
        """
        known, names = checked_reward(reward, self.states, self.ends), (*self.states, *self.ends)
        size = len(self.states)
        cells = [(k, i, j) for k in range(size) for i in range(size) for j in range(len(names)) if i != j]
        place = tuple(np.array(cells).reshape(-1, 3).T)
        found = self.estimated(lambda chain: slopes(chain, known, discount, horizon)[place], cells)
        for at, name in enumerate(("state", "from", "to")):
            found.insert(at, f"{name}_", [names[cell[at]] for cell in cells])
        return found.drop(columns="state").rename(columns=lambda name: name.removesuffix("_"))

    def estimated(
        self, function: Callable[[Chain], Floats], names: Sequence[object], method: str = "absorbing_chain"
    ) -> pd.DataFrame:
        """Any smooth results of the chain with their limits, by the delta method.

        The rows of a chain are counted apart from each other; within a row the shares are those of a multinomial.

        Parameters
        ----------
        function : callable
            From a chain to an array of K numbers; it must bear rows that do not quite add up to 1.
        names : sequence
            K names, for the column ``state``.
        method : str
            Its name in the result.

        Returns
        -------
        DataFrame
            ``state``, ``estimate``, ``low``, ``high`` (95 %), ``n``, ``method``, ``std_error``.

        >>> chain = Chain(("a",), ("gone",), np.array([[0.9, 0.1]]), np.array([100.0]), np.zeros(1))
        >>> chain.estimated(lambda one: one.probability[:, 1], ["left"])["std_error"].round(3).tolist()
        [0.03]
        """
        return with_limits(self, function, names, method)

    def _framed(self, matrix: Floats) -> pd.DataFrame:
        """A matrix of the states, with their names."""
        import pandas as pd

        names = list(self.states)
        return pd.DataFrame(matrix, pd.Index(names, name="from"), pd.Index(names, name="to"))
