"""From which day until which day an account can stand in the records: once it has left it is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world.observe.calendar import Days, days

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Flags, Ints


def signing_days(history: History, who: Ints) -> Days:
    """The days on which some accounts signed.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> len(signing_days(history, np.arange(60)))
    60
    """
    return days(history.scenario, history.customers.start[who], history.customers.day[who])


def leaving_days(history: History, who: Ints) -> Days:
    """The days on which some accounts left; a day after the records' end for those who have not.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> bool((leaving_days(history, np.arange(60)) > signing_days(history, np.arange(60))).all())
    True
    """
    return days(history.scenario, np.minimum(history.left[who], history.months), history.customers.day[who])


def recorded(history: History, who: Ints, day: Days) -> Flags:
    """Whether something that happened to an account on a day is written down.

    Parameters
    ----------
    history : History
    who : ndarray of int
        Positions of accounts.
    day : ndarray of datetime64
        One for each of them.

    Returns
    -------
    ndarray of bool
        Within the records, and before the account left.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> bool(recorded(history, np.arange(60), leaving_days(history, np.arange(60))).any())
    False
    """
    first, end = (days(history.scenario, np.array(month)) for month in (-history.scenario.first_month, history.months))
    return np.asarray((day >= first) & (day < end) & (day < leaving_days(history, who)))
