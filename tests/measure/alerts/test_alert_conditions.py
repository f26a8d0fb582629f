"""What rules look for, and on which morning they know it."""

import pandas as pd
import pytest

from cslab.measure import alerts


@pytest.fixture
def mornings(company, rule):
    """A function that gives the accounts and days on which one condition fires."""

    def found(when, more=None, signals=None, as_of="2024-12-31", **tables):
        playbooks = alerts.read_playbooks(rule(when, rest_days="1", **(more or {})), "own.yaml")
        fired = alerts.fire(company(as_of, **tables), playbooks, since="2023-01-01", signals=signals)
        return [(row.account_id, str(row.fired_on.date())) for row in fired.itertuples()]

    return found


USAGE = "usage_monthly"


def months(account: str, *values: float, first: str = "2024-01-01", column: str = "wau_ratio") -> str:
    """Usage of one account month by month, as a table."""
    starts = pd.date_range(first, periods=len(values), freq="MS").strftime("%Y-%m-%d")
    rows = [f"{account} {month} {value}" for month, value in zip(starts, values, strict=True)]
    return "\n".join([f"account_id month {column}", *rows])


def test_a_row_is_known_on_the_morning_after(mornings):
    contacts = "account_id contact_id active_from active_to is_champion\nA 1 2023-01-05 2024-03-04 True\n"
    contacts += "A 2 2023-01-05 2024-05-04 False\nA 3 2023-01-05 - True\n"
    when = "written: {table: contacts, column: active_to, where: {is_champion: true}}"
    assert mornings(when, contacts=contacts) == [("A", "2024-03-05")]


def test_late_is_what_is_not_done_within_so_many_times_the_planned_days(mornings):
    onboarding = """
account_id  milestone  started     planned     done
A           kickoff    2023-02-01  2023-02-11  2023-02-16
A           value      2023-02-01  2023-02-21  2023-03-04
B           kickoff    2023-02-01  2023-02-11  -
"""
    when = "late: {table: onboarding, since: started, planned: planned, done: done, times: 1.5}"
    assert mornings(when, onboarding=onboarding) == [("B", "2023-02-17"), ("A", "2023-03-04")]


def test_a_fall_needs_every_month_of_it_below_the_mean_of_those_before(mornings):
    when = "fall: {table: usage_monthly, column: wau_ratio, by: 0.3, months: 2, baseline: 2}"
    assert mornings(when, usage_monthly=months("A", 0.5, 0.5, 0.35, 0.34)) == [("A", "2024-05-01")]
    assert mornings(when, usage_monthly=months("A", 0.5, 0.5, 0.36, 0.1)) == []


def test_a_month_that_is_missing_is_no_fall(mornings):
    when = "fall: {table: usage_monthly, column: wau_ratio, by: 0.3, months: 1, baseline: 1}"
    gap = months("A", 0.5) + "\n" + months("A", 0.1, first="2024-03-01").split("\n", 1)[1]
    assert mornings(when, usage_monthly=gap) == []


def test_a_fall_of_everybody_is_no_fall_where_seasons_are_taken_out(mornings):
    both = months("A", 0.5, 0.5, 0.2, 0.2) + "\n" + months("B", 0.6, 0.6, 0.24, 0.24).split("\n", 1)[1]
    when = "fall: {table: usage_monthly, column: wau_ratio, by: 0.3, seasonal: %s}"
    assert mornings(when % "false", usage_monthly=both) == [("A", "2024-05-01"), ("B", "2024-05-01")]
    assert mornings(when % "true", usage_monthly=both) == []


def test_a_slow_start_is_judged_on_the_first_month_that_has_two_weeks(mornings):
    accounts = "account_id signed_on\nA 2024-02-20\nB 2024-02-10\n"
    both = months("A", 0, 0, 0, first="2024-02-01", column="core_actions")
    both += "\n" + months("B", 0, 0, first="2024-02-01", column="core_actions").split("\n", 1)[1]
    when = 'level: {table: usage_monthly, column: core_actions, value: "< 1", first_days: 14}'
    assert mornings(when, accounts=accounts, usage_monthly=both) == [("B", "2024-03-01"), ("A", "2024-04-01")]


