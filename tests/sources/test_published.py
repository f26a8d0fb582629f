"""Two real exports of other people in the place of ours: recognised, counted, explained."""

from pathlib import Path

import pandas as pd
import pytest

from cslab.sources import load

DATA = Path(__file__).parents[3] / "shared" / "data"
there = pytest.mark.skipif(not DATA.is_dir(), reason="the published data sets (../shared/data) are not on this machine")
pytestmark = there


@pytest.fixture(scope="module")
def telco():
    return load(f"folder:{DATA / 'telco'}")


@pytest.fixture(scope="module")
def saas():
    return load(f"folder:{DATA / 'saas_churn'}")


def note(book, key: str, lang: str = "en") -> str:
    return next(note.text(lang) for note in book.notes if note.key == key)


def test_telco_is_recognised_by_its_header_and_says_so(telco):
    assert '"telco"' in note(telco, "mapping_recognised") and "「telco」" in note(telco, "mapping_recognised", "ja")
    named = load(f"folder:{DATA / 'telco'}?mapping=telco")
    pd.testing.assert_frame_equal(named.contracts, telco.contracts)
    assert "mapping_named" in [note.key for note in named.notes]


def test_telco_has_all_its_customers_and_what_they_have_in_common(telco):
    assert (len(telco.accounts), len(telco.contracts)) == (7043, 7043)
    assert telco.stock_sample and telco.currency == "USD"
    assert int(telco.contracts["ended"].sum()) == 1869
    assert sorted(telco.contracts["term_months"].unique()) == [1, 12, 24]
    assert float(telco.contracts["mrr_amount"].max()) == 118.75
    assert telco.accounts["account_id"].iloc[0] == "7590-VHVEG"


def test_the_blank_charges_of_telco_are_explained_by_its_customers_of_zero_months(telco):
    assert "11" in note(telco, "zero_months")
    assert "x_total_charges" in note(telco, "blank_of_new") and "11" in note(telco, "blank_of_new")
    assert "USD" in note(telco, "currency_stated")
    new = telco.contracts.query("tenure_months == 0")["account_id"]
    assert telco.accounts.set_index("account_id").loc[new, "x_total_charges"].isna().all()


def test_saas_has_row_numbers_for_ids_and_says_so(saas):
    assert saas.accounts["account_id"].iloc[[0, -1]].tolist() == ["R0002", "R2001"]
    assert "R0002" in note(saas, "row_number_ids")
    assert int(saas.contracts["ended"].sum()) == 932
    assert "42" in note(saas, "zero_months")


@pytest.mark.parametrize(("name", "n"), [("telco", 7032), ("saas_churn", 1958)])
def test_customers_of_zero_months_are_in_no_curve(name, n):
    from cslab.measure.survival import durations

    assert len(durations(load(f"folder:{DATA / name}"))) == n


@pytest.mark.parametrize("name", ["telco", "saas_churn"])
def test_a_published_book_survives_its_own_export(name, tmp_path):
    from cslab.sources.export import export

    book = load(f"folder:{DATA / name}")
    again = load(f"folder:{export(book, tmp_path / 'again')}")
    for table, frame in book.tables.items():
        pd.testing.assert_frame_equal(again.tables[table], frame)
    assert (again.as_of, again.currency, again.stock_sample) == (book.as_of, book.currency, True)
