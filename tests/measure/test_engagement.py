"""An engagement model is held against the present one and the best within the hours: values by account seen by eye."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

import cslab
from cslab.faults import UsageError
from cslab.measure import allocation, engagement
from cslab.measure.engagement import OPTIONS, judged
from cslab.measure.net_value import GROSS_MARGIN as MARGIN
from cslab.measure.plans import TIER_HOURS

BRINGS = {"a": (100.0, 110.0, 190.0), "b": (100.0, 180.0, 190.0), "c": (100.0, 101.0, 102.0)}
"""MRR over the horizon in tech, mid and high touch: high moves a, mid moves b, nothing moves c."""
TIERS = ("tech", "mid", "high")


def company(monkeypatch: pytest.MonkeyPatch, hour: float = 0.2, early: str = "", stay: float = 1.0) -> Any:
    """Three customers of whom all is known, now in mid touch; one may still gain 20 from more touch at first.

    They stay for a share of the horizon, and then all leave."""
    monkeypatch.setattr(engagement, "hour_amount", lambda book: hour)

    def expected(policies: list[Any], since: str, horizon: int, futures: int) -> pd.DataFrame:
        rows = []
        for one, (tier, first) in zip(policies, OPTIONS, strict=True):
            for name, values in BRINGS.items():
                more = 20.0 if name == early and first != tier else 0.0
                row = {"policy": one.name, "account_id": name, "retained": float(stay == 1), "months": stay * horizon}
                rows.append(row | {"value_amount": values[TIERS.index(tier)] + more})
        return pd.DataFrame(rows)

    present = pd.DataFrame({"account_id": list(BRINGS), "tier": "mid"})
    truth = SimpleNamespace(expected=expected, accounts=lambda: present)
    return SimpleNamespace(truth=truth, as_of=pd.Timestamp("2025-03-31"), currency="JPY", has=lambda *_: False)


def tiers(**by: str) -> pd.Series:
    return pd.Series(by, dtype=object)


def test_the_best_plan_gives_each_the_tier_that_moves_it(monkeypatch):
    found = judged(company(monkeypatch), tiers(), hours=100, horizon=12)
    assert found is not None
    assert found.tiers.set_index("account_id")["best"].to_dict() == {"a": "high", "b": "mid", "c": "tech"}


def test_the_best_plan_keeps_within_the_hours(monkeypatch):
    found = judged(company(monkeypatch), tiers(), horizon=12)  # no more than the present one: three times mid
    assert found is not None
    best = found.table.set_index("plan").loc["best"]
    assert best["hours"] <= 3 * TIER_HOURS["mid"] and best["high"] == 0


def test_the_score_is_the_share_of_what_could_be_gained(monkeypatch):
    book = company(monkeypatch, hour=0.0)
    found = judged(book, tiers(a="tech", c="tech"), hours=100, horizon=12)
    assert found is not None
    # without a cost of hours, high for a and c and b is best: margin × (80 + 10 + 1) more than mid for all
    assert found.net("best") - found.net("present") == pytest.approx(MARGIN * (80 + 10 + 1))
    assert found.score == pytest.approx((-10 - 1) / (80 + 10 + 1))
    assert found.regret == pytest.approx(MARGIN * (90 + 10 + 2))


def test_the_present_tiers_score_nought_and_the_best_ones_one(monkeypatch):
    book = company(monkeypatch)
    same, best = (judged(book, plan, hours=100, horizon=12) for plan in (tiers(), tiers(a="high", c="tech")))
    assert same is not None and best is not None
    assert (same.score, best.score) == (0.0, pytest.approx(1.0))


def test_a_plan_beyond_the_hours_says_by_how_much(monkeypatch):
    found = judged(company(monkeypatch), tiers(a="high", b="high", c="high"), hours=10, horizon=12)
    assert found is not None
    assert found.over == pytest.approx(3 * TIER_HOURS["high"] - 10)


def test_hours_are_paid_for_as_long_as_customers_stay(monkeypatch):
    table = judged(company(monkeypatch, hour=2.0), tiers(), horizon=12).table.set_index("plan")
    assert table.at["present", "cost_amount"] == pytest.approx(2.0 * 12 * 3 * TIER_HOURS["mid"])


def test_who_leaves_at_its_first_renewal_costs_a_year_of_hours_and_no_more(monkeypatch):
    table = judged(company(monkeypatch, hour=2.0, stay=1 / 3), tiers(), horizon=36).table.set_index("plan")
    assert table.at["present", "cost_amount"] == pytest.approx(2.0 * 12 * 3 * TIER_HOURS["mid"])


def test_the_present_plan_is_the_one_that_allocations_start_from():
    book = cslab.load("synthetic:default_jp?accounts=200")
    found = judged(book, tiers(), horizon=6, futures=2)
    posed = allocation.of_truth(book.truth, since=book.as_of, horizon=6, futures=2)
    assert found is not None and posed is not None
    assert found.table.set_index("plan").at["present", "hours"] == pytest.approx(posed.capacity)


def test_more_touch_until_onboarded_costs_three_months_of_whom_it_can_still_help(monkeypatch):
    book = company(monkeypatch, hour=0.0, early="c")
    plain, first = (judged(book, tiers(), onboarding, hours=100, horizon=12) for onboarding in ("", "high"))
    assert plain is not None and first is not None
    gained = first.net("submitted") - plain.net("submitted")
    hours = first.table.set_index("plan")["hours"]
    assert gained == pytest.approx(MARGIN * 20)  # of c alone
    assert hours["submitted"] - hours["present"] == pytest.approx((TIER_HOURS["high"] - TIER_HOURS["mid"]) * 3 / 12)


def test_onboarding_never_gives_less_than_the_tier_of_later(monkeypatch):
    book = company(monkeypatch)
    high, least_mid = (judged(book, tiers(a="high"), onboarding, hours=100) for onboarding in ("", "mid"))
    assert high is not None and least_mid is not None
    assert high.net("submitted") == least_mid.net("submitted")


def test_a_tier_that_there_is_not_is_named(monkeypatch):
    with pytest.raises(UsageError) as caught:
        judged(company(monkeypatch), tiers(a="hgih"), hours=100)
    assert [(fault.key, fault.values["near"]) for fault in caught.value.faults] == [("unknown_tier", "high")]


def test_where_nobody_knows_the_truth_there_is_none():
    assert judged(SimpleNamespace(truth=None), tiers()) is None  # type: ignore[arg-type]


def test_of_a_simulated_company_no_plan_beats_the_best():
    book = cslab.load("synthetic:tiny")
    for tier in TIERS:
        plan = pd.Series(tier, index=book.accounts["account_id"], dtype=object)
        found = judged(book, plan, hours=10_000, horizon=12, futures=2)
        assert found is not None
        assert found.regret >= -1e-6 * abs(found.net("best"))
