"""A company of eight whose exits can be seen by eye."""

import pandas as pd
import pytest

from cslab.book import Book
from tests.measure.conftest import read

CONTRACTS = """
account_id  start       end         term_months
A1          2023-01-01  2024-01-01  12
A2          2023-01-01  2024-01-01  12
A3          2023-01-01  2024-01-01  12
A4          2023-01-01  2024-01-01  12
A5          2023-01-01  2024-01-01  12
A6          2023-01-01  2025-01-01  24
A7          2023-01-01  2025-01-01  24
A8          2023-01-01  2025-01-01  24
"""

EXITS = """
account_id  decided_on  effective_on  reason_stated
A1          2023-11-01  2024-01-01    price
A2          2023-11-01  2024-01-01    not_used
A3          2023-05-01  2023-05-01    business_closed
A4          2023-07-01  2023-07-01    price
A5          2023-10-01  2023-12-01    -
A6          2024-05-01  2024-07-01    price
"""

PAID = """
account_id  month       type  amount
A1          2023-01-01  new   100
A2          2023-01-01  new   100
A3          2023-01-01  new   100
A4          2023-01-01  new   100
A5          2023-01-01  new   100
A6          2023-01-01  new   100
A7          2023-01-01  new   100
A8          2023-01-01  new   100
"""


@pytest.fixture
def company() -> Book:
    """A1 and A2 left with notice at the end of the year, A3 closed, A4 said price but left at once; A5 said nothing."""
    tables = {"contracts": CONTRACTS, "churn_events": EXITS, "mrr_movements": PAID}
    return Book({name: read(text) for name, text in tables.items()}, pd.Timestamp("2024-05-31"))
