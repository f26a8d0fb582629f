"""The log-rank test: by hand, against R and lifelines, and with late entry against a score test."""

import numpy as np
import pandas as pd
import pytest

from cslab.faults import UsageError
from cslab.measure.logrank import compare


def test_the_lung_data_give_the_statistic_of_r():
    from lifelines.datasets import load_lung

    data = load_lung()
    seen = pd.DataFrame({"duration": data["time"], "event": data["status"] == 1, "sex": data["sex"]})
    result = compare(seen, "sex")
    # R 4.2.2, survival 3.5-3: survdiff(Surv(time, status) ~ sex, data = lung)
    assert result.statistic == pytest.approx(10.326741954886, abs=1e-6)
    assert result.observed == {1: 112, 2: 53}
    assert list(result.expected.values()) == pytest.approx([91.581739029573, 73.418260970427], abs=1e-6)
    assert (result.degrees, result.n) == (1, 228)
    assert result.p_value == pytest.approx(0.0013, abs=5e-5)


def test_late_entry_takes_customers_out_of_the_early_months():
    # Month 1: a1, a2, b1 at risk, a1 leaves: expected of a 2/3, variance 2/9.
    # Month 2: a2, b1, b2 at risk (b2 entered after month 1), b1 leaves: expected of a 1/3, variance 2/9.
    # Month 3: a2, b2 at risk, a2 leaves: expected of a 1/2, variance 1/4.
    seen = pd.DataFrame(
        {
            "entry": [0, 0, 0, 1],
            "duration": [1, 3, 2, 3],
            "event": [True, True, True, False],
            "plan": ["a", "a", "b", "b"],
        }
    )
    result = compare(seen, "plan")
    assert result.expected == pytest.approx({"a": 2 / 3 + 1 / 3 + 1 / 2, "b": 1 / 3 + 2 / 3 + 1 / 2})
    assert result.statistic == pytest.approx((2 - 3 / 2) ** 2 / (2 / 9 + 2 / 9 + 1 / 4))


def simulated(size: int, seed: int) -> pd.DataFrame:
    draws = np.random.default_rng(seed)
    entry = draws.integers(0, 10, size) * (draws.random(size) < 0.4)
    return pd.DataFrame(
        {
            "entry": entry,
            "duration": entry + draws.integers(1, 25, size),
            "event": draws.random(size) < 0.6,
            "plan": draws.choice(["basic", "plus", "pro"], size),
        }
    )


def test_several_groups_without_late_entry_give_the_statistic_of_lifelines():
    from lifelines.statistics import multivariate_logrank_test

    seen = simulated(300, seed=2).assign(entry=0)
    theirs = multivariate_logrank_test(seen["duration"], seen["plan"], seen["event"])
    ours = compare(seen, "plan")
    assert (ours.statistic, ours.p_value) == pytest.approx((theirs.test_statistic, theirs.p_value), abs=1e-9)
    assert ours.degrees == 2


def test_with_late_entry_and_no_ties_it_is_the_score_test_of_cox_regression():
    from lifelines import CoxPHFitter

    seen = simulated(200, seed=3)
    seen = seen.assign(duration=seen["duration"] + np.arange(200) / 1000, pro=(seen["plan"] == "pro").astype(float))
    step = 1e-4
    fitted = CoxPHFitter().fit(seen[["entry", "duration", "event", "pro"]], "duration", "event", entry_col="entry")

    def likelihood(beta: float) -> float:
        """Partial log-likelihood with late entry, straight from its definition."""
        total = 0.0
        for row in seen[seen["event"]].itertuples():
            at_risk = seen[(seen["entry"] < row.duration) & (seen["duration"] >= row.duration)]
            total += beta * row.pro - np.log(np.exp(beta * at_risk["pro"]).sum())
        return total

    low, middle, high = (likelihood(beta) for beta in (-step, 0.0, step))
    score, information = (high - low) / (2 * step), -(high - 2 * middle + low) / step**2
    assert compare(seen, "pro").statistic == pytest.approx(score**2 / information, rel=1e-4)
    assert likelihood(fitted.params_["pro"]) == pytest.approx(fitted.log_likelihood_, abs=1e-6)


def test_renaming_and_reordering_the_groups_changes_nothing():
    seen = simulated(200, seed=4)
    turned = seen.sample(frac=1, random_state=1).replace({"plan": {"basic": "z", "pro": "a"}})
    assert compare(turned, "plan").statistic == pytest.approx(compare(seen, "plan").statistic, abs=1e-9)


def test_a_group_that_never_shares_a_month_with_another_adds_no_degree_of_freedom():
    seen = pd.DataFrame(
        {"entry": [0, 0, 0, 9], "duration": [1, 2, 3, 12], "event": True, "plan": ["a", "b", "b", "late"]}
    )
    assert compare(seen, "plan").degrees == 1


@pytest.mark.parametrize(("event", "plan", "key"), [(True, "a", "one_group"), (False, ["a", "b"], "nobody_left")])
def test_nothing_to_compare_is_said(event, plan, key):
    with pytest.raises(UsageError) as raised:
        compare(pd.DataFrame({"duration": [1, 2], "event": event, "plan": plan}), "plan")
    assert [fault.key for fault in raised.value.faults] == [key]
