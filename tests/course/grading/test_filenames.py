"""A person's name becomes a file name that every system takes, and nobody's page is written over another's."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab.course.grading.filenames import LONGEST, file_names, harmless_name

RESERVED = {"con", "prn", "aux", "nul", *(f"{device}{number}" for device in ("com", "lpt") for number in "123456789")}


@pytest.mark.parametrize(
    ("person", "name"),
    [
        ("山田 花子", "山田_花子"),
        ("Sato/Hanako", "Sato_Hanako"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\Users\\x", "C_Users_x"),
        ("aux", "_aux"),
        ("LPT1.txt", "_LPT1.txt"),
        ("name.", "name"),
        ("\u202etxt.exe", "txt.exe"),
        ("-rf", "_-rf"),
        ("", "_"),
    ],
)
def test_what_a_file_name_cannot_hold_is_taken_out(person: str, name: str):
    assert harmless_name(person) == name


def test_the_same_letters_in_another_case_or_composition_are_two_people_and_two_files():
    names = file_names(["sato", "Sato", "か\u3099", "が", "ＳＡＴＯ"])
    assert len(names) == 5
    assert len({unicodedata.normalize("NFKC", name).casefold() for name in names.values()}) == 5


def test_a_number_that_is_given_does_not_meet_a_name_that_has_it():
    assert len(set(file_names(["a", "A", "a-2"]).values())) == 3


@given(st.lists(st.text(max_size=80), max_size=12))
def test_every_class_gets_as_many_harmless_files_as_it_has_people(people: list[str]):
    names = file_names(people)
    assert set(names) == set(people)
    folded = [unicodedata.normalize("NFKC", name).casefold() for name in names.values()]
    assert len(set(folded)) == len(names)
    for name in names.values():
        assert name and not set(name) & set('<>:"/\\|?*\0\n\t ')
        assert name.split(".")[0].casefold() not in RESERVED
        assert not name.endswith(".") and not name.startswith((".", "-")) and len(name) <= LONGEST + 4
