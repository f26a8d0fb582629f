"""Later years look better because those most ready to leave have left; a change shows among customers of an age."""

from collections.abc import Callable

import numpy as np
import pytest

import cslab
from cslab import world
from cslab.book import Book
from cslab.course.lesson import sentence
from cslab.measure import sorting

TEN = "\n".join(
    ["account start end outcome", *(f"L{place} 2020-04-01 2021-04-01 churned" for place in range(4))]
    + [f"S{place} 2020-04-01 2021-04-01 renewed\nS{place} 2021-04-01 2022-04-01 renewed" for place in range(6)]
    + [f"S{place} 2022-04-01 2023-04-01 renewed\nS{place} 2023-04-01 2024-04-01 open" for place in range(6)]
).replace("account ", "account_id ")


def test_a_year_is_kept_by_those_who_are_there_when_it_ends_and_who_has_left_counts_in_no_later_one(
    tiny: Callable[..., Book],
) -> None:
    found = sorting.retention_by_year(tiny("2023-06-30", contracts=TEN)).set_index("year")
    assert found["estimate"].to_dict() == pytest.approx({1: 0.6, 2: 1.0, 3: 1.0})
    assert found["n"].to_dict() == {1: 10, 2: 6, 3: 6}
    assert (found["low"] < found["estimate"]).all() and found["truth"].isna().all()
    assert float(sorting.rise_with_age(tiny("2023-06-30", contracts=TEN))) == pytest.approx(0.4)


def test_a_rise_is_no_change_where_customers_of_an_age_do_as_before() -> None:
    """Cohorts of equal fate: all lose two of five at the first renewal, none later, in every year."""
    book = _cohorts(early=2, late=2)
    assert float(sorting.rise_with_age(book)) == pytest.approx(0.4)
    assert float(sorting.same_age_change(book, months=12)) == pytest.approx(0.0, abs=1e-12)


def test_a_change_is_seen_where_first_years_end_better_than_they_did() -> None:
    found = sorting.same_age_change(_cohorts(early=3, late=1), months=12)
    assert 0 < found.low < found.estimate < 0.4  # first years .4 better, later ones as before


def _cohorts(early: int, late: int, years: range = range(2018, 2023)) -> Book:
    """Two hundred customers a year; so many of five leave after a year, another number of those from 2022 on."""
    import pandas as pd

    rows = []
    for year in years:
        for place in range(200):
            leaves = place % 5 < (early if year < 2022 else late)
            for term in range(1 if leaves else 2024 - year):
                start, end = (f"{year + term + more}-04-01" for more in (0, 1))
                rows.append((f"{year}-{place}", start, end, "churned" if leaves else "renewed"))
    frame = pd.DataFrame(rows, columns=["account_id", "start", "end", "outcome"])
    frame[["start", "end"]] = frame[["start", "end"]].apply(pd.to_datetime)
    return Book({"contracts": frame}, pd.Timestamp("2023-04-30"))


def test_the_truth_of_a_change_has_no_luck_in_it_and_is_none_where_nobody_can_change() -> None:
    alike = {"renewal_value_effect": 0, "segment_share": "1,0,0", "term_share_smb": "0,1,0,0"}
    book = world.company(world.preset("calibration").with_(accounts=400, **alike))
    assert float(sorting.true_same_age_change(book)) == pytest.approx(0, abs=1e-9)
    assert sorting.true_same_age_change(book.hide_truth()) is None


@pytest.mark.slow
def test_limits_hold_the_truth_as_often_as_they_say() -> None:
    books = [cslab.load(f"synthetic:default_jp?seed={seed}&accounts=800") for seed in range(1, 61)]
    held = 0
    for book in books:
        found, true = sorting.same_age_change(book, 24), sorting.true_same_age_change(book, 24)
        held += found.low <= true.estimate <= found.high
    assert 52 <= held <= 60  # 60 times 95 in 100: fewer than 52 come once in two hundred


def test_where_no_age_was_seen_twice_there_is_no_number_and_the_method_says_which_way_to_look() -> None:
    """All signed on one day, three years ago: the first year was seen long ago, the third of late, none twice."""
    alike = _cohorts(early=2, late=2, years=range(2020, 2021))
    for months, method in ((24, "never_before"), (6, "never_of_late")):
        found = sorting.same_age_change(alike, months)
        assert np.isnan([found.estimate, found.low, found.high]).all()
        assert (found.n, found.method) == (200, method)


def test_a_rise_with_age_takes_customers_followed_through_a_third_year() -> None:
    young = _cohorts(early=2, late=2, years=range(2021, 2023))
    found = sorting.rise_with_age(young)
    assert np.isnan([found.estimate, found.low, found.high]).all() and found.method == "never_third_year"
    assert sorting.same_age_change(young, 12).method == "same_year_of_life"


def test_a_rise_with_age_takes_customers_followed_from_the_signing_on() -> None:
    import pandas as pd

    signed = _cohorts(early=0, late=0, years=range(2018, 2020)).contracts
    entered = pd.DataFrame({"account_id": signed["account_id"].unique(), "observed_from": pd.Timestamp("2021-01-01")})
    book = Book({"accounts": entered, "contracts": signed}, pd.Timestamp("2023-04-30"))
    found = sorting.rise_with_age(book)
    assert np.isnan(found.estimate) and found.method == "never_first_year"


def test_where_nobody_ever_left_the_limits_of_no_rise_still_have_a_width() -> None:
    found = sorting.rise_with_age(_cohorts(early=0, late=0, years=range(2019, 2021)))
    assert found.estimate == 0 and found.low < 0 < found.high


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_want_of_a_number_has_a_sentence(lang: str) -> None:
    for method in (*sorting.NO_RISE, *sorting.NO_CHANGE):
        assert "120" in sentence(method, lang, [], {"n": 120, "months": 24})


def test_a_list_without_a_calendar_is_refused(tiny: Callable[..., Book]) -> None:
    book = cslab.load("synthetic:tiny")
    assert np.isfinite(float(sorting.rise_with_age(book)))
