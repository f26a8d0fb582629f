"""The levels that a test is for, and the notebooks that are run at them."""

from __future__ import annotations

import pytest

from cslab.course.grading.handed import HandedCell

at_level_3 = pytest.mark.parametrize("level", [3], indirect=True, ids=["level 3"])
at_both_levels = pytest.mark.parametrize("level", [3, 2], indirect=True, ids=["level 3", "level 2"])


def cells(*sources: str) -> tuple[HandedCell, ...]:
    """The code cells of a notebook that was handed in."""
    return tuple(HandedCell(place, "", True, (), source) for place, source in enumerate(sources, 1))
