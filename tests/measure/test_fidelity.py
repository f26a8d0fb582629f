"""A simulated company is held against what is published, row by row, with the grade of the source."""

from dataclasses import replace

import pandas as pd
import pytest

from cslab import world
from cslab.book import Book
from cslab.faults import NotReady
from cslab.measure.fidelity import BENCHMARKS, fidelity
from cslab.words import LANGUAGES, has_word


def few() -> Book:
    """Four customers over two years: one left, one grew, one is new, one only stays."""
    days = pd.to_datetime(["2022-05-10", "2022-06-10", "2024-02-10", "2022-07-10"])
    months = pd.to_datetime(["2022-05-01", "2022-06-01", "2024-02-01", "2022-07-01", "2023-09-01", "2024-01-01"])
    accounts = pd.DataFrame({"account_id": list("ABCD"), "segment": ["smb", "smb", "mid", "mid"], "signed_on": days})
    movements = pd.DataFrame(
        {
            "account_id": list("ABCDAB"),
            "month": months,
            "type": ["new"] * 4 + ["churn", "expansion"],
            "amount": [100.0, 100.0, 60.0, 200.0, -100.0, 40.0],
        }
    )
    contracts = pd.DataFrame(
        {
            "account_id": list("BCD"),
            "start": days[1:],
            "end": pd.to_datetime(["2024-06-10", "2025-02-10", "2025-07-10"]),
            "term_months": [24, 12, 36],
        }
    )
    tables = {"accounts": accounts, "contracts": contracts, "mrr_movements": movements}
    return Book(tables=tables, as_of=pd.Timestamp("2024-03-31"), window_start=pd.Timestamp("2022-04-01"))


def test_each_row_is_what_it_says_of_four_customers():
    found = fidelity(few()).set_index("benchmark")["estimate"]
    assert found["nrr_year"] == pytest.approx(340 / 400)
    assert found["grr_year"] == pytest.approx(300 / 400)
    assert found["mrr_churn_year"] == pytest.approx(1 / 4)
    assert found["mrr_churn_month"] == pytest.approx(1 - 0.75 ** (1 / 12))
    assert found["logo_churn_year"] == pytest.approx(1 / 3)
    assert found["small_churn_month"] == pytest.approx(1 - 0.5 ** (1 / 12))
    assert found["signing_growth_year"] == pytest.approx(1 / 3 - 1)
    assert found["expansion_share"] == pytest.approx(40 / 100)
    assert found["term_years"] == pytest.approx(2)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_default_company_comes_into_the_ranges_that_it_must_hold(seed):
    found = fidelity(world.company("default_jp", seed=seed))
    assert list(found.loc[found["must_hold"], "benchmark"]) == ["nrr_year", "grr_year", "mrr_churn_month"]
    assert found.loc[found["must_hold"], "holds"].all()


def test_limits_hold_the_estimate_between_them():
    found = fidelity(world.company("default_jp")).dropna(subset=["low", "high"])
    assert ((found["low"] <= found["estimate"]) & (found["estimate"] <= found["high"])).all()
    assert len(found) == len(BENCHMARKS) - 1


def test_a_book_that_lacks_a_table_says_so():
    with pytest.raises(NotReady, match="mrr_movements"):
        fidelity(world.company("tiny").__class__(tables={}, as_of=pd.Timestamp("2024-03-31")))


def test_what_a_real_company_did_not_write_down_leaves_single_rows_without_a_number():
    book = few()
    accounts = book.tables["accounts"].drop(columns=["segment", "signed_on"])
    poor = Book({"accounts": accounts, "mrr_movements": book.tables["mrr_movements"]}, book.as_of)
    found = fidelity(poor).set_index("benchmark")
    unknown = found.index[found["estimate"].isna()]
    assert set(unknown) == {"small_churn_month", "signing_growth_year", "term_years"}
    assert (found.loc[unknown, "n"] == 0).all() and not found.loc[unknown, "holds"].any()
    assert found.loc["grr_year", "estimate"] == fidelity(book).set_index("benchmark").loc["grr_year", "estimate"]


def test_records_of_less_than_a_year_tell_no_year():
    young = replace(few(), window_start=pd.Timestamp("2023-06-01"))
    found = fidelity(young).set_index("benchmark")["estimate"].dropna()
    assert found.index.tolist() == ["term_years"]


def test_the_frame_says_as_of_when_and_whether_the_company_is_made_up():
    assert fidelity(few()).attrs == {"as_of": pd.Timestamp("2024-03-31"), "synthetic": False}


@pytest.mark.parametrize("benchmark", BENCHMARKS, ids=lambda one: one.name)
def test_every_row_has_a_name_in_both_languages_and_a_range_the_right_way_round(benchmark):
    assert has_word(f"label.{benchmark.name}") and len(LANGUAGES) == 2
    assert benchmark.low <= benchmark.high and benchmark.grade in "ABC" and benchmark.source
