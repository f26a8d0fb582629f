"""The flow of phases, who is stuck, how long a phase takes: what is drawn is what the frames say."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.axes import Axes

from cslab.faults import NotReady, UsageError
from cslab.figures.lifecycle import flow, stuck, time_in_phase
from tests.figures.lifecycle_frames import curves, flows, report


def nodes(ax: Axes) -> dict[str, float]:
    """The height of each node by phase and date."""
    named = {str(bar.get_gid()): bar.get_height() for bar in ax.patches}
    return {name.removeprefix("node:"): height for name, height in named.items() if name.startswith("node:")}


def written(ax: Axes, kind: str) -> list[str]:
    """Words of a kind on the picture."""
    return [text.get_text() for text in ax.texts if text.get_gid() == kind]


def test_a_node_is_as_high_as_its_revenue_on_that_day():
    found = nodes(flow(flows()))
    assert found["onboarding:0"] == 120 and found["adoption:0"] == 500
    assert found["onboarding:1"] == 50 and found["adoption:1"] == pytest.approx(650)


def test_who_leaves_brings_what_it_brought_and_who_comes_what_it_will():
    found = nodes(flow(flows()))
    assert found["churn:1"] == 20 and found["new:0"] == 100  # with the one that came back
    assert "churn:0" not in found and "new:1" not in found


def test_ribbons_fill_their_nodes_from_the_top_without_a_gap():
    ax = flow(flows())
    ribbons = {str(area.get_gid()): area.get_paths()[0].vertices for area in ax.collections}
    (bar,) = [bar for bar in ax.patches if bar.get_gid() == "node:adoption:1"]
    arriving = [ribbon for name, ribbon in ribbons.items() if name.split(":")[2] == "adoption"]
    ends = [ribbon[ribbon[:, 0] == ribbon[:, 0].max()] for ribbon in arriving]
    tops = sorted(end[:, 1].max() for end in ends)
    assert tops[-1] == pytest.approx(bar.get_y() + bar.get_height())
    assert min(end[:, 1].min() for end in ends) == pytest.approx(bar.get_y())


def test_a_node_says_its_phase_its_revenue_and_its_customers():
    assert written(flow(flows(), lang="ja"), "node:churn:1") == ["解約\n20円・1社"]


def test_names_of_a_companys_own_rules_are_written():
    frame = flows()
    frame.attrs["names"] = {"en": {**frame.attrs["names"]["en"], "adoption": "Daily use"}, "ja": {}}
    assert any("Daily use" in text for text in written(flow(frame), "node:adoption:1"))


def test_the_dark_part_of_a_bar_is_those_who_are_stuck():
    customers, share, mrr = stuck(report()).child_axes
    assert [bar.get_width() for bar in customers.patches] == [10, 4, 40]
    assert [bar.get_width() for bar in mrr.patches] == [100, 50, 900]
    assert [line.get_xdata()[0] for line in share.get_lines()] == [0.4]


def test_a_phase_without_a_target_says_so():
    share = stuck(report(), lang="ja").child_axes[1]
    assert written(share, "number") == ["40%", "目安なし"]


def test_a_row_says_what_the_phase_should_take_and_what_it_takes():
    assert written(stuck(report(), lang="ja"), "days") == ["目安90日 · 半数は47日で通過", ""]


def test_a_report_that_is_split_is_refused():
    split = pd.concat([report().assign(segment=name) for name in ("smb", "mid")])
    with pytest.raises(UsageError):
        stuck(split[["segment", *report().columns]])


def test_a_ring_stands_on_the_curve_at_the_target():
    rings = [line for line in time_in_phase(curves()).get_lines() if line.get_gid() == "target"]
    assert [(ring.get_xdata()[0], ring.get_ydata()[0]) for ring in rings] == [(14, 0.5), (90, 0.6)]


def test_a_curve_is_drawn_to_the_wanted_day_and_no_further():
    (line, *_) = time_in_phase(curves(), days=50).get_lines()
    assert max(line.get_xdata()) == 10


@pytest.mark.parametrize(("draw", "frame"), [(flow, flows()), (stuck, report()), (time_in_phase, curves())])
def test_nothing_to_draw_is_said_and_so_is_the_wrong_table(draw, frame: pd.DataFrame):
    with pytest.raises(NotReady):
        draw(frame.iloc[:0])
    with pytest.raises(UsageError):
        draw(frame.drop(columns=frame.columns[0]))
