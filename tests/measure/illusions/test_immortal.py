"""Immortal time: what a comparison makes of people who took part, on lives whose truth is seen by eye."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cslab
from cslab.faults import NotReady, UsageError
from cslab.measure.illusions import (
    Exposure,
    draws,
    ever,
    exposure,
    immortal_time,
    landmark,
    phantom,
    tenure_split,
    time_split,
)
from tests.measure.coverage import holds

NEVER = math.inf


def company(seed: int = 1, accounts: int = 600, **more: str) -> cslab.Book:
    asked = "".join(f"&{name}={value}" for name, value in more.items())
    return cslab.load(f"synthetic:default_jp?seed={seed}&accounts={accounts}{asked}")


def test_the_months_before_joining_are_credited_to_the_programme():
    lives = Exposure.of([20, 5], [True, True], began=[9, NEVER])
    assert ever(lives).estimate == 0.25  # one departure in 20 months against one in 5
    assert time_split(lives).estimate == pytest.approx((1 / 11) / (1 / 14))


def test_who_joins_in_a_month_takes_part_from_the_next_one_on():
    lives = Exposure.of([9, 9, 9], [True, True, False], began=[9, 3, NEVER])
    assert time_split(lives).estimate == pytest.approx((1 / 6) / (1 / 21))


def test_splitting_time_is_not_enough_where_older_customers_leave_at_another_rate():
    # nobody leaves in the first year; in month 13 one of two does on either side, whoever joined in month 5 or never
    lives = Exposure.of([13] * 40, [True, False] * 20, began=[5.0, 5.0, NEVER, NEVER] * 10)
    assert time_split(lives).estimate > 1.5
    assert tenure_split(lives).estimate == 1.0


def test_customers_of_the_same_age_are_compared_month_by_month():
    left = [True, True, False, False] * 25
    lives = Exposure.of([2] * 100, left, began=[1, 9, 1, 9] * 25)
    assert tenure_split(lives).estimate == 1.0
    assert landmark(lives, at=1).estimate == 1.0


def test_customers_of_another_stratum_are_not_compared():
    left, began = [True, True, False, False], [1, 9, 1, 9]
    lives = Exposure.of([2] * 8, [*left, True, False, True, False], began + began, stratum=[0] * 4 + [1] * 4)
    inside = [Exposure.of([2] * 4, left, began), Exposure.of([2] * 4, left, began)]
    assert all(tenure_split(one).estimate == 1.0 for one in inside)
    assert tenure_split(lives).estimate != tenure_split(inside[0]).estimate


def test_a_life_seen_late_is_at_risk_from_then_on_only():
    lives = Exposure.of([20, 20, 20], [True, True, False], began=[9, NEVER, NEVER], entry=[12, 12, 0])
    assert ever(lives).estimate == pytest.approx((1 / 8) / (1 / 28))


def test_who_joins_after_the_landmark_stays_with_those_who_had_not():
    lives = Exposure.of([20, 20, 20, 20], [True, False, True, False], began=[3, 3, 15, NEVER])
    assert landmark(lives, at=12).estimate == 1.0


def test_limits_of_mantel_haenszel_are_those_of_greenland_and_robins():
    # one month: 10 of 100 against 5 of 80, a risk ratio of 1.6 whose log has the error of the textbook
    left = [True] * 10 + [False] * 90 + [True] * 5 + [False] * 75
    found = tenure_split(Exposure.of([1] * 180, left, began=[0] * 100 + [NEVER] * 80))
    assert found.estimate == pytest.approx(1.6)
    assert found.std_error == pytest.approx(math.sqrt(1 / 10 - 1 / 100 + 1 / 5 - 1 / 80))


@given(st.lists(st.tuples(st.integers(2, 40), st.booleans(), st.integers(1, 60)), min_size=4, max_size=40))
def test_the_order_of_customers_changes_nothing(rows: list[tuple[int, bool, int]]):
    duration, event, began = (np.array(part) for part in zip(*rows, strict=True))
    lives = Exposure.of(duration, event, began)
    try:
        there = tenure_split(lives).estimate
    except NotReady:
        return
    assert tenure_split(lives.among(np.arange(len(rows))[::-1])).estimate == pytest.approx(there)


def test_one_side_without_departures_is_refused_by_its_name():
    with pytest.raises(NotReady, match="one side nobody left"):
        ever(Exposure.of([20, 5], [False, True], began=[9, NEVER]))


@pytest.mark.parametrize("at", [0, 40])
def test_a_landmark_after_which_nobody_is_followed_is_refused(at: int):
    with pytest.raises(UsageError, match="landmark"):
        landmark(Exposure.of([20, 5], [True, True], began=[9, NEVER]), at)


def test_a_programme_that_nobody_ran_looks_as_if_it_saved_every_second_customer():
    found = immortal_time(phantom(company()))
    assert found.naive.high < 0.75
    assert found.truth == 1.0


def test_a_phantom_with_an_effect_has_fewer_departures_after_its_beginning_only():
    book = company()
    without, with_ = phantom(book), phantom(book, effect=0.5)
    later = without.began < without.duration
    assert with_.truth == 0.5
    assert (with_.event <= without.event).all()
    assert (with_.event[~later] == without.event[~later]).all()
    assert 0.3 < with_.event[later].sum() / without.event[later].sum() < 0.7


def test_many_lots_show_what_the_comparison_does_by_itself():
    found = draws(company(), times=20).set_index("method")["estimate"]
    assert found["ever_never"] < 0.6
    assert found["time_split"] > 1.1
    assert abs(found["tenure_split"] - 1) < 0.1


@pytest.mark.parametrize("ask", [{"start_hazard": 0.0}, {"start_hazard": 1.0}, {"effect": 1.0}, {"effect": -0.1}])
def test_a_chance_outside_its_range_is_refused(ask: dict[str, float]):
    with pytest.raises(UsageError):
        phantom(company(accounts=60), **ask)


def test_a_stock_sample_can_have_a_phantom_too(tmp_path):
    (tmp_path / "mapping.toml").write_text("as_of = 2024-03-31", encoding="utf-8")
    (tmp_path / "accounts.csv").write_text("account_id\n" + "\n".join(f"A{n}" for n in range(90)), encoding="utf-8")
    (tmp_path / "contracts.csv").write_text(
        "account_id,tenure_months,ended\n" + "\n".join(f"A{n},{n % 30 + 1},{n % 3 == 0}" for n in range(90)),
        encoding="utf-8",
    )
    assert len(phantom(cslab.load(f"folder:{tmp_path}")).entry) == 90


def test_months_before_the_programme_existed_count_for_nobody():
    lives = exposure(company(), "programme:user_meeting")
    assert (lives.entry >= lives.offered).all()
    assert lives.truth == 1.0


@pytest.mark.parametrize(("what", "near"), [("programme:user_meting", "user_meeting"), ("touch:qrb", "qbr")])
def test_a_name_that_is_not_there_is_answered_with_the_nearest(what: str, near: str):
    with pytest.raises(UsageError, match=near):
        exposure(company(), what)


def test_something_that_stands_in_no_table_is_refused():
    with pytest.raises(UsageError, match="programme"):
        exposure(company(accounts=60), "program:qbr")


def test_reviews_are_compared_within_a_tier():
    lives = exposure(company(), "touch:qbr", within="touch_tier")
    assert len(np.unique(lives.stratum)) == 3
    assert (lives.took_part.any(), lives.truth) == (True, 1.0)


@pytest.mark.slow
def test_the_repair_of_immortal_time_covers_one():
    books = [company(seed, 1_000) for seed in range(1, 41)]
    ways = {
        "by age": lambda book, seed: tenure_split(phantom(book, seed=seed)),
        "landmark": lambda book, seed: landmark(phantom(book, seed=seed)),
        "meeting": lambda book, seed: tenure_split(exposure(book, "programme:user_meeting")),
    }
    for name, way in ways.items():
        found = [way(book, seed) for seed, book in enumerate(books, 1)]
        assert holds(sum(one.low <= 1 <= one.high for one in found), len(found)), name


@pytest.mark.slow
def test_in_the_calibrated_world_the_naive_ratio_lies_within_its_band():
    book = cslab.load("synthetic:calibration?accounts=12000&seed=1")
    found = draws(book, times=4, start_hazard=1 - math.exp(-1 / 14)).set_index("method")["estimate"]
    assert abs(found["ever_never"] - 0.267) < 0.032
    assert abs(found["time_split"] - 1.29) < 0.15
    assert abs(found["landmark_ratio"] - 1.00) < 0.15
