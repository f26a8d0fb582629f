"""A supposed world is the same world with one thing otherwise: the same customers and luck, nothing else moved."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab import world
from cslab.book import Truth
from cslab.book.supposition import PHASES, Advised, HandedOver, LikeLost, Onboarded, Relief, Spared, Unpushed
from cslab.faults import UsageError
from cslab.world.truth import CompanyTruth

ALIKE = {
    "segment_share": "1,0,0",
    "term_share_smb": "0,1,0,0",
    "renewal_value_effect": 0,
    "uncontrollable_hazard": "0.01,0,0",
    "expansion_hazard": "0,0,0",
    "contraction_chance": "0,0,0",
}
"""One-year contracts, all refused with the same chance; closures; MRR that stays what it was."""


def truth(name: str = "tiny", policy: str = "rule", **changes: object) -> CompanyTruth:
    """The truth of a company, whose tables nobody needs here."""
    return CompanyTruth(world.preset(name).with_(**changes), world.policy(policy), 16)


def by_case(found: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {case: rows.set_index("account_id") for case, rows in found.groupby("case")}


def test_a_chance_of_leaving_is_less_by_the_share_in_every_month_of_the_phase_and_only_in_those():
    at_once = {"stall_logit": "-60,-60,-60", "onboarding_median_months": "0.01,1,1"}
    alike = truth(**ALIKE | at_once)
    found = by_case(alike.supposing([Relief("", 0.25), Relief("renewal", 0.25)], horizon=12, futures=2, discount=0.1))
    leaves = np.array([0.01] * 11 + [1 - 0.99 * (1 - 1 / (1 + np.exp(2.05)))])
    stays = np.cumprod(1 - 0.75 * leaves)
    assert found["relief::0.25"]["retained"].to_numpy() == pytest.approx(stays[-1])
    mrr = alike.expected(horizon=1, futures=1)["value_amount"].to_numpy()
    worth = sum(stay * 1.1 ** (-month / 12) for month, stay in enumerate([1, *stays[:-1]]))
    assert found["relief::0.25"]["value_amount"].to_numpy() == pytest.approx(mrr * worth)
    leaves[8:] *= 0.75  # the last four months of the contract
    assert found["relief:renewal:0.25"]["retained"].to_numpy() == pytest.approx(np.prod(1 - leaves))


def test_the_world_as_it_is_is_what_the_company_can_expect():
    one = truth("default_jp", accounts=300)
    for since in ("", "2024-03-31"):
        expected = one.expected(since=since, horizon=18, futures=3)
        as_it_is = one.supposing([], since=since, horizon=18, futures=3)
        assert (as_it_is["case"] == "as_it_is").all()
        for column in ("retained", "retained_error", "value_amount", "value_error"):
            assert as_it_is[column].to_numpy() == pytest.approx(expected[column].to_numpy())


@pytest.mark.parametrize("policy", ["rule", "capacity"])
@pytest.mark.parametrize("since", ["", "2024-03-31"])
def test_no_relief_is_the_world_as_it_is_and_full_relief_keeps_everybody(policy, since):
    found = by_case(truth(policy=policy).supposing([Relief("", 0), Relief("", 1)], since=since, horizon=15, futures=2))
    columns = ["retained", "value_amount", *(f"months_{phase}" for phase in PHASES)]
    assert (found["relief::0"][columns] == found["as_it_is"][columns]).all(axis=None)
    assert (found["relief::1"]["retained"] == 1).all()
    assert found["relief::1"][[f"months_{phase}" for phase in PHASES]].sum(axis=1).to_numpy() == pytest.approx(15)
    assert (found["relief::1"][[f"leaving_{phase}" for phase in PHASES]] == 0).all(axis=None)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(phase=st.sampled_from(["", *PHASES]), shares=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_more_relief_keeps_more_and_whoever_is_not_kept_has_left_from_a_phase(phase, shares):
    less, more = sorted(shares)
    found = ONE.supposing([Relief(phase, less), Relief(phase, more)], horizon=14, futures=2)
    first, second = (rows.reset_index(drop=True) for _, rows in found.iloc[60:].groupby(np.repeat([0, 1], 60)))
    assert (second["retained"] >= first["retained"] - 1e-12).all()
    assert (second["retained_gain"] >= -1e-12).all()
    left = second[[f"leaving_{phase}" for phase in PHASES]].sum(axis=1)
    assert left.to_numpy() == pytest.approx(1 - second["retained"].to_numpy())


ONE = truth()


def test_relief_in_a_phase_gives_nothing_to_those_who_are_never_in_it():
    monthly = truth(term_share_smb="1,0,0,0", term_share_mid="1,0,0,0", term_share_enterprise="1,0,0,0")
    found = by_case(monthly.supposing([Relief("renewal", 1), Relief("adoption", 1)], horizon=12, futures=2))
    assert (found["relief:renewal:1"]["value_gain_amount"] == 0).all()
    assert (found["relief:renewal:1"]["months_renewal"] == 0).all()
    assert found["relief:adoption:1"]["value_gain_amount"].mean() > 0


@pytest.mark.slow
@pytest.mark.parametrize("policy", ["rule", "capacity"])
def test_worlds_supposed_together_are_as_each_supposed_alone(policy):
    one, worlds = truth(policy=policy), [Relief("adoption", 0.3), Onboarded(), Relief("", 0.9)]
    together = one.supposing(worlds, horizon=8, futures=2)
    alone = [one.supposing(world, horizon=8, futures=2).iloc[60:] for world in worlds]
    pd.testing.assert_frame_equal(together.iloc[60:].reset_index(drop=True), pd.concat(alone, ignore_index=True))


def test_half_the_relief_of_closures_is_the_world_in_which_they_are_half_as_likely():
    faithful = ALIKE | {"renewal_logit": "-60,-60,-60"}
    half = truth(**faithful | {"uncontrollable_hazard": "0.005,0,0"}).expected(horizon=24, futures=2)
    found = by_case(truth(**faithful).supposing(Relief("", 0.5), horizon=24, futures=2))["relief::0.5"]
    assert found["value_amount"].to_numpy() == pytest.approx(half["value_amount"].to_numpy())


@pytest.mark.parametrize("since", ["", "2024-03-31"])
def test_when_nobody_stalls_nobody_is_worse_off_and_who_was_onboarded_is_as_before(since):
    core = truth("calibration", accounts=500, months=36)
    found = by_case(core.supposing(Onboarded(), since=since, horizon=24, futures=2))
    gain = found["onboarded"]["retained_gain"]
    assert (gain >= -1e-12).all()
    assert gain.mean() > 0.02
    onboarded = found["as_it_is"]["months_onboarding"] == 0
    assert (gain[onboarded] == 0).all()
    assert onboarded.any()


def test_a_hand_off_that_was_good_enough_stays_as_it_was_and_a_poor_one_becomes_better():
    one = truth("default_jp", accounts=500)
    found = by_case(one.supposing(HandedOver(), horizon=12, futures=8))["handed_over:0"]
    quality = one.accounts().set_index("account_id")["handoff_quality"].loc[found.index]
    assert (found.loc[quality >= 0, ["retained_gain", "value_gain_amount"]] == 0).all(axis=None)
    assert found.loc[quality < 0, "retained_gain"].mean() > 0
    without = truth("calibration", accounts=100)
    assert (without.supposing(HandedOver(), horizon=12, futures=2)["retained_gain"] == 0).all()


def test_advice_before_the_signature_is_given_to_those_without_it_or_taken_from_those_with_it():
    one = world.company("default_jp", accounts=400)
    found = by_case(one.truth.supposing([Advised(), Advised(everybody=False)], horizon=12, futures=8))
    advised = one.accounts.set_index("account_id")["csm_in_presales"].astype(bool)
    everybody, nobody = (found[f"advised:{who}"].loc[advised.index] for who in ("everybody", "nobody"))
    assert (everybody.loc[advised, ["retained_gain", "value_gain_amount"]] == 0).all(axis=None)
    assert (nobody.loc[~advised, ["retained_gain", "value_gain_amount"]] == 0).all(axis=None)
    as_it_is = found["as_it_is"].loc[advised.index, "months_onboarding"]
    assert everybody["months_onboarding"].sum() < as_it_is.sum() < nobody["months_onboarding"].sum()
    without = truth("calibration", accounts=100)
    assert (without.supposing(Advised(), horizon=12, futures=2)["retained_gain"] == 0).all()


def test_customers_like_those_whose_deals_were_lost_stay_less():
    found = by_case(truth("default_jp", accounts=500).supposing(LikeLost(), horizon=24, futures=2))
    assert found["like_lost"]["retained_gain"].mean() < -0.02
    assert found["like_lost"]["months_purchase"].mean() == 1


def test_nothing_spared_is_the_world_as_it_is_and_all_spared_keeps_everybody():
    for since in ("", "2024-03-31"):
        found = by_case(truth().supposing([Spared(), Spared(1, 1)], since=since, horizon=14, futures=2))
        columns = ["retained", "value_amount"]
        assert (found["spared:0:0"][columns] == found["as_it_is"][columns]).all(axis=None)
        assert (found["spared:1:1"]["retained"] == 1).all()


def test_what_is_spared_is_a_share_of_the_chance_of_one_cause_and_of_no_other():
    closes, refuses = 0.01, 1 / (1 + np.exp(2.05))
    found = by_case(truth(**ALIKE).supposing([Spared(0.25), Spared(uncontrollable=0.5)], horizon=12, futures=2))
    assert found["spared:0.25:0"]["retained"].to_numpy() == pytest.approx((1 - closes) ** 12 * (1 - 0.75 * refuses))
    assert found["spared:0:0.5"]["retained"].to_numpy() == pytest.approx((1 - closes / 2) ** 12 * (1 - refuses))


def test_where_offices_share_out_their_hours_those_who_are_spared_take_some():
    found = by_case(truth(policy="capacity").supposing([Spared(), Spared(1, 1)], horizon=10, futures=2))
    assert (found["spared:0:0"]["value_gain_amount"] == 0).all()
    assert (found["spared:1:1"]["retained"] == 1).all()


def test_without_pushing_those_who_fit_badly_are_not_won_and_others_are_handed_over_without_haste():
    one = world.company("default_jp", accounts=600)
    found = by_case(one.truth.supposing(Unpushed(), horizon=12, futures=4))
    hidden, pushed = one.truth.accounts().set_index("account_id"), one.accounts.set_index("account_id")["sales_push"]
    pushed = pushed.astype(bool)
    badfit, supposed = hidden["badfit"].loc[pushed.index], found["unpushed"].loc[pushed.index]
    lost, calm = supposed[pushed & badfit], supposed[pushed & ~badfit]
    assert len(lost) > 5 and (lost[["retained", "value_amount", "months_purchase", "months_onboarding"]] == 0).all(
        axis=None
    )
    assert (calm["months_purchase"] == 1).all() and calm["retained_gain"].mean() > 0
    assert (supposed.loc[~pushed, ["retained_gain", "value_gain_amount"]] == 0).all(axis=None)


def test_whoever_has_signed_before_the_day_stays_a_customer_unpushed_or_not():
    one = truth("default_jp", accounts=300)
    found = by_case(one.supposing(Unpushed(), since="2024-03-31", horizon=6, futures=2))
    there = found["as_it_is"]["value_amount"] > 0
    assert (found["unpushed"].loc[there, "value_amount"] > 0).all() and there.mean() > 0.9


def test_what_makes_no_sense_is_refused_all_at_once():
    with pytest.raises(UsageError) as found:
        ONE.supposing(["onboarded"], since="soon", horizon=0, discount=-0.1)
    assert len(found.value.faults) == 4
    with pytest.raises(UsageError, match="onboarding") as found:
        Relief("onbording", 20)
    assert len(found.value.faults) == 2
    with pytest.raises(UsageError, match="between 0 and 1") as found:
        Spared(-0.1, 30)
    assert len(found.value.faults) == 2


@pytest.mark.parametrize("at_least", [np.nan, np.inf])
def test_a_hand_off_that_is_no_number_is_refused(at_least):
    with pytest.raises(UsageError, match="standard deviations"):
        HandedOver(at_least)


def test_the_simulator_keeps_the_promise_of_a_truth():
    promised: Truth = ONE
    assert set(promised.supposing(Relief("adoption", 0.1), horizon=1, futures=1)["case"]) == {
        "as_it_is",
        "relief:adoption:0.1",
    }
