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
    assert told(log(*rows)) == told(log(*rows[::-1]))
    assert "same_day" in told(log(*rows))


def test_a_stay_without_a_first_day_is_refused():
    assert told(log(("A", "onboarding", None))) == ["day"]


def test_a_missing_column_is_told_with_the_nearest():
    with pytest.raises(UsageError, match="nearest: phases"):
        lifecycle.spells_of_log(
            log(("A", "onboarding", "2024-01-01")).rename(columns={"phase": "phases"}), "2024-12-31"
        )
