"""Who is taken on when: by its own way or a policy's, from what is known by then, with the same lots under each."""

from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from cslab import world
from cslab.book import Book
from cslab.faults import UsageError
from cslab.world import Policy
from cslab.world.again import again
from cslab.world.history import NEVER, History
from cslab.world.programmes import CHAINS, DESIGN_NAMES, PROGRAMMES
from cslab.world.rates import logistic
from cslab.world.simulate import simulate
from tests.world.programmes.worlds import lived

pytestmark = pytest.mark.slow

DESIGNS = [design for design in DESIGN_NAMES if design != "none"]
POLICIES = ("program_open", "program_rule", "program_csm", "program_encouragement", "program_rct", "program_staggered")


def asked(history: History) -> np.ndarray:
    """Accounts whose turn came within the months of the run, in the only programme there is."""
    return history.enrolled.turn[:, 0] < history.months


def joined(history: History) -> np.ndarray:
    """Who takes part in the only programme there is."""
    return history.enrolled.since[:, 0] < NEVER


def value_before(history: History) -> np.ndarray:
    """Latent value in the month before each account's turn, at signing that of signing."""
    month = np.minimum(history.enrolled.turn[:, 0], history.months) - 1
    return history.value_at(np.arange(len(month)), np.maximum(month, history.customers.start))


def within(flags: np.ndarray, chances: np.ndarray) -> bool:
    """Whether as many are true as their chances say, within four standard errors."""
    return abs(flags.sum() - chances.sum()) <= 4 * (chances * (1 - chances)).sum() ** 0.5


@settings(max_examples=12)
@given(st.data())
def test_whoever_takes_part_was_asked_and_invited_before_and_was_a_customer(data):
    scenario = world.preset("tiny").with_(
        seed=data.draw(st.integers(0, 2**40)),
        months=data.draw(st.integers(1, 48)),
        programs=data.draw(st.lists(st.sampled_from(PROGRAMMES), min_size=1, max_size=4, unique=True)),
        program_start=data.draw(st.integers(-50, 40)),
    )
    orders_of_days(world.company(scenario, data.draw(st.sampled_from(POLICIES))), scenario.program_start)


def orders_of_days(book: Book, start: int) -> None:
    """The days of every enrolment come one after the other, while the account is a customer and the programme runs."""
    rows = book.program_enrolment.merge(book.accounts[["account_id", "signed_on"]], on="account_id")
    left = book.churn_events.groupby("account_id")["effective_on"].max()
    ends = rows["account_id"].map(left).fillna(pd.Timestamp("2100-01-01"))
    begins = book.window_start + pd.DateOffset(months=start)
    assert not rows.duplicated(["account_id", "program_id"]).any()
    assert (rows["eligible_on"] >= rows["signed_on"]).all() and (rows["eligible_on"] >= begins).all()
    days = rows[["eligible_on", "invited_on", "enrolled_on", "ended_on"]].ffill(axis=1).astype("datetime64[ns]")
    assert (days.diff(axis=1).iloc[:, 1:] >= pd.Timedelta(0)).all(axis=None)
    assert days.lt(ends, axis=0).all(axis=None) and (days <= book.as_of).all(axis=None)
    came = rows["enrolled_on"].notna()
    assert (rows["told_customer"].notna() == came).all()
    assert (rows["sessions_held"].notna() == rows["ended_on"].notna()).all() and came[rows["ended_on"].notna()].all()
    assert set(rows["program_id"]) <= set(book.programs["program_id"])


def test_the_rule_takes_on_those_below_a_threshold_that_stands_in_the_records():
    book = world.company(world.preset("default_jp").with_(programs="training"), "program_rule", accounts=1000)
    threshold = book.programs["threshold_amount"].item()
    rows = book.program_enrolment.merge(book.accounts, on="account_id")
    assert (rows["invited_on"].isna() | (rows["mrr0_amount"] < threshold)).all()
    old = rows["eligible_on"] < book.as_of - pd.Timedelta(days=31)
    assert (rows["invited_on"].notna() == (rows["mrr0_amount"] < threshold))[old].mean() > 0.97


def test_a_csm_takes_on_those_to_whom_the_product_is_worth_more():
    history = lived("training", "program_csm", accounts=4096)
    who, value = asked(history), value_before(history)
    assert within(joined(history)[who], logistic(-0.4 + value[who]))
    assert value[joined(history)].mean() > value[who & ~joined(history)].mean() + 0.2


