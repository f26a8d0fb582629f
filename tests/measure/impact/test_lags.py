"""How long until an activity is felt: lags added up, and contracts waited for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import triang

from cslab.measure.impact import Chain, Link, Node, expected_time, shipped, times_to_impact
from cslab.measure.impact.graph import due
from cslab.measure.impact.indicator import parse
from cslab.measure.impact.lags import drawn_times, triangular

PROGRAMS = "program_id eligibility started_on\np new 2024-04-01\n"
YEAR = """
contract_id account_id start      end        term_months notice_days
C1          A1         2024-04-01 2025-04-01 12          0
"""


def road(*lags: tuple[float, float, float]) -> Chain:
    """A chain of one road with these lags, to a renewal at its end."""
    names = "abcdefgh"[: len(lags) + 1]
    levels = ["activity", *["outcome"] * (len(lags) - 1), "impact"]
    seen = [None, *[parse("count(tickets)")] * (len(lags) - 1), parse("retained")]
    nodes = tuple(Node(name, level, indicator=one) for name, level, one in zip(names, levels, seen, strict=True))
    links = tuple(Link(a, b, lag=lag) for a, b, lag in zip(names, names[1:], lags, strict=False))
    return Chain("p", programme="p", nodes=nodes, links=links)


def test_lags_without_any_luck_add_up():
    found = expected_time(road((1, 1, 1), (2, 2, 2)))
    assert found[["node", "low", "estimate", "high"]].to_numpy().tolist() == [
        ["a", 0, 0, 0],
        ["b", 1, 1, 1],
        ["c", 3, 3, 3],
    ]


def test_a_node_is_reached_when_the_last_road_to_it_has_arrived():
    nodes = tuple(Node(name, level) for name, level in zip("abc", ("activity", "outcome", "impact"), strict=True))
    links = (Link("a", "b", lag=(2, 2, 2)), Link("b", "c", lag=(2, 2, 2)), Link("a", "c", lag=(1, 1, 1)))
    assert expected_time(Chain("p", nodes=nodes, links=links))["estimate"].tolist() == [0, 2, 4]


@given(st.tuples(st.floats(0, 20), st.floats(0, 20), st.floats(0, 20)), st.floats(0, 1))
def test_quantiles_of_a_lag_are_those_of_the_triangular_distribution(months, chance):
    least, likeliest, largest = sorted(months)
    if largest - least > 1e-3:
        peak = (likeliest - least) / (largest - least)
        known = triang.ppf(chance, peak, loc=least, scale=largest - least)
        assert triangular((least, likeliest, largest), np.array([chance]))[0] == pytest.approx(known, abs=1e-6)


@settings(max_examples=25)
@given(st.lists(st.tuples(*[st.integers(0, 9)] * 3).map(lambda lag: tuple(sorted(lag))), min_size=1, max_size=5))
def test_times_lie_between_the_sums_of_the_least_and_of_the_largest_lags(lags):
    times = drawn_times(road(*lags), None, 50, 3)
    last = list(times.values())[-1]
    assert (last >= sum(lag[0] for lag in lags) - 1e-9).all()
    assert (last <= sum(lag[2] for lag in lags) + 1e-9).all()


def test_the_same_seed_gives_the_same_numbers_and_another_one_others():
    chain = road((0, 1, 9))
    assert expected_time(chain).equals(expected_time(chain))
    assert not expected_time(chain).equals(expected_time(chain, seed=2))


def test_planning_counts_from_the_first_input_and_the_tests_from_the_activity():
    with_planning, without = (expected_time(shipped("community"), planning=flag) for flag in (True, False))
    assert with_planning["node"].tolist()[0] == "planning"
    assert without["node"].tolist()[0] == "membership"
    assert without["estimate"].iloc[0] == 0
    active = with_planning.set_index("node").loc["active", "estimate"]
    assert active == pytest.approx(18 + 6, abs=0.5)  # Repro: a year and a half of planning, half a year of running


def test_a_change_that_comes_in_time_for_the_first_renewal_waits_for_it(tiny):
    book = tiny("2024-12-31", contracts=YEAR, programs=PROGRAMS)
    found = expected_time(road((3, 3, 3), (1, 1, 1)), book)
    assert found["estimate"].tolist() == [0, 3, 12]
    assert found["method"].tolist() == ["lags_declared", "lags_declared", "lags_renewal"]


def test_a_change_that_comes_after_the_notice_waits_for_the_renewal_after(tiny):
    book = tiny("2024-12-31", contracts=YEAR.replace(" 0\n", " 61\n"), programs=PROGRAMS)
    assert expected_time(road((11, 11, 11), (1, 1, 1)), book)["estimate"].tolist() == [0, 11, 24]


def test_customers_in_the_middle_of_their_contracts_wait_half_a_term_on_average(tiny):
    book = tiny("2024-12-31", contracts=YEAR)
    waited = expected_time(road((3, 3, 3), (1, 1, 1)), book).iloc[-1]
    assert waited["estimate"] == pytest.approx(3 + 6, abs=0.3)
    assert (waited["low"], waited["high"]) == (pytest.approx(4.2, abs=0.3), pytest.approx(13.8, abs=0.3))


def test_without_terms_of_contracts_the_declared_lag_stands(tiny):
    book = tiny("2024-12-31", contracts="contract_id account_id start\nC1 A1 2024-04-01\n")
    assert expected_time(road((1, 1, 1)), book)["estimate"].tolist() == [0, 1]


@pytest.mark.parametrize(
    ("name", "node", "largest"),
    [
        ("faq", "tickets", 3),
        ("onboarding_programme", "onboarded", 4),
        ("onboarding_programme", "retention", 14),
        ("training", "advanced", 5),
        ("qbr", "people", 9),
        ("qbr", "expansion", 15),
        ("community", "advocates", 24),
        ("advisory_board", "relevant", 30),
    ],
)
def test_shipped_lags_are_those_of_the_domain(name, node, largest):
    assert due(shipped(name), node) == largest


def test_chains_are_listed_with_the_quickest_first():
    table = times_to_impact([shipped(name) for name in ("community", "faq", "advisory_board")])
    assert table["estimate"].is_monotonic_increasing
    assert table["chain"].tolist()[0] == "faq"
