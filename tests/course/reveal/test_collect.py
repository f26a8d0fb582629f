"""What a class handed in is found where people put it, each text with its own files, and nobody stops the others."""

from __future__ import annotations

import zipfile

import pytest

from cslab.course.assign.key import Held, Key
from cslab.course.grading.archive import Entry, Refused, entries
from cslab.course.reveal.collect import handed_in

NAMES = ("山田 花子", "Sato", "Abe")
KEY = Key("h1_mission", tuple(Held(name, "ja", "synthetic:tiny", "2025-03-31", 500) for name in NAMES))
TEXT, BOOK = "h1_mission.md", "h1_mission.ipynb"


def found(*places: str, refused: str = "") -> dict[str, tuple[list[str], list[str]]]:
    """The files and the faults of each trainee, of what lies in these places."""
    given = [Entry(tuple(place.split("/")), False, refused, bytes) for place in places]
    return {
        one.trainee: ([name for name, _ in one.files], [fault.key for fault in one.faults])
        for one in handed_in(given, KEY)
    }


@pytest.mark.parametrize(
    "folder",
    ["Sato", "ｓａｔｏ", "Sato_12345_assignsubmission_file_", "class/Sato", "Sato/h1/final", "Sato/work"],
)
def test_a_text_is_found_with_the_notebook_and_the_charter_that_lie_beside_it(folder):
    beside = [f"{folder}/{name}" for name in (BOOK, "charter.md", "notes.txt", "data.csv")]
    others = ["class/Abe/x.txt"] if folder.startswith("class") else []
    files, faults = found(f"{folder}/{TEXT}", *beside, *others)["Sato"]
    assert (sorted(files), faults) == (sorted([TEXT, BOOK, "charter.md"]), [])


def test_the_folder_may_be_called_as_it_was_handed_out():
    assert found(f"山田_花子/{TEXT}")["山田 花子"] == ([TEXT], [])


def test_a_folder_whose_name_ends_like_a_number_makes_nobody_else_a_stranger():
    given = [Entry(("Sato-2",), True, "", bytes), Entry(("Sato-2", TEXT), False, "", bytes)]
    key = Key("h1_mission", (Held("Sato-2", "ja", "synthetic:tiny", "2025-03-31", 500),))
    assert [one.trainee for one in handed_in(given, key)] == ["Sato-2"]


def test_a_learning_system_may_put_a_name_before_each_file():
    before = "Sato_12345_assignsubmission_file_"
    assert found(before + TEXT, before + BOOK)["Sato"] == ([TEXT, BOOK], [])


def test_files_from_another_folder_of_the_same_trainee_are_not_taken():
    assert found(f"Sato/h1/{TEXT}", f"Sato/old/{BOOK}")["Sato"] == ([TEXT], [])


@pytest.mark.parametrize(
    ("key", "places"),
    [
        ("reveal_two_files", [f"Sato/{TEXT}", f"Sato/old/{TEXT}"]),
        ("reveal_other_files", ["Sato/h1_mission.docx"]),
        ("reveal_other_files", [f"Sato/{BOOK}"]),
    ],
)
def test_what_cannot_be_checked_is_named(key, places):
    assert found(*places)["Sato"] == ([], [key])


def test_everybody_of_the_list_is_there_in_its_order_and_a_stranger_after_them():
    assert list(found(f"Abe/{TEXT}", f"Tanaka/{TEXT}")) == [*NAMES, "Tanaka"]
    assert found(f"Tanaka/{TEXT}")["Tanaka"] == ([], ["reveal_stranger"])


def test_a_zip_is_read_without_being_unpacked_and_a_name_that_leads_outside_is_not_followed(tmp_path):
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.writestr(f"Sato/{TEXT}", "# H1")
        archive.writestr("Sato/../../evil.ipynb", "{}")
        archive.writestr(f"Abe/{TEXT}", "# H1")
    with entries(tmp_path / "class.zip") as given:
        sato = next(one for one in handed_in(given, KEY) if one.trainee == "Sato")
        sato.put_into(tmp_path / "put" / "here")
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["class.zip", TEXT]


def test_a_file_that_may_not_be_read_is_refused_when_it_is_wanted(tmp_path):
    def too_large() -> bytes:
        raise Refused("too_large")

    one = next(one for one in handed_in([Entry(("Sato", TEXT), False, "", too_large)], KEY) if one.files)
    with pytest.raises(Refused):
        one.put_into(tmp_path)


@pytest.mark.parametrize("ending", ["link", "outside", "unreadable"])
def test_a_text_that_was_refused_is_named_and_never_read(ending):
    assert found(f"Sato/{TEXT}", refused=ending)["Sato"] == ([], [f"grade_file.{ending}"])


def test_a_link_beside_the_text_is_left_where_it_is():
    entries_ = [Entry(("Sato", TEXT), False, "", bytes), Entry(("Sato", BOOK), False, "link", bytes)]
    sato = next(one for one in handed_in(entries_, KEY) if one.trainee == "Sato")
    assert [name for name, _ in sato.files] == [TEXT]
