"""A company's book keeps the contract, adds up, knows only its past, and is the same however it was computed."""

from math import log

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab import world
from cslab.book import Book
from cslab.faults import UsageError
from cslab.tables import TABLES, check_tables
from cslab.world.observe import tables_of
from cslab.world.observe.vocabulary import words_of
from tests.world.adding_up import adds_up

pytestmark = pytest.mark.slow  # whole verbs and companies: `make test` runs them

CORE = ("accounts", "contracts", "mrr_movements", "usage_monthly", "churn_events")
OWN = (*CORE, "onboarding", "handoffs", "contacts", "incidents", "maturity")
"""Tables of whose rows each looks at one account alone."""

TABLE_NAMES = tables_of(world.preset("default_jp"))


def same(one: Book, other: Book) -> None:
    """Two books hold the same tables: rows, order, values and types."""
    assert set(one.tables) == set(other.tables) == set(TABLE_NAMES)
    assert one.as_of == other.as_of
    for name in TABLE_NAMES:
        pd.testing.assert_frame_equal(one.tables[name], other.tables[name], check_exact=True)


@pytest.fixture(scope="module")
def book() -> Book:
    return world.company("default_jp", seed=11, accounts=900)


def small(data: st.DataObject) -> world.Scenario:
    """A small company with whatever terms, notice, hazards and calendar."""
    three = st.tuples(*[st.floats(0, 0.2)] * 3)
    terms = data.draw(st.lists(st.integers(1, 30), min_size=4, max_size=4, unique=True))
    first = data.draw(st.integers(-30, 5))
    return world.preset("tiny").with_(
        seed=data.draw(st.integers(0, 2**40)),
        accounts=data.draw(st.integers(1, 40)),
        months=data.draw(st.integers(1, 40)),
        first_arrival=first,
        last_arrival=data.draw(st.integers(first + 1, 40)),
        growth_per_year=data.draw(st.sampled_from([0.0, 0.3, 3.0])),
        notice_months=data.draw(st.integers(1, 5)),
        term_months=terms,
        currency=data.draw(st.sampled_from(["JPY", "USD"])),
        uncontrollable_hazard=data.draw(three),
        expansion_hazard=data.draw(three),
        contraction_chance=data.draw(three),
    )


@pytest.mark.slow
@settings(max_examples=15)
@given(st.data())
def test_any_company_keeps_the_contract_and_its_counts_add_up(data):
    company = world.company(small(data))
    assert [fault.text("en") for fault in check_tables(company.tables)] == []
    adds_up(company)


def test_counts_add_up_in_a_company_of_ordinary_size(book):
    assert check_tables(book.tables) == []
    adds_up(book)


@pytest.mark.slow
@settings(max_examples=8)
@given(st.data())
def test_a_book_as_of_a_month_is_the_book_of_a_shorter_simulation(data):
    scenario = small(data)
    months = data.draw(st.integers(1, scenario.months))
    shorter = world.company(scenario, months=months)
    same(world.company(scenario).at(shorter.as_of), shorter)


@pytest.mark.parametrize("months", [1, 17, 36, 47])
def test_the_default_company_as_of_a_month_is_that_of_a_shorter_simulation(book, months):
    shorter = world.company("default_jp", seed=11, accounts=900, months=months)
    same(book.at(shorter.as_of), shorter)


@pytest.mark.parametrize("chunk", [1, 2])
def test_nothing_changes_with_the_chunks(chunk):
    made = [world.company("default_jp", accounts=2100, months=24, chunk=size) for size in (16, chunk)]
    same(*made)


@pytest.mark.slow
def test_nothing_changes_with_the_number_of_workers():
    made = [world.company("default_jp", accounts=2100, workers=workers, chunk=1) for workers in (1, 2)]
    same(*made)


