"""What a class hands in: folders and zips as learning systems make them, and all ways for a file to be no good."""

from __future__ import annotations

import json
import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cslab.course.grading import archive, submissions
from cslab.course.grading.submissions import Submission, collect
from cslab.course.sheets.exercises import ExerciseSheet
from cslab.faults import UsageError

SHEETS = [
    ExerciseSheet(number, f"{number}_{name}", "", "", 10, (), ())
    for number, name in (("01", "metrics"), ("05", "when"))
]
ABOUT_01 = {"cslab": {"exercise": {"number": "01", "name": "01_metrics"}, "lang": "ja"}}


@pytest.fixture(autouse=True)
def two_exercises(monkeypatch: pytest.MonkeyPatch) -> None:
    """A course of two exercises."""
    monkeypatch.setattr(submissions, "exercises", lambda: SHEETS)


def notebook(*sources: str, metadata: dict[str, Any] | None = None) -> bytes:
    """A notebook file."""
    cells = [{"cell_type": "code", "id": f"c{n}", "metadata": {}, "source": source} for n, source in enumerate(sources)]
    about = ABOUT_01 if metadata is None else metadata
    return json.dumps({"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5}).encode()


def folder(home: Path, files: dict[str, bytes]) -> Path:
    """A folder of files."""
    for name, data in files.items():
        path = home / "class" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return home / "class"


def zipped(home: Path, files: dict[str, bytes], encoding: str = "utf-8") -> Path:
    """A zip of files, whose names are written as a system of that encoding does."""
    path = home / "class.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            if encoding == "utf-8":
                made.writestr(name, data)
            else:
                made.writestr(Raw(name, encoding), data)
    return path


class Raw(zipfile.ZipInfo):
    """An entry whose name is written in an old encoding, without the sign that it is UTF-8."""

    def __init__(self, name: str, encoding: str) -> None:
        super().__init__("x")
        self.filename = self.orig_filename = name
        self.encoding, self.compress_type = encoding, zipfile.ZIP_DEFLATED

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode(self.encoding), self.flag_bits


Made = Callable[[Path, dict[str, bytes]], Path]
as_folder_and_zip = pytest.mark.parametrize("made", [folder, zipped])


def told(found: list[Submission]) -> list[tuple[str, str, str]]:
    """Who handed in which exercise, and what is wrong with it."""
    return [(each.trainee, each.lesson, each.ending) for each in found]


@as_folder_and_zip
def test_a_folder_a_trainee_is_a_submission_each(made: Made, tmp_path: Path):
    found = collect(
        made(tmp_path, {"佐藤 花子/01_metrics.ipynb": notebook("nrr = 1"), "Abe/deep/er/x.ipynb": notebook()})
    )
    assert told(found) == [("Abe", "01", "ok"), ("佐藤 花子", "01", "ok")]
    assert (found[1].lang, found[1].cells[0].source, found[1].place) == ("ja", "nrr = 1", "佐藤 花子/01_metrics.ipynb")


@as_folder_and_zip
@pytest.mark.parametrize(
    "name",
    [
        "佐藤 花子_12345_assignsubmission_file_/01_metrics.ipynb",
        "佐藤 花子_12345_assignsubmission_file_01_metrics.ipynb",
        "01_metrics_佐藤 花子.ipynb",
        "佐藤 花子-01_metrics.ipynb",
        "佐藤 花子 - 01_metrics.ipynb",
        "01_佐藤 花子.ipynb",
        "佐藤 花子 - 演習.ipynb",
    ],
)
def test_the_trainees_name_is_found_as_learning_systems_write_it(made: Made, name: str, tmp_path: Path):
    found = collect(made(tmp_path, {name: notebook(), "Abe/01_metrics.ipynb": notebook()}))
    assert ("佐藤 花子", "01", "ok") in told(found)


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "cp437"])
def test_names_in_a_zip_are_read_as_the_system_wrote_them(encoding: str, tmp_path: Path):
    name = "José" if encoding == "cp437" else "表 花子"
    path = zipped(tmp_path, {f"{name}/01_metrics.ipynb": notebook()}, encoding)
    assert told(collect(path)) == [(name, "01", "ok")]


