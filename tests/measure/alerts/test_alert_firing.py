"""Alerts as of each morning: for whom, how often, and nothing from the future."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cslab
from cslab.faults import NotReady, UsageError
from cslab.measure import alerts

OVERDUE = 'supplied: {signal: days_overdue, value: ">= 14"}'


def overdue(*days: str, account: str = "A") -> dict[str, pd.DataFrame]:
    """That an account was overdue on some evenings."""
    return {"days_overdue": pd.DataFrame({"account_id": account, "as_of": days, "value": 20})}


def fired_on(found: pd.DataFrame) -> list[str]:
    """The days of alerts."""
    return [str(day.date()) for day in found["fired_on"]]


@pytest.fixture
def one(rule):
    """Playbooks of one rule about a supplied number."""
    return alerts.read_playbooks(rule(OVERDUE, rest_days="30"), "own.yaml")


def test_a_rule_rests_after_it_has_fired(company, one):
    days = ("2024-02-01", "2024-02-20", "2024-03-02", "2024-03-03", "2024-05-01")
    found = alerts.fire(company(), one, signals=overdue(*days))
    assert fired_on(found) == ["2024-02-02", "2024-03-03", "2024-05-02"]


def test_nobody_is_alerted_who_is_no_customer_or_has_decided_to_leave(company, one):
    exits = "account_id decided_on effective_on\nA 2024-05-10 2024-07-01\n"
    days = ("2022-12-01", "2024-05-09", "2024-06-30", "2024-07-15")
    found = alerts.fire(company(churn_events=exits), one, since="2022-01-01", signals=overdue(*days))
    assert fired_on(found) == ["2024-05-10"]


def test_who_comes_back_is_alerted_again(company, one):
    contracts = """
account_id  start       end
A           2023-01-01  2023-06-01
A           2024-01-01  2025-01-01
"""
    exits = "account_id decided_on effective_on\nA 2023-05-01 2023-06-01\n"
    found = alerts.fire(
        company(contracts=contracts, churn_events=exits),
        one,
        since="2023-01-01",
        signals=overdue("2023-03-01", "2023-08-01", "2024-02-01"),
    )
    assert fired_on(found) == ["2023-03-02", "2024-02-02"]


def test_the_deadline_counts_working_days(company, one):
    found = alerts.fire(company(), one, signals=overdue("2024-02-01"))  # fires on a Friday, to be done in two days
    assert found["due_on"].item() == pd.Timestamp("2024-02-06")


def test_a_rule_about_growth_waits_for_calm(company, rule):
    growth = rule(OVERDUE, target="growth", only="{calm_days: 60}").replace("  one:", "  grow:")
    loss = rule('supplied: {signal: late, value: "> 0"}').split("playbooks:\n")[1]
    both = alerts.read_playbooks(growth + loss, "own.yaml")
    signals = {**overdue("2024-03-01", "2024-07-01"), "late": overdue("2024-02-01")["days_overdue"]}
    found = alerts.fire(company(), both, signals=signals)
    assert found.loc[found["rule_id"] == "grow", "fired_on"].tolist() == [pd.Timestamp("2024-07-02")]


def test_rules_that_lack_something_are_told_and_the_others_run(company):
    tickets = "ticket_id account_id opened_on\n1 A 2024-03-15\n"
    found = alerts.fire(company(tickets=tickets))
    said = [note.text("en") for note in alerts.notes(found)]
    assert "Rule champion_left did not run: it needs contacts.active_to, contacts.is_champion" in " ".join(said)
    assert set(found.attrs["not_run"]) == set(alerts.playbooks().playbooks) - {"ticket_burst"}


def test_where_no_rule_can_run_all_that_is_missing_is_told_at_once(company):
    with pytest.raises(NotReady) as error:
        alerts.fire(company())
    assert len(error.value.faults) == len(alerts.playbooks().playbooks)
    assert "rule usage_drop cannot run: it needs usage_monthly.wau_ratio" in error.value.text("en")


def test_a_signal_without_its_columns_is_refused(company, one):
    with pytest.raises(UsageError, match="no column value"):
        alerts.fire(company(), one, signals={"days_overdue": pd.DataFrame({"account_id": [], "as_of": []})})


def test_days_in_the_wrong_order_or_after_the_data_are_refused(company, one):
    for days in ({"since": "2024-05-01", "until": "2024-04-01"}, {"until": "2025-04-01"}):
        with pytest.raises(UsageError):
            alerts.fire(company(), one, signals=overdue("2024-02-01"), **days)


DAYS = st.dates(dt.date(2022, 4, 1), dt.date(2025, 3, 31))


@pytest.mark.slow
@settings(max_examples=5, deadline=None)
@given(day=DAYS)
def test_the_alerts_up_to_a_day_are_those_that_could_be_told_on_it(day):
    book = cslab.load("synthetic:tiny?seed=4")
    then = alerts.fire(book.at(day), since="2021-04-01")
    now = alerts.fire(book, since="2021-04-01", until=day)
    pd.testing.assert_frame_equal(then, now, check_categorical=False)


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(day=DAYS, seed=st.integers(1, 4))
def test_the_same_holds_for_a_company_of_some_hundred_customers(day, seed):
    book = cslab.load(f"synthetic:default_jp?accounts=400&seed={seed}")
    then = alerts.fire(book.at(day), since="2021-04-01")
    now = alerts.fire(book, since="2021-04-01", until=day)
    pd.testing.assert_frame_equal(then, now, check_categorical=False)


def test_cells_of_a_signal_that_cannot_be_read_are_told_at_once(company):
    frame = pd.DataFrame({"account_id": ["A", "B"], "as_of": ["soon", "2024-06-30"], "value": ["high", "0.4"]})
    with pytest.raises(UsageError) as said:
        alerts.fire(company(), signals={"risk": frame, "days_overdue": frame.drop(columns="value")})
    assert [fault.key for fault in said.value.faults] == ["alerts.signal_day", "alerts.signal_number", "alerts.signal"]
    assert "soon" in said.value.text("ja") and "high" in said.value.text("en")


def test_a_signal_written_as_text_is_read(company):
    days = pd.DataFrame({"account_id": ["B"], "as_of": [pd.Timestamp("2024-06-30")], "value": [0.9]})
    text = days.assign(as_of="2024/6/30", value="0.9")
    found = [alerts.fire(company(), signals={"risk": one}) for one in (days, text)]
    assert found[0].equals(found[1])
