"""Logs that already say the phases, under whatever names."""

from __future__ import annotations

import pandas as pd
import pytest

from cslab.faults import DataError, UsageError
from cslab.measure import lifecycle


def log(*rows: tuple[str, ...]) -> pd.DataFrame:
    """A log from rows of account, phase, first day and, where there is one, the day after the last."""
    frame = pd.DataFrame(rows, columns=["account_id", "phase", "begins", "ends"][: len(rows[0])])
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in ("begins", "ends") if name in frame})


def told(frame: pd.DataFrame, as_of: str = "2024-12-31") -> list[str]:
    """The keys of what is wrong with a log."""
    with pytest.raises(DataError) as caught:
        lifecycle.spells_of_log(frame, as_of)
    assert all(fault.text("ja") for fault in caught.value.faults)
    return [fault.key.removeprefix("lifecycle.log_") for fault in caught.value.faults]


def test_other_names_are_understood_and_rows_may_come_in_any_order():
    frame = log(("A", "運用期", "2024-07-01"), ("B", "導入期", "2024-02-01"), ("A", "導入期", "2024-01-10"))
    found = lifecycle.spells_of_log(frame, "2024-12-31", lifecycle.rules("sansan"))
    assert found["phase"].tolist() == ["introduction", "operation", "introduction"]
    assert found["next"].tolist()[0] == "operation" and found["next"].isna().tolist() == [False, True, True]
    assert str(found["ends"].iloc[0].date()) == "2024-07-01"


def test_rows_of_one_phase_that_follow_each_other_are_one_stay():
    frame = log(("A", "onboarding", "2024-01-01"), ("A", "Onboarding", "2024-02-01"), ("A", "adoption", "2024-03-01"))
    found = lifecycle.spells_of_log(frame, "2024-12-31")
    assert found["phase"].tolist() == ["onboarding", "adoption"]
    assert str(found["ends"].iloc[0].date()) == "2024-03-01"


def test_a_phase_that_goes_on_over_several_rows_has_not_ended():
    found = lifecycle.spells_of_log(
        log(("A", "onboarding", "2024-01-01"), ("A", "onboarding", "2024-02-01")), "2024-12-31"
    )
    assert str(found["begins"].item().date()) == "2024-01-01" and pd.isna(found["ends"].item())


def test_an_end_that_is_planned_has_not_come_yet():
    frame = log(("A", "onboarding", "2024-01-01", "2024-12-31"), ("B", "onboarding", "2024-01-01", "2025-01-01"))
    assert lifecycle.spells_of_log(frame, "2024-12-31")["ends"].isna().tolist() == [False, True]


def test_a_day_is_a_day_whatever_its_clock_and_zone():
    begins = pd.to_datetime(["2024-01-01 23:00", "2024-12-31 18:00"]).tz_localize("Asia/Tokyo")
    frame = pd.DataFrame({"account_id": "A", "phase": ["onboarding", "adoption"], "begins": begins})
    found = lifecycle.spells_of_log(frame, "2024-12-31")
    assert found["begins"].dt.strftime("%Y-%m-%d %H").tolist() == ["2024-01-01 00", "2024-12-31 00"]
    morning_and_noon = begins[:1].append(begins[:1] - pd.Timedelta(hours=12))
    assert told(frame.assign(begins=morning_and_noon)) == ["same_day"]


def test_days_written_as_text_are_read_and_never_guessed():
    read = pd.DataFrame({"account_id": ["A", "B"], "phase": "onboarding", "begins": ["2024-01-05", "2024年1月6日"]})
    assert lifecycle.spells_of_log(read, "2024-12-31")["begins"].dt.day.tolist() == [5, 6]
    for day in ("05/01/2024", "soon", 20240105, 45296.0):
        assert told(read.assign(begins=day)) == ["day"]
    assert told(read.assign(ends=["2024-02-30", ""])) == ["end"]


def test_a_row_of_no_account_is_refused():
    assert told(log((None, "onboarding", "2024-01-01"), (None, "adoption", "2024-02-01"))) == ["account"]


def test_what_comes_out_can_be_counted_like_any_other_spells():
    frame = log(("A", "onboarding", "2024-01-01"), ("A", "churn", "2024-03-01"), ("B", "onboarding", "2024-01-01"))
    timed = lifecycle.in_months(lifecycle.spells_of_log(frame, "2024-12-31"))
    assert timed["start"].tolist()[0] == 0 and timed["to"].tolist()[0] == "churn"


def test_everything_that_is_wrong_is_told_at_once():
    frame = log(
        ("A", "onbording", "2024-01-01", "2024-02-01"),
        ("B", "onboarding", "2024-01-01", "2024-03-01"),
        ("B", "adoption", "2024-02-01", "2024-04-01"),
        ("C", "onboarding", "2024-01-01", "2024-02-01"),
        ("C", "adoption", "2024-03-01", "2024-04-01"),
        ("D", "onboarding", "2024-05-01", "2024-04-01"),
        ("E", "onboarding", "2025-05-01", "2025-06-01"),
    )
    assert told(frame) == ["phase", "ahead", "order", "overlap", "gap"]


def test_two_phases_that_begin_on_one_day_are_refused_whatever_their_order():
    rows = [("A", "onboarding", "2024-01-01"), ("A", "adoption", "2024-01-01")]
    assert told(log(*rows)) == told(log(*rows[::-1])) == ["same_day"]


def test_a_stay_without_a_first_day_is_refused():
    assert told(log(("A", "onboarding", None))) == ["day"]


def test_a_missing_column_is_told_with_the_nearest():
    with pytest.raises(UsageError, match="nearest: phases"):
        lifecycle.spells_of_log(
            log(("A", "onboarding", "2024-01-01")).rename(columns={"phase": "phases"}), "2024-12-31"
        )
