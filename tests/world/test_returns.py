"""Customers who come back have a second spell, on a new contract, and every table tells the same of it."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab import world
from cslab.measure.durations import durations
from cslab.measure.retention import mrr_by_month
from cslab.tables import check_tables
from cslab.world import luck
from cslab.world.addons.returns import SOONEST, hard_exits, returns
from cslab.world.history import NEVER, History
from cslab.world.simulate import simulate
from cslab.world.spells import origins, rows_of, together
from tests.world.adding_up import adds_up, stays_of

pytestmark = pytest.mark.slow

MANY = world.preset("default_jp").with_(addons="all", winback_share="0.9,0.6")
"""A company where most of those who leave come back."""


def lived(accounts=1500, months=48, scenario=MANY) -> History:
    """A history with many returns."""
    return simulate(scenario, world.policy("rule"), 3, range(-(-accounts // luck.BLOCK)), accounts, months)


@pytest.fixture(scope="module")
def history() -> History:
    return lived()


@pytest.fixture(scope="module")
def book():
    return world.company(MANY, seed=3, accounts=700)


def test_a_row_is_a_spell_and_a_second_one_stands_behind_the_first(history):
    again = np.flatnonzero(~history.first)
    assert len(again) > 100 and len(history.lane) == history.accounts + len(again)
    assert (history.lane == np.sort(history.lane)).all() and not (~history.first[again - 1]).any()
    wait = history.customers.start[again] - history.left[again - 1]
    assert wait.min() >= SOONEST and wait.max() <= MANY.winback_months
    assert (history.closed[again] > history.customers.start[again]).all()
    assert (history.notice_end < history.closed)[again - 1].all()


def test_who_comes_back_pays_a_part_of_what_it_paid_on_a_contract_of_the_same_term(history):
    again = np.flatnonzero(~history.first)
    customers, changes = history.customers, history.changes
    last = customers.mrr0[again - 1].copy()
    for place, row in enumerate(again - 1):
        after = changes.after[changes.who == row]
        last[place] = after[-1] if len(after) else last[place]
    assert (customers.mrr0[again] == np.maximum(np.round(0.8 * last), 1)).all()
    for name in ("number", "term", "segment", "day", "fit", "badfit"):
        assert (getattr(customers, name)[again] == getattr(customers, name)[again - 1]).all()
    assert (
        (history.notice_end - customers.start)[again][history.notice[again] < NEVER]
        % customers.term[again][history.notice[again] < NEVER]
        == 0
    ).all()


def test_first_spells_are_those_of_a_company_where_nobody_comes_back(history):
    never = lived(scenario=MANY.with_(winback_share="0,0"))
    first = rows_of(history, np.flatnonzero(history.first))
    assert (first.value == never.value).all() and len(never.lane) == never.accounts
    for name in ("notice", "notice_end", "closed", "onboarded", "role_since", "member_since"):
        assert (getattr(first, name) == getattr(never, name)).all()
    assert (first.changes.after == never.changes.after).all()
    assert (origins(history).mrr0 == never.customers.mrr0).all()


def test_decisions_of_a_second_spell_follow_the_equations_of_the_first(history):
    """Renewals by plain arithmetic: decided the notice before each term's end, from the path that had gone on."""
    again = np.flatnonzero(~history.first)
    s, customers, due = history.scenario, history.customers, 0
    for row in again:
        segment, term, start = customers.segment[row], int(customers.term[row]), int(customers.start[row])
        level = (s.renewal_logit_monthly if term == 1 else s.renewal_logit)[segment]
        ahead, expected = s.notice_by_segment[segment], NEVER
        for end in range(start + term, history.months + term, term):
            decided = end - min(ahead, term)
            if decided >= min(history.months, history.closed[row]):
                break
            value = history.value[max(end - ahead, start), history.column[row]]
            chance = 1 / (1 + np.exp(-(level + s.renewal_value_effect * value)))
            due += 1
            if luck.hashed(3, "renewal", customers.number[row], decided)[0] < chance:
                expected = end
                break
        assert history.notice_end[row] == expected
    assert due > len(again)


