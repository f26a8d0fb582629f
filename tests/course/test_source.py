"""Lessons and exercises are read in the same way; what is for the speaker stays out of what is handed out."""

from __future__ import annotations

import pytest

from cslab.course.notebook import fresh
from cslab.course.source import last_heading, read_exercise, read_source
from cslab.course.speaker import Note, speaker_notes
from cslab.faults import DataError

SAY = """\
# %% [markdown] lang="en" tags=["speaker"]
# Ask first.
# %% [markdown] lang="ja" tags=["speaker"]
# 先に聞く。
"""


def test_an_exercise_knows_its_questions_in_the_order_of_its_checks(small):
    sheet = read_exercise(small()).head
    assert (sheet.number, sheet.name, sheet.minutes, sheet.questions) == ("99", "99_small", 5, ("heads", "more"))


def test_the_head_of_an_exercise_is_not_that_of_a_lesson(small):
    with pytest.raises(DataError) as caught:
        read_exercise(small(("# minutes: 5", "# minutes_core: 5")))
    assert {fault.key for fault in caught.value.faults} == {"lesson_head_unknown", "lesson_head_value"}
    assert "Nearest: minutes" in str(caught.value)


def test_speaker_notes_are_read_with_the_section_they_stand_in(miniature):
    folder = miniature(('# %% tags=["parameters"]', f'{SAY}# %% tags=["parameters"]'))
    path = folder / "source" / "99_miniature.py"
    assert speaker_notes(path, "en") == [Note("The first part", "Ask first.")]
    assert speaker_notes(path, "ja") == [Note("はじめに", "先に聞く。")]


def test_no_built_notebook_holds_a_speaker_note_and_its_cells_keep_their_ids(miniature):
    path = miniature() / "source" / "99_miniature.py"
    before = fresh(read_source(path), "en")
    miniature(('# %% tags=["parameters"]', f'{SAY}# %% tags=["parameters"]'))
    assert "Ask first." in path.read_text(encoding="utf-8")
    assert fresh(read_source(path), "en") == before


def test_a_smaller_heading_begins_no_section():
    assert last_heading("### apart\n#### more") == ""
