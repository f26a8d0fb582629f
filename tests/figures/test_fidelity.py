"""A company beside published figures: band, mark, numbers and grade of each row."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.axes import Axes

from cslab.faults import NotReady, UsageError
from cslab.figures.fidelity import published
from cslab.figures.sheet import note_of


def written(ax: Axes, kind: str) -> list[str]:
    """Words of a kind on the picture."""
    return [text.get_text() for text in ax.texts if text.get_gid() == kind]


def test_each_row_says_what_is_published_what_is_here_and_the_grade(beside_published: pd.DataFrame) -> None:
    ax = published(beside_published)
    assert written(ax, "published") == ["100%–110%", "10%–11%", "40%", "1.3–1.4"]
    assert written(ax, "here") == ["104%", "15%", "40%", "—"]
    assert written(ax, "grade") == ["B", "B", "B", "C"]


def test_the_rows_that_must_hold_are_marked_and_the_mark_is_explained(beside_published: pd.DataFrame) -> None:
    names = written(published(beside_published, lang="ja"), "name")
    assert [name.endswith("◆") for name in names] == [True, False, False, False]
    assert "◆" in note_of(published(beside_published))
    assert "◆" not in note_of(published(beside_published.assign(must_hold=False)))


def test_marks_and_bands_lie_on_the_rows_own_scale(beside_published: pd.DataFrame) -> None:
    (panel,) = published(beside_published).child_axes
    first, second, third = (line for line in panel.get_lines() if line.get_gid() == "mark")
    assert first.get_xdata()[0] == pytest.approx((1.04 - 0.99) / (1.10 - 0.99))
    assert second.get_xdata()[0] == pytest.approx((0.15 - 0.10) / (0.17 - 0.10))
    assert third.get_xdata()[0] == 0
    bands = {patch.get_gid(): patch for patch in panel.patches}
    assert bands["nrr_year"].get_x() == pytest.approx((1.0 - 0.99) / 0.11)
    assert bands["nrr_year"].get_width() == pytest.approx(0.1 / 0.11)


def test_inside_and_outside_differ_in_shape_and_not_only_in_colour(beside_published: pd.DataFrame) -> None:
    (panel,) = published(beside_published).child_axes
    assert [line.get_marker() for line in panel.get_lines() if line.get_gid() == "mark"] == ["o", "s", "o"]


def test_a_figure_published_as_one_number_can_still_be_seen(beside_published: pd.DataFrame) -> None:
    (panel,) = published(beside_published).child_axes
    assert next(patch for patch in panel.patches if patch.get_gid() == "expansion_share").get_width() > 0.01


def test_nothing_to_draw_is_said_and_so_is_the_wrong_table(beside_published: pd.DataFrame) -> None:
    with pytest.raises(NotReady, match="no rows"):
        published(beside_published.iloc[:0])
    with pytest.raises(UsageError, match="column grade"):
        published(beside_published.drop(columns="grade"))
