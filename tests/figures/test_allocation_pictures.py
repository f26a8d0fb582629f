"""Pictures of allocations: each rule at its gain, an hour's worth against its cost, both ends of a regret."""

from __future__ import annotations

import pytest
from matplotlib.axes import Axes

from cslab.faults import NotReady, UsageError
from cslab.figures.allocation import frontier, regrets, rules
from cslab.figures.sheet import note_of
from tests.figures.allocation_frames import compared, hours, plans


def written(ax: Axes, kind: str) -> list[str]:
    """Words of a kind on the picture."""
    return [text.get_text() for text in ax.texts if text.get_gid() == kind]


def test_each_rule_is_marked_at_what_it_gains_from_the_top() -> None:
    (panel,) = rules(compared()).child_axes
    marks = [(line.get_xdata()[0], line.get_ydata()[0]) for line in panel.get_lines() if line.get_gid() == "mark"]
    assert marks == [(gain, place) for place, gain in enumerate(compared()["estimate"])]


def test_the_note_says_how_many_customers_and_hours() -> None:
    note = note_of(rules(compared(), lang="ja"))
    assert "19,000社" in note and "27,500時間" in note


def test_an_estimate_of_ones_own_goes_by_its_own_name() -> None:
    own = compared().head(1).assign(rule="mine_allocated")
    assert written(rules(own), "name") == ["mine_allocated"]


def test_what_an_hour_costs_is_drawn_only_where_it_is_known() -> None:
    assert written(frontier(hours(), cost_amount=1.5e5), "cost") == ["it costs ¥150k"]
    assert written(frontier(hours()), "cost") == []


def test_both_ends_of_each_regret_are_written() -> None:
    assert written(regrets(plans(), lang="ja"), "number")[:2] == ["3.0億円", "2,000万円"]


def test_the_wrong_table_and_an_empty_one_are_refused() -> None:
    with pytest.raises(UsageError, match="column rule"):
        rules(compared().drop(columns="rule"))
    with pytest.raises(NotReady):
        frontier(hours().head(0))
