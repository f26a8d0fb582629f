"""Adjusted effects against the truth, over a few companies; tests/bench/bench_effect_truth.py has the many."""

from __future__ import annotations

import pytest

import cslab
from cslab.faults import UsageError
from cslab.measure import effect
from tests.measure.coverage import holds

pytestmark = pytest.mark.slow
KNOWN = ["segment", "mrr0_amount", "trial_usage", "term_months"]
COMPANIES = 30


@pytest.fixture(scope="module")
def soft() -> list[effect.Trial]:
    """Companies whose tables hold all that decided who got which tier."""
    books = (cslab.load(f"synthetic:soft_rule?seed={seed}&accounts=2000") for seed in range(1, COMPANIES + 1))
    return [effect.trial(book, covariates=KNOWN, grace=0) for book in books]


@pytest.fixture(scope="module")
def truth() -> dict[tuple[str, str], float]:
    """What touch truly changes for other customers of that kind."""
    other = cslab.load("synthetic:soft_rule?seed=900000&accounts=50000").truth
    pairs = [("mid", "tech"), ("high", "mid")]
    gains = [other.effect(f"all_{one}", f"all_{two}", horizon=24, futures=1)["retained"].mean() for one, two in pairs]
    return dict(zip(pairs, map(float, gains), strict=True))


@pytest.mark.parametrize("pair", [("mid", "tech"), ("high", "mid")])
def test_doubly_robust_limits_hold_the_truth_where_everything_that_decided_is_known(soft, truth, pair):
    found = [effect.aipw(trial, pair) for trial in soft]
    assert holds(sum(one.low <= truth[pair] <= one.high for one in found), COMPANIES)


def test_the_plain_difference_counts_the_size_of_the_customer_as_touch(soft, truth):
    gaps = [float(effect.naive(trial, ("high", "mid"))) - float(effect.aipw(trial, ("high", "mid"))) for trial in soft]
    assert sum(gaps) / COMPANIES > 0.005


def test_high_against_tech_touch_is_refused_under_the_rule_of_every_company():
    for seed in range(1, 6):
        book = cslab.load(f"synthetic:default_jp?seed={seed}&accounts=2000")
        with pytest.raises(UsageError) as refused:
            effect.aipw(effect.trial(book, covariates=KNOWN), ("high", "tech"))
        assert refused.value.faults[0].key == "effect.no_overlap"


def test_what_a_csm_felt_has_to_be_known_or_help_looks_like_harm():
    without, given = [], []
    for seed in range(1, 16):
        book = cslab.load(f"synthetic:default_jp?seed={seed}&accounts=2000")
        felt, small = effect.struggling(book), "mrr0_amount < 80000"
        for found, who in ((without, small), (given, f"{small} and struggling")):
            trial = effect.trial(book, eligible=who, extra=felt, covariates=["mrr0_amount", "trial_usage"])
            one = effect.tried(effect.aipw, trial, ("mid", "tech"), on="treated")
            found.append(float(one)) if one else None
    assert sum(without) / len(without) < 0 < sum(given) / len(given)


def test_another_library_finds_the_same_effect():
    dml = pytest.importorskip("doubleml", reason="a cross-check for authors: pip install doubleml")
    from sklearn.linear_model import LogisticRegression

    from cslab.measure.effect.basis import basis

    trial = effect.trial(cslab.load("synthetic:soft_rule?seed=1&accounts=4000"), covariates=KNOWN, grace=0)
    trial = trial.between("high", "tech")
    ours = effect.aipw(trial)
    data = dml.DoubleMLData.from_arrays(
        basis(trial), trial.rows["outcome"].to_numpy(), (trial.rows["arm"] == "high").to_numpy(float)
    )
    learner = LogisticRegression(C=0.1, max_iter=1000)
    theirs = dml.DoubleMLIRM(data, learner, learner, n_folds=5, n_rep=5, normalize_ipw=True).fit()
    assert ours.estimate == pytest.approx(float(theirs.coef[0]), abs=0.5 * ours.std_error)
    assert ours.std_error == pytest.approx(float(theirs.se[0]), rel=0.2)