def test_six_in_a_hundred_come_back_after_an_easy_exit_and_two_after_a_hard_one():
    scenario = MANY.with_(winback_share="0.06,0.02", uncontrollable_hazard="0,0,0")
    first = lived(16 * luck.BLOCK, 48, scenario.with_(addons="none"))
    left = np.flatnonzero(first.notice_end < first.months - 24)
    back, hard = np.isin(left, returns(first)[0]), hard_exits(first, left)
    assert abs(hard.mean() - 0.30) < 4 * (0.21 / len(left)) ** 0.5
    for kind, share in ((~hard, 0.06), (hard, 0.02)):
        assert abs(back[kind].mean() - share) < 4 * (share * (1 - share) / kind.sum()) ** 0.5


def test_the_tables_agree_where_customers_come_back(book):
    assert check_tables(book.tables) == []
    adds_up(book)
    assert stays_of(book)["again"].sum() > 40


def test_a_customer_lost_before_the_records_is_on_record_from_its_return(book):
    accounts, movements = book.accounts, book.mrr_movements
    anew = accounts[accounts["is_legacy"] & (accounts["observed_from"] > book.window_start)]
    assert len(anew) > 5
    first = movements.groupby("account_id").first().loc[anew["account_id"]]
    assert (first["type"] == "reactivation").all()
    assert (
        book.contracts.groupby("account_id")["start"].min()[anew["account_id"]] == anew["observed_from"].to_numpy()
    ).all()
    assert not book.onboarding["account_id"].isin(anew["account_id"]).any()


def test_a_hard_exit_takes_a_month_longer_and_leaving_is_recorded_on_the_same_day(book):
    none = world.company(MANY.with_(offboarding_hard=0, winback_share="0,0"), seed=3, accounts=700).churn_events
    all_hard = world.company(MANY.with_(offboarding_hard=1, winback_share="0,0"), seed=3, accounts=700).churn_events
    notice = (none["decided_on"] < none["effective_on"]) & none["offboarding_days"].notna()
    assert (none["effective_on"] == all_hard["effective_on"]).all() and notice.sum() > 100
    assert ((all_hard["offboarding_days"] - none["offboarding_days"])[notice] == 30).all()
    assert ((all_hard["offboarding_steps"] - none["offboarding_steps"])[notice] == 3).all()
    rated = notice & none["exit_csat"].notna()
    assert (all_hard["exit_csat"] == (none["exit_csat"] - 1).clip(lower=1))[rated].all()


def test_durations_are_those_of_first_spells_and_monthly_mrr_has_the_returned_in_it(book):
    stays, hidden = durations(book), book.truth.accounts().set_index("account_id")
    stays = stays[stays["signed_on"] >= book.window_start]
    tenure = hidden["churn_tenure"].reindex(stays["account_id"]).to_numpy()
    assert (stays["event"].to_numpy() == ~np.isnan(tenure)).all()
    assert (stays["duration"][stays["event"]] == tenure[stays["event"]]).all()
    assert hidden["winback_month"].reindex(stays["account_id"]).notna().any()
    there = stays_of(book)
    for row in mrr_by_month(book).tail(12).itertuples():
        month = row.month.to_period("M")
        began, ended = there["begins"].dt.to_period("M") <= month, there["ends"].dt.to_period("M") <= month
        assert row.customers == (began & ~ended).sum()


def test_the_hidden_columns_say_what_became_of_both_spells(book):
    hidden, stays = book.truth.accounts().set_index("account_id"), stays_of(book)
    signed = book.accounts.set_index("account_id")["signed_on"]
    again = stays[stays["again"]].set_index("account_id")["begins"]
    waited = (again.dt.year - signed[again.index].dt.year) * 12 + again.dt.month - signed[again.index].dt.month
    assert (hidden.loc[again.index, "winback_month"] == waited).all()
    assert hidden.index.is_unique and len(hidden) == 700
    cells = book.truth.hazard()
    assert not cells.duplicated(["account_id", "month"]).any()
    assert (cells.groupby("account_id")["tenure"].apply(lambda tenure: (tenure == 0).sum())[again.index] == 2).all()


