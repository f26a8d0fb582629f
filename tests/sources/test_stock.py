"""Exports that know how long, but not when."""

import pandas as pd
import pytest

from cslab.faults import NotReady
from cslab.sources import load

TENURES = "customer,months,active,fee,NPS\nA,0,1,100,\nB,3,1,200,9\nC,14,0,300,8\nD,2.5,0,400,\n"
MAPPING = """
    as_of = 2024-03-31
    [accounts]
    file = "contracts.csv"
    account_id = "customer"
    [contracts]
    account_id = "customer"
    tenure_months = "months"
    ended = { column = "active", inverted = true }
    mrr_amount = "fee"
"""


@pytest.fixture
def book(opened):
    return opened(accounts=None, contracts=TENURES, mapping=MAPPING)


def note(book, key: str, lang: str = "en") -> str:
    return next(note.text(lang) for note in book.notes if note.key == key)


def test_tenures_become_contracts_that_start_so_long_before_the_export(book):
    assert book.stock_sample and str(book.as_of.date()) == "2024-03-31"
    assert book.contracts["start"].tolist() == list(
        pd.to_datetime(["2024-03-31", "2023-12-31", "2023-01-31", "2024-01-16"])
    )
    assert book.contracts["ended"].tolist() == [False, False, True, True]
    assert book.contracts["tenure_months"].tolist() == [0, 3, 14, 2.5]
    assert "end" not in book.contracts


def test_other_columns_stay_as_typed_covariates_of_the_accounts(book):
    assert list(book.accounts) == ["account_id", "x_nps"]
    assert book.accounts["x_nps"].dropna().tolist() == [9, 8]


def test_what_the_export_cannot_say_is_said_in_both_languages(book):
    assert "4 customers" in note(book, "stock_sample") and "2024-03-31" in note(book, "stock_sample")
    assert "分かりません" in note(book, "stock_sample", "ja")


def test_customers_of_zero_months_stay_and_are_counted(book):
    assert "A" in book.accounts["account_id"].tolist()
    assert note(book, "zero_months").startswith("Customers with 0 months: 1.")


def test_blanks_are_told_and_explained_only_where_all_are_new_customers(book, opened):
    assert "2" in note(book, "blank_covariate")
    only_new = opened(accounts=None, contracts=TENURES.replace("400,\n", "400,7\n"), mapping=MAPPING)
    assert "0 months" in note(only_new, "blank_of_new")


def test_a_stock_sample_has_no_earlier_day(book, tmp_path):
    source = f"folder:{tmp_path / 'export'}"
    assert load(source, as_of="2024-03-31").stock_sample
    with pytest.raises(NotReady):
        load(source, as_of="2023-12-31")


def test_the_day_of_the_export_must_be_stated(export, complaint):
    folder = export(accounts=None, contracts=TENURES, mapping=MAPPING.replace("as_of = 2024-03-31", ""))
    assert "as_of = 2024-03-31" in complaint(folder)
    assert "as_of = 2024-03-31" in complaint(folder, "ja")


@pytest.mark.parametrize(
    ("row", "column"), [("E,,1,5,5\n", "months (tenure_months)"), ("E,3,,5,5\n", "active (ended)")]
)
def test_a_tenure_or_its_end_left_blank_is_told(export, complaint, row, column):
    text = complaint(export(accounts=None, contracts=TENURES + row, mapping=MAPPING))
    assert f"column {column}: empty (1×): row 6" in text


def test_a_negative_tenure_and_an_unclear_end_are_told(export, complaint):
    text = complaint(export(accounts=None, contracts=TENURES + "E,-1,perhaps,5,5\n", mapping=MAPPING))
    assert '6 "perhaps"' in text
    text = complaint(export(accounts=None, contracts=TENURES + "E,-1,1,5,5\n", mapping=MAPPING))
    assert "row 6, months (tenure_months) = -1" in text


def test_a_table_named_like_ours_needs_no_mapping_but_for_the_day(opened):
    book = opened(contracts="account_id,tenure_months,ended\nA1,5,no\nA2,6,yes\n", mapping="as_of = 2024-03-31")
    assert book.stock_sample and book.contracts["ended"].tolist() == [False, True]
