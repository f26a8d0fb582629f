"""Amounts, counts, rates and flags as people write them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab.sources.numbers import read_flags, read_numbers


@pytest.mark.parametrize(
    "word",
    [
        "1234",
        "1,234",
        "1,234円",
        "¥1,234",
        "￥1,234",
        "１２３４",
        "１，２３４円",
        " 1 234 ",
        "JPY 1,234",
        "+1234",
        "1234.",
    ],
)
def test_every_usual_way_of_writing_an_amount_is_read(word):
    assert read_numbers([word], "JPY").values.tolist() == [1234]


@pytest.mark.parametrize("word", ["-1,234", "−1,234", "△1,234", "▲1,234円", "-¥1,234", "¥-1,234", "－１２３４"])
def test_every_usual_minus_is_read(word):
    assert read_numbers([word], "JPY").values.tolist() == [-1234]


@pytest.mark.parametrize(
    "word",
    [
        "税別30,000",
        "about 5",
        "1,2",
        "12,34",
        "1.234,56",
        "1 円 2 x",
        "nan",
        "inf",
        "1_000",
        "--5",
        "5%",
        ".",
    ],
)
def test_letters_and_doubtful_separators_are_refused(word):
    reading = read_numbers([word, "100"], "JPY")
    assert reading.bad["not_a_number"].tolist() == [True, False]
    assert math.isnan(reading.values[0])


def test_words_that_the_mapping_takes_off_are_taken_off():
    assert read_numbers(["税別30,000", "30,000"], "JPY", strip=("税別",)).values.tolist() == [30_000, 30_000]


@pytest.mark.parametrize(("word", "rate"), [("12%", 0.12), ("１２％", 0.12), ("0.12", 0.12), ("12.5 %", 0.125)])
def test_a_percentage_is_read_as_a_rate(word, rate):
    assert read_numbers([word], percent=True).values.tolist() == [rate]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_a_number_written_in_full_comes_back_exactly(numbers):
    assert read_numbers([repr(number) for number in numbers]).values.tolist() == numbers


@given(st.lists(st.integers(-(10**15), 10**15), min_size=1))
def test_separators_change_no_number(numbers):
    assert read_numbers([f"{number:,}円" for number in numbers], "JPY").values.tolist() == numbers


def test_cells_that_are_not_plain_are_counted():
    assert read_numbers(["100", "1,234", "1.5"], "JPY").cleaned.tolist() == [False, True, False]


def test_yes_and_no_are_read_in_both_languages_and_may_be_inverted():
    words = ["Yes", "no", "TRUE", "0", "1.0", "はい", "なし", "○"]
    wanted = [True, False, True, False, True, True, False, True]
    assert read_flags(words).values.tolist() == wanted
    assert read_flags(words, inverted=True).values.tolist() == [not flag for flag in wanted]


def test_a_word_that_is_neither_is_told():
    assert read_flags(["yes", "maybe"]).bad["not_a_flag"].tolist() == [False, True]


@pytest.mark.parametrize(
    ("word", "yen"),
    [
        ("30千円", 30_000),
        ("３０千円", 30_000),
        ("1.5億円", 150_000_000),
        ("3万", 30_000),
        ("2百万円", 2_000_000),
        ("1億2,000万円", 120_000_000),
        ("△5千円", -5_000),
        ("12k", 12_000),
        ("1.2M", 1_200_000),
    ],
)
def test_an_amount_with_its_unit_is_read_in_yen(word, yen):
    reading = read_numbers([word], "JPY")
    assert reading.values.tolist() == [yen] and reading.cleaned.tolist() == [True] and not reading.bad


def test_a_bare_number_beside_amounts_in_thousands_is_not_guessed_at():
    reading = read_numbers(["30千円", "45", "0", "60円"], "JPY")
    assert {key: mask.tolist() for key, mask in reading.bad.items()} == {"unit_mixed": [False, True, False, False]}


def test_units_are_for_amounts_only():
    assert read_numbers(["3万"]).bad["not_a_number"].tolist() == [True]


@pytest.mark.parametrize("word", ["$5", "US$5", "5ドル", "€1,000", "USD 12"])
def test_another_currency_is_told_as_that(word):
    assert list(read_numbers([word, "100"], "JPY").bad) == ["currency_other"]


def test_the_signs_of_the_books_own_currency_are_taken_off():
    assert read_numbers(["US$1,200", "5ドル"], "USD").values.tolist() == [1200, 5]