def test_a_burst_stands_out_from_the_customers_own_months(mornings):
    quiet = "".join(f"{number} A 2024-{number:02d}-10\n" for number in range(1, 7))
    burst = "".join(f"{number} A 2024-07-{number:02d}\n" for number in range(11, 15))
    tickets = "ticket_id account_id opened_on\n" + quiet + burst
    when = "burst: {table: tickets, column: opened_on, sd: 2, least: 3, history: 3}"
    assert mornings(when, tickets=tickets) == [("A", "2024-08-01")]
    assert mornings(when.replace("least: 3", "least: 5"), tickets=tickets) == []


def test_silence_ends_with_any_sign_and_a_month_with_use_is_one_on_its_last_day(mornings):
    tickets = "ticket_id account_id opened_on\n1 A 2024-03-15\n2 B 2024-01-02\n3 B 2024-02-10\n"
    usage = months("A", 5, 0, first="2024-01-01", column="logins")
    signs = '{table: tickets, column: opened_on}, {table: usage_monthly, column: month, where: {logins: "> 0"}}'
    when = f"silence: {{days: 45, signs: [{signs}]}}"
    found = mornings(when, tickets=tickets, usage_monthly=usage)
    assert [one for one in found if one[1] >= "2024"] == [("A", "2024-04-30"), ("B", "2024-03-27")][::-1]


def test_a_renewal_is_looked_at_while_it_is_open(mornings):
    usage = months("A", *[0.3] * 9, first="2024-01-01")
    when = 'near: {days_before: [120, 10], table: usage_monthly, column: wau_ratio, value: "< 0.4"}'
    assert mornings(when, usage_monthly=usage) == [("A", "2024-09-03")]  # ten days before, the decision was known


def test_a_supplied_number_counts_while_it_is_fresh(mornings):
    frame = pd.DataFrame({"account_id": ["A", "B"], "as_of": ["2024-08-31", "2024-06-30"], "value": [0.4, 0.4]})
    when = 'near: {days_before: [120], signal: risk, value: "> 0.2"}'
    assert mornings(when, signals={"risk": frame}) == [("A", "2024-09-03")]


def test_a_supplied_number_may_fire_by_itself(mornings):
    frame = pd.DataFrame({"account_id": ["A", "B"], "as_of": ["2024-08-31"] * 2, "value": [14, 13]})
    when = 'supplied: {signal: days_overdue, value: ">= 14"}'
    assert mornings(when, signals={"days_overdue": frame}) == [("A", "2024-09-01")]


PEOPLE = """
account_id  contact_id  active_from  active_to   department  is_champion
A           1           2023-01-05   2024-03-04  sales       True
A           2           2023-01-05   -           sales       False
B           3           2023-01-05   2024-03-04  sales       True
B           4           2023-01-05   -           sales       False
B           5           2024-01-20   -           plant       False
"""
GONE = "written: {table: contacts, column: active_to, where: {is_champion: true}}"


def test_only_customers_with_few_people_left(mornings):
    assert mornings(GONE, {"only": '{people: "< 2"}'}, contacts=PEOPLE) == [("A", "2024-03-05")]


def test_only_customers_with_a_department_that_is_new(mornings):
    assert mornings(GONE, {"only": "{new_department_days: 60}"}, contacts=PEOPLE) == [("B", "2024-03-05")]
    assert mornings(GONE, {"only": "{new_department_days: 30}"}, contacts=PEOPLE) == []


def test_only_customers_of_the_tier_in_force_the_evening_before(mornings):
    tiers = "account_id touch_tier valid_from\nA high 2023-01-01\nA tech 2024-03-05\nB tech 2023-01-01\n"
    assert mornings(GONE, {"only": "{tiers: [high]}"}, contacts=PEOPLE, tier_history=tiers) == [("A", "2024-03-05")]
