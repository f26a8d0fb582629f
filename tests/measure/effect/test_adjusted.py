"""Adjusted effects on lists whose truth is seen by eye, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab.faults import UsageError
from cslab.measure import effect
from cslab.measure.effect.pseudo import pseudo_months
from cslab.measure.restricted import restricted_mean

ADJUSTING = (effect.stratified, effect.ipw, effect.aipw)


def confounded(n: int = 1_200, gain: float = 2.0, seed: int = 1) -> pd.DataFrame:
    """Large customers get touch three times as often and bring 10 more anyway; touch brings ``gain``."""
    draw = np.random.default_rng(seed)
    large = draw.integers(0, 2, n)
    touch = (draw.random(n) < np.where(large == 1, 0.75, 0.25)).astype(int)
    brought = 10.0 * large + gain * touch + draw.normal(size=n)
    return pd.DataFrame({"touch": touch, "large": large, "brought": brought, "noise": draw.normal(size=n)})


def trial(frame: pd.DataFrame, *covariates: str) -> effect.Trial:
    return effect.of_frame(frame, "touch", "brought", list(covariates) or ["large"])


def test_the_plain_difference_counts_size_as_touch() -> None:
    found = effect.naive(trial(confounded()))
    assert found.low > 6  # 2 of touch, and half of the 10 of size


@pytest.mark.parametrize("way", ADJUSTING)
def test_every_adjustment_finds_the_two_that_touch_brings(way: Callable[..., effect.Effect]) -> None:
    found = way(trial(confounded()))
    assert found.low < 2 < found.high
    assert found.high - found.low < 0.6


@pytest.mark.parametrize("way", ADJUSTING)
def test_after_adjustment_the_arms_are_alike_in_size(way: Callable[..., effect.Effect]) -> None:
    apart = way(trial(confounded())).balance.set_index("covariate").loc["large"]
    assert apart["before"] > 0.8
    assert abs(apart["after"]) < 0.1


def test_the_effect_on_the_treated_differs_where_large_customers_gain_more() -> None:
    frame = confounded(gain=0.0)
    frame["brought"] += frame["touch"] * np.where(frame["large"] == 1, 4.0, 0.0)
    assert float(effect.aipw(trial(frame))) == pytest.approx(2.0, abs=0.3)  # half of them are large
    assert float(effect.aipw(trial(frame), on="treated")) == pytest.approx(3.0, abs=0.3)  # three in four of the touched


def test_several_arms_are_adjusted_on_all_customers_at_once() -> None:
    draw = np.random.default_rng(3)
    size = draw.normal(size=1_500)
    arm = np.array(["tech", "mid", "high"])[draw.integers(0, 3, 1_500)]
    brought = size + pd.Series(arm).map({"tech": 0.0, "mid": 1.0, "high": 3.0}) + 0.1 * draw.normal(size=1_500)
    found = effect.of_frame(pd.DataFrame({"arm": arm, "brought": brought, "size": size}), "arm", "brought", ["size"])
    assert found.arms == ("tech", "mid", "high")
    assert float(effect.aipw(found, ("high", "mid"))) == pytest.approx(2.0, abs=0.05)
    with pytest.raises(UsageError, match="Which two arms"):
        effect.aipw(found)


def test_without_common_support_the_table_says_who_is_missing_and_who_could_be_compared() -> None:
    draw = np.random.default_rng(2)
    size = draw.uniform(1, 100, 900)
    arm = np.select([size < 30, size < 60], ["tech", np.where(draw.random(900) < 0.5, "tech", "mid")], "high")
    frame = pd.DataFrame({"arm": arm, "kept": 1.0 * (draw.random(900) < 0.7), "size": size})
    found = effect.of_frame(frame, "arm", "kept", ["size"])
    with pytest.raises(UsageError) as refused:
        effect.aipw(found, ("high", "tech"))
    (fault,) = refused.value.faults
    assert fault.key == "effect.no_overlap"
    text = fault.text("en")
    comparable = text[text.index("What could be compared") :]
    assert "tech touch" in text.splitlines()[1]
    assert "mid touch – tech touch" in comparable
    assert "high touch" not in comparable


def test_a_stratum_in_which_all_get_the_same_is_named() -> None:
    frame = confounded(60)
    frame["touch"] = frame["large"]
    with pytest.raises(UsageError, match="large 1: 1 "):
        effect.stratified(trial(frame))


def test_every_covariate_with_gaps_is_named_with_their_number() -> None:
    frame = confounded(100)
    frame.loc[:2, "large"] = np.nan
    frame.loc[0, "noise"] = np.inf
    with pytest.raises(UsageError) as refused:
        effect.aipw(trial(frame, "large", "noise"))
    assert [(fault.values["name"], fault.values["count"]) for fault in refused.value.faults] == [
        ("large", 3),
        ("noise", 1),
    ]


def test_an_arm_with_a_handful_of_customers_is_not_adjusted() -> None:
    frame = confounded(100)
    frame["touch"] = (np.arange(100) < 7).astype(int)
    with pytest.raises(UsageError, match="Arm 1 has 7 customers"):
        effect.aipw(trial(frame))


def test_an_arm_of_which_all_stayed_has_no_spread_and_is_refused() -> None:
    frame = confounded(200).assign(brought=lambda rows: 1.0 * ((rows["touch"] == 1) | (rows["noise"] > 0)))
    with pytest.raises(UsageError, match=r"All \d+ customers of arm 1"):
        effect.aipw(trial(frame))


def test_a_giant_moves_the_mean_and_not_the_capped_one() -> None:
    frame = confounded()
    giant = frame.index[frame["touch"] == 1][0]
    frame.loc[giant, "brought"] = 100_000.0
    assert abs(float(effect.aipw(trial(frame))) - 2) > 20
    assert float(effect.aipw(trial(frame), cap=0.99)) == pytest.approx(2.0, abs=0.3)


def test_rows_of_one_cluster_count_together_in_the_error() -> None:
    frame = pd.concat([confounded(300)] * 4, ignore_index=True)
    frame["company"] = np.arange(len(frame)) % 300
    alone = effect.aipw(trial(frame))
    together = effect.aipw(effect.of_frame(frame, "touch", "brought", ["large"], cluster="company"))
    assert together.std_error == pytest.approx(2 * alone.std_error, rel=0.1)


def test_pseudo_months_have_the_mean_and_the_error_of_the_area_under_the_curve() -> None:
    draw = np.random.default_rng(4)
    ends, watched = draw.geometric(0.05, 400), draw.integers(5, 40, 400)
    seen = pd.DataFrame({"duration": np.minimum(ends, watched), "event": ends <= watched})
    area = restricted_mean(seen, 24)
    months = pseudo_months(
        np.minimum(seen["duration"], 24).to_numpy(), (seen["event"] & (seen["duration"] <= 24)).to_numpy(), 24
    )
    assert months.mean() == pytest.approx(area.estimate, abs=1e-9)
    assert months.std(ddof=1) / 20 == pytest.approx(area.std_error, rel=0.02)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(shift=st.floats(-5, 5), scale=st.floats(0.5, 20))
def test_another_unit_of_the_outcome_is_another_unit_of_the_effect(shift: float, scale: float) -> None:
    frame = confounded(200)
    plain = effect.aipw(trial(frame))
    other = effect.aipw(trial(frame.assign(brought=shift + scale * frame["brought"])))
    assert other.estimate == pytest.approx(scale * plain.estimate, rel=1e-6, abs=1e-6)
    assert other.std_error == pytest.approx(scale * plain.std_error, rel=1e-6)


def test_naming_the_arms_the_other_way_round_turns_the_sign() -> None:
    found = trial(confounded(300))
    for way in (effect.naive, *ADJUSTING):
        assert float(way(found, ("0", "1"))) == pytest.approx(-float(way(found, ("1", "0"))))


def test_everything_that_is_said_of_an_effect_is_said_in_both_languages() -> None:
    found = effect.aipw(trial(confounded(300)), on="treated", cap=0.9)
    for lang in ("en", "ja"):
        for part in (found.estimand, found.population, found.identification, found.sensitivity):
            assert "{" not in part.text(lang)


def test_the_effect_on_a_rare_treatment_needs_counterparts_of_the_treated_only() -> None:
    draw = np.random.default_rng(6)
    size = draw.normal(size=4_000)
    touch = (draw.random(4_000) < 0.03 * np.where(size > 0, 1.9, 0.1)).astype(int)
    frame = pd.DataFrame({"touch": touch, "size": size, "brought": size + 2.0 * touch + draw.normal(size=4_000)})
    seen = effect.of_frame(frame, "touch", "brought", ["size"])
    with pytest.raises(UsageError, match="cannot be compared"):
        effect.aipw(seen)
    found = effect.aipw(seen, on="treated")
    assert found.low < 2 < found.high


def test_the_e_value_starts_from_the_share_that_adjustment_gives_the_other_arm() -> None:
    frame = confounded(4_000)
    draw = np.random.default_rng(8)
    frame["brought"] = 1.0 * (draw.random(4_000) < 0.5 + 0.4 * frame["large"] + 0.05 * frame["touch"])
    found = effect.aipw(trial(frame))
    ratio = (1 - 0.7) / (1 - 0.7 - found.estimate)  # half of them are large: 0.7 without touch
    assert found.sensitivity.estimate == pytest.approx(ratio + np.sqrt(ratio * (ratio - 1)), abs=0.1)
