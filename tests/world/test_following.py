"""The first months of each customer: counted one by one here, all at once there."""

from __future__ import annotations

import numpy as np
import pytest

from cslab.world.following import followed_columns
from cslab.world.history import History
from cslab.world.policy import policy
from cslab.world.scenario import preset
from cslab.world.simulate import simulate

MONTHS, HORIZON = 88, 24
HOURS = {"tech": 0.15, "mid": 1.6, "high": 6.5}


@pytest.fixture(scope="module")
def history() -> History:
    """Three hundred customers of the default company over the months of its records."""
    return simulate(preset("default_jp"), policy("rule"), 1, range(1), accounts=300, months=48)


def paid(history: History, row: int, month: int) -> float:
    """What a row of the history pays in a month."""
    if not history.customers.start[row] <= month < history.left[row]:
        return 0.0
    changes = history.changes
    mine = (changes.who == row) & (changes.month <= month)
    return float(changes.after[mine][-1] if mine.any() else history.customers.mrr0[row])


def by_hand(history: History, number: int) -> tuple[int, float, float]:
    """Months as a customer, MRR summed over them, MRR after the horizon: of one customer, spell by spell."""
    rows = np.flatnonzero(history.customers.number == number)
    first = int(history.customers.start[rows].min())
    path = [sum(paid(history, int(row), first + month) for row in rows) for month in range(HORIZON + 1)]
    return sum(amount > 0 for amount in path[:-1]), sum(path[:-1]), path[-1]


def test_months_and_amounts_are_those_of_the_customer(history: History) -> None:
    found = followed_columns(history, HORIZON, MONTHS)
    for place in range(0, len(found["account_id"]), 7):
        months, value, last = by_hand(history, int(found["account_id"][place]))
        assert found["months"][place] == months
        assert found["value_amount"][place] == pytest.approx(value)
        assert found["last_amount"][place] == pytest.approx(last)


def test_hours_are_those_of_the_tier(history: History) -> None:
    found = followed_columns(history, HORIZON, MONTHS)
    hours = np.array([HOURS[tier] for tier in found["tier"]]) * found["months"]
    np.testing.assert_allclose(found["hours"], hours)


def test_each_customer_counts_once_and_only_when_its_months_are_over(history: History) -> None:
    found = followed_columns(history, HORIZON, gone=60)
    signed = {}
    for number, start in zip(history.customers.number, history.customers.start, strict=True):
        signed[int(number)] = min(int(start), signed.get(int(number), MONTHS))
    assert found["account_id"].tolist() == [number for number in sorted(signed) if signed[number] + HORIZON < 60]


def test_nobody_signed_so_long_ago(history: History) -> None:
    assert len(followed_columns(history, 200, MONTHS)["account_id"]) == 0
