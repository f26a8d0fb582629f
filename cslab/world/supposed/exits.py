"""What easy and hard exits bring: who comes back after each, and what that is worth, in the same futures.

A departure on notice and a return are followed along the same latent path: those who come back from any departure have
their contracts from the month of return on, and are weighted by the chances that have led there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.world.addons.returns import SOONEST
from cslab.world.paths import Paths

if TYPE_CHECKING:
    import pandas as pd

    from cslab.world.expectation import Outlook
    from cslab.world.futures import Ahead
    from cslab.world.luck import Floats, Ints
    from cslab.world.service import Sharing
    from cslab.world.touch import Touch

LEFT, SOONER, BACK, FIRST, SECOND = range(5)
"""What is added up: departures, those a month before the end, returns, MRR of first and of second spells."""

EXITS = ("easy", "hard")
COLUMNS = ("month", "exit", "left", "recorded", "returned", "value_amount", "returned_amount", "value_error")

LATER = 1
"""Months by which the record of a hard exit comes later."""


class ExitPaths(Paths):
    """Paths on which everybody who gives notice comes back, sooner or later: what one chance of it is to be times.

    Parameters
    ----------
    ahead : Ahead
        The futures.
    touch : Touch
    sharing : Sharing, optional
        How the offices share out their hours, where they do; those who come back take none.
    months : sequence of int
        After which to add up, since signing or since the futures begin.

    >>> from cslab.world.futures import Ahead, Past
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> past = Past.of(preset("tiny"), range(1), since=None, factual=None)
    >>> ahead = Ahead(past, futures=range(2), horizon=3)
    >>> touch = policy("rule").touch(past.scenario, past.customers).at(ahead.place)
    >>> ExitPaths(ahead, touch, None, [1, 3]).walked().shape
    (2, 5, 2048)
    """

    def __init__(self, ahead: Ahead, touch: Touch, sharing: Sharing | None, months: Sequence[int]) -> None:
        super().__init__(ahead, touch, sharing)
        accounts = len(self.order)
        self.limits, self.found = np.array(months)[:, None], np.zeros((len(months), 5, accounts))
        self.coming = np.zeros((2, self.months, accounts))
        self.second: dict[int, Floats] = {}

    def _sign(self, month: int, new: slice) -> None:
        """Some sign; where all begins with that, their first month counts."""
        super()._sign(month, new)
        if not self.since:
            self.found[:, FIRST, new] += self.mrr[new]

    def _go_on(self, month: int, there: slice) -> None:
        """A month of those who are there, and of those who came back."""
        growth = 1 + self.growth * np.minimum(self._expansion_chance(month, there), 1)
        before = self.stays[there].copy()
        super()._go_on(month, there)
        left = before - self.stays[there]
        self._add(LEFT, self._over(month, there), there, left)
        self._add(SOONER, self._over(month, there) + LATER, there, left)
        self._add(FIRST, self._paid(month, there), there, self.stays[there] * self.mrr[there])
        self._go_on_again(month, there, growth)

    def _over(self, month: int, there: slice) -> Ints | int:
        """How many months are over as one ends in which somebody may have left."""
        return month - (self.since - 1 if self.since else self.start[there])

    def _paid(self, month: int, there: slice) -> Ints | int:
        """How many months are paid for with it: from signing on, that of signing is the first."""
        return self._over(month, there) + (0 if self.since else 1)

    def _add(self, what: int, after: Ints | int, there: slice, amount: Floats) -> None:
        """What comes after so many months, added up for the limits it lies within."""
        self.found[:, what, there] += (after <= self.limits) * amount

    def _renew(self, month: int, who: Ints) -> None:
        """Terms that run out now: those who leave a first spell will be back, unless they close meanwhile."""
        before, mrr = self.stays[who].copy(), self.mrr[who].copy()
        super()._renew(month, who)
        left = (before - self.stays[who]) * (self.begun[who] == self.start[who])
        longest = self.scenario.winback_months
        for wait in range(SOONEST, min(longest, self.months - 1 - month) + 1):
            comes = left * (1 - self.closing[who]) ** wait / (longest - SOONEST + 1)
            self.coming[:, month + wait, who] += comes, comes * mrr * self.scenario.winback_price

    def _go_on_again(self, month: int, there: slice, growth: Floats) -> None:
        """A month of second spells, by the month of return: what they bring grows and shrinks as that of any spell."""
        self.second = {back: mrr for back, mrr in self.second.items() if back > month - self.ahead.horizon}
        for back, mrr in self.second.items():
            mrr[there] *= growth * (1 - self.closing[there])
            term = self.term[there]
            self._decide_again(month, back, there.start + np.flatnonzero((month - back) % term == 0))
        chance, self.second[month] = self.coming[:, month]
        self._add(BACK, self._over(month, there), there, chance[there])
        earned = sum((mrr[there] for mrr in self.second.values()), np.zeros(there.stop - there.start))
        self._add(SECOND, self._paid(month, there), there, earned)

    def _decide_again(self, month: int, back: int, who: Ints) -> None:
        """Second spells whose term runs out now: who leaves once more does not come back."""
        value = self.value[np.maximum(month - self.ahead_of_end[who], back), who]
        cut = np.minimum(self._cut_chance(who, value), 1)
        self.second[back][who] *= (1 - self._refusal_chance(who, value)) * (1 - self.scenario.contraction_size * cut)

    def walked(self) -> Floats:
        """Go through all months.

        Returns
        -------
        ndarray of float, shape (limits, 5, futures × accounts)
            Departures, those known a month before, returns, and MRR of first and of second spells: of each return as
            if it were certain.

        >>> from cslab.world.futures import Ahead, Past
        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> past = Past.of(preset("tiny"), range(1), since=None, factual=None)
        >>> ahead = Ahead(past, futures=range(1), horizon=3)
        >>> touch = policy("rule").touch(past.scenario, past.customers).at(ahead.place)
        >>> found = ExitPaths(ahead, touch, None, [3]).walked()[0]
        >>> bool((found[SOONER] <= found[LEFT]).all())
        True
        """
        super().walked()
        found = np.empty_like(self.found)
        found[..., self.order] = self.found
        return found


def exits(outlook: Outlook, months: Sequence[int]) -> pd.DataFrame:
    """What becomes of the customers if from now on all exits are easy, or all are hard.

    Parameters
    ----------
    outlook : Outlook
        Its horizon is the last of the months.
    months : sequence of int
        After which to look.

    Returns
    -------
    DataFrame
        As ``exits`` of the truth.

    >>> from cslab.world import policy, preset
    >>> from cslab.world.expectation import Outlook
    >>> found = exits(Outlook(preset("tiny"), policy("rule"), horizon=24, futures=2), [24])
    >>> bool(found["value_amount"][0] > found["value_amount"][1])
    True
    """

    def walk(ahead: Ahead) -> Floats:
        """Everybody's exits and returns."""
        past, policy = ahead.past, outlook.factual
        touch = policy.touch(past.scenario, past.customers).at(ahead.place)
        found = ExitPaths(ahead, touch, policy.sharing, months).walked()
        return found.reshape(len(months), 5, ahead.count, ahead.accounts)

    import pandas as pd

    if not outlook.scenario.on("offboarding"):
        return pd.DataFrame(columns=COLUMNS)
    sums, accounts = np.zeros((len(months), 5, outlook.futures)), 0
    for number, found in outlook.walks(walk):
        sums += found.sum(axis=-1)
        accounts += len(number)
    chances = dict(zip(EXITS, outlook.scenario.winback_share, strict=True))
    means = sums / max(accounts, 1)
    rows = [_row(mean, month, *chance) for mean, month in zip(means, months, strict=True) for chance in chances.items()]
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(mean: Floats, month: int, exit_: str, chance: float) -> tuple[Any, ...]:
    """What holds after some months where all exits are of a kind."""
    value = mean[FIRST] + chance * mean[SECOND]
    left, recorded, returned = mean[LEFT], mean[SOONER if exit_ == "hard" else LEFT], chance * mean[BACK]
    error = value.std(ddof=1) / len(value) ** 0.5 if len(value) > 1 else np.nan
    means = (one.mean() for one in (left, recorded, returned, value, chance * mean[SECOND]))
    return month, exit_, *means, error
