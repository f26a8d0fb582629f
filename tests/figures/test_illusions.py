"""Pictures of illusions: which side of "no effect" a number falls on, and what is written beside it."""

from __future__ import annotations

import pytest
from matplotlib.axes import Axes

from cslab.faults import NotReady, UsageError
from cslab.figures import illusions
from tests.figures.illusion_frames import drawn, five, lived


def written(ax: Axes, kind: str) -> list[str]:
    return [text.get_text() for text in ax.texts if text.get_gid() == kind]


def placed(ax: Axes) -> dict[tuple[float, str], float]:
    """Where each mark stands, by its row and role."""
    marks = [line for line in ax.get_lines() if line.get_gid() == "mark"]
    return {(float(line.get_ydata()[0]), str(line.get_label())): float(line.get_xdata()[0]) for line in marks}


def test_what_looks_helpful_lies_to_the_right_whatever_its_unit() -> None:
    marks = placed(illusions.dumbbell(five()))
    assert [marks[-row, "naive"] > 0 for row in range(5)] == [True, False, True, True, True]


def test_no_effect_is_the_middle_of_every_row() -> None:
    marks = placed(illusions.dumbbell(five()))
    assert marks[-2, "truth"] == marks[-4, "truth"] == 0
    assert max(abs(place) for place in marks.values()) <= 1


def test_numbers_stand_in_their_own_unit_and_unknown_ones_as_a_dash() -> None:
    numbers = written(illusions.dumbbell(five()), "number")
    assert numbers[:3] == ["-16.0 pt", "—", "-9.6 pt"]
    assert "×0.40" in numbers


def test_a_life_is_drawn_in_two_parts_and_ends_in_a_cross() -> None:
    ax = illusions.lives(lived())
    assert len([line for line in ax.get_lines() if line.get_gid() == "left"]) == 3


def test_the_four_ways_stand_on_an_axis_of_ratios() -> None:
    ax = illusions.ways(drawn())
    assert ax.get_xscale() == "log"
    assert written(ax, "number") == ["×0.43", "×1.30", "×0.99", "×1.02"]


def test_an_empty_or_a_wrong_table_is_refused() -> None:
    with pytest.raises(NotReady):
        illusions.dumbbell(five()[:0])
    with pytest.raises(UsageError, match="unit"):
        illusions.dumbbell(five().drop(columns="unit"))
