"""Whoever leaves out the silent believes those who answered: six customers, seen by eye."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

import cslab
from cslab.faults import NotReady
from cslab.measure.gaps import gaps
from cslab.measure.tabled import tabled

CONTRACTS = """
account_id start      end        outcome
A          2022-01-01 2025-01-01 open
B          2022-01-01 2025-01-01 open
C          2022-01-01 2025-01-01 open
D          2022-01-01 2023-07-01 churned
E          2022-01-01 2023-07-01 churned
F          2022-01-01 2025-01-01 open
"""


def company(tiny, answered):
    """Six customers, two of whom leave; some answered a survey in the year before the day."""
    book = tiny("2024-03-31", contracts=CONTRACTS)
    days = [pd.Timestamp("2023-01-10") if name in answered else pd.NaT for name in "ABCDEF"]
    surveys = pd.DataFrame({"account_id": [*"ABCDEF"], "type": "nps", "sent_on": pd.Timestamp("2023-01-01")})
    accounts = pd.DataFrame({"account_id": [*"ABCDEF"]})
    tables = {**book.tables, "accounts": accounts, "surveys": surveys.assign(responded_on=pd.to_datetime(days))}
    return replace(book, tables=tables)


def test_of_those_who_answered_nobody_left_of_all_a_third_did(tiny):
    found = gaps(company(tiny, "ABC"))
    assert (found.answered.estimate, found.silent.estimate) == (0.0, pytest.approx(2 / 3))
    assert found.everybody.estimate == pytest.approx(1 / 3)
    assert found.share == 0.5


def test_where_nobody_answered_there_is_no_number_of_those_who_did(tiny):
    found = gaps(company(tiny, ""))
    assert found.answered is None and found.silent.n == 6
    assert found.table()["group"].tolist() == ["silent_before", "all_there"]


def test_an_answer_to_another_survey_or_after_the_day_does_not_count(tiny):
    book = company(tiny, "ABC")
    assert gaps(book, "csat").answered is None
    late = book.surveys.assign(responded_on=pd.Timestamp("2023-05-01"))
    assert gaps(replace(book, tables={**book.tables, "surveys": late})).answered is None


def test_without_the_days_of_answers_it_says_so(tiny):
    book = company(tiny, "ABC")
    without = {**book.tables, "surveys": book.surveys.drop(columns="responded_on")}
    with pytest.raises(NotReady, match="responded_on"):
        gaps(replace(book, tables=without))


@pytest.mark.slow
def test_the_silent_leave_more_often_over_many_companies():
    below = sum(
        found.answered.estimate < found.everybody.estimate
        for seed in range(1, 13)
        for found in [gaps(cslab.load(f"synthetic:default_jp?accounts=800&seed={seed}"))]
    )
    assert below >= 10  # of 12; by chance alone 6


def test_a_row_that_is_not_there_gives_no_estimate():
    rows = pd.DataFrame({"way": ["model"], "estimate": [float("nan")], "low": [0.0], "high": [1.0], "n": [3]})
    assert tabled(rows, way="model") is None and tabled(rows, way="rate") is None
