"""A chain of months: by eye, by finite differences, and what holds for any chain."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab.faults import DataError, UsageError
from cslab.measure.multistate import Chain, chain_of

MONTH = 1.1 ** (-1 / 12)


def moves(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["from", "to", "count"])


def half() -> Chain:
    """Of those who begin, half go on and half leave; of those who went on, one in ten leaves a month."""
    rows = moves(("new", "on", 50), ("new", "gone", 50), ("on", "on", 90), ("on", "gone", 10))
    return chain_of(rows, ["gone"])


def test_a_month_here_then_half_of_ten_months_there():
    assert half().value({"new": 1, "on": 10}, discount=0)["estimate"].tolist() == pytest.approx([1 + 0.5 * 100, 100])


def test_months_within_a_horizon_are_counted_and_discounted_from_the_second_on():
    found = half().value({"new": 1, "on": 10}, horizon=3)["estimate"]
    on = 10 + 9 * MONTH + 8.1 * MONTH**2
    assert found.tolist() == pytest.approx([1 + 0.5 * 10 * MONTH + 0.5 * 9 * MONTH**2, on])


def test_rows_of_one_move_add_up_and_the_order_of_states_can_be_chosen():
    rows = moves(("a", "b", 1), ("a", "b", 2), ("b", "gone", 4), ("a", "gone", 1))
    found = chain_of(rows, ["gone"], states=["b", "a"])
    assert (found.states, found.fitted.tolist(), found.n) == (("b", "a"), [[0, 0, 1], [0.75, 0, 0.25]], 8)


def test_who_comes_back_is_another_case_but_no_other_month():
    there_and_back = moves(("a", "b", 1), ("a", "gone", 1), ("b", "a", 1), ("b", "b", 1))
    chain = chain_of(there_and_back, ["gone"])
    assert chain.visits().loc["a"].tolist() == pytest.approx([2, 1])
    assert chain.months().loc["a"].tolist() == pytest.approx([2, 2])


def test_a_case_begun_in_the_last_month_counts():
    chain = chain_of(moves(("a", "b", 1), ("b", "b", 1)), ["gone"])
    assert [chain.visits(months).loc["a", "b"] for months in (1, 2, 3)] == [0, 1, 1]


def test_one_who_would_have_left_stays_and_is_at_risk_again():
    chain = half().relieved("on", 0.5)
    assert chain.probability[1].tolist() == pytest.approx([0, 0.95, 0.05])
    assert chain.relieved("on", 0.5).probability[1].tolist() == pytest.approx([0, 0.975, 0.025])
    assert half().relieved(["new", "on"], 1).probability[:, 2].tolist() == [0, 0]


def test_the_gain_is_what_the_values_differ_by():
    reward = {"new": 1, "on": 10}
    found = half().gain("on", 0.5, reward, discount=0)
    assert found["estimate"].tolist() == pytest.approx([0.5 * 100, 100])


def test_no_relief_gains_nothing_for_sure():
    assert half().gain("on", 0, {"on": 10})[["estimate", "low", "high"]].to_numpy().tolist() == [[0, 0, 0]] * 2


def test_the_limits_of_a_mean_stay_are_those_of_the_share_it_is_one_over():
    """1/p of 10 in 100: the error of p times 1/p², by hand."""
    found = chain_of(moves(("a", "a", 90), ("a", "gone", 10)), ["gone"]).value({"a": 1}, discount=0)
    error = np.sqrt(0.1 * 0.9 / 100) / 0.1**2
    assert found[["low", "high"]].to_numpy()[0] == pytest.approx([10 - 1.959964 * error, 10 + 1.959964 * error])


def test_a_hundredth_more_leaving_costs_a_hundredth_of_the_slope():
    """From new, half the customers come to where each month is followed by N = 10 of 10: -0.5 · 10 · 100."""
    found = half().sensitivity({"new": 1, "on": 10}, discount=0).set_index(["state", "from", "to"])["estimate"]
    assert found["new", "on", "gone"] == pytest.approx(-500)
    assert found["on", "on", "gone"] == pytest.approx(-1000)
    assert found["on", "new", "gone"] == 0


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    """Three states and two ends, every state at risk of leaving."""
    counts = draw(st.lists(st.integers(1, 40), min_size=15, max_size=15))
    cells = [(one, other) for one in "abc" for other in "abcxy"]
    rows = moves(*[(*cell, count) for cell, count in zip(cells, counts, strict=True)])
    return chain_of(rows, ["x", "y"])


@settings(max_examples=10)
@given(chains(), st.sampled_from([None, 1, 2, 24]), st.sampled_from([0, 0.1]))
def test_slopes_are_those_of_finite_differences(chain, horizon, discount):
    reward, step = {"a": 2, "b": 5, "c": -1}, 1e-6
    names = (*chain.states, *chain.ends)
    found = chain.sensitivity(reward, discount, horizon).set_index(["from", "to", "state"])["estimate"]
    for (origin, target), slopes in found.groupby(level=[0, 1]):
        row, column = names.index(origin), names.index(target)
        shift = np.zeros_like(chain.fitted)
        shift[row, column], shift[row, row] = step, -step
        up, down = (
            Chain(chain.states, chain.ends, chain.fitted + sign * shift, chain.at_risk, chain.relief)
            for sign in (1, -1)
        )
        change = (up.values(reward, discount, horizon) - down.values(reward, discount, horizon)) / (2 * step)
        np.testing.assert_allclose(slopes.to_numpy(), change, rtol=1e-5, atol=1e-7)


@settings(max_examples=20)
@given(chains(), st.sampled_from([None, 1, 7]))
def test_months_are_the_value_of_a_state_that_brings_one(chain, horizon):
    months = chain.months(horizon)
    for state in chain.states:
        np.testing.assert_allclose(months[state], chain.values({state: 1}, 0, horizon))
    assert (chain.visits(horizon).to_numpy() <= months.to_numpy() + 1e-9).all()


@settings(max_examples=20)
@given(chains())
def test_a_long_horizon_is_none(chain):
    reward = {"a": 2, "b": 5}
    np.testing.assert_allclose(chain.values(reward, 0.1, 2000), chain.values(reward), rtol=1e-6)


def test_everything_that_is_wrong_with_counted_moves_is_told_at_once():
    rows = moves(("a", "b", -1), ("gone", "a", 3), ("b", "b", 1), ("x", "a", 1), ("a", "gone", None))
    with pytest.raises(DataError) as caught:
        chain_of(rows, ["gone"], states=["a", "b", "c"])
    keys = [fault.key.removeprefix("chain.") for fault in caught.value.faults]
    assert keys == ["count", "unknown", "leaves_end", "empty", "empty"]


def test_a_misspelt_end_is_a_state_that_nobody_leaves():
    with pytest.raises(DataError, match="nothing was counted of customers in churn"):
        chain_of(moves(("a", "churn", 1), ("a", "a", 1)), ["chrun"])


def test_staying_at_the_end_is_no_move_out_of_it():
    assert chain_of(moves(("a", "gone", 1), ("gone", "gone", 9)), ["gone"]).fitted.tolist() == [[0, 1]]


def test_a_missing_column_of_moves_is_named():
    with pytest.raises(DataError, match="column count is missing"):
        chain_of(pd.DataFrame({"from": ["a"], "to": ["b"]}), ["b"])


def test_what_brings_something_is_a_state_of_the_chain():
    with pytest.raises(UsageError, match=r"(?s)Did you mean new.*reward of on is nan"):
        half().value({"nwe": 1, "on": float("nan")})
    with pytest.raises(UsageError, match="gone is not a state"):
        half().value({"gone": 1})
    assert half().value({"gone": 0})["estimate"].tolist() == [0, 0]


def test_a_state_named_twice_is_one_and_counts_read_as_text_are_numbers():
    rows = moves(("a", "a", "4"), ("a", "a", "5"), ("a", "gone", "1"))
    for states in ([], ["a", "a"]):
        assert chain_of(rows, ["gone", "gone"], states).fitted.tolist() == [[0.9, 0.1]]


def test_a_reward_that_is_a_text_is_no_number():
    with pytest.raises(UsageError, match="reward of on is 10"):
        half().value({"on": "10"})


def test_a_whole_horizon_may_be_written_with_a_point():
    assert half().value({"on": 1}, horizon=3.0).equals(half().value({"on": 1}, horizon=3))


@pytest.mark.parametrize(("discount", "horizon"), [(-0.1, 12), (0.1, 0), (0.1, 2.5), (0.1, np.inf), (np.nan, 12)])
def test_terms_that_make_no_sense_are_refused(discount, horizon):
    with pytest.raises(UsageError, match="yearly discount of 0 or more"):
        half().value({"on": 1}, discount, horizon)


def test_a_sum_without_an_end_is_refused_and_with_a_horizon_is_not():
    for_ever = half().relieved("on", 1)
    with pytest.raises(UsageError, match="horizon in months or a discount"):
        for_ever.value({"on": 1}, discount=0)
    assert for_ever.values({"on": 1}, 0, horizon=12)[1] == 12
    assert for_ever.values({"on": 1}, 0.1)[1] == pytest.approx(1 / (1 - MONTH))


@pytest.mark.parametrize(("state", "share"), [("own", 0.1), ("on", 1.1), ("on", -0.1), ("on", np.nan)])
def test_relief_is_of_a_known_state_and_a_share(state, share):
    with pytest.raises(UsageError, match="between 0 and 1"):
        half().relieved(state, share)
