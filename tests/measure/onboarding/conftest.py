"""Tiny companies with an onboarding, written as text, so that the truth of each test can be seen by eye."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pandas as pd
import pytest

from cslab.book import Book

DAYS = ("started", "done", "start", "end", "signed_on", "sent_on", "responded_on", "month", "eligible_on", "invited_on")
DAYS += ("touched_on", "valid_from", "effective_on", "decided_on")


def table(text: str) -> pd.DataFrame:
    """A table written in columns; ``-`` is an empty cell."""
    frame = pd.read_csv(StringIO(text), sep=r"\s+", na_values="-", keep_default_na=False)
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in DAYS if name in frame})


@pytest.fixture
def company() -> Callable[..., Book]:
    """A function that makes a book from tables written as text, or ready made."""

    def make(as_of: str, **tables: str | pd.DataFrame) -> Book:
        frames = {name: table(rows) if isinstance(rows, str) else rows for name, rows in tables.items()}
        return Book(frames, pd.Timestamp(as_of))

    return make


ONBOARDING = """
account_id  milestone    kind   started     done
A           kickoff      setup  2024-01-01  2024-01-05
A           first_value  value  2024-01-01  2024-03-01
B           kickoff      setup  2024-01-01  2024-01-09
B           first_value  value  2024-01-01  2024-04-30
C           kickoff      setup  2024-01-01  -
C           first_value  value  2024-01-01  -
D           kickoff      setup  2024-06-20  2024-06-21
D           first_value  value  2024-06-20  2024-06-25
"""
"""To the first value A needs 60 days, B 120, D 5; C never gets anywhere. D began lately."""


@pytest.fixture
def four(company: Callable[..., Book]) -> Book:
    """Four customers on 30 June 2024."""
    accounts = """
    account_id  segment
    A           small
    B           small
    C           large
    D           large
    """
    usage = """
    account_id  month       wau_ratio
    A           2024-01-01  0.2
    A           2024-02-01  0.6
    B           2024-01-01  0.5
    C           2024-06-01  0.4
    D           2024-06-01  0.9
    """
    return company("2024-06-30", accounts=accounts, onboarding=ONBOARDING, usage_monthly=usage)
