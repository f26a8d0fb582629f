"""Value by the survival curve: by hand on four customers, and with limits that hold what is true."""

import numpy as np
import pandas as pd
import pytest

from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure.durations import durations
from cslab.measure.value.lives import lived, ltv_survival
from tests.measure.coverage import acceptable

CONTRACTS = """
account_id  start       end         outcome
A           2023-01-01  2024-01-01  open
B           2023-01-01  2024-01-01  open
C           2023-01-01  2024-01-01  open
D           2023-01-01  2023-03-01  churned
"""
MOVES = """
account_id  month       type       amount
A           2023-01-01  new           100
A           2023-03-01  expansion     100
B           2023-01-01  new           100
C           2023-01-01  new           100
D           2023-01-01  new           100
D           2023-03-01  churn        -100
"""


@pytest.fixture
def four(tiny) -> Book:
    """D leaves after two months; A pays twice as much from the third month on."""
    return tiny("2023-12-31", contracts=CONTRACTS, mrr_movements=MOVES)


def test_it_is_the_mean_of_what_customers_brought_who_were_all_watched(four):
    # Two months of 100 from each, then (200 + 100 + 100) / 4 a month.
    assert ltv_survival(four, 4, gross_margin=1.0, discount=0.0).estimate == pytest.approx(400)
    assert ltv_survival(four, 5, gross_margin=0.5, discount=0.0).estimate == pytest.approx(250)


def test_a_months_margin_comes_at_its_beginning(four):
    discount = 1.01**12 - 1
    worth = ltv_survival(four, 3, gross_margin=1.0, discount=discount)
    assert worth.estimate == pytest.approx(100 + 100 / 1.01 + 100 / 1.01**2)


def test_its_error_is_that_of_the_mean_where_all_were_watched(four):
    # Brought in four months: A 600, B 400, C 400, D 200.
    brought = np.array([600, 400, 400, 200])
    found = ltv_survival(four, 4, gross_margin=1.0, discount=0.0)
    assert found.std_error == pytest.approx(brought.std(ddof=1) / 2)
    assert found.n == 4


def test_customers_seen_late_count_from_the_month_on_in_which_they_were_seen(tiny):
    accounts = """
    account_id  signed_on   observed_from
    A           2023-01-01  2023-01-01
    L           2022-10-01  2023-01-01
    """
    contracts = """
    account_id  start       end         outcome
    A           2023-01-01  2024-01-01  open
    L           2022-10-01  2024-10-01  open
    """
    moves = """
    account_id  month       type     amount
    A           2023-01-01  new         100
    L           2023-01-01  opening     900
    """
    book = tiny("2023-12-31", accounts=accounts, contracts=contracts, mrr_movements=moves)
    lives = lived(book, durations(book), 6)
    # L was in its third month when the records began.
    assert lives.seen.sum(axis=0).tolist() == [1, 1, 1, 1, 2, 2]
    assert lives.mean_mrr.tolist() == [100, 100, 100, 100, 500, 500]


def test_a_tail_goes_on_as_the_last_year_did(tiny):
    contracts = """
    account_id  start       end         outcome
    A           2022-01-01  2024-01-01  open
    B           2022-01-01  2024-01-01  open
    """
    moves = """
    account_id  month       type  amount
    A           2022-01-01  new      100
    B           2022-01-01  new      100
    """
    book, discount = tiny("2023-12-31", contracts=contracts, mrr_movements=moves), 1.01**12 - 1
    # Nobody leaves: 100 a month for ever, at one per cent a month.
    worth = ltv_survival(book, 12, gross_margin=1.0, discount=discount, tail=True)
    assert worth.estimate == pytest.approx(100 * 1.01 / 0.01)
    assert worth.method == "ltv_survival_tail"


def test_a_horizon_that_the_records_do_not_reach_is_refused(four):
    with pytest.raises(UsageError, match="11"):
        ltv_survival(four, 12)


def test_terms_that_make_no_sense_are_named_at_once(four):
    with pytest.raises(UsageError) as raised:
        ltv_survival(four, 0, gross_margin=80, discount=-0.1)
    assert [fault.values["name"] for fault in raised.value.faults] == ["gross_margin", "discount", "horizon"]


