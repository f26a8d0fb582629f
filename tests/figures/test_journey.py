"""The journey's pictures show what was found of each step and of each person."""

from __future__ import annotations

import pytest
from matplotlib.patches import FancyArrowPatch

from cslab.faults import NotReady, UsageError
from cslab.figures import journey
from cslab.figures.journey.folding import folded
from cslab.figures.style import STATUS
from cslab.figures.writing import width
from tests.figures.journey_frames import NAN, feelings, people, three_steps, walked


def said(ax: object, kind: str) -> list[str]:
    """The words of one kind on a picture."""
    return [text.get_text() for text in ax.texts if text.get_gid() == kind]  # type: ignore[attr-defined]


def test_every_step_stands_in_the_lane_of_its_owner_and_nobodys_stands_apart() -> None:
    ax = journey.swim_lanes(three_steps())
    assert said(ax, "lane") == ["Sales", "Onboarding", "Customer Success", "no single owner"]
    across = [text.xy[0] for text in ax.texts if text.get_gid() == "goal"]
    assert across == sorted(across)


def test_beside_each_step_stands_who_reached_it_how_long_they_waited_and_who_skipped_it() -> None:
    ax = journey.swim_lanes(three_steps(), walked())
    assert said(ax, "reached") == ["100%", "80%", "60%", "10%"]
    assert said(ax, "waiting") == ["9 d\n(target 14)", "80 d\n(target 60)"]
    assert said(ax, "skipped") == ["20%\n↺ 12%"]


def test_the_line_is_thinner_where_fewer_came() -> None:
    lines = journey.swim_lanes(three_steps(), walked()).lines
    assert lines[0].get_linewidth() > lines[1].get_linewidth()


def test_a_broken_arc_leads_past_the_last_main_step_too() -> None:
    found = walked()
    found.steps["skipped_share"] = [0.0, 0.0, 0.4, NAN]
    arcs = [patch for patch in journey.swim_lanes(three_steps(), found).patches if isinstance(patch, FancyArrowPatch)]
    (arc,) = arcs
    start, end = arc._posA_posB  # type: ignore[attr-defined]
    assert start[1] < end[1]


def test_the_name_of_who_lies_outside_does_not_stand_on_the_name_of_a_band() -> None:
    frame = people()
    frame.loc[2, "estimate"] = 0.42  # between the two bands, with the most cases
    ax = journey.funnel(frame)
    boxes = {text.get_text(): text.get_window_extent() for text in ax.texts if text.get_gid() in ("person", "end")}
    assert not any(boxes["R3"].overlaps(boxes[band]) for band in ("95%", "99.8%"))


def test_ways_back_bend_to_the_left_of_ways_forward() -> None:
    lines = journey.follows(walked()).lines
    furthest = [max(line.get_xdata(), key=lambda x: abs(x - 0.53)) - 0.53 for line in lines]
    back = [line.get_color() == STATUS["left"].colour for line in lines]
    assert [reach < 0 for reach in furthest] == back


def test_ways_that_few_took_are_left_out_and_counted() -> None:
    ax = journey.follows(walked(), least=0.3)
    assert len(ax.lines) == 2
    assert "2 of 5" in said(ax, "note")[0]


def test_only_who_lies_outside_the_funnel_is_named() -> None:
    assert said(journey.funnel(people()), "person") == ["R3"]


def test_feelings_are_drawn_for_both_and_named() -> None:
    assert said(journey.emotion(feelings()), "role") == ["left", "stayed"]


def test_an_empty_result_is_no_picture() -> None:
    with pytest.raises(NotReady):
        journey.funnel(people().iloc[:0])
    with pytest.raises(UsageError, match="planned"):
        journey.emotion(feelings().drop(columns="planned"))


@pytest.mark.parametrize("text", ["We have shown our result to our management", "成果を、経営層に「報告」できた。"])
def test_folded_lines_keep_every_letter_and_fit(text: str) -> None:
    lines = folded(text, 16).split("\n")
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert max(width(line) for line in lines) <= 16 + 2
