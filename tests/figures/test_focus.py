"""What an hour brings stands where it is, with the truth beside it; a budget brings no more once all cases have it."""

from __future__ import annotations

import pytest
from matplotlib.axes import Axes

from cslab.faults import NotReady, UsageError
from cslab.figures.focus import budget, gain_per_hour
from cslab.figures.sheet import note_of
from tests.figures.focus_frames import four_phases


def written(ax: Axes, kind: str) -> list[str]:
    """Words of a kind on the picture."""
    return [text.get_text() for text in ax.texts if text.get_gid() == kind]


def marked(ax: Axes, kind: str) -> list[tuple[float, float]]:
    """Places of the marks of a kind; those of what is not known are left out."""
    lines = [line for line in ax.get_lines() if line.get_gid() == kind]
    return [(line.get_xdata()[0], line.get_ydata()[0]) for line in lines if line.get_xdata()[0] == line.get_xdata()[0]]


def test_each_phase_is_marked_at_what_an_hour_brings_and_the_truth_beside_it() -> None:
    (panel,) = gain_per_hour(four_phases()).child_axes
    assert marked(panel, "mark") == [(1800, 1), (2000, 2), (4000, 3)]
    assert marked(panel, "truth") == [(1900, 1), (1700, 2), (3500, 3)]


def test_amounts_of_an_hour_are_said_to_the_unit_and_what_is_unknown_is_a_dash() -> None:
    assert written(gain_per_hour(four_phases()), "number") == ["—", "¥1,800", "¥2,000", "¥4,000"]
    assert written(gain_per_hour(four_phases(), lang="ja"), "number")[1:] == ["1,800円", "2,000円", "4,000円"]


@pytest.mark.slow
def test_an_hour_s_cost_is_a_line_where_it_is_known_and_limits_below_zero_are_seen() -> None:
    (panel,) = gain_per_hour(four_phases()).child_axes
    assert written(panel, "cost") == ["an hour costs ¥6,410"]
    assert panel.get_xlim()[0] < -100
    costless = four_phases()
    costless.attrs.pop("hour_amount")
    assert written(gain_per_hour(costless).child_axes[0], "cost") == []


def test_without_a_truth_there_is_none_and_the_note_speaks_of_none() -> None:
    ax = gain_per_hour(four_phases().drop(columns="truth_per_hour"))
    assert marked(ax.child_axes[0], "truth") == []
    assert "truth" not in note_of(ax)


def test_a_budget_brings_what_its_hours_bring_until_every_case_has_its_hours() -> None:
    ax = budget(four_phases())
    tops = [line.get_ydata().max() for line in ax.get_lines() if line.get_gid() == "chain"]
    assert tops == [1800 * 6000, 2000 * 4000, 4000 * 5000]
    assert written(ax, "limit") == ["budget 500 h"]
    assert written(ax, "end") == ["onboarding", "adoption", "renewal / expansion"]


def test_nothing_to_draw_is_said_and_so_is_the_wrong_table() -> None:
    for draw in (gain_per_hour, budget):
        with pytest.raises(NotReady, match="no rows"):
            draw(four_phases().iloc[:0])
        with pytest.raises(UsageError, match="column per_hour"):
            draw(four_phases().drop(columns="per_hour"))
