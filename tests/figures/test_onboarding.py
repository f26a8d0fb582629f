"""Pictures of onboarding: the numbers of the result where a reader looks for them, in both languages."""

from __future__ import annotations

import pytest
from matplotlib.axes import Axes

from cslab.faults import NotReady, UsageError
from cslab.figures import onboarding
from cslab.figures.sheet import note_of
from cslab.measure.estimate import Estimate
from tests.figures.onboarding_frames import (
    answered,
    arrived,
    completed,
    forgiven,
    gapped,
    impressed,
    moved,
    said,
    searched,
    several,
)


def written(ax: Axes, kind: str) -> list[str]:
    """Words of a kind on the picture."""
    return [text.get_text() for text in ax.texts if text.get_gid() == kind]


def test_a_curve_goes_on_to_the_end_and_says_how_many_never_get_there() -> None:
    ax = onboarding.time_to_value(arrived(), months=12)
    line = next(line for line in ax.get_lines() if line.get_label() == "all customers")
    assert (line.get_xdata()[-1], line.get_ydata()[-1]) == (12, 0.7)
    assert written(ax, "end") == ["all customers\nnever 30%"]


def test_a_curve_is_not_drawn_beyond_its_follow_up() -> None:
    ax = onboarding.time_to_value(arrived().query("time < 15"), months=12)
    line = next(line for line in ax.get_lines() if line.get_label() == "all customers")
    assert line.get_xdata()[-1] == 3


def test_tiers_are_called_tiers_although_a_segment_is_called_mid_too() -> None:
    ax = onboarding.time_to_value(several("touch_tier", "tech", "mid"), lang="ja")
    assert [name.splitlines()[0] for name in written(ax, "end")] == ["テックタッチ", "ミドルタッチ"]


def test_the_truth_of_groups_is_a_line_each() -> None:
    tiers = several("touch_tier", "tech", "mid")
    ax = onboarding.time_to_value(tiers, tiers[["touch_tier", "time", "estimate"]], months=12)
    assert [line.get_label() for line in ax.get_lines()].count("truth") == 2
    assert written(ax, "end")[-1] == "truth"


def test_success_points_count_their_customers_once() -> None:
    assert note_of(onboarding.time_to_value(several("point", "kickoff", "first_value"))).startswith("n = 40 ")
    assert note_of(onboarding.time_to_value(several("touch_tier", "tech", "mid"))).startswith("n = 80 ")


def test_each_denominator_has_its_number_and_the_truth_stands_at_the_outcome() -> None:
    ax = onboarding.denominators(completed(), Estimate(0.61, 0.61, 0.61, 60, "x"))
    assert written(ax, "number") == ["80%", "95%", "60%", "90%"]
    (panel,) = ax.child_axes
    assert written(panel, "truth") == ["truth 61%"]
    assert written(onboarding.denominators(completed()).child_axes[0], "truth") == []


def test_the_gap_stands_for_a_customer_and_for_the_company_with_the_truth_where_it_is_known() -> None:
    known = {"company": Estimate(0.036, 0.035, 0.037, 60, "x"), "customer": None}
    assert written(onboarding.gap(gapped(), known), "number") == [
        "+12.0 pt",
        "+11.0 pt",
        "+4.0 pt",
        "+3.5 pt",
        "+3.6 pt",
    ]
    assert written(onboarding.gap(gapped(), {"company": None}), "role") == ["as it\nlooks", "alike at\nsigning"]


def test_an_impression_is_drawn_in_points_of_usage() -> None:
    ax = onboarding.impression(impressed())
    ways = {line.get_label(): line.get_ydata().tolist() for line in ax.get_lines() if line.get_gid() == "way"}
    assert ways["score alone"] == pytest.approx([5, 2]) and ways["customers alike at signing"] == pytest.approx([4, 1])
    assert "30% of those asked answered" in note_of(ax)


def test_the_search_shows_both_halves_and_how_much_was_tried() -> None:
    ax = onboarding.wow_search(searched(), top=2)
    assert written(ax, "number") == ["+20.0 pt", "+10.0 pt", "+15.0 pt", "+0.0 pt"]
    assert "59 events tried, 11 with more staying and p < .05 (by luck alone about 1.4), 8 held" in note_of(ax)


def test_an_event_the_kit_has_no_name_for_is_called_by_its_table_and_kind() -> None:
    assert onboarding.event_name("x_log.refund>=2", "ja") == "x_log:refundが2回以上"


def test_forgiveness_without_a_truth_has_one_column() -> None:
    assert written(onboarding.forgiveness(forgiven()), "role") == ["estimate", "truth"]
    alone = said(forgiven().assign(truth=float("nan")), months=2)
    assert written(onboarding.forgiveness(alone), "number") == ["-3.0 pt", "-5.0 pt", "+2.0 pt"]


def test_the_field_where_most_stay_is_the_darkest_and_an_empty_one_says_nothing() -> None:
    ax = onboarding.quadrant(answered())
    assert written(ax, "share") == ["90.0%", "85.0%", "—", "84.0%"]
    shade = {(patch.get_x() > 1, patch.get_y() > 1): sum(patch.get_facecolor()) for patch in ax.patches}
    assert min(shade, key=lambda field: shade[field]) == (True, True)


def test_hours_moved_forward_are_a_line_with_money_beside_it() -> None:
    ax = onboarding.prevention(moved(), lang="ja")
    (line,) = (line for line in ax.get_lines() if line.get_gid() == "group")
    assert line.get_ydata().tolist() == [0, 900, -4000]
    ax.figure.canvas.draw()
    assert any("円" in tick.get_text() for tick in ax.get_yticklabels())


def test_nothing_to_draw_is_said_and_so_is_the_wrong_table() -> None:
    with pytest.raises(NotReady, match="no rows"):
        onboarding.prevention(moved().iloc[:0])
    with pytest.raises(UsageError, match="column scope"):
        onboarding.gap(forgiven())
