"""Everything that is spoilt is found, nothing else is, and a door that misses or invents is caught at it."""

from __future__ import annotations

import pytest

from cslab.book import Note
from cslab.faults import Fault
from cslab.sources import load
from cslab.sources.messy import KINDS
from cslab.sources.simulate import begin, finish, planned
from tests.sources.messy.score import Score, scored, told_of

BY_NAME = {kind.name: kind for kind in KINDS}


def spoilt(count: int, first: int = 2) -> list[dict[str, str]]:
    """So many rows of the sheet, one after the other."""
    return [{"row": str(first + place)} for place in range(count)]


def test_a_door_that_counts_fewer_has_missed_some():
    note = Note("cells_cleaned", {"file": "contracts.csv", "column": "mrr_amount", "count": 3})
    assert told_of(BY_NAME["signs"], spoilt(5), [note]) == Score("signs", 5, 3, 0)


def test_a_door_that_counts_more_has_given_a_false_alarm():
    note = Note("same_rows", {"file": "mrr_movements.csv", "count": 4})
    assert told_of(BY_NAME["twice"], spoilt(3), [note]) == Score("twice", 3, 3, 1)


def test_a_door_that_names_another_row_has_found_nothing():
    fault = Fault("empty_key", {"file": "contacts.csv", "row": 60, "column": "account_id"})
    assert told_of(BY_NAME["no_id"], spoilt(1), [fault]) == Score("no_id", 1, 0, 1)


def test_what_is_told_of_another_column_or_table_does_not_count():
    other = [
        Note("cells_cleaned", {"file": "accounts.csv", "column": "mrr_amount", "count": 5}),
        Note("cells_cleaned", {"file": "contracts.csv", "column": "decided_on", "count": 5}),
    ]
    assert told_of(BY_NAME["signs"], spoilt(5), other) == Score("signs", 5, 0, 0)


def test_rows_that_are_counted_but_not_shown_are_found_too():
    shown = [
        Fault("empty_key", {"file": "contacts.csv", "row": 2 + place, "column": "account_id"}) for place in range(5)
    ]
    more = Fault("more_rows", {"file": "contacts.csv", "column": "account_id", "count": 2})
    assert told_of(BY_NAME["no_id"], spoilt(7), [*shown, more]) == Score("no_id", 7, 7, 0)


@pytest.mark.slow
@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize(
    ("preset", "wishes", "marked"),
    [("tiny", ["seed=11"], False), ("default_jp", ["seed=12", "accounts=300", "months=24"], True)],
)
def test_all_that_was_spoilt_is_found_and_nothing_else(tmp_path, level, preset, wishes, marked):
    found = scored(preset, wishes, level, tmp_path / "x", marked)
    assert [one for one in found.scores if one.found < one.done or one.false or not one.done] == []
    assert found.strays == ()


@pytest.mark.slow
def test_of_a_company_that_nobody_spoilt_nothing_is_told(tmp_path):
    folder = finish(begin(planned("default_us", ["seed=13", "accounts=300", "months=24"]), tmp_path / "x"))
    assert load(f"folder:{folder}").notes == ()
