"""A verdict holds two numbers against the truth."""

from __future__ import annotations

import pytest

from cslab.course.verdicts import Number, Verdict
from cslab.faults import UsageError
from cslab.measure.estimate import Estimate
from cslab.words import LANGUAGES


def verdict(naive=0.5, better=0.2, truth=0.1, synthetic=True) -> Verdict:
    return Verdict.of("M01", naive, better, truth, synthetic)


def test_the_number_nearer_to_the_truth_is_marked():
    assert verdict().nearer is True
    assert verdict(naive=0.11).nearer is False


def test_numbers_that_read_the_same_are_no_difference():
    same = verdict(naive=0.2, better=0.2)
    assert same.equal and same.nearer is None
    assert "No difference here" in same.mark("en") and "差がありません" in same.mark("ja")
    assert "farther" not in same._html("", "", "en")


def test_a_source_without_a_truth_does_not_hide_it():
    exported = Verdict.of("M01", 0.5, 0.2, None, synthetic=True, carried=False)
    assert "A folder carries no truth" in exported.mark("en")


def test_nothing_is_marked_where_the_truth_is_not_known():
    assert verdict(truth=None).nearer is None


@pytest.mark.parametrize(
    ("synthetic", "expected"), [(True, "not shown in this run"), (False, "nobody knows the truth")]
)
def test_a_missing_truth_is_said_in_words(synthetic, expected):
    assert expected in verdict(truth=None, synthetic=synthetic).mark("en")


def test_an_interval_that_holds_the_truth_is_said_so():
    estimate = Estimate(0.2, 0.05, 0.35, 40, "km")
    assert "its interval contains it" in verdict(better=estimate).mark("en")
    assert "interval" not in verdict(better=Estimate(0.2, 0.15, 0.35, 40, "km")).mark("en")


def test_a_number_that_is_not_finite_counts_as_not_known():
    assert verdict(better=float("nan")).better is None


def test_an_estimate_without_limits_has_no_interval():
    estimate = Estimate(0.2, float("nan"), float("nan"), 40, "km")
    assert verdict(better=estimate).better == Number(0.2)


def test_a_verdict_can_be_made_again_from_its_record():
    first = Verdict.of("M01", Estimate(0.5, 0.4, 0.6, 10, "km"), 0.2, None, True)
    record = first.record()
    assert Verdict.of("M01", record["naive"], record["better"], record["truth"], record["synthetic"]) == first


def test_an_unknown_misconception_is_refused():
    with pytest.raises(UsageError, match="M77"):
        Verdict.of("M77", 1, 2, 3, True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_state_has_its_words_in_both_languages(lang):
    held = Estimate(0.2, 0.05, 0.35, 40, "km")
    states = [verdict(), verdict(better=held), verdict(naive=0.1), verdict(naive=0.1, better=held), verdict(naive=None),
              verdict(truth=None), verdict(truth=None, synthetic=False)]  # fmt: skip
    assert len({state.mark(lang) for state in states}) == 7


def test_limits_repeat_neither_the_word_before_nor_the_unit_behind():
    from cslab.course import verdicts

    assert verdicts._without_repetition("残存58.6%", "残存64.9%") == ("残存58.6", "64.9%")
    assert verdicts._without_repetition("-3.1 months", "2.0 months") == ("-3.1", "2.0 months")
    assert verdicts._without_repetition("継続率 +0.4ポイント", "継続率 +6.0ポイント") == ("継続率 +0.4", "+6.0ポイント")


def test_the_limits_of_a_truth_are_not_called_those_of_a_sample():
    found = Verdict("M01", Number(3), Number(2, 1, 3), Number(2.5, 2.4, 2.6), True).lines("en")
    assert found[1][2].startswith("95 %")
    assert found[2][2].startswith("computing error")


def test_a_difference_of_shares_is_written_in_points():
    assert Verdict("M11", Number(0.25), None, None, True).lines("en")[0][1] == "25.0 points less churn"
