"""Onboarding completion: the same four customers, and what each denominator makes of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure.kpis.success import onboarding_completion
from cslab.measure.onboarding import (
    DENOMINATORS,
    arrivals,
    completion,
    completion_truth,
    completions,
    milestone_counts,
    milestones,
)

Make = Callable[..., Book]


def test_only_those_who_began_long_enough_ago_are_asked_and_who_never_got_there_is_one_of_them(four: Book) -> None:
    found = completion(four, 90)
    assert (found.estimate, found.n) == (pytest.approx(1 / 3), 3)  # A; not B, not C; D began ten days ago


@pytest.mark.parametrize(
    ("denominator", "share", "n"), [("completers", 2 / 3, 3), ("everybody", 2 / 4, 4), ("so_far", 3 / 4, 4)]
)
def test_wrong_denominators_say_something_else(four: Book, denominator: str, share: float, n: int) -> None:
    found = completion(four, 90, denominator=denominator)
    assert (found.estimate, found.n) == (pytest.approx(share), n)


def test_what_we_did_is_ticked_sooner_than_what_the_customer_got(four: Book) -> None:
    assert completion(four, 90, "checklist").estimate == pytest.approx(2 / 3)  # the kickoffs of A and B


def test_usage_counts_at_the_end_of_the_first_month_of_half_of_the_seats(four: Book) -> None:
    found = arrivals(four, "usage").set_index("account_id")
    assert found["event"].to_dict() == {"A": True, "B": True, "C": False, "D": True}
    assert found.loc[["A", "B", "D"], "duration"].tolist() == [59, 30, 10]  # to 29 February, 31 January, 30 June


def test_a_milestone_that_lies_ahead_of_the_day_of_the_data_has_not_happened(four: Book) -> None:
    earlier = Book({"onboarding": four.onboarding}, four.as_of - np.timedelta64(65, "D"))  # 26 April: B is not there
    assert completion(earlier, 60).estimate == pytest.approx(1 / 3)
    assert arrivals(earlier)["event"].sum() == 1


def test_without_kinds_all_milestones_have_to_be_reached(four: Book) -> None:
    plain = Book({"onboarding": four.onboarding.drop(columns="kind")}, four.as_of)
    assert completion(plain, 90).estimate == pytest.approx(1 / 3)


def test_one_milestone_can_be_asked_for(four: Book) -> None:
    assert arrivals(four, point="kickoff").set_index("account_id")["duration"].to_dict() == {
        "A": 4, "B": 8, "C": 181, "D": 1}  # fmt: skip
    assert milestones(four) == ["kickoff", "first_value"]


def test_the_table_of_all_definitions_marks_the_wrong_denominators(four: Book) -> None:
    found = completions(four)
    assert found["fault"].tolist() == [False, True, True, True] * 3
    assert found.query("definition == 'outcome'")["part"].tolist() == [1, 2, 2, 3]
    assert list(found["denominator"].unique()) == list(DENOMINATORS)


def test_a_company_without_usage_has_two_definitions(four: Book) -> None:
    found = completions(Book({"onboarding": four.onboarding}, four.as_of))
    assert list(found["definition"].unique()) == ["checklist", "outcome"]


def test_it_is_the_rate_of_the_scorecard_over_the_same_customers() -> None:
    book = cslab.load("synthetic:tiny?accounts=300")
    window = onboarding_completion(book, "2021-01-01", "2025-04-01")
    found = completion(book)
    assert (found.estimate, found.n) == (pytest.approx(window.estimate), window.n)


def test_the_truth_is_nobodys_where_there_is_none_and_lies_within_the_limits_where_there_is(four: Book) -> None:
    assert completion_truth(four) is None
    book = cslab.load("synthetic:tiny?accounts=900&seed=4")
    found, truth = completion(book), completion_truth(book)
    assert truth is not None and found.low < float(truth) < found.high


def test_what_cannot_be_asked_is_said(four: Book) -> None:
    with pytest.raises(UsageError, match="outcome"):
        completion(four, definition="outcomes")
    with pytest.raises(UsageError, match="completers"):
        completion(four, denominator="completer")
    with pytest.raises(UsageError, match="at least one day"):
        completion(four, 0)
    with pytest.raises(UsageError, match="kickoff"):
        arrivals(four, point="kick_off")
    with pytest.raises(NotReady, match=r"onboarding"):
        completion(Book({"accounts": four.accounts}, four.as_of))
    with pytest.raises(NotReady, match="had begun"):
        completion(Book({"onboarding": four.onboarding}, four.as_of - np.timedelta64(400, "D")))


def test_nobody_can_be_asked_where_all_began_lately(four: Book) -> None:
    assert completion(four, 500).n == 0


def test_milestones_are_counted_by_kind_and_by_whether_their_time_was_up(company: Make) -> None:
    day = pd.to_datetime
    begun = pd.DataFrame({"account_id": ["A", "B", "C", "D", "A"], "kind": ["value"] * 4 + ["setup"]})
    begun = begun.assign(
        milestone=["first_value"] * 4 + ["kickoff"],
        started=day(["2024-01-01", "2024-01-01", "2024-01-01", "2025-06-01", "2024-01-01"]),
        done=day(["2024-02-01", "2024-12-01", None, "2025-06-20", "2024-01-05"]),
    )
    found = milestone_counts(company("2025-06-30", onboarding=begun), 90).set_index(["kind", "began_days_ago"])
    assert found.loc[("value", "90+")].tolist() == [1, 1, 1]
    assert found.loc[("value", "<90")].tolist() == [1, 0, 0]
    assert found.loc[("setup", "90+")].tolist() == [1, 0, 0]
    assert len(found) == 3


def test_no_time_at_all_is_refused_by_every_table_of_completion(company: Make) -> None:
    begun = pd.DataFrame({"account_id": ["A"], "milestone": ["first_value"], "kind": ["value"]})
    begun = begun.assign(started=pd.Timestamp("2024-01-01"), done=pd.NaT)
    book = company("2025-06-30", onboarding=begun)
    for counted in (completions, milestone_counts):
        with pytest.raises(UsageError):
            counted(book, 0)
