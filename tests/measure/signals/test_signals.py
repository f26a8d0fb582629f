"""Signals: what they say, what is missing, and that none of it was learned later."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cslab
from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure.signals import possible, signals
from cslab.measure.signals.log import Log

DAYS = tuple(pd.date_range("2022-01-01", "2025-03-31"))


def on(day: str, *accounts: str) -> pd.DataFrame:
    return pd.DataFrame({"account_id": accounts or ("A1",), "as_of": pd.Timestamp(day)})


def months(**values: list[float]) -> Book:
    """One customer's months from January 2024 on."""
    first = next(iter(values.values()))
    month = pd.date_range("2024-01-01", periods=len(first), freq="MS")
    return Book(
        {"usage_monthly": pd.DataFrame({"account_id": "A1", "month": month, **values})}, pd.Timestamp("2025-03-31")
    )


@pytest.mark.parametrize(
    ("signal", "value"),
    [("wau_ratio", 0.3), ("wau_last", 0.2), ("usage_trend", -0.3), ("usage_to_baseline", 0.5)],
)
def test_usage_is_read_up_to_the_last_month_that_is_over(signal: str, value: float) -> None:
    book = months(wau_ratio=[0.5, 0.4, 0.3, 0.2, 0.9])  # April is over on the 30th, May is not
    found = signals(book, on("2024-05-30"), [signal])
    assert found[signal].tolist() == pytest.approx([value])


def test_a_holiday_of_everybody_is_no_drop_of_anybody() -> None:
    frames = [
        months(seats=[10, 10, 10, 10], logins=[80, 80, 80, 40]).usage_monthly.assign(account_id=one) for one in "AB"
    ]
    book = Book({"usage_monthly": pd.concat(frames)}, pd.Timestamp("2025-03-31"))
    found = signals(book, on("2024-04-30", "A"), ["logins_to_baseline", "logins_trend", "logins_per_seat"])
    assert found.loc[0, ["logins_to_baseline", "logins_trend"]].tolist() == [1.0, 0.0]
    assert found.loc[0, "logins_per_seat"] == pytest.approx(20 / 3)


def surveys() -> Book:
    sent = pd.to_datetime(["2023-01-10", "2024-02-01", "2024-03-01", "2024-04-25"])
    replied = pd.to_datetime(["2023-01-12", None, "2024-03-05", None])
    table = pd.DataFrame({"account_id": "A1", "type": "nps", "sent_on": sent, "responded_on": replied})
    return Book({"surveys": table.assign(score=[3.0, np.nan, 9.0, np.nan])}, pd.Timestamp("2025-03-31"))


@pytest.mark.parametrize(
    ("day", "nps", "answered"),
    [
        ("2024-03-04", np.nan, 0.0),  # the old answer is too old, the new one not there; one silence is certain
        ("2024-03-05", 9.0, 0.0),  # the answer counts at once, the questionnaire when its two weeks are over
        ("2024-04-30", 9.0, 0.5),  # that of 25 April still waits
        ("2024-05-10", 9.0, 1 / 3),
    ],
)
def test_an_answer_counts_from_its_day_on_and_silence_when_the_time_is_up(
    day: str, nps: float, answered: float
) -> None:
    found = signals(surveys(), on(day), ["nps", "answered"])
    assert found[["nps", "answered"]].iloc[0].tolist() == pytest.approx([nps, answered], nan_ok=True)


def test_people_count_while_they_are_there_and_nobody_known_is_a_gap() -> None:
    came = pd.to_datetime(["2024-01-01", "2024-02-01", "2024-01-01"])
    gone = pd.to_datetime(["2024-03-01", None, None])
    contacts = pd.DataFrame({"account_id": ["A1", "A1", "A2"], "active_from": came, "active_to": gone})
    contacts = contacts.assign(role=["in_charge", "influencer", "in_charge"], is_champion=[True, False, False])
    book = Book({"contacts": contacts}, pd.Timestamp("2025-03-31"))
    rows = pd.concat([on("2024-02-29", "A1"), on("2024-03-01", "A1"), on("2023-12-31", "A1")], ignore_index=True)
    found = signals(book, rows, ["roles", "champion", "champion_left"])
    assert found["roles"].tolist() == pytest.approx([2.0, 1.0, np.nan], nan_ok=True)
    assert found["champion"].tolist() == pytest.approx([1.0, 0.0, np.nan], nan_ok=True)
    assert found["champion_left"].tolist() == pytest.approx([0.0, 1.0, np.nan], nan_ok=True)


