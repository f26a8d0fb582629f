"""What is expected of a policy is the mean over many futures: it agrees with what happens, and holds no one's luck."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab import world
from cslab.faults import UsageError
from cslab.world.futures import Ahead, Past, outcomes
from cslab.world.history import History
from cslab.world.paths import Paths, mrr_at
from cslab.world.simulate import histories
from cslab.world.spells import rows_of
from cslab.world.touch import CHANNELS
from cslab.world.truth import CompanyTruth

pytestmark = pytest.mark.slow  # a study over many futures or books

BASE = world.preset("default_jp")
WINDOW = 40
"""Months simulated before the records begin."""


def truth(name: str = "default_jp", policy: str = "rule", **changes: object) -> CompanyTruth:
    """The truth of a company, whose tables nobody needs here."""
    return CompanyTruth(world.preset(name).with_(**changes), world.policy(policy), 16)


def test_customers_alike_stay_by_the_product_of_their_chances_without_any_error():
    alike = truth(
        "tiny",
        segment_share="1,0,0",
        term_share_smb="0,1,0,0",
        renewal_value_effect=0,
        uncontrollable_hazard="0.002,0,0",
        expansion_hazard="0,0,0",
        contraction_chance="0.1,0,0",
        contraction_value_effect=0,
    )
    found = alike.expected(horizon=25, futures=3)
    stays = 1 - 1 / (1 + np.exp(2.05))
    assert found["retained"].to_numpy() == pytest.approx(0.998**25 * stays**2)
    months = sum(0.998**t * stays ** (t // 12) * (1 - 0.2 * 0.1) ** (t // 12) for t in range(25))
    mrr0 = next(histories(alike.scenario, alike.policy, 1)).customers.mrr0
    assert found["value_amount"].to_numpy() == pytest.approx(mrr0 * months)
    assert found["retained_error"].max() < 1e-12


def test_expectation_is_the_mean_of_what_happens_to_many_customers():
    scenario, rule = BASE.with_(accounts=12_000), world.policy("rule")
    history = first_spells(scenario, rule, 48 + 24)
    start = history.customers.start
    stayed, value = history.left - start > 24, lived_from_signing(history, 24)
    (found,) = outcomes(scenario, [rule], 24, count=4)
    for happened, expected in ((stayed, found.retained), (value, found.value)):
        gap = happened - expected[0].mean(axis=0)
        assert abs(gap.mean()) < 4 * gap.std() / len(gap) ** 0.5


def first_spells(scenario: world.Scenario, policy: world.Policy, months: int) -> History:
    """What happens to customers until they first leave."""
    (history,) = histories(scenario, policy, months)
    return rows_of(history, np.flatnonzero(history.first))


def lived_from_signing(history: History, horizon: int) -> np.ndarray:
    """MRR of the months of the horizon, from signing."""
    start, changes = history.customers.start, history.changes
    months = np.clip(history.left - start, 0, horizon)
    value = history.customers.mrr0 * months
    counts = np.clip(months[changes.who] - (changes.month - start[changes.who]), 0, None)
    np.add.at(value, changes.who, changes.amount * counts)
    return value


def test_the_difference_between_two_policies_is_that_of_the_same_customers_with_the_same_luck():
    scenario = BASE.with_(accounts=12_000)
    pair = [world.policy(name) for name in ("all_high", "all_tech")]
    high, tech = (first_spells(scenario, one, 48 + 24) for one in pair)
    happened = {
        "retained": (high.left - high.customers.start > 24) * 1.0 - (tech.left - tech.customers.start > 24),
        "value_amount": lived_from_signing(high, 24) - lived_from_signing(tech, 24),
    }
    effect = CompanyTruth(scenario, pair[1], 16).effect("all_high", "all_tech", horizon=24, futures=4)
    for name, luck in happened.items():
        gap = luck - effect[name].to_numpy()
        assert abs(gap.mean()) < 4 * gap.std() / len(gap) ** 0.5
        assert effect[name].mean() > 20 * gap.std() / len(gap)


@pytest.mark.parametrize("returns", ["0,0", "0.9,0.9"])
def test_from_a_day_on_expectation_is_the_mean_of_what_happens_to_those_there_in_whichever_spell(returns):
    scenario = BASE.with_(accounts=12_000, addons="all", winback_share=returns)
    rule, gone = world.policy("rule"), WINDOW + 48
    (history,) = histories(scenario, rule, 48 + 24)
    there = (history.customers.start < gone) & (history.left >= gone)
    months = np.clip(history.left - gone, 0, 24)
    changes = history.changes
    value = mrr_at(history, gone) * months
    later = changes.month >= gone
    counts = np.clip(months[changes.who] - (changes.month - gone), 0, None) * later
    np.add.at(value, changes.who, changes.amount * counts)
    (found,) = outcomes(scenario, [rule], 24, since=gone, factual=rule, count=4)
    assert (found.number == history.customers.number[there]).all()
    assert (there & ~history.first).any() == (returns != "0,0")
    for happened, expected in ((months == 24, found.retained), (value, found.value)):
        gap = happened[there] - expected[0].mean(axis=0)
        for spell in (history.first[there], ~history.first[there]):
            assert abs(gap[spell].sum()) <= 4 * np.sqrt(((gap[spell] - gap.mean()) ** 2).sum())


def test_a_renewal_decided_before_the_day_is_settled():
    book = world.company("default_jp", accounts=1500)
    (history,) = histories(BASE.with_(accounts=1500), world.policy("rule"), 48)
    risk = book.truth.risk(book.as_of, horizon=1, futures=2).set_index("account_id")["risk"]
    number = history.customers.number
    there = np.flatnonzero((history.customers.start < WINDOW + 48) & (history.left >= WINDOW + 48))
    who = there[np.searchsorted(number[there], risk.index.str[1:].astype(int))]
    longer = history.customers.term[who] > 1
    leaves = history.notice_end[who] == WINDOW + 48
    closing = np.array(BASE.uncontrollable_hazard)[history.customers.segment[who]]
    assert (risk[leaves] == 1).all() and leaves[longer].any()
    assert np.allclose(risk[longer & ~leaves], closing[longer & ~leaves])


@pytest.mark.parametrize("addons", ["none", "all"])
@pytest.mark.parametrize("plan", ["rule", "all_high"])
def test_until_the_futures_begin_every_one_of_them_is_the_past_itself(addons, plan):
    scenario, rule, gone = world.preset("default_jp").with_(addons=addons, accounts=1024), world.policy("rule"), 70
    past = Past.of(scenario, range(1), gone, rule)
    ahead = Ahead(past, range(2), horizon=6)
    paths = Paths(ahead, world.policy(plan).touch(scenario, past.customers).at(ahead.place))
    paths.walked()
    value = np.empty((gone + 6, 2, 1024))
    value[:, *np.divmod(paths.order, 1024)] = paths.value
    (history,) = histories(scenario, rule, gone + 6 - WINDOW)
    happened = history.value[:, history.column[history.first]]
    assert (value[:gone] == happened[:gone, None]).all()
    there = past.there
    assert (value[gone:, 0, there] != value[gone:, 1, there]).all()
    assert (value[gone:, 0, there] != happened[gone:, there]).all()


def test_a_plan_changes_nothing_that_is_settled_and_only_those_whose_touch_differs():
    book = world.company("default_jp", accounts=1500)
    effect = book.truth.effect("all_high", since=book.as_of, horizon=12, futures=4).set_index("account_id")
    tier = book.truth.accounts().set_index("account_id")["tier"].reindex(effect.index)
    assert (effect.loc[tier == "high", ["retained", "value_amount"]] == 0).all(axis=None)
    assert effect.loc[tier == "tech", "retained"].mean() > 0.01
    assert (effect["retained"] > -1e-12).mean() > 0.95
    now = book.truth.effect("all_high", since=book.as_of, horizon=1, futures=4).set_index("account_id")
    assert now["retained"].abs().max() < 1e-12


@pytest.mark.parametrize("policy", ["all_high", "high_onboarding", "rct"])
def test_where_touch_does_nothing_every_effect_is_exactly_none(policy):
    null = truth("no_effect", accounts=200)
    assert (null.effect(policy, "all_tech", horizon=36, futures=4).drop(columns="account_id") == 0).all(axis=None)
    assert (null.channels(policy, horizon=12, futures=2)[["retained", "value_amount"]] == 0).all(axis=None)


def test_the_channels_add_up_to_the_whole_and_each_helps():
    company = truth(accounts=600)
    parts = company.channels("all_high", horizon=24, futures=16).set_index("channel")
    whole = company.effect("all_high", "all_tech", horizon=24, futures=16)
    assert list(parts.index) == list(CHANNELS)
    assert parts["retained"].sum() == pytest.approx(whole["retained"].mean())
    assert parts["value_amount"].sum() == pytest.approx(whole["value_amount"].mean())
    assert parts["share"].sum() == pytest.approx(1)
    assert (parts["retained"] > 3 * parts["retained_error"]).all()


def test_a_channel_that_does_nothing_contributes_nothing():
    company = truth(accounts=200, touch_lift="0,0,0", csm_skill=0)
    parts = company.channels("all_high", horizon=12, futures=4).set_index("channel")
    assert parts.loc["lift", "retained"] == 0 and parts.loc["stall", "retained"] > 0


def test_the_stated_error_is_that_of_the_futures():
    company = truth(accounts=1000)
    few, many = (company.expected(horizon=24, futures=count) for count in (8, 128))
    distance = (few["retained"] - many["retained"]) / few["retained_error"]
    assert 0.85 < distance.quantile(0.75) - distance.quantile(0.25) < 1.9
    assert abs(distance.median()) < 0.2
    assert many["retained_error"].mean() < few["retained_error"].mean() / 3


@settings(max_examples=6)
@given(st.integers(1, 1500), st.integers(1, 3), st.booleans())
def test_an_accounts_expectation_depends_on_nothing_else_in_the_company(accounts, chunk, later):
    rule, since = world.policy("rule"), WINDOW + 30 if later else None
    look = {"since": since, "factual": rule, "count": 3}
    whole = next(outcomes(BASE.with_(accounts=2000), [rule, world.policy("all_high")], 6, **look))
    parts = list(outcomes(BASE.with_(accounts=accounts), [rule, world.policy("all_high")], 6, chunk=chunk, **look))
    some = np.concatenate([part.retained for part in parts], axis=2)
    assert (some == whole.retained[:, :, whole.number < accounts]).all()


def test_risk_is_the_chance_of_leaving_and_a_day_before_anybody_signed_is_refused():
    book = world.company("default_jp", accounts=300)
    stays = book.truth.expected(since="2024-03-31", horizon=12).set_index("account_id")["retained"]
    risk = book.truth.risk("2024-03-31").set_index("account_id")["risk"]
    pd.testing.assert_series_equal(risk, 1 - stays, check_names=False)
    signed = book.accounts.set_index("account_id")["signed_on"]
    assert (signed[risk.index] <= pd.Timestamp("2024-03-31")).all()
    with pytest.raises(UsageError, match="2017-12"):
        book.truth.risk("2017-11-30")
