"""The toy book holds the figures that are printed, and its variants others that fit no typed-in answer."""

from __future__ import annotations

from itertools import combinations

import pytest

from cslab.course.questions import toy
from cslab.course.questions.toy import END, START, toy_book
from cslab.measure.retention import mrr
from cslab.tables.check import check_tables

PRINTED = {
    "nrr": 560 / 650,
    "nrr_survivors_only": 560 / 550,
    "nrr_including_new": 700 / 650,
    "grr": 520 / 650,
    "grr_movement": 430 / 650,
    "grr_movement_with_returns": 480 / 650,
    "logo_churn": 1 / 6,
    "logo_churn_movement": 2 / 6,
    "renewal_rate": 170 / 300,
}


def test_the_printed_book_is_the_one_of_the_paper():
    book = toy_book()
    start, end = mrr(book, START) / 1000, mrr(book, END) / 1000
    assert start[start > 0].to_dict() == {"A": 100, "B": 100, "C": 100, "D": 100, "F": 50, "G": 200}
    assert end[end > 0].to_dict() == {"A": 100, "B": 130, "C": 70, "E": 80, "F": 50, "G": 210, "H": 60}


def test_the_rates_by_hand_are_those_of_the_paper():
    assert toy.rates() == pytest.approx(PRINTED)


@pytest.mark.parametrize("variant", range(6))
def test_every_variant_keeps_the_contract_of_the_tables(variant):
    assert check_tables(toy_book(variant).tables) == []


@pytest.mark.parametrize("variant", range(1, 40))
def test_in_every_variant_the_rates_lie_apart_and_a_typed_in_answer_does_not_fit(variant):
    rates = toy.rates(toy._of_variant(variant))
    assert min(abs(a - b) for a, b in combinations(rates.values(), 2)) >= 0.01
    assert all(abs(rates[name] - PRINTED[name]) > 0.0005 for name in ("nrr", "grr", "logo_churn"))


def test_a_variant_is_the_same_every_time():
    assert toy._of_variant(12345) == toy._of_variant(12345) != toy._of_variant(12346)


def test_only_the_terms_of_a_c_and_d_run_out_within_the_year():
    due = toy_book(3).contracts.query("@START < end <= @END")
    assert list(due["account_id"]) == ["A", "C", "D"]
