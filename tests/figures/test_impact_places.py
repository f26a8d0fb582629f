"""The layout of a chain: no box on another, no link through a box."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from cslab.figures.impact.places import Box, Pair, Places, Point


@st.composite
def layouts(draw: st.DrawFn) -> Places:
    """A chain of up to seven nodes on up to four levels, in any order of levels."""
    count = draw(st.integers(2, 7))
    levels = [0, *(draw(st.integers(0, 3)) for _ in range(count - 1))]
    names = [f"n{place}" for place in range(count)]
    pairs = [(names[one], names[two]) for one, two in combinations(range(count), 2)]
    links = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=9))
    lines = {name: draw(st.integers(1, 3)) for name in names}
    return Places(dict(zip(names, levels, strict=True)), links, lines, 500.0)


def overlap(one: Box, two: Box) -> bool:
    """Whether two boxes share an inner point."""
    return one.left < two.right and two.left < one.right and one.top < two.bottom and two.top < one.bottom


def crosses(start: Point, end: Point, box: Box) -> bool:
    """Whether a level or upright stretch passes through the inside of a box."""
    low, high = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return low[0] < box.right - 1 and box.left + 1 < low[1] and high[0] < box.bottom - 1 and box.top + 1 < high[1]


def through(places: Places, link: Pair) -> list[str]:
    """The boxes that a link's way passes through, its own two apart."""
    way = places.way(link)
    others = {name: box for name, box in places.boxes.items() if name not in link}
    return [name for name, box in others.items() for one, two in pairwise(way) if crosses(one, two, box)]


@settings(max_examples=60, deadline=None)
@given(layouts())
def test_no_box_lies_on_another_and_no_link_leads_through_one(places: Places) -> None:
    assert not any(overlap(one, two) for one, two in combinations(places.boxes.values(), 2))
    assert all(not through(places, link) for link in places.links)


@settings(max_examples=60, deadline=None)
@given(layouts())
def test_every_link_begins_at_its_source_and_ends_at_its_target(places: Places) -> None:
    for link in places.links:
        (x, y), (last_x, last_y) = places.way(link)[0], places.way(link)[-1]
        source, target = places.boxes[link[0]], places.boxes[link[1]]
        assert source.left <= x <= source.right and source.top <= y <= source.bottom
        assert target.left <= last_x <= target.right and target.top <= last_y <= target.bottom


def test_a_link_to_the_next_level_runs_straight_and_one_past_a_box_goes_round_it() -> None:
    columns = {"a": 0, "b": 1, "c": 2}
    places = Places(columns, [("a", "b"), ("b", "c"), ("a", "c")], dict.fromkeys(columns, 1), 400)
    assert len(places.way(("a", "b"))) == 2
    assert len(places.way(("a", "c"))) > 2


def test_two_links_into_one_box_enter_apart() -> None:
    columns = {"a": 0, "b": 0, "c": 1}
    places = Places(columns, [("a", "c"), ("b", "c")], dict.fromkeys(columns, 1), 400)
    assert places.end(("b", "c"))[1] - places.end(("a", "c"))[1] == 27.0
