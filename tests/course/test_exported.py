"""The spoilt export of the exercises: what keeps it from being read, and that a filled-in mapping opens it."""

from __future__ import annotations

import pytest

from cslab.course.questions import exported

pytestmark = pytest.mark.slow  # two companies are simulated


@pytest.mark.parametrize("variant", [0, 1])
def test_the_draft_is_refused_for_every_blank_and_the_filled_mapping_for_none(variant: int) -> None:
    refusal = exported.refusal(exported.DRAFT, variant)
    blanks = ("accounts.segment", "column end", "column billing", "column notice_days", "column active_from")
    assert [blank for blank in blanks if blank not in refusal] == []
    assert exported.left_to_mend(exported.mended(variant), variant) == ()


def test_all_that_keeps_the_export_from_being_read_is_said_in_both_languages() -> None:
    assert "contracts.csv" in exported.refusal("", 0, "ja")
    assert len(exported.refusal("", 0, "ja").splitlines()) >= len(exported.left_to_mend("")) == 4


def test_a_mapping_without_the_heading_is_told_that_the_segment_is_missing() -> None:
    without = exported.mended().replace("segment =", "# segment =")
    assert [fault.values["column"] for fault in exported.left_to_mend(without)] == ["segment"]


def test_only_what_was_sent_lies_in_the_folder_and_the_answers_do_not() -> None:
    assert {path.stem for path in exported.folder().glob("*.csv")} == set(exported.SENT)
    assert not list(exported.folder().glob("*spoilt*"))
