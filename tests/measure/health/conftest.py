"""A company of eight customers on one day, four of which leave: small enough to be seen by eye."""

from collections.abc import Callable

import pandas as pd
import pytest

from cslab.book import Book

BEGIN, END = pd.Timestamp("2023-10-01"), pd.Timestamp("2024-10-01")
LEAVERS = ("A1", "A2", "A3", "A4")
STAYERS = ("B1", "B2", "B3", "B4")


def usage(ratio: dict[str, float]) -> pd.DataFrame:
    """The same use in every month of 2024 and after, as long as somebody is a customer."""
    months = pd.date_range("2024-01-01", "2025-03-01", freq="MS")
    rows = [
        (account, month, 10, value, int(100 * value))
        for account, value in ratio.items()
        for month in months
        if month < END or account in STAYERS
    ]
    return pd.DataFrame(rows, columns=["account_id", "month", "seats", "wau_ratio", "logins"])


def terms() -> pd.DataFrame:
    """A yearly contract each, and the next one of those who stayed."""
    decided = pd.Timestamp("2024-08-15")
    rows = [
        (account, BEGIN, END, decided, "churned" if account in LEAVERS else "renewed")
        for account in (*LEAVERS, *STAYERS)
    ]
    rows += [(account, END, pd.Timestamp("2025-10-01"), pd.NaT, "open") for account in STAYERS]
    table = pd.DataFrame(rows, columns=["account_id", "start", "end", "decided_on", "outcome"])
    return table.assign(term_months=12)


@pytest.fixture
def eight() -> Callable[..., Book]:
    """A function that makes the company, given how much each customer uses; the A gave notice in August."""

    def make(ratio: dict[str, float] | None = None) -> Book:
        ids = (*LEAVERS, *STAYERS)
        ratio = ratio or dict(zip(ids, (0.1, 0.1, 0.2, 0.2, 0.8, 0.8, 0.9, 0.9), strict=True))
        exits = pd.DataFrame({"account_id": LEAVERS, "decided_on": pd.Timestamp("2024-08-15"), "effective_on": END})
        paid = [100.0, 100.0, 200.0, 200.0, 300.0, 300.0, 400.0, 2400.0]
        moves = pd.DataFrame({"account_id": ids, "month": BEGIN, "type": "new", "amount": paid})
        tables = {
            "accounts": pd.DataFrame({"account_id": ids, "segment": ["smb", "mid"] * 4}),
            "contracts": terms(),
            "churn_events": exits,
            "mrr_movements": moves,
            "usage_monthly": usage(ratio),
        }
        return Book(tables, pd.Timestamp("2025-03-31"), window_start=BEGIN)

    return make
