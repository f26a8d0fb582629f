"""One series against another some months before, as anybody computes it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cslab.faults import UsageError
from cslab.measure.impact.lagged import lagged
from tests.measure.coverage import holds

N, T = 60, 30


def drawn(seed: int = 1) -> np.ndarray:
    """A value a customer and month that follows its own past."""
    draw = np.random.default_rng(seed)
    values = draw.normal(size=(N, T))
    for month in range(1, T):
        values[:, month] += 0.6 * values[:, month - 1]
    return values


def driven(source: np.ndarray, lag: int = 2, effect: float = 1.0, seed: int = 9) -> pd.DataFrame:
    """What follows a source some months later, beside its own level, a season and noise."""
    draw = np.random.default_rng(seed)
    values = draw.normal(size=(N, 1)) * 3 + np.sin(np.arange(T)) + draw.normal(size=(N, T))
    values[:, lag:] += effect * source[:, : T - lag]
    return pd.DataFrame(values)


def test_it_is_the_fields_regression_with_account_and_month_effects():
    import statsmodels.api as sm

    source = drawn()
    source[:5, :7] = np.nan  # some come later
    target = driven(np.nan_to_num(source))
    frame = pd.DataFrame(source)
    moved = frame.shift(2, axis=1)
    there = moved.notna().to_numpy()
    who, month = np.nonzero(there)
    columns = np.column_stack([moved.to_numpy()[there], np.eye(N)[who], np.eye(T)[month][:, 3:]])
    theirs = sm.OLS(target.to_numpy()[there], columns).fit(cov_type="cluster", cov_kwds={"groups": who})
    found = lagged(target, frame, 2)
    assert found.estimate == pytest.approx(theirs.params[0])
    free = (there.sum() - 1) / (there.sum() - columns.shape[1])  # they count the constants as lost, we do not
    assert found.std_error == pytest.approx(theirs.bse[0] / np.sqrt(free), rel=1e-3)
    assert found.n == N


def test_a_lead_is_off_where_the_target_comes_first():
    target = pd.DataFrame(drawn())
    follows = driven(target.to_numpy(), lag=1)
    assert lagged(target, follows, 2).lead_p < 0.001


def test_a_lead_is_quiet_where_the_source_comes_first():
    source = pd.DataFrame(drawn())
    found = [lagged(driven(source.to_numpy(), 2, seed=seed), source, 2).lead_p for seed in range(200)]
    assert holds(sum(p > 0.05 for p in found), 200)


def test_a_lead_is_held_against_all_months_in_which_the_source_still_works():
    """A count of meetings every fourth month, each of which works for six months: its past tells its next step."""
    since = np.arange(N)[:, None] % 12
    count = np.maximum((np.arange(T) - since) // 4, 0).astype(float)
    pace = np.random.default_rng(1).permutation(np.arange(N) % 2)[:, None]
    source = count * pace
    effect = sum(np.pad(source, ((0, 0), (lag, 0)))[:, :T] for lag in range(1, 7))
    target = pd.DataFrame(effect + np.random.default_rng(2).normal(0, 0.3, (N, T)))
    assert lagged(target, pd.DataFrame(source), 1).lead_p < 0.001  # what later lags do is taken for a lead
    assert lagged(target, pd.DataFrame(source), 1, longest=6).lead_p > 0.001


def test_a_control_takes_out_what_moves_both():
    cause = drawn(3)
    source = pd.DataFrame(drawn(4) + 2 * cause)
    target = driven(cause, lag=2, effect=2.0)
    wrong, right = lagged(target, source, 2), lagged(target, source, 2, [pd.DataFrame(cause)])
    assert wrong.low > 0.2
    assert abs(right.estimate) < 0.1 and right.low < 0 < right.high


@pytest.mark.parametrize("lag", [2, T + 5])
def test_a_source_that_never_varies_within_a_customer_is_refused(lag):
    still = pd.DataFrame(np.outer(np.arange(N), np.ones(T)))
    with pytest.raises(UsageError, match="hardly varies"):
        lagged(driven(drawn()), still, lag)
