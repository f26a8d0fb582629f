"""Some months later: who has moved, what came of it; roles and fires."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

import cslab
from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure import touch
from cslab.measure.touch import TierRule

HOURS = {"tech": 1.0, "mid": 2.0, "high": 5.0}


def test_a_quarter_later_growth_moves_customers_up_and_the_load_follows(company: Callable[..., Book]) -> None:
    contracts = """
account_id start      end        mrr_amount
A          2023-04-10 2024-05-10   50000
B          2023-04-10 2024-05-10   50000
B          2024-05-10 2025-04-10   90000
C          2024-05-10 2025-04-10  100000
D          2023-04-10 2025-04-10  500000
"""
    rule = TierRule("own", 80e3, 400e3, amount="now")
    found = touch.quarter_later(company(contracts=contracts), rule, 3, HOURS).set_index(["before", "after"])
    assert found["customers"].to_dict() == {
        ("high", "high"): 1, ("new", "mid"): 1, ("tech", "left"): 1, ("tech", "mid"): 1,
    }  # fmt: skip
    assert found["hours"].to_dict()["tech", "mid"] == 1.0
    assert (found.attrs["before_hours"], found.attrs["after_hours"]) == (7.0, 9.0)


def test_months_must_lie_between_the_two_days(company: Callable[..., Book]) -> None:
    with pytest.raises(UsageError, match="months = 0"):
        touch.quarter_later(company(), TierRule("own", 1, 2), 0)


@pytest.mark.parametrize("months", [15, 900])
def test_a_day_before_the_records_is_refused(company: Callable[..., Book], months: int) -> None:
    with pytest.raises(NotReady, match="2023-04-10"):
        touch.quarter_later(company(), TierRule("own", 1, 2), months)


def test_with_its_own_tiers_the_company_does_what_it_did() -> None:
    book = cslab.load("synthetic:tiny")
    there = touch.present_tiers(book.at("2024-03-31")).index
    own = book.truth.accounts().set_index("account_id").loc[there, "tier"]
    found = touch.came_of(book, {"as it is": pd.Series(dtype=object), "said": own}, "2024-03-31", 6)
    assert found.drop(columns="plan").nunique().eq(1).all() and found["customers"].iloc[0] == len(there)


def test_more_touch_takes_more_hours_and_what_is_left_is_value_less_cost() -> None:
    book = cslab.load("synthetic:tiny")
    ids = touch.present_tiers(book.at("2024-03-31")).index
    plans = {tier: pd.Series(tier, index=ids) for tier in ("tech", "high")}
    found = touch.came_of(book, plans, "2024-03-31", 12).set_index("plan")
    assert found.loc["high", "hours"] > found.loc["tech", "hours"]
    assert (found["left_amount"] == found["value_amount"] - found["cost_amount"]).all()


@pytest.mark.slow
def test_a_share_of_customers_hears_from_each_speciality() -> None:
    found = touch.role_coverage(cslab.load("synthetic:tiny?accounts=200"))
    assert found["estimate"].between(0, 1).all() and (found["low"] <= found["high"]).all()
    assert 1 <= found.attrs["roles"] <= found["specialty"].nunique()


def test_roles_without_specialities_are_refused() -> None:
    book = cslab.load("synthetic:tiny")
    nobody = Book({**book.tables, "csm": book.csm.assign(specialty=None)}, book.as_of)
    with pytest.raises(NotReady, match="specialty"):
        touch.role_coverage(nobody)


def test_the_index_of_a_quarter_is_its_reactive_hours_over_all() -> None:
    weeks = pd.to_datetime(["2023-04-03", "2023-05-01", "2023-07-03"])
    rows = [("M1", week, "regular", flag, hours) for week in weeks for flag, hours in ((True, 1.0), (False, 3.0))]
    rows += [("M2", week, "regular", flag, 2.0) for week in weeks for flag in (True, False)]
    time = pd.DataFrame(rows, columns=["csm_id", "week", "category", "reactive", "hours"])
    first = pd.DataFrame({"csm_id": ["M1"], "week": [pd.Timestamp("2023-03-27")], "category": "admin"})
    time = pd.concat([first.assign(reactive=False, hours=9.0), time], ignore_index=True)
    found = touch.firefighting(Book({"csm_time": time}, pd.Timestamp("2023-08-15")))
    assert found["start"].tolist() == [pd.Timestamp("2023-04-01")]
    assert found["estimate"].tolist() == [3 / 8] and found["grr"].isna().all()


def test_less_than_a_quarter_is_no_quarter() -> None:
    time = pd.DataFrame({"csm_id": ["M1"], "week": pd.to_datetime(["2023-04-03"]), "reactive": True, "hours": 1.0})
    with pytest.raises(NotReady, match="quarter"):
        touch.firefighting(Book({"csm_time": time}, pd.Timestamp("2023-05-31")))


@pytest.mark.slow
def test_a_team_that_only_puts_out_fires_is_seen_by_its_index() -> None:
    calm, fires = (
        touch.firefighting(cslab.load(f"synthetic:{name}?accounts=600"))["estimate"].mean()
        for name in ("default_jp", "firefighting")
    )
    assert fires > 0.5 > 0.3 > calm
