"""Paths in a world in which something is supposed, and in which phases their months go by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from cslab.book.supposition import PHASES, Relief, Spared, Supposition
from cslab.world.paths import Paths
from cslab.world.supposed.begun import Impressed, begun, signs

if TYPE_CHECKING:
    from cslab.world.customers import Customers
    from cslab.world.futures import Ahead
    from cslab.world.luck import Floats, Ints
    from cslab.world.service import Sharing
    from cslab.world.touch import Touch

LONG_TERM, RENEWAL_MONTHS = 3, 4
"""A contract of more months than that has a phase of renewal: from so many months before its end."""


class SupposedPaths(Paths):
    """Latent paths of accounts in some futures of a supposed world, and the chances along them.

    Relief changes who stays and nothing else, so worlds that differ in relief alone go along the same paths together;
    not where the offices share out their hours, as there who stays takes time from the others.

    Parameters
    ----------
    ahead : Ahead
        The futures.
    touch : Touch
        Of every account in every future.
    sharing : Sharing, optional
        How the offices share out their hours, where they do: then of one world.
    supposed : sequence of Supposition, Impressed or None
        One world or, of reliefs and worlds as they are (None), several. From where the futures begin.
    discount : float
        A year.

    >>> from cslab.world.futures import Past, Ahead
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> past = Past.of(preset("tiny"), range(1), since=None, factual=None)
    >>> ahead = Ahead(past, futures=range(2), horizon=3)
    >>> touch = policy("rule").touch(past.scenario, past.customers).at(ahead.place)
    >>> found = SupposedPaths(ahead, touch, supposed=[None, Relief("", 1.0)]).walked()
    >>> found.shape, bool((found[1, 0] == 1).all())
    ((2, 10, 2048), True)
    """

    def __init__(
        self,
        ahead: Ahead,
        touch: Touch,
        sharing: Sharing | None = None,
        supposed: Sequence[Supposition | Impressed | None] = (None,),
        discount: float = 0.0,
    ) -> None:
        self.supposed, self.relief = supposed[0], np.stack([_relief(one) for one in supposed])
        self.weights = (1 + discount) ** (-np.arange(ahead.horizon + 1) / 12)
        super().__init__(ahead, touch, sharing)
        worlds, accounts = len(supposed), len(self.order)
        self.present, self.brought = np.ones((worlds, accounts)), np.zeros((worlds, accounts))
        self.spent, self.lost = np.zeros((2, worlds, len(PHASES), accounts))
        self._spare()
        if not self.since:
            absent = ~signs(self.customers, self.supposed)[self.order]
            self.present[:, absent] = self.stays[absent] = self.mrr[absent] = 0.0

    def _enrol(self, customers: Customers) -> Customers:
        """The customers as they begin, where the futures begin with that."""
        begins = super()._enrol(customers)
        return begins if self.since else begun(self.scenario, begins, self.supposed)

    def _spare(self) -> None:
        """What is taken away of the chances of leaving, cause by cause."""
        spared = self.supposed if isinstance(self.supposed, Spared) else Spared()
        self.closing, self.refusing = self.closing * (1 - spared.uncontrollable), 1 - spared.voluntary

    def _leaving(self, month: int, who: Ints) -> tuple[Floats, Floats]:
        """The chances of leaving, less what is spared of them, and of shrinking, where a term runs out."""
        leaves, cut = super()._leaving(month, who)
        return leaves * self.refusing, cut

    def _turn_over(self) -> None:
        """The futures begin for those who are there, and with them what is supposed."""
        self.customers = begun(self.scenario, self.customers, self.supposed)
        super()._turn_over()

    def staying(self, month: int) -> Floats:
        """The chance of each account to be a customer in a month still to be gone through, with the relief there is.

        Parameters
        ----------
        month : int

        Returns
        -------
        ndarray of float
            In the order of signing. For an example see :class:`Paths`.

        >>> from cslab.world.futures import Ahead, Past
        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> past, capacity = Past.of(preset("tiny"), range(1), since=None, factual=None), policy("capacity")
        >>> ahead = Ahead(past, futures=range(2), horizon=3)
        >>> touch = capacity.touch(past.scenario, past.customers).at(ahead.place)
        >>> SupposedPaths(ahead, touch, capacity.sharing, [Relief("", 1.0)]).staying(0).shape
        (2048,)
        """
        before, stays = self._present(month), super().staying(month)
        older = slice(self.signed[month])
        stays[older] += self.relief[0, self._phase(month, older)] * (before - stays)[older]
        return stays

    def _phase(self, month: int, there: slice) -> Ints:
        """The phase in which accounts were as the month before this one began."""
        purchase, onboarding, adoption, renewal = range(len(PHASES))
        ending = (self.term[there] > LONG_TERM) & (self.ends[there] - (month - 1) <= RENEWAL_MONTHS)
        onboarded = self.onboarded_from[there] < month
        phase = np.where(onboarded, np.where(ending, renewal, adoption), onboarding)
        return np.where(self.start[there] == month - 1, purchase, phase)

    def _part(self, month: int, there: slice) -> None:
        """A month's chances of leaving, less the relief, written down by world and phase."""
        phase, before = self._phase(month, there), self.present[:, there].copy()
        self.stays[there] = 1.0
        super()._part(month, there)
        left = before * (1 - self.stays[there]) * (1 - self.relief[:, phase])
        self.present[:, there] -= left
        self.stays[there] = self.present[0, there]
        counts = self.since > 0 or self.start[there] >= month - self.ahead.horizon
        for place in range(len(PHASES)):
            here = counts & (phase == place)
            self.spent[:, place, there] += here * before
            self.lost[:, place, there] += here * left

    def _earn(self, month: int, counted: slice) -> None:
        """What a month brings, discounted to where the futures begin."""
        begins = self.since if self.since else self.start[counted]
        self.brought[:, counted] += self.weights[month - begins] * self.present[:, counted] * self.mrr[counted]

    def walked(self) -> Floats:
        """Go through all months.

        Returns
        -------
        ndarray of float, shape (worlds, 2 + 2 * phases, futures × accounts)
            Retained, value, months spent in each phase, and chances of leaving from it.

        >>> from cslab.world.futures import Ahead, Past
        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> past = Past.of(preset("tiny"), range(1), since=None, factual=None)
        >>> ahead = Ahead(past, futures=range(1), horizon=3)
        >>> touch = policy("rule").touch(past.scenario, past.customers).at(ahead.place)
        >>> retained = SupposedPaths(ahead, touch, supposed=[None, Relief("", 0.5)]).walked()[:, 0, :60]
        >>> bool((retained[1] >= retained[0]).all())
        True
        """
        found = np.empty((len(self.present), 2 + 2 * len(PHASES), len(self.order)))
        kept, signing, _ = super().walked()
        found[:, 0, self.order] = kept[self.order] if self.kept is not self.stays else self.present
        found[:, 1, self.order] = self.brought + signing[self.order]
        found[:, 2:, self.order] = np.concatenate([self.spent, self.lost], axis=1)
        return found


def _relief(supposed: Supposition | Impressed | None) -> Floats:
    """The share of the chance of leaving that is taken away, by phase."""
    found = np.zeros(len(PHASES))
    if isinstance(supposed, Relief):
        found[PHASES.index(supposed.phase) if supposed.phase else slice(None)] = supposed.share
    return found
