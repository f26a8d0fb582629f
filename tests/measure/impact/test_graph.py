"""A chain as a graph: roads, due months, and which variables must be held equal."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab.faults import UsageError
from cslab.measure.impact.chain import Chain
from cslab.measure.impact.graph import back_door, cycle, due, judged_after, past, roads
from cslab.measure.impact.graph import tested as links_tested
from cslab.measure.impact.indicator import parse
from cslab.measure.impact.parts import Cause, Link, Node


def chain(arrows: str, causes: tuple[Cause, ...] = (), unseen: str = "", **lags: float) -> Chain:
    """A chain written as ``a>b b>c``, whose activity is a; nodes have indicators but for ``unseen``."""
    pairs = [arrow.split(">") for arrow in arrows.split()]
    names = sorted({name for pair in pairs for name in pair})
    seen = {name: None if name in unseen or name == "a" else parse("count(tickets)") for name in names}
    nodes = tuple(Node(name, "activity" if name == "a" else "outcome", indicator=seen[name]) for name in names)
    links = tuple(Link(one, two, lag=(0, 0, lags.get(one + two, 1))) for one, two in pairs)
    return Chain("c", nodes=nodes, links=links, causes=causes)


def test_roads_are_every_way_along_the_links():
    assert roads(chain("a>b b>c a>c c>d"), "a", "d") == (("a", "b", "c", "d"), ("a", "c", "d"))
    assert roads(chain("a>b b>c"), "c", "a") == ()
    with pytest.raises(UsageError):
        roads(chain("a>b"), "a", "z")


def test_another_road_to_the_target_that_does_not_lead_through_the_source_is_found():
    crossed = chain("a>b b>c a>d d>c")
    assert past(crossed, crossed.link("b>c")) == (("a", "d", "c"),)
    assert past(crossed, crossed.link("a>b")) == ()
    straight = chain("a>b b>c c>d")
    assert past(straight, straight.link("c>d")) == ()


def test_largest_lags_add_up_along_the_longest_way():
    crossed = chain("a>b b>c a>c", ab=3, bc=4, ac=5)
    assert [due(crossed, name) for name in "abc"] == [0, 3, 7]


def test_a_node_due_after_more_than_a_year_is_judged_half_as_long_again_later():
    assert judged_after(chain("a>b b>c", ab=6, bc=6), "c") == 12
    assert judged_after(chain("a>b b>c", ab=6, bc=7), "c") == 19.5


def test_only_links_from_the_activity_on_are_tested():
    assert [link.id for link in links_tested(chain("z>a a>b b>c"))] == ["a>b", "b>c"]


def test_a_circle_is_found_and_a_diamond_is_none():
    assert cycle(chain("a>b b>c a>d d>c")) == ()
    assert cycle(chain("a>b b>c c>b"))[0] == cycle(chain("a>b b>c c>b"))[-1]


HEALTH = Cause("health", acts_on=("a", "c"))
SEEN = Cause("health", acts_on=("a", "c"), indicator=parse("last(maturity.level)"))


def test_a_common_cause_without_data_leaves_the_back_door_open_unless_a_lot_decides():
    assert back_door(chain("a>b b>c", (HEALTH,)), "a", "c").unseen == ("health",)
    assert back_door(chain("a>b b>c", (HEALTH,)), "a", "b").closed
    by_lot = back_door(chain("a>b b>c", (HEALTH,)), "a", "c", by_lot=True)
    assert (by_lot.needed, by_lot.unseen) == ((), ())


def test_a_common_cause_with_data_is_what_must_be_held_equal():
    assert back_door(chain("a>b b>c", (SEEN,)), "a", "c").needed == ("health",)


def test_between_two_outcomes_the_activity_closes_the_way_through_health():
    assert back_door(chain("a>b b>c", (HEALTH,)), "b", "c").needed == ("a",)


def test_an_unseen_cause_of_both_ends_of_a_link_stays_open_even_under_a_lot():
    effort = Cause("effort", acts_on=("b", "c"))
    found = back_door(chain("a>b b>c", (effort,)), "b", "c", by_lot=True)
    assert found.unseen == ("effort",)


def test_where_two_arrows_meet_nothing_needs_to_be_held_equal():
    meeting = (Cause("u", acts_on=("a", "z")), Cause("w", acts_on=("z", "b")))
    assert back_door(chain("a>b z>c a>c", meeting, unseen="z"), "a", "b").needed == ()


def test_a_way_with_two_closing_points_needs_only_the_one_with_data():
    causes = (Cause("u", acts_on=("a", "m")),)
    assert back_door(chain("a>b m>b", causes), "a", "b").needed == ("m",)


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)).filter(lambda pair: pair[0] < pair[1]), max_size=10),
    st.lists(st.sets(st.sampled_from("abcdef"), min_size=2, max_size=3), max_size=3),
)
def test_what_is_to_be_held_equal_separates_the_two_and_none_of_it_can_be_left_out(arrows, causes):
    import networkx as nx

    from cslab.measure.impact.graph import graph

    spelt = " ".join(dict.fromkeys(f"{'abcdef'[one]}>{'abcdef'[two]}" for one, two in arrows))
    names = {node.id for node in chain(f"a>b {spelt}").nodes}
    made = tuple(
        Cause(f"u{place}", acts_on=tuple(sorted(one & names)), indicator=parse("count(tickets)"))
        for place, one in enumerate(causes)
    )
    drawn = chain(f"a>b {spelt}", made)
    found = back_door(drawn, "a", "b")
    cut = graph(drawn)
    cut.remove_edges_from(list(cut.out_edges("a")))
    assert found.closed
    assert nx.is_d_separator(cut, {"a"}, {"b"}, set(found.needed))
    assert not any(nx.is_d_separator(cut, {"a"}, {"b"}, set(found.needed) - {one}) for one in found.needed)
