"""What a chain is worth and costs: small sums done by hand."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace

import pytest

from cslab.faults import UsageError
from cslab.measure.estimate import normal
from cslab.measure.impact import Chain, Link, Node, confidence, cost, hours, reach, worth
from cslab.measure.impact.indicator import parse

MOVES = """
account_id month      type amount
A1         2023-01-01 new  100
A2         2024-08-01 new  300
A3         2023-01-01 new  500
A3         2024-02-01 churn -500
"""
ACCOUNTS = "account_id signed_on\nA1 2023-01-10\nA2 2024-08-10\nA3 2023-01-10\n"
CSM = "csm_id cost_amount capacity_h\nM1 600 100\nM2 1400 100\n"


def chain(*nodes: Node, effect: float = 10.0, lag: float = 2.0, grade: str = "", **more: object) -> Chain:
    """A chain from an activity through these nodes, each link alike."""
    road = (Node("do", "activity"), *nodes)
    links = tuple(Link(a.id, b.id, 1, effect, (lag, lag, lag), grade=grade) for a, b in pairwise(road))
    return Chain("p", nodes=road, links=links, **{"programme": "p", **more})


MONEY = Node("money", "impact", indicator=parse("mrr"))
STAY = Node("stay", "impact", indicator=parse("retained"))
TICKETS = Node("tickets", "outcome", indicator=parse("count(tickets)"), worth=-5.0)
DONE = Node("done", "outcome", indicator=parse("ever(onboarding)"), worth=7.0)


@pytest.fixture
def book(tiny):
    """Two customers, of 100 and 300 a month; one has left. An hour of the team costs 10."""
    return tiny("2024-12-31", mrr_movements=MOVES, accounts=ACCOUNTS, csm=CSM)


def test_revenue_counts_with_its_margin_from_the_month_in_which_it_is_there(book):
    found = worth(book, chain(MONEY), horizon=12)
    assert found.amount.estimate == pytest.approx(10 * 0.8 * (12 - 2))
    assert found.parts[["node", "change", "months", "pays_from"]].values.tolist() == [["money", 10, 10, 2]]


def test_a_share_that_stays_is_worth_what_todays_customers_pay(book):
    found = worth(book, chain(STAY, effect=0.1), horizon=12)
    assert found.amount.estimate == pytest.approx(0.1 * 0.8 * 200 * 10)


def test_what_renewals_bring_comes_again_at_each_of_them(book):
    years = 12 * 1 + 12 * 2 + 12 * 3  # three years are left: the gain of the first renewal, then of two, then of three
    assert worth(book, chain(STAY, effect=0.1), horizon=38).amount.estimate == pytest.approx(0.1 * 0.8 * 200 * years)
    assert worth(book, chain(MONEY), horizon=38).amount.estimate == pytest.approx(10 * 0.8 * 36)


def test_who_stays_is_not_counted_twice_where_revenue_follows(book):
    assert worth(book, chain(STAY, MONEY)).parts["node"].tolist() == ["money"]


def test_enquiries_are_worth_their_price_every_month_and_a_first_value_once(book):
    assert worth(book, chain(TICKETS), horizon=12).amount.estimate == pytest.approx(-5 * 10 * 10)
    assert worth(book, chain(DONE), horizon=12).amount.estimate == pytest.approx(7 * 10)
    assert worth(book, chain(DONE, lag=13), horizon=12).amount.estimate == 0


def test_several_links_into_a_node_add_up(book):
    road = chain(TICKETS, MONEY)
    both = Chain("p", programme="p", nodes=road.nodes, links=(*road.links, Link("do", "money", 1, 4.0, (4, 4, 4))))
    assert worth(book, both, horizon=12).parts.set_index("node").loc["money", "change"] == 14


def test_limits_are_as_wide_as_declared_sizes_are_unsure(book):
    amount = worth(book, chain(TICKETS, MONEY)).amount
    half = 1.96 * 0.5 * abs(amount.estimate)
    assert (amount.low, amount.high) == pytest.approx((amount.estimate - half, amount.estimate + half), rel=1e-3)


def test_a_supported_link_counts_with_what_was_measured(book):
    seen = {"do>tickets": "unidentifiable", "tickets>money": "supported"}
    effect = normal(20.0, 1.0, 100, "contrast")
    tested = SimpleNamespace(find=lambda a, b: SimpleNamespace(verdict=seen[f"{a}>{b}"], effect=effect))
    parts = worth(book, chain(TICKETS, MONEY), horizon=12, tested=tested).parts.set_index("node")
    assert parts["change"].to_dict() == {"tickets": 10, "money": 20}
    assert parts["declared"].to_dict() == {"tickets": True, "money": False}
    assert parts.loc["money", "std_error"] == pytest.approx(1.0 * 0.8 * (12 - 4))


@pytest.mark.parametrize("name", ["en", "ja"])
def test_a_chain_without_money_and_a_horizon_without_months_are_refused(book, name):
    with pytest.raises(UsageError) as refused:
        worth(book, chain(Node("use", "outcome", indicator=parse("count(tickets)"))))
    assert "worth" in refused.value.text(name)
    with pytest.raises(UsageError, match="horizon = 0"):
        worth(book, chain(MONEY), horizon=0)


def test_confidence_falls_with_every_link_by_its_grade():
    road = chain(TICKETS, MONEY, grade="B")
    assert confidence(road, "tickets", grades={"B": 0.9}) == pytest.approx(0.9)
    assert confidence(road, "money", grades={"B": 0.9}) == pytest.approx(0.81)


def test_verdicts_take_the_place_of_grades_where_they_settle_a_link():
    def with_verdicts(first: str, second: str) -> float:
        links = [SimpleNamespace(source="do", target="tickets", verdict=first)]
        links += [SimpleNamespace(source="tickets", target="money", verdict=second)]
        return confidence(chain(TICKETS, MONEY, grade="S"), "money", SimpleNamespace(links=links), {"S": 0.8})

    assert with_verdicts("supported", "not_yet_due") == pytest.approx(0.97 * 0.8)
    assert with_verdicts("contradicted", "unidentifiable") == pytest.approx(0.03 * 0.8)


def test_hours_come_from_the_chain_or_else_from_the_register(tiny):
    programs = "program_id dose session_hours months started_on\np 4 2.5 {} 2024-04-01\n"
    once, endless = (tiny("2024-12-31", programs=programs.format(months)) for months in (3, 0))
    assert hours(once, chain(MONEY, hours=7.0)) == 7
    assert hours(once, chain(MONEY)) == 10  # four sessions of two and a half hours
    assert hours(endless, chain(MONEY), horizon=36) == 30  # four a year, for three years
    with pytest.raises(UsageError, match="hours"):
        hours(tiny("2024-12-31", accounts=ACCOUNTS), chain(MONEY))


def test_an_hour_costs_what_the_team_costs(book):
    assert cost(book, chain(MONEY, hours=3.0)) == 30


def test_a_programme_reaches_todays_customers_or_those_who_signed_within_a_year(tiny):
    new = "program_id eligibility started_on\np new 2024-04-01\n"
    book = tiny("2024-12-31", mrr_movements=MOVES, accounts=ACCOUNTS)
    assert reach(book, chain(MONEY)) == 2
    assert reach(tiny("2024-12-31", mrr_movements=MOVES, accounts=ACCOUNTS, programs=new), chain(MONEY)) == 1
    assert reach(book, chain(MONEY, reach=50.0)) == 50


def test_nobody_who_pays_is_told(tiny):
    left = tiny("2024-12-31", mrr_movements="account_id month type amount\nA1 2023-01-01 new 0\n")
    with pytest.raises(UsageError, match="2024-12-31"):
        reach(left, chain(MONEY))
