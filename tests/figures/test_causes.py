"""Why customers leave: a line a cause, two marks a cause, the truth only where it is known."""

from __future__ import annotations

import pytest

from cslab.faults import NotReady, UsageError
from cslab.figures import causes
from cslab.figures.sheet import note_of
from tests.figures.cause_frames import by_cause, counted, gains, twice


def lines(ax: object) -> dict[str, object]:
    """The lines of a picture by name."""
    return {line.get_label(): line for line in ax.get_lines()}  # type: ignore[attr-defined]


def words(ax: object, kind: str) -> list[str]:
    """What is written of one kind."""
    return [text.get_text() for text in ax.texts if text.get_gid() == kind]  # type: ignore[attr-defined]


def test_each_cause_ends_with_its_share() -> None:
    ax = causes.incidence(by_cause())
    assert words(ax, "end") == ["voluntary 34.8%", "involuntary 3.8%"]
    assert lines(ax)["voluntary"].get_ydata()[-1] == pytest.approx(0.348)
    assert "400" in note_of(ax)


def test_the_truth_is_dotted_where_it_is_known_and_named_only_then() -> None:
    known, unknown = causes.incidence(by_cause(), truth=by_cause()), causes.incidence(by_cause())
    assert len(known.get_lines()) == len(unknown.get_lines()) + 2
    assert "true" in note_of(known) and "true" not in note_of(unknown)


def test_a_truth_that_reaches_further_is_cut() -> None:
    longer = by_cause().assign(time=lambda rows: 2 * rows["time"])
    ax = causes.incidence(by_cause(), truth=longer)
    assert max(lines(ax)["_truth"].get_xdata()) == 24


def test_each_row_says_both_counts_and_the_sum_has_a_name_of_its_own() -> None:
    ax = causes.beside(twice())
    assert words(ax, "name")[-1] == "all causes together"
    assert words(ax, "number")[-1] == "27.0% → 34.0%"
    assert "36" in note_of(ax)


def test_bars_say_their_share_and_count() -> None:
    ax = causes.shares(counted("reason", "price", "competitor"))
    assert words(ax, "name") == ["price", "moved to a competitor"]
    assert words(ax, "number") == ["35.0%  (35)", "25.0%  (25)"]
    assert [bar.get_width() for bar in ax.patches] == pytest.approx([0.35, 0.25])


def test_what_is_missing_from_the_gain_stands_at_its_end() -> None:
    ax = causes.damper(gains())
    assert words(ax, "end") == ["as it is (-5.0%)", "if nobody closed down"]
    assert lines(ax)["as it is"].get_ydata().tolist() == pytest.approx([38_000, 190_000, 380_000])


def test_nothing_to_draw_is_said() -> None:
    with pytest.raises(NotReady):
        causes.incidence(by_cause().iloc[:0])
    with pytest.raises(UsageError, match="one_minus_km"):
        causes.beside(twice().drop(columns="one_minus_km"))
    with pytest.raises(UsageError, match="departures"):
        causes.shares(counted("reason", "price").drop(columns="departures"))
    with pytest.raises(UsageError, match="share"):
        causes.damper(gains().drop(columns="share"))