def test_utf_8_without_its_sign_is_read_as_utf_8(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "mac.zip", "w") as made:
        made.writestr(Raw("田中/01_metrics.ipynb", "utf-8"), notebook())
    assert told(collect(tmp_path / "mac.zip")) == [("田中", "01", "ok")]


@as_folder_and_zip
def test_a_folder_around_the_class_is_looked_through(made: Made, tmp_path: Path):
    found = collect(made(tmp_path, {"提出/Abe/01_metrics.ipynb": notebook(), "提出/Sato/01_metrics.ipynb": notebook()}))
    assert [trainee for trainee, _, _ in told(found)] == ["Abe", "Sato"]
    files = {"提出/01_metrics_Abe.ipynb": notebook(), "提出/01_metrics_Sato.ipynb": notebook()}
    (tmp_path / "other").mkdir()
    assert [trainee for trainee, _, _ in told(collect(made(tmp_path / "other", files)))] == ["Abe", "Sato"]


@as_folder_and_zip
def test_one_trainee_with_several_exercises_is_one_trainee(made: Made, tmp_path: Path):
    about = {"cslab": {"exercise": {"number": "05"}, "lang": "en"}}
    files = {"Abe/work/ja/01_metrics.ipynb": notebook(), "Abe/work/en/05_when.ipynb": notebook(metadata=about)}
    assert told(collect(made(tmp_path, files))) == [("Abe", "01", "ok"), ("Abe", "05", "ok")]


@as_folder_and_zip
def test_what_systems_leave_about_is_not_seen(made: Made, tmp_path: Path):
    rubbish = [
        "__MACOSX/Abe/._01_metrics.ipynb",
        "Abe/.ipynb_checkpoints/01_metrics-checkpoint.ipynb",
        ".DS_Store",
        "Thumbs.db",
    ]
    found = collect(made(tmp_path, {"Abe/01_metrics.ipynb": notebook(), **dict.fromkeys(rubbish, b"rubbish")}))
    assert told(found) == [("Abe", "01", "ok")]


@pytest.mark.parametrize(
    ("metadata", "sources", "name", "lesson"),
    [
        ({}, ['from cslab.course.exercise import begin\nbook = begin("05", source)'], "x.ipynb", "05"),
        ({}, ["x = 1"], "05_when.ipynb", "05"),
        ({"cslab": "odd"}, ["x = 1"], "01 answers.ipynb", "01"),
        (ABOUT_01, ['begin("05")'], "05_when.ipynb", "01"),
    ],
)
def test_the_exercise_is_told_by_its_metadata_or_its_cells_or_its_name(metadata, sources, name, lesson, tmp_path: Path):
    found = collect(folder(tmp_path, {f"Abe/{name}": notebook(*sources, metadata=metadata)}))
    assert told(found) == [("Abe", lesson, "ok")]


FAULTY = {
    "not_json": b"{",
    "not_a_notebook": b"[1]",
    "unknown_lesson": notebook(metadata={}),
    "not_an_exercise": notebook(metadata={"cslab": {"lesson": {"number": "07"}, "lang": "en"}}),
    "too_large": b" " * (archive.LARGEST + 1),
}


@as_folder_and_zip
@pytest.mark.parametrize("ending", FAULTY)
def test_a_faulty_file_is_named_and_stops_no_other(made: Made, ending: str, tmp_path: Path):
    found = collect(made(tmp_path, {"Abe/a.ipynb": FAULTY[ending], "Sato/01_metrics.ipynb": notebook()}))
    assert [(each.trainee, each.ending, each.gradable) for each in found] == [
        ("Abe", ending, False),
        ("Sato", "ok", True),
    ]
    assert all(found[0].faults[0].text(lang).startswith("Abe/a.ipynb") for lang in ("en", "ja"))
    assert found[0].cells == ()


