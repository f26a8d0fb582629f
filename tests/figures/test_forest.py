"""The forest of differences: marks at their places, what lies far out held at the edge with an arrow."""

from __future__ import annotations

import pandas as pd
import pytest

from cslab.faults import NotReady, UsageError
from cslab.figures.survival import forest
from cslab.figures.survival.forest import FAIR, HURRIED
from tests.figures.conftest import differences


def marks(ax, role: str) -> dict[str, list[float]]:
    """Where the marks of a role stand, by their shape."""
    return {line.get_marker(): [*line.get_xdata()] for line in ax.get_lines() if line.get_label() == role}


def test_the_fair_difference_is_solid_at_its_value_largest_rows_on_top():
    ax = forest(differences())
    assert marks(ax, "better")["o"] == [0.0, -0.1, -0.8]
    assert [tick.get_text() for tick in ax.get_yticklabels()][-1] == "weekly active share of seats"


def test_a_hurried_difference_far_out_is_an_arrow_at_the_edge():
    drawn = marks(forest(differences()), "naive")
    assert drawn["s"] == [0.1, -1.5]
    assert drawn["<"] == [pytest.approx(-2.5 * 0.95)] and drawn[">"] == []


def test_each_row_says_in_words_what_becomes_of_it():
    ax = forest(differences(), lang="ja")
    assert [text.get_text() for text in ax.texts if text.get_gid() == "finding"] == ["差なし", "消える", "残る"]


def test_a_column_of_ones_own_keeps_its_name():
    assert "seats" in [tick.get_text() for tick in forest(differences()).get_yticklabels()]


def test_of_many_columns_the_largest_fair_and_the_largest_hurried_ones_are_drawn():
    row = differences().iloc[0].to_dict()
    many = pd.DataFrame([row | {"feature": f"x_{place}", "estimate": 1 / (place + 1)} for place in range(40)])
    many.loc[39, "naive"] = 7.0
    names = [tick.get_text() for tick in forest(many).get_yticklabels()]
    assert len(names) == FAIR + HURRIED and {"0", "39"} <= {*names}


def test_nothing_to_draw_and_missing_columns_are_refused():
    with pytest.raises(NotReady, match="no rows"):
        forest(differences().iloc[:0])
    with pytest.raises(UsageError, match="finding"):
        forest(differences().drop(columns="finding"))
