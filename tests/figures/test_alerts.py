"""Alerts as pictures: what stands where, and what is said of it."""

from __future__ import annotations

import pytest
from matplotlib.axes import Axes

from cslab.faults import NotReady, UsageError
from cslab.figures.alerts import bands, by_capacity, lead_times, saves, stage_ages, weekly_load
from cslab.figures.sheet import note_of
from tests.figures.alert_frames import ages, leads, loads, saved, three_bands, weeks


def written(ax: Axes, kind: str) -> list[str]:
    """Words of a kind on the picture."""
    return [text.get_text() for text in ax.texts if text.get_gid() == kind]


def test_the_rule_with_the_longest_lead_stands_on_top_and_the_decision_at_the_right() -> None:
    ax = lead_times(leads(), lang="ja")
    (panel,) = ax.child_axes
    assert written(ax, "name") == ["利用が過去より3割以上減少", "更新間近で更新確率が8割未満"]
    assert written(ax, "number") == ["90", "60"]
    assert panel.get_xlim()[1] == 0 and panel.get_xlim()[0] > 120


def test_a_rule_of_somebodys_own_goes_by_its_id() -> None:
    ax = lead_times(leads().replace("usage_drop", "our_rule"))
    assert written(ax, "name")[0] == "our_rule"


def test_each_third_has_its_four_shares_and_says_whom_alerts_reach() -> None:
    ax = bands(three_bands())
    assert [round(bars[0].get_height(), 2) for bars in ax.containers] == [0.33, 0.05, 0.5, 0.4]
    assert [label.get_text().split("\n")[1] for label in ax.get_xticklabels()] == [
        "recall 60% (50%–70%)",
        "recall 70% (60%–80%)",
        "recall 65% (55%–75%)",
    ]
    assert "120 decisions to leave" in note_of(ax) and "1 Apr 2024" in note_of(ax)


def test_precision_and_recall_are_lines_and_the_last_load_is_everybody() -> None:
    ax = by_capacity(loads(), per_week=5)
    heights = {line.get_gid(): list(line.get_ydata()) for line in ax.get_lines() if line.get_gid()}
    assert heights == {"precision": [0.4, 0.2, 0.03], "recall": [0.25, 0.6, 1.0]}
    assert [label.get_text() for label in ax.get_xticklabels()] == ["1", "5", "all"]
    assert "4 CSMs" in note_of(ax) and "3 months" in note_of(ax)


def test_a_week_with_more_than_can_be_done_has_another_colour() -> None:
    ax = weekly_load(weeks())
    colours = [patch.get_facecolor() for patch in ax.patches]
    assert colours[0] != colours[1] == colours[2] == colours[3]
    assert ax.get_ylim()[1] > 6 and "21 alerts" in note_of(ax)


def test_what_does_not_fit_into_a_week_is_said_and_not_drawn() -> None:
    ax = saves(saved())
    lines = {line.get_gid(): list(line.get_ydata()) for line in ax.get_lines() if line.get_gid()}
    assert lines == {"saved": [3e6, 4.5e6], "cost": [4e6, 8e6]}
    assert written(ax, "number") == ["6", "9"]
    assert "calling everybody takes each CSM 120 hours a week" in note_of(ax) and "12%" in note_of(ax)


def test_where_no_load_fits_into_a_week_there_is_no_picture() -> None:
    with pytest.raises(NotReady):
        saves(saved().tail(1))


def test_overdue_alerts_stand_first_and_an_empty_stage_says_so() -> None:
    ax = stage_ages(ages(), lang="ja")
    assert [patch.get_width() for patch in ax.patches] == [4, 0, 0, 5, 0, 2]
    assert written(ax, "number") == ["9件:中央値 8日、最長 30日", "0", "2件:中央値 20日、最長 40日"]


@pytest.mark.parametrize("draw", [lead_times, bands, by_capacity, weekly_load, saves, stage_ages])
def test_the_wrong_table_is_refused_with_the_columns_that_are_missing(draw) -> None:
    with pytest.raises(UsageError) as error:
        draw(leads()[["rule_id"]].rename(columns={"rule_id": "x"}))
    assert len(error.value.faults) >= 2
