"""What to believe of a chain's links, where Bayes' rule can be done by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab.faults import UsageError
from cslab.measure.impact.belief import Seen, bayes_factor, believed
from cslab.measure.impact.chain import Chain
from cslab.measure.impact.outlook import Later, Stakes, error_of, regrets, waiting
from cslab.measure.impact.parts import Link, Node

HALF = dict.fromkeys(["A", "B", "C", "S", ""], 0.5)


def chain(*effects: float) -> Chain:
    """n0 → n1 → n2 …, each link with what it changes in its target."""
    nodes = tuple(Node(f"n{k}", "activity" if k == 0 else "outcome") for k in range(len(effects) + 1))
    links = tuple(Link(f"n{k}", f"n{k + 1}", sign=1, effect=effect) for k, effect in enumerate(effects))
    return Chain("c", nodes=nodes, links=links)


def test_a_node_moves_only_where_every_link_before_it_holds() -> None:
    belief = believed(chain(1.0, 2.0), HALF)
    assert float(belief.chance @ belief.moved("n2")) == pytest.approx(0.25)
    assert sorted({*belief.change("n2").tolist()}) == [0.0, 2.0]


def test_two_roads_count_by_what_they_declare() -> None:
    nodes = (Node("a", "activity"), Node("b", "outcome"), Node("c", "outcome"), Node("d", "impact"))
    links = (Link("a", "b", 1, 1.0), Link("a", "c", 1, 1.0), Link("b", "d", 1, 3.0), Link("c", "d", 1, 1.0))
    belief = believed(Chain("c", nodes=nodes, links=links), HALF)
    only_b = (belief.states == [True, False, True, True]).all(axis=1)
    assert belief.moved("d")[only_b].tolist() == [0.75]


def test_seeing_what_was_declared_speaks_for_the_link_and_seeing_nothing_against_it() -> None:
    belief = believed(chain(1.0), HALF)
    sharp = np.array([[0.01]])
    assert belief.learn(Seen(("n1",), np.array([1.0]), sharp)).of_links[0] > 0.999
    assert belief.learn(Seen(("n1",), np.array([0.0]), sharp)).of_links[0] < 0.1


def test_half_of_what_was_declared_still_speaks_for_the_link() -> None:
    belief = believed(chain(1.0), HALF)
    assert belief.learn(Seen(("n1",), np.array([0.5]), np.array([[0.01]]))).of_links[0] > 0.99


def test_no_record_speaks_more_than_a_thousand_to_one() -> None:
    belief = believed(chain(1.0), HALF)
    ruled_out = belief.learn(Seen(("n1",), np.array([-90.0]), np.array([[1e-4]])))
    assert bayes_factor(0.5, float(ruled_out.of_links[0])) == pytest.approx(1 / 1_000)


def test_what_moves_the_other_way_does_not_speak_for_a_link() -> None:
    after = believed(chain(1.0), HALF).learn(Seen(("n1",), np.array([-1.0]), np.array([[0.01]])))
    assert after.of_links[0] < 0.01


def test_what_tells_nothing_changes_nothing() -> None:
    before = believed(chain(1.0, 1.0))
    after = before.learn(Seen(("n1",), np.array([0.4]), np.array([[1e9]])))
    assert after.of_links == pytest.approx(before.of_links)


def test_a_later_node_that_moved_speaks_for_all_links_before_it() -> None:
    after = believed(chain(1.0, 1.0), HALF).learn(Seen(("n2",), np.array([1.0]), np.array([[0.01]])))
    assert (after.of_links > 0.99).all()


def test_a_small_first_step_makes_one_expect_less_of_the_next() -> None:
    belief = believed(chain(1.0, 1.0), HALF)
    ties = np.diag([1e-4, 1e-2])
    after = belief.learn(Seen(("n1", "n2"), np.array([0.3, 0.3]), ties))
    alone = belief.learn(Seen(("n1", "n2"), np.array([1.5, 0.3]), ties))
    assert after.of_links[1] > 0.9 > alone.of_links[1]


@given(st.floats(-3, 3), st.floats(0.01, 3))
def test_chances_add_up_to_one(seen: float, error: float) -> None:
    after = believed(chain(1.0, 2.0)).learn(Seen(("n1",), np.array([seen]), np.array([[error**2]])))
    assert float(after.chance.sum()) == pytest.approx(1.0)
    assert (after.chance >= 0).all()


def test_a_bayes_factor_turns_odds_before_into_odds_after() -> None:
    assert bayes_factor(0.2, 0.5) == pytest.approx(4.0)
    assert bayes_factor(1.0, 1.0) != bayes_factor(1.0, 1.0)  # missing


def test_chances_outside_0_to_1_and_chains_too_long_are_refused() -> None:
    with pytest.raises(UsageError, match=r"priors\['A'\]"):
        believed(chain(1.0), {"A": 1.2})
    with pytest.raises(UsageError, match="15"):
        believed(chain(*[1.0] * 15))


def test_regret_is_what_the_other_choice_would_have_brought() -> None:
    belief = believed(chain(1.0), HALF)
    net = Stakes({"n1": 300.0}, 100.0, 10.0).net(belief)  # pays 2,000 where the link holds, costs 1,000 where not
    assert regrets(belief.chance, net) == (500.0, 1000.0)


def test_sharp_data_to_come_are_worth_waiting_for_and_blunt_ones_are_not() -> None:
    import pandas as pd

    belief = believed(chain(1.0), HALF)
    net = Stakes({"n1": 200.0}, 100.0, 10.0).net(belief)
    day = pd.Timestamp("2025-01-31")
    sharp, blunt = (waiting(belief, net, Later(day, 3.0, ("n1",), np.array([error]))) for error in (0.01, 100.0))
    assert sharp.regret == pytest.approx(3 / 12 * 500, abs=60)  # a quarter of a year goes on regardless
    assert blunt.regret == pytest.approx(500, abs=20)


def test_a_strong_link_is_seen_and_a_hopeless_one_is_not() -> None:
    assert error_of(1.0, "strong", 4_000) < 0.3 < 1.0 < error_of(1.0, "hopeless", 4_000)
