"""Usage before a renewal and the gap between those who left and those who stayed."""

from __future__ import annotations

import pandas as pd
import pytest

from cslab.faults import NotReady, UsageError
from cslab.figures.sheet import note_of
from cslab.figures.survival import usage_before_renewal, usage_gap

from .conftest import compared


def test_paths_run_towards_the_contract_end_at_nought(usage_paths: pd.DataFrame) -> None:
    left, stayed = usage_before_renewal(usage_paths).get_lines()
    assert left.get_xdata().tolist() == [-6, -5, -4, -3, -2, -1]
    assert left.get_ydata().tolist() == pytest.approx([0.58, 0.55, 0.52, 0.49, 0.46, 0.43])
    assert set(stayed.get_ydata()) == {0.60}


def test_the_months_after_the_decision_are_shaded_and_say_so(usage_paths: pd.DataFrame) -> None:
    ax = usage_before_renewal(usage_paths)
    assert ax.patches[0].get_x() == -2
    assert [text.get_text() for text in ax.texts if text.get_gid() == "lag"] == ["already\ndecided"]


def test_both_groups_are_named_at_their_ends_and_counted(usage_paths: pd.DataFrame) -> None:
    ax = usage_before_renewal(usage_paths, lang="ja")
    assert [text.get_text() for text in ax.texts if text.get_gid() == "end"] == ["解約した顧客", "継続した顧客"]
    assert "解約した顧客 n = 30 / 継続した顧客 n = 90" in note_of(ax)


def test_a_gap_is_written_for_each_comparison_in_points() -> None:
    ax = usage_gap(compared(0.2, 0.6), compared(0.5, 0.6), compared(0.52, 0.6))
    assert [text.get_text() for text in ax.texts if text.get_gid() == "gap"] == ["gap 40 pt", "gap 10 pt", "gap 8 pt"]


def test_dots_stand_at_the_means_row_by_row() -> None:
    ax = usage_gap(compared(0.2, 0.6), compared(0.5, 0.6))
    dots = {line.get_label(): line.get_xydata().tolist() for line in ax.get_lines() if len(line.get_xdata()) == 1}
    assert dots["naive left"] == [[0.2, 0]] and dots["naive stayed"] == [[0.6, 0]]
    assert dots["better left"] == [[0.5, -1]] and dots["better stayed"] == [[0.6, -1]]


def test_the_aligned_row_says_how_long_before_the_decision_and_both_say_how_many() -> None:
    ax = usage_gap(compared(0.2, 0.6), compared(0.5, 0.6), months_before=3)
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "as of today\nn = 30 / 90",
        "3 months before\nthe decision\nn = 30 / 90",
    ]


def test_a_comparison_without_one_of_the_groups_is_refused() -> None:
    with pytest.raises(UsageError, match="stayed"):
        usage_gap(compared(0.2, 0.6), compared(0.5, 0.6).iloc[:1])


def test_empty_results_are_refused(usage_paths: pd.DataFrame) -> None:
    with pytest.raises(NotReady, match="no rows"):
        usage_before_renewal(usage_paths.iloc[:0])
    with pytest.raises(NotReady, match="no rows"):
        usage_gap(compared(0.2, 0.6).iloc[:0], compared(0.5, 0.6))
