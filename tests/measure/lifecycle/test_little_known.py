"""Exports that hold little: amounts on contracts alone or none, nobody says when records begin, a column of phases."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab.book import Book
from cslab.faults import NotReady
from cslab.measure import lifecycle, retention
from cslab.measure.lifecycle import focus

PRICED = """
    contract_id  account_id  start       end         term_months  decided_on  outcome    mrr_amount
    A1           A           2023-04-01  2024-04-01  12           2024-02-01  renewed    100
    A2           A           2024-04-01  2025-04-01  12           2025-02-01  churned    120
    B1           B           2023-04-01  2024-04-01  12           2024-02-01  renewed    300
    B2           B           2024-04-01  2025-04-01  12           -           open       300
"""
PHASES = ("導入期", "運用期", "解約")
LOG_RULES = """
name: logged
clock: signed
marks:
  signed: {table: accounts, column: signed_on}
  into_setup: {table: journey_events, column: happened_on, where: {step_id: 導入期}, each: true}
  into_use: {table: journey_events, column: happened_on, where: {step_id: 運用期}, each: true}
  into_gone: {table: journey_events, column: happened_on, where: {step_id: 解約}, each: true}
phases:
  setup: {since: into_setup, until: [into_use, into_gone], target_days: 60, aliases: [導入期]}
  use: {since: into_use, until: [into_setup, into_gone], aliases: [運用期]}
  gone: {since: into_gone, until: [into_setup, into_use], final: true, aliases: [解約]}
precedence: [gone, setup, use]
"""


def test_without_movements_the_mrr_of_a_day_is_that_of_the_running_contracts(company):
    book = company("2024-12-31", mrr_movements="", contracts=PRICED)
    assert retention.standing_mrr(book, "2024-12-31").to_dict() == {"A": 120, "B": 300, "L": 0}
    assert retention.standing_mrr(book, "2024-02-10").to_dict() == {"A": 100, "B": 300, "L": 0}


def test_movements_count_before_contracts(company):
    assert retention.standing_mrr(company(contracts=PRICED), "2025-03-31").to_dict() == {"A": 100, "B": 300, "L": 500}


def test_stuck_flow_and_months_take_their_amounts_from_contracts(company):
    book = company("2024-12-31", mrr_movements="", contracts=PRICED)
    report = lifecycle.stuck_report(book).set_index("phase")
    assert report.loc["onboarding", "stuck_mrr_amount"] == 300
    assert report.loc["renewal", "mrr_amount"] == 120  # A: 120 days before the end of March
    flows = lifecycle.flow(book, ["2023-12-31", "2024-12-31"])
    assert flows.set_index("from")["mrr_amount"].to_dict()["onboarding"] == 300
    months = lifecycle.panel(book).query("account_id == 'A'").set_index("month")["mrr_amount"]
    assert (months["2024-03-01"], months["2024-04-01"]) == (100, 120)


def test_without_any_amounts_customers_are_counted_and_amounts_are_missing(company):
    book = company("2024-12-31", mrr_movements="")
    report = lifecycle.stuck_report(book).set_index("phase")
    assert report.loc["onboarding", ["customers", "stuck"]].tolist() == [1, 1]
    assert pd.isna(report.loc["onboarding", "mrr_amount"]) and pd.isna(report.loc["onboarding", "stuck_mrr_amount"])
    assert report["mrr_amount"].isna().all()  # of a phase that nobody is in, too
    flows = lifecycle.flow(book, ["2023-12-31", "2024-12-31"])
    assert flows["customers"].sum() == 3 and flows["mrr_amount"].isna().all()
    assert lifecycle.panel(book)["mrr_amount"].isna().all()


def test_what_help_is_worth_is_refused_where_nobody_knows_amounts(company):
    with pytest.raises(NotReady, match="neither mrr_movements nor contracts"):
        focus.experiment(company(mrr_movements=""))


def test_where_nobody_says_when_records_begin_customers_count_from_signing_and_a_note_says_so(company):
    accounts = "account_id signed_on eval_days segment\nA 2023-04-01 30 smb\nB 2023-04-01 10 mid\nL 2023-02-15 20 smb"
    book = company(accounts=accounts)
    keys = [note.key for note in lifecycle.notes(Book({**book.tables}, book.as_of))]
    assert "lifecycle_no_entry" in keys and "lifecycle_late" not in keys
    assert "lifecycle_no_entry" not in [note.key for note in lifecycle.notes(company())]
    assert "observed_from" in lifecycle.assumed(Book({**book.tables}, book.as_of), lang="ja")


def test_the_rule_of_onboarding_is_told_without_what_only_other_phases_need(company):
    accounts = "account_id signed_on segment\nA 2023-04-01 smb\nB 2023-04-01 mid"  # no eval_days: no evaluation
    assert lifecycle.past_onboarding(company(accounts=accounts), 3).estimate == 0.5


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(PHASES)), min_size=1, max_size=9))
def test_rules_over_a_log_of_phases_tell_the_same_stays_as_the_log_itself(rows):
    frame = pd.DataFrame(rows, columns=["account_id", "step_id"])
    frame["happened_on"] = pd.Timestamp("2024-01-10") + pd.to_timedelta(30 * frame.index, unit="D")
    ids = sorted(set(frame["account_id"]))
    accounts = pd.DataFrame({"account_id": ids, "signed_on": pd.Timestamp("2024-01-01")})
    book = Book({"accounts": accounts, "journey_events": frame}, pd.Timestamp("2025-12-31"))
    rules = lifecycle.read_rules(LOG_RULES, "rules.yaml")
    log = frame.rename(columns={"step_id": "phase", "happened_on": "begins"})
    shown = ["account_id", "phase", "next", "begins", "ends"]
    told, expected = lifecycle.spells(book, rules)[shown], lifecycle.spells_of_log(log, "2025-12-31", rules)[shown]
    pd.testing.assert_frame_equal(told.astype(object), expected.astype(object))


def test_the_stays_of_a_log_feed_the_reports(company):
    book, rules = company("2024-12-31"), lifecycle.read_rules(LOG_RULES, "rules.yaml")
    log = pd.DataFrame({"account_id": ["A", "A", "B"], "step_id": ["導入期", "運用期", "導入期"]})
    log["happened_on"] = pd.to_datetime(["2023-04-01", "2023-06-01", "2023-04-01"])
    book = Book({**book.tables, "journey_events": log}, book.as_of)
    report = lifecycle.stuck_report(book, rules).set_index("phase")
    assert report.loc["setup", ["customers", "stuck"]].tolist() == [1, 1]
    assert lifecycle.flow(book, ["2023-04-30", "2024-12-31"], rules)["customers"].sum() == 2
    assert lifecycle.time_in_phase(book, rules).query("phase == 'setup'")["events"].sum() == 1
