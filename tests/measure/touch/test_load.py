"""Whether the team holds: load, hiring, agencies, specialists."""

from __future__ import annotations

import heapq
import math
import random
from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab.book import Book
from cslab.faults import UsageError
from cslab.measure import touch
from cslab.measure.touch import Outsourced, Staffing, Work
from cslab.measure.touch.specialists import _together, waits

HOURS = {"tech": 1.0, "mid": 20.0, "high": 50.0}


def test_load_is_hours_over_those_of_whoever_is_still_there(company: Callable[..., Book]) -> None:
    found = touch.load(company(), HOURS, growth=[1, 2, 4])
    assert found["hours"].tolist() == [91.0, 182.0, 364.0]
    assert found["capacity"].tolist() == [200.0] * 3
    assert found["utilisation"].tolist() == [0.455, 0.91, 1.82]
    assert found["holds"].tolist() == [True, False, False]
    assert found["csms"].tolist() == [2, 3, 5] and found["more"].tolist() == [0, 1, 3]


def test_pools_are_reckoned_apart(company: Callable[..., Book]) -> None:
    pools = {"people": ["high"], "digital": ["mid", "tech"]}
    found = touch.load(company(), HOURS, growth=[1], pools=pools, available={"people": 40.0, "digital": 82.0})
    found = found.set_index("pool")
    assert found["hours"].to_dict() == {"people": 50.0, "digital": 41.0}
    assert found.loc["people", "utilisation"] == 1.25 and found.loc["digital", "utilisation"] == 0.5
    assert found["holds"].to_dict() == {"people": False, "digital": True}


def test_other_tiers_make_another_load(company: Callable[..., Book]) -> None:
    tiers = pd.Series("tech", index=list("ABCD"))
    assert touch.load(company(tier_history=None), HOURS, tiers, growth=[1])["hours"].tolist() == [4.0]


def test_everything_that_cannot_be_reckoned_is_told_at_once(company: Callable[..., Book]) -> None:
    with pytest.raises(UsageError) as caught:
        touch.load(company(), {"tech": 1.0, "mid": 2.0}, growth=[0, 1], pools={"a": ["tech"], "b": ["tech", "mid"]})
    found = str(caught.value)
    assert "growth = 0" in found and "tier = high" in found and "tech touch stands in 2 pools" in found
    assert "high touch stands in 0 pools" in found and "a: nobody says how many hours" in found


def test_a_book_that_does_not_grow_needs_nobody() -> None:
    plan = touch.hiring_plan([900.0] * 12, people=8, staffing=Staffing(csm_hours=125, leaves_per_year=0))
    assert plan["hires"].sum() == 0 and plan["utilisation"].tolist() == [0.9] * 12


def test_new_people_work_a_quarter_of_their_hours_at_first() -> None:
    staffing = Staffing(csm_hours=100, planned=1.0, leaves_per_year=0, ramp=3)
    plan = touch.hiring_plan([100, 100, 100, 200, 200], people=1, staffing=staffing)
    assert plan["hires"].tolist() == [1, 0, 0, 0, 0]
    assert plan["effective_hours"].tolist() == [125.0, 150.0, 175.0, 200.0, 200.0]


def test_who_hires_when_it_hurts_is_late() -> None:
    staffing = Staffing(csm_hours=100, planned=1.0, leaves_per_year=0, ramp=3)
    needed = [100, 100, 100, 200, 200, 200, 200]
    ahead, late = (touch.hiring_plan(needed, 1, staffing, ahead=months) for months in (3, 0))
    assert ahead["utilisation"].max() <= 1 < late["utilisation"].max()
    assert late["hires"].tolist() == [0, 0, 0, 1, 0, 0, 0]


def test_those_who_leave_are_replaced() -> None:
    plan = touch.hiring_plan([900.0] * 24, people=8, staffing=Staffing(csm_hours=125, leaves_per_year=0.15))
    assert plan["left"].sum() == pytest.approx(8 * 0.15 * 2, rel=0.35) and plan["hires"].sum() in (2, 3, 4)


def test_leads_are_counted_and_paid() -> None:
    staffing = Staffing(csm_hours=100, leaves_per_year=0, span=8, cost_amount=1.0)
    plan = touch.hiring_plan([810.0], people=9, staffing=staffing, ahead=0)
    assert plan["leads"].tolist() == [2] and plan["cost_amount"].tolist() == [11.0]


def test_a_book_that_doubles_needs_twice_the_hours_after_a_year() -> None:
    assert touch.growing(100, 2.0, 1.0)[-1] == pytest.approx(400.0)
    assert touch.growing(100, 2.0, 0.0, 3) == [200.0] * 3


@settings(deadline=None, max_examples=30)
@given(
    needed=st.lists(st.floats(0, 5000), min_size=1, max_size=18),
    people=st.floats(0, 40),
    leaves=st.floats(0, 0.5),
    ramp=st.integers(0, 4),
)
def test_a_plan_that_looks_ahead_never_lacks_hours_once_its_first_hires_are_trained(
    needed: list[float], people: float, leaves: float, ramp: int
) -> None:
    staffing = Staffing(leaves_per_year=leaves, ramp=ramp)
    plan = touch.hiring_plan(needed, people, staffing)
    later = plan.iloc[ramp:]
    assert (later["effective_hours"] * staffing.planned >= later["hours"] - 1e-6).all()


