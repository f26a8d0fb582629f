"""Runs beside one another: a mark a number, one scale, a panel for each value where two things are crossed."""

from __future__ import annotations

import re
from itertools import pairwise

import pandas as pd
import pytest
from matplotlib.axes import Axes

from cslab.faults import NotReady, UsageError
from cslab.figures.grid import NAMED, runs
from cslab.figures.sheet import note_of

pytestmark = pytest.mark.slow  # whole verbs and companies: `make test` runs them


def marks(panel: Axes, role: str) -> list[tuple[float, float]]:
    """Where the marks of a role lie."""
    found = [line for line in panel.get_lines() if line.get_gid() == role]
    return [(float(line.get_xdata()[0]), float(line.get_ydata()[0])) for line in found]


def ticks(ax: Axes) -> list[str]:
    """The words along the scale, as far as they are in view."""
    ax.figure.canvas.draw()
    low, high = sorted(ax.get_xlim())
    return [tick.get_text() for tick in ax.get_xticklabels() if low <= tick.get_position()[0] <= high]


def test_a_run_has_a_row_with_its_numbers_and_what_is_not_known_has_no_mark(many_runs: pd.DataFrame) -> None:
    (panel,) = runs(many_runs).child_axes
    assert marks(panel, "naive") == [(20.0, 0.0), (21.0, 1.0), (18.0, 3.0)]
    assert marks(panel, "better") == [(29.0, 0.0), (26.0, 1.0), (31.0, 3.0)]
    assert marks(panel, "truth") == [(29.5, 0.0), (22.0, 1.0)]
    whiskers = [tuple(segment[:, 0]) for lines in panel.collections for segment in lines.get_segments()]
    assert whiskers == [(28.0, 30.0), (25.0, 27.0), (30.0, 32.0)]


def test_the_title_counts_only_the_runs_in_which_somebody_can_say(many_runs: pd.DataFrame) -> None:
    assert "1 of 2 runs" in runs(many_runs).get_title(loc="left")
    hidden = many_runs.assign(truth=float("nan"), nearer=None)
    ax = runs(hidden)
    assert "nearer" not in ax.get_title(loc="left")
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["naive", "this lesson"]


def test_marks_differ_in_shape_and_the_truth_is_hollow(many_runs: pd.DataFrame) -> None:
    (panel,) = runs(many_runs).child_axes
    looks = {line.get_gid(): (line.get_marker(), line.get_markerfacecolor()) for line in panel.get_lines()}
    assert len({looks[role][0] for role in ("naive", "better", "truth")}) == 3
    assert looks["truth"][1] == "none"


UNITS = [("M03", "en"), ("M03", "ja"), ("M04", "en"), ("M04", "ja"), ("M13", "en"), ("M16", "ja")]


@pytest.mark.parametrize(("misconception", "lang"), UNITS)
def test_the_unit_has_a_line_of_its_own_and_no_number_of_the_scale_lies_on_another(
    many_runs: pd.DataFrame, misconception: str, lang: str
) -> None:
    shares = many_runs.assign(**{name: many_runs[name] / 100 for name in ("naive", "better", "low", "high", "truth")})
    shares.attrs["misconception"] = misconception
    ax = runs(shares, lang=lang)
    (panel,) = ax.child_axes
    numbers = ticks(panel)
    assert len(numbers) > 1 and all(re.fullmatch(r"[\d.]+", number) for number in numbers)
    drawn = [label.get_window_extent() for label in panel.get_xticklabels() if label.get_text() in numbers]
    unit = panel.xaxis.label.get_window_extent()
    assert all(left.x1 < right.x0 for left, right in pairwise(drawn))
    assert all(unit.y1 < number.y0 for number in drawn)
    assert unit.x0 >= ax.get_window_extent().x0


def test_what_stands_before_the_number_is_told_too(many_runs: pd.DataFrame, crossed_runs: pd.DataFrame) -> None:
    for frame, lang, unit in ((many_runs, "en", "% of revenue lost"), (many_runs, "ja", "売上の○%を失う")):
        frame.attrs["misconception"] = "M03"
        assert runs(frame, lang=lang).child_axes[0].get_xlabel() == unit
    crossed_runs.attrs["misconception"] = "M03"
    assert "up each panel: % of revenue lost" in note_of(runs(crossed_runs)).replace("\n", " ")


def test_what_is_crossed_has_a_panel_a_value_all_on_one_scale(crossed_runs: pd.DataFrame) -> None:
    ax = runs(crossed_runs)
    first, second = ax.child_axes
    assert [text.get_text() for text in first.texts + second.texts] == ["tiny", "slow_burn"]
    assert marks(first, "better") == [(0.0, 29.0), (1.0, 26.0)] and marks(second, "better") == [(1.0, 31.0)]
    assert first.get_ylim() == second.get_ylim()
    assert "along each panel: seed" in note_of(ax).replace("\n", " ")


def test_panels_with_long_names_stand_below_one_another(crossed_runs: pd.DataFrame) -> None:
    long = crossed_runs.assign(panel=crossed_runs["panel"] + " which nobody would want to read on top of another")
    tops = [panel.get_position().y1 for panel in runs(long).child_axes]
    assert tops[0] > tops[1]


def test_many_runs_share_a_picture_without_names_in_the_order_of_their_numbers(many_runs: pd.DataFrame) -> None:
    many = pd.concat([many_runs[:2]] * NAMED, ignore_index=True)
    ax = runs(many)
    (panel,) = ax.child_axes
    values = [x for x, _ in marks(panel, "better")]
    assert values == [26.0] * NAMED + [29.0] * NAMED
    assert "sorted" in note_of(ax) and not [text for text in ax.texts if text.get_gid() == "name"]
    assert ax.figure.get_size_inches()[1] < 15


def test_runs_that_all_failed_are_drawn_as_empty_rows(crossed_runs: pd.DataFrame) -> None:
    empty = crossed_runs.assign(**dict.fromkeys(("naive", "better", "low", "high", "truth"), float("nan")), nearer=None)
    for found in (empty, empty.drop(columns=["panel", "place"])):
        assert not marks(runs(found).child_axes[0], "better")


def test_a_frame_without_rows_or_columns_is_refused(many_runs: pd.DataFrame) -> None:
    with pytest.raises(NotReady, match="no rows"):
        runs(many_runs[:0])
    with pytest.raises(UsageError, match="truth"):
        runs(many_runs.drop(columns="truth"))
