"""Which chains to put hours into: against every choice there is."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from cslab.faults import UsageError
from cslab.measure.impact import Chain, Link, Node, portfolio
from cslab.measure.impact.indicator import parse

MOVES = "account_id month type amount\n" + "".join(f"A{place} 2023-01-01 new 100\n" for place in range(10))
CSM = "csm_id cost_amount capacity_h\nM1 1000 100\n"


def chain(name: str, worth: float, hours: float, lag: float, grade: str = "A") -> Chain:
    """A chain of one link that brings money, for ten customers."""
    nodes = (Node("do", "activity"), Node("money", "impact", name, indicator=parse("mrr")))
    links = (Link("do", "money", 1 if worth >= 0 else -1, abs(worth), (lag, lag, lag), grade=grade),)
    return Chain(name, programme=name, hours=hours, nodes=nodes, links=links)


CHAINS = (chain("soon", 2, 1, 1), chain("late", 50, 4, 14), chain("harm", -9, 1, 1), chain("dear", 30, 6, 20, "S"))


@pytest.fixture
def book(tiny):
    """Ten customers; an hour costs 10."""
    return tiny("2024-12-31", mrr_movements=MOVES, csm=CSM)


def best(table, budget: float, quick_share: float) -> float:
    """The largest expected value of all choices in tenths."""
    worth, used = table["expected"].to_numpy(), table["hours"].to_numpy()
    quick, most = table["quick"].to_numpy(), 0.0
    for tenths in product(range(11), repeat=len(table)):
        share = np.array(tenths) / 10
        taken = share * used
        if taken.sum() <= budget + 1e-9 and taken[quick].sum() >= quick_share * taken.sum() - 1e-9:
            most = max(most, float(share @ worth))
    return most


@pytest.mark.parametrize(("budget", "quick_share"), [(12, 0.3), (40, 0.3), (40, 0.0), (100, 0.5), (500, 0.3)])
def test_no_choice_within_the_rules_is_expected_to_bring_more(book, budget, quick_share):
    table = portfolio(book, CHAINS, budget, quick_share=quick_share)
    assert table.attrs["expected"] == pytest.approx(best(table, budget, quick_share))
    assert table.attrs["hours"] <= budget + 1e-9
    assert not table["chosen"].any() or table.attrs["quick_share"] >= quick_share - 1e-9


def test_without_the_rule_all_hours_would_go_to_what_pays_late(book):
    free, ruled = (portfolio(book, CHAINS[:2], 40, quick_share=share).set_index("chain") for share in (0.0, 0.3))
    assert free["share"].to_dict() == {"soon": 0.0, "late": 1.0}
    assert ruled.loc["soon", "share"] > 0


def test_what_does_harm_is_never_chosen(book):
    assert not portfolio(book, CHAINS, 1000).set_index("chain").loc["harm", "chosen"]


def test_value_confidence_hours_and_cost_are_those_of_all_in_reach(book):
    row = portfolio(book, [chain("soon", 2, 1, 1, "S")], 100, horizon=11, grades={"S": 0.5}).iloc[0]
    assert row["value"] == pytest.approx(10 * 2 * 0.8 * 10)
    assert (row["confidence"], row["expected"]) == pytest.approx((0.5, 80))
    assert (row["hours"], row["cost"]) == (10, 100)


def test_soon_is_what_begins_to_pay_within_three_months(book):
    table = portfolio(book, [chain("three", 1, 1, 3), chain("four", 1, 1, 4)], 100)
    assert table["quick"].tolist() == [True, False]
    assert portfolio(book, [chain("four", 1, 1, 4)], 100, quick_months=4)["quick"].tolist() == [True]


def test_everything_that_is_wrong_is_told_at_once(book):
    with pytest.raises(UsageError) as refused:
        portfolio(book, [CHAINS[0], CHAINS[0]], 0, quick_share=2)
    assert [fault.key for fault in refused.value.faults] == ["chain.twice", "chain.budget", "not_a_rate"]
    with pytest.raises(UsageError, match="no chain"):
        portfolio(book, [], 10)
