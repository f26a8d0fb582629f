"""The same customers with the same luck under another policy: only those are run again whose touch differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.world.addons.returns import spells
from cslab.world.customers import taken
from cslab.world.run import Run
from cslab.world.simulate import lived
from cslab.world.spells import together

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cslab.world.history import History
    from cslab.world.luck import Flags, Ints
    from cslab.world.policy import Policy
    from cslab.world.touch import Touch


def again(history: History, policy: Policy) -> History:
    """What would have happened to the customers of a history under another policy.

    Byte for byte what simulating them under that policy gives. Where offices share out their hours, before or now,
    everybody is run again: there the touch of one account depends on the others.

    Parameters
    ----------
    history : History
        It keeps the draws made for it, so that the next time is faster.
    policy : Policy

    Returns
    -------
    History

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> rule, high = (simulate(preset("tiny"), policy(name), 1, range(1), 60, 48) for name in ("rule", "all_high"))
    >>> bool((again(rule, policy("all_high")).value == high.value).all())
    True
    """
    scenario, drawn = history.scenario, history.drawn
    if policy.sharing or history.work:
        return lived(scenario, policy, history.seed, history.blocks, drawn, history.months + scenario.first_month)
    first = np.flatnonzero(history.first)
    touch, before = policy.touch(scenario, drawn), history.touch
    differs = touch.differs(before if len(first) == len(history.lane) else before.at(first))
    if not differs.any():
        return history
    run = _Again(history, touch.at(np.flatnonzero(differs)), np.flatnonzero(differs))
    if run.all:
        return replace(together(*spells(run)), draws=history.draws)
    return _merged(history, run, differs)


def _merged(history: History, run: _Again, differs: Flags) -> History:
    """A history in which some accounts live as in another run."""
    columns, value = history.column[history.first], np.empty_like(history.value)
    same = np.sort(columns[~differs])
    for month, before, after in zip(value, history.value, run.value, strict=True):  # far faster than all at once
        month[same], month[run.places] = before[same], after
    other = [replace(part, value=value, column=columns[part.lane]) for part in spells(run)]
    kept = [~differs[history.lane], *(np.ones(len(part.lane), dtype=bool) for part in other)]
    return together(replace(history, value=value), *other, kept=np.concatenate(kept))


class _Again(Run):
    """Some accounts of a chunk under other touch, all months gone through, with the draws that the chunk has kept."""

    def __init__(self, history: History, touch: Touch, lanes: Ints) -> None:
        self.past, self.all = history, len(lanes) == history.accounts
        self.places = np.sort(history.column[history.first][lanes])
        drawn = history.drawn if self.all else taken(history.drawn, lanes)
        super().__init__(history.scenario, touch, history.seed, history.blocks, drawn, history.months, lanes)
        for month in range(self.months):
            self.step(month)

    def _draw(self, blocks: Sequence[int], months: int) -> None:
        """The draws of all accounts of the chunk: made once, and kept."""
        if not self.past.draws:
            super()._draw(blocks, months)
            order = np.argsort(self.past.column[self.past.first])
            made = {name: draws for name, draws in vars(self).items() if name.endswith("_draws")}
            self.past.draws.update({name: _by_signing(draws, order) for name, draws in made.items()})
        vars(self).update(self.past.draws)

    def _drawn(self, draws: NDArray[Any], month: int, there: slice | Ints) -> NDArray[Any]:
        """This month's draws in the order of signing."""
        return np.asarray(draws[month, there] if self.all else np.take(draws[month], self.places[there]))


def _by_signing(draws: NDArray[Any], order: Ints) -> NDArray[Any]:
    """Draws with a row a month and accounts in the order of signing; those of offices as they are."""
    return draws.transpose(1, 0, 2).reshape(draws.shape[1], -1)[:, order] if draws.ndim == 3 else draws
