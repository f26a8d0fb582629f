"""Tiny companies written as text, their columns read as the contract declares them."""

from collections.abc import Callable
from io import StringIO

import pandas as pd
import pytest

from cslab.book import Book
from cslab.tables import TABLES

CONTRACTS = """
account_id  start       end         decided_on  outcome
A           2023-01-01  2024-01-01  2023-12-02  renewed
A           2024-01-01  2025-01-01  2024-11-30  churned
B           2023-01-01  2024-01-01  2023-12-02  renewed
B           2024-01-01  2025-01-01  -           open
"""


def read(name: str, text: str) -> pd.DataFrame:
    """A table written in columns; ``-`` is an empty cell."""
    frame = pd.read_csv(StringIO(text), sep=r"\s+", na_values="-", keep_default_na=False)
    days = [one.name for one in TABLES[name].columns if one.kind in ("date", "month") and one.name in frame]
    return frame.assign(**{column: pd.to_datetime(frame[column]) for column in days})


@pytest.fixture
def company() -> Callable[..., Book]:
    """A function that makes a book of two customers, A who leaves at the end of 2024 and B, from tables as text."""

    def make(as_of: str = "2024-12-31", **tables: str) -> Book:
        written = {"contracts": CONTRACTS, "accounts": "account_id\nA\nB\n", **tables}
        frames = {name: read(name, text) for name, text in written.items()}
        return Book(frames, pd.Timestamp(as_of))

    return make


@pytest.fixture
def rule() -> Callable[..., str]:
    """A function that writes playbooks of one rule as YAML: its condition, and anything else of it."""

    def write(when: str, **more: str) -> str:
        given = {"severity": "low", "owner": "cs", "sla_days": "2", "hours": "1", "holdout": "0", **more}
        lines = [f"    {key}: {value}" for key, value in {"when": f"[{when}]", **given}.items()]
        return "\n".join(["name: own", "playbooks:", "  one:", *lines, ""])

    return write
