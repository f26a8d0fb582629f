"""What touch is worth: margins less hours by eye, both sides of the fee, and what only looks like a yield."""

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.faults import NotReady, UsageError
from cslab.measure import effect, roi
from cslab.measure.effect import Money
from cslab.measure.effect import uplift as learning
from cslab.measure.estimate import Estimate
from cslab.measure.roi.worlds import net_by_tier

KNOWN = ["trial_usage", "mrr0_amount", "segment"]
HIGH = ("high", "tech")


def found(**more: list[float]) -> roi.Brought:
    """Two small customers and two large ones; what high touch brings each is written down."""
    ways = {name: np.array(values, float) for name, values in more.items()}
    rows = pd.DataFrame({"account_id": [*"ABCD"], "mrr_amount": [10.0, 20.0, 100.0, 200.0]})
    return roi.Brought(rows, HIGH, ways, 24)


@pytest.fixture(scope="module")
def book():
    return cslab.load("synthetic:rct?accounts=900")


def test_what_is_left_is_margin_less_cost():
    one = found(margin=[3, 5, 9, 11], cost=[1, 1, 2, 4])
    assert float(one.mean(margin=1, cost=-1)) == 5.0
    assert float(one.mean(np.array([True, True, False, False]), margin=1, cost=-1)) == 3.0


def test_both_sides_of_the_fee_and_the_hours_set_free_are_seen_by_eye():
    one = found(margin=[8] * 4, revenue=[10] * 4, cost=[3] * 4, hours=[1] * 4, user_months=[6] * 4)
    table = roi.three_ways(one, roi.Benefit(hours_saved=2, hour_amount=5, own_hours=1))
    values = table.set_index(["party", "item"])["estimate"]
    assert values["vendor", "left"] == 8 - 3
    assert values["customer", "left"] == 6 * 2 * 5 - 10 - 1 * 5
    assert values["society", "hours_free"] == 6 * 2 - 1


def test_what_is_declared_is_marked_and_what_is_estimated_is_not():
    one = found(margin=[8] * 4, revenue=[10] * 4, cost=[3] * 4, hours=[1] * 4, user_months=[6] * 4)
    grades = roi.three_ways(one, roi.Benefit(grade="C")).groupby("item")["grade"].agg(set)
    assert grades["margin"] == grades["team_hours"] == grades["fees"] == {""}
    assert grades["work_saved"] == grades["hours_free"] == {"C"}


def test_the_hours_from_which_the_customer_gains_make_its_side_even():
    one = found(revenue=[10, 12, 8, 10], hours=[1, 1, 1, 1], user_months=[5, 6, 4, 5], margin=[8] * 4, cost=[3] * 4)
    least = roi.worth_from(one, roi.Benefit(hour_amount=5, own_hours=1))
    even = roi.three_ways(one, roi.Benefit(hours_saved=least.estimate, hour_amount=5, own_hours=1))
    assert even.set_index(["party", "item"])["estimate"]["customer", "left"] == pytest.approx(0.0)


def test_no_use_gained_for_sure_leaves_the_upper_limit_open():
    one = found(revenue=[10] * 4, hours=[1] * 4, user_months=[-5, 6, -4, 5], margin=[8] * 4, cost=[3] * 4)
    assert roi.worth_from(one).high == float("inf")


def test_usage_that_nobody_has_is_asked_for():
    with pytest.raises(NotReady, match="usage_monthly"):
        roi.three_ways(found(margin=[1] * 4, cost=[1] * 4, revenue=[1] * 4, hours=[1] * 4))


def test_a_benefit_below_nothing_is_refused():
    with pytest.raises(UsageError, match="hours_saved"):
        roi.Benefit(hours_saved=-1)


def test_the_cost_of_a_tier_is_its_hours_while_the_customer_is_there(book):
    one = roi.brought(book, HIGH, 12, grace=0, covariates=KNOWN)
    hours = float(one.mean(hours=1))
    assert 0.5 * 12 * (6.5 - 0.15) < hours < 12 * (6.5 - 0.15)
    price = float(one.mean(cost=1)) / hours
    assert price == pytest.approx(book.csm["cost_amount"].sum() / book.csm["capacity_h"].sum())
    assert one.more["revenue"] == pytest.approx(one.more["margin"] / 0.8)


