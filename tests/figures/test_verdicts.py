"""The dumbbell of verdicts: each row on its own scale, marks by role, numbers beside them."""

from __future__ import annotations

from typing import Any

import pytest

from cslab.faults import NotReady
from cslab.figures.verdicts import dumbbell
from cslab.words import word


def marks(ax: Any) -> dict[tuple[str, float], float]:
    """Where each role's mark lies, by role and row."""
    found = [line for line in ax.get_lines() if line.get_gid() == "mark"]
    return {(line.get_label(), line.get_ydata()[0]): line.get_xdata()[0] for line in found}


def test_every_row_spans_its_own_scale(records: list[dict[str, Any]]) -> None:
    found = marks(dumbbell(records))
    assert found["naive", 0] == 0 and found["better", 0] == pytest.approx(12 / 13)
    assert found["better", -1] == 0 and found["naive", -1] == 1 and found["truth", -1] == pytest.approx(1 / 6)


def test_a_number_that_nobody_knows_has_no_mark_and_a_dash(records: list[dict[str, Any]]) -> None:
    ax = dumbbell(records)
    assert ("truth", -2) not in marks(ax)
    assert [text.get_text() for text in ax.texts if text.get_gid() == "number"][-1] == "—"


def test_three_equal_numbers_can_be_drawn() -> None:
    assert set(marks(dumbbell([{"misconception": "M14", "naive": 0.5, "better": 0.5, "truth": 0.5}])).values()) == {0}


def test_no_record_is_refused() -> None:
    with pytest.raises(NotReady, match="no rows"):
        dumbbell([])


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_lessons_own_number_has_one_name_in_pictures_and_verdicts(records: list[dict[str, Any]], lang: str) -> None:
    roles = [text.get_text() for text in dumbbell(records, lang=lang).texts if text.get_gid() == "role"]
    assert roles[1] == word("verdict.better", lang).lower() == {"en": "this lesson", "ja": "この章の計算"}[lang]