def test_five_thousand_accounts_begin_with_the_seven_hundred():
    few, many = (world.company("default_jp", accounts=n, months=12) for n in (700, 5000))
    for name in OWN:
        begins = many.tables[name][many.tables[name]["account_id"] < "A000700"].reset_index(drop=True)
        pd.testing.assert_frame_equal(begins, few.tables[name], check_exact=True)


def test_customers_lost_before_the_records_begin_are_not_exported(book):
    accounts, truth = book.accounts, book.truth.accounts()
    assert len(truth) == 900 and set(accounts["account_id"]) < set(truth["account_id"])
    assert accounts["is_legacy"].any()
    seen = accounts["signed_on"].clip(lower=book.window_start)
    back = book.mrr_movements.drop_duplicates("account_id").set_index("account_id")["type"] == "reactivation"
    again = accounts["account_id"].map(back)
    assert (accounts["observed_from"] == seen)[~again].all() and (accounts["observed_from"] > seen)[again].all()
    assert (book.usage_monthly["month"] >= book.window_start).all()
    assert (book.contracts["end"] > book.window_start).all()


def test_nothing_of_the_truth_stands_in_a_table(book):
    hidden = {*book.truth.accounts(), *book.truth.hazard()} - {"account_id", "month"}
    for name, frame in book.tables.items():
        assert not hidden & set(frame)
        assert set(frame) <= set(TABLES[name].names)


def test_fit_shows_in_trial_usage_and_in_no_other_column_of_the_accounts():
    book = world.company(world.preset("default_jp").with_(addons="none"), accounts=6000, months=48)
    people = book.accounts.merge(book.truth.accounts(), on="account_id")
    people = people[~people["is_legacy"]]
    numbers = people[book.accounts.columns].select_dtypes("number")
    link = numbers.corrwith(people["fit"], method="spearman").abs()
    assert link.pop("trial_usage") > 0.5
    assert (link < 4.5 / len(people) ** 0.5).all()


def test_what_is_learned_at_the_exit_is_missing_before_it(book):
    events = book.churn_events
    ahead = events["effective_on"] > book.as_of
    assert ahead.any()
    assert (
        events.loc[ahead, ["offboarding_steps", "offboarding_days", "exit_csat", "interview_done"]]
        .isna()
        .all(axis=None)
    )


def test_a_third_of_the_leavers_say_price_whatever_the_cause():
    book = world.company("default_jp", accounts=8000)
    events = book.churn_events.merge(book.truth.accounts(), on="account_id")
    events = events.drop_duplicates("account_id")
    for cause in ("voluntary", "uncontrollable"):
        said = events["reason_stated"][events["cause_true"] == cause] == "price"
        assert abs(said.mean() - 0.35) < 4 * (0.35 * 0.65 / len(said)) ** 0.5


def test_usage_follows_latent_value_and_dips_at_obon():
    book = world.company("calibration", accounts=1500, months=36)
    cells = book.usage_monthly.merge(book.truth.hazard(), on=["account_id", "month"])
    logit = (cells["wau_ratio"] / (1 - cells["wau_ratio"])).map(log)
    noise = (logit + 0.1) / 0.9 - cells["latent"]
    assert abs(noise.mean()) < 0.01 and abs(noise.std() - 0.35) < 0.01
    per_seat = (
        cells["logins"].groupby(cells["month"]).sum()
        / (cells["wau_ratio"] * cells["seats"]).groupby(cells["month"]).sum()
    )
    august = per_seat.index.month == 8
    assert per_seat[august].max() < 0.92 * per_seat[~august].median()


def test_the_words_of_the_records_are_known_words(book):
    categories = {
        (table.name, column.name) for table in TABLES.values() for column in table.columns if column.kind == "category"
    }
    for table, column in categories:
        assert words_of(table, column)
        assert set(book.tables[table][column].dropna()) <= set(words_of(table, column))


def test_an_unknown_preset_is_refused():
    with pytest.raises(UsageError, match="default_jp"):
        world.company("default_us_and_more")
