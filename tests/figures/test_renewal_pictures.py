"""Pictures of renewals: as large as the ARR, as wide as the limits, as high as what is won."""

from __future__ import annotations

import pytest
from matplotlib.axes import Axes

from cslab.faults import NotReady, UsageError
from cslab.figures import renewal
from cslab.figures.renewal import coverage, fan, triage
from cslab.figures.sheet import note_of
from tests.figures.renewal_frames import coming, held, quarters, renewals


def written(ax: Axes, kind: str) -> list[str]:
    """Words of a kind on the picture."""
    return [text.get_text() for text in ax.texts if text.get_gid() == kind]


def test_a_bubble_is_as_large_as_the_arr_that_comes_due() -> None:
    (bubbles,) = [one for one in renewal.map(coming()).collections if one.get_gid() == "bubbles"]
    sizes = bubbles.get_sizes()
    assert sizes[0] == pytest.approx(2 * sizes[1])  # enterprise has twice the ARR of mid


def test_the_map_says_what_comes_due_and_what_can_be_expected_to_be_lost() -> None:
    note = note_of(renewal.map(coming(), lang="ja"))
    assert "契約" in note and "3.3億円" in note


def test_many_groups_are_taken_together_without_losing_a_contract() -> None:
    ax = renewal.map(coming([f"M{one}" for one in range(12)]))
    assert len(ax.get_yticks()) == 8
    assert (
        sum(int(text) for text in written(ax, "count")) == coming([f"M{one}" for one in range(12)])["contracts"].sum()
    )


def test_the_next_quarter_is_written_out_and_the_past_is_counted() -> None:
    ax = fan(quarters())
    assert written(ax, "ahead") == ["next quarter: 85 (78–91) of 100"]
    assert "n = 8 quarters back-tested, 7 inside" in note_of(ax)


def test_without_a_quarter_ahead_nothing_is_written() -> None:
    over = quarters().iloc[:-1]
    over.attrs = quarters().attrs
    assert written(fan(over), "ahead") == []


def test_a_way_that_was_not_forecast_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        fan(quarters(), "modle")
    assert caught.value.faults[0].values["near"] == "model"


def test_the_promise_is_written_beside_the_line_it_is_drawn_at() -> None:
    ax = coverage(held())
    assert written(ax, "") == ["promised: 80%"]


def test_lines_end_at_what_half_of_the_renewals_win() -> None:
    ax = triage(renewals())
    ends = {line.get_gid(): line.get_ydata()[-1] for line in ax.get_lines() if line.get_gid()}
    table = renewals()
    assert ends["by_uplift"] == pytest.approx(table["gain_amount"].nlargest(20).sum())
    assert ends["by_lot"] == pytest.approx(table["gain_amount"].sum() / 2)


def test_an_empty_table_is_refused() -> None:
    with pytest.raises(NotReady):
        triage(renewals().head(0))