@pytest.mark.parametrize(
    "data", [b"[" * 100_000, b'{"a":' * 100_000, b"\xff\xfe", b"1" * 10_000, b'{"cells": [], "metadata": []}']
)
def test_json_that_would_trip_a_reader_is_only_a_faulty_file(data: bytes, tmp_path: Path):
    found = collect(folder(tmp_path, {"Abe/a.ipynb": data, "Sato/01_metrics.ipynb": notebook()}))
    assert [each.ending == "ok" for each in found] == [False, True]


def test_a_notebook_with_odd_cells_is_read_as_far_as_it_goes(tmp_path: Path):
    odd = [1, {"cell_type": "code", "source": ["a = 1\n", 2, "b\ud800"], "metadata": {"tags": "x"}, "id": 7}]
    data = json.dumps({"cells": odd, "metadata": ABOUT_01}).encode()
    found = collect(folder(tmp_path, {"Abe/a.ipynb": data}))
    assert [(cell.code, cell.id, cell.tags, cell.source) for cell in found[0].cells] == [
        (False, "", (), ""),
        (True, "", (), "a = 1\nb?"),
    ]


@as_folder_and_zip
def test_two_files_of_one_trainee_for_one_exercise_are_refused_both(made: Made, tmp_path: Path):
    files = {"Abe/a.ipynb": notebook(), "Abe/b.ipynb": notebook("b = 1"), "Sato/a.ipynb": notebook()}
    found = collect(made(tmp_path, files))
    assert told(found) == [("Abe", "01", "two_files"), ("Sato", "01", "ok")]
    assert "a.ipynb" in found[0].faults[0].text("en") and "b.ipynb" in found[0].faults[0].text("en")


@as_folder_and_zip
def test_a_browsers_copy_of_the_same_file_counts_once(made: Made, tmp_path: Path):
    copies = {f"Abe/01_metrics{more}.ipynb": notebook("nrr = 1") for more in ("", " (1)", " (2)")}
    assert told(collect(made(tmp_path, copies))) == [("Abe", "01", "ok")]


@as_folder_and_zip
def test_a_copy_beside_a_file_that_differs_helps_nobody(made: Made, tmp_path: Path):
    copies = {f"Abe/01_metrics{more}.ipynb": notebook("nrr = 1") for more in ("", " (1)")}
    found = collect(made(tmp_path, copies | {"Abe/x.ipynb": notebook("nrr = 2")}))
    assert told(found) == [("Abe", "01", "two_files")]


def test_the_same_name_in_another_width_is_the_same_trainee(tmp_path: Path):
    files = {"01_metrics_Sato.ipynb": notebook(), "01_metrics_ｓａｔｏ.ipynb": notebook("a = 1")}
    found = collect(folder(tmp_path, files))
    assert [each.ending for each in found] == ["two_files"]


@as_folder_and_zip
def test_files_of_another_kind_are_named(made: Made, tmp_path: Path):
    files = {"Abe/report.pdf": b"%PDF-1.7", "Abe/deep/rapport.docx": b"PK", "Sato/01_metrics.ipynb": notebook()}
    found = collect(made(tmp_path, files))
    assert told(found) == [("Abe", "", "other_kind"), ("Sato", "01", "ok")]
    assert all(name in found[0].faults[0].text("en") for name in ("report.pdf", "rapport.docx", ".ipynb"))


@as_folder_and_zip
def test_a_loose_file_of_another_kind_that_moodle_named_after_a_trainee_is_that_trainees(made: Made, tmp_path: Path):
    files = {"Abe_7_assignsubmission_file_report.pdf": b"%PDF-1.7", "timetable.pdf": b"", "Sato/01_x.ipynb": notebook()}
    assert told(collect(made(tmp_path, files))) == [("Abe", "", "other_kind"), ("Sato", "01", "ok")]


