"""Exits that are easy or hard, and customers who come back: a second spell on a new contract, once an account at most.

Latent value goes on after an account has left, so the path of those who come back is already there. What is new is
decided along it with the equations of the run itself: renewals, expansions and cuts from the month of return on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.world import luck
from cslab.world.addons.maturity import Maturity
from cslab.world.customers import Customers, taken
from cslab.world.history import NEVER, History
from cslab.world.programmes.effects import Programmes
from cslab.world.run import Run
from cslab.world.spells import rows_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cslab.world.luck import Flags, Ints

SOONEST = 2
"""Months after which a customer can come back: sooner it would be a renewal signed late."""


def spells(run: Run) -> list[History]:
    """The history of a run that has gone through its months, and that of the second spells of those who came back.

    Parameters
    ----------
    run : Run

    Returns
    -------
    list of History
        Both share the array of values. Only the first, where nobody came back.

    >>> from cslab.world.customers import draw
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> scenario = preset("default_jp").with_(addons="offboarding")
    >>> people = draw(scenario, seed=1, blocks=range(1), accounts=900)
    >>> run = Run(scenario, policy("rule").touch(scenario, people), 1, range(1), people, months=88)
    >>> for month in range(88):
    ...     run.step(month)
    >>> first, second = spells(run)
    >>> len(first.lane), 0 < len(second.lane) < 60
    (900, True)
    """
    history = run.history()
    if not run.scenario.on("offboarding"):
        return [history]
    who, back = returns(history)
    return [history, _Return(run, rows_of(history, who), back).history()] if len(who) else [history]


def returns(history: History) -> tuple[Ints, Ints]:
    """Who comes back, and when: rarely, and more rarely after a hard exit; nobody who has closed by then.

    One draw decides both: below the chance of coming back, it says how soon.

    Parameters
    ----------
    history : History
        Of first spells.

    Returns
    -------
    ndarray of int
        Positions of those who come back within the months simulated.
    ndarray of int
        The month, two after that of leaving at least.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> scenario = preset("default_jp").with_(addons="none")
    >>> history = simulate(scenario, policy("rule"), 1, range(1), accounts=900, months=48)
    >>> who, month = returns(history)
    >>> bool((month >= history.left[who] + 2).all()), 0 < len(who) < 60
    (True, True)
    """
    s = history.scenario
    who = np.flatnonzero(history.notice_end < history.closed)
    chance = np.array(s.winback_share)[hard_exits(history, who).astype(np.int64)]
    draws = luck.hashed(history.seed, "addon.offboarding.return", history.customers.number[who], history.left[who])
    who, part = who[draws < chance], draws[draws < chance] / chance[draws < chance]
    month = history.left[who] + SOONEST + np.floor((s.winback_months - SOONEST + 1) * part).astype(np.int64)
    comes = month < np.minimum(history.closed[who], history.months)
    return who[comes], month[comes]


def hard_exits(history: History, who: Ints) -> Flags:
    """Which of some spells end in a hard exit, should notice be given: it takes a month longer.

    Parameters
    ----------
    history : History
    who : ndarray of int

    Returns
    -------
    ndarray of bool

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("default_jp"), policy("rule"), 1, range(1), accounts=900, months=48)
    >>> 0.2 < hard_exits(history, np.flatnonzero(history.notice < history.months)).mean() < 0.4
    np.True_
    """
    number, left = history.customers.number[who], history.notice_end[who]
    return luck.hashed(history.seed, "addon.offboarding.hard", number, left) < history.scenario.offboarding_hard


class _Return(Run):
    """The second spells of some accounts: latent value is there, only what is decided along it is run."""

    def __init__(self, run: Run, past: History, back: Ints) -> None:
        self.run, self.past = run, past
        level = past.customers.beginnings.maturity.copy()
        np.add.at(level, past.climbs[0][past.climbs[1] <= back[past.climbs[0]]], 1)
        customers = _again(run, past, back, level)
        super().__init__(past.scenario, past.touch, past.seed, past.blocks, customers, past.months, past.lane)
        self.value = past.value[:, past.column[self.order]]
        self.maturity = Maturity(past.scenario, past.customers, self.order)
        self.maturity.level = level[self.order]
        self.place, self.source = np.argsort(self.order), past.column[self.order]
        for month in range(int(back.min()), self.months):
            self.step(month)

    def _enrol(self, customers: Customers) -> Customers:
        """Programmes go on as they were; those whose turn came meanwhile are asked as they sign again."""
        past, back, gone = self.past.enrolled, customers.start[:, None], self.past.left[:, None]
        asked = (past.turn < gone) | ((past.turn == gone) & (customers.day[:, None] > 1)) | (past.turn >= back)
        later = replace(
            past,
            turn=np.where(asked, past.turn, back),
            since=np.where(asked | (past.since == NEVER), past.since, back),
        )
        self.enrolled, self.programmes = later, Programmes(self.scenario, taken(later, self.order))
        return customers

    def _schedule(self) -> None:
        """As for anybody who signs, but the day of an uncontrollable closure stays."""
        super()._schedule()
        self.closed = self.past.closed[self.order]
        self.left = self.closed.copy()

    def _draw(self, blocks: Sequence[int], months: int) -> None:
        """None of its own: the draws are those of the account, spell or no spell."""
        self.expansion_draws = self.run.expansion_draws

    def _drawn(self, draws: NDArray[Any], month: int, there: slice | Ints) -> NDArray[Any]:
        """This month's draws as the run has them."""
        return self.run._drawn(draws, month, self.source[there])

    def _turn(self, month: int, there: slice) -> None:
        """Nothing: the regime has had its effect on latent value."""

    def _move(self, month: int, there: slice) -> None:
        """Latent value has moved already; maturity has risen where it did."""
        who, climbed = self.past.climbs
        up = self.place[who[climbed == month]]
        self.maturity.level[up[up < there.stop]] += 1

    def history(self) -> History:
        """What happened in the second spells; people and membership go on from the return, or begin later."""
        past, start = self.past, self.customers.start
        later = past.climbs[1] > start[past.climbs[0]]
        ahead = np.maximum(past.customers.start + past.onboarded - start, 0)
        return replace(
            super().history(),
            stalled=past.stalled,
            onboarded=np.where(past.onboarded < NEVER, ahead, NEVER),
            value=past.value,
            column=past.column,
            role_since=np.maximum(past.role_since, start),
            member_since=np.maximum(past.member_since, start),
            climbs=(past.climbs[0][later], past.climbs[1][later]),
            enrolled=self.enrolled,
        )


def _again(run: Run, past: History, back: Ints, level: Ints) -> Customers:
    """The customers as they sign again: at a part of the MRR that they had."""
    s, customers = past.scenario, past.customers
    mrr = np.maximum(s.rounded(s.winback_price * run.mrr[past.column]), s.smallest_amount)
    begun = replace(customers.beginnings, maturity=level)
    value = past.value_at(np.arange(len(back)), back)
    return replace(customers, start=back, mrr0=mrr, first_value=value, beginnings=begun)
