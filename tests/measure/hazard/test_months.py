"""Account-months: when a customer could leave, which term was in force, what was known, and nothing of the future."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cslab
from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure import hazard
from cslab.measure.hazard.months import PersonMonths


def spans(months: PersonMonths) -> dict[str, tuple[str, str, bool]]:
    """First and last month of each account, and whether it left in the last one."""
    frame = months.frame()
    return {
        name: (f"{part['month'].min():%Y-%m}", f"{part['month'].max():%Y-%m}", bool(part["event"].iloc[-1]))
        for name, part in frame.groupby("account_id")
    }


YEARLY = """
account_id  start       end         outcome  term_months
left        2023-04-10  2024-04-10  churned  12
stays       2023-04-10  2024-04-10  renewed  12
stays       2024-04-10  2025-04-10  open     12
"""


def test_rows_run_from_the_month_after_the_start_to_that_of_leaving_or_the_last_full_one(tiny):
    months = hazard.person_months(tiny("2024-07-15", contracts=YEARLY))
    assert spans(months) == {"left": ("2023-05", "2024-04", True), "stays": ("2023-05", "2024-06", False)}
    assert hazard.person_months(tiny("2024-07-31", contracts=YEARLY)).frame()["month"].max() == pd.Timestamp("2024-07")


def test_renewal_is_due_in_the_month_in_which_the_term_runs_out(tiny):
    frame = hazard.person_months(tiny("2024-07-15", contracts=YEARLY)).frame()
    due = frame.loc[frame["due"], ["account_id", "month", "tenure", "renewal"]]
    assert due.astype(str).values.tolist() == [
        ["left", "2024-04-01", "12", "1"],
        ["stays", "2024-04-01", "12", "1"],
    ]


def test_who_was_seen_late_has_no_rows_before(tiny):
    accounts = """
    account_id  signed_on   observed_from
    early       2022-04-10  2023-07-01
    """
    contracts = """
    account_id  start       end         outcome
    early       2023-04-10  2024-04-10  open
    """
    months = hazard.person_months(tiny("2023-12-31", accounts=accounts, contracts=contracts))
    assert spans(months) == {"early": ("2023-07", "2023-12", False)}
    assert months.tenure[0] == 15


@pytest.mark.parametrize("day", ["2024-04-05", "2024-04-10", "2024-05-02"])
def test_who_leaves_about_the_contracts_end_leaves_in_the_month_of_that_end(tiny, day):
    events = f"""
    account_id  decided_on  effective_on
    left        2024-02-10  {day}
    """
    months = hazard.person_months(tiny("2024-07-15", contracts=YEARLY, churn_events=events))
    last = months.frame().query("account_id == 'left'").iloc[-1]
    assert (f"{last['month']:%Y-%m}", last["due"], last["event"]) == ("2024-04", True, True)


def test_who_leaves_in_mid_term_leaves_in_a_month_in_which_nothing_is_due(tiny):
    events = """
    account_id  decided_on  effective_on  reason_stated
    left        2023-11-02  2023-11-20    business_closed
    """
    months = hazard.person_months(tiny("2024-07-15", contracts=YEARLY, churn_events=events))
    last = months.frame().query("account_id == 'left'").iloc[-1]
    assert (f"{last['month']:%Y-%m}", last["due"], last["event"]) == ("2023-11", False, True)
    assert last["cause"] == "business_closed"


def test_a_renewal_that_is_not_decided_yet_is_no_row(tiny):
    contracts = """
    account_id  start       end         outcome
    waits       2023-04-10  2024-04-10  open
    """
    months = hazard.person_months(tiny("2024-05-10", contracts=contracts))
    assert spans(months) == {"waits": ("2023-05", "2024-03", False)}
    assert [note.key for note in months.notes] == ["durations_pending"]


def test_of_two_contracts_at_a_time_the_longer_one_binds(tiny):
    contracts = """
    account_id  start       end         outcome
    both        2023-01-10  2024-01-10  open
    both        2023-02-10  2023-03-10  renewed
    """
    months = hazard.person_months(tiny("2023-06-30", contracts=contracts))
    assert set(months.term) == {12}
    assert not months.due.any()


def test_usage_is_that_of_the_month_before_and_of_earlier_ones_with_a_longer_lag(tiny):
    usage = """
    account_id  month       wau_ratio
    stays       2024-04-01  0.4
    stays       2024-05-01  0.5
    stays       2024-06-01  0.6
    """
    book = tiny("2024-06-30", contracts=YEARLY, usage_monthly=usage)
    for lag, known in ((1, 0.5), (2, 0.4)):
        frame = hazard.person_months(book, lag=lag).frame(["wau_ratio"])
        row = frame[(frame["account_id"] == "stays") & (frame["month"] == "2024-06-01")].iloc[0]
        assert row["wau_ratio"] == known
        assert frame.loc[frame["account_id"] == "left", "wau_ratio"].isna().all()


def test_tickets_are_counted_over_three_months_and_a_month_without_any_counts_as_none(tiny):
    tickets = """
    account_id  opened_on
    stays       2023-12-30
    stays       2024-01-05
    stays       2024-03-31
    stays       2024-04-01
    """
    book = tiny("2024-06-30", contracts=YEARLY, tickets=tickets)
    frame = hazard.person_months(book).frame(["tickets"]).query("account_id == 'stays'").set_index("month")["tickets"]
    assert frame["2024-04-01"] == 2  # of January, February, March
    assert frame["2024-05-01"] == 2  # of February, March, April
    assert frame["2023-09-01"] == 0
    assert pd.isna(frame["2023-06-01"])  # three months before lie partly before the records


def test_the_touch_tier_is_the_one_on_the_first_day_of_the_month(tiny):
    tiers = """
    account_id  touch_tier  valid_from
    stays       tech        2023-04-10
    stays       mid         2024-02-15
    """
    book = tiny("2024-06-30", contracts=YEARLY, tier_history=tiers)
    frame = hazard.person_months(book).frame(["touch_tier"]).query("account_id == 'stays'").set_index("month")
    assert frame.loc["2024-02-01", "touch_tier"] == "tech"
    assert frame.loc["2024-03-01", "touch_tier"] == "mid"


def test_columns_that_know_the_ending_are_not_offered(tiny):
    names = set(hazard.person_months(tiny("2024-07-15", contracts=YEARLY)))
    assert "outcome" not in names
    assert {"term_months", "tenure"} <= names


def test_ones_own_columns_are_taken_for_that_very_month(tiny):
    extra = pd.DataFrame({"account_id": ["stays"], "month": [pd.Timestamp("2024-01-01")], "visits": [3], "who": "Ito"})
    frame = hazard.person_months(tiny("2024-07-15", contracts=YEARLY), extra=extra).frame(["visits", "who"])
    assert frame.dropna(subset="visits")[["account_id", "visits", "who"]].values.tolist() == [["stays", 3.0, "Ito"]]
    assert (frame.dropna(subset="who")["month"] == "2024-01-01").all()


def test_a_column_that_is_not_there_is_named_with_the_nearest(tiny):
    months = hazard.person_months(tiny("2024-07-15", contracts=YEARLY))
    with pytest.raises(UsageError, match="term_months"):
        months.frame(["term_month"])


def test_a_lag_of_nothing_and_a_book_without_contracts_are_refused(tiny):
    with pytest.raises(UsageError, match="lag = 0"):
        hazard.person_months(tiny("2024-07-15", contracts=YEARLY), lag=0)
    with pytest.raises(NotReady, match="contracts"):
        hazard.person_months(tiny("2024-07-15", accounts="account_id\nA"))


def test_nobody_watched_for_a_full_month_is_said(tiny):
    with pytest.raises(UsageError, match="full calendar month"):
        hazard.person_months(tiny("2023-04-20", contracts=YEARLY))


def test_a_stock_sample_has_months_of_tenure_and_due_ones_at_multiples_of_its_term():
    rows = {"account_id": ["a", "b"], "tenure_months": [2, 3], "ended": [True, False], "term_months": [2, 1]}
    contracts = pd.DataFrame(rows).assign(mrr_amount=[100.0, 200.0], x_plan=1)
    months = hazard.person_months(Book({"contracts": contracts}, pd.Timestamp("2024-03-31"), stock_sample=True))
    frame = months.frame(["mrr_amount"])
    assert frame.groupby("account_id")["mrr_amount"].unique().str[0].tolist() == [100.0, 200.0]
    assert frame.groupby("account_id")["event"].agg(["size", "sum"]).values.tolist() == [[2, 1], [3, 0]]
    assert frame.groupby("account_id")["due"].sum().tolist() == [1, 3]
    assert "x_plan" in months
    assert "ended" not in months


def test_hazards_of_account_months_are_those_of_the_world_that_made_them():
    book = cslab.load("synthetic:default_jp?accounts=150&seed=3")
    truth = book.truth.hazard().query("spell == 1")[["account_id", "month", "tenure"]]
    frame = hazard.person_months(book).frame()
    both = frame.merge(truth, on=["account_id", "month"], suffixes=("", "_true"))
    assert len(both) > 0.99 * len(frame)
    assert (both["tenure"] == both["tenure_true"]).all()


@settings(max_examples=4, deadline=None)
@given(st.integers(1, 11))
def test_rows_of_an_earlier_day_are_those_of_later_ones_cut_short(month):
    book = cslab.load("synthetic:tiny")
    day = pd.Timestamp(2023, month, 1) + pd.offsets.MonthEnd(0)
    names = ["wau_ratio", "tickets", "touch_tier"]
    early = hazard.person_months(book.at(day)).frame(names).drop(columns="cause")
    whole = hazard.person_months(book).frame(names).drop(columns="cause")
    both = early.merge(whole, on=["account_id", "month"], suffixes=("", "_later"))
    assert len(both) == len(early)
    for name in ("tenure", "term", "due", "event", *names):
        pd.testing.assert_series_equal(
            both[name].astype(object), both[f"{name}_later"].astype(object), check_names=False
        )
