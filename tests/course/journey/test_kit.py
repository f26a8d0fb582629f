"""The kit of the workshop: complete in both languages, made for paper of a certain size, never written over unasked."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from cslab.course import journey as paper
from cslab.course.journey import canvas, leaves
from cslab.course.selfcontained import outside
from cslab.faults import DataError, UsageError
from cslab.measure import journey
from cslab.words import LANGUAGES

GUIDES = Path(paper.__file__).parent / "kit"
MINUTES = re.compile(r"^### (\d+)–(\d+)", re.MULTILINE)


def guide(lang: str) -> str:
    return (GUIDES / lang / "guide.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_of_the_kit_needs_nothing_but_itself(lang):
    pages = {name: text for name, text in paper.kit(lang).items() if name.endswith(".html")}
    assert [name for name, page in pages.items() if outside(page)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_script_fills_ninety_minutes_without_a_gap(lang):
    spans = [(int(begin), int(end)) for begin, end in MINUTES.findall(guide(lang))]
    assert spans[0][0] == 0 and spans[-1][1] == 90
    assert all(end == begin for (_, end), (begin, _) in pairwise(spans))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_timetable_and_the_script_agree(lang):
    listed = re.findall(r"^\| (\d+)–(\d+) \|", guide(lang), re.MULTILINE)
    assert listed == MINUTES.findall(guide(lang))


def test_both_guides_have_the_same_parts():
    levels = {lang: re.findall("^#+", guide(lang), re.MULTILINE) for lang in LANGUAGES}
    minutes = {lang: MINUTES.findall(guide(lang)) for lang in LANGUAGES}
    assert levels["en"] == levels["ja"] and minutes["en"] == minutes["ja"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_guide_names_only_files_that_are_in_the_kit(lang):
    named = set(re.findall(r"`(canvas_a\d|sheets|sticky\.csv|votes\.csv)`", guide(lang)))
    assert named == {name.removesuffix(".html") for name in paper.kit(lang)} - {"guide"}


def test_the_canvas_is_a_sheet_of_a1_or_four_of_a3():
    assert "size: 841mm 594mm" in canvas.canvas_a1("en")
    assert canvas.canvas_a3("en").rindex("size: 420mm 297mm") > canvas.canvas_a3("en").rindex("size: 841mm 594mm")
    assert canvas.canvas_a3("en").count('class="tile"') == 4


def test_every_phase_has_a_cell_in_every_row():
    cells = canvas.canvas_a1("en").count('class="cell ')
    assert cells == len(canvas.PHASES) * len(canvas.ROWS)


def test_the_ballot_of_a_map_lists_its_steps():
    drawn = journey.shipped()
    ballot = leaves.leaves("en", drawn).partition('class="vote"')[2]
    assert all(step.goal_en in ballot for step in drawn.steps)


def test_nothing_is_written_where_one_file_is_there_already(tmp_path):
    (tmp_path / "ja").mkdir()
    (tmp_path / "ja" / "votes.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        paper.write_kit(tmp_path, LANGUAGES)
    assert [fault.values["path"].name for fault in refused.value.faults] == ["votes.csv"]
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["votes.csv"]


def test_an_earlier_kit_is_written_over_when_that_is_wanted(tmp_path):
    paper.write_kit(tmp_path, ["en"])
    (tmp_path / "en" / "votes.csv").write_text("old", encoding="utf-8")
    paper.write_kit(tmp_path, ["en"], force=True)
    assert (tmp_path / "en" / "votes.csv").read_text(encoding="utf-8-sig") == "round,voter,step,owner\n"


def test_the_template_of_notes_is_one_that_can_be_typed_on_and_read(tmp_path):
    from cslab.sources.sticky import map_of_notes

    typed = tmp_path / "sticky.csv"
    typed.write_text(paper.kit("ja")["sticky.csv"] + "ご活用,,,毎週使っている,,,,,,,,\n", encoding="utf-8-sig")
    assert map_of_notes(typed).steps == 1


def test_a_map_that_cannot_be_opened_is_told_without_a_traceback(tmp_path):
    with pytest.raises(DataError) as refused:
        paper.drawn(tmp_path / "none.yaml")
    assert refused.value.faults[0].key == "declared.unreadable"