@as_folder_and_zip
def test_a_class_without_any_notebook_is_told_what_was_found_instead(made: Made, tmp_path: Path):
    with pytest.raises(UsageError, match=r"a\.pdf, b\.pdf, c\.pdf, …\."):
        collect(made(tmp_path, {f"{name}.pdf": b"%PDF-1.7" for name in "abcd"}))


def test_a_folder_with_nothing_at_all_in_it_is_named_too(tmp_path: Path):
    home = folder(tmp_path, {"Sato/01_metrics.ipynb": notebook()})
    (home / "Abe").mkdir()
    assert told(collect(home)) == [("Abe", "", "empty"), ("Sato", "01", "ok")]


def test_a_file_without_any_name_of_a_person_says_so_unless_the_notebook_does(tmp_path: Path):
    with_name = notebook('source: str = "synthetic:tiny"  # x\ntrainee: str = "佐藤"  # you', metadata=ABOUT_01)
    home = folder(tmp_path, {"01_metrics.ipynb": notebook(), "01_metrics (1).ipynb": with_name})
    assert sorted(told(collect(home))) == [("", "01", "no_trainee"), ("佐藤", "01", "ok")]


def test_a_name_written_into_a_notebook_takes_nothing_from_whom_it_names(tmp_path: Path):
    forged = notebook('source: str = "synthetic:tiny"  # x\ntrainee: str = "sato"  # not me', metadata=ABOUT_01)
    home = folder(tmp_path, {"01_metrics.ipynb": forged, "Sato/01_metrics.ipynb": notebook("mine = 1")})
    found = collect(home)
    assert told(found) == [("", "01", "no_trainee"), ("Sato", "01", "ok")]
    assert found[1].cells[0].source == "mine = 1"


def test_a_trainee_spelt_in_several_ways_is_one_trainee(tmp_path: Path):
    about_05 = {"cslab": {"exercise": {"number": "05", "name": "05_when"}, "lang": "en"}}
    files = {"Sato/01_metrics.ipynb": notebook(), "05_when_sato.ipynb": notebook(metadata=about_05)}
    assert {each.trainee for each in collect(folder(tmp_path, files))} == {"Sato"}


def test_lessons_that_came_along_are_not_told_but_one_instead_of_an_exercise_is(tmp_path: Path):
    lesson_05, lesson_03 = (notebook(metadata={"cslab": {"lesson": {"number": n}, "lang": "en"}}) for n in ("05", "03"))
    home = folder(tmp_path, {"Abe/01.ipynb": notebook(), "Abe/03_x.ipynb": lesson_03, "Abe/05_when.ipynb": lesson_05})
    assert told(collect(home)) == [("Abe", "01", "ok"), ("Abe", "05", "not_an_exercise")]


