"""Columns that the contract does not know are kept, typed."""

import pandas as pd
import pytest

from cslab.sources.covariates import covariate_name, typed


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1", "2"], "int64"),
        (["1", "2.5"], "float64"),
        (["1", ""], "float64"),
        (["1,200", "900"], "int64"),
        (["2024-04-01", "2024-04-02"], "datetime64[ns]"),
        (["Yes", "No"], "category"),
        (["10-50", "1-10"], "category"),
        (["007", "012"], "category"),
        (["03/04/2024", "05/04/2024"], "category"),
        (["", " "], "float64"),
    ],
)
def test_the_type_follows_from_what_is_written(cells, kind):
    assert typed(pd.Series(cells)).dtype.name == kind


def test_text_with_many_different_words_stays_text():
    assert pd.api.types.is_string_dtype(typed(pd.Series([f"word {number}" for number in range(51)])))


def test_a_blank_stays_missing():
    assert typed(pd.Series(["Yes", " ", "No"])).isna().tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("SeniorCitizen", "x_senior_citizen"),
        ("業種", "x_業種"),
        ("Ｎ Ｐ Ｓ", "x_n_p_s"),
        ("x_plan", "x_plan"),
        ("a-b (c)", "x_a_b_c"),
    ],
)
def test_the_name_is_the_header_in_snake_case(header, name):
    assert covariate_name(header) == name


def test_codes_that_look_like_numbers_stay_text():
    assert typed(pd.Series(["1E5", "2E3"])).tolist() == ["1E5", "2E3"]
    assert typed(pd.Series(["12345678901234567", "12345678901234568"])).nunique() == 2
    assert typed(pd.Series(["1e-05", "2.5"])).tolist() == [1e-05, 2.5]
