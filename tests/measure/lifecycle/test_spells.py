"""Phases of customers: one at a time, told from what was known, whatever the order of the rows."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cslab
from cslab.book import Book
from cslab.faults import DataError, NotReady, UsageError
from cslab.measure import lifecycle


def path(book: Book, account: str, rules: lifecycle.Rules | None = None) -> list[tuple[str, str]]:
    """The phases of one account, each with its first day."""
    found = lifecycle.spells(book, rules)
    rows = found[found["account_id"] == account]
    return [(phase, str(day.date())) for phase, day in zip(rows["phase"], rows["begins"], strict=True)]


def test_a_customers_life_goes_through_the_phases_as_its_days_say(company):
    assert path(company(), "A") == [
        ("evaluation", "2023-03-02"),  # 30 days before the signing
        ("purchase", "2023-04-01"),
        ("onboarding", "2023-04-11"),
        ("adoption", "2023-06-01"),
        ("renewal", "2023-12-03"),  # 120 days before 1 April 2024
        ("adoption", "2024-02-01"),
        ("renewal", "2024-12-02"),
        ("churn", "2025-04-01"),  # on the day it leaves, not on the day it says so
    ]


def test_who_has_no_first_value_stays_in_onboarding_whatever_the_calendar_and_the_contract_say(company):
    assert path(company(), "B")[-1] == ("onboarding", "2023-04-05")


def test_a_customer_of_before_the_records_enters_late_and_counts_from_their_first_day(company):
    found = lifecycle.spells(company())
    late = found[found["account_id"] == "L"]
    assert late["phase"].tolist() == ["adoption", "renewal", "adoption", "renewal", "adoption"]
    assert late["entered_late"].tolist() == [True, False, False, False, False]
    assert str(late["begins"].iloc[0].date()) == "2023-04-01" and str(late["signed_on"].iloc[0].date()) == "2020-01-15"


def test_each_stay_says_what_came_next_and_the_last_one_is_open(company):
    found = lifecycle.spells(company())
    a = found[found["account_id"] == "A"]
    assert a["next"].tolist()[:-1] == a["phase"].tolist()[1:] and pd.isna(a["next"].iloc[-1])
    assert (a["ends"].iloc[:-1].to_numpy() == a["begins"].iloc[1:].to_numpy()).all() and pd.isna(a["ends"].iloc[-1])


def test_a_renewal_that_is_still_undecided_when_the_term_ends_does_not_last_beyond_it(company):
    assert path(company(), "L")[-1] == ("adoption", "2025-01-15")


def test_who_comes_back_is_a_customer_again_and_not_in_the_renewal_of_the_old_contract(company):
    churn = "account_id decided_on effective_on winback_on\nA 2025-02-01 2025-03-01 2025-03-10"
    assert path(company(churn_events=churn), "A")[-2:] == [("churn", "2025-03-01"), ("adoption", "2025-03-10")]


def test_two_things_on_one_day_have_no_order(company):
    both = """
        account_id  milestone    started     done
        A           first_value  2023-04-01  2023-04-11
        A           kickoff      2023-04-01  2023-04-11
    """
    assert path(company(onboarding=both), "A")[1:3] == [("purchase", "2023-04-01"), ("adoption", "2023-04-11")]


def test_a_phase_that_would_last_no_day_is_not_there(company):
    at_once = "account_id milestone started done\nA kickoff 2023-04-01 2023-04-01"
    assert path(company(onboarding=at_once), "A")[:2] == [("evaluation", "2023-03-02"), ("onboarding", "2023-04-01")]


def test_without_exits_on_record_a_customer_leaves_when_no_contract_runs_any_more(company):
    gap = """
        contract_id  account_id  start       end         term_months  decided_on  outcome
        A1           A           2023-04-01  2024-04-01  12           2024-02-01  churned
        A2           A           2024-06-01  2025-06-01  12           2025-04-01  renewed
        A3           A           2025-06-01  2026-06-01  12           -           open
    """
    found = path(company(churn_events="", contracts=gap), "A")
    assert ("churn", "2024-04-01") in found and ("adoption", "2024-06-01") in found
    assert [phase for phase, _ in found].count("churn") == 1


@pytest.mark.parametrize("day", ["2023-05-31", "2023-12-02", "2024-01-31", "2025-03-31"])
def test_a_phase_on_a_day_is_what_could_be_told_on_that_day(company, day: str):
    later, then = lifecycle.phase_at(company(), day), lifecycle.phase_at(company(day), day)
    pd.testing.assert_frame_equal(later, then)


def test_the_phase_on_a_day_counts_the_days_so_far(company):
    found = lifecycle.phase_at(company(), "2023-06-10").set_index("account_id")
    assert found.loc["A", "phase"] == "adoption" and found.loc["A", "days"] == 9


def test_who_has_not_signed_yet_is_in_no_phase_that_anybody_could_tell(company):
    book = company()
    assert "evaluation" in lifecycle.spells(book)["phase"].tolist()
    assert lifecycle.phase_at(book, "2023-03-31")["account_id"].tolist() == []


def test_a_day_after_the_data_is_refused(company):
    with pytest.raises(UsageError):
        lifecycle.phase_at(company(), "2026-01-01")


def shuffled(book: Book, seed: int) -> Book:
    """The same book with the rows of every table in another order."""
    tables = {name: getattr(book, name).sample(frac=1, random_state=seed, ignore_index=True) for name in book.tables}
    return Book(tables, book.as_of, window_start=book.window_start)


def test_the_order_of_the_rows_does_not_matter(company):
    for name in ("default", "sansan"):
        rules = lifecycle.rules(name)
        pd.testing.assert_frame_equal(
            lifecycle.spells(company(), rules), lifecycle.spells(shuffled(company(), 3), rules)
        )


@pytest.fixture(scope="module")
def simulated() -> Book:
    """A simulated company without its truth."""
    return cslab.load("synthetic:default_jp?seed=3&accounts=300&months=30").hide_truth()


@settings(max_examples=10, deadline=None)
@given(back=st.integers(0, 880), name=st.sampled_from(lifecycle.SHIPPED))
def test_no_day_ever_looks_ahead(simulated: Book, back: int, name: str):
    day, rules = simulated.as_of - pd.Timedelta(days=back), lifecycle.rules(name)
    pd.testing.assert_frame_equal(
        lifecycle.phase_at(simulated, day, rules), lifecycle.phase_at(simulated.at(day), day, rules)
    )


def test_every_customer_is_in_exactly_one_phase_on_every_day_of_its_records(simulated: Book):
    found = lifecycle.spells(simulated)
    ends = found["ends"].fillna(simulated.as_of + pd.Timedelta(days=1))
    assert (ends > found["begins"]).all()
    same = (found["account_id"] == found["account_id"].shift(-1)).to_numpy()
    assert (found["begins"].shift(-1)[same].to_numpy() == ends[same].to_numpy()).all()
    assert (found["phase"].astype(str)[same].to_numpy() != found["phase"].astype(str).shift(-1)[same].to_numpy()).all()
    assert (ends[~same] > simulated.as_of).all()


def test_what_a_company_does_not_record_is_told_phase_by_phase_all_at_once(company):
    with pytest.raises(NotReady) as caught:
        lifecycle.spells(company(onboarding=""))
    assert [fault.values["phase"] for fault in caught.value.faults] == ["purchase", "onboarding"]
    assert "onboarding.done" in caught.value.faults[1].values["needs"]


def test_the_phases_that_can_be_told_remain_and_their_customers_fall_to_the_others(company):
    book = company(onboarding="")
    rules = lifecycle.rules().only(book)
    assert list(rules.phases) == ["evaluation", "adoption", "renewal", "churn"]
    assert path(book, "B", rules)[1] == ("adoption", "2023-04-01")


def test_a_list_without_a_calendar_has_no_phases():
    stock = Book({"accounts": pd.DataFrame({"account_id": ["A"]})}, pd.Timestamp("2024-03-31"), stock_sample=True)
    with pytest.raises(NotReady) as caught:
        lifecycle.spells(stock)
    assert "no_calendar" in [fault.key for fault in caught.value.faults]


def test_rows_of_accounts_that_are_not_listed_are_nobodys_phases(company):
    churn = "account_id decided_on effective_on winback_on\nA 2025-02-01 2025-04-01 -"
    for stranger in ("0", "Z"):
        more = company(churn_events=f"{churn}\n{stranger} 2024-02-01 2024-04-01 -")
        pd.testing.assert_frame_equal(lifecycle.spells(more), lifecycle.spells(company()))


def test_rules_that_leave_a_customer_in_no_phase_are_refused_with_the_days(company):
    text = """
