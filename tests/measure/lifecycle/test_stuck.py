"""Who is stuck, how long a phase takes, how customers flow, who is past onboarding."""

from __future__ import annotations

import pandas as pd
import pytest

import cslab
from cslab.faults import NotReady, UsageError
from cslab.measure import lifecycle

TICKETS = """
    ticket_id  account_id  opened_on
    1          A           2023-04-02
    2          A           2023-04-30
    3          B           2023-04-20
    4          B           2025-06-30
    5          A           2025-05-01
    6          L           2022-01-01
"""


def at_phase(report: pd.DataFrame, phase: str) -> pd.Series:
    """The row of a phase."""
    return report.set_index("phase").loc[phase]


@pytest.mark.slow
def test_who_is_longer_in_a_phase_than_its_target_is_stuck(company):
    report = lifecycle.stuck_report(company("2023-07-10"))
    onboarding = at_phase(report, "onboarding")  # B since 5 April: 96 days; A went on in June
    assert (onboarding["customers"], onboarding["stuck"], onboarding["estimate"]) == (1, 1, 1.0)
    assert (onboarding["mrr_amount"], onboarding["stuck_mrr_amount"]) == (300, 300)
    assert at_phase(lifecycle.stuck_report(company("2023-07-04")), "onboarding")["stuck"] == 0  # 90 days: not longer


def test_a_phase_that_nobody_is_in_has_a_row_and_no_share(company):
    purchase = at_phase(lifecycle.stuck_report(company()), "purchase")
    assert purchase["customers"] == 0 and pd.isna(purchase["estimate"])


def test_a_phase_without_a_target_has_nobody_of_whom_one_could_say_stuck(company):
    adoption = at_phase(lifecycle.stuck_report(company()), "adoption")
    assert adoption["customers"] == 1 and adoption[["stuck", "estimate", "stuck_mrr_amount"]].isna().all()


def test_those_who_left_are_in_no_row(company):
    report = lifecycle.stuck_report(company())
    assert report["customers"].sum() == 2 and "churn" not in report["phase"].tolist()


def test_the_groups_add_up_to_the_whole(company):
    book = company("2024-01-10")
    whole, parts = lifecycle.stuck_report(book), lifecycle.stuck_report(book, by="segment")
    summed = parts.groupby("phase", observed=True)[["customers", "mrr_amount", "stuck"]].sum().loc[whole["phase"]]
    assert summed["customers"].tolist() == whole["customers"].tolist()
    assert parts["segment"].unique().tolist() == ["mid", "smb"]


def test_a_group_that_accounts_do_not_have_is_told_with_the_nearest(company):
    with pytest.raises(UsageError, match="segment"):
        lifecycle.stuck_report(company(), by="segmnt")


def test_tickets_count_to_the_phase_in_which_they_came_in(company):
    book = company(tickets=TICKETS)
    report = lifecycle.stuck_report(book)
    days = (
        pd.Timestamp("2025-07-01") - pd.Timestamp("2023-04-05")
    ).days + 51  # B so far, and A from 11 April to 1 June
    assert at_phase(report, "onboarding")["tickets"] == pytest.approx(3 / (days / 30.4375))
    assert at_phase(report, "purchase")["tickets"] == pytest.approx(1 / (14 / 30.4375))
    assert at_phase(lifecycle.stuck_report(company()), "onboarding")[["tickets"]].isna().all()


def test_open_deals_stand_in_evaluation(company):
    deals = """
        deal_id  account_id  segment  engaged_on  closed_on   outcome  mrr_amount
        P1       -           smb      2023-06-01  -           open     70
        P2       -           mid      2023-04-01  -           open     30
        P3       -           mid      2023-04-01  2023-05-01  lost     90
        P4       -           mid      2023-05-01  2023-08-01  won      90
        P5       -           mid      2023-08-01  -           open     90
    """
    report = lifecycle.stuck_report(company("2023-07-10", deals=deals), by="segment").set_index(["segment", "phase"])
    mid = report.loc["mid", "evaluation"]  # P2 for 100 days, P4 for 70: won later, and nobody knew that yet
    assert (mid["customers"], mid["stuck"], mid["mrr_amount"]) == (2, 2, 120)
    assert report.loc[("smb", "evaluation"), "stuck"] == 0


def test_time_in_a_phase_counts_those_who_are_still_in_it(company):
    curves = lifecycle.time_in_phase(company())
    onboarding = curves[curves["phase"] == "onboarding"].set_index("time")
    assert onboarding.loc[[50, 51, 500], "estimate"].tolist() == [1, 0.5, 0.5]  # A after 51 days, B never
    assert onboarding["n"].unique().tolist() == [2]


