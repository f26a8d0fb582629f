"""ARR over the years: the same sales, different churn."""

import pytest

from cslab.faults import UsageError
from cslab.measure.growth import arr_paths, churn_that_stops_growth


def test_each_year_loses_a_share_of_the_old_and_wins_the_same_anew():
    paths = arr_paths(100, 30, [0.0, 0.25], years=2)
    assert paths.query("churn == 0")["arr_amount"].tolist() == [100, 130, 160]
    assert paths.query("churn == 0.25")["arr_amount"].tolist() == [100, 105, 108.75]
    assert paths.attrs["new_arr_per_year"] == 30


def test_at_a_quarter_lost_a_year_growth_dies_within_a_decade_and_at_three_percent_it_does_not():
    last = arr_paths(100, 30, [0.03, 0.25], years=10).query("year == 10").set_index("churn")
    assert last.loc[0.25, "growth"] < 0.01 < last.loc[0.03, "growth"]
    assert last.loc[0.25, "arr_amount"] < last.loc[0.25, "ceiling_amount"] == 120


def test_growth_stops_where_what_is_won_only_replaces_what_is_lost():
    churn = churn_that_stops_growth(100, 30)
    assert arr_paths(100, 30, [churn], years=3)["arr_amount"].tolist() == pytest.approx([100] * 4)


def test_without_churn_there_is_no_ceiling():
    assert arr_paths(100, 30, [0.0], years=1)["ceiling_amount"].iloc[0] == float("inf")


def test_all_that_makes_no_sense_is_named_at_once():
    with pytest.raises(UsageError) as raised:
        arr_paths(0, 30, [0.03, 25], years=0)
    assert [fault.values["name"] for fault in raised.value.faults] == ["start_arr", "years", "churn_levels"]
    assert "0.25" in str(raised.value)
