"""Sticky notes become a map, and a map becomes notes: nothing is lost, nothing is guessed, everything wrong is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cslab.faults import DataError
from cslab.measure import journey
from cslab.sources import note_cells
from cslab.sources.sticky import map_of_notes, notes_of_map
from cslab.words import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "datasets" / "journey").glob("*.csv"))


def notes(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    """A file of notes."""
    path = folder / "wall.csv"
    path.write_bytes(text.encode(encoding))
    return path


def phases_of(text: str) -> Any:
    """What a map declares, without the name that it takes from its file."""
    return yaml.safe_load(text)["phases"]


def faults_of(folder: Path, text: str) -> list[str]:
    with pytest.raises(DataError) as refused:
        map_of_notes(notes(folder, text))
    return [fault.key for fault in refused.value.faults]


def test_one_row_becomes_one_step_with_everything_that_stands_on_the_note(tmp_path):
    text = "phase,step,goal_en,goal_ja,evidence,owner,supports,hand_off,target_days,emotion,optional,repeats\n"
    text += "onboarding,first,We can,できた,onboarding.done [milestone=first_value],cs,sales,cs,30,-1.5,yes,no\n"
    assert phases_of(map_of_notes(notes(tmp_path, text)).text) == [
        {
            "phase": "onboarding",
            "steps": [
                {
                    "step": "first",
                    "goal": {"en": "We can", "ja": "できた"},
                    "evidence": {"table": "onboarding", "column": "done", "where": {"milestone": "first_value"}},
                    "owner": "cs",
                    "supports": "sales",
                    "hand_off": "cs",
                    "target_days": 30,
                    "emotion": -1.5,
                    "optional": True,
                    "repeats": False,
                }
            ],
        }
    ]


def test_japanese_headings_and_words_are_understood(tmp_path):
    text = "フェーズ,お客様の言葉,責任を持つ部署,任意\n立ち上げ,自社で出せた,営業,はい\n契約更新,続けると決めた,CS,\n"
    first, second = phases_of(map_of_notes(notes(tmp_path, text)).text)
    assert (first["phase"], second["phase"]) == ("onboarding", "renewal")
    assert first["steps"][0]["owner"] == "sales" and first["steps"][0]["optional"] is True
    assert second["steps"][0]["owner"] == "cs"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_the_encodings_in_which_excel_saves_are_read_alike(tmp_path, encoding):
    text = "フェーズ,お客様の言葉\n立ち上げ,自社で出せた\n"
    made = map_of_notes(notes(tmp_path, text, encoding))
    assert phases_of(made.text)[0]["steps"][0]["goal"] == {"ja": "自社で出せた"}
    assert [note.key for note in made.notes] == ([] if encoding.startswith("utf-8") else ["file_encoding"])


def test_a_step_without_a_name_takes_one_that_nobody_has(tmp_path):
    text = "phase,step,goal_en\nonboarding,onboarding_1,We begin\nonboarding,,We see it\nご活用,,We use it\n"
    steps = [step["step"] for phase in phases_of(map_of_notes(notes(tmp_path, text)).text) for step in phase["steps"]]
    assert steps == ["onboarding_1", "onboarding_2", "step_1"]


def test_notes_of_one_phase_come_together_wherever_they_stand(tmp_path):
    text = "phase,step,goal_en\nadoption,a,We use\nrenewal,b,We go on\nadoption,c,We show\n"
    found = phases_of(map_of_notes(notes(tmp_path, text)).text)
    assert [(phase["phase"], [step["step"] for step in phase["steps"]]) for phase in found] == [
        ("adoption", ["a", "c"]),
        ("renewal", ["b"]),
    ]


def test_two_owners_stay_two_and_the_check_of_the_map_names_them(tmp_path):
    made = map_of_notes(notes(tmp_path, 'phase,step,goal_en,owner\nonboarding,first,We see it,"営業、CS"\n'))
    found = journey.lint(journey.read_draft(made.text))
    assert phases_of(made.text)[0]["steps"][0]["owner"] == ["sales", "cs"]
    assert "owner_twice" in set(found["rule"])


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_made(tmp_path):
    text = "phase,step,goal_en,evidence,target_days,emotion,optional,sentiment\n"
    text += "onboarding,First Value,We see it,we feel it,soon,3,perhaps,\n,first,,,,,,\nadoption,first,We use it,,,,,\n"
    assert faults_of(tmp_path, text) == [
        "sticky_column",
        *("sticky_step", "sticky_evidence", "sticky_target_days", "sticky_emotion", "sticky_flag"),
        *("sticky_no_phase", "sticky_no_goal"),
        "sticky_step_twice",
    ]


def test_a_row_is_named_by_its_line_in_the_file_although_a_blank_one_stands_above(tmp_path):
    with pytest.raises(DataError) as refused:
        map_of_notes(notes(tmp_path, "phase,goal_en\n,\nonboarding,\n"))
    assert refused.value.faults[0].values["row"] == 3


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("step,goal_en\na,We see it\n", "sticky_no_column"),
        ("phase,step\nonboarding,a\n", "sticky_no_column"),
        ("phase,goal_en,goal_ja,お客様の言葉\nonboarding,We,a,b\n", "sticky_column_twice"),
        ("phase,goal_en\n", "sticky_none"),
        ("", "sticky_none"),
    ],
)
def test_a_file_that_holds_no_notes_is_refused(tmp_path, text, fault):
    assert faults_of(tmp_path, text) == [fault]


def test_a_misspelt_column_is_told_with_the_nearest_in_the_language_it_was_written_in(tmp_path):
    with pytest.raises(DataError) as refused:
        map_of_notes(notes(tmp_path, "フェーズ,お客様の言葉,目安の日\n立ち上げ,出せた,3\n"))
    assert refused.value.faults[0].values["near"] == "target_days"


@pytest.mark.parametrize("name", ["journey", "journey_vendor"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_shipped_map_comes_back_from_its_notes_unchanged(tmp_path, name, lang):
    text = (ROOT / "cslab" / "rules" / f"{name}.yaml").read_text(encoding="utf-8")
    back = map_of_notes(notes(tmp_path, notes_of_map(text, name, lang))).text
    before, after = journey.read_draft(text), journey.read_draft(back)
    lineless = [{**vars(step), "line": 0} for step in before.steps]
    assert [{**vars(step), "line": 0} for step in after.steps] == lineless


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_is_a_map_with_nothing_to_mend(path):
    assert journey.lint(journey.read_map(map_of_notes(path).text)).empty


def test_both_templates_are_the_same_map():
    english, japanese = (phases_of(map_of_notes(path).text) for path in TEMPLATES)
    assert english == japanese


WORDS = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=30).map(note_cells.plain)
STEP = st.fixed_dictionaries(
    {"goal": st.fixed_dictionaries({"ja": WORDS.filter(bool)})},
    optional={
        "target_days": st.integers(0, 400),
        "emotion": st.sampled_from([-2, -1, 0.5, 2]),
        "owner": st.sampled_from(["sales", "cs", "法務部"]),
        "repeats": st.booleans(),
    },
)


@pytest.mark.slow
@given(steps=st.lists(STEP, min_size=1, max_size=6))
def test_whatever_stands_on_the_notes_comes_back(tmp_path_factory, steps):
    named = [{"step": f"s_{place}", **step} for place, step in enumerate(steps)]
    text = yaml.safe_dump({"journey": "m", "phases": [{"phase": "adoption", "steps": named}]}, allow_unicode=True)
    path = notes(tmp_path_factory.mktemp("wall"), notes_of_map(text, "m", "en"))
    assert phases_of(map_of_notes(path).text) == [{"phase": "adoption", "steps": named}]


def test_a_step_whose_name_is_not_in_latin_letters_keeps_its_words_beside_a_short_name(tmp_path):
    text = "フェーズ,ステップ名,お客様の言葉\n"
    text += "立ち上げ,キックオフ,分かった\n立ち上げ,ｆｉｒｓｔ,出せた\nご活用,毎週の利用,使えた\n"
    made = map_of_notes(notes(tmp_path, text))
    assert "  - step: onboarding_1  # キックオフ\n" in made.text and "  - step: first\n" in made.text
    (note,) = made.notes
    assert note.key == "sticky_named" and "キックオフ" in note.text("ja") and "毎週の利用" in note.text("en")
    assert [step["step"] for step in phases_of(made.text)[0]["steps"]] == ["onboarding_1", "first"]


def test_two_notes_of_one_japanese_name_are_told(tmp_path):
    text = "フェーズ,ステップ名,お客様の言葉\n立ち上げ,開始,分かった\nご活用,開始,使えた\n"
    assert faults_of(tmp_path, text) == ["sticky_step_twice"]
