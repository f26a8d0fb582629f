"""The pictures of touch show the numbers of their frames."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from cslab.faults import NotReady, UsageError
from cslab.figures import touch as pictures
from cslab.figures.sheet import note_of
from cslab.measure import touch
from cslab.measure.estimate import Estimate
from tests.figures import touch_frames as frames


def written(ax: Axes, kind: str) -> list[str]:
    """Words of a kind on a picture."""
    return [text.get_text() for text in ax.texts if text.get_gid() == kind]


def marks(ax: Axes, gid: str) -> list[float]:
    """Where the marks of a kind stand."""
    return [float(x) for line in ax.get_lines() if line.get_gid() == gid for x in line.get_xdata()]


def test_the_cell_with_most_hours_is_the_darkest_and_says_them() -> None:
    ax = pictures.matrix_hours(frames.matrix_load())
    assert written(ax, "load") == ["20 h", "99 h", "20 h", "15 h"]
    shades = [to_hex(patch.get_facecolor(), keep_alpha=False).upper() for patch in ax.patches]
    assert shades[1] == "#9CC6DF" and shades.count("#9CC6DF") == 1
    assert "n = 220 customers, 154 hours" in note_of(ax)


def test_the_tier_with_most_touch_stands_at_the_top() -> None:
    ax = pictures.matrix_hours(frames.matrix_load(), lang="ja")
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["ハイタッチ", "テックタッチ"]
    assert ax.yaxis_inverted()


def test_each_mark_of_utilisation_says_how_many_csms_it_takes() -> None:
    ax = pictures.utilisation(frames.loads("team"))
    assert written(ax, "csms") == [f"{9 * growth} CSMs" for growth in range(1, 6)] and written(ax, "end") == []
    assert written(pictures.utilisation(frames.loads("high", "tech")), "end") == ["high touch", "tech touch"]


def test_hires_stand_under_their_months() -> None:
    plan = touch.hiring_plan([100, 100, 100, 400], 2, touch.Staffing(csm_hours=100, leaves_per_year=0))
    ax = pictures.hiring(plan)
    assert written(ax, "hires") == [f"+{hires}" for hires in plan["hires"] if hires]
    assert f"n = {plan['hires'].sum()} hires" in note_of(ax)


def test_the_break_even_is_marked_and_none_is_where_there_is_none() -> None:
    at = Estimate(2e5, 1.7e5, 2.4e5, 700, "truth_by_mrr")
    assert written(pictures.pays(frames.gains(), at), "even") == ["¥200k"]
    never = Estimate(np.inf, np.inf, np.inf, 700, "truth_by_mrr")
    assert written(pictures.pays(frames.gains(), never), "even") == []


def test_areas_of_the_map_carry_their_names_and_companies_are_said_to_be_illustrations() -> None:
    ax = frames.engagement()
    assert {"tech touch", "mid touch", "mixed: tech and mid"} <= set(written(ax, "model"))
    assert written(ax, "company") == ["SmartHR", "Sansan"] and "illustrative" in note_of(ax)


def test_gain_and_cost_stand_at_their_amounts() -> None:
    ax = pictures.early(frames.bands())
    assert marks(ax, "gain") == [2e4, 6e4, 2e5] and marks(ax, "cost") == [7e4] * 3
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["¥0 to ¥80k", "¥80k to ¥400k", "¥400k and more"]


def test_the_league_says_places_as_it_looks_and_in_truth() -> None:
    skill = frames.csms()[["csm_id"]].assign(skill=[0.1, -0.1, np.nan])
    ax = pictures.league(frames.csms(), skill)
    assert written(ax, "place") == ["1–2", "1–2", "3–3", "2", "1", "3", "1", "2", "–"]
    assert marks(ax, "crude") == [0.5, 0.6, 0.4] and marks(ax, "shrunk") == [0.54, 0.53, 0.45]


def test_fires_stand_above_what_follows() -> None:
    upper, lower = pictures.firefighting(frames.fires()).child_axes
    assert upper.get_lines()[0].get_ydata().tolist() == [0.2, 0.3, 0.4, 0.5] and upper.get_ylim()[0] == 0
    assert np.isnan(lower.get_lines()[0].get_ydata()[-1])


def test_a_queue_that_grows_has_words_in_place_of_a_bar() -> None:
    work = {"a": touch.Work(9.0, 1.0, 2), "b": touch.Work(1.0, 1.0, 9)}
    ax = pictures.waiting(touch.specialised(work, faster=1.0))
    assert written(ax, "grows") == ["the queue grows without end"] * 2


@pytest.mark.parametrize(
    ("draw", "frame"),
    [
        (pictures.matrix_hours, frames.matrix_load()),
        (pictures.utilisation, frames.loads("team")),
        (pictures.early, frames.bands()),
        (pictures.league, frames.csms()),
        (pictures.firefighting, frames.fires()),
        (pictures.pays, frames.gains()),
    ],
)
def test_nothing_to_draw_is_said_and_so_is_the_wrong_table(draw, frame) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(NotReady, match="no rows"):
        draw(frame.iloc[:0])
    with pytest.raises(UsageError, match="column"):
        draw(frame.drop(columns="n" if "n" in frame else "customers"))
