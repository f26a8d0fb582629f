"""Usual wrong lines, as a trainee types them into the notebook, are recognised as what they are."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest

import cslab
from cslab.book import Book
from cslab.course.questions import bank
from cslab.course.questions.judge import judge
from cslab.course.questions.kinds.choice import known
from cslab.course.questions.question import Material
from cslab.measure import retention, survival
from cslab.words import LANGUAGES, label


@cache
def material() -> Material:
    return Material(cslab.load("synthetic:default_jp?seed=4&accounts=700"))


@cache
def names() -> dict[str, object]:
    """What stands in the notebooks of lessons 00, 01 and 05 before the answer is to be typed."""
    book = material().book
    start, _ = retention.look_back(book, 12)
    durations = survival.durations(book)
    won = book.mrr_movements.query("type == 'new' and month > @start")["amount"].sum()
    return {
        "book": book, "start": start, "durations": durations, "retention": retention,
        "then": retention.mrr(book, start), "now": retention.mrr(book, book.as_of), "won": won,
        "annual": durations.loc[durations["term_months"] == 12, "account_id"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("question", "line", "mistake"),
    [
        ("arr_ceiling", "won / (1 - retention.nrr(book, start, book.as_of).estimate) / now.sum()", "net_of_growth"),
        ("year_counted", "(now[annual] <= 0).mean()", "every_annual"),
        ("year_counted", "(now <= 0).mean()", "whole_record"),
        ("revenue_lost", "(then.sum() - now.sum()) / then.sum()", "net_change"),
        ("still_there", "(durations['duration'] >= 36).mean()", "long_enough"),
        ("still_there", "1 - durations['event'].mean()", "not_left_yet"),
    ],
)
def test_a_usual_wrong_line_is_told_by_its_name(question, line, mistake):
    found = judge(bank.find(question), eval(line, dict(names())), material())
    assert (found.outcome, found.mistakes) == ("not_yet", (mistake,))


@pytest.mark.parametrize("question", ["segments", "reasons_given"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_value_can_be_named_as_the_lesson_shows_it(question, lang):
    asked = bank.find(question)
    right = asked.reference(material())
    shown = {place: label(name, lang) for place, name in right.items()} if isinstance(right, dict) else None
    assert judge(asked, shown or [label(name, lang) for name in right], material()).outcome == "correct"


def test_a_word_that_stands_for_two_of_the_choices_names_neither():
    assert label("churn", "ja") == label("churned", "ja") == "解約"
    assert "解約" not in known(["churn", "churned"], None)
    assert known(["churned", "open"], None)["解約"] == "churned"


def test_the_customers_of_today_can_be_counted_where_there_is_nothing_but_what_they_pay():
    accounts = pd.DataFrame({"account_id": ["A1", "A2", "A3"]})
    moves = pd.DataFrame({
        "account_id": ["A1", "A2", "A2"], "month": pd.to_datetime(["2024-01-01", "2024-01-01", "2024-03-01"]),
        "type": ["new", "new", "churn"], "amount": [100.0, 50.0, -50.0],
    })  # fmt: skip
    tables = {"accounts": accounts, "mrr_movements": moves}
    question, bare = bank.find("customers_now"), Material(Book(tables, pd.Timestamp("2024-03-31")))
    assert judge(question, 1, bare).outcome == "correct"
    assert judge(question, 3, bare).mistakes == ("on_record", "movements")
