"""CSMs compared by what anybody would have reached with the same customers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure import touch
from cslab.measure.touch.fair import _drawn

SIZE = 30


def office(lift: dict[str, float], mix: dict[str, float], noise: float = 0.05) -> Book:
    """CSMs of thirty customers each over a year; a customer's use is its trial's, plus what its CSM adds."""
    draws = np.random.default_rng(5)
    start = pd.Timestamp("2023-01-01")
    ids = [f"{csm}{place:02d}" for csm in lift for place in range(SIZE)]
    csm = np.repeat(list(lift), SIZE)
    trial = np.array([mix[name] for name in csm]) + 0.1 * draws.standard_normal(len(ids))
    use = trial + np.array([lift[name] for name in csm]) + noise * draws.standard_normal(len(ids))
    months = pd.date_range(start, periods=12, freq="MS")
    usage = pd.DataFrame({"account_id": np.repeat(ids, 12), "month": np.tile(months, len(ids))})
    tables = {
        "accounts": pd.DataFrame({"account_id": ids, "trial_usage": trial, "signed_on": start}),
        "tier_history": pd.DataFrame(
            {"account_id": ids, "csm_id": csm, "valid_from": start, "valid_to": pd.NaT, "touch_tier": "mid"}
        ),
        "usage_monthly": usage.assign(wau_ratio=np.repeat(use, 12)),
    }
    return Book(tables, pd.Timestamp("2023-12-31"))


def test_who_has_the_easy_customers_looks_best_and_is_not() -> None:
    found = touch.fair(office({"M1": 0.00, "M2": 0.10}, {"M1": 0.60, "M2": 0.30})).set_index("csm_id")
    assert found["crude_rank"].to_dict() == {"M2": 2, "M1": 1}
    assert found["rank"].to_dict() == {"M2": 1, "M1": 2}
    gap = found.loc["M2", "estimate"] - found.loc["M1", "estimate"]
    assert gap == pytest.approx(0.10, abs=0.04)


def test_the_mean_of_all_stays_and_shrinking_draws_towards_it() -> None:
    found = touch.fair(office({"M1": 0.0, "M2": 0.1, "M3": -0.1}, dict.fromkeys(["M1", "M2", "M3"], 0.5)))
    mean = found.attrs["mean"]
    assert np.average(found["crude"], weights=found["n"]) == pytest.approx(mean)
    assert (np.abs(found["shrunk"] - mean) <= np.abs(found["estimate"] - mean) + 1e-12).all()
    assert (found["shrunk_low"] < found["shrunk"]).all() and (found["shrunk"] < found["shrunk_high"]).all()


def test_csms_who_differ_far_more_than_chance_keep_their_places() -> None:
    found = touch.fair(office({"M1": 0.3, "M2": 0.0, "M3": -0.3}, dict.fromkeys(["M1", "M2", "M3"], 0.5)))
    assert found["csm_id"].tolist() == ["M1", "M2", "M3"]
    assert found[["rank_low", "rank_high"]].to_numpy().tolist() == [[1, 1], [2, 2], [3, 3]]
    assert found["outside"].iloc[[0, 2]].tolist() == ["998", "998"]


def test_csms_who_are_all_alike_may_have_any_place() -> None:
    names = [f"M{place}" for place in range(8)]
    found = touch.fair(office(dict.fromkeys(names, 0.0), dict.fromkeys(names, 0.5), noise=0.2))
    assert found.attrs["spread"] < 0.05
    assert ((found["rank_high"] - found["rank_low"]) >= 4).sum() >= 6


def test_limits_and_places_stay_open_where_no_difference_can_be_seen() -> None:
    names = [f"M{place}" for place in range(6)]
    for noise in (0.1, 0.2, 0.3):
        found = touch.fair(office(dict.fromkeys(names, 0.0), dict.fromkeys(names, 0.5), noise=noise))
        assert (found["shrunk_high"] - found["shrunk_low"]).min() > 0.5 * noise / np.sqrt(SIZE)
        assert (found["rank_high"] > found["rank_low"]).all()


def test_limits_hold_the_true_differences_whether_there_are_any_or_not() -> None:
    draws, noise = np.random.default_rng(2), 0.15 / np.sqrt(SIZE)
    for spread in (0.0, 0.02, 0.04):
        held = []
        for _ in range(200):
            true = spread * draws.standard_normal(10)
            seen = true + noise * draws.standard_normal(10)
            drawn, error = _drawn(seen - seen.mean(), np.full(10, noise))
            held.append((np.abs(drawn - (true - true.mean())) <= 1.96 * error).mean())
        assert np.mean(held) > 0.93


def test_customers_who_all_use_it_alike_leave_nothing_to_tell() -> None:
    book = office({"M1": 0.0, "M2": 0.0}, {"M1": 0.5, "M2": 0.5})
    level = Book({**book.tables, "usage_monthly": book.usage_monthly.assign(wau_ratio=0.5)}, book.as_of)
    found = touch.fair(level)
    assert found["shrunk"].tolist() == [0.5, 0.5] and (found["outside"] == "").all()
    assert found["rank_low"].tolist() == [1, 1] and found["rank_high"].tolist() == [2, 2]


def test_a_csm_of_few_customers_is_left_out_and_one_alone_cannot_be_compared() -> None:
    book = office({"M1": 0.0, "M2": 0.1}, {"M1": 0.5, "M2": 0.5})
    few = book.tier_history.drop(index=range(3, SIZE))
    with pytest.raises(NotReady, match="compared: 1"):
        touch.fair(Book({**book.tables, "tier_history": few}, book.as_of))


def test_the_first_months_do_not_count() -> None:
    book = office({"M1": 0.0, "M2": 0.1}, {"M1": 0.5, "M2": 0.5})
    early = book.usage_monthly["month"] < "2023-06-01"
    spoilt = book.usage_monthly.assign(wau_ratio=book.usage_monthly["wau_ratio"].where(~early, 0.0))
    again = touch.fair(Book({**book.tables, "usage_monthly": spoilt}, book.as_of))
    pd.testing.assert_frame_equal(again, touch.fair(book))


def test_renewals_lost_are_ranked_from_the_fewest() -> None:
    found = touch.fair(cslab.load("synthetic:default_jp?seed=3&accounts=600"), "lost")
    assert found["shrunk"].is_monotonic_increasing and found["rank"].tolist() == list(range(1, len(found) + 1))


def test_an_unknown_outcome_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="usage"):
        touch.fair(cslab.load("synthetic:tiny"), "usge")


def test_agreement_is_one_for_the_same_order_and_minus_one_for_the_reverse() -> None:
    skill = pd.Series([0.4, 0.3, 0.2, 0.1], index=list("abcd"))
    best_first = pd.Series([1, 2, 3, 4], index=list("abcd"))
    assert touch.agreement(best_first, skill).estimate == 1
    assert touch.agreement(best_first, -skill).estimate == -1
    with pytest.raises(NotReady, match="compared: 2"):
        touch.agreement(best_first[:2], skill)


def test_agreement_is_spearmans() -> None:
    from scipy.stats import spearmanr

    draws = np.random.default_rng(1)
    ranks = pd.Series(draws.permutation(12) + 1)
    skill = pd.Series(draws.choice([-1.0, 0.0, 1.0], 12))
    assert touch.agreement(ranks, skill).estimate == pytest.approx(spearmanr(-ranks, skill).statistic)


@pytest.mark.slow
def test_the_fair_order_agrees_with_the_truth_where_the_order_by_lost_renewals_does_not() -> None:
    found = {"fair": [], "lost": []}
    for seed in range(1, 9):
        book = cslab.load(f"synthetic:default_jp?seed={seed}&accounts=2000")
        truth = touch.fair_truth(book).set_index("csm_id")["skill"]
        for name, outcome, column in (("fair", "usage", "rank"), ("lost", "lost", "crude_rank")):
            order = touch.fair(book, outcome).set_index("csm_id")[column]
            found[name].append(touch.agreement(order, truth).estimate)
    assert np.mean(found["fair"]) > 0.5 > 0.35 > np.mean(found["lost"])


@pytest.mark.slow
def test_where_csms_do_not_differ_the_spread_is_near_nothing() -> None:
    spreads = [
        touch.fair(cslab.load(f"synthetic:default_jp?seed={seed}&accounts=2000&csm_skill=0")).attrs["spread"]
        for seed in range(1, 9)
    ]
    assert np.mean(spreads) < 0.012
