"""The picture of how many customers conclusions take."""

from __future__ import annotations

from cslab.figures import precision
from tests.figures.precision_frames import needed


def test_every_conclusion_stands_at_the_times_as_many_customers_that_it_takes():
    marks = [line for line in precision.needed(needed()).get_lines() if line.get_gid() == "needed"]
    assert [(float(mark.get_xdata()[0]), mark.get_marker()) for mark in marks] == [
        (0.1, "o"), (4.0, "s"), (30.0, ">"), (30.0, ">"),
    ]  # fmt: skip


def test_what_lies_beyond_the_axis_says_how_far_or_that_it_is_never_reached():
    ax = precision.needed(needed(), lang="ja")
    assert [text.get_text() for text in ax.texts if text.get_gid() == "beyond"] == ["×100", "届かない"]
