"""The picture of an engagement model says what each plan gains, and for whom it takes how many hours."""

from __future__ import annotations

import pytest

from cslab.faults import UsageError
from cslab.figures.engagement import plans
from cslab.figures.sheet import note_of
from cslab.words import LANGUAGES
from tests.course.reveal.small_models import judged


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_bar_is_as_long_as_what_a_plan_gains_and_its_number_stands_beside_it(lang):
    table = judged(0.8e6).table
    ax = plans(table, lang=lang)
    (panel,) = ax.child_axes
    widths = {bar.get_gid(): bar.get_width() for bar in panel.patches}
    assert widths == {"all_tech": -5e5, "present": 0.0, "submitted": pytest.approx(-2e5), "best": 1e6}
    numbers = [text.get_text() for text in ax.texts if text.get_gid() == "number"]
    assert numbers[1] == "±0" and numbers[3].startswith("+")


def test_the_note_says_how_many_customers_when_and_what_is_counted():
    note = note_of(plans(judged(1.5e6).table))
    assert "n = 60" in note and "31 Mar 2025" in note and "80%" in note


def test_a_table_of_something_else_is_refused():
    with pytest.raises(UsageError):
        plans(judged(1.5e6).table.drop(columns="hours"))
