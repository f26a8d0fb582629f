"""Two ways of telling who leaves, each tried on customers that it has not seen."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.faults import NotReady, UsageError
from cslab.measure import value
from cslab.measure.value.contest import LEAST_LEFT, enough, line


def renewals(count: int) -> pd.DataFrame:
    """Every second one is refused, within three months."""
    rows = pd.DataFrame({"account_id": [f"A{place}" for place in range(count)], "event": np.arange(count) % 2 == 0})
    return rows.assign(time=np.where(rows["event"], 2, 6))


def test_with_fewer_than_ten_leavers_nothing_is_said():
    few = renewals(100).assign(event=np.arange(100) < LEAST_LEFT - 1)
    assert not enough(few)
    assert math.isnan(line(few, None, 3)["estimate"])


@pytest.mark.slow
def test_a_company_too_small_to_tell_has_rows_without_numbers():
    book = cslab.load("synthetic:tiny")
    for found in (value.whose_churn(book), value.persona_vs_behaviour(book)):
        assert found["estimate"].isna().all()
        assert (found["n"] > 0).all()
    assert "difference" not in value.persona_vs_behaviour(book).attrs


@pytest.mark.slow
def test_what_is_hidden_stands_only_where_the_truth_is_known():
    book = cslab.load("synthetic:tiny")
    assert set(value.whose_churn(book.hide_truth())["known"]) == {"signing", "behaviour"}


@pytest.mark.slow
def test_a_book_that_knows_nothing_of_behaviour_says_what_it_needs():
    whole = cslab.load("synthetic:tiny")
    book = replace(whole, tables={name: getattr(whole, name) for name in ("accounts", "contracts", "churn_events")})
    with pytest.raises(NotReady, match="usage_monthly"):
        value.persona_vs_behaviour(book)
    with pytest.raises(NotReady, match="usage_monthly"):
        value.whose_churn(book)


def test_no_month_to_try_it_on_is_refused():
    with pytest.raises(UsageError, match="test_months"):
        value.persona_vs_behaviour(cslab.load("synthetic:tiny"), test_months=0)


@pytest.mark.slow
def test_behaviour_tells_more_than_persona_and_hidden_value_more_than_hidden_fit():
    book = cslab.load("synthetic:default_jp?seed=2&accounts=3000")
    contest = value.persona_vs_behaviour(book)
    assert contest.attrs["difference"].low > 0
    hidden = value.whose_churn(book).set_index(["renewal", "known"])["estimate"]
    for renewal in ("first", "later"):
        assert hidden[renewal, "hidden_value"] > hidden[renewal, "hidden_fit"] > 0.5


@pytest.mark.slow
def test_a_customer_without_employees_is_no_obstacle(with_accounts):
    book = cslab.load("synthetic:default_jp?seed=1&accounts=600")
    employees = book.accounts["employees"].where(book.accounts.index % 7 > 0, 0)
    assert value.persona_vs_behaviour(with_accounts(book, employees=employees))["estimate"].notna().all()


def test_months_below_one_are_named_all_at_once():
    with pytest.raises(UsageError) as said:
        value.persona_vs_behaviour(cslab.load("synthetic:tiny"), months_before=0, test_months=0)
    assert [fault.values["name"] for fault in said.value.faults] == ["months_before", "test_months"]