@pytest.mark.slow
def test_bands_begin_at_the_lines_and_hold_everybody_once(book):
    table = roi.by_band(book, HIGH, [30_000, 100_000], 12, covariates=KNOWN)
    assert (table["high_mrr"].iloc[:-1].to_numpy() < [30_000, 100_000]).all()
    assert (table["low_mrr"].iloc[1:].to_numpy() >= [30_000, 100_000]).all()
    assert table["n"].sum() == table.attrs["n"]
    assert table["estimate"].to_numpy() == pytest.approx((table["margin"] - table["cost"]).to_numpy())
    assert {"truth", "roi_low"} <= {*table}


def test_without_the_truth_there_is_no_truth_beside(book):
    hidden = book.hide_truth()
    assert "truth" not in roi.by_band(hidden, HIGH, [30_000], 12, covariates=KNOWN)
    assert roi.of_rule(hidden) is roi.judgement(hidden) is roi.prevent_or_save(hidden) is None
    assert roi.before_renewal(hidden) is None
    assert "truth" not in [*roi.influenced(hidden)["claim"]]


def test_a_band_with_few_customers_is_named(book):
    with pytest.raises(UsageError, match="5,000,000"):
        roi.by_band(book, HIGH, [5_000_000], 12, covariates=KNOWN)


def test_tiers_without_common_customers_are_refused():
    with pytest.raises(UsageError, match="cannot be compared"):
        roi.by_band(cslab.load("synthetic:default_jp?accounts=900"), HIGH, [80_000], 12, covariates=KNOWN)


@pytest.mark.parametrize("lines", [[400_000, 80_000], [80_000]])
def test_a_rule_is_two_lines_in_order(book, lines: list[float]):
    with pytest.raises(UsageError, match="80000, 400000"):
        roi.of_rule(book, lines, 6, futures=2)


def test_a_rule_of_tech_touch_for_all_costs_and_brings_nothing_and_dearer_hours_leave_less(book):
    nothing = roi.of_rule(book, [np.inf, np.inf], 6, futures=2)
    assert (float(nothing.net), nothing.hours) == (0.0, 0.0)
    own, cheap = (roi.of_rule(book, [80_000, 400_000], 6, Money(hours=hours), 2) for hours in (FULL, HALF))
    assert float(cheap.net) > float(own.net)
    assert cheap.accounts["margin"].sum() == pytest.approx(own.accounts["margin"].sum())


FULL, HALF = {"tech": 0.15, "mid": 1.6, "high": 6.5}, {"tech": 0.15, "mid": 0.8, "high": 3.25}


@pytest.mark.slow
def test_a_plan_by_account_counts_as_its_lines_do(book):
    lines = roi.of_rule(book, [80_000, 400_000], 6, futures=2)
    plan = lines.accounts.set_index("account_id")["tier"]
    assert float(roi.of_rule(book, plan, 6, futures=2).net) == pytest.approx(float(lines.net))
    with pytest.raises(UsageError, match="high"):
        roi.of_rule(book, plan.replace("high", "hihg"), 6, futures=2)


def test_a_plan_for_accounts_that_the_company_never_had_is_refused_with_the_first(book):
    own = book.truth.accounts()["account_id"][0]
    with pytest.raises(UsageError, match="nix"):
        roi.of_rule(book, pd.Series({"nix": "mid"}), 6, futures=2)
    with pytest.raises(UsageError, match=own):
        roi.of_rule(book, pd.Series(["mid", "high"], index=[own, own]), 6, futures=2)


@pytest.mark.parametrize("lines", [[100_000, 30_000], [30_000, 30_000], [np.nan]])
def test_lines_of_bands_that_do_not_rise_are_refused(book, lines: list[float]):
    with pytest.raises(UsageError, match="larger than the one before"):
        roi.by_band(book, HIGH, lines, 12, covariates=KNOWN)


def test_what_a_tier_costs_is_its_hours_in_the_months_that_customers_are_there(book):
    worlds = pd.DataFrame({"tier": ["high"], "account_id": ["A"], "revenue_amount": [100.0], "revenue_error": [0.0]})
    one = net_by_tier(worlds.assign(months=10.0), 2.0, Money(0.5, hours={"high": 3.0})).iloc[0]
    assert (one["cost_amount"], one["net_amount"]) == (60.0, -10.0)


