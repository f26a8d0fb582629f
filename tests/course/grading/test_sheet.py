"""The sheets open in Excel as they are meant, and nothing in them computes."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab.course.grading.sheet import harmless, is_ours, sheet_bytes


@pytest.mark.parametrize("start", list("=+-@＝＋－＠"))
def test_a_cell_that_would_be_computed_becomes_text(start: str):
    assert harmless(f"{start}cmd|' /C calc'!A0").startswith(f"'{start}")


@pytest.mark.parametrize("cell", ["\t=1+1", "\r\n=1+1", "  =1+1", "\u3000=1+1", "\u200b=1+1"])
def test_blanks_before_a_formula_do_not_hide_it(cell: str):
    assert harmless(cell).startswith("'=")


def test_names_stay_as_they_are():
    names = ["山田\u3000花子", "O'Neil", "髙橋", "José", "a=b", "1-2"]
    assert [harmless(name) for name in names] == names


def test_a_sheet_is_utf_8_with_a_mark_and_the_line_ends_of_windows():
    content = sheet_bytes(["a", "b"], [["山田", 'say "x", y']])
    assert content == b"\xef\xbb\xbfa,b\r\n" + '山田,"say ""x"", y"\r\n'.encode()


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2)))
def test_whatever_stands_in_the_cells_each_row_is_one_line_of_as_many_cells(rows: list[list[str]]):
    text = sheet_bytes(["a", "b"], rows).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert text.count("\r\n") == len(rows) + 1
    assert [len(row) for row in read] == [2] * (len(rows) + 1)
    assert not any(cell.startswith(tuple("=+-@\t")) for row in read for cell in row)


def test_a_sheet_is_known_as_ours_by_its_first_line(tmp_path: Path):
    ours, other = tmp_path / "ours.csv", tmp_path / "other.csv"
    ours.write_bytes(sheet_bytes(["trainee", "outcome"], [["山田", "correct"]]))
    other.write_text("trainee,outcome\n", encoding="utf-8")
    assert is_ours(ours, ["trainee", "outcome"])
    assert not is_ours(ours, ["trainee"])
    assert not is_ours(other, ["trainee", "outcome"])
