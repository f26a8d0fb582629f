"""A whole company: its blocks of accounts simulated, observed, and put together as a book with its truth."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from cslab.book import Book
from cslab.tables import Lazy
from cslab.world.frames import account_ids, frame, stacked
from cslab.world.lives import Lives
from cslab.world.observe import Records, observe, tables_of
from cslab.world.policy import Policy
from cslab.world.policy import policy as policy_named
from cslab.world.scenario import Scenario, preset
from cslab.world.simulate import CHUNK
from cslab.world.truth import CompanyTruth

if TYPE_CHECKING:
    import pandas as pd


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
        Threads. The book is the same for any number of them.
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
    scenario = preset(scenario) if isinstance(scenario, str) else scenario
    given = {"seed": seed, "accounts": accounts, "months": months}
    scenario = scenario.with_(**{name: value for name, value in given.items() if value is not None})
    return book_of(Lives(scenario, policy_named(policy or scenario.policy), chunk, workers))


def book_of(lives: Lives) -> Book:
    """The book of a company whose customers live so.

    Parameters
    ----------
    lives : Lives

    Returns
    -------
    Book
        Its tables and its truth rest on the same histories, simulated when the first of them is asked for.

    >>> lives = Lives(preset("tiny"), policy_named("rule"))
    >>> book_of(lives.under(policy_named("all_high"))).source
    'synthetic:tiny?seed=1&accounts=60&policy=all_high'
    """
    import pandas as pd

    scenario, policy, chunks_of = lives.scenario, lives.policy, _Chunks(lives)
    return Book(
        tables=Lazy({name: partial(chunks_of.table, name) for name in tables_of(scenario)}),
        as_of=pd.Timestamp(scenario.window_start) + pd.DateOffset(months=scenario.months, days=-1),
        source=f"synthetic:{scenario.name}?seed={scenario.seed}&accounts={scenario.accounts}&policy={policy.name}",
        currency=scenario.currency,
        window_start=pd.Timestamp(scenario.window_start),
        synthetic=True,
        truth=CompanyTruth(scenario, policy, lives.chunk, lives),
    )


class _Chunks:
    """The chunks of a company, observed table by table."""

    def __init__(self, lives: Lives) -> None:
        self.lives = lives

    @cached_property
    def parts(self) -> list[Records]:
        """The records of all chunks, in order."""
        return [observe(history) for history in self.lives.histories]

    def table(self, name: str) -> pd.DataFrame:
        """One table of the whole company."""
        columns = stacked(self.lives.each(lambda part: part[name], self.parts))
        return frame(name, columns, account_ids(self.lives.scenario.accounts))
