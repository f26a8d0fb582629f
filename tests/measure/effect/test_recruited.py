"""Whom a trial of a programme takes in: nobody who was there because it had stayed, and all whose lot had fallen."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure import effect

CONTRACTS = """
account_id start       end         outcome
known      2021-01-01  2024-01-01  open
early      2021-01-01  2024-01-01  open
left_soon  2021-01-01  2021-06-20  churned
seen_later 2020-01-01  2024-01-01  open
turn_first 2021-09-01  2024-09-01  open
"""
ACCOUNTS = """
account_id signed_on  observed_from segment
known      2021-01-01 2021-01-01    smb
early      2021-01-01 2021-01-01    smb
left_soon  2021-01-01 2021-01-01    smb
seen_later 2020-01-01 2022-06-01    smb
turn_first 2021-09-01 2021-09-01    smb
"""
TURNS = """
account_id program_id eligible_on invited_on enrolled_on
known      qbr        2021-06-01  2021-06-03 2021-06-10
early      qbr        2021-06-01  -          2021-02-01
left_soon  qbr        2021-06-01  2021-06-03 -
seen_later qbr        2021-06-01  2021-06-03 -
turn_first qbr        2021-06-01  2021-06-03 2021-06-05
"""


@pytest.fixture
def book(tiny: Callable[..., Book]) -> Book:
    made = tiny("2022-12-31", contracts=CONTRACTS, accounts=ACCOUNTS, program_enrolment=TURNS)
    rows = made.tables["program_enrolment"]
    days = {name: pd.to_datetime(rows[name]) for name in ("eligible_on", "invited_on", "enrolled_on")}
    return Book({**made.tables, "program_enrolment": rows.assign(**days)}, made.as_of)


def arms(trial: effect.Trial) -> dict[str, str]:
    return dict(zip(trial.rows["account_id"], trial.rows["arm"], strict=True))


def test_who_is_on_record_only_because_it_had_stayed_does_not_count_from_its_turn(book: Book) -> None:
    found = effect.trial(book, "invited:qbr", time_zero="eligible", horizon=6, covariates=[])
    assert not {"seen_later", "turn_first"} & {*arms(found)}
    assert found.left_out["before_records"] == 2


def test_who_leaves_after_the_lot_had_fallen_stays_in_the_arm_that_it_drew(book: Book) -> None:
    found = effect.trial(book, "invited:qbr", time_zero="eligible", horizon=6, covariates=[])
    assert arms(found) == {"known": "invited", "early": "not_invited", "left_soon": "invited"}
    assert found.left_out["left_in_grace"] == 0
    assert found.population.key == "population.eligible_at_once"


def test_who_took_part_before_time_zero_is_left_out_of_a_programme(book: Book) -> None:
    found = effect.trial(book, "programme:qbr", time_zero="eligible", horizon=6, covariates=[])
    assert arms(found) == {"known": "enrolled"}
    assert found.left_out["already_enrolled"] == 1


def test_taking_part_counts_within_the_months_asked_for(book: Book) -> None:
    rows = book.tables["program_enrolment"].copy()
    rows.loc[rows["account_id"] == "left_soon", "enrolled_on"] = pd.Timestamp("2022-11-01")
    late = Book({**book.tables, "program_enrolment": rows}, book.as_of)
    assert "left_soon" not in effect.attended(late, "qbr") and "left_soon" in effect.attended(late, "qbr", months=24)
    with pytest.raises(UsageError, match="months"):
        effect.attended(late, "qbr", months=0)


def test_arms_that_a_list_names_are_not_waited_for(book: Book) -> None:
    mine = pd.DataFrame({"account_id": ["known", "left_soon"], "arm": ["called", "not_called"]})
    found = effect.trial(book, mine, time_zero="2021-06-01", horizon=6, covariates=[])
    assert len(found.rows) == 2 and found.left_out["left_in_grace"] == 0


def test_a_day_on_which_nobody_was_a_customer_is_named_as_such(book: Book) -> None:
    with pytest.raises(NotReady, match="at time zero"):
        effect.trial(book, pd.DataFrame({"account_id": ["known"], "arm": "a"}), time_zero="2010-01-01")


def test_half_a_month_is_no_horizon(book: Book) -> None:
    with pytest.raises(UsageError, match="whole months"):
        effect.trial(book, "invited:qbr", time_zero="eligible", horizon=1.5)
