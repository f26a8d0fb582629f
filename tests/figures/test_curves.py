"""Survival curves: the frame's heights, a fixed look a role, names at the ends, numbers at risk beneath."""

from __future__ import annotations

import pandas as pd
import pytest

from cslab.faults import NotReady, UsageError
from cslab.figures.sheet import note_of
from cslab.figures.style import ROLES
from cslab.figures.survival import curves
from cslab.words import label

from .conftest import survival_frame

KM = survival_frame([1.0, 0.9, 0.8, 0.7])
TRUTH = pd.DataFrame({"time": range(4), "estimate": [1.0, 0.91, 0.82, 0.73]})


def lines(ax: object) -> dict[str, list[float]]:
    """Heights by name of the line."""
    found = [line for line in ax.get_lines() if not line.get_label().startswith("_")]  # type: ignore[attr-defined]
    return {line.get_label(): list(line.get_ydata()) for line in found}


def written(ax: object, kind: str) -> list[str]:
    """Words of a kind on the picture."""
    return [text.get_text() for text in ax.texts if text.get_gid() == kind]  # type: ignore[attr-defined]


def test_a_curve_goes_through_the_estimates_in_the_colour_of_its_role() -> None:
    ax = curves(naive=survival_frame([1.0, 0.95, 0.9, 0.85]), better=KM, truth=TRUTH)
    assert lines(ax)["naive"] == [1.0, 0.95, 0.9, 0.85]
    assert lines(ax)["this lesson"] == [1.0, 0.9, 0.8, 0.7]
    assert lines(ax)["truth"] == [1.0, 0.91, 0.82, 0.73]
    looks = {line.get_label(): (line.get_color(), line.get_linestyle()) for line in ax.get_lines()}
    assert looks == {label(name): (role.colour, role.dash) for name, role in ROLES.items()}


def test_the_readings_of_a_stock_list_keep_the_meaning_of_the_colours() -> None:
    readings = {"stock_period": KM, "stock_watched": KM, "stock_plain": KM}
    period, watched, plain = ((line.get_color(), line.get_linestyle()) for line in curves(readings).get_lines())
    assert plain == (ROLES["naive"].colour, ROLES["naive"].dash)
    assert watched == (ROLES["better"].colour, ROLES["better"].dash)
    assert period[0] not in {role.colour for role in ROLES.values()}
    assert period[1] not in {role.dash for role in ROLES.values()}


@pytest.mark.parametrize(
    ("lang", "name"), [("en", "read plainly\n(no real group)"), ("ja", "そのまま読む\n(実在しない集団)")]
)
def test_the_plain_reading_says_that_no_such_group_lived_and_in_one_line_elsewhere(lang: str, name: str) -> None:
    ax = curves({"stock_plain": KM, "stock_period": survival_frame([1.0, 0.9, 0.8, 0.69])}, lang=lang, at=2)
    assert written(ax, "end")[0] == name
    assert written(ax, "at risk name")[0] == name.split("\n")[0]
    assert written(ax, "reading")[1] == f"80.0% {name.splitlines()[0]}"


def test_a_truth_that_nobody_knows_is_left_out() -> None:
    assert list(lines(curves(better=KM, truth=None))) == ["this lesson"]


def test_the_band_lies_between_the_limits() -> None:
    (band,) = curves(better=KM).collections
    heights = band.get_paths()[0].vertices[:, 1]
    assert heights.min() == pytest.approx(KM["low"].min()) and heights.max() == pytest.approx(1.0)


def test_groups_have_a_curve_each_in_their_own_order_and_in_the_readers_words() -> None:
    frame = pd.concat([survival_frame([1.0, 0.9], segment="smb"), survival_frame([1.0, 0.95], segment="enterprise")])
    assert list(lines(curves(frame))) == ["SMB", "Enterprise"]
    assert written(curves(frame, lang="ja"), "end") == ["中小企業", "大企業"]


def test_the_note_adds_up_the_customers_of_the_groups() -> None:
    frame = pd.concat([survival_frame([1.0, 0.9], segment="smb"), survival_frame([1.0, 0.95], n=40, segment="mid")])
    assert note_of(curves(frame)).startswith("n = 140 customers")


def test_several_results_are_drawn_by_name_and_one_without_groups_is_everybody() -> None:
    assert list(lines(curves({"2023": KM, "2024": KM}))) == ["2023", "2024"]
    assert list(lines(curves(KM))) == ["all customers"]


def test_a_marked_month_is_read_from_every_curve_that_reaches_it() -> None:
    ax = curves(better=KM, truth=TRUTH.iloc[:2], at=2)
    assert written(ax, "reading") == ["at month 2", "80.0% this lesson"]


def test_what_is_read_aloud_is_written_where_no_curve_passes() -> None:
    high, low = survival_frame([1.0] + [0.9] * 30), survival_frame([1.0] + [0.06] * 30)
    ax = curves(naive=low, better=high, at=12)
    heights = [text.xy[1] for text in ax.texts if text.get_gid() == "reading"]
    assert len(heights) == 3 and min(heights) > 0.11 and max(heights) < 0.85


def test_numbers_at_risk_stand_under_the_ticks_for_each_curve_that_has_them() -> None:
    ax = curves(better=KM, truth=TRUTH)
    assert written(ax, "at risk")[1:] == ["100", "95", "90", "85"]
    assert written(ax, "at risk name") == ["this lesson"]


def test_the_note_gives_the_range_where_curves_rest_on_different_numbers() -> None:
    assert note_of(curves(naive=survival_frame([1.0, 0.9], n=1500), better=KM)).startswith("n = 100–1,500 customers")


def test_durations_in_days_are_not_called_months() -> None:
    days = KM.copy()
    days.attrs["unit"] = "day"
    assert curves(better=days).get_xlabel() == "days since signing"


def test_nothing_to_draw_is_said_and_so_is_the_wrong_table() -> None:
    with pytest.raises(UsageError, match="naive, better, truth"):
        curves()
    with pytest.raises(NotReady, match="no rows"):
        curves(better=KM.iloc[:0])
    with pytest.raises(UsageError, match="column time"):
        curves(better=KM.drop(columns="time"))


def test_a_curve_is_drawn_and_read_only_as_far_as_it_is_known() -> None:
    frame = pd.DataFrame(
        {"time": [0, 1, 2, 3], "at_risk": [9, 9, 0, 1], "estimate": [1.0, 0.8, float("nan"), float("nan")]}
    )
    axes = curves(better=frame.assign(low=frame["estimate"], high=frame["estimate"], n=9), at=3)
    assert not [text for text in written(axes, "reading") if "nan" in text]
    assert max(axes.get_lines()[0].get_xdata()) == 1
