"""Retention by year of life: dots, the model's line, the truth where it is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cslab.faults import NotReady, UsageError
from cslab.figures.sheet import note_of
from cslab.figures.sorting import by_year

FOUND = pd.DataFrame(
    {"year": [1, 2], "estimate": [0.8, 0.9], "low": [0.7, 0.8], "high": [0.9, 1.0], "n": [90, 40], "model": [0.8, 0.88]}
).assign(truth=[0.81, 0.89])


def test_every_year_has_its_share_and_its_customers() -> None:
    texts = {text.get_gid(): text.get_text() for text in by_year(FOUND.tail(1)).texts}
    assert texts.items() >= {"value": "90%", "n": "40 seen"}.items()


def test_the_truth_is_drawn_where_it_is_known_and_named_only_then() -> None:
    known, unknown = by_year(FOUND), by_year(FOUND.assign(truth=np.nan))
    assert len(known.get_lines()) == 3 and len(unknown.get_lines()) == 2
    assert "truth" in note_of(known) and "truth" not in note_of(unknown)


def test_nothing_to_draw_is_said() -> None:
    with pytest.raises(NotReady):
        by_year(FOUND.iloc[:0])
    with pytest.raises(UsageError, match="model"):
        by_year(FOUND.drop(columns="model"))
