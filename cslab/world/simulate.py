"""The company's histories: its blocks of accounts simulated a few at a time, each the same however they are grouped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cslab.world import luck
from cslab.world.addons.returns import spells
from cslab.world.customers import Customers, draw
from cslab.world.history import History

if TYPE_CHECKING:
    from cslab.world.policy import Policy
    from cslab.world.scenario import Scenario
from cslab.world.run import Run
from cslab.world.spells import together

CHUNK = 16
"""Blocks simulated together: enough to keep the loop over months busy, few enough for the processor's cache."""


def histories(scenario: Scenario, policy: Policy, months: int, chunk: int = CHUNK) -> Iterator[History]:
    """The latent histories of a company, some blocks of accounts at a time.

    Parameters
    ----------
    scenario : Scenario
        With the company's seed and accounts.
    policy : Policy
    months : int
        Months of records; a longer history begins with the shorter one.
    chunk : int
        Blocks of 1,024 accounts simulated together; makes no difference to what happens.

    Yields
    ------
    History

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> [len(history.tier) for history in histories(preset("tiny"), policy("rule"), months=48)]
    [60]
    """
    for blocks in chunks(scenario.accounts, chunk):
        yield simulate(scenario, policy, scenario.seed, blocks, scenario.accounts, months)


def chunks(accounts: int, chunk: int = CHUNK) -> list[range]:
    """The blocks of a company, some at a time.

    >>> chunks(5000, 2)
    [range(0, 2), range(2, 4), range(4, 5)]
    """
    blocks = -(-accounts // luck.BLOCK)
    return [range(first, min(first + chunk, blocks)) for first in range(0, blocks, chunk)]


def simulate(
    scenario: Scenario, policy: Policy, seed: int, blocks: Sequence[int], accounts: int, months: int
) -> History:
    """Simulate some consecutive blocks of accounts.

    Parameters
    ----------
    scenario : Scenario
    policy : Policy
    seed : int
    blocks : sequence of int
        Consecutive blocks of 1,024 accounts.
    accounts : int
        Customers of the whole company.
    months : int
        Months of records, from the scenario's window start.

    Returns
    -------
    History

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> simulate(preset("tiny"), policy("rule"), seed=1, blocks=range(1), accounts=60, months=48).value.shape
    (88, 60)
    """
    return lived(scenario, policy, seed, blocks, draw(scenario, seed, blocks, accounts), months)


def lived(
    scenario: Scenario, policy: Policy, seed: int, blocks: Sequence[int], customers: Customers, months: int
) -> History:
    """What becomes of customers already drawn.

    Parameters
    ----------
    scenario, policy, seed, blocks, months
        As for :func:`simulate`.
    customers : Customers
        Of these blocks.

    Returns
    -------
    History

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> people = draw(preset("tiny"), seed=1, blocks=range(1), accounts=60)
    >>> lived(preset("tiny"), policy("rule"), 1, range(1), people, months=48).value.shape
    (88, 60)
    """
    touch, gone = policy.touch(scenario, customers), months - scenario.first_month
    run = Run(scenario, touch, seed, blocks, customers, gone, sharing=policy.sharing)
    for month in range(run.months):
        run.step(month)
    return together(*spells(run))
