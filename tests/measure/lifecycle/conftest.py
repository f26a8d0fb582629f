"""Companies of a few customers, written so that each one's phases can be seen by eye."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pandas as pd
import pytest

from cslab.book import Book

NOT_DAYS = (
    *("account_id", "contract_id", "deal_id", "ticket_id", "milestone", "outcome", "type", "segment"),
    *("term_months", "eval_days", "amount", "mrr_amount"),
)

ACCOUNTS = """
    account_id  signed_on   observed_from  eval_days  segment
    A           2023-04-01  2023-04-01     30         smb
    B           2023-04-01  2023-04-01     10         mid
    L           2020-01-15  2023-04-01     20         smb
"""
ONBOARDING = """
    account_id  milestone    started     done
    A           kickoff      2023-04-01  2023-04-11
    A           first_value  2023-04-01  2023-06-01
    B           kickoff      2023-04-01  2023-04-05
    B           first_value  2023-04-01  -
"""
CONTRACTS = """
    contract_id  account_id  start       end         term_months  decided_on  outcome
    A1           A           2023-04-01  2024-04-01  12           2024-02-01  renewed
    A2           A           2024-04-01  2025-04-01  12           2025-02-01  churned
    B1           B           2023-04-01  2024-04-01  12           2024-02-01  renewed
    B2           B           2024-04-01  2025-04-01  12           -           open
    L4           L           2023-01-15  2024-01-15  12           2023-11-20  renewed
    L5           L           2024-01-15  2025-01-15  12           -           open
"""
CHURN = """
    account_id  decided_on  effective_on  winback_on
    A           2025-02-01  2025-04-01    -
"""
MRR = """
    account_id  month       type     amount
    A           2023-04-01  new      100
    B           2023-04-01  new      300
    L           2023-04-01  opening  500
"""


def read(text: str) -> pd.DataFrame:
    """A table written in columns; a dash is an empty cell."""
    frame = pd.read_csv(StringIO(text), sep=r"\s+", na_values="-", keep_default_na=False)
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in frame if name not in NOT_DAYS})


@pytest.fixture
def company() -> Callable[..., Book]:
    """A function that makes a company of three customers; tables may be replaced, or left out with an empty text.

    A: kick-off after 10 days, first value after two months, left on 1 April 2025. B never got to its first value.
    L was a customer before the records begin on 1 April 2023.
    """

    def make(as_of: str = "2025-06-30", **changed: str) -> Book:
        texts = {
            "accounts": ACCOUNTS,
            "onboarding": ONBOARDING,
            "contracts": CONTRACTS,
            "churn_events": CHURN,
            "mrr_movements": MRR,
        }
        tables = {name: read(text) for name, text in {**texts, **changed}.items() if text}
        day, begins = pd.Timestamp(as_of), pd.Timestamp("2023-04-01")
        last = max(pd.Timestamp("2025-06-30"), day)
        return Book(tables, last, window_start=begins).at(day)

    return make
