"""The log behind the monthly usage: counting it gives the table back, and each event keeps to itself."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab.tables import EVENTS
from cslab.world.events import FEATURES, WORDS, OfficeMonth, month, office_months
from cslab.world.events.kinds import COUNTED, GROUPS
from cslab.world.observe import Records, observe
from cslab.world.policy import policy
from cslab.world.scenario import preset
from cslab.world.simulate import simulate

pytestmark = pytest.mark.slow

APRIL = np.datetime64("2024-04", "M")
DERIVED = ["wau", *COUNTED.values(), *GROUPS.values()]
LARGEST = {"features_basic": 12, "features_adv": 10, "features_relevant": 8, "integrations": 6}


def records(accounts: int, months: int, seed: int = 1) -> Records:
    return observe(simulate(preset("tiny"), policy("rule"), seed, range(1), accounts, months))


def made(**usage: int | list[int]) -> OfficeMonth:
    """One April of one or more accounts; what is not given is 0."""
    given = {name: np.atleast_1d(values).astype(np.int64) for name, values in usage.items()}
    size = len(given["seats"])
    zeros = {name: np.zeros(size, np.int64) for name in DERIVED}
    return OfficeMonth(1, 0, APRIL, 40, {"account_id": np.arange(size), **zeros, **given})


def frame(of: OfficeMonth) -> pd.DataFrame:
    columns = pd.DataFrame(of.columns(of.events()))
    day = columns["second"] // 86_400
    words = {"event": np.array(WORDS)[columns["event"]], "feature": np.array([*FEATURES, ""])[columns["feature"]]}
    number = columns["account"].astype(np.int64) + 1024 * of.office
    return columns.assign(number=number, day=day, week=np.minimum(day // 7, 3), **words)


def counted(log: pd.DataFrame) -> pd.DataFrame:
    """By account: what the definitions of the columns say, counted as plainly as can be."""
    by = log.groupby("number")
    people = log.groupby(["number", "week"])["user"].nunique().groupby("number").sum()
    columns = {"wau": np.floor(people / 4 + 0.5)}
    for word, column in COUNTED.items():
        columns[column] = by["event"].agg(lambda events, word=word: (events == word).sum())
    for word, column in GROUPS.items():
        columns[column] = log[log["event"] == word].groupby("number")["feature"].nunique()
    return pd.DataFrame(columns).fillna(0).astype(np.int64)[DERIVED]


def stored(of: OfficeMonth) -> pd.DataFrame:
    return pd.DataFrame({name: of.usage[name] for name in DERIVED}, index=of.usage["account_id"]).astype(np.int64)


def all_months(of: Records) -> Iterator[tuple[str, pd.DataFrame]]:
    return ((str(one.month), frame(one)) for one in office_months(of))


@pytest.mark.parametrize(("accounts", "months"), [(60, 4), (300, 1)])
def test_counting_the_events_gives_the_monthly_usage_back(accounts, months):
    parts = list(office_months(records(accounts, months)))
    assert len(parts) == months
    for part in parts:
        pd.testing.assert_frame_equal(counted(frame(part)), stored(part), check_names=False, check_dtype=False)


@st.composite
def usages(draw: st.DrawFn) -> OfficeMonth:
    """Any account that a table could hold, also one with more people active than events counted."""
    seats = draw(st.integers(1, 60))
    numbers = {column: draw(st.integers(0, 200)) for column in COUNTED.values()}
    numbers |= {column: draw(st.integers(0, most)) for column, most in LARGEST.items()}
    return made(seats=seats, wau=draw(st.integers(0, seats)), **numbers)


@given(usages())
def test_any_row_of_the_table_has_events_that_give_it_back(of):
    log = frame(of)
    pd.testing.assert_frame_equal(counted(log), stored(of), check_names=False, check_dtype=False)
    assert log["user"].between(1, max(of.usage["seats"][0], 1)).all()


def test_an_account_that_did_nothing_left_one_page_view_and_counts_nothing():
    log = frame(made(seats=5))
    assert log["event"].tolist() == ["page_view"]
    assert counted(log).to_numpy().sum() == 0


def test_people_without_enough_logins_show_by_the_pages_they_viewed():
    log = frame(made(seats=9, wau=5, logins=3))
    assert log["event"].value_counts().to_dict() == {"page_view": 17, "login": 3}


def test_the_people_of_a_week_differ_in_number_and_their_mean_is_wau():
    week = frame(made(seats=500, wau=320, logins=40_000)).groupby("week")["user"].nunique()
    assert week.sum() == 4 * 320
    assert week[0] == week[2] != week[1] == week[3]


def test_the_rows_stand_in_the_order_of_time_and_within_the_month():
    seconds = frame(made(seats=50, wau=30, logins=900))["second"]
    assert seconds.is_monotonic_increasing
    assert seconds.between(0, 30 * 86_400 - 1).all()


def test_a_rest_day_has_eight_hundredths_of_a_working_days_events():
    log = frame(made(seats=1, wau=1, logins=100_000))
    rests = log["day"].isin(np.flatnonzero(~np.is_busday(np.arange(APRIL, APRIL + 1, dtype="M8[D]"))))
    share = 8 * 0.08 / (22 + 8 * 0.08)  # April 2024: 22 working days, 8 others; a day is drawn in steps of 1/4096
    assert abs(rests.mean() - share) < 5 * np.sqrt(share * (1 - share) / len(log)) + 8 / 4096


def test_a_longer_run_begins_with_the_shorter_one():
    short, long = (dict(all_months(records(60, months))) for months in (2, 4))
    for name, log in short.items():
        pd.testing.assert_frame_equal(log, long[name])


def test_more_accounts_change_nothing_for_the_first_ones():
    few, many = (dict(all_months(records(accounts, 2))) for accounts in (40, 60))
    for name, log in few.items():
        first = many[name][many[name]["number"] < 40].reset_index(drop=True)
        pd.testing.assert_frame_equal(log, first)


def test_what_one_account_does_moves_no_event_of_another():
    before = frame(made(seats=[20, 20], wau=[9, 9], logins=[50, 50]))
    after = frame(made(seats=[20, 20], wau=[9, 9], logins=[51, 50]))
    other = [log[log["number"] == 1].reset_index(drop=True) for log in (before, after)]
    pd.testing.assert_frame_equal(*other)
    assert len(after) == len(before) + 1


def test_events_are_the_same_made_many_or_few_at_once(monkeypatch):
    of = made(seats=[20, 3, 90], wau=[9, 0, 60], logins=[50, 7, 700], core_actions=[300, 20, 2000])
    at_once = of.events()
    monkeypatch.setattr(month, "_PIECE", 64)
    assert (of.events() == at_once).all()


def test_a_feature_once_taken_up_stays_while_their_number_grows():
    few, more = (frame(made(seats=9, wau=5, features_basic=number)) for number in (3, 7))
    named = [set(log.loc[log["event"] == "basic_feature", "feature"]) for log in (few, more)]
    assert (len(named[0]), len(named[1])) == (3, 7)
    assert named[0] < named[1]


def test_the_words_of_the_log_are_those_that_are_declared():
    assert EVENTS.column("event").values == WORDS
