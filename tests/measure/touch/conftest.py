"""A company of four customers and two CSMs, small enough to be reckoned by hand."""

from collections.abc import Callable
from io import StringIO

import pandas as pd
import pytest

from cslab.book import Book

ACCOUNTS = """
account_id segment mrr0_amount trial_usage signed_on  observed_from
A          smb         50000        0.50    2023-04-10 2023-04-10
B          smb         50000        0.05    2023-04-10 2023-04-10
C          mid        100000        0.50    2023-04-10 2023-04-10
D          enterprise 500000        0.50    2023-04-10 2023-04-10
"""
CONTRACTS = """
account_id start      end        mrr_amount
A          2023-04-10 2025-04-10   50000
B          2023-04-10 2025-04-10   90000
C          2023-04-10 2025-04-10  100000
D          2023-04-10 2025-04-10  500000
"""
TIERS = """
account_id touch_tier valid_from valid_to   csm_id
A          tech       2023-04-10 -          -
B          tech       2023-04-10 2023-12-31 -
B          mid        2024-01-01 -          M1
C          mid        2023-04-10 -          M1
D          high       2023-04-10 -          M2
"""
CSM = """
csm_id specialty  joined_on  left_on    cost_amount capacity_h
M1     generalist 2020-01-01 -               800000        100
M2     technical  2020-01-01 -               800000        100
M3     technical  2020-01-01 2023-06-30      800000        100
"""
DAYS = ("start", "end", "signed_on", "observed_from", "valid_from", "valid_to", "joined_on", "left_on")


def table(text: str) -> pd.DataFrame:
    """A table written in columns; ``-`` is an empty cell."""
    frame = pd.read_csv(StringIO(text.strip()), sep=r"\s+", na_values="-", keep_default_na=False)
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in DAYS if name in frame})


@pytest.fixture
def company() -> Callable[..., Book]:
    """A function that makes the company as of a day, with other tables in place of its own; None leaves one out."""

    def make(as_of: str = "2024-06-30", **tables: str | None) -> Book:
        texts = {"accounts": ACCOUNTS, "contracts": CONTRACTS, "tier_history": TIERS, "csm": CSM, **tables}
        frames = {name: table(text) for name, text in texts.items() if text is not None}
        return Book(frames, pd.Timestamp(as_of))

    return make
