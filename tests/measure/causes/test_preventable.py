"""What nobody can prevent, what would have happened anyway, and what leavers say of it."""

from dataclasses import replace

import pandas as pd
import pytest

import cslab
from cslab.faults import NotReady, UsageError
from cslab.measure import causes, value
from cslab.measure.causes.preventable import shares_of
from tests.measure.conftest import read

YEAR = ("2022-12-31", "2024-01-31")


def test_two_of_five_departures_were_nobodys_decision(company):
    found = causes.preventable(company, *YEAR).set_index("cause")
    assert found["departures"].to_dict() == {"voluntary": 2, "involuntary": 2, "unknown": 1}
    share = causes.unpreventable(company, *YEAR)
    assert (share.estimate, share.n) == (0.4, 5)
    assert causes.unpreventable(company, *YEAR, cause="stated_kind").estimate == 0.2
    assert share.low < 0.4 < share.high


def test_a_window_holds_what_took_effect_after_its_first_day_and_up_to_its_last(company):
    found = causes.preventable(company, "2023-05-01", "2023-07-01")
    assert found["departures"].tolist() == [1]


def test_a_window_without_departures_or_the_wrong_way_round_is_refused(company):
    with pytest.raises(UsageError, match="nobody has left"):
        causes.preventable(company, "2022-01-01", "2022-12-31")
    with pytest.raises(UsageError):
        causes.preventable(company, "2024-01-31", "2022-12-31")


def test_truth_is_none_where_nobody_knows_it(company):
    assert causes.truth_unpreventable(company, *YEAR) is None
    assert causes.anyway(company, *YEAR) is None
    assert causes.truth_of_reasons(company) is None
    assert value.truth_damper(company) is None


def test_the_best_of_care_leaves_closures_and_fewer_decisions():
    found = causes.anyway(cslab.load("synthetic:default_jp?seed=1&accounts=600"), "2024-03-31", "2025-03-31")
    wide = found.pivot(index="cause", columns="policy", values="departures")
    assert wide.loc["voluntary", "all_high"] < wide.loc["voluntary", "as_it_is"]
    assert wide.loc["involuntary", "all_high"] == pytest.approx(wide.loc["involuntary", "as_it_is"], rel=0.25)


def test_reasons_are_counted_as_stated(company):
    found = causes.stated_reasons(company)
    assert found["reason"].tolist() == ["price", "business_closed", "not_used", "unknown"]
    assert found["departures"].tolist() == [2, 1, 1, 1]


def test_price_is_said_as_often_by_those_who_decided_nothing(company):
    found = causes.said_by_notice(company, "price").set_index("kind")
    assert found["n"].to_dict() == {"with_notice": 3, "without_notice": 2}
    assert found["estimate"].to_dict() == pytest.approx({"with_notice": 1 / 3, "without_notice": 1 / 2})


def test_a_kind_that_there_is_not_has_no_row_and_a_reason_that_nobody_stated_is_refused(company):
    events = company.churn_events.assign(decided_on=pd.Timestamp("2023-01-01"))
    book = replace(company, tables={**company.tables, "churn_events": events})
    assert causes.said_by_notice(book)["kind"].tolist() == ["with_notice"]
    with pytest.raises(UsageError, match="price"):
        causes.said_by_notice(company, "prize")


def test_what_comes_up_in_the_talk_is_counted_once_an_account(company):
    with pytest.raises(NotReady, match="interviews"):
        causes.asked_again(company)
    talks = read("""
        interview_id account_id held_on    frame   themes
        I1           A1         2024-01-20 churned results
        I2           A2         2024-01-20 churned not_used
        I3           A7         2024-01-20 happy   results
    """)
    book = replace(company, tables={**company.tables, "interviews": talks})
    assert causes.asked_again(book)["departures"].sum() == 2
    assert causes.asked_again(book, "price")["theme"].tolist() == ["results"]
    assert causes.asked_again(book, "business_closed").empty


def test_who_says_price_is_no_other_than_who_says_something_else():
    found = causes.truth_of_reasons(cslab.load("synthetic:default_jp?seed=1&accounts=3000"))
    wide = found.pivot(index="cause", columns="reason", values="share")
    assert (wide["price"] - wide["all"]).abs().max() < 0.06
    assert wide.loc["uncontrollable", "merged"] == 1


def test_shares_of_nothing_are_a_table_without_rows_and_with_all_its_columns():
    found = shares_of(pd.Series([], dtype=object))
    assert found.empty and list(found) == ["value", "departures", "estimate", "low", "high", "n", "method"]
