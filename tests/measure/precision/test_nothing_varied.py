"""Where nobody left, or nobody is there, no conclusion is taken to be sure."""

from __future__ import annotations

import pandas as pd

from cslab.book import Book
from cslab.measure import precision

AS_OF = pd.Timestamp("2024-12-31")


def company(customers: int, until: str) -> Book:
    """Contracts of a year from 2020 on, all renewed until a year."""
    years = range(2020, int(until))
    rows = [(f"A{who}", f"{year}-02-01", f"{year + 1}-02-01") for who in range(customers) for year in years]
    contracts = pd.DataFrame(rows, columns=["account_id", "start", "end"])
    contracts = contracts.assign(start=pd.to_datetime(contracts["start"]), end=pd.to_datetime(contracts["end"]))
    contracts["outcome"] = ["renewed" if end <= AS_OF else "open" for end in contracts["end"]]
    contracts["contract_id"] = [f"C{place}" for place in range(len(contracts))]
    accounts = pd.DataFrame({"account_id": contracts["account_id"].unique()})
    return Book({"accounts": accounts, "contracts": contracts}, AS_OF, window_start=pd.Timestamp("2020-01-01"))


def test_three_customers_of_whom_none_left_do_not_make_one_sure() -> None:
    found = {one.name: one for one in precision.conclusions(company(3, "2025"), "05")}
    assert found["still_there"].value > 0.1 and not found["still_there"].enough


def test_renewals_that_were_all_kept_do_not_make_the_next_quarter_certain() -> None:
    found = precision.conclusions(company(3, "2025"), "14")
    assert all(one.value > 0.1 and not one.enough for one in found) and found


def test_a_company_whose_customers_have_all_gone_lacks_them_by_name() -> None:
    lacking = precision.with_lacking(company(3, "2022"), "00")[1]
    assert [fault.key for fault in lacking["lost"]] == ["precision.nothing_there"]