@pytest.mark.parametrize("wrong", [{"csm_hours": 0}, {"leaves_per_year": 1.0}, {"ramp": -1}, {"span": 0}])
def test_staffing_that_cannot_be_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(UsageError, match=next(iter(wrong))):
        Staffing(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("there", [0.0, -1.0, math.nan])
def test_a_pool_with_work_and_no_hours_is_refused_with_what_it_needs(
    company: Callable[..., Book], there: float
) -> None:
    pools = {"people": ["high"], "digital": ["mid", "tech"]}
    with pytest.raises(UsageError) as caught:
        touch.load(company(), HOURS, pools=pools, available={"people": 0.0, "digital": there})
    assert [(one.values["pool"], one.values["needed"]) for one in caught.value.faults] == [
        ("people", "50.0"), ("digital", "41.0"),
    ]  # fmt: skip


def test_a_pool_without_customers_needs_no_hours(company: Callable[..., Book]) -> None:
    pools = {"people": ["high", "mid", "tech"], "digital": ["community"]}
    found = touch.load(company(), HOURS, pools=pools, available={"people": 182.0, "digital": 0.0}, growth=[1])
    assert found["utilisation"].tolist() == [0.5, 0.0]


@pytest.mark.parametrize("planned", [0.0, 1.8])
def test_no_more_than_all_hours_can_be_planned(planned: float) -> None:
    with pytest.raises(UsageError, match="planned"):
        Staffing(planned=planned)


def test_a_plan_of_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="needed: no month"):
        touch.hiring_plan([], 1)
    with pytest.raises(UsageError, match="people = -1"):
        touch.hiring_plan([1.0], -1)


def test_short_and_long_work_on_one_queue_waits_as_long_as_when_it_is_acted_out() -> None:
    work = {"short": Work(4.0, 0.5, 3), "long": Work(0.3, 8.0, 3)}
    luck, free, waited = random.Random(7), [0.0] * 6, []
    now = 0.0
    for _ in range(120_000):
        now += luck.expovariate(4.3)
        hours = luck.expovariate(1 / (0.5 if luck.random() < 4 / 4.3 else 8.0))
        begins = max(now, heapq.heappop(free))
        heapq.heappush(free, begins + hours)
        waited.append(begins - now)
    found = touch.specialised(work, faster=1.0).set_index(["way", "kind"])["wait_hours"]
    assert found["generalists", "all"] == pytest.approx(sum(waited) / len(waited), rel=0.17)


def test_one_person_with_two_kinds_of_work_waits_by_the_formula_of_pollaczek_and_khinchine() -> None:
    found = touch.specialised({"a": Work(0.3, 1.0, 1), "b": Work(0.1, 3.0, 1)}, faster=1.0)
    alone = _together({"a": Work(0.3, 1.0, 1), "b": Work(0.1, 3.0, 0)})
    assert alone["wait_hours"] == pytest.approx((0.3 * 2 * 1**2 + 0.1 * 2 * 3**2) / (2 * (1 - 0.6)))
    assert found["utilisation"].iloc[0] == pytest.approx(0.3)


def test_an_agency_pays_below_the_price_of_what_its_hour_achieves() -> None:
    at = Outsourced(own_amount=6000, price_amount=4200, quality=0.8, steering=0.1)
    assert at.highest_price_amount == pytest.approx(4200) and at.cost_amount == pytest.approx(6000) and not at.pays
    below = Outsourced(6000, 3000, 0.8, 0.1, fixed_amount=150_000)
    assert below.pays and below.least_hours == pytest.approx(100) and below.saves_amount(100) == pytest.approx(0)


def test_an_agency_that_takes_more_steering_than_it_achieves_pays_at_no_price() -> None:
    at = Outsourced(6000, 0, quality=0.3, steering=0.5)
    assert at.highest_price_amount == 0 and at.least_hours == math.inf


def test_one_server_waits_as_often_as_it_is_busy() -> None:
    assert waits(1, 0.7) == pytest.approx(0.7) and waits(3, 3.0) == 1.0


def test_erlang_c_is_that_of_the_textbook() -> None:
    assert waits(10, 8.0) == pytest.approx(0.409, abs=0.001)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.floats(0.1, 5), st.floats(0.1, 2), st.integers(1, 6)), min_size=2, max_size=4))
def test_the_same_people_as_one_team_never_wait_longer_for_the_same_kind_of_work(
    kinds: list[tuple[float, float, int]],
) -> None:
    hours = kinds[0][1]
    work = {str(place): Work(arrivals, hours, people) for place, (arrivals, _, people) in enumerate(kinds)}
    found = touch.specialised(work, faster=1.0).set_index(["way", "kind"])["wait_hours"]
    assert found["generalists", "all"] <= found["specialists", "all"] + 1e-9


def test_specialists_pay_from_the_speed_at_which_all_is_done_as_soon() -> None:
    work = {"a": Work(2.0, 1.0, 3), "b": Work(2.0, 1.0, 3)}
    even = touch.specialised(work).attrs["pays_from"]
    found = touch.specialised(work, faster=even).set_index(["way", "kind"])["done_hours"]
    assert found["specialists", "all"] == pytest.approx(found["generalists", "all"], rel=1e-6)


def test_a_queue_that_grows_says_so() -> None:
    found = touch.specialised({"a": Work(5.0, 1.0, 2), "b": Work(0.1, 1.0, 9)}, faster=1.0)
    assert math.isinf(found.loc[found["kind"] == "a", "wait_hours"].iloc[0])
    with pytest.raises(UsageError):
        touch.specialised({})
