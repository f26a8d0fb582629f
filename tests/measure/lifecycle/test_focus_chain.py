"""What each customer adds to a chain of phases is counted as it happened, and the chain's answers follow by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure.lifecycle.focus.counts import Counted, State, counted
from cslab.measure.lifecycle.focus.trial import Trial
from cslab.measure.lifecycle.phases import Phase, Rules
from cslab.measure.value.terms import Terms

RULES = Rules(
    "own",
    {
        "new": Phase("new", "signed", target_days=45.0),
        "use": Phase("use", "live"),
        "gone": Phase("gone", "left", final=True),
    },
    ("gone", "new", "use"),
)
NO_BOOK = Book({}, pd.Timestamp("2024-03-31"))
PLAIN = Terms(gross_margin=1.0, discount=0.0, horizon=2)


def months(account: str, *phases: str, first: int = 0, mrr: float = 10.0) -> pd.DataFrame:
    """The months of a customer; what follows the last one is unknown, unless it is a phase of those who have left."""
    stays = [name for name in phases if name != "gone"]
    rows = {"account_id": account, "tenure": range(first, first + len(stays)), "phase": stays, "mrr_amount": mrr}
    return pd.DataFrame(rows).assign(next=[*phases[1:], None][: len(stays)])


def moves(counts: Counted) -> dict[tuple[str, str], float]:
    """Counted moves by name; a state of those who are stuck has a star."""
    names = [state.phase + "*" * state.stuck for state in counts.states]
    cells = counts.totals[: len(names) * (len(names) + 1)].reshape(len(names), -1)
    return {(names[a], [*names, "gone"][b]): cells[a, b] for a, b in zip(*cells.nonzero(), strict=True)}


def test_moves_are_counted_within_a_customer_and_never_from_one_to_the_next():
    panel = pd.concat([months("A", "new", "use", "use"), months("B", "new", "gone"), months("C", "new", "use")])
    found = moves(counted(NO_BOOK, RULES, panel))
    assert found == {("new", "use"): 2, ("use", "use"): 1, ("new", "gone"): 1}


def test_who_is_in_a_phase_for_longer_than_its_target_is_counted_apart():
    panel = pd.concat([months("A", "new", "new", "new", "use"), months("B", "new", "use", "new", "gone")])
    found = moves(counted(NO_BOOK, RULES, panel))
    assert found == {
        ("new", "new"): 1,
        ("new", "new*"): 1,
        ("new*", "use"): 1,
        ("new", "use"): 1,
        ("use", "new"): 1,
        ("new", "gone"): 1,
    }
    without = moves(counted(NO_BOOK, RULES, panel, memory=False))
    assert without == {("new", "new"): 2, ("new", "use"): 2, ("use", "new"): 1, ("new", "gone"): 1}


def test_customers_seen_late_do_not_say_where_customers_begin():
    panel = pd.concat([months("A", "new", "use"), months("B", "use", "use", first=7)])
    fitted = counted(NO_BOOK, RULES, panel).fitted()
    assert dict(zip([state.phase for state in fitted.states], fitted.begins, strict=True)) == {"new": 1.0, "use": 0.0}


def test_of_the_last_month_that_counts_both_are_counted_who_leaves_and_who_goes_on():
    panel = pd.concat([months("A", "use", "use", "gone"), months("B", "use", "use", "use", "gone")])
    counts = counted(NO_BOOK, RULES, panel, horizon=2)
    assert moves(counts) == {("use", "use"): 3, ("use", "gone"): 1}
    assert counts.totals[2:5].tolist() == [4, 40, 2]  # months, MRR, beginnings
    assert counts.customers == 2


def test_a_state_that_is_only_reached_after_the_months_that_count_is_none():
    panel = pd.concat([months("A", "new", "use"), months("B", "new", "gone"), months("C", "use", "use", first=1)])
    counts = counted(NO_BOOK, RULES, panel, horizon=1)
    assert [state.phase for state in counts.states] == ["new"]
    assert (moves(counts), counts.customers) == ({("new", "gone"): 1}, 2)


def test_groups_keep_those_who_leave_from_being_worth_as_much_as_those_who_stay():
    small = pd.concat([months(f"S{n}", "use", "gone" if n < 5 else "use", mrr=10.0) for n in range(10)])
    large = pd.concat([months(f"L{n}", "use", "use", mrr=90.0) for n in range(10)])
    panel = pd.concat([small, large])
    group = panel["account_id"].drop_duplicates().set_axis(panel["account_id"].unique()).str[0]
    trial = Trial(1.0, PLAIN)
    (apart,) = trial.gains(counted(NO_BOOK, RULES, panel, group).fitted(), ["use"])
    (together,) = trial.gains(counted(NO_BOOK, RULES, panel).fitted(), ["use"])
    assert apart == pytest.approx(0.5 * 0.5 * 10)
    mean = (10 * 10 + 5 * 10 + 20 * 90) / 35  # a month of anybody
    assert together == pytest.approx(5 / 20 * mean)


def test_a_state_whose_next_month_nobody_has_seen_keeps_its_customers():
    panel = pd.concat([months("A", "new", "use"), months("B", "new", "gone")])
    fitted = counted(NO_BOOK, RULES, panel).fitted()
    assert fitted.chain.fitted.tolist() == [[0.0, 0.5, 0.5], [0.0, 1.0, 0.0]]


def test_without_deals_every_customer_counts_and_without_customers_there_is_no_chain():
    assert counted(NO_BOOK, RULES, months("A", "new", "use")).fitted().won == 1.0
    for nothing in (months("A", "new", "use", first=3), months("A", "new"), months("A", "new")[:0]):
        with pytest.raises(NotReady):
            counted(NO_BOOK, RULES, nothing)


def test_limits_count_customers_and_not_their_months():
    once = pd.concat([months(f"A{n}", "use", "gone" if n < 20 else "use") for n in range(100)])
    share, error = counted(NO_BOOK, RULES, once).estimated(lambda fitted: fitted.chain.fitted[:, -1])
    assert (share.item(), error.item()) == pytest.approx((0.2, (0.2 * 0.8 / 100) ** 0.5), rel=1e-4)
    long = pd.concat([months(f"B{n}", *["use"] * 10, mrr=20.0 * (n % 2)) for n in range(16)])
    mrr, error = counted(NO_BOOK, RULES, long).estimated(lambda fitted: fitted.mrr)
    assert (mrr.item(), error.item()) == pytest.approx((10.0, 10.0 / 16**0.5), rel=1e-4)


def test_an_effect_that_is_no_share_is_refused():
    with pytest.raises(UsageError, match="effect"):
        Trial(1.2, PLAIN)


@st.composite
def counts_of_two_phases(draw: st.DrawFn) -> Counted:
    """Any counts of two phases that somebody leaves."""
    numbers = draw(st.lists(st.integers(0, 50), min_size=6, max_size=6))
    cells = [*numbers, 5, 5, *draw(st.lists(st.integers(0, 900), min_size=2, max_size=2)), 3, 1, 1, 3]
    columns = np.arange(len(cells))
    return Counted((State("", "new"), State("", "use")), 0 * columns, columns, np.array(cells, float), 1, 4)


@settings(max_examples=60, deadline=None)
@given(counts=counts_of_two_phases(), effects=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_help_never_costs_value_and_more_of_it_brings_more(counts, effects):
    phases = ["evaluation", "new", "use"]
    terms = Terms(0.8, 0.1, 12)
    less, more = (Trial(effect, terms).gains(counts.fitted(), phases) for effect in sorted(effects))
    assert (less >= -1e-9).all()
    assert (more >= less - 1e-9).all()
    assert Trial(0.0, terms).gains(counts.fitted(), phases).tolist() == [0.0, 0.0, 0.0]
