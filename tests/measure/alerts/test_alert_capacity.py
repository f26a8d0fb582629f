"""Alerts against the time there is, and what a load saves."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab.faults import NotReady, UsageError
from cslab.measure import alerts
from tests.measure.alerts.test_alert_backtest import fired

CSM = "csm_id joined_on left_on\nM1 2023-01-01 -\nM2 2024-05-01 2024-05-12\n"


def lists(risk: list[float], event: list[bool], day: str = "2024-03-31") -> pd.DataFrame:
    """A list of customers with their chances."""
    names = [f"C{place}" for place in range(len(risk))]
    return pd.DataFrame({"account_id": names, "as_of": pd.Timestamp(day), "risk": risk, "event": event})


def test_each_week_counts_the_csms_who_are_there_on_its_monday(company):
    alerted = fired(*[("A", "silent", "2024-05-06")] * 4, ("A", "silent", "2024-05-13"), since="2024-05-06")
    found = alerts.load(company(csm=CSM), alerted.assign(held_out=[True, *[False] * 4]), per_week=2).head(2)
    assert found[["alerts", "csms", "per_csm", "over"]].values.tolist() == [[3, 2, 1.5, False], [1, 1, 1.0, False]]
    assert alerts.csms_on(company(csm=CSM), "2024-05-13") == 1


def test_the_load_goes_to_the_csm_in_charge_that_morning(company):
    tiers = "account_id valid_from csm_id\nA 2023-01-01 M1\nA 2024-05-06 M2\nB 2023-01-01 -\n"
    alerted = fired(("A", "silent", "2024-05-06"), ("A", "silent", "2024-05-07"), ("B", "silent", "2024-05-07"))
    assert alerts.in_charge(company(tier_history=tiers), alerted).tolist() == ["M1", "M2", ""]


def test_days_without_a_whole_week_or_a_csm_are_refused(company):
    one = fired(("A", "silent", "2024-05-06"), since="2024-05-06", until="2024-05-07")
    with pytest.raises(UsageError, match="no whole week"):
        alerts.load(company(csm=CSM), one)
    with pytest.raises(NotReady):
        alerts.load(company(), one)


def test_the_threshold_is_the_lowest_under_which_the_work_fits():
    rows = lists([0.9, 0.6, 0.6, 0.1], [True, False, True, False])
    line = alerts.threshold_at(rows, csms=1, per_week=3)
    assert (line.threshold, line.alerts, line.per_week) == (0.6, 3, 3.0)
    assert alerts.threshold_at(rows, csms=1, per_week=2).threshold == 0.9  # of two alike all or none


def test_where_there_is_time_for_nobody_the_threshold_lies_above_all():
    line = alerts.threshold_at(lists([0.9, 0.9], [True, False]), csms=1, per_week=1)
    assert line.threshold > 0.9 and line.alerts == 0 and np.isnan(line.precision.estimate) and line.recall.estimate == 0


def test_a_leaver_on_several_lists_is_reached_once():
    both = pd.concat([lists([0.9, 0.2], [True, True]), lists([0.8, 0.7], [True, False], "2024-04-30")])
    line = alerts.threshold_at(both, csms=1, per_week=1.5, weeks=1)
    assert (line.alerts, line.precision.estimate, line.recall.estimate) == (3, pytest.approx(2 / 3), 0.5)


def test_lists_serve_for_as_long_as_they_lie_apart():
    both = pd.concat([lists([0.9, 0.2], [True, True]), lists([0.8, 0.7], [True, False], "2024-04-14")])
    assert alerts.capacity_curve(both, csms=2).attrs["weeks"] == 4


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=2, max_size=40), st.integers(1, 40))
def test_the_work_always_fits_and_one_level_more_would_not(rows, most):
    risk, event = [one / 10 for one, _ in rows], [two for _, two in rows]
    event[0] = True
    line = alerts.threshold_at(lists(risk, event), csms=1, per_week=most)
    assert line.alerts == sum(one >= line.threshold for one in risk) <= most
    below = [one for one in risk if one < line.threshold]
    assert not below or sum(one >= max(below) for one in risk) > most


def test_the_curve_ends_with_everybody():
    found = alerts.capacity_curve(lists([0.9, 0.6, 0.4, 0.1], [True, False, True, False]), csms=1, per_week=(1, 2, 50))
    assert found[["per_week", "alerts"]].values.tolist() == [[1, 1], [2, 2], [4, 4]]
    assert found["recall"].tolist() == [0.5, 0.5, 1.0]
    assert found.attrs["base_rate"].estimate == 0.5


def test_rows_without_columns_or_leavers_and_numbers_that_are_none_are_refused_together():
    with pytest.raises(UsageError) as error:
        alerts.threshold_at(lists([0.9], [False]), csms=0, per_week=-1)
    assert len(error.value.faults) == 3
    with pytest.raises(UsageError, match="risk"):
        alerts.threshold_at(pd.DataFrame({"account_id": ["A"], "as_of": ["2024-03-31"], "event": [True]}), csms=1)


def test_every_customer_can_be_saved_once_and_every_alert_takes_its_hours():
    both = pd.concat([lists([0.9, 0.2], [True, True]), lists([0.8, 0.7], [True, False], "2024-04-30")])
    saved = alerts.Saved(0.5, 0.0, 1.0, "made up")
    found = alerts.saves_curve(
        both.assign(mrr_amount=100.0),
        1,
        10.0,
        (3,),
        hours=2,
        saved=saved,
        gross_margin=1.0,
        months=6,
        weeks=365.25 / 14,
    )
    three = found.iloc[0]
    assert three[["alerts", "leavers", "saves", "value_amount", "cost_amount"]].tolist() == [4, 2, 1, 600, 80]
    assert three[["net_if_low", "net_if_high"]].tolist() == [-80, 1120]


def test_a_share_saved_is_a_share_between_its_ends():
    with pytest.raises(UsageError, match="rate must lie between"):
        alerts.Saved(0.5, 0.6, 0.7, "made up")
    with pytest.raises(UsageError):
        alerts.Saved(1.5, 0.6, 0.7, "made up")


def test_without_an_alert_or_days_there_is_no_load(company):
    nothing = pd.DataFrame({"account_id": [], "rule_id": [], "fired_on": []})
    with pytest.raises(UsageError, match="no alerts"):
        alerts.load(company(csm=CSM), nothing)


def test_no_list_is_asked_for_by_its_name(company):
    with pytest.raises(UsageError, match="months = 0"):
        alerts.scored(company(), months=0)
