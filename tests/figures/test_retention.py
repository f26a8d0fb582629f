"""The bridge and the dots of the definitions: what is drawn is what the frame says."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.axes import Axes

from cslab.faults import NotReady, UsageError
from cslab.figures.retention import bridge, definitions
from cslab.figures.sheet import note_of


def written(ax: Axes, kind: str) -> list[str]:
    """Words of a kind on the picture."""
    return [text.get_text() for text in ax.texts if text.get_gid() == kind]


def test_each_bar_begins_where_the_one_before_ended(moved: pd.DataFrame) -> None:
    bars = bridge(moved).patches
    assert [bar.get_height() for bar in bars] == [100e6, 40e6, 0, 10e6, 5e6, 15e6, 130e6]
    assert [bar.get_y() for bar in bars] == [0, 100e6, 140e6, 140e6, 145e6, 130e6, 0]


def test_a_step_without_an_amount_is_still_seen_as_a_line_at_its_level(moved: pd.DataFrame) -> None:
    (nothing,) = [bar for bar in bridge(moved).patches if bar.get_height() == 0]
    assert nothing.get_linewidth() > 1 and nothing.get_edgecolor() == nothing.get_facecolor()


def test_the_bars_say_their_amounts_with_a_sign_and_the_days_stand_below(moved: pd.DataFrame) -> None:
    ax = bridge(moved, lang="ja")
    assert written(ax, "number") == ["1.0億円", "+4,000万円", "+0円", "+1,000万円", "−500万円", "−1,500万円", "1.3億円"]
    names = [tick.get_text() for tick in ax.get_xticklabels()]
    assert names[0] == "2023年3月31日" and names[-1] == "2024年3月31日" and names[-2] == "解約"


def test_the_months_of_a_year_add_up_to_the_same_picture(moved: pd.DataFrame) -> None:
    half = moved.assign(new=20e6, expansion=5e6, contraction=0.0, churn=-5e6)
    second = half.assign(opening=120e6, contraction=-5e6, churn=-10e6, start=half["end"])
    months = pd.concat([half.assign(closing=120e6), second])
    assert [bar.get_height() for bar in bridge(months).patches] == [bar.get_height() for bar in bridge(moved).patches]


def test_the_title_says_whether_it_is_a_month_or_a_year_of_revenue(moved: pd.DataFrame) -> None:
    assert "ARR" not in bridge(moved).get_title(loc="left")
    moved.attrs["unit"] = "arr"
    ax = bridge(moved)
    assert "ARR" in ax.get_title(loc="left") and "12 × MRR" in note_of(ax)


def test_the_highest_rate_stands_on_top_and_a_wrong_definition_is_a_cross(eight_rates: pd.DataFrame) -> None:
    ax = definitions(eight_rates)
    (panel,) = ax.child_axes
    marks = [line for line in panel.get_lines() if line.get_gid() == "mark"]
    assert [line.get_xdata()[0] for line in marks] == pytest.approx([1.0769, 0.8615, 0.8, 0.5667], abs=1e-3)
    assert [line.get_marker() for line in marks] == ["X", "o", "o", "o"]


def test_each_row_says_what_was_divided_by_what(eight_rates: pd.DataFrame) -> None:
    ax = definitions(eight_rates, lang="ja")
    assert written(ax, "sum") == ["70万円 / 65万円", "56万円 / 65万円", "52万円 / 65万円", "17万円 / 30万円"]
    assert written(ax, "number") == ["107.7%", "86.2%", "80.0%", "56.7%"]
    assert "4通り" in ax.get_title(loc="left")


def test_counts_are_not_written_as_money(eight_rates: pd.DataFrame) -> None:
    ax = definitions(eight_rates[:1].assign(metric="logo_churn", part=1.0, base=6.0))
    assert written(ax, "sum") == ["1 / 6"]


def test_the_note_says_how_many_customers_and_which_days(eight_rates: pd.DataFrame) -> None:
    note = note_of(definitions(eight_rates))
    assert "n = 8 customers" in note and "31 Mar 2023 to 31 Mar 2024" in note


@pytest.mark.parametrize("draw", [bridge, definitions])
def test_nothing_to_draw_is_said_and_so_is_the_wrong_table(
    draw, moved: pd.DataFrame, eight_rates: pd.DataFrame
) -> None:
    frame = moved if draw is bridge else eight_rates
    with pytest.raises(NotReady, match="no rows"):
        draw(frame.iloc[:0])
    with pytest.raises(UsageError, match="column"):
        draw(frame.drop(columns=frame.columns[-2]))
