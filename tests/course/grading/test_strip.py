"""The numbers of a class on a line."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab.course.grading.strip import EDGE, TALLEST, WIDTH, Scale, strip

NUMBERS = st.floats(-1e9, 1e9, allow_nan=False)


def circles(svg: str) -> list[tuple[float, float]]:
    found = re.findall(r'<circle cx="([-\d.]+)" cy="([-\d.]+)"', svg)
    return [(float(x), float(y)) for x, y in found]


def test_equal_answers_are_heaped_up_and_different_ones_stand_apart():
    dots = circles(strip([0.8, 0.2, 0.8], [], Scale(0.0, 1.0), "en"))
    (left, _), (right, low), (again, high) = sorted(dots, key=lambda dot: (dot[0], -dot[1]))
    assert left < right == again
    assert high < low


def test_the_picture_says_nothing_of_who_answered_first():
    assert strip([0.8, 0.2, 0.5], [], Scale(0, 1), "ja") == strip([0.5, 0.8, 0.2], [], Scale(0, 1), "ja")


def test_a_slip_of_the_unit_stands_at_the_end_and_is_counted():
    svg = strip([86.15, 0.8615, 90.0], [], Scale(0.5, 1.0), "en")
    assert max(x for x, _ in circles(svg)) == WIDTH - EDGE
    assert "2 off the scale ▸" in svg


def test_a_typical_mistake_far_away_does_not_press_the_others_together():
    scale = Scale.around(0.86, [0.80, 1.02, 860_000.0], 0.0005)
    assert scale.low < 0.80 and 1.02 < scale.high < 2
    assert "▸" in strip([], [0.80, 860_000.0], scale, "en")


def test_letters_that_would_meet_stand_below_each_other():
    svg = strip([], [0.50, 0.51, 0.9], Scale(0.0, 1.0), "en")
    heights = re.findall(r'class="letter" x="[\d.]+" y="([\d.]+)"', svg)
    assert heights[0] != heights[1] and heights[0] == heights[2]


def test_a_large_class_of_one_mind_still_fits():
    ys = [y for _, y in circles(strip([0.5] * 200, [], Scale(0.0, 1.0), "en"))]
    assert max(ys) - min(ys) <= TALLEST


@given(NUMBERS, st.lists(NUMBERS, max_size=6), st.lists(NUMBERS, max_size=30))
def test_every_answer_is_one_dot_within_the_picture(target: float, wrong: list[float], values: list[float]):
    scale = Scale.around(target, wrong, 0.0)
    dots = circles(strip(values, wrong, scale, "en"))
    assert len(dots) == len(values)
    assert all(0 <= x <= WIDTH and y > 0 for x, y in dots)
    assert scale.low < target < scale.high


@pytest.mark.parametrize(("low", "high"), [(0.0, 1.0), (0.795, 0.805), (-3.0, 17.0), (0.0, 2.3e8)])
def test_the_round_numbers_lie_on_the_line(low: float, high: float):
    ticks = Scale(low, high).ticks()
    assert 3 <= len(ticks) <= 6
    assert all(low - 1e-9 <= tick <= high + 1e-9 for tick in ticks)


def test_a_heap_too_high_to_be_counted_by_eye_says_how_many_it_holds():
    svg = strip([0.5] * 12 + [0.9] * 3, [], Scale(0.0, 1.0), "en")
    assert ">12</text>" in svg and ">3</text>" not in svg
