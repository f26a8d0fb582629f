"""Content, exposure and the user community agree with the customers' lives, and see nothing ahead."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab import world
from cslab.book import Book
from cslab.world.observe import groups, observe
from cslab.world.observe.groups import FULL, SMALL_MONTHS
from cslab.world.simulate import simulate

pytestmark = pytest.mark.slow

TABLES = ("content", "content_exposure", "community_groups", "community_members")


@pytest.fixture(scope="module")
def book() -> Book:
    return world.company("default_jp", seed=5, accounts=2500)


@pytest.fixture(scope="module")
def members(book) -> pd.DataFrame:
    return book.community_members.merge(book.community_groups, on="group_id", validate="many_to_one")


@pytest.mark.parametrize("months", [13, 31])
@pytest.mark.parametrize("table", TABLES)
def test_a_shorter_run_is_the_longer_one_as_it_was_known_then(book, table, months):
    shorter = world.company("default_jp", seed=5, accounts=2500, months=months)
    known = book.at(shorter.as_of).tables[table]
    pd.testing.assert_frame_equal(known, shorter.tables[table], check_dtype=False)


@pytest.mark.parametrize("table", TABLES)
def test_the_tables_are_the_same_however_offices_are_grouped(book, table):
    again = world.company("default_jp", seed=5, accounts=2500, chunk=1)
    pd.testing.assert_frame_equal(book.tables[table], again.tables[table])


def test_nothing_is_shown_before_it_is_published_or_to_somebody_who_is_no_customer(book):
    shown = book.content_exposure.merge(book.content, on="content_id", validate="many_to_one")
    assert (shown["shown_on"] >= shown["published_on"]).all()
    signed = shown["account_id"].map(book.accounts.set_index("account_id")["signed_on"])
    assert (shown["shown_on"] > signed).all()
    last = book.churn_events.groupby("account_id")["effective_on"].max()
    back = set(book.churn_events.dropna(subset=["winback_on"])["account_id"])
    gone = shown[~shown["account_id"].isin(back)]
    assert not (gone["shown_on"] >= gone["account_id"].map(last)).any()


def test_a_quarter_of_the_account_months_see_content_and_four_fifths_of_it_fits_the_phase(book):
    signed = book.usage_monthly["account_id"].map(book.accounts.set_index("account_id")["signed_on"])
    months = (book.usage_monthly["month"] > signed).sum()
    share, error = len(book.content_exposure) / months, (0.25 * 0.75 / months) ** 0.5
    assert abs(share - 0.25) < 4 * error
    fresh = book.content_exposure.merge(book.accounts[["account_id", "signed_on"]], on="account_id")
    fresh = fresh[(fresh["shown_on"] - fresh["signed_on"]).dt.days < 60].merge(book.content, on="content_id")
    onboarding = (fresh["phase"] == "onboarding").mean()
    everywhere = book.content_exposure.merge(book.content, on="content_id")["phase"].eq("onboarding").mean()
    assert onboarding > everywhere


def test_only_what_was_opened_is_read_to_the_end(book):
    shown = book.content_exposure
    assert shown["completed"].any() and not (shown["completed"] & ~shown["opened"]).any()


def test_no_group_is_larger_than_six_and_members_stay_within_its_time(members):
    assert (members.groupby("group_id").size() <= FULL).all()
    assert (members["joined_on"] >= members["started_on"]).all()
    assert not (members["left_on"] > members["ended_on"]).any()
    assert not (members["joined_on"] > members["ended_on"]).any()


@pytest.mark.parametrize("seed", range(12))
def test_nobody_joins_a_group_that_is_over(seed):
    members = world.company("default_jp", accounts=300, seed=seed).community_members
    assert not (members["left_on"] < members["joined_on"]).any()


def test_whoever_comes_after_nine_months_begins_the_next_group_and_a_group_on_fire_waits(monkeypatch):
    monkeypatch.setattr(groups, "_sizes", lambda seed, club, turn: np.where(club == 0, 2, 6))
    monkeypatch.setattr(groups, "_ignited", lambda seed, club, turn: club == 1)
    days = ["2020-01-20", "2020-09-30", "2020-10-01", "2021-06-30", "2021-07-01"]
    joined = np.array(2 * days, dtype="M8[ns]")
    assert groups._turns(1, np.repeat([0, 1], 5), joined).tolist() == [0, 0, 1, 1, 2, 0, 0, 0, 0, 0]


@given(gaps=st.lists(st.integers(0, 400), min_size=1, max_size=30), cut=st.integers(1, 30), seed=st.integers(0, 99))
def test_who_comes_later_moves_nobody_to_another_group(gaps, cut, seed):
    joined = np.datetime64("2018-01-05", "ns") + np.cumsum(gaps).astype("m8[D]")
    club = np.zeros(len(gaps), dtype=np.int64)
    turn = groups._turns(seed, club, joined)
    assert set(np.diff(turn)) <= {0, 1} and (groups._turns(seed, club[:cut], joined[:cut]) == turn[:cut]).all()


@pytest.mark.parametrize("seed", range(3))
def test_a_group_without_members_in_the_records_has_a_place_left(seed):
    records = observe(simulate(world.preset("default_jp"), world.policy("rule"), seed, range(2), 2000, 84))
    members, ids = records.memberships, records["community_groups"]["group_id"]
    empty = ids[~np.isin(ids, records["community_members"]["group_id"])]
    number = members.club[members.begins] * 1000 + members.turn[members.begins]
    assert set(empty) <= set(number[members.open])


def test_groups_that_do_not_catch_fire_end_after_nine_months(book):
    ended = book.community_groups.dropna(subset=["ended_on"])
    months = (ended["ended_on"].dt.to_period("M") - ended["started_on"].dt.to_period("M")).map(lambda gap: gap.n)
    assert (months == SMALL_MONTHS).mean() > 0.5


def test_members_are_customers_and_leave_with_their_account(book, members):
    signed = members["account_id"].map(book.accounts.set_index("account_id")["signed_on"])
    assert (members["joined_on"] > signed).all()
    first_exit = members["account_id"].map(book.churn_events.groupby("account_id")["effective_on"].min())
    gone = first_exit <= book.as_of
    assert gone.any() and (members["left_on"][gone] <= first_exit[gone]).all()


def test_role_and_answers_are_known_half_a_year_after_joining_and_not_before(book, members):
    judged = members["role"].notna()
    assert (members["joined_on"][judged] + pd.Timedelta(days=180) <= book.as_of).all()
    assert (members["answers_given"].notna() == judged).all()
    early = book.at("2023-06-30").community_members
    assert early.loc[early["joined_on"] > "2023-01-01", "role"].isna().all()


def test_stars_answer_most_and_lurkers_hardly_at_all(members):
    mean = members.dropna(subset=["role"]).groupby("role")["answers_given"].mean()
    assert mean["star"] > mean["active"] > 1 > mean["lurker"]


def test_without_the_community_there_are_no_groups():
    plain = world.company(world.preset("tiny").with_(addons="none"))
    assert plain.has("content") and not plain.has("community_groups") and not plain.has("community_members")
