"""The one writer of workbooks: text stays text, days stay days, the folder door reads back what it wrote."""

import math
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cslab
from cslab.faults import UsageError
from cslab.sources import workbook_out
from cslab.sources.workbook_out import MOST_ROWS, Sheet, plain_text, sheet_name, write_workbook


def written(path: Path, frame: pd.DataFrame, **how: str) -> list[list[object]]:
    """The rows of the first sheet, as they are read back."""
    banner = how.pop("banner", "")
    write_workbook(path, [Sheet("t", frame, **how)], banner=banner)
    return [list(row) for row in openpyxl.load_workbook(path)["t"].iter_rows(values_only=True)]


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://x")', "+81 3", "-5", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"]
)
def test_what_begins_like_a_formula_is_written_as_text(tmp_path, text):
    write_workbook(tmp_path / "a.xlsx", [Sheet(text, pd.DataFrame({text: [text]}), note=text)], banner=text)
    page = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    cells = [cell for row in page.iter_rows() for cell in row]
    assert [cell.value for cell in cells] == [text] * 4
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


def test_every_kind_of_value_comes_back(tmp_path):
    frame = pd.DataFrame(
        {
            "day": pd.to_datetime(["2024-04-01", None]),
            "count": pd.array([3, None], dtype="Int64"),
            "flag": [True, False],
            "share": [0.25, math.nan],
            "word": pd.Categorical(["a", None]),
            "zone": pd.to_datetime(["2024-04-01", "2024-04-02"]).tz_localize("Asia/Tokyo"),
        }
    )
    rows = written(tmp_path / "a.xlsx", frame)
    assert rows[1][:5] == [pd.Timestamp("2024-04-01"), 3, True, 0.25, "a"]
    assert rows[2][:5] == [None, None, False, None, None]
    assert rows[1][5] == "2024-04-01 00:00:00+09:00"


def test_headings_note_and_banner_stand_above_the_table(tmp_path):
    frame = pd.DataFrame({"account_id": ["A1"]})
    rows = written(tmp_path / "a.xlsx", frame, headings={"account_id": "顧客番号"}, note="説明", banner="社外秘 & co")
    assert [row[0] for row in rows] == ["社外秘 & co", "説明", "顧客番号", "A1"]
    page = openpyxl.load_workbook(tmp_path / "a.xlsx")["t"]
    assert page.oddHeader.center.text == "社外秘 && co" and page.freeze_panes == "A4"


@given(st.lists(st.text(max_size=40), min_size=1, max_size=8))
def test_every_name_becomes_one_that_a_sheet_may_bear_and_no_other_has(names):
    taken: set[str] = set()
    found = [sheet_name(name, taken) for name in names]
    assert len({name.casefold() for name in found}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in found)


@given(st.text())
def test_all_text_can_be_written(text):
    assert openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.search(plain_text(text)) is None


def test_a_table_of_more_rows_than_a_sheet_has_is_continued(tmp_path, monkeypatch):
    assert MOST_ROWS < 1_048_576  # of Excel, with room for what stands above the table
    monkeypatch.setattr(workbook_out, "MOST_ROWS", 100)
    write_workbook(tmp_path / "a.xlsx", [Sheet("t", pd.DataFrame({"n": range(102)}))])
    book = openpyxl.load_workbook(tmp_path / "a.xlsx", read_only=True)
    assert book.sheetnames == ["t", "t (2)"]
    assert [row for row in book["t (2)"].iter_rows(values_only=True)] == [("n",), (100,), (101,)]


def test_a_target_that_cannot_be_written_is_told_and_leaves_nothing(tmp_path):
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(UsageError, match=r"a\.xlsx"):
        write_workbook(tmp_path / "a.xlsx", [Sheet("t", pd.DataFrame({"n": [1]}))])
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


@pytest.mark.slow
def test_a_book_written_to_a_workbook_is_read_back(tmp_path):
    book = cslab.load("synthetic:tiny?accounts=60")
    path = write_workbook(tmp_path / "a.xlsx", [Sheet(*item) for item in book.tables.items()], banner="社外秘")
    (tmp_path / "mapping.toml").write_text(f'as_of = {book.as_of:%Y-%m-%d}\ncurrency = "JPY"\n', encoding="utf-8")
    again = cslab.load(f"folder:{path}")
    for name in ("contracts", "mrr_movements", "usage_monthly"):
        ours, theirs = book.tables[name].dropna(axis=1, how="all"), again.tables[name]
        pd.testing.assert_frame_equal(ours, theirs[list(ours)], check_dtype=False)
