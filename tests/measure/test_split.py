"""Windows and the groups of a window."""

import pandas as pd
import pytest

from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure.split import split, window_before


def days(pair: tuple[pd.Timestamp, pd.Timestamp]) -> list[str]:
    """Both days as written."""
    return [f"{day:%Y-%m-%d}" for day in pair]


@pytest.mark.parametrize(
    ("window", "before"),
    [
        (("2024-03-01", "2024-04-01"), ["2024-02-01", "2024-03-01"]),
        (("2024-04-01", "2025-04-01"), ["2023-04-01", "2024-04-01"]),
        (("2024-03-05", "2024-03-15"), ["2024-02-24", "2024-03-05"]),
    ],
)
def test_the_window_before_is_as_long_and_ends_where_this_one_begins(window, before):
    assert days(window_before(*window)) == before


def test_months_are_those_that_the_window_touches():
    book = Book({}, pd.Timestamp("2024-12-31"))
    assert [f"{month:%m-%d}" for month in split(book, "2024-01-15", "2024-03-01", "month").values] == ["01-01", "02-01"]


def test_accounts_without_a_value_are_a_group_of_their_own():
    accounts = pd.DataFrame({"account_id": ["A", "B", "C"], "segment": ["smb", None, "smb"]})
    found = split(Book({"accounts": accounts}, pd.Timestamp("2024-12-31")), "2024-01-01", "2024-02-01", "segment")
    assert found.groups(None, pd.Series([1, 0]).to_numpy(), ["A", "B"]).tolist() == [1, 0]
    assert found.values[0] == "smb" and len(found.values) == 2


def test_what_makes_no_window_is_named_at_once():
    book = Book({}, pd.Timestamp("2024-12-31"))
    with pytest.raises(UsageError) as raised:
        split(book, "2025-03-01", "2025-02-01")
    assert [fault.key for fault in raised.value.faults] == ["window_order", "window_after_data"]


def test_a_list_without_days_has_no_windows():
    with pytest.raises(NotReady):
        split(Book({}, pd.Timestamp("2024-12-31"), stock_sample=True), "2024-01-01", "2024-02-01")
