"""Which cell gives which answer is read off the code before any of it runs; what a run tells is told once."""

from __future__ import annotations

import pytest

from cslab.course.grading.inside import assigned, changed


@pytest.mark.parametrize(
    ("code", "gives"),
    [
        ("nrr = 1", True),
        ("nrr: float = 1", True),
        ("nrr, other = 1, 2", True),
        ("if (nrr := 1): pass", True),
        ("for nrr in [1]: pass", True),
        ("%%time\nnrr = 1", True),
        ("%%needs contracts.end calendar\nnrr = 1", True),
        ("%time nrr = 1", True),
        ("!ls\nnrr = 1\nbook?", True),
        ("nrr = (1", True),
        ("  nrr: float = ０.5", True),
        ("nrr == (1", False),
        ("# nrr = 1", False),
        ("text = 'nrr = 1'", False),
        ("f(nrr=1)", False),
        ("nrr.x = 1", False),
        ("nrr_old = 1", False),
        ("(" * 5000, False),
        ("", False),
    ],
)
def test_a_cell_that_gives_an_answer_is_seen_however_it_is_written(code: str, gives: bool):
    assert assigned({4: code}, ["nrr"]) == {"nrr": [4] if gives else []}


def test_only_what_has_changed_is_told_and_what_is_gone_is_told_as_gone():
    seen: dict[str, str] = {}
    assert changed({"nrr": 0.5, "other": 1}, ["nrr", "grr"], seen) == {"nrr": "0.5"}
    assert changed({"nrr": 0.5}, ["nrr", "grr"], seen) == {}
    assert changed({"nrr": 0.6, "grr": ...}, ["nrr", "grr"], seen) == {"nrr": "0.6", "grr": '{"unset": true}'}
    assert changed({}, ["nrr", "grr"], seen) == {"nrr": None, "grr": None}