def test_an_invitation_is_a_lot_that_knows_nothing_and_draws_some():
    history = lived("training", "program_encouragement", accounts=4096)
    who, invited, value = asked(history), history.enrolled.invited[:, 0], value_before(history)
    assert within(invited[who], np.full(who.sum(), 0.5))
    assert within(joined(history)[who], np.where(invited, logistic(-0.4 + 0.3 * value), 0.05)[who])
    knows_nothing(invited[who], history, who)


def knows_nothing(lot: np.ndarray, history: History, who: np.ndarray) -> None:
    """A lot is related to nothing that is true of an account, within four standard errors."""
    customers = history.customers
    hidden = [customers.fit, customers.first_impression, customers.first_value, np.log(customers.mrr0), customers.start]
    others = [customers.segment, customers.term, customers.stall_draw, customers.closure_draw, value_before(history)]
    for truth in (*hidden, *others):
        assert abs(np.corrcoef(lot, truth[who])[0, 1]) < 4 / len(lot) ** 0.5


def test_an_invitation_does_nothing_to_those_who_do_not_come():
    invited, nobody = (lived("training", policy) for policy in ("program_encouragement", "program_none"))
    stays_away = asked(invited) & ~joined(invited)
    assert (invited.enrolled.invited[:, 0] & stays_away).sum() > 100
    paths = [history.value[:, history.column[stays_away]] for history in (invited, nobody)]
    assert (paths[0] == paths[1]).all()


@pytest.mark.parametrize("name", ["training", "onboarding_programme"])
def test_an_experiment_has_two_groups_alike(name):
    history = lived(name, "program_rct", accounts=4096)
    who = asked(history)
    knows_nothing(joined(history)[who], history, who)
    low, high = binom.interval(0.999, who.sum(), CHAINS[name].share)
    assert low <= joined(history)[who].sum() <= high


def test_four_groups_by_lot_begin_half_a_year_apart():
    history = lived("faq", "program_staggered", accounts=4096)
    early = history.customers.start == 0
    begins, count = np.unique(history.enrolled.since[early, 0], return_counts=True)
    assert begins.tolist() == [0, 6, 12, 18] and joined(history)[early].all()
    low, high = binom.interval(0.999, early.sum(), 0.25)
    assert ((low <= count) & (count <= high)).all()


def test_the_lots_are_the_same_under_every_policy_and_another_programme_moves_none():
    invited = lived("training", "program_encouragement").enrolled.invited[:, 0]
    drawn = lived("training", "program_rct").enrolled
    assert (invited == drawn.invited[:, 0])[drawn.turn[:, 0] < 72].all()
    more = lived("faq,training", "program_rct").enrolled
    assert (more.invited[:, 1] == drawn.invited[:, 0]).all() and (more.since[:, 1] == drawn.since[:, 0]).all()


def test_each_programme_has_its_own_way_unless_the_policy_says_otherwise():
    scenario = world.preset("default_jp").with_(programs="all")
    own = dict(zip(scenario.programs, world.policy("rule").designs(scenario), strict=True))
    assert own == {name: CHAINS[name].assignment for name in PROGRAMMES}
    one = Policy("one of them", enrolment=(("faq", "rct"),)).designs(scenario)
    assert dict(zip(scenario.programs, one, strict=True)) == {**own, "faq": "rct"}
    assert set(world.policy("program_rct").designs(scenario)) == {"rct"}


def test_a_design_that_there_is_not_is_refused_with_those_that_there_are():
    for wrong in ("lottery", (("faq", "lottery"),), (("frequent_flyer", "rct"),)):
        with pytest.raises(UsageError, match="staggered"):
            Policy("mine", enrolment=wrong)


def test_any_tier_policy_goes_with_any_way_of_taking_customers_on():
    scenario = world.preset("default_jp").with_(programs="training", accounts=500)
    soft = world.policy("soft_rule")
    mixed = Policy("both", softmax=soft.softmax, enrolment="rct")
    drawn = world.customers.draw(scenario, 1, range(1), 500)
    assert (mixed.touch(scenario, drawn).tier == soft.touch(scenario, drawn).tier).all()
    assert mixed.designs(scenario) == ("rct",)


def test_from_a_day_on_those_decided_about_are_not_asked_again():
    scenario = world.preset("default_jp").with_(programs="training", accounts=1000, program_start=0)
    before = world.policy("program_none")
    company = world.company(scenario, "program_rct").truth
    later = company.effect("program_open", "program_none", since="2024-03-31", horizon=18, futures=2)
    signed = world.company(scenario).accounts.set_index("account_id")["signed_on"]
    old = later["account_id"].map(signed) < "2024-01-01"
    assert (later.loc[old, "retained"] == 0).all() and (later.loc[~old, "retained"] != 0).any()
    nobody = world.company(scenario, before).truth
    started = nobody.effect("program_open", "program_none", since="2024-03-31", horizon=18, futures=2)
    assert (started["retained"] >= 0).all() and (started["value_amount"] > 0).mean() > 0.95


