"""The renewal map: piles as high as the money due, what is open apart from what is past, the day that is known."""

from __future__ import annotations

import pandas as pd
import pytest

from cslab.faults import NotReady, UsageError
from cslab.figures.sheet import note_of
from cslab.figures.survival import renewal_map


def test_the_pile_of_a_month_is_its_money_by_status(due: pd.DataFrame) -> None:
    ax = renewal_map(due)
    piles = {bars.get_label(): [bar.get_height() for bar in bars] for bars in ax.containers}
    assert piles == {
        "churned": [50_000, 0, 0, 0],
        "renewed": [400_000, 0, 0, 0],
        "renewed, larger": [0, 300_000, 0, 0],
        "still open": [0, 0, 0, 250_000],
    }
    assert next(bar.get_y() for bar in ax.containers[1]) == 50_000


def test_each_month_with_contracts_says_how_many_and_a_month_without_stays_in_the_calendar(due: pd.DataFrame) -> None:
    counts = {text.xy[0]: text.get_text() for text in renewal_map(due).texts if text.get_gid() == "contracts"}
    assert counts == {0: "5", 1: "2", 3: "3"}


def test_a_month_that_is_decided_says_how_many_of_its_contracts_left(due: pd.DataFrame) -> None:
    ax = renewal_map(due)
    assert {text.xy[0]: text.get_text() for text in ax.texts if text.get_gid() == "left"} == {0: "1", 1: "0"}
    assert "all contracts due, below them those churned" in note_of(ax)
    assert "満了を迎える全契約数、下段はうち解約" in note_of(renewal_map(due, lang="ja"))


def test_where_nothing_is_decided_the_note_does_not_speak_of_those_churned(due: pd.DataFrame) -> None:
    note = note_of(renewal_map(due[due["status"] == "open"]))
    assert "all contracts due" in note and "churned" not in note


def test_colours_beyond_the_known_day_are_called_decided_ahead(due: pd.DataFrame) -> None:
    assert "decided ahead" not in note_of(renewal_map(due))
    early = pd.DataFrame({"month": [pd.Timestamp("2024-05-01")], "status": ["churned"]})
    ahead = pd.concat([due, early.assign(contracts=1, mrr_amount=40_000)], ignore_index=True)
    ahead.attrs.update(due.attrs)
    assert "decided ahead" in note_of(renewal_map(ahead))
    assert "満了前に更新可否が決定済み" in note_of(renewal_map(ahead, lang="ja"))


def test_the_line_stands_at_the_end_of_the_last_known_month(due: pd.DataFrame) -> None:
    (line,) = renewal_map(due).get_lines()
    assert 1.4 < line.get_xdata()[0] < 1.5


def test_a_day_outside_the_picture_draws_no_line(due: pd.DataFrame) -> None:
    due.attrs["as_of"] = pd.Timestamp("2030-01-01")
    assert not renewal_map(due).get_lines()


@pytest.mark.parametrize(("lang", "tick"), [("ja", "20万円"), ("en", "¥200k")])
def test_money_is_written_as_the_language_says_it(due: pd.DataFrame, lang: str, tick: str) -> None:
    ax = renewal_map(due, lang=lang)
    ax.figure.canvas.draw()
    assert tick in [label.get_text() for label in ax.get_yticklabels()]


def test_without_amounts_the_bars_count_contracts(due: pd.DataFrame) -> None:
    ax = renewal_map(due.assign(mrr_amount=float("nan")))
    assert [bar.get_height() for bar in ax.containers[1]] == [4, 0, 0, 0]
    assert "bar: contracts" in note_of(ax)


def test_many_months_carry_no_counts_on_their_bars() -> None:
    months = pd.date_range("2018-01-01", periods=60, freq="MS")
    due = pd.DataFrame({"month": months, "status": "renewed", "contracts": 120, "mrr_amount": 1e6})
    assert not [text for text in renewal_map(due).texts if text.get_gid() == "contracts"]


def test_an_empty_map_is_refused_and_so_is_the_wrong_table(due: pd.DataFrame) -> None:
    with pytest.raises(NotReady, match="no rows"):
        renewal_map(due.iloc[:0])
    with pytest.raises(UsageError, match="Nearest: contracts_due"):
        renewal_map(due.rename(columns={"contracts": "contracts_due"}))
