"""What alerts cost and bring, what holding some out tells, and how alerts age."""

import math

import pandas as pd
import pytest

import cslab
from cslab.faults import NotReady, UsageError
from cslab.measure import alerts
from tests.measure.alerts.test_alert_backtest import BANDS, EXITS, fired

HALF = alerts.Saved(0.5, 0.0, 1.0, "made up")


@pytest.fixture
def everybody(company):
    """A function that compares both sides in a company of forty customers on contracts of two years."""
    ids = [f"A{place:02d}" for place in range(40)]
    contracts = "account_id start end\n" + "".join(f"{one} 2023-01-01 2025-01-01\n" for one in ids)
    accounts = "account_id\n" + "\n".join(ids) + "\n"

    def compared(exits: str, rows: pd.DataFrame) -> pd.Series:
        book = company(contracts=contracts, accounts=accounts, churn_events=exits)
        return alerts.holdout_effect(book, rows).iloc[-1]

    return compared


@pytest.fixture
def judged(company):
    """Two alerts before one departure, one before none."""
    book = company(churn_events=EXITS, mrr_movements=BANDS)
    rows = (("A", "silent", "2024-04-01"), ("A", "silent", "2024-05-01"), ("B", "silent", "2024-05-01"))
    return alerts.judged(book, fired(*rows))


def test_of_several_alerts_before_one_departure_the_first_can_save_it(judged):
    row = alerts.worth(judged, hour_amount=10.0, saved=HALF, gross_margin=1.0, months=6).iloc[0]
    assert row["at_stake_amount"] == 200  # 100 a month for half a year, over three alerts
    assert row[["value_amount", "cost_amount", "net_amount"]].tolist() == [100, 20, 80]
    assert row[["net_if_low", "net_if_high", "break_even"]].tolist() == [-20, 180, 0.1]


def test_alerts_held_out_are_neither_cost_nor_value(judged):
    held = judged.assign(held_out=[True, True, False])
    assert alerts.worth(held, 10.0)["at_stake_amount"].tolist() == [0]


def test_hours_of_a_play_can_be_put_in_by_rule_and_must_come_from_somewhere(judged):
    unsaid = judged.drop(columns="hours")
    assert alerts.worth(unsaid, 10.0, hours={"silent": 3})["cost_amount"].item() == 30
    with pytest.raises(UsageError, match="how many hours a play takes: silent"):
        alerts.worth(unsaid, 10.0)


def test_the_lot_falls_the_same_every_time_and_holds_out_the_share_that_was_asked_for():
    drawn = [alerts.is_held_out(f"A{number:05d}", "silent", 0.1) for number in range(5000)]
    assert drawn == [alerts.is_held_out(f"A{number:05d}", "silent", 0.1) for number in range(5000)]
    assert abs(sum(drawn) - 500) < 90  # four standard deviations
    other = [alerts.is_held_out(f"A{number:05d}", "unhappy", 0.1) for number in range(5000)]
    assert abs(sum(one and two for one, two in zip(drawn, other, strict=True)) - 50) < 29  # drawn apart


def test_the_effect_is_the_difference_between_those_helped_and_those_left_alone(company):
    book = company(churn_events=EXITS)
    rows = fired(("A", "silent", "2024-05-01"), ("B", "silent", "2024-05-01"))
    found = alerts.holdout_effect(book, rows.assign(held_out=[True, False])).iloc[-1]
    assert found[["helped_share", "left_alone_share", "estimate"]].tolist() == [0, 1, -1]
    assert -1 <= found["low"] <= -1 <= found["high"] < 0.2


def forty(*rings: tuple[int, str, bool]) -> tuple[str, pd.DataFrame]:
    """Exits of every second of forty accounts, and alerts on 1 April 2024: account, rule, whether it was left alone."""
    ids = [f"A{place:02d}" for place in range(40)]
    exits = "account_id decided_on effective_on\n" + "".join(f"{one} 2024-06-10 2024-07-01\n" for one in ids[::2])
    rows = fired(*((ids[place], rule, "2024-04-01") for place, rule, _ in rings))
    return exits, rows.assign(held_out=[alone for *_, alone in rings])


def test_of_an_account_and_a_rule_only_the_first_alert_counts_as_the_lot_fell_once(company):
    book = company(churn_events=EXITS)
    rows = fired(("A", "silent", "2024-05-01"), ("A", "silent", "2024-06-01"), ("B", "silent", "2024-05-01"))
    found = alerts.holdout_effect(book, rows.assign(held_out=[False, False, True])).iloc[-1]
    assert found[["helped", "left_alone", "n"]].tolist() == [1, 1, 2]


def test_accounts_on_both_sides_are_told_and_make_the_difference_surer(everybody):
    apart = everybody(*forty(*((place, "silent", place < 20) for place in range(40))))
    ringing = [
        (place, rule, (rule == "silent") == (place < 20)) for place in range(40) for rule in ("silent", "usage_drop")
    ]
    both = everybody(*forty(*ringing))
    assert apart[["both_sides", "estimate"]].tolist() == [0, 0]
    assert both[["both_sides", "estimate", "n"]].tolist() == [40, 0, 40]
    assert both["low"] == pytest.approx(0, abs=1e-9)  # each account is its own comparison
    assert apart["low"] < -0.2


