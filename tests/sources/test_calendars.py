"""和暦, fiscal years and quarters, day numbers: read where they say one day, refused where they do not."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab.sources.calendars import ERAS, translated
from cslab.sources.dates import USUAL, Calendar, read_days

APRIL = Calendar(fiscal=4)


def day(word: str, calendar: Calendar = USUAL, months: bool = False) -> str:
    read = read_days([word], months=months, calendar=calendar)
    assert not read.bad, read.bad
    return str(read.days.astype("datetime64[D]")[0])


@pytest.mark.parametrize(
    "word",
    [
        *("令和6年4月1日", "令和６年４月１日", "令和6年04月01日", "令和 6年 4月 1日", "㋿6年4月1日"),
        *("R6.4.1", "R06.04.01", "r6/4/1", "R6-4-1", "令6.4.1", "令和6.4.1"),
    ],
)
def test_a_day_of_an_era_is_read_in_every_usual_spelling(word):
    assert day(word) == "2024-04-01"


@pytest.mark.parametrize(
    ("word", "common"),
    [
        ("令和元年5月1日", "2019-05-01"),
        ("平成31年4月30日", "2019-04-30"),
        ("H31.4.30", "2019-04-30"),
        ("平成2年1月8日", "1990-01-08"),
    ],
)
def test_the_first_and_last_days_of_eras_are_theirs(word, common):
    assert day(word) == common


@pytest.mark.parametrize("word", ["平成31年5月1日", "平成35年4月1日", "令和元年4月30日", "H32.3.31", "昭和64年1月8日"])
def test_a_year_that_an_era_does_not_have_is_refused(word):
    assert list(read_days([word]).bad) == ["date_era"]


@pytest.mark.parametrize("word", ["令和6年2月30日", "令和6年13月1日", "R6.4", "令和6年4月"])
def test_what_is_no_day_of_an_era_is_no_day(word):
    assert list(read_days([word]).bad) == ["not_a_date"]


def test_a_month_of_an_era_is_a_month():
    assert day("令和6年4月", months=True) == day("R6.4", months=True) == "2024-04-01"


def test_days_before_1990_are_not_believed_in_any_calendar():
    assert list(read_days(["昭和63年4月1日"]).bad) == list(read_days(["1988-04-01"]).bad) == ["date_unlikely"]


def test_eras_and_western_years_in_one_column_are_told():
    assert read_days(["令和6年4月1日", "R6.4.2", "2024-04-03"]).bad["date_mixed"].tolist() == [False, False, True]


@given(st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_comes_back_from_its_era(known):
    era, (first, _) = next((name, span) for name, span in ERAS.items() if span[0] <= known)
    year = known.year - first.year + 1
    word = f"{era}{'元' if year == 1 else year}年{known.month}月{known.day}日"
    assert day(word) == str(known)


@pytest.mark.parametrize(
    "word",
    ["2024年度", "FY2024", "FY24", "fy'24", "24年度", "令和6年度", "R6年度", "２０２４年度", "2024年度上期", "FY24 H1"],
)
def test_a_fiscal_year_is_its_first_day(word):
    assert day(word, APRIL) == "2024-04-01"


@pytest.mark.parametrize(
    "word",
    [
        *("2024年度第2四半期", "24Q2", "2024Q2", "2024-Q2", "FY2024 Q2", "Q2 FY24", "2Q24", "2024年度2Q"),
        *("令和6年度第2四半期", "2024年度第二四半期"),
    ],
)
def test_a_fiscal_quarter_is_its_first_day(word):
    assert day(word, APRIL) == "2024-07-01"


def test_a_fiscal_year_follows_the_month_in_which_it_begins():
    assert [day("2024年度第4四半期", Calendar(fiscal=month)) for month in (1, 4, 10)] == [
        *("2024-10-01", "2025-01-01", "2025-07-01"),
    ]


def test_the_last_day_in_force_of_a_fiscal_year_is_its_last():
    assert day("2024年度", Calendar(fiscal=4, last=True)) == "2025-03-31"
    assert day("2023年度第4四半期", Calendar(fiscal=4, last=True)) == "2024-03-31"


@pytest.mark.parametrize("word", ["2024年度", "24Q1", "2024Q1", "FY2024", "令和6年度"])
def test_without_the_month_in_which_years_begin_nothing_is_guessed(word):
    assert list(read_days([word]).bad) == ["date_fiscal"]


@pytest.mark.parametrize("word", ["2024", "24", "Q1", "第1四半期", "FY", "2024年"])
def test_what_does_not_say_a_fiscal_year_is_none(word):
    assert list(read_days([word], calendar=APRIL).bad) == ["not_a_date"]


def test_a_day_number_is_read_where_the_workbook_says_how_it_counts():
    assert day("45383", Calendar(serial="1900")) == day("43921", Calendar(serial="1904")) == "2024-04-01"
    assert list(read_days(["45383"]).bad) == ["date_serial"]
    assert str(read_days(["45383.5"], "excel").days.astype("datetime64[D]")[0]) == "2024-04-01"


def test_common_words_are_left_alone():
    words = ["2024-04-01", "A1", "", "R2D2", "H1", "12345678"]
    assert translated(words).words.tolist() == words


def test_a_mapping_says_when_years_begin(opened):
    book = opened(
        contracts="account_id,start,end\nA1,2023年度,2023年度第4四半期\nA2,2023Q1,2023Q4\n",
        mapping="fiscal_start = 4\n[contracts]\nend = { inclusive = true }\n",
    )
    assert [str(each.date()) for each in book.contracts["end"]] == ["2024-04-01"] * 2
    assert "fiscal_periods" in {note.key for note in book.notes}


def test_a_fiscal_year_without_its_month_is_told_with_the_line_to_write(export, complaint):
    text = complaint(export(contracts="account_id,start,end\nA1,2023年度,2024年度\n"))
    assert "fiscal_start = 4" in text and '2 "2023年度"' in text
