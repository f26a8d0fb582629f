"""The bridge of the eight customers, and windows that have none."""

import math

import pytest

from cslab.faults import NotReady, UsageError
from cslab.measure.retention import bridge, quick_ratio

START, END = "2023-03-31", "2024-03-31"
SPANS = ["new", "expansion", "contraction", "churn", "reactivation"]


def test_the_year_leads_from_650_to_700(toy):
    (year,) = bridge(toy, START, END).itertuples()
    assert (year.opening, year.closing) == (650_000, 700_000)
    assert (year.new, year.expansion, year.reactivation) == (80_000, 80_000, 110_000)
    assert (year.contraction, year.churn) == (-70_000, -150_000)


def test_each_month_opens_where_the_one_before_closed_and_adds_up(toy):
    months = bridge(toy, START, END, by="month")
    assert len(months) == 12
    assert months["opening"].tolist()[1:] == months["closing"].tolist()[:-1]
    assert (months[["opening", *SPANS]].sum(axis=1) == months["closing"]).all()
    assert months[SPANS].sum().tolist() == bridge(toy, START, END)[SPANS].iloc[0].tolist()


def test_months_lie_between_the_ends_of_months_and_hold_their_own_movements(toy):
    months = bridge(toy, START, END, by="month").set_index("end")
    assert months.loc["2023-07-31", "start"].isoformat() == "2023-06-30T00:00:00"
    assert months.loc["2023-07-31", "churn"] == -50_000
    assert months.loc["2023-06-30", "new"] == 80_000


def test_arr_is_twelve_times_as_much(toy):
    month, year = (bridge(toy, START, END, unit=unit) for unit in ("mrr", "arr"))
    assert (year[SPANS] == 12 * month[SPANS]).all(axis=None)
    assert year.attrs["unit"] == "arr"


def test_records_that_begin_within_the_window_are_no_movement(toy):
    with pytest.raises(UsageError, match="2023-01-31"):
        bridge(toy, "2022-12-31", END)
    with pytest.raises(UsageError, match="2023-01-31"):
        quick_ratio(toy, "2022-12-31", END)
    assert bridge(toy, "2023-01-31", END)["opening"].item() == 400_000


def test_the_quick_ratio_leaves_out_who_came_back(toy):
    found = quick_ratio(toy, START, END)
    assert found.estimate == pytest.approx(160 / 220)
    assert found.n == 6  # B, C, D, E, F, G moved


def test_where_nothing_was_lost_the_quick_ratio_is_endless(tiny):
    moves = """
    account_id  month       type  amount
    A           2023-06-01  new      100
    """
    found = quick_ratio(tiny(END, mrr_movements=moves), START, END)
    assert found.estimate == math.inf and math.isnan(found.low)


def test_all_wrong_choices_are_named_at_once(toy):
    with pytest.raises(UsageError) as raised:
        bridge(toy, START, END, by="week", unit="yen")
    assert [fault.values["name"] for fault in raised.value.faults] == ["by", "unit"]


def test_without_types_there_is_no_bridge(tiny):
    moves = """
    account_id  month       amount
    A           2023-06-01     100
    """
    with pytest.raises(NotReady, match="type"):
        bridge(tiny(END, mrr_movements=moves), START, END)
