"""Pictures of scores: marks where the numbers are, names, and what the note says."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.axes import Axes

from cslab.faults import NotReady, UsageError
from cslab.figures.scores import auc_by_horizon, beside_ceiling, calibration, lead_time, precision_recall
from cslab.figures.sheet import note_of

from .score_frames import beside, by_horizon, early, over_confident, riskiest


def written(ax: Axes, kind: str) -> list[str]:
    """Words of a kind on the picture."""
    return [text.get_text() for text in ax.texts if text.get_gid() == kind]


def test_groups_stand_at_the_chance_given_and_the_share_that_left() -> None:
    (groups,) = (line for line in calibration(over_confident()).get_lines() if line.get_gid() == "groups")
    assert groups.get_xydata().tolist() == [[0.1, 0.15], [0.3, 0.3], [0.6, 0.45]]


def test_a_calibration_of_a_list_without_dates_does_not_say_when_they_left() -> None:
    listed = over_confident()
    listed.table.attrs["stock_sample"] = True
    ax = calibration(listed)
    assert ax.get_ylabel() == "left by the day of the list" and "months" not in ax.get_ylabel() + note_of(ax)


def test_both_axes_of_calibration_have_one_scale_so_that_the_line_is_the_diagonal() -> None:
    ax = calibration(over_confident())
    assert ax.get_xlim() == ax.get_ylim()


def test_the_note_of_calibration_says_slope_and_expected_over_observed_in_both_languages() -> None:
    assert "slope 0.60 (95% 0.40–0.80)" in note_of(calibration(over_confident()))
    assert "予測÷実績 1.10(95% 0.90〜1.30)" in note_of(calibration(over_confident(), lang="ja"))


def test_the_ceiling_is_drawn_as_a_truth_and_the_calendar_as_naive() -> None:
    ax = auc_by_horizon(by_horizon(), by_horizon(0.88), by_horizon(0.65))
    assert [line.get_linestyle() for line in ax.get_lines()[:3]] == ["-", "--", ":"]
    assert written(ax, "end") == ["score", "calendar\nalone", "ceiling"]


def test_what_nobody_knows_is_left_out() -> None:
    assert written(auc_by_horizon(by_horizon(), lang="ja"), "end") == ["スコア"]


def test_lead_time_runs_towards_the_decision() -> None:
    line = lead_time(early()).get_lines()[0]
    assert line.get_xydata().tolist() == [[-3, 0.6], [-2, 0.65], [-1, 0.7]]


def test_score_calendar_and_ceiling_are_marked_and_read_from_the_top() -> None:
    ax = beside_ceiling(beside())
    assert written(ax, "number") == ["0.80", "0.60", "0.85"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["score", "calendar\nalone", "ceiling"]


def test_each_share_of_customers_says_its_lift_and_the_share_of_all_is_a_line() -> None:
    ax = precision_recall(riskiest(), lang="ja")
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["10%\n4.0倍", "50%\n1.8倍"]
    assert ax.get_lines()[2].get_ydata()[0] == pytest.approx(0.1)


def test_nothing_to_draw_is_said_and_so_is_the_wrong_table() -> None:
    for draw, frame in ((auc_by_horizon, by_horizon()), (lead_time, early()), (beside_ceiling, beside())):
        with pytest.raises(NotReady, match="no rows"):
            draw(frame.iloc[:0])
    with pytest.raises(UsageError, match="column lift"):
        precision_recall(pd.DataFrame(riskiest().drop(columns="lift")))