def test_people_and_levels_go_on_and_milestones_do_not_come_twice(book):
    stays = stays_of(book)
    returned = stays[stays["again"]].set_index("account_id")["begins"]
    for table in ("onboarding", "handoffs"):
        first = book.tables[table]
        keys = ["account_id", "milestone"] if table == "onboarding" else ["account_id", "from_dept"]
        assert not first.duplicated(keys).any()
    contacts = book.contacts[book.contacts["account_id"].isin(returned.index)]
    since = contacts["account_id"].map(returned)
    new = contacts[contacts["active_from"] == since]
    assert set(new.loc[new["is_champion"], "account_id"]) == set(returned.index)
    gone = stays.groupby("account_id")["ends"].first()
    silent = (contacts["active_from"] >= contacts["account_id"].map(gone)) & (contacts["active_from"] < since)
    assert not silent.any()
    levels = book.truth.accounts().set_index("account_id")
    assert (levels["maturity_last"] >= levels["maturity_first"]).all()


@pytest.mark.parametrize("months", [3, 19, 40])
def test_a_book_with_many_returns_as_of_a_month_is_that_of_a_shorter_simulation(book, months):
    shorter = world.company(MANY, seed=3, accounts=700, months=months)
    cut = book.at(shorter.as_of)
    for name, frame in shorter.tables.items():
        pd.testing.assert_frame_equal(cut.tables[name], frame, check_exact=True)


@pytest.mark.slow
def test_chunks_workers_and_further_accounts_change_nothing_where_customers_come_back():
    whole = world.company(MANY, accounts=2100, months=30)
    for workers in (1, 2):
        parts = world.company(MANY, accounts=2100, months=30, chunk=1, workers=workers)
        for name, frame in whole.tables.items():
            pd.testing.assert_frame_equal(parts.tables[name], frame, check_exact=True)


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(st.data())
def test_any_company_adds_up_whoever_comes_back(data):
    three = st.tuples(*[st.floats(0, 0.2)] * 3)
    first = data.draw(st.integers(-30, 5))
    scenario = world.preset("tiny").with_(
        addons=data.draw(st.sampled_from(["all", "offboarding", "offboarding,notice,maturity"])),
        seed=data.draw(st.integers(0, 2**40)),
        accounts=data.draw(st.integers(1, 60)),
        months=data.draw(st.integers(1, 48)),
        first_arrival=first,
        last_arrival=data.draw(st.integers(first + 1, 40)),
        term_months=data.draw(st.lists(st.integers(1, 14), min_size=4, max_size=4, unique=True)),
        notice_months=data.draw(st.integers(1, 5)),
        renewal_logit="0,0,0",
        winback_share=(data.draw(st.floats(0, 1)), data.draw(st.floats(0, 1))),
        winback_months=data.draw(st.integers(2, 24)),
        winback_price=data.draw(st.floats(0.1, 1.5)),
        uncontrollable_hazard=data.draw(three),
        expansion_hazard=data.draw(three),
        contraction_chance=data.draw(three),
    )
    book = world.company(scenario)
    assert [fault.text("en") for fault in check_tables(book.tables)] == []
    adds_up(book)
    months = data.draw(st.integers(1, scenario.months))
    shorter = world.company(scenario, months=months)
    for name, frame in book.at(shorter.as_of).tables.items():
        pd.testing.assert_frame_equal(frame, shorter.tables[name], check_exact=True)


def test_rows_taken_apart_and_put_together_are_the_history_again(history):
    odd = history.lane % 2 == 1
    parts = (rows_of(history, np.flatnonzero(some)) for some in (odd, ~odd))
    both = together(*parts)
    for name in ("lane", "tier", "notice", "left", "role_since", "column"):
        assert (getattr(both, name) == getattr(history, name)).all()
    for name in ("who", "month", "kind", "amount", "after"):
        assert (getattr(both.changes, name) == getattr(history.changes, name)).all()
    assert (both.customers.beginnings.role_known == history.customers.beginnings.role_known).all()
    for one, other in zip(both.climbs + both.cuts, history.climbs + history.cuts, strict=True):
        assert (one == other).all()
