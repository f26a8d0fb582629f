"""A whole company: its blocks of accounts simulated, observed, and put together as a book with its truth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cslab.book import Book
from cslab.world.frames import account_ids, frame, stacked
from cslab.world.observe import observe
from cslab.world.policy import Policy
from cslab.world.policy import policy as policy_named
from cslab.world.scenario import Scenario, preset
from cslab.world.simulate import CHUNK, chunks, simulate
from cslab.world.truth import CompanyTruth

if TYPE_CHECKING:
    from cslab.world.observe.vocabulary import Columns


def company(
    scenario: Scenario | str = "default_jp",
    policy: Policy | str = "",
    *,
    seed: int | None = None,
    accounts: int | None = None,
    months: int | None = None,
    workers: int = 1,
    chunk: int = CHUNK,
) -> Book:
    """Simulate a company and hand over its book.

    Parameters
    ----------
    scenario : Scenario or str
        A scenario or the name of a preset.
    policy : Policy or str
        Who gets which touch tier; empty: the scenario's own.
    seed, accounts, months : int, optional
        Luck, customers drawn and months of records; the scenario's own where not given.
    workers : int
        Processes. The book is the same for any number of them.
    chunk : int
        Blocks of 1,024 accounts simulated together. The book is the same for any number.

    Returns
    -------
    Book
        With every table, known to the last day of the last month, and the truth.

    Raises
    ------
    UsageError
        For an unknown preset or policy, or a parameter out of range.

    >>> book = company("tiny", seed=7)
    >>> len(book.accounts) <= 60, str(book.as_of.date())
    (True, '2025-03-31')
    """
    import pandas as pd

    scenario = preset(scenario) if isinstance(scenario, str) else scenario
    given = {"seed": seed, "accounts": accounts, "months": months}
    scenario = scenario.with_(**{name: value for name, value in given.items() if value is not None})
    policy = policy_named(policy or scenario.policy)
    parts = _parts(scenario, policy, workers, chunk)
    ids = account_ids(scenario.accounts)
    return Book(
        tables={name: frame(name, stacked([part[name] for part in parts]), ids) for name in list(parts[0])},
        as_of=pd.Timestamp(scenario.window_start) + pd.DateOffset(months=scenario.months, days=-1),
        source=f"synthetic:{scenario.name}?seed={scenario.seed}&accounts={scenario.accounts}&policy={policy.name}",
        currency=scenario.currency,
        window_start=pd.Timestamp(scenario.window_start),
        synthetic=True,
        truth=CompanyTruth(scenario, policy, chunk),
    )


def _observed(scenario: Scenario, policy: Policy, blocks: Sequence[int]) -> dict[str, Columns]:
    """The tables of one chunk: what a worker does."""
    return observe(simulate(scenario, policy, scenario.seed, blocks, scenario.accounts, scenario.months))


def _parts(scenario: Scenario, policy: Policy, workers: int, chunk: int) -> list[dict[str, Columns]]:
    """The tables of all chunks, in order."""
    pieces = chunks(scenario.accounts, chunk)
    if workers == 1 or len(pieces) == 1:
        return [_observed(scenario, policy, blocks) for blocks in pieces]
    from joblib import Parallel, delayed

    return list(Parallel(n_jobs=workers)(delayed(_observed)(scenario, policy, blocks) for blocks in pieces))
