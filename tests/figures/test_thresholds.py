"""The lines of touch as a picture: a row a pair, its hours, GRR and money where the frame says."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from cslab.faults import NotReady, UsageError
from cslab.figures.sheet import note_of
from cslab.figures.touch import thresholds


def written(ax: Axes, kind: str) -> list[str]:
    """Words of a kind on a panel."""
    return [text.get_text() for text in ax.texts if text.get_gid() == kind]


def marks(ax: Axes) -> list[tuple[float, float]]:
    """Where the marks of a panel stand."""
    return [(line.get_xdata()[0], line.get_ydata()[0]) for line in ax.get_lines() if line.get_gid() == "mark"]


def test_the_bars_are_as_long_as_the_hours_from_the_top(lines_tried: pd.DataFrame) -> None:
    hours = thresholds(lines_tried).child_axes[0]
    bars = [patch for patch in hours.patches if isinstance(patch, Rectangle)]
    assert [bar.get_width() for bar in bars] == [1400, 950, 600]
    assert hours.yaxis_inverted() and written(hours, "number") == ["1,400", "950", "600"]


def test_grr_and_money_are_marked_at_their_numbers(lines_tried: pd.DataFrame) -> None:
    _, grr, more = thresholds(lines_tried).child_axes
    assert marks(grr) == [(0.84, 0), (0.83, 1), (0.82, 2)]
    assert marks(more) == [(-1.8e6, 0), (0, 1), (2.3e5, 2)]


def test_whiskers_reach_from_limit_to_limit(lines_tried: pd.DataFrame) -> None:
    more = thresholds(lines_tried).child_axes[2]
    ends = [tuple(segment[:, 0]) for whisker in more.collections for segment in whisker.get_segments()]
    assert ends == [(-2.3e6, -1.3e6), (0, 0), (-5.7e5, 1.03e6)]


def test_each_row_names_its_lines_and_whose_they_are(lines_tried: pd.DataFrame) -> None:
    both = pd.concat([lines_tried.assign(yours=False), lines_tried[2:].assign(yours=True)])
    names = written(thresholds(both, lang="ja").child_axes[0], "lines")
    assert [name.splitlines() for name in names] == [
        ["4万円 / 20万円"],
        ["8万円 / 40万円", "いまの線引き"],
        ["16万円 / 80万円"],
        ["16万円 / 80万円", "あなたの線引き"],
    ]


def test_money_is_written_with_its_sign_in_the_companys_currency(lines_tried: pd.DataFrame) -> None:
    lines_tried.attrs["currency"] = "USD"
    assert written(thresholds(lines_tried).child_axes[2], "number") == ["−$1.8M", "±0", "+$230.0k"]


def test_the_note_says_who_how_long_and_what_an_hour_costs(lines_tried: pd.DataFrame) -> None:
    note = note_of(thresholds(lines_tried))
    assert "n = 757 customers" in note and "first 36 months" in note and "31 Mar 2025" in note
    assert "1,000 hours cost ¥6.4M (grade S)" in note and "growth not counted" in note


def test_a_small_change_of_grr_looks_small(lines_tried: pd.DataFrame) -> None:
    assert thresholds(lines_tried).child_axes[1].get_xlim() == (0.5, 1.0)
    assert thresholds(lines_tried.assign(grr_low=0.33)).child_axes[1].get_xlim()[0] == pytest.approx(0.3)


def test_nothing_to_draw_is_said_and_so_is_the_wrong_table(lines_tried: pd.DataFrame) -> None:
    with pytest.raises(NotReady, match="no rows"):
        thresholds(lines_tried.iloc[:0])
    with pytest.raises(UsageError, match="column more_low"):
        thresholds(lines_tried.drop(columns="more_low"))
