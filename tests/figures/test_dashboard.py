"""The pictures of the dashboard show the number, its limits, its way and its target, and say where there is none."""

from __future__ import annotations

import pytest
from matplotlib.text import Text

from cslab.faults import NotReady
from cslab.figures.dashboard import tiles, trend
from cslab.figures.kpis import LAMPS
from cslab.words import LANGUAGES
from tests.figures.dashboard_frames import dashboard


def words(ax, kind: str) -> list[str]:
    """The words of a kind on a picture, from the top."""
    return [text.get_text() for text in ax.texts if text.get_gid() == kind]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_tile_has_its_lamp_number_and_limits_and_an_absent_one_says_so(lang):
    ax = tiles(dashboard(), lang=lang)
    marks = [line.get_marker() for line in ax.lines if line.get_gid() == "mark"]
    assert marks == [LAMPS[status].marker for status in ("red", "amber", "none", "green", "none")]
    assert words(ax, "value")[:2] == ["52.0%", "19.0%"]
    assert len(words(ax, "absent")) == 1 and len(ax.child_axes) == 4


def test_the_target_is_drawn_where_it_is_and_nowhere_else():
    ax = tiles(dashboard())
    lines = [[line for line in panel.lines if line.get_gid() == "target"] for panel in ax.child_axes]
    assert [len(found) for found in lines] == [1, 1, 0, 1]
    assert list(lines[0][0].get_ydata()) == [0.6, 0.6]
    assert words(ax, "target") == ["target ≥ 60.0%", "target ≤ 18.0%", "no target", "target ≥ 60.0"]


def test_the_way_of_a_tile_goes_through_its_points_with_its_band():
    ax = trend(dashboard().tile("churn"))
    (way,) = [line for line in ax.lines if line.get_gid() == "way"]
    assert list(way.get_ydata()) == [0.15, 0.16, 0.19]
    band = ax.collections[0].get_paths()[0].get_extents()
    assert (band.y0, band.y1) == pytest.approx((0.12, 0.22))


def test_a_tile_without_a_number_has_no_way():
    with pytest.raises(NotReady):
        trend(dashboard().tile("engagement"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_name_runs_into_its_number_and_no_line_into_its_target(lang):
    ax = tiles(dashboard(), lang=lang)
    ax.figure.canvas.draw()
    by_kind = {kind: [one for one in ax.texts if one.get_gid() == kind] for kind in ("name", "value", "status")}
    boxes = {kind: [Text.get_window_extent(one) for one in found] for kind, found in by_kind.items()}
    assert all(name.x1 < value.x0 for name, value in zip(boxes["name"], boxes["value"], strict=False))
    assert all(panel.get_window_extent().x1 < box.x0 for panel, box in zip(ax.child_axes, boxes["status"], strict=True))
