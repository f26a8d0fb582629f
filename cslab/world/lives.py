"""The histories of a whole company, kept: as they are, and as they would be under other policies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from cslab.world import simulate
from cslab.world.again import again

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.policy import Policy
    from cslab.world.scenario import Scenario

S = TypeVar("S")
T = TypeVar("T")


class Lives:
    """What happens to the customers of a company under a policy: simulated when first asked for.

    Parameters
    ----------
    scenario : Scenario
        With the company's seed, accounts and months.
    policy : Policy
    chunk : int
        Blocks of accounts simulated together.
    workers : int
        Threads.
    others : Lives, optional
        The same customers under another policy: then only those are run whose touch differs.

    >>> from cslab.world import policy, preset
    >>> lives = Lives(preset("tiny"), policy("rule"))
    >>> (history,), (other,) = lives.histories, lives.under(policy("all_high")).histories
    >>> bool((history.customers.mrr0 == other.customers.mrr0).all()), int(other.tier.min())
    (True, 2)
    """

    def __init__(
        self,
        scenario: Scenario,
        policy: Policy,
        chunk: int = simulate.CHUNK,
        workers: int = 1,
        others: Lives | None = None,
    ) -> None:
        self.scenario, self.policy, self.chunk, self.workers, self._others = scenario, policy, chunk, workers, others

    @cached_property
    def histories(self) -> list[History]:
        """The histories of all chunks, in order. For an example see the class."""
        if self._others is not None:
            return self.each(lambda history: again(history, self.policy), self._others.histories)
        s = self.scenario
        return self.each(
            lambda blocks: simulate.simulate(s, self.policy, s.seed, blocks, s.accounts, s.months),
            simulate.chunks(s.accounts, self.chunk),
        )

    def under(self, policy: Policy) -> Lives:
        """The same customers with the same luck under another policy.

        Parameters
        ----------
        policy : Policy

        Returns
        -------
        Lives

        >>> from cslab.world import policy, preset
        >>> Lives(preset("tiny"), policy("rule")).under(policy("all_mid")).policy.name
        'all_mid'
        """
        return Lives(self.scenario, policy, self.chunk, self.workers, self._others or self)

    def each(self, made: Callable[[S], T], pieces: Sequence[S]) -> list[T]:
        """The same for every piece; threads suffice, as most of the work is done in arrays that let others run.

        Parameters
        ----------
        made : callable
        pieces : sequence

        Returns
        -------
        list
            In the order of the pieces.

        >>> from cslab.world import policy, preset
        >>> Lives(preset("tiny"), policy("rule"), workers=2).each(abs, [-1, 2])
        [1, 2]
        """
        if self.workers == 1 or len(pieces) == 1:
            return [made(piece) for piece in pieces]
        with ThreadPoolExecutor(self.workers) as pool:
            return list(pool.map(made, pieces))
