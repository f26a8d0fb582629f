"""Scorecard, tree and causes: every KPI with its lamp, every node below its parent, the leaders marked."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from cslab.faults import NotReady, UsageError
from cslab.figures.kpis import LAMPS, LEAD, causes, scorecard, tree
from cslab.figures.sheet import note_of


def written(ax: Axes, kind: str) -> list[str]:
    """Words of a kind on the picture."""
    return [text.get_text() for text in ax.texts if text.get_gid() == kind]


def marks(ax: Axes) -> list:
    """The marks of a picture or panel."""
    return [line for line in ax.get_lines() if line.get_gid() == "mark"]


def test_support_stands_on_the_left_and_success_on_the_right(lamps: pd.DataFrame) -> None:
    places = [line.get_xdata()[0] for line in marks(scorecard(lamps))]
    assert [x < 0.5 for x in places] == [True, True, True, False]


def test_a_lamp_is_told_by_its_shape_too(lamps: pd.DataFrame) -> None:
    found = [line.get_marker() for line in marks(scorecard(lamps))]
    assert found == [LAMPS[status].marker for status in ("green", "none", "amber", "red")]
    assert len({lamp.marker for lamp in LAMPS.values()}) == len(LAMPS)


def test_each_kpi_says_value_and_target_in_its_unit(lamps: pd.DataFrame) -> None:
    ax = scorecard(lamps, lang="ja")
    assert written(ax, "value") == ["96.0%", "1,400件", "5.2時間", "44.0%"]
    assert written(ax, "target") == ["≥ 90.0%", "≤ 4.0時間", "≥ 80.0%"]


def test_a_kpi_that_cannot_be_told_is_a_dash(lamps: pd.DataFrame) -> None:
    assert written(scorecard(lamps.assign(estimate=float("nan"))), "value") == ["—"] * 4


def test_a_node_stands_right_below_its_parent_and_a_step_further_in(nodes: pd.DataFrame) -> None:
    ax = tree(nodes)
    assert [text.get_text() for text in ax.texts if text.get_gid() == "value"] == ["104.0%", "13.0%", "2.40", "5.0%"]
    depths = [line.get_xdata()[0] for line in marks(ax)]
    assert depths[0] < depths[1] < depths[2] and depths[1] == depths[3]


def test_a_thread_leads_from_every_node_but_the_root_to_its_parent(nodes: pd.DataFrame) -> None:
    ax = tree(nodes)
    threads = [line for line in ax.get_lines() if line.get_gid() == "thread"]
    assert [line.get_ydata()[0] for line in threads] == [0, 1, 0]


def test_the_leader_of_each_column_stands_out(asked_for: pd.DataFrame, fixes: pd.DataFrame) -> None:
    tickets, hours, gain = causes(asked_for, fixes).child_axes
    colours = [[to_hex(bar.get_facecolor()) for bar in panel.patches] for panel in (tickets, hours)]
    assert [[colour == LEAD.colour.lower() for colour in row] for row in colours] == [
        [True, False, False],
        [False, True, False],
    ]
    assert [line.get_color() == LEAD.colour for line in marks(gain)] == [False, True]


def test_the_causes_say_how_many_they_are_together(asked_for: pd.DataFrame) -> None:
    ax = causes(asked_for)
    assert written(ax.child_axes[0], "number") == ["60 (50%)", "40 (83%)", "20 (100%)"]
    assert "n = 120 enquiries" in note_of(ax)


def test_a_cause_without_a_fix_has_no_mark(asked_for: pd.DataFrame, fixes: pd.DataFrame) -> None:
    gain = causes(asked_for, fixes, lang="ja").child_axes[2]
    assert written(gain, "number") == ["−10万円", "+20万円"]


def test_of_several_fixes_for_one_cause_the_first_is_drawn(asked_for: pd.DataFrame, fixes: pd.DataFrame) -> None:
    twice = pd.concat([fixes, fixes.assign(estimate=-1e9)])
    one, other = (causes(asked_for, some).child_axes[2].get_lines() for some in (fixes, twice))
    assert [line.get_xdata()[0] for line in one] == [line.get_xdata()[0] for line in other]


@pytest.mark.parametrize("draw", [scorecard, tree, causes])
def test_nothing_to_draw_is_said_and_so_is_the_wrong_table(
    draw, lamps: pd.DataFrame, nodes: pd.DataFrame, asked_for: pd.DataFrame
) -> None:
    frame = {scorecard: lamps, tree: nodes, causes: asked_for}[draw]
    with pytest.raises(NotReady, match="no rows"):
        draw(frame.iloc[:0])
    with pytest.raises(UsageError, match="column"):
        draw(frame.drop(columns=frame.columns[-1]))
