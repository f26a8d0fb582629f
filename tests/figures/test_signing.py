"""Pictures of signing and of exits: what stands on them is what the numbers say."""

import pytest
from matplotlib.axes import Axes

from cslab.figures import exits, signing
from cslab.words import word
from tests.figures.signing_frames import contest, expected, lines, quarters, renewals, returned


def said(ax: Axes, kind: str) -> list[str]:
    """The words of a kind on a picture."""
    return [text.get_text() for text in ax.texts if text.get_gid() == kind]


def test_each_group_says_what_was_expected_and_what_it_earned_with_the_truth_beside():
    ax = signing.by_predicted(expected([-2e5, 5e5, 1.6e6]), expected([-3e5, 7e5, 1.5e6], 0.0))
    assert said(ax, "number") == ["-¥200k", "-¥300k", "¥500k", "¥700k", "¥1.6M", "¥1.5M"]
    assert said(ax, "name")[0] == "expected 0.8 times its cost (n = 40)"


def test_a_line_shows_where_declining_pays_in_theory_and_the_rule_of_three_is_not_drawn():
    ax = signing.cutoffs(lines([0.0, 2e4, -6e4, -7e5]))
    theory = next(line for line in ax.get_lines() if line.get_label() == "_theory")
    gain = next(line for line in ax.get_lines() if line.get_gid() == "role")
    assert theory.get_xdata()[0] == pytest.approx(0.8)
    assert list(gain.get_xdata()) == [0.0, 0.8, 1.2]


def test_renewals_are_told_apart_under_a_heading_each_and_what_is_not_known_has_no_number():
    ax = signing.contest(renewals())
    assert [name for name in said(ax, "name") if "renewals" in name] == [
        "First renewals (700, 100 refused)", "Later renewals (700, 100 refused)"
    ]  # fmt: skip
    assert said(ax, "number")[:2] == [word("verdict.none"), "0.63"]
    assert len(said(signing.contest(contest()), "number")) == 3


def test_the_curve_of_all_who_left_is_not_drawn_beside_easy_and_hard():
    ax = exits.winback(returned())
    assert [line.get_label() for line in ax.get_lines()] == ["easy exits", "hard exits"]
    assert said(ax, "end") == ["easy exits\n6.0%", "hard exits\n2.0%"]


def test_every_bar_says_its_count_and_every_quarter_its_months():
    ax = exits.recorded(quarters(), lang="ja")
    assert said(ax, "number") == ["30"] * 4 + ["20", "30", "30", "30"]
    assert next(text.get_text() for text in ax.get_xticklabels()) == "2024年\n4〜6月"
