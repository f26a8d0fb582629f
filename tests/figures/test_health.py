"""Pictures of health scores: the numbers of the result where a reader looks for them, in both languages."""

from __future__ import annotations

import pytest
from matplotlib.axes import Axes

from cslab.faults import NotReady, UsageError
from cslab.figures import health
from cslab.figures.sheet import note_of
from cslab.measure.estimate import Estimate
from tests.figures.health_frames import heard, places, revenue, ruined, runners, scores, ways


def written(ax: Axes, kind: str) -> list[str]:
    """Words of a kind on the picture, also on its panels."""
    return [text.get_text() for one in (ax, *ax.child_axes) for text in one.texts if text.get_gid() == kind]


def test_each_score_says_how_well_it_ranks_and_what_it_promises() -> None:
    ax = health.compared(scores(), Estimate(0.84, 0.84, 0.84, 900, "truth_expected"))
    assert written(ax, "name") == ["learnt from who left", "DEAR", "ours"]
    assert written(ax, "number") == [".71 · says 0.9×", ".68 · says 2.4×", ".60 · says 5.0×"]
    assert written(ax, "truth") == ["nobody can do better: .84"]
    assert "90 left within 6 months" in note_of(ax)


def test_without_the_truth_there_is_no_ceiling() -> None:
    assert written(health.compared(scores()), "truth") == []


def test_each_trap_shows_both_numbers_and_whose_colour_changes() -> None:
    ax = health.trapped(ruined())
    assert written(ax, "number")[0] == ".32 · 66% change colour"
    drawn = [round(float(line.get_xdata()[0]), 2) for line in ax.child_axes[0].get_lines() if line.get_marker() in "so"]
    assert drawn == [0.32, 0.68, 0.66, 0.68, 0.69, 0.68, 0.95, 0.68]


def test_a_survey_says_how_many_answered() -> None:
    ax = health.answers(heard(), lang="ja")
    assert written(ax, "number") == ["−17", "−33", "−39"]
    assert "回答率 15%" in note_of(ax)


@pytest.mark.parametrize(("kind", "number"), [("csat", "77%"), ("ces", "0.77")])
def test_each_survey_is_told_in_its_own_unit(kind: str, number: str) -> None:
    found = heard().assign(estimate=0.77, low=0.7, high=0.8)
    found.attrs["kind"] = kind
    assert written(health.answers(found), "number")[0] == number


def test_what_cannot_be_judged_has_no_mark() -> None:
    ax = health.race(runners())
    marks = [line for line in ax.child_axes[0].get_lines() if line.get_marker() == "s"]
    assert len(marks) == 2 and written(ax, "number")[-1] == ".49 · known of 10%"


def test_lines_run_towards_the_decision() -> None:
    ax = health.paths(ways())
    assert ax.get_lines()[0].get_xdata().tolist() == [-3, -2, -1]
    assert written(ax, "end") == ["left", "stayed"]


def test_revenue_stands_beside_the_plain_mean() -> None:
    ax = health.portfolio(revenue(), lang="ja")
    assert written(ax, "number")[0] == "71.0(68.5〜73.5)\n単純平均:62.0"
    assert written(ax, "name")[0] == "全体\nARR 10.0億円"


def test_a_place_whose_past_nobody_knows_says_no_share() -> None:
    cells = written(health.actions(places()), "cell")
    assert cells[0] == "38 · ¥70.0M · 16% of 40 left" and cells[4] == "43 · ¥53.0M"


def test_a_wrong_table_and_an_empty_one_are_refused() -> None:
    with pytest.raises(UsageError, match="expected_observed"):
        health.compared(scores().drop(columns="expected_observed"))
    with pytest.raises(NotReady):
        health.trapped(ruined().iloc[:0])
