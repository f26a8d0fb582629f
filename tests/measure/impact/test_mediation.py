"""What passes through a mediator, against data whose truth is known and against statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab.faults import UsageError
from cslab.measure.impact.mediation import mediation


def drawn(seed: int, n: int = 400, tie: float = 0.0):
    """A programme by lot that moves a mediator by 1; a unit of it is worth 0.5; half a unit goes by directly.

    ``tie`` is the correlation of what else moves both.
    """
    rng = np.random.default_rng(seed)
    taken = np.arange(n) % 2
    own, other = rng.standard_normal((2, n))
    mediator = 1.0 * taken + own
    outcome = 0.5 * mediator + 0.5 * taken + tie * own + np.sqrt(1 - tie**2) * other
    return taken, mediator, outcome, own


def test_the_parts_are_what_was_put_in() -> None:
    found = mediation(*drawn(1, 40_000)[:3])
    assert found.moved.estimate == pytest.approx(1.0, abs=0.03)
    assert found.through.estimate == pytest.approx(0.5, abs=0.03)
    assert found.direct.estimate == pytest.approx(0.5, abs=0.04)
    assert found.total.estimate == pytest.approx(1.0, abs=0.03)


@given(st.integers(0, 10_000))
def test_both_parts_add_up_to_the_whole(seed: int) -> None:
    found = mediation(*drawn(seed, 60)[:3])
    assert found.through.estimate + found.direct.estimate == pytest.approx(found.total.estimate)


def test_controlling_for_the_mediator_makes_a_programme_that_works_look_useless() -> None:
    taken, mediator, outcome, _ = drawn(2, 40_000)
    found = mediation(taken, mediator, outcome - 0.5 * taken)  # all of it passes through
    assert found.total.low > 0.4
    assert found.naive.low < 0.01 and found.naive.high > -0.01


def test_what_moves_both_biases_the_path_and_knowing_it_mends_that() -> None:
    taken, mediator, outcome, own = drawn(3, 40_000, tie=0.6)
    rng = np.random.default_rng(0)
    seen = own + 0.1 * rng.standard_normal(len(own))
    confounded = mediation(taken, mediator, outcome)
    assert confounded.through.estimate == pytest.approx(1.1, abs=0.04)
    assert confounded.direct.estimate == pytest.approx(-0.1, abs=0.04)
    noisier = mediator + rng.standard_normal(len(own))  # so that it varies given what moves both
    known = mediation(taken, noisier, outcome - 0.5 * mediator + 0.5 * noisier, seen)
    assert known.passes.estimate == pytest.approx(0.5, abs=0.04)
    assert known.total.estimate == pytest.approx(1.0, abs=0.04)


def test_at_the_true_tie_the_path_is_right_again() -> None:
    found = mediation(*drawn(4, 40_000, tie=0.6)[:3])
    assert found.at(0.6).estimate == pytest.approx(0.5, abs=0.04)
    assert found.at(found.rho).estimate == pytest.approx(0.0, abs=1e-12)


def test_at_the_tie_of_the_limit_the_limits_reach_nothing() -> None:
    found = mediation(*drawn(5)[:3])
    assert 0 < found.rho_limit < found.rho
    assert found.at(found.rho_limit).low == pytest.approx(0.0, abs=0.03)


def test_nothing_is_needed_to_explain_away_what_is_not_seen() -> None:
    taken, mediator, _, _ = drawn(6)
    found = mediation(taken, mediator, np.arange(len(taken)) // 2 % 2)  # heads and tails, whatever the mediator is
    assert found.rho_limit == 0.0 and found.e_value.limit == 1.0


def test_limits_hold_the_truth_as_often_as_they_say() -> None:
    held = [mediation(*drawn(seed, 200)[:3]).through for seed in range(100)]
    assert 88 <= sum(one.low <= 0.5 <= one.high for one in held) <= 100


def test_rows_of_an_account_count_once() -> None:
    rows = drawn(7, 200)[:3]
    thrice = [np.repeat(column, 3) for column in rows]
    once, together = mediation(*rows), mediation(*thrice, account=np.repeat(np.arange(200), 3))
    assert together.through.std_error == pytest.approx(once.through.std_error, rel=0.01)
    assert mediation(*thrice).through.std_error < 0.7 * once.through.std_error


def test_rows_with_gaps_are_left_out() -> None:
    taken, mediator, outcome, _ = drawn(8, 200)
    gaps = np.where(np.arange(200) < 20, np.nan, mediator)
    assert mediation(taken, gaps, outcome).through.n == 180


@pytest.mark.slow
def test_it_agrees_with_statsmodels() -> None:
    import statsmodels.api as sm
    from statsmodels.stats.mediation import Mediation as Theirs

    taken, mediator, outcome, _ = drawn(10, 150)
    ours, constant = mediation(taken, mediator, outcome), np.ones(150)
    whole = sm.OLS(outcome, np.column_stack([constant, taken, mediator]))
    between = sm.OLS(mediator, np.column_stack([constant, taken]))
    np.random.seed(1)
    theirs = Theirs(whole, between, (1, 1), mediator=2).fit(method="parametric", n_rep=600).summary()
    for part, row in (("through", "ACME (average)"), ("direct", "ADE (average)"), ("total", "Total effect")):
        own = getattr(ours, part)
        assert theirs.loc[row, "Estimate"] == pytest.approx(own.estimate, abs=0.03)
        assert theirs.loc[row, "Lower CI bound"] == pytest.approx(own.low, abs=0.05)
        assert theirs.loc[row, "Upper CI bound"] == pytest.approx(own.high, abs=0.05)


@pytest.mark.parametrize(
    ("taken", "mediator", "outcome", "key"),
    [
        ([0, 1, 0], [0, 1, 2], [1, 2, 3], "impact.few_rows"),
        ([1] * 10, range(10), range(10), "impact.one_arm"),
        ([0, 1] * 5, [0, 1] * 5, range(10), "impact.alike_mediator"),
        ([0, 1] * 5, range(10), [3] * 10, "impact.alike_outcome"),
    ],
)
def test_data_that_tell_nothing_are_refused(taken, mediator, outcome, key: str) -> None:
    with pytest.raises(UsageError) as refused:
        mediation(np.array(taken), np.array([*mediator]), np.array([*outcome]))
    assert [fault.key for fault in refused.value.faults] == [key]


def test_a_mediator_that_is_all_there_is_ends_in_a_number() -> None:
    luck = np.random.default_rng(0).standard_normal((2, 40))
    taken = np.arange(40) % 2
    found = mediation(taken, taken + 1e-3 * luck[0], 2 * (taken + 1e-3 * luck[0]) + 1e-5 * luck[1])
    assert found.e_value.estimate == pytest.approx(199.5, abs=0.1)  # nothing unseen is so strong


def test_a_tie_of_one_is_refused() -> None:
    with pytest.raises(UsageError, match=r"rho = 1\.0"):
        mediation(*drawn(11)[:3]).at(1.0)


def test_what_would_explain_a_path_away_is_said_of_the_mediator() -> None:
    found = mediation(*drawn(12)[:3])
    assert "the mediator and the outcome" in found.e_value.text("en")
    assert found.e_value.estimate > found.e_value.limit > 1
