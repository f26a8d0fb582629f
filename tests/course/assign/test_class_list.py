"""A class list is read as people keep it, and everything that is wrong in it is told at once, by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from cslab.course.assign.class_list import Trainee, read_class
from cslab.faults import CslabError, UsageError


def read(tmp_path: Path, content: str, encoding: str = "utf-8", lang: str = "ja") -> tuple[Trainee, ...]:
    (tmp_path / "class.csv").write_bytes(content.encode(encoding))
    return read_class(tmp_path / "class.csv", lang)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_a_list_is_read_in_any_usual_encoding(tmp_path, encoding):
    assert read(tmp_path, "氏名\r\n山田 花子\r\n鈴木一郎\r\n", encoding) == (
        Trainee("山田 花子", "ja"),
        Trainee("鈴木一郎", "ja"),
    )


@pytest.mark.parametrize(
    "content",
    ["Sato\nAna\n", "trainee\nSato\nAna\n", "Name,lang\nSato,\nAna,EN\n", "Sato\n\nAna\n", "Sato;en\nAna;en"],
)
def test_names_stand_a_line_each_or_in_the_first_column(tmp_path, content):
    assert read(tmp_path, content, lang="en") == (Trainee("Sato", "en"), Trainee("Ana", "en"))


def test_the_second_column_says_the_language_of_one(tmp_path):
    assert [one.lang for one in read(tmp_path, "氏名,lang\nSato,en\n山田,\n鈴木,JA\n")] == ["en", "ja", "ja"]


def test_everything_that_is_wrong_is_told_at_once_by_line(tmp_path):
    with pytest.raises(CslabError) as caught:
        read(tmp_path, "trainee,lang\nSato,en\nｓａｔｏ,fr\n,en\n" + "x" * 81)
    told = [(fault.values["line"], fault.key) for fault in caught.value.faults]
    assert told == [(3, "assign_name_twice"), (3, "assign_lang"), (4, "assign_no_name"), (5, "assign_long_name")]


@pytest.mark.parametrize("content", ['Sato\n"Ana\nKen\n', 'Sato\n"Ana\n' + "x" * 200_000])
def test_a_quotation_mark_that_stays_open_is_told_with_its_line_and_swallows_nobody(tmp_path, content):
    with pytest.raises(CslabError) as caught:
        read(tmp_path, content)
    assert [(fault.key, fault.values["row"]) for fault in caught.value.faults] == [("quotes_open", 2)]


def test_a_line_break_within_a_cell_is_a_space(tmp_path):
    assert read(tmp_path, '"山田\n花子"\n') == (Trainee("山田 花子", "ja"),)


@pytest.mark.parametrize("content", ["", "\n\n", "trainee\n"])
def test_a_list_of_nobody_is_refused(tmp_path, content):
    with pytest.raises(CslabError):
        read(tmp_path, content)


def test_a_list_that_is_not_there_is_a_slip_of_who_typed(tmp_path):
    with pytest.raises(UsageError):
        read_class(tmp_path / "class.csv", "en")