def test_a_stay_that_began_before_the_records_has_no_known_length(company):
    curves = lifecycle.time_in_phase(company())
    assert curves.loc[curves["phase"] == "adoption", "n"].unique().tolist() == [4]  # two of A, two of L; not its first


def test_half_have_left_a_phase_by_the_median(company):
    report = lifecycle.stuck_report(company())
    assert at_phase(report, "purchase")["median_days"] == 4  # B after 4 days, A after 10
    assert at_phase(report, "onboarding")["median_days"] == 51


def test_customers_flow_from_phase_to_phase_with_their_revenue(company):
    flows = lifecycle.flow(company(), ["2023-03-31", "2023-06-30", "2025-04-30"])
    first = flows[flows["to_date"] == "2023-06-30"].set_index(["from", "to"])
    assert first.loc[("new", "adoption"), ["customers", "mrr_amount"]].tolist() == [2, 600]  # A and L
    second = flows[flows["to_date"] == "2025-04-30"].set_index(["from", "to"])
    assert second["customers"].to_dict() == {
        ("onboarding", "onboarding"): 1,
        ("adoption", "adoption"): 1,
        ("adoption", "churn"): 1,
    }
    assert second.loc[("adoption", "churn"), "mrr_amount"] == 100  # what it brought before it left


def test_who_left_between_earlier_dates_is_shown_once(company):
    flows = lifecycle.flow(company(), ["2025-03-31", "2025-04-30", "2025-06-30"])
    assert flows.loc[flows["to"] == "churn", "customers"].tolist() == [1]
    assert "churn" not in flows["from"].tolist()


def test_a_group_that_has_open_deals_but_no_customers_has_its_rows(company):
    deals = """
        deal_id  account_id  segment     engaged_on  closed_on  outcome  mrr_amount
        P1       -           enterprise  2023-06-01  -          open     70
    """
    report = lifecycle.stuck_report(company("2023-07-10", deals=deals), by="segment").set_index(["segment", "phase"])
    assert report.loc[("enterprise", "evaluation"), "customers"] == 1
    assert report.loc["enterprise", "customers"].sum() == 1


def test_a_column_without_any_group_has_no_rows(company):
    accounts = "account_id signed_on observed_from eval_days segment\nA 2023-04-01 2023-04-01 30 -"
    assert lifecycle.stuck_report(company(accounts=accounts), by="segment").empty


def test_a_share_of_those_who_signed_so_long_ago_needs_somebody_who_did(company):
    for share in (lifecycle.past_onboarding, lifecycle.past_onboarding_by_calendar):
        with pytest.raises(NotReady, match="60 months"):
            share(company(), months=60)


@pytest.mark.parametrize("dates", [["2023-06-30"], ["2023-06-30", "2023-06-30"], ["2024-06-30", "2023-06-30"]])
def test_a_flow_needs_dates_in_order(company, dates: list[str]):
    with pytest.raises(UsageError):
        lifecycle.flow(company(), dates)


def test_the_calendar_calls_everybody_past_onboarding_and_the_rule_does_not(company):
    book = company()
    assert lifecycle.past_onboarding_by_calendar(book).estimate == 1.0
    assert (lifecycle.past_onboarding(book).estimate, lifecycle.past_onboarding(book).n) == (0.5, 2)
    assert lifecycle.past_onboarding(book, months=1).estimate == 0.0


@pytest.mark.slow
def test_what_the_rule_tells_of_onboarding_strays_from_what_is_expected_by_luck_alone():
    strays = []
    for seed in range(1, 13):
        book = cslab.load(f"synthetic:default_jp?seed={seed}&accounts=300")
        told, true = lifecycle.past_onboarding(book), lifecycle.true_past_onboarding(book)
        assert true is not None and told.n == true.n and true.low == true.high == true.estimate
        strays.append((told.estimate - true.estimate) / (true.estimate * (1 - true.estimate) / true.n) ** 0.5)
    assert abs(sum(strays)) < 3 * len(strays) ** 0.5  # a bias of a point and a half would show


@pytest.mark.slow
def test_of_longer_ago_more_are_expected_to_be_past_onboarding_and_of_real_customers_nobody_knows():
    book = cslab.load("synthetic:tiny")
    shares = [float(lifecycle.true_past_onboarding(book, months)) for months in (1, 3, 6)]
    assert 0 < shares[0] < shares[1] < shares[2] < 1
    assert lifecycle.true_past_onboarding(book.hide_truth()) is None