def test_a_ticket_is_open_until_the_day_it_is_closed() -> None:
    opened, closed = pd.to_datetime(["2024-03-01", "2024-03-10"]), pd.to_datetime(["2024-03-20", None])
    tickets = pd.DataFrame({"account_id": "A1", "opened_on": opened, "closed_on": closed})
    book = Book({"tickets": tickets}, pd.Timestamp("2025-03-31"))
    days = pd.concat([on(day) for day in ("2024-02-29", "2024-03-19", "2024-03-20", "2024-12-31")])
    assert signals(book, days, ["tickets_open"])["tickets_open"].tolist() == [0.0, 2.0, 1.0, 1.0]
    assert signals(book, days, ["tickets_90d"])["tickets_90d"].tolist() == [0.0, 2.0, 2.0, 0.0]


def test_mail_of_a_program_is_no_contact_with_one_of_our_people() -> None:
    days = pd.to_datetime(["2024-03-01", "2024-03-20"])
    touches = pd.DataFrame({"account_id": "A1", "touched_on": days, "csm_id": ["C1", None]})
    book = Book({"touches": touches}, pd.Timestamp("2025-03-31"))
    found = signals(book, pd.concat([on("2024-03-31"), on("2024-05-30")]), ["touches_90d"])
    assert found["touches_90d"].tolist() == [1.0, 0.0]


def test_a_newsletter_is_no_contact() -> None:
    days = pd.to_datetime(["2024-03-01", "2024-03-20", "2024-03-25"])
    touches = pd.DataFrame({"account_id": "A1", "touched_on": days, "type": ["call", "newsletter", "email"]})
    touches["direction"] = ["outbound", "outbound", "inbound"]
    book = Book({"touches": touches}, pd.Timestamp("2025-03-31"))
    rows = pd.concat([on("2024-03-21"), on("2024-03-31")])
    assert signals(book, rows, ["days_since_contact"])["days_since_contact"].tolist() == [20.0, 6.0]


@pytest.mark.slow
@settings(max_examples=6, deadline=None)
@given(day=st.sampled_from(DAYS))
def test_a_day_knows_what_the_book_of_that_day_knows(day: pd.Timestamp) -> None:
    book = cslab.load("synthetic:tiny")
    rows = book.at(day).accounts[["account_id"]].assign(as_of=day)
    pd.testing.assert_frame_equal(signals(book, rows), signals(book.at(day), rows))


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 30), st.integers(-5, 5)), max_size=20),
    st.integers(0, 30),
    st.integers(1, 30),
)
def test_a_log_sums_what_lies_between_two_times(rows: list[tuple[int, int, int]], until: int, width: int) -> None:
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    log, account = Log.of(*(list(column) for column in columns)), np.arange(3)
    sums, count = log.total(account, np.full(3, until - width), np.full(3, until))
    for one in range(3):
        inside = [value for who, time, value in rows if who == one and until - width < time <= until]
        assert (sums[one], count[one]) == (pytest.approx(sum(inside)), len(inside))


def test_an_unknown_signal_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="wau_ratio"):
        signals(months(wau_ratio=[0.5]), on("2024-02-01"), ["wau_rato"])


def test_all_columns_that_are_missing_are_named_at_once() -> None:
    with pytest.raises(NotReady) as caught:
        signals(months(wau_ratio=[0.5]), on("2024-02-01"), ["logins_per_seat", "nps"])
    told = caught.value.text("en")
    assert "usage_monthly.seats" in told and "surveys" in told


def test_a_book_without_any_of_it_says_what_would_help() -> None:
    with pytest.raises(NotReady, match="usage_monthly"):
        possible(Book({}, pd.Timestamp("2025-03-31")))
