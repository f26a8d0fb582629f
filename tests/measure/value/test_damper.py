"""Keeping customers is worth less where some of them close down later."""

import pandas as pd
import pytest

import cslab
from cslab.book import Book
from cslab.faults import UsageError
from cslab.measure import value
from tests.measure.conftest import read
from tests.measure.coverage import holds

LOSING = "as_it_is"


@pytest.fixture
def four() -> Book:
    """Four customers of 100 a month: one leaves after a month with notice, one closes after two, two stay."""
    contracts = read("""
        account_id start      end        term_months
        A1         2023-01-01 2024-01-01 12
        A2         2023-01-01 2024-01-01 12
        A3         2023-01-01 2024-01-01 12
        A4         2023-01-01 2024-01-01 12
    """)
    exits = read("""
        account_id decided_on effective_on reason_stated
        A1         2023-01-10 2023-02-01   price
        A2         2023-03-01 2023-03-01   merged
    """)
    paid = read("""
        account_id month      type  amount
        A1         2023-01-01 new   100
        A2         2023-01-01 new   100
        A3         2023-01-01 new   100
        A4         2023-01-01 new   100
        A1         2023-02-01 churn -100
        A2         2023-03-01 churn -100
    """)
    tables = {"contracts": contracts, "churn_events": exits, "mrr_movements": paid}
    return Book(tables, pd.Timestamp("2023-06-30"))


PLAIN = {"horizon": 3, "gross_margin": 1.0, "discount": 0.0, "by": None}


def test_who_is_kept_in_the_second_month_is_still_there_in_the_third_unless_it_closes(four):
    # As it is: 100, then 3 in 4, then 2 in 3 of these; kept: 100, 100, 2 in 3. Without closures: 100, 75, 75; 300.
    found = value.damper(four, [1.0], **PLAIN).set_index("case")["estimate"]
    assert found[LOSING] == pytest.approx((100 + 100 * 2 / 3) - (75 + 75 * 2 / 3))
    assert found["no_involuntary"] == pytest.approx(200 - 150)
    assert value.dampened(four, 1.0, **PLAIN).estimate == pytest.approx(1 - (41 + 2 / 3) / 50)


def test_nothing_prevented_is_nothing_gained(four):
    found = value.damper(four, [0.0], **PLAIN)
    assert found[["estimate", "low", "high"]].abs().max(axis=None) == pytest.approx(0)


def test_groups_are_worth_what_they_are_on_their_own():
    book = cslab.load("synthetic:default_jp?seed=1&accounts=400")
    parts = value.damper(book, [0.5], 12, by="segment").set_index("case")["estimate"]
    whole = value.damper(book, [0.5], 12, by=None).set_index("case")["estimate"]
    assert 0 < parts[LOSING] < parts["no_involuntary"]
    assert parts[LOSING] == pytest.approx(whole[LOSING], rel=0.2)


def test_what_makes_no_sense_is_refused_at_once(four):
    with pytest.raises(UsageError) as refused:
        value.damper(four, [1.5, -1], 3, gross_margin=2)
    assert len(refused.value.faults) == 3
    with pytest.raises(UsageError, match="6"):
        value.damper(four, horizon=36, by=None)
    with pytest.raises(UsageError, match="segment"):
        value.damper(four, horizon=3)


def test_where_nobody_decides_to_leave_there_is_nothing_to_gain(four):
    tables = {**four.tables, "churn_events": four.churn_events.assign(reason_stated="merged")}
    with pytest.raises(UsageError, match="Nobody decided"):
        value.dampened(Book(tables, four.as_of), 0.5, **PLAIN)


@pytest.mark.slow  # forty books
def test_the_limits_hold_the_mean_of_many_books_nineteen_times_in_twenty():
    found = []
    for seed in range(1, 81):
        book = cslab.load(f"synthetic:default_jp?addons=none&seed={seed}&accounts=1500")
        rows = value.damper(book, [0.25], 24).set_index("case")
        found.append((rows.loc[LOSING, ["estimate", "low", "high"]], value.dampened(book, 0.25, 24)))
    gains = pd.DataFrame([gain for gain, _ in found])
    taken = pd.DataFrame([share.__dict__ for _, share in found])
    for frame in (gains, taken):
        mean = frame["estimate"].mean()
        covered = ((frame["low"] <= mean) & (mean <= frame["high"])).sum()
        assert holds(covered, len(frame)), covered


@pytest.mark.slow  # two futures of 3,000 customers
def test_the_true_damper_takes_a_few_hundredths_of_the_gain():
    book = cslab.load("synthetic:default_jp?seed=1&accounts=3000")
    wide = value.truth_damper(book, [0.25], futures=2).set_index("case")["estimate"]
    true = 1 - wide[LOSING] / wide["no_involuntary"]
    found = value.dampened(book, 0.25)
    assert 0.02 < true < 0.05
    assert abs(found.estimate - true) < 3 * found.std_error + 0.01