def test_a_link_is_named_and_not_followed(tmp_path: Path):
    home = folder(tmp_path, {"Sato/01_metrics.ipynb": notebook()})
    (home / "Abe").mkdir()
    (home / "Abe" / "01_metrics.ipynb").symlink_to(home / "Sato" / "01_metrics.ipynb")
    (home / "Kato").symlink_to(home / "Sato")
    assert told(collect(home)) == [("Abe", "01", "link"), ("Kato", "", "link"), ("Sato", "01", "ok")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")
def test_a_file_that_is_no_file_is_never_opened(tmp_path: Path):
    home = folder(tmp_path, {"Sato/01_metrics.ipynb": notebook()})
    (home / "Abe").mkdir()
    os.mkfifo(home / "Abe" / "01_metrics.ipynb")
    assert told(collect(home)) == [("Abe", "01", "link"), ("Sato", "01", "ok")]


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_a_link_or_device_in_a_zip_is_named(kind: int, tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as made:
        entry = zipfile.ZipInfo("Abe/01_metrics.ipynb")
        entry.external_attr = (kind | 0o777) << 16
        made.writestr(entry, "../Sato/01_metrics.ipynb")
        made.writestr("Sato/01_metrics.ipynb", notebook())
    assert told(collect(tmp_path / "class.zip")) == [("Abe", "01", "link"), ("Sato", "01", "ok")]


@pytest.mark.parametrize(
    "name",
    ["../Abe/01_metrics.ipynb", "/Abe/01_metrics.ipynb", "C:/Abe/01_metrics.ipynb", "Abe/../../01_metrics.ipynb"],
)
def test_a_name_that_leads_outside_is_named(name: str, tmp_path: Path):
    found = collect(zipped(tmp_path, {name: notebook(), "Sato/01_metrics.ipynb": notebook()}))
    assert [ending for _, _, ending in told(found) if ending != "ok"] == ["outside"]
    assert ("Sato", "01", "ok") in told(found)


def test_a_small_entry_that_unpacks_to_too_much_is_not_unpacked_to_its_end(tmp_path: Path):
    path = zipped(tmp_path, {"Abe/01_metrics.ipynb": b" " * (archive.LARGEST + 2), "Sato/01_metrics.ipynb": notebook()})
    assert path.stat().st_size < 100_000
    assert told(collect(path)) == [("Abe", "01", "too_large"), ("Sato", "01", "ok")]


def test_all_files_together_have_a_limit_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    home = folder(tmp_path, {"Abe/01_metrics.ipynb": notebook(), "Sato/01_metrics.ipynb": notebook()})
    monkeypatch.setattr(archive, "LARGEST_TOGETHER", 2 * len(notebook()))
    assert len(collect(home)) == 2
    monkeypatch.setattr(archive, "LARGEST_TOGETHER", 2 * len(notebook()) - 1)
    with pytest.raises(UsageError, match="largest"):  # rather than taking it out on whoever comes last
        collect(home)


def test_a_locked_entry_is_named(tmp_path: Path):
    path = zipped(tmp_path, {"Abe/01_metrics.ipynb": notebook(), "Sato/01_metrics.ipynb": notebook()})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the first entry says that it needs a password
    path.write_bytes(bytes(data))
    assert told(collect(path)) == [("Abe", "01", "unreadable"), ("Sato", "01", "ok")]


def test_a_damaged_entry_is_named(tmp_path: Path):
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("Abe/01_metrics.ipynb", notebook("damage"))
        made.writestr("Sato/01_metrics.ipynb", notebook())
    path.write_bytes(path.read_bytes().replace(b"damage", b"DAMAGE"))
    assert told(collect(path)) == [("Abe", "01", "unreadable"), ("Sato", "01", "ok")]


@pytest.mark.parametrize("kind", ["missing", "empty", "no notebook", "no zip"])
def test_a_place_that_holds_nothing_to_grade_is_a_slip_of_the_instructor(kind: str, tmp_path: Path):
    place = tmp_path / "class"
    if kind in ("empty", "no notebook"):
        place.mkdir()
    if kind == "no notebook":
        (place / "notes.txt").write_text("", encoding="utf-8")
    if kind == "no zip":
        place.write_text("no zip", encoding="utf-8")
    with pytest.raises(UsageError, match="Nothing was graded"):
        collect(place)


def test_more_files_than_a_class_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archive, "MOST", 2)
    with pytest.raises(UsageError, match="2 files"):
        collect(folder(tmp_path, {f"{name}/01_metrics.ipynb": notebook() for name in ("A", "B")}))


def test_a_name_cannot_carry_what_a_page_or_sheet_would_stumble_over(tmp_path: Path):
    found = collect(
        zipped(tmp_path, {"A\x1b[31m\u202eb/01_metrics.ipynb": notebook(), "Sato/01_metrics.ipynb": notebook()})
    )
    assert found[0].trainee == "A[31mb"