name: own
clock: signed
marks:
  signed: {table: accounts, column: signed_on}
  value: {table: onboarding, column: done, where: {milestone: first_value}}
  left: {table: churn_events, column: effective_on}
phases:
  start: {since: signed, until: [value]}
  gone: {since: left, final: true}
precedence: [gone, start]
"""
    with pytest.raises(DataError, match="A: 2023-06-01 – 2025-04-01"):
        lifecycle.spells(company(), lifecycle.read_rules(text, "own.yaml"))


def test_a_second_renewal_is_the_second_and_not_any_later_one(company):
    found = path(company(), "A", lifecycle.rules("sansan"))
    assert found == [
        ("introduction", "2023-04-01"),
        ("operation", "2023-10-01"),
        ("utilisation", "2024-02-01"),
        ("churn", "2025-04-01"),
    ]


def test_the_notes_count_who_entered_late_and_what_is_not_known_of_them(company):
    book = company()
    assert [(note.key, note.values["count"]) for note in lifecycle.notes(book)] == [
        ("lifecycle_late", 1),
        ("lifecycle_late_unknown", 1),
    ]
    assert all(note.text(lang) for note in lifecycle.notes(book) for lang in ("en", "ja"))


def test_the_notes_count_customers_whose_onboarding_nobody_recorded(company):
    only_b = "account_id milestone started done\nB kickoff 2023-04-01 2023-04-05\nB first_value 2023-04-01 -"
    notes = {note.key: note for note in lifecycle.notes(company(onboarding=only_b))}
    assert notes["lifecycle_unbegun"].values["count"] == 1  # A; L entered late
    assert all("observed_from" in notes["lifecycle_unbegun"].text(lang) for lang in ("en", "ja"))


def test_the_notes_name_a_mark_that_is_told_in_another_way_and_one_without_rows(company):
    other = "account_id milestone started done\nA go_live 2023-04-01 2023-05-01"
    keys = {note.key: note.values for note in lifecycle.notes(company(onboarding=other, churn_events=""))}
    assert keys["lifecycle_other_way"]["place"].startswith("contracts.") and keys["lifecycle_no_row"]["mark"]


def test_a_book_that_does_not_say_when_anybody_became_a_customer_has_no_phases_whatever_is_left_out():
    book = Book({"accounts": pd.DataFrame({"account_id": ["A"]})}, pd.Timestamp("2024-03-31"))
    with pytest.raises(NotReady) as caught:
        lifecycle.spells(book, lifecycle.rules().only(book))
    assert [fault.key for fault in caught.value.faults] == ["lifecycle.no_clock"]
    assert "accounts.signed_on" in caught.value.text("ja")
