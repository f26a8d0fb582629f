"""Step functions of time, one an account: MRR and seats between their changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Floats, Ints

_FAR = 1 << 20
"""More months than any simulation has: parts the accounts in the search key."""


class Steps:
    """A value for each account that holds from a month on, until the next one.

    Parameters
    ----------
    who, month : ndarray of int
        Account (position in its chunk) and month from which the value holds, sorted; of equal months the last counts.
    value : ndarray of float

    >>> steps = Steps(np.array([0, 0, 1]), np.array([0, 5, 2]), np.array([10.0, 12.0, 7.0]))
    >>> steps.at(np.array([0, 0]), np.array([4, 5]))
    array([10., 12.])
    """

    def __init__(self, who: Ints, month: Ints, value: Floats) -> None:
        self.key, self.value = who * _FAR + month, value

    def at(self, who: Ints, month: Ints) -> Floats:
        """The values that hold at the end of some months.

        Parameters
        ----------
        who, month : ndarray of int
            Not before the account's first step.

        >>> Steps(np.array([3]), np.array([0]), np.array([1.5])).at(np.array([3]), np.array([9]))
        array([1.5])
        """
        return np.asarray(self.value[np.searchsorted(self.key, who * _FAR + month, side="right") - 1])


def mrr_steps(history: History) -> Steps:
    """The MRR of each account from its signing on, as if it had stayed.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> first = mrr_steps(history).at(np.arange(60), history.customers.start)
    >>> bool((first == history.customers.mrr0).all())
    True
    """
    return from_signing(history, history.customers.mrr0, history.changes.after)


def from_signing(history: History, first: Floats, after: Floats) -> Steps:
    """Steps that begin at each account's signing and follow its changes.

    Parameters
    ----------
    history : History
    first : ndarray of float
        Value at signing, one an account.
    after : ndarray of float
        Value after each of ``history.changes``.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> len(from_signing(history, history.customers.mrr0, history.changes.after).value) - len(history.changes.after)
    60
    """
    place = np.searchsorted(history.changes.who, np.arange(len(first)))
    who = np.insert(history.changes.who, place, np.arange(len(first)))
    month = np.insert(history.changes.month, place, history.customers.start)
    return Steps(who, month, np.insert(after, place, first))