def test_judgement_rule_and_lot_are_held_with_the_same_numbers_a_tier(book):
    table = roi.judgement(book, 6, futures=2).set_index("who")
    assert table.loc["rule", "moved"] == 0
    assert table.loc["lot", "hours"] == pytest.approx(table.loc["csm", "hours"], rel=0.15)


def test_influence_counts_every_renewal_touched_before_in_full():
    days = pd.to_datetime(["2024-01-01", "2025-01-01", "2024-12-01", "2024-06-01", "2024-12-10", "2024-12-11"])
    ids = [*"ABC"]
    contracts = pd.DataFrame({"account_id": ids, "start": days[0], "end": days[1], "decided_on": days[2]})
    contracts = contracts.assign(contract_id=ids, outcome=["renewed", "renewed", "churned"], mrr_amount=[1.0, 2, 4])
    touches = pd.DataFrame({"account_id": ids, "touched_on": [days[4], days[3], days[5]], "type": "call"})
    book = cslab.book.Book({"contracts": contracts, "touches": touches}, pd.Timestamp("2025-01-31"))
    table = roi.influenced(book, Estimate(0.1, 0.0, 0.2, 9, "aipw_treated")).set_index("claim")
    assert table.loc["influenced", "estimate"] == 12  # A: a call in the 90 days before, and renewed
    assert table.loc["incremental", "estimate"] == pytest.approx(0.1 * 12 * (1 + 4))
    assert table.loc["influenced", "share"] == pytest.approx(12 / (12 * 7))


def test_a_newsletter_is_no_influence_and_nothing_due_is_said():
    days = pd.to_datetime(["2024-01-01", "2025-01-01", "2024-12-01", "2024-12-10"])
    contracts = {"account_id": ["A"], "start": days[0], "end": days[1], "decided_on": days[2], "contract_id": ["1"]}
    contracts = pd.DataFrame({**contracts, "outcome": "renewed", "mrr_amount": 1.0})
    touches = pd.DataFrame({"account_id": ["A"], "touched_on": days[3], "type": "newsletter"})
    book = cslab.book.Book({"contracts": contracts, "touches": touches}, pd.Timestamp("2025-01-31"))
    assert roi.influenced(book)["estimate"].tolist() == [0.0]
    with pytest.raises(NotReady, match="no renewal"):
        roi.influenced(cslab.book.Book(dict(book.tables), pd.Timestamp("2027-01-31")))


def test_harm_is_judged_by_what_came_of_those_of_whom_least_was_foreseen():
    draw = np.random.default_rng(3)
    suited, arm = draw.integers(0, 2, 2_000), draw.integers(0, 2, 2_000)
    frame = pd.DataFrame({"arm": arm, "suited": suited, "brought": arm * (2 * suited - 1) + draw.normal(size=2_000)})
    told = learning.uplift(effect.of_frame(frame, "arm", "brought", ["suited"]))
    truth = pd.Series(2.0 * suited - 1, index=told.trial.rows["account_id"])
    table = roi.harmed(told, ("1", "0"), truth, share=0.4).set_index("group")
    assert table.loc["least_foreseen", "high"] < 0 < table.loc["the_others", "low"]
    assert table.loc["least_foreseen", ["foreseen_loss", "truth_loss"]].tolist() == [1.0, 1.0]


@pytest.mark.slow
def test_prevention_beats_saving_and_too_late_costs_more_than_in_time_as_too_early_does():
    book = cslab.load("synthetic:default_jp?accounts=2000&seed=7")
    policies = roi.prevent_or_save(book).set_index("policy")
    assert policies.loc["prevent", "low"] > policies.loc["save", "high"] > 0
    assert policies.loc["mixed", "low"] > policies.loc["save", "high"]
    before = roi.before_renewal(book).set_index("months_before")
    assert before.loc[3, "high"] < before.loc[1, "low"]  # too late to change much
    assert before.loc[3, "high"] < before.loc[12, "low"]  # so early that most of the hours are not needed
    assert before.loc[6, "retained"] > before.loc[1, "retained"]
    claims = roi.influenced(book).set_index("claim")["share"]
    assert claims["influenced"] > 10 * claims["truth"] > 0