def test_without_movements_or_days_the_book_says_so(tiny):
    with pytest.raises(NotReady, match="mrr_movements"):
        ltv_survival(tiny("2023-12-31", contracts=CONTRACTS), 3)


HORIZON, HAZARD = 30, np.array([[0.02], [0.005]]) + np.where(np.arange(1, 61) % 12 == 0, [[0.15], [0.08]], 0)
MEAN, STEP = np.array([30.0, 300.0]), 1.2
"""Small customers, who leave often, and large ones; from month 12 on each pays a fifth more."""


def drawn(rng: np.random.Generator, size: int = 500) -> Book:
    """A company of 70 % small customers, seen over 48 months, some of whom signed before."""
    large = (rng.random(size) < 0.3).astype(int)
    start = rng.integers(-24, 46, size)
    survival = np.cumprod(1 - HAZARD, axis=1)
    life = (survival[large] > rng.random(size)[:, None]).sum(axis=1) + 1
    stays, amount = life >= 60, MEAN[large] * rng.lognormal(-0.125, 0.5, size)
    seen = stays | (start + life > 0)
    start, life, stays, amount = start[seen], life[seen], stays[seen] | (start + life > 48)[seen], amount[seen]
    names = [f"A{number}" for number in range(len(start))]
    month = np.datetime64("2021-04", "M")
    days = {"start": (month + start).astype("M8[ns]"), "end": np.where(stays, month + 60, month + start + life)}
    contracts = pd.DataFrame({"account_id": names, **days, "outcome": np.where(stays, "open", "churned")})
    first = np.maximum(start, 0)
    accounts = pd.DataFrame({"account_id": names, "signed_on": days["start"], "observed_from": month + first})
    steps = [(first, amount * np.where(start <= -12, STEP, 1), np.full(len(start), True))]
    steps.append((start + 12, amount * (STEP - 1), (start > -12) & (stays | (life > 12)) & (start + 12 < 48)))
    gone = amount * np.where(life > 12, STEP, 1)
    steps.append((start + life, -gone, ~stays))
    moves = [
        pd.DataFrame({"account_id": np.array(names)[rows], "month": month + when[rows], "amount": much[rows]})
        for when, much, rows in steps
    ]
    tables = {"accounts": accounts, "contracts": contracts, "mrr_movements": pd.concat(moves, ignore_index=True)}
    days_of = {"contracts": ["start", "end"], "accounts": ["signed_on", "observed_from"], "mrr_movements": ["month"]}
    tables = {
        name: frame.assign(**{column: frame[column].astype("datetime64[ns]") for column in days_of[name]})
        for name, frame in tables.items()
    }
    return Book(tables, pd.Timestamp("2025-03-31"))


@pytest.mark.slow
def test_the_limits_hold_the_truth_as_often_as_they_say_with_late_entry_and_with_large_customers_who_stay():
    rng, months = np.random.default_rng(20240401), np.arange(HORIZON)
    reached = np.concatenate([np.ones((2, 1)), np.cumprod(1 - HAZARD, axis=1)], axis=1)[:, :HORIZON]
    brought = MEAN[:, None] * np.where(months >= 12, STEP, 1) * reached / 1.1 ** (months / 12)
    truth = float((np.array([0.7, 0.3]) * brought.sum(axis=1)).sum())
    found = [ltv_survival(drawn(rng), HORIZON, gross_margin=1.0, discount=0.1) for _ in range(200)]
    estimates = np.array([one.estimate for one in found])
    held = sum(one.low <= truth <= one.high for one in found)
    drift = (estimates.mean() - truth) / (estimates.std(ddof=1) / np.sqrt(len(found)))
    low, high = acceptable(len(found))
    print(f"truth {truth:.0f}, bias {drift:+.1f} Monte-Carlo errors, covered {held} of 200 ({low:.0f}..{high:.0f})")
    assert low <= held <= high
    assert abs(drift) < 3.9
