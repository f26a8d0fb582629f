"""Units of money in headers and titles: taken where they are written, never otherwise."""

import pytest

from cslab.faults import DataError
from cslab.sources.units import header_unit, title_unit


@pytest.mark.parametrize(
    ("header", "times"),
    [
        ("月額(千円)", 1e3),
        ("月額（千円）", 1e3),
        ("月額(千円/月)", 1e3),
        ("売上 [百万円]", 1e6),
        ("売上_百万円", 1e6),
        ("売上千円", 1e3),
        ("年額(単位:万円)", 1e4),
        ("ARR(億円、税抜)", 1e8),
        ("MRR (k JPY)", 1e3),
        ("ARR ($ thousands)", 1e3),
        ("ARR (in millions)", 1e6),
        ("Amount ('000)", 1e3),
    ],
)
def test_a_unit_in_a_header_is_taken(header, times):
    assert header_unit(header)[1] == times


@pytest.mark.parametrize("header", ["月額", "月額(円)", "MRR (USD)", "千円札", "fee (M)", "月額(税抜)", "百万"])
def test_no_unit_is_read_into_a_header(header):
    assert header_unit(header) == ("", 1.0)


@pytest.mark.parametrize("title", ["単位:千円", "（単位：千円）", "2024年度(単位 千円)"])
def test_a_title_that_says_the_unit_is_understood(title):
    assert title_unit(title) == "千円"


@pytest.mark.parametrize("title", ["千円", "売上(千円)", "単位:円"])
def test_a_title_that_does_not_say_it_holds_for_all_amounts_says_none(title):
    assert title_unit(title) == ""


CONTRACTS = "account_id,start,end,月額(千円)\nA1,2023-04-01,2024-04-01,{}\n"


@pytest.mark.parametrize(
    ("cell", "rule", "yen"),
    [
        ("30", '"月額(千円)"', 30_000),
        ("30", '{ column = "月額(千円)", multiply_by = 1000 }', 30_000),
        ("120", '{ column = "月額(千円)", divide_by = 12 }', 10_000),
        ("¥30", '"月額(千円)"', 30_000),
    ],
)
def test_a_unit_counts_once_whether_the_mapping_says_it_too(opened, cell, rule, yen):
    book = opened(contracts=CONTRACTS.format(cell), mapping=f"[contracts]\nmrr_amount = {rule}\n")
    assert book.contracts["mrr_amount"].tolist() == [yen]
    assert ("unit_from_header" in {note.key for note in book.notes}) == ("multiply_by" not in rule)


def test_a_cell_that_says_its_unit_is_not_multiplied_by_that_of_the_header_again(opened):
    book = opened(contracts=CONTRACTS.format("3万円"), mapping='[contracts]\nmrr_amount = "月額(千円)"\n')
    assert book.contracts["mrr_amount"].tolist() == [30_000]
    assert "unit_from_header" not in {note.key for note in book.notes}


def test_a_cell_in_yen_below_a_header_in_thousands_is_refused(opened):
    with pytest.raises(DataError) as error:
        opened(contracts=CONTRACTS.format("30000円"), mapping='[contracts]\nmrr_amount = "月額(千円)"\n')
    assert [fault.key for fault in error.value.faults] == ["unit_against"]


def test_cells_with_a_unit_of_their_own_are_not_multiplied_by_the_mapping_too(opened):
    rule = '{ column = "月額(千円)", multiply_by = 1000 }'
    with pytest.raises(DataError) as error:
        opened(contracts=CONTRACTS.format("30千円"), mapping=f"[contracts]\nmrr_amount = {rule}\n")
    assert [fault.key for fault in error.value.faults] == ["unit_twice"]


FEES = "account_id,start,end,fee\nA1,2023-04-01,2024-04-01,{}\n"


def test_points_that_may_separate_thousands_of_yen_are_not_guessed_at(opened):
    with pytest.raises(DataError) as error:
        opened(contracts=FEES.format("1.234"), mapping='[contracts]\nmrr_amount = "fee"\n')
    assert [fault.key for fault in error.value.faults] == ["thousands_point"]
    rule = '{ column = "fee", strip = ["."] }'
    book = opened(contracts=FEES.format("1.234"), mapping=f"[contracts]\nmrr_amount = {rule}\n")
    assert book.contracts["mrr_amount"].tolist() == [1234]


def test_a_currency_with_cents_has_its_points(opened):
    mapping = 'currency = "USD"\n[contracts]\nmrr_amount = "fee"\n'
    assert opened(contracts=FEES.format("1.234"), mapping=mapping).contracts["mrr_amount"].tolist() == [1.234]
