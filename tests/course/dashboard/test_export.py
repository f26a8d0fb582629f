"""Everything as files for other programs: read back, marked where it is somebody's own, whole or not at all."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

import cslab
from cslab.course.dashboard import export
from cslab.course.dashboard.gallery import PICTURES
from cslab.faults import UsageError
from cslab.measure import retention

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def book():
    """Forty customers, with a name that a spreadsheet would take for a formula."""
    made = cslab.load("synthetic:tiny")
    accounts = made.accounts.assign(account_name=["=1+1"] + ["+81"] * (len(made.accounts) - 1))
    return replace(made, tables={name: made.tables[name] for name in made.tables} | {"accounts": accounts})


@pytest.fixture(scope="module")
def written(book, tmp_path_factory):
    """The folder, and what was said to be in it."""
    folder = tmp_path_factory.mktemp("out") / "書き出し"
    return folder, export(book, folder, "ja")


def test_every_table_is_a_sheet_that_the_kit_reads_again(book, written):
    folder, made = written
    assert made.tables == len(book.tables)
    again = cslab.load(f"folder:{folder / 'tables.xlsx'}", "2025-03-31")
    assert set(again.tables) == set(book.tables)
    day = "2025-03-31"
    pd.testing.assert_series_equal(retention.mrr(again, day), retention.mrr(book, day), check_dtype=False)


def test_no_cell_is_a_formula(written):
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(written[0] / "tables.xlsx")["accounts"]
    cells = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith(("=", "+"))]
    assert len(cells) > 1 and {cell.data_type for cell in cells} == {"s"}


def test_every_picture_is_there_twice_or_said_to_be_left_out(written):
    folder, made = written
    assert {*made.figures, *(name for name, _ in made.left_out)} == set(PICTURES)
    assert {path.name for path in (folder / "figures").iterdir()} == {
        f"{name}.{ending}" for name in made.figures for ending in ("png", "svg")
    }
    svg = (folder / "figures" / "dashboard.svg").read_text(encoding="utf-8")
    assert "<svg" in svg and "<text" not in svg  # letters are drawn, so Japanese needs no font
    assert (folder / "figures" / "dashboard.png").read_bytes()[1:4] == b"PNG"


def test_the_long_form_opens_in_excel_and_has_one_number_a_row(written):
    text = (written[0] / "numbers.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    rows = pd.read_csv(written[0] / "numbers.csv", encoding="utf-8-sig", keep_default_na=False)
    assert list(rows)[:5] == ["day", "metric", "by", "group", "estimate"]
    assert not rows.duplicated(["day", "metric", "by", "group"]).any()


def test_an_earlier_export_is_not_touched_without_force(book, written):
    folder, _ = written
    before = (folder / "numbers.csv").read_bytes()
    with pytest.raises(UsageError, match="--force"):
        export(book, folder, "en")
    assert (folder / "numbers.csv").read_bytes() == before
    mine = folder / "figures" / "mine.png"
    mine.write_bytes(b"mine")
    assert export(book, folder, "en", force=True).tables == len(book.tables)
    assert mine.read_bytes() == b"mine"
    mine.unlink()


def test_what_is_made_of_real_data_is_marked_everywhere(book, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    export(replace(book, synthetic=False), tmp_path / "out", "ja")
    assert "社外秘" in (tmp_path / "out" / "CONFIDENTIAL.md").read_text(encoding="utf-8")
    sheets = openpyxl.load_workbook(tmp_path / "out" / "tables.xlsx", read_only=True)
    assert all("社外秘" in str(next(sheet.iter_rows(values_only=True))[0]) for sheet in sheets)


def test_a_picture_that_the_data_do_not_carry_is_named_with_the_reason(book, tmp_path):
    small = replace(book, tables={name: book.tables[name] for name in book.tables if name not in ("csm", "touches")})
    made = export(small, tmp_path / "out", "en")
    assert "csm" in dict(made.left_out)["trend_retention_cost"]
