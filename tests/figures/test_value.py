"""Four ways to value a customer: each where its amount is, and the truth across all of them."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.axes import Axes

from cslab.faults import NotReady, UsageError
from cslab.figures.sheet import note_of
from cslab.figures.value import four_ways
from cslab.measure.estimate import Estimate

TRUTH = Estimate(1.6e6, 1.6e6, 1.6e6, 1075, "truth_expected")


def written(ax: Axes, kind: str) -> list[str]:
    """Words of a kind on the picture."""
    return [text.get_text() for text in ax.texts if text.get_gid() == kind]


def test_each_way_is_marked_at_its_amount_from_the_top(ways: pd.DataFrame) -> None:
    (panel,) = four_ways(ways).child_axes
    marks = [(line.get_xdata()[0], line.get_ydata()[0]) for line in panel.get_lines() if line.get_gid() == "mark"]
    assert marks == [(3.2e6, 0), (1.9e6, 1), (1.5e6, 2), (1.6e6, 3)]


def test_a_way_without_an_end_says_so(ways: pd.DataFrame) -> None:
    names = written(four_ways(ways), "name")
    assert [name.splitlines()[1] for name in names] == ["no end", "no end", "36 months", "36 months"]


def test_the_truth_is_a_line_across_all_ways_where_it_is_known(ways: pd.DataFrame) -> None:
    (panel,) = four_ways(ways, TRUTH, lang="ja").child_axes
    assert written(panel, "truth") == ["真の値 160万円"]
    assert written(four_ways(ways).child_axes[0], "truth") == []


def test_an_amount_that_nobody_can_tell_is_a_dash_and_leaves_the_others_in_place(ways: pd.DataFrame) -> None:
    unknown = ways.assign(estimate=[float("inf"), 1.9e6, 1.5e6, 1.6e6], low=0.0, high=float("inf"))
    assert written(four_ways(unknown), "number") == ["—", "¥1.9M", "¥1.5M", "¥1.6M"]


def test_the_note_says_margin_and_discount(ways: pd.DataFrame) -> None:
    assert "gross margin 80%, discount 10% a year" in note_of(four_ways(ways))


def test_nothing_to_draw_is_said_and_so_is_the_wrong_table(ways: pd.DataFrame) -> None:
    with pytest.raises(NotReady, match="no rows"):
        four_ways(ways.iloc[:0])
    with pytest.raises(UsageError, match="column way"):
        four_ways(ways.drop(columns="way"))
