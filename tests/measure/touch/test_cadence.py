"""Hours of a tier from unit hours and times, and what an account-month costs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cslab.book import Book
from cslab.faults import DataError, UsageError
from cslab.measure import touch
from cslab.measure.plans import TIER_HOURS

OWN = """
cadence: own
touches:
  call: {hours: 0.5}
  webinar: {hours: 12, shared_by: 40}
tiers:
  high: {call: 24}
  ロータッチ: {call: 12, webinar: 4}
"""


def test_hours_are_times_a_year_over_twelve_and_shared_by_who_takes_part() -> None:
    assert touch.read_cadence(OWN).hours() == {"high": 1.0, "mid": pytest.approx(0.5 + 4 * 0.3 / 12)}


def test_the_shipped_cadence_gives_the_hours_of_the_field_guide() -> None:
    hours = touch.cadence().hours()
    assert all(hours[tier] == pytest.approx(TIER_HOURS[tier], rel=0.03) for tier in TIER_HOURS)


def test_a_change_in_one_tier_leaves_the_others() -> None:
    changed = touch.read_cadence(OWN).changed("high", call=48)
    assert changed.hours()["high"] == 2.0 and changed.hours()["mid"] == touch.read_cadence(OWN).hours()["mid"]


def test_touches_without_hours_are_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="Nearest: webinar"):
        touch.read_cadence(OWN).changed("high", webinr=1)
    with pytest.raises(UsageError, match="call = -1"):
        touch.read_cadence(OWN).changed("high", call=-1)


def test_everything_wrong_with_a_cadence_is_told_at_once() -> None:
    with pytest.raises(DataError) as caught:
        touch.read_cadence("cadence: own\ntouches: {call: {hours: 1}}\ntiers:\n  higt: {cal: 1}\n")
    assert "line 4: higt" in str(caught.value) and "line 4: cal" in str(caught.value)


def test_the_table_says_each_touch_and_the_sum(company: Callable[..., Book]) -> None:
    table = touch.read_cadence(OWN).table("ja")
    assert table["touch"].tolist() == ["call", "webinar", "1社・1か月の時間"]
    assert table["high"].tolist() == [24.0, 0.0, 1.0]


def test_an_account_month_costs_its_hours_and_a_csm_looks_after_as_many_as_fit(company: Callable[..., Book]) -> None:
    found = touch.costs(company(), {"tech": 0.1, "mid": 2.0, "high": 5.0}).set_index("tier")
    assert found["cost_amount"].tolist() == [800.0, 16000.0, 40000.0]
    assert found["per_csm"].tolist() == [1000.0, 50.0, 20.0]
    assert found["customers"].tolist() == [1, 2, 1]
    assert found["mrr_amount"].tolist() == [50e3, 95e3, 500e3]
    assert found.loc["high", "arr_per_csm_amount"] == 20 * 12 * 500e3
    assert found.loc["high", "cost_share"] == pytest.approx(0.08)
