"""The same customers with the same luck under another policy: only those are run again whose touch differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.world import luck
from cslab.world.addons.returns import spells
from cslab.world.customers import taken
from cslab.world.run import Run
from cslab.world.simulate import lived
from cslab.world.spells import together

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cslab.world.history import History
    from cslab.world.luck import Flags, Floats, Ints
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

    hit_who: Ints
    hit_harm: Floats
    hit_until: Ints

    def __init__(self, history: History, touch: Touch, lanes: Ints) -> None:
        self.past, self.all = history, len(lanes) == history.accounts
        self.places = np.sort(history.column[history.first][lanes])
        drawn = history.drawn if self.all else taken(history.drawn, lanes)
        super().__init__(history.scenario, touch, history.seed, history.blocks, drawn, history.months, lanes)
        for month in range(self.months):
            self.step(month)

    def _draw(self, blocks: Sequence[int], months: int) -> None:
        """The draws of all accounts of the chunk, made once and kept; of these the run's own."""
        if not self.past.draws:
            super()._draw(blocks, months)
            self.past.draws.update(_kept(self, self.past))
        for name, drawn in self.past.draws.items():
            whole = self.all or not name.endswith("_draws")
            setattr(self, name, drawn if whole else np.take(drawn, self.places, axis=1))
        if not self.all:
            self._own_hits()

    def _own_hits(self) -> None:
        """The incidents that hit the run's own accounts."""
        place = np.full(self.past.accounts, -1)
        place[self.places] = np.arange(len(self.places))
        own = place[self.hit_who] >= 0
        self.hit_who, self.hit_harm = place[self.hit_who[own]], self.hit_harm[own]
        self.hit_until = np.concatenate([[0], np.cumsum(own)])[self.hit_until]

    def _drawn(self, draws: NDArray[Any], month: int, there: slice | Ints) -> NDArray[Any]:
        """This month's draws in the order of signing."""
        return np.asarray(draws[month, there])

    def _hits(self, month: int, there: slice) -> tuple[Ints, Floats]:
        """Whom incidents hit, which is the same under every policy."""
        some = slice(*self.hit_until[month : month + 2])
        return self.hit_who[some], self.hit_harm[some]


def _kept(run: Run, history: History) -> dict[str, NDArray[Any]]:
    """A run's draws with a row a month, and all whom incidents hit: of all accounts, in the order of signing."""
    whole, months = Run.__new__(Run), range(history.months)
    order = whole.order = np.argsort(history.column[history.first])
    whole.scenario, whole.seed, whole.customers = history.scenario, history.seed, history.drawn
    whole.number, whole.office = history.drawn.number[order], order // luck.BLOCK
    before = np.searchsorted(history.drawn.start[order], months)
    hits = [(np.empty(0, np.int64), np.empty(0))]
    draws = {name: drawn for name, drawn in vars(run).items() if name.endswith("_draws")}
    if (struck := draws.pop("incident_draws", None)) is not None:
        whole.incident_draws = struck
        hits = [whole._hits(month, slice(before[month])) for month in months]
    who, harm = (np.concatenate(part) for part in zip(*hits, strict=True))
    kept = {name: drawn.transpose(1, 0, 2).reshape(len(months), -1)[:, order] for name, drawn in draws.items()}
    until = np.cumsum([0, *(len(one) for one, _ in hits)])
    return {**kept, "hit_who": who, "hit_harm": harm, "hit_until": until}
