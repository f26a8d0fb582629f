"""What holds for every ledger of movements, whatever its customers do."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cslab.book import Book
from cslab.measure.retention import GRR_METHODS, NRR_METHODS, bridge, definitions, grr, logo_churn, nrr

START, END = "2023-03-31", "2024-03-31"
LEVELS = st.lists(st.sampled_from([0, 0, 1, 2.5, 4, 7.25]), min_size=4, max_size=4)
"""MRR of a customer at the ends of March 2023, July, November and March 2024."""
DAYS = pd.to_datetime(["2023-03-01", "2023-07-01", "2023-11-01", "2024-03-01"])


def kind(before: float, after: float, came: bool) -> str:
    """The type of a movement."""
    if before == 0:
        return "reactivation" if came else "new"
    return "churn" if after == 0 else "expansion" if after > before else "contraction"


def ledger(customers: list[list[float]]) -> Book:
    """The movements that lead each customer through its levels."""
    rows = []
    for number, levels in enumerate(customers):
        before, came = 0.0, False
        for month, level in zip(DAYS, levels, strict=True):
            if level != before:
                rows.append((f"A{number}", month, kind(before, level, came), level - before))
            before, came = level, came or level > 0
    moves = pd.DataFrame(rows, columns=["account_id", "month", "type", "amount"])
    return Book({"mrr_movements": moves}, pd.Timestamp(END))


ledgers = st.lists(LEVELS, min_size=2, max_size=8).filter(lambda some: any(levels[0] for levels in some))
few = settings(max_examples=15, deadline=None)


@few
@given(ledgers)
def test_gross_retention_never_exceeds_one_or_net_retention_by_the_same_definition(customers):
    book = ledger(customers)
    for method in GRR_METHODS:
        gross, net = grr(book, START, END, method), nrr(book, START, END, method)
        assume(not np.isnan(gross.estimate))
        assert gross.estimate <= 1 + 1e-12
        assert gross.estimate <= net.estimate + 1e-12


@few
@given(ledgers)
def test_with_returns_the_movements_lead_to_the_same_net_retention_as_both_ends(customers):
    book = ledger(customers)
    assert nrr(book, START, END, "movement_with_returns").estimate == pytest.approx(nrr(book, START, END).estimate)


@few
@given(ledgers)
def test_by_the_movements_no_fewer_have_left_than_are_gone_at_the_end(customers):
    book = ledger(customers)
    assert logo_churn(book, START, END).estimate <= logo_churn(book, START, END, "movement").estimate


@few
@given(ledgers, st.sampled_from(["window", "month"]))
def test_the_bridge_adds_up(customers, by):
    book = ledger(customers)
    rows = bridge(book, START, END, by=by)
    spans = rows[["opening", "new", "expansion", "contraction", "churn", "reactivation"]].sum(axis=1)
    assert np.allclose(spans, rows["closing"], rtol=0, atol=1e-9)
    assert rows["closing"].iloc[-1] == pytest.approx(sum(levels[-1] for levels in customers))


@few
@given(ledgers, st.randoms(use_true_random=False))
def test_names_and_order_change_nothing(customers, chance):
    moves = ledger(customers).mrr_movements
    order = list(range(len(moves)))
    chance.shuffle(order)
    other = moves.iloc[order].assign(account_id=lambda frame: "Z" + frame["account_id"].str[::-1])
    pd.testing.assert_frame_equal(*both(moves, other))


@few
@given(ledgers, st.floats(0.1, 0.9))
def test_a_movement_written_in_two_parts_changes_nothing(customers, share):
    moves = ledger(customers).mrr_movements
    parts = [moves.assign(amount=moves["amount"] * part) for part in (share, 1 - share)]
    pd.testing.assert_frame_equal(*both(moves, pd.concat(parts, ignore_index=True)))


def both(one: pd.DataFrame, other: pd.DataFrame) -> list[pd.DataFrame]:
    """All definitions of two ledgers."""
    return [definitions(Book({"mrr_movements": moves}, pd.Timestamp(END)), START, END) for moves in (one, other)]


def test_every_definition_of_gross_retention_has_one_of_net_retention_beside_it():
    assert set(GRR_METHODS) < set(NRR_METHODS)
