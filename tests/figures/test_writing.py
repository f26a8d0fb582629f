"""Words on a picture: moved apart without changing their order."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cslab.figures.writing import spread


@given(st.lists(st.floats(0, 1), max_size=8), st.floats(0.01, 0.2))
def test_words_are_never_nearer_than_the_gap_and_keep_their_order(heights: list[float], gap: float) -> None:
    moved = spread(heights, gap)
    order = sorted(range(len(heights)), key=lambda place: heights[place])
    steps = [moved[b] - moved[a] for a, b in pairwise(order)]
    assert all(step >= gap - 1e-9 for step in steps)


@given(st.lists(st.floats(0, 1), max_size=8))
def test_words_far_enough_apart_stay_where_they_are(heights: list[float]) -> None:
    apart = [height + 2 * place for place, height in enumerate(heights)]
    assert spread(apart, 0.5) == apart
