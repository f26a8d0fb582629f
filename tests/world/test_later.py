"""A plan and what comes of it some months later, with the luck that the company has anyway."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from cslab import world
from cslab.book import Book
from cslab.faults import UsageError
from cslab.world import Policy, preset
from cslab.world.service import COUPLINGS

DAY = pd.Timestamp("2023-03-31")
AS_IT_IS = {"as it is": pd.Series(dtype=object)}


@cache
def company(policy: str = "rule", months: int = 48, accounts: int = 300, name: str = "default_jp") -> Book:
    """A small company, many of whose leavers come back."""
    return world.company(preset(name).with_(winback_share="0.9,0.6"), policy, seed=3, accounts=accounts, months=months)


def in_the_records(book: Book, day: pd.Timestamp, months: int) -> pd.DataFrame:
    """MRR summed over some months after a day until the customer leaves, and who stays, by the movements alone."""
    first = day.to_period("M").start_time
    paid = book.mrr_movements.pivot_table(index="account_id", columns="month", values="amount", aggfunc="sum")
    paid = paid.reindex(columns=pd.date_range(paid.columns[0], periods=108, freq="MS")).fillna(0).cumsum(axis=1)
    paid = paid.loc[paid[first] > 0, pd.date_range(first, periods=months + 1, freq="MS")[1:]]
    stays = (paid > 0).cumprod(axis=1)
    return pd.DataFrame({"retained": stays.iloc[:, -1] > 0, "value_amount": (stays * paid).sum(axis=1)})


@pytest.mark.parametrize("policy", ["rule", "high_onboarding"])
def test_a_plan_that_changes_nothing_gives_what_the_records_say(policy):
    book = company(policy)
    later = book.truth.later(AS_IT_IS, DAY, 18).set_index("account_id").sort_index()
    seen = in_the_records(book, DAY, 18)
    assert len(seen) > 100 and 0 < seen["retained"].mean() < 1
    pd.testing.assert_frame_equal(later[["retained", "value_amount"]], seen, check_names=False)


def test_beyond_the_end_of_the_records_it_is_what_a_longer_run_says():
    later, longer = company().truth.later(AS_IT_IS, company().as_of, 12), company(months=60)
    seen = in_the_records(longer, company().as_of, 12)
    pd.testing.assert_frame_equal(
        later.set_index("account_id")[["retained", "value_amount"]].sort_index(), seen, check_names=False
    )


@pytest.mark.slow
@pytest.mark.parametrize("policy", COUPLINGS)
def test_offices_that_share_out_their_hours_go_on_doing_so(policy):
    book = company(policy, accounts=1100)
    later = book.truth.later(AS_IT_IS, DAY, 18).set_index("account_id").sort_index()
    seen = in_the_records(book, DAY, 18)
    pd.testing.assert_frame_equal(later[["retained", "value_amount"]], seen, check_names=False)
    more = book.truth.later({"all high": "all_high"}, DAY, 18)
    assert not more["value_amount"].equals(later["value_amount"].reset_index(drop=True))


def test_the_tiers_written_out_are_the_same_plan_as_the_policy_that_gives_them():
    truth = company().truth
    tiers = truth.accounts().set_index("account_id")["tier"]
    there = truth.later(AS_IT_IS, DAY, 6)["account_id"]
    everyone_high = pd.Series("high", index=there)
    found = truth.later(
        {"own": tiers[there], "rule": "rule", "written": everyone_high, "named": "all_high"}, DAY, 18
    ).set_index(["plan", "account_id"])
    pd.testing.assert_frame_equal(found.loc["own"], found.loc["rule"])
    pd.testing.assert_frame_equal(found.loc["written"], found.loc["named"])


def test_only_those_whose_tier_changes_fare_otherwise_and_a_change_is_paid_for_by_the_hour():
    truth = company().truth
    own = truth.later(AS_IT_IS, DAY, 12).set_index("account_id")
    tier = truth.accounts().set_index("account_id")["tier"]
    tech = [one for one in own.index if tier[one] == "tech"][:20]
    moved = truth.later({"up": pd.Series("high", index=tech)}, DAY, 12).set_index("account_id")
    others = own.index.difference(tech)
    columns = ["retained", "value_amount", "hours"]
    pd.testing.assert_frame_equal(moved.loc[others, columns], own.loc[others, columns])
    stays = moved.loc[tech, "retained"]
    assert (moved.loc[tech, "hours"][stays] == 12 * 6.5).all() and stays.sum() >= own.loc[tech, "retained"].sum()
    assert np.allclose(moved["cost_amount"], moved["hours"] * 10e6 / 12 / 130)


@pytest.mark.slow
def test_more_touch_for_everybody_keeps_more_by_about_what_is_to_be_expected():
    book = world.company("default_jp", seed=1, accounts=3000)
    found = book.truth.later({"high": "all_high", "tech": "all_tech"}, DAY, 24)
    kept = found.pivot(index="account_id", columns="plan", values="retained").astype(float)
    expected = book.truth.expected(["all_high", "all_tech"], since=DAY, horizon=24, futures=8)
    wanted = expected.groupby("policy")["retained"].mean()
    gap = kept["high"] - kept["tech"]
    error = gap.std() / len(gap) ** 0.5
    assert abs(gap.mean() - (wanted["all_high"] - wanted["all_tech"])) < 4 * error and gap.mean() > 4 * error


def test_where_touch_does_nothing_no_plan_changes_anything_but_the_hours():
    truth = company(name="no_effect").truth
    found = truth.later({"high": Policy("own", shares=(0, 0, 1)), "tech": "all_tech"}, DAY, 24)
    high, tech = (found.loc[found["plan"] == plan].reset_index(drop=True) for plan in ("high", "tech"))
    columns = ["account_id", "retained", "value_amount"]
    pd.testing.assert_frame_equal(high[columns], tech[columns])
    assert (high["hours"] > tech["hours"])[high["value_amount"] > 0].all()


def test_what_cannot_be_a_plan_is_refused_by_name_and_all_at_once():
    truth = company().truth
    with pytest.raises(UsageError) as wrong:
        truth.later({"a": pd.Series({"A000001": "hihg"}), "b": "all_hihg"}, DAY)
    assert [fault.key for fault in wrong.value.faults] == ["unknown_tier", "unknown_policy"]
    with pytest.raises(UsageError, match="there is none"):
        truth.later({}, DAY)
    with pytest.raises(UsageError, match="A999999"):
        truth.later({"a": pd.Series({"A999999": "high"})}, DAY)
    with pytest.raises(UsageError, match="more than once"):
        truth.later({"a": pd.Series(["high", "mid"], index=["A000001", "A000001"])}, DAY)
    with pytest.raises(UsageError, match="months = 0"):
        truth.later(AS_IT_IS, DAY, 0)