def test_what_could_be_seen_is_missing_where_hardly_anybody_is_expected_to_leave(everybody):
    few = everybody(*forty(*((place, "silent", place < 4) for place in range(1, 40, 2))))
    assert few["helped_share"] == few["left_alone_share"] == 0
    assert math.isnan(few["detectable"])
    many = everybody(*forty(*((place, "silent", place < 20) for place in range(40))))
    assert many["detectable"] == pytest.approx(2.8016 * (0.25 * (1 / 20 + 1 / 20)) ** 0.5, rel=1e-3)


def test_without_a_hold_out_nobody_can_tell(company):
    with pytest.raises(NotReady, match="no alert was held out"):
        alerts.holdout_effect(company(churn_events=EXITS), fired(("A", "silent", "2024-05-01")))


ALERTS = """
alert_id  account_id  rule_id     fired_on    held_out  acted_on    closed_on   outcome
1         A           usage_drop  2024-03-01  False     2024-03-05  2024-05-01  recovered
2         B           usage_drop  2024-03-01  False     -           2024-04-01  lost
3         B           usage_drop  2024-06-20  False     -           -           open
4         B           unhappy     2024-06-20  True      -           -           open
"""
TOUCHES = "touch_id account_id touched_on\n1 A 2024-03-05\n2 A 2024-03-20\n3 B 2024-01-01\n"


def test_an_alert_goes_from_at_risk_through_a_plan_to_saving_and_its_end(company):
    found = alerts.stages(company("2024-06-30", alerts=ALERTS, touches=TOUCHES))
    days = (found["ends"] - found["begins"]).dt.days
    rows = zip(found["alert_id"], found["stage"], days.fillna(-1), found["next"].fillna(""), strict=True)
    assert list(rows) == [
        (1, "at_risk", 4, "plan_in_place"),
        (1, "plan_in_place", 15, "saving"),
        (1, "saving", 42, "recovered"),
        (2, "at_risk", 31, "lost"),
        (3, "at_risk", -1, ""),
    ]


def test_open_alerts_are_overdue_after_the_working_days_of_their_playbook(company):
    found = alerts.ageing(alerts.stages(company("2024-06-30", alerts=ALERTS, touches=TOUCHES)))
    assert found[["open", "median_days", "over_sla"]].iloc[0].tolist() == [1, 10, 1]  # six working days, five allowed
    assert found["open"].tolist() == [1, 0, 0]


def test_the_ends_of_alerts_add_up_with_those_still_open(company):
    found = alerts.ends(alerts.stages(company("2024-06-30", alerts=ALERTS, touches=TOUCHES)), [31.0])
    shares = dict(
        zip(found["end"], found["estimate"], strict=True)
    )  # of three one has a plan; one of two was watched on
    assert shares == {"recovered": 0, "lost": pytest.approx(2 / 3)}


def test_days_in_a_stage_are_means_over_all_alerts_the_rest_of_the_time_they_were_closed(company):
    ended = "".join(line + "\n" for line in ALERTS.splitlines() if not line.startswith(("3", "4")))
    found = alerts.time_in_stage(alerts.stages(company("2024-06-30", alerts=ended, touches=TOUCHES)), 60)
    days = dict(zip(found["stage"], found["estimate"], strict=True))  # one closed on day 61, the other on day 31
    assert days == pytest.approx({"at_risk": (4 + 31) / 2, "plan_in_place": 15 / 2, "saving": 41 / 2})


def test_without_alerts_there_are_no_ends(company):
    none = alerts.stages(company(alerts=ALERTS.split("1  ")[0]))
    with pytest.raises(UsageError, match="no alerts"):
        alerts.ends(none)


@pytest.mark.slow
def test_acting_on_alerts_helps_a_little_in_truth_and_nobody_without_the_truth_is_told():
    book = cslab.load("synthetic:default_jp?accounts=1000&seed=2")
    worth = alerts.true_worth(book, horizon=12, futures=16)
    assert worth["retained_low"].item() > 0  # plays bring accounts back, planned touch loses little by it
    assert worth["retained_gain"].item() < 0.02 * worth["customers"].item()
    assert alerts.true_worth(book.hide_truth()) is None


@pytest.mark.slow
def test_usage_that_falls_is_a_better_warning_than_a_burst_of_tickets():
    book = cslab.load("synthetic:default_jp?accounts=2000&seed=3")
    found = alerts.backtest(book, alerts.fire(book, since="2022-04-01"), horizon=6)
    table, base = found.set_index("rule_id"), found.attrs["base_rate"]
    assert table["precision"]["renewal_at_risk"] > table["precision"]["usage_drop"] > base.high
    assert table["precision_low"]["ticket_burst"] < base.high  # no better than alerting everybody


@pytest.mark.slow
def test_lists_of_months_rank_leavers_above_the_others():
    rows = alerts.scored(cslab.load("synthetic:tiny"), months=6, sets=("calendar", "usage"))
    means = rows.groupby("event")["risk"].mean()
    assert means[True] > means[False] and rows["risk"].between(0, 1).all()


@pytest.mark.slow
def test_a_signal_of_risk_takes_the_place_of_low_usage():
    book = cslab.load("synthetic:tiny")
    rows = alerts.scored(book, horizon=5, months=6, sets=("calendar", "usage"))
    renewal = alerts.playbooks().chosen("renewal_at_risk")
    found = alerts.fire(book, renewal, since="2024-04-01", signals={"risk": rows.rename(columns={"risk": "value"})})
    assert (found["value"] > 0.2).all()
    assert isinstance(found["value"], pd.Series)
