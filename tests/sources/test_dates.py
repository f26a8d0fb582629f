"""Days as people write them; what could be two days is not guessed."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab.sources.dates import read_days

FIRST_OF_APRIL = np.datetime64("2024-04-01")


@pytest.mark.parametrize(
    "word",
    [
        *("2024-04-01", "2024-4-1", "2024/04/01", "2024/4/1", "2024.4.1", "20240401"),
        *("2024年4月1日", "２０２４年４月１日"),
        *("2024-04-01 00:00:00", "2024-04-01T09:30:00Z", "2024/4/1 9:30"),
    ],
)
def test_every_usual_way_of_writing_a_day_is_read(word):
    read = read_days([word])
    assert not read.bad
    assert read.days.astype("datetime64[D]")[0] == FIRST_OF_APRIL


@given(st.lists(st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31)), min_size=1), st.sampled_from("-/."))
def test_days_written_out_come_back(days, mark):
    words = [day.strftime(f"%Y{mark}%m{mark}%d").rjust(10, "0") for day in days]
    assert read_days(words).days.astype("datetime64[D]").tolist() == days


@pytest.mark.parametrize("word", ["03/04/2024", "3-4-2024", "03.04.24"])
def test_a_day_that_could_be_two_is_not_read(word):
    assert list(read_days([word]).bad) == ["date_two_ways"]


@pytest.mark.parametrize(
    ("words", "form"),
    [
        (["03/04/2024", "25/04/2024"], "DD/MM/YYYY"),
        (["3-4-24", "4-25-24"], "MM-DD-YY"),
        (["24/04/01"], "YY/MM/DD"),
        (["24/04/11", "24/05/12"], "YY/MM/DD"),
        (["01/04/24", "15/05/24"], "DD/MM/YY"),
    ],
)
def test_the_likely_format_is_told_from_a_number_that_is_no_month(words, form):
    assert read_days(words).form == form


@pytest.mark.parametrize(("form", "day"), [("DD/MM/YYYY", "2024-04-03"), ("MM/DD/YYYY", "2024-03-04")])
def test_a_declared_format_decides(form, day):
    read = read_days(["03/04/2024"], form)
    assert not read.bad
    assert str(read.days[0])[:10] == day


def test_words_that_miss_the_declared_format_are_told():
    assert read_days(["03/04/2024", "2024-04-03"], "DD/MM/YYYY").bad["date_not_as_declared"].tolist() == [False, True]


def test_the_minority_of_two_ways_of_writing_is_told():
    read = read_days(["2024-04-01", "2024-04-02", "2024/04/03"])
    assert read.form == "YYYY-MM-DD"
    assert read.bad["date_mixed"].tolist() == [False, False, True]


def test_a_day_that_does_not_exist_and_one_that_means_never_are_told_apart():
    read = read_days(["2024-02-30", "9999-12-31", "2024-02-29"])
    assert read.bad["not_a_date"].tolist() == [True, False, False]
    assert read.bad["date_unlikely"].tolist() == [False, True, False]


@pytest.mark.parametrize("word", ["2024-04", "2024/4", "2024年4月", "202404"])
def test_a_month_alone_is_read_only_where_a_month_is_wanted(word):
    assert read_days([word], months=True).days.astype("datetime64[D]")[0] == FIRST_OF_APRIL
    assert "not_a_date" in read_days([word]).bad


def test_the_day_of_the_week_behind_a_day_falls_away():
    days = read_days(["2024年4月1日(月)", "2024年4月29日（月・祝）"]).days.astype("datetime64[D]")
    assert days.astype(str).tolist() == ["2024-04-01", "2024-04-29"]
