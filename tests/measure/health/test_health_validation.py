"""Scores held against who left: on eight customers whose order is seen by eye, and refusals that say what to do."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure import health
from cslab.measure.health.judged import judged

DAY = pd.Timestamp("2024-06-30")
Make = Callable[..., Book]
TEXT = """
name: use
style: bands
high: healthy
full: 10
nulls: ignore
red: 4
green: 7
measures:
  wau_ratio: {weight: 1, nothing_at: 0.3, all_at: 0.7}
"""
USE = health.read_score(TEXT, "use.yaml")


def test_who_uses_little_is_red_and_who_uses_much_is_green(eight: Make) -> None:
    found = health.score(eight(), USE, DAY).set_index("account_id")
    assert found.loc["A1", ["score", "known", "colour"]].tolist() == [0.0, 1.0, "red"]
    assert found.loc["B1", ["score", "known", "colour"]].tolist() == [10.0, 1.0, "green"]


def test_the_parts_of_a_score_add_up_to_it(eight: Make) -> None:
    pieces = health.parts(eight(), USE, DAY).set_index("account_id")
    assert pieces.loc["A3", ["signal", "value", "share"]].tolist() == pytest.approx(["wau_ratio", 0.2, 0.0])


@pytest.mark.slow
def test_a_score_that_ranks_all_rightly_has_an_auc_of_one_and_read_the_wrong_way_of_none(eight: Make) -> None:
    found = health.score(eight(), USE, DAY)
    assert float(health.validate(found, eight(), 6).auc) == 1.0
    flipped = health.of(found[["account_id", "as_of", "score"]], high="risk", full=10, red=7, green=4)
    assert float(health.validate(flipped, eight(), 6).auc) == 0.0


def test_a_score_that_is_the_same_for_all_says_nothing(eight: Make) -> None:
    same = health.of(pd.DataFrame({"account_id": list("AB"), "as_of": DAY, "score": 50}))
    rows = health.score(eight(), USE, DAY)[["account_id", "as_of"]].assign(score=50)
    assert same["colour"].tolist() == ["yellow", "yellow"]
    assert float(health.validate(health.of(rows), eight(), 6).auc) == 0.5


def test_a_score_taken_for_a_chance_promises_too_many_departures(eight: Make) -> None:
    ids = [*(f"A{place}" for place in range(1, 5)), *(f"B{place}" for place in range(1, 5))]
    rows = pd.DataFrame({"account_id": ids, "as_of": DAY, "score": [10, 20, 30, 40, 20, 30, 40, 50]})
    found = health.validate(health.of(rows), eight(), 6)
    assert float(found.calibration.ratio) == pytest.approx(np.mean([0.9, 0.8, 0.7, 0.6, 0.8, 0.7, 0.6, 0.5]) / 0.5)


def test_a_score_from_elsewhere_has_no_lead_and_a_declared_one_counts_the_months_in_red(eight: Make) -> None:
    book = eight()
    found = health.score(book, USE, DAY)
    validated = health.validate(found, book, 6)
    assert validated.lead is not None and float(validated.lead.caught) == 1.0
    months = validated.lead.rows["months"]
    assert set(months) == {7}  # notice in August: red at the ends of January, the first month with usage, to July
    assert health.validate(health.of(found[["account_id", "as_of", "score"]]), book, 6).lead is None


def test_who_was_not_red_at_the_notice_counts_with_no_warning(eight: Make) -> None:
    ratio = {"A1": 0.1, "A2": 0.9, "A3": 0.9, "A4": 0.9, "B1": 0.8, "B2": 0.8, "B3": 0.9, "B4": 0.9}
    lead = health.lead_time(eight(ratio), USE, "2024-07-01", "2024-12-31")
    assert (float(lead.caught), float(lead.warning), lead.of_caught) == (0.25, 1.75, 7.0)


def test_who_was_gone_without_notice_can_be_left_out_of_the_lead(eight: Make) -> None:
    book = eight({"A1": 0.1, "A2": 0.9, "A3": 0.9, "A4": 0.9, "B1": 0.8, "B2": 0.8, "B3": 0.9, "B4": 0.9})
    lead = health.lead_time(book, USE, "2024-07-01", "2024-12-31")
    assert not lead.rows["at_once"].any() and lead.of_notice.caught == lead.caught
    exits = book.churn_events
    book.tables["churn_events"] = exits.assign(
        effective_on=exits["effective_on"].where(exits["account_id"] == "A1", exits["decided_on"])
    )
    again = health.lead_time(book, USE, "2024-07-01", "2024-12-31")
    assert float(again.caught) == 0.25  # of all four who left
    assert (float(again.of_notice.caught), again.of_notice.caught.n) == (1.0, 1)
    only = health.lead_time(book, USE, "2024-07-01", "2024-12-31").of_notice
    none = replace(only, rows=only.rows.assign(at_once=True)).of_notice
    assert none.caught.n == 0 and np.isnan(float(none.caught))


def test_segments_with_one_outcome_have_no_auc_and_say_how_many_they_are(eight: Make) -> None:
    book = eight()
    book.tables["accounts"]["segment"] = [*["smb"] * 4, *["mid"] * 4]
    found = health.validate(health.score(book, USE, DAY), book, 6).segments.set_index("segment")
    assert found["n"].tolist() == [4, 4] and found["events"].tolist() == [0, 4] and found["estimate"].isna().all()


def test_accounts_without_a_score_are_counted_not_ranked(eight: Make) -> None:
    book = eight()
    book.tables["usage_monthly"] = book.usage_monthly.query("account_id != 'B1'")
    rows = judged(health.score(book, USE, DAY), book, 6)
    assert rows.attrs["unscored"] == 1 and len(rows) == 7


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        ({"account": ["A1"], "as_of": [DAY], "score": [5]}, "account_id"),
        ({"account_id": ["A1"], "as_of": [DAY], "score": ["good"]}, "none of the 1 values is a number"),
    ],
)
def test_what_is_no_frame_of_scores_is_refused_by_what_it_lacks(frame: dict[str, list[object]], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        health.of(pd.DataFrame(frame))


def test_a_frame_that_nobody_declared_is_not_judged(eight: Make) -> None:
    rows = pd.DataFrame({"account_id": ["A1"], "as_of": DAY, "score": [5.0]})
    with pytest.raises(UsageError, match=r"health\.of"):
        health.validate(rows, eight(), 6)


def test_scores_of_strangers_are_not_judged(eight: Make) -> None:
    rows = health.of(pd.DataFrame({"account_id": ["Z9"], "as_of": DAY, "score": [5.0]}))
    with pytest.raises(UsageError, match="None of the 1 scored customers"):
        health.validate(rows, eight(), 6)


def test_a_model_is_only_judged_at_the_horizon_it_was_declared_for(eight: Make) -> None:
    rows = health.of(pd.DataFrame({"account_id": ["A1"], "as_of": DAY, "score": [5.0]}))
    rows.attrs["declared"] = health.declared("model")
    with pytest.raises(UsageError, match="within 6 months; asked was 12"):
        health.validate(rows, eight(), 12)


def test_a_day_whose_horizon_is_not_over_is_refused(eight: Make) -> None:
    with pytest.raises(UsageError, match="2024"):
        health.validate(health.score(eight(), USE, "2025-01-31"), eight(), 6)


def test_without_departures_there_is_no_lead(eight: Make) -> None:
    with pytest.raises(UsageError, match="nobody gave notice"):
        health.lead_time(eight(), USE, "2024-01-01", "2024-02-01")


def test_compared_scores_stand_on_the_same_customers_the_best_first(eight: Make) -> None:
    wrong = replace(USE, name="wrong", high="risk", red=7, green=4)
    found = health.compare(eight(), DAY, 6, [wrong, USE])
    assert found["name"].tolist() == ["use", "wrong"]
    assert found["estimate"].tolist() == [1.0, 0.0] and found["behind"].tolist() == [0.0, -1.0]


def test_traps_show_a_wrong_direction_and_hindsight(eight: Make) -> None:
    ratio = {"A1": 0.1, "A2": 0.9, "A3": 0.2, "A4": 0.5, "B1": 0.8, "B2": 0.2, "B3": 0.5, "B4": 0.9}
    found = health.traps(eight(ratio), USE, DAY, 6).set_index("trap")
    assert found.loc["direction", "estimate"] == pytest.approx(1 - found.loc["direction", "right"])
    assert found.loc["hindsight", "estimate"] > found.loc["hindsight", "right"]


def test_measures_that_say_the_same_are_named_with_the_weight_they_hold_together(eight: Make) -> None:
    text = TEXT + "  wau_last: {weight: 1, nothing_at: 0.3, all_at: 0.7}\n"
    found = health.overlap(eight(), health.read_score(text, "use.yaml"), DAY)
    assert found.loc[0, ["first", "second", "weight"]].tolist() == ["wau_ratio", "wau_last", 1.0]
    assert found.loc[0, "estimate"] == pytest.approx(1.0)


def test_a_score_names_the_columns_it_lacks_and_goes_on_without_them_when_asked_to(eight: Make) -> None:
    more = health.read_score(TEXT + "  nps: {weight: 1, nothing_at: 6, all_at: 9}\n", "use.yaml")
    with pytest.raises(NotReady, match="surveys"):
        health.score(eight(), more, DAY)
    assert health.score(eight(), more.only(eight()), DAY)["score"].equals(health.score(eight(), USE, DAY)["score"])
    with pytest.raises(NotReady, match="surveys"):
        health.declared("bands").only(Book({}, DAY))


@pytest.mark.parametrize("ruined", [health.traps, health.overlap])
def test_a_model_has_no_measures_to_ruin(eight: Make, ruined: Callable[..., object]) -> None:
    with pytest.raises(UsageError, match="no parts"):
        ruined(eight(), "model", DAY)


def test_hindsight_of_a_score_is_that_of_the_traps(eight: Make) -> None:
    book = eight()
    trapped = health.traps(book, USE, DAY).set_index("trap").loc["hindsight", "estimate"]
    assert float(health.hindsight(book, USE, DAY)) == trapped


def test_what_is_wrong_with_a_score_from_elsewhere_is_told_at_once() -> None:
    frame = pd.DataFrame({"account_id": ["A1", "A2"], "as_of": ["soon", "2024-03-31"], "score": ["high", "low"]})
    with pytest.raises(UsageError) as said:
        health.of(frame)
    assert {fault.key for fault in said.value.faults} == {"health.no_day", "health.no_numbers"}
    assert "soon" in said.value.text("ja")
    with pytest.raises(UsageError, match="empty"):
        health.of(frame.iloc[:0])


def test_days_of_a_score_from_elsewhere_may_be_written() -> None:
    written = pd.DataFrame({"account_id": ["A1"], "as_of": "2024/3/31", "score": 5})
    assert health.of(written)["as_of"].tolist() == [pd.Timestamp("2024-03-31")]


def test_no_score_to_compare_is_said_with_those_that_there_are(eight: Make) -> None:
    with pytest.raises(UsageError, match="dear"):
        health.compare(eight(), DAY, declarations=[])
