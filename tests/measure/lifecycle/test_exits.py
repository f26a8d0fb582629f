"""An exit rule of onboarding: who has passed it, and whether it tells who is up and running."""

from __future__ import annotations

import pandas as pd
import pytest

import cslab
from cslab.faults import DataError, NotReady
from cslab.measure import lifecycle

FIRST_VALUE = {"table": "onboarding", "column": "done", "where": {"milestone": "first_value"}}
CALENDAR = {"table": "accounts", "column": "signed_on", "days": 90}


def passed_on(found: pd.DataFrame) -> dict[str, str]:
    """The day on which each customer passed, as text."""
    return {row.account_id: str(row.passed_on)[:10] for row in found.itertuples()}


def test_a_customer_passes_on_the_day_of_its_own_result_and_late_entrants_are_not_asked(company):
    assert passed_on(lifecycle.passed(company(), FIRST_VALUE)) == {"A": "2023-06-01", "B": "NaT"}


def test_the_calendar_lets_everybody_through(company):
    assert passed_on(lifecycle.passed(company(), CALENDAR)) == {"A": "2023-06-30", "B": "2023-06-30"}


def test_a_day_that_is_still_to_come_is_not_passed(company):
    assert passed_on(lifecycle.passed(company("2023-06-29"), CALENDAR)) == {"A": "NaT", "B": "NaT"}


def test_a_rule_with_slips_is_told_with_the_nearest_names(company):
    with pytest.raises(DataError) as caught:
        lifecycle.passed(company(), {"table": "onboarding", "column": "don", "where": {"mile_stone": "x"}})
    assert [fault.values["near"] for fault in caught.value.faults] == ["done", "milestone"]


@pytest.mark.parametrize("rule", [{}, {"table": "onboarding"}, {"table": 3, "column": "done"}, {"tabel": "onboarding"}])
def test_a_rule_without_table_or_column_is_refused(company, rule: dict[str, object]):
    with pytest.raises(DataError):
        lifecycle.passed(company(), rule)


def test_a_rule_about_a_table_that_is_not_there_says_what_is_needed(company):
    with pytest.raises(NotReady, match=r"journey_events\.happened_on"):
        lifecycle.passed(company(), {"table": "journey_events", "column": "happened_on"})


@pytest.mark.slow
def test_the_customers_own_result_tells_more_than_our_task_and_our_task_more_than_the_calendar():
    book = cslab.load("synthetic:default_jp?seed=5&accounts=400")
    trained = {**FIRST_VALUE, "where": {"milestone": "team_trained"}}
    first_value, task, calendar = (lifecycle.true_agreement(book, rule) for rule in (FIRST_VALUE, trained, CALENDAR))
    assert first_value > task + 0.1 > calendar + 0.2
    assert lifecycle.true_agreement(book.hide_truth(), FIRST_VALUE) is None