@cache
def everything(months: int = 30, accounts: int = 1200, chunk: int = 16) -> Book:
    """A company with all programmes, taken on by a CSM's choice."""
    scenario = world.preset("default_jp").with_(programs="all", program_start=6)
    return world.company(scenario, "program_csm", seed=3, accounts=accounts, months=months, chunk=chunk)


TABLES = ("programs", "program_enrolment", "usage_monthly", "contracts")


@pytest.mark.parametrize("months", [5, 19])
def test_a_book_as_of_a_month_is_that_of_a_shorter_run(months):
    shorter = everything(months=months)
    cut = everything().at(shorter.as_of)
    for name in TABLES:
        pd.testing.assert_frame_equal(cut.tables[name], shorter.tables[name], check_exact=True)


def test_chunks_change_nothing_and_a_larger_company_begins_with_the_smaller():
    for other in (everything(chunk=1), everything(accounts=700)):
        for name in TABLES:
            frame, part = everything().tables[name], other.tables[name]
            if "account_id" in frame and len(part) < len(frame):
                frame = frame[frame["account_id"] < "A000700"].reset_index(drop=True)
            pd.testing.assert_frame_equal(frame, part, check_exact=True)


def test_programmes_that_take_nobody_on_leave_every_other_table_as_it_was():
    quiet = world.company(world.preset("tiny").with_(programs="all"), "program_none")
    none = world.company(world.preset("tiny").with_(programs="none"))
    assert not none.has("programs") and quiet.programs.empty and quiet.program_enrolment.empty
    for name in none.tables:
        pd.testing.assert_frame_equal(quiet.tables[name], none.tables[name], check_exact=True)


def test_the_user_meeting_of_the_default_company_changes_nothing_but_the_work_that_it_takes():
    with_, without = (world.company(world.preset("tiny").with_(programs=run)) for run in ("user_meeting", "none"))
    assert len(with_.program_enrolment) > 10
    for name in set(without.tables) - {"touches", "csm_time"}:
        pd.testing.assert_frame_equal(with_.tables[name], without.tables[name], check_exact=True)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_those_who_came_to_a_meeting_of_no_use_seem_to_leave_a_quarter_as_often(seed):
    scenario = world.preset("calibration").with_(programs="user_meeting", program_start=0, seed=seed)
    history = simulate(scenario, world.policy("rule"), seed, range(12), 12_000, 120)
    tenure = np.minimum(history.left - history.customers.start, 36)
    gone = history.left - history.customers.start <= 36
    came_after = history.enrolled.since[:, 0] - history.customers.start
    came = came_after <= tenure
    naive = gone[came].sum() / tenure[came].sum() / (gone[~came].sum() / tenure[~came].sum())
    assert abs(naive - 0.267) < 0.032
    there = tenure >= 12
    early = there & (came_after <= 12)
    late = there & ~early
    after = [gone[group].sum() / (tenure[group] - 11).sum() for group in (early, late)]
    assert abs(after[0] / after[1] - 1) < 0.15


@pytest.mark.parametrize("policy", ["program_open", "program_staggered", "program_none"])
def test_the_same_customers_run_again_under_another_policy_are_those_simulated_under_it(policy):
    scenario = world.preset("default_jp").with_(programs="all", program_start=0)
    before, anew = (simulate(scenario, world.policy(name), 1, range(1), 600, 48) for name in ("rule", policy))
    then = again(before, world.policy(policy))
    assert (then.value == anew.value).all() and (then.onboarded == anew.onboarded).all()
    for part in ("turn", "since", "invited", "held"):
        assert (getattr(then.enrolled, part) == getattr(anew.enrolled, part)).all()
    assert (then.customers.beginnings.handoff == anew.customers.beginnings.handoff).all()


@pytest.mark.slow
def test_workers_change_nothing():
    scenario = world.preset("default_jp").with_(programs="all", accounts=2100, months=24)
    one, two = (world.company(scenario, "program_rct", workers=workers, chunk=1) for workers in (1, 2))
    for name in TABLES:
        pd.testing.assert_frame_equal(one.tables[name], two.tables[name], check_exact=True)
