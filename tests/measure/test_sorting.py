"""Later years look better because those most ready to leave have left; a change shows among customers of an age."""

from collections.abc import Callable

import numpy as np
import pytest

import cslab
from cslab import world
from cslab.book import Book
from cslab.faults import UsageError
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


def _cohorts(early: int, late: int) -> Book:
    """Two hundred customers a year from 2018 on; so many of five leave after a year, from 2022 on another number."""
    import pandas as pd

    rows = []
    for year in range(2018, 2023):
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


def test_where_no_age_was_seen_twice_it_is_said() -> None:
    young = cslab.load("synthetic:tiny").at("2021-08-31")
    with pytest.raises(UsageError, match="look_back_months"):
        sorting.same_age_change(young)


def test_a_list_without_a_calendar_is_refused(tiny: Callable[..., Book]) -> None:
    book = cslab.load("synthetic:tiny")
    assert np.isfinite(float(sorting.rise_with_age(book)))
