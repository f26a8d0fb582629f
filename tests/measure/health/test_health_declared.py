"""Declared scores: what a value earns, what a gap counts as, which way round a score reads, and what is refused."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab.faults import DataError, UsageError
from cslab.measure import health
from cslab.measure.health.declared import Bands, Declaration, Measure, Slope, Tiers

TWO = (Measure("nps", 3, Slope(0, 10)), Measure("csat", 1, Slope(1, 5)))
OWN = Declaration("own", "bands", "healthy", 100, "ignore", 40, 70, TWO)
BANDS = """
name: own
style: bands
high: healthy
full: 10
nulls: ignore
red: 4
green: 7
measures:
  wau_ratio: {weight: 2, nothing_at: 0.25, all_at: 0.5}
"""
POINTS = """
name: own
style: points
high: healthy
full: 100
nulls: zero
red: 40
green: 70
measures:
  wau_ratio:
    tiers: [{up_to: 0.3, points: 0}, {points: 60}]
  nps:
    tiers: [{up_to: 6, points: 0}, {points: 40}]
"""


@pytest.mark.parametrize(
    ("nulls", "score"),
    [("ignore", 80.0), ("zero", 60.0), ("middle", 72.5)],  # 3 of 4 parts known, earning .8: 2.4 of 3 or of 4, or + .5
)
def test_the_rule_for_gaps_decides_what_a_half_known_customer_scores(nulls: str, score: float) -> None:
    found, known = replace(OWN, nulls=nulls).combined(np.array([[0.8, np.nan]]))
    assert found.tolist() == pytest.approx([score]) and known.tolist() == [0.75]


@pytest.mark.parametrize("nulls", ["ignore", "zero", "middle"])
def test_who_is_not_known_at_all_has_no_score(nulls: str) -> None:
    assert np.isnan(replace(OWN, nulls=nulls).combined(np.array([[np.nan, np.nan]]))[0][0])


@given(st.lists(st.one_of(st.floats(0, 1), st.just(float("nan"))), min_size=2, max_size=2))
def test_a_score_lies_between_nothing_and_full(shares: list[float]) -> None:
    for nulls in ("ignore", "zero", "middle"):
        score = replace(OWN, nulls=nulls).combined(np.array([shares]))[0][0]
        assert np.isnan(score) or -1e-9 <= score <= 100 + 1e-9


@given(st.floats(-5, 5), st.floats(-5, 5).filter(lambda value: abs(value) > 0.01), st.floats(-5, 5), st.floats(0, 5))
def test_nearer_to_what_earns_all_never_earns_less(start: float, way: float, value: float, more: float) -> None:
    for shape in (Slope(start, start + way), Bands(start, start + way)):
        earned = shape.share(np.array([value, value + np.sign(way) * more]))
        assert earned[0] <= earned[1] + 1e-12


def test_a_tier_includes_its_top() -> None:
    assert Tiers((0.3,), (0.0, 60.0)).share(np.array([0.3, 0.31])).tolist() == [0.0, 1.0]


def test_a_score_of_risk_reads_the_other_way_round_in_every_respect() -> None:
    risk = replace(OWN, high="risk", red=70, green=40)
    score = np.array([80.0, 20.0])
    assert OWN.colours(score).tolist() == ["green", "red"] and risk.colours(score).tolist() == ["red", "green"]
    assert OWN.as_said(score).tolist() == pytest.approx([0.2, 0.8])
    assert risk.as_said(score).tolist() == pytest.approx([0.8, 0.2])
    assert (risk.risk_order(score) == -OWN.risk_order(score)).all()


def test_the_files_of_the_kit_say_direction_and_gaps_and_cover_the_four_parts() -> None:
    dear = health.declared("dear")
    assert {measure.part for measure in dear.measures} == {"deployment", "engagement", "adoption", "roi"}
    assert sum(measure.weight for measure in health.declared("points").measures) == 100
    assert health.declared("model").nulls == "indicator"


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("high: healthy\n", "", "line 1: own.yaml: the key high is missing"),
        ("high: healthy", "high: good", "line 4: high = good"),
        ("nulls: ignore\n", "", "line 1: own.yaml: the key nulls is missing"),
        ("nulls: ignore", "nulls: indicator", "line 6: nulls = indicator"),
        ("red: 4", "red: 8", "line 7: red 8 and green 7 run against high: healthy"),
        ("wau_ratio: {", "wau_rato: {", "line 10: wau_rato: no such signal; nearest: wau_ratio"),
        ("all_at: 0.5", "all_at: 0.25", "line 10: wau_ratio: nothing_at and all_at are both 0.25"),
        ("weight: 2", "weight: 0", "line 10: measures.wau_ratio.weight = 0"),
        ("weight: 2, ", "", "line 10: measures.wau_ratio: the key weight is missing"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(was: str, becomes: str, told: str) -> None:
    with pytest.raises(DataError) as caught:
        health.read_score(BANDS.replace(was, becomes), "own.yaml")
    assert told in caught.value.text("en")


def test_all_that_is_wrong_is_told_at_once_in_both_languages() -> None:
    wrong = BANDS.replace("high: healthy\n", "").replace("wau_ratio", "wau_rato").replace("weight: 2, ", "")
    with pytest.raises(DataError) as caught:
        health.read_score(wrong, "own.yaml")
    assert sorted(fault.key for fault in caught.value.faults) == [
        *("declared.missing_key", "declared.missing_key", "health.unknown_signal")
    ]
    assert "この指標はありません" in caught.value.text("ja")


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("points: 60", "points: 50", "total 90, not 100 (+10 to go)"),
        ("{up_to: 0.3, points: 0}, {points: 60}", "{points: 60}", "wau_ratio: tiers need two or more"),
        (
            "{up_to: 0.3, points: 0}, {points: 60}",
            "{up_to: 0.3, points: 60}, {up_to: 0.2, points: 0}",
            "wau_ratio: tiers",
        ),
    ],
)
def test_points_total_100_and_tiers_rise(was: str, becomes: str, told: str) -> None:
    with pytest.raises(DataError) as caught:
        health.read_score(POINTS.replace(was, becomes), "own.yaml")
    assert told in caught.value.text("en")


def test_a_dear_score_without_one_of_its_parts_is_refused() -> None:
    text = BANDS.replace("bands", "dear").replace("{weight", "{part: adoption, weight")
    with pytest.raises(DataError, match="deployment, engagement, roi"):
        health.read_score(text, "own.yaml")


def test_a_file_of_ones_own_is_read_by_its_path(tmp_path: Path) -> None:
    place = tmp_path / "own.yaml"
    place.write_text(POINTS, encoding="utf-8")
    assert health.declared(str(place)).name == "own"


def test_an_unknown_score_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="dear"):
        health.declared("deer")
