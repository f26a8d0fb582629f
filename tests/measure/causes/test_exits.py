"""Each exit gets the cause that its reason and its days tell, no more."""

from dataclasses import replace

import pandas as pd
import pytest

import cslab
from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure import causes


def by_account(found: pd.DataFrame) -> dict[str, str]:
    """The cause of each account."""
    return dict(zip(found["account_id"], found["cause"], strict=True))


def with_exits(book: Book, **columns: object) -> Book:
    """The same book with other exits."""
    return replace(book, tables={**book.tables, "churn_events": book.churn_events.assign(**columns)})


def test_who_closed_or_left_without_notice_did_not_decide_to_leave(company):
    found = by_account(causes.exits(company))
    assert found == {"A1": "voluntary", "A2": "voluntary", "A3": "involuntary", "A4": "involuntary", "A5": "unknown"}


def test_by_the_stated_reason_alone_price_hides_a_closure(company):
    found = by_account(causes.exits(company, "stated_kind"))
    assert found["A4"] == "voluntary"
    assert by_account(causes.exits(company, "stated"))["A5"] == "unknown"


def test_an_exit_that_is_decided_but_not_in_effect_is_none_yet(company):
    assert "A6" not in by_account(causes.exits(company))


def test_days_that_are_the_same_for_most_tell_nothing(company):
    found = causes.exits(with_exits(company, decided_on=company.churn_events["effective_on"]))
    assert by_account(found)["A4"] == "voluntary"
    assert not found.attrs["days_apart"]


def test_a_closure_on_the_day_a_notice_takes_effect_is_one_exit_and_a_closure(company):
    closed = pd.DataFrame({"account_id": ["A1"], "reason_stated": ["merged"]})
    closed = closed.assign(decided_on=pd.Timestamp("2024-01-01"), effective_on=pd.Timestamp("2024-01-01"))
    both = pd.concat([company.churn_events, closed], ignore_index=True)
    found = causes.exits(replace(company, tables={**company.tables, "churn_events": both}))
    assert found["account_id"].is_unique
    assert by_account(found)["A1"] == "involuntary"


def test_the_words_for_what_nobody_decides_may_be_ones_own(company):
    assert by_account(causes.exits(company, "stated_kind", ["not_used"]))["A2"] == "involuntary"
    with pytest.raises(UsageError, match="not_used"):
        causes.exits(company, "stated_kind", ["notused"])


def test_what_cannot_be_asked_is_said(company):
    with pytest.raises(UsageError, match="stated_kind"):
        causes.exits(company, "stated_kinds")
    with pytest.raises(NotReady, match="churn_events"):
        causes.exits(replace(company, tables={"contracts": company.contracts}))


def test_spells_carry_the_cause_of_each_departure_and_none_of_those_still_there(company):
    seen = causes.spells(company)
    assert by_account(seen) == by_account(causes.exits(company)) | {"A6": "", "A7": "", "A8": ""}
    assert seen.set_index("account_id")["duration"].to_dict()["A3"] == 4
    assert [note.key for note in causes.notes(seen)] == ["causes_unknown", "causes_sudden", "causes_days_doubtful"]
    assert [note.values["count"] for note in causes.notes(seen)[:2]] == [1, 1]


def test_between_notice_and_copied_days_the_note_names_both_ends(company):
    for found in (causes.exits(company), causes.spells(company)):
        note = causes.notes(found)[-1]
        # A3 and A4 of five carry one day; A3 closed by its own words, A4 said price.
        assert note.key == "causes_days_doubtful"
        assert note.values == {"share": 0.4, "least": 0.2, "most": 0.4}


def test_where_the_days_are_not_looked_at_the_note_says_so(company):
    copied = with_exits(company, decided_on=company.churn_events["effective_on"])
    note = causes.notes(causes.exits(copied))[-1]
    assert note.key == "causes_days_off"
    assert note.values == {"share": 1.0, "involuntary": 0.2}


def test_by_reasons_alone_or_with_few_exits_on_one_day_nothing_is_said_of_days(company):
    apart = with_exits(company, decided_on=company.churn_events["effective_on"] - pd.Timedelta(days=30))
    for found in (causes.exits(company, "stated_kind"), causes.exits(apart)):
        assert [note.key for note in causes.notes(found)] == ["causes_unknown"]


def test_a_departure_without_an_exit_on_record_has_an_unknown_cause(company):
    fewer = company.churn_events.query("account_id != 'A1'")
    contracts = company.contracts.assign(outcome=["churned"] + ["open"] * 7)
    book = replace(company, tables={"contracts": contracts, "churn_events": fewer})
    assert by_account(causes.spells(book))["A1"] == "unknown"


def test_only_one_cause_counts_as_leaving(company):
    seen = causes.spells(company)
    assert causes.only(seen, "involuntary").query("event")["account_id"].tolist() == ["A3", "A4"]
    assert causes.only(seen, ["voluntary", "unknown"])["event"].sum() == 3
    with pytest.raises(UsageError, match="involuntary"):
        causes.only(seen, "involuntar")


def test_the_simulated_closures_are_found_although_some_say_price():
    book = cslab.load("synthetic:default_jp?seed=2&accounts=1000")
    seen = causes.spells(book).merge(book.truth.accounts()[["account_id", "cause_true"]], on="account_id")
    left = seen[seen["event"]]
    assert ((left["cause"] == "involuntary") == (left["cause_true"] == "uncontrollable")).all()
