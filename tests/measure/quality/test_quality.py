"""Gaps, impossible values, stale tables and loose ends are found where they were put, and nowhere else."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cslab.book import Book
from cslab.faults import NotReady
from cslab.measure import quality
from cslab.measure.quality.missing import holm
from tests.measure.coverage import holds

AS_OF = pd.Timestamp("2025-03-31")


def days(*texts: str) -> pd.Series:
    return pd.Series(pd.to_datetime([*texts]))


def book(**tables: pd.DataFrame) -> Book:
    return Book(tables, AS_OF)


def company(customers: int, leave: np.ndarray, **columns: object) -> Book:
    """Customers since 2022 with yearly contracts; some leave in September 2024."""
    ids = [f"A{place:04d}" for place in range(customers)]
    accounts = pd.DataFrame({"account_id": ids, **columns})
    ends = np.where(leave, "2024-09-30", "2026-01-01")
    contracts = pd.DataFrame({"account_id": ids, "start": pd.Timestamp("2022-01-01"), "end": pd.to_datetime(ends)})
    return book(accounts=accounts, contracts=contracts)


def row(found: pd.DataFrame, table: str, column: str) -> pd.Series:
    return found[(found["table"] == table) & (found["column"] == column)].iloc[0]


def test_completeness_counts_filled_cells_and_knows_which_may_be_blank():
    accounts = pd.DataFrame({"account_id": ["A", "B", "C", "D"], "segment": ["smb", None, None, "mid"]})
    contracts = pd.DataFrame({
        "account_id": ["A", "B"], "start": days("2024-01-01", "2024-01-01"), "end": days("2025-01-01", "2025-01-01"),
        "decided_on": days("2024-12-01", None),
    })  # fmt: skip
    found = quality.fields(book(accounts=accounts, contracts=contracts))
    assert row(found, "accounts", "segment")["filled"] == 0.5 and not row(found, "accounts", "segment")["may_be_blank"]
    assert row(found, "contracts", "decided_on")["may_be_blank"]


@pytest.mark.parametrize(
    ("column", "values", "rule"),
    [
        ("discount_pct", [0.1, 1.4], "range"),
        ("signed_on", days("2024-01-01", "1900-01-01"), "no_day"),
        ("signed_on", days("2024-01-01", "2099-12-31"), "no_day"),
        ("signed_on", days("2024-01-01", "2024-06-01"), "order"),
    ],
)
def test_a_value_that_cannot_be_right_is_counted_once_with_its_rule(column, values, rule):
    accounts = pd.DataFrame({"account_id": ["A", "B"], column: values})
    starts = {"start": days("2024-01-01", "2024-01-01"), "end": days("2026-01-01", "2026-01-01")}
    found = row(quality.fields(book(accounts=accounts, contracts=accounts[["account_id"]].assign(**starts))),
                "accounts", column)  # fmt: skip
    assert (found["invalid"], found["valid"], found["rule"]) == (1, 0.5, rule)


def test_a_table_without_rows_has_no_shares_and_raises_no_warning():
    found = quality.fields(book(accounts=pd.DataFrame({"account_id": pd.Series([], dtype=object)})))
    assert found[["filled", "valid"]].isna().all(axis=None)


def tickets(*texts: str) -> pd.DataFrame:
    opened = days(*texts)
    return pd.DataFrame({"ticket_id": range(len(opened)), "account_id": "A", "opened_on": opened})


def test_a_table_is_stale_when_nothing_came_for_longer_than_three_usual_gaps():
    weekly = [f"{day:%Y-%m-%d}" for day in pd.date_range("2024-01-01", "2024-12-30", freq="7D")]
    accounts = pd.DataFrame({"account_id": ["A"]})
    found = quality.freshness(book(accounts=accounts, tickets=tickets(*weekly))).iloc[0]
    assert (found["days_old"], found["usual_gap"], found["stale"]) == (91, 7.0, True)


def test_a_table_that_is_added_to_once_a_quarter_is_not_stale_after_two_months():
    accounts = pd.DataFrame({"account_id": ["A"]})
    rare = tickets("2024-01-31", "2024-04-30", "2024-07-31", "2024-10-31", "2025-01-31")
    assert not quality.freshness(book(accounts=accounts, tickets=rare)).iloc[0]["stale"]


def test_rows_without_a_partner_and_customers_without_a_row_are_both_told():
    accounts = pd.DataFrame({"account_id": ["A", "B", "C", "D"]})
    usage = pd.DataFrame({"account_id": ["A", "A", "X"], "month": days("2025-01-01", "2025-02-01", "2025-01-01")})
    found = quality.joins(book(accounts=accounts, usage_monthly=usage)).iloc[0]
    assert found["joined"] == pytest.approx(2 / 3) and found["covered"] == 0.25


def test_only_todays_customers_are_expected_in_a_table():
    leave = np.array([False, False, True, True])
    usage = pd.DataFrame({"account_id": ["A0000", "A0001"], "month": days("2025-01-01", "2025-01-01")})
    firm = company(4, leave)
    found = quality.joins(book(**firm.tables, usage_monthly=usage))
    assert found[found["table"] == "usage_monthly"]["covered"].tolist() == [1.0]


def test_gaps_of_customers_who_later_leave_are_warned_of():
    leave = np.arange(200) % 5 == 0
    industry = np.where(leave & (np.arange(200) % 2 == 0), None, "it")
    found = quality.missing(company(200, leave, industry=industry)).iloc[0]
    assert (found["column"], found["missing"], found["left_missing"], found["warned"]) == ("industry", 20, 1.0, True)
    assert found["left_filled"] == pytest.approx(20 / 180) and found["low"] > 0


def test_what_became_known_after_the_day_is_no_reason_for_a_warning():
    """Answers are missing of those who left because they left: on the day before, they were not due yet."""
    leave = np.arange(200) % 5 == 0
    ids = [f"A{place:04d}" for place in range(200)]
    stayed = [name for name, gone in zip(ids, leave, strict=True) if not gone]
    surveys = pd.DataFrame({"account_id": stayed, "sent_on": pd.Timestamp("2025-01-31"), "score": 9.0, "type": "nps"})
    found = quality.missing(book(**company(200, leave).tables, surveys=surveys))
    assert not found["warned"].any()


def test_a_field_with_fewer_than_five_gaps_is_not_tested():
    leave = np.arange(200) % 5 == 0
    industry = np.where(np.arange(200) < 4, None, "it")
    assert quality.missing(company(200, leave, industry=industry)).empty


@pytest.mark.slow
def test_gaps_by_chance_cause_a_false_warning_in_one_book_in_twenty_at_most_however_many_fields_there_are():
    draws = np.random.default_rng(5)
    warned = 0
    for _ in range(150):
        columns = {f"x_{place}": np.where(draws.random(120) < 0.2, None, "a") for place in range(6)}
        warned += bool(quality.missing(company(120, draws.random(120) < 0.2, **columns))["warned"].any())
    assert warned <= 150 * 0.05 or holds(warned, 150, 0.05)


def test_holm_never_lets_a_larger_chance_pass_below_a_smaller_one():
    assert holm(np.array([0.02, 0.021, 0.022])).tolist() == pytest.approx([0.06, 0.06, 0.06])


def test_records_that_are_too_short_cannot_be_tested():
    ids = pd.DataFrame({"account_id": ["A", "B"]})
    contracts = ids.assign(start=pd.Timestamp("2025-01-01"), end=pd.Timestamp("2026-01-01"))
    with pytest.raises(NotReady, match="Records too short"):
        quality.missing(book(accounts=ids, contracts=contracts))
