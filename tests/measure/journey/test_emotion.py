"""How customers felt, by what became of them."""

import pytest

from cslab.faults import NotReady
from cslab.measure.journey import emotion

FELT = """
A signed 2024-01-01 reached 2
B signed 2024-01-01 reached 1
C signed 2024-01-01 reached -2
C trained 2024-01-09 reached 0
"""


def test_the_mean_feeling_is_told_by_step_and_status(company, three):
    found = emotion(company(FELT, left={"C": "2024-03-01"}), three).set_index(["step", "status"])["estimate"]
    assert found.to_dict() == {("signed", "left"): -2, ("signed", "stayed"): 1.5, ("trained", "left"): 0}


def test_without_feelings_there_is_no_curve(company, three):
    with pytest.raises(NotReady, match="sentiment"):
        emotion(company("A signed 2024-01-01\n"), three)
