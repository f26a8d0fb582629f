"""The door for workbooks: sheets as files, titles, units and totals as finance teams write them, what is refused."""

import datetime as dt
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

from cslab.faults import DataError
from cslab.sources import load
from tests.sources.books import ACCOUNTS, CONTRACTS, book, changed


@pytest.fixture
def path(tmp_path):
    return tmp_path / "書類.xlsx"


def refused(path: Path, lang: str = "en") -> str:
    with pytest.raises(DataError) as error:
        load(f"folder:{path}")
    return error.value.text(lang)


def noted(path: Path) -> dict[str, str]:
    return {note.key: note.text("en") for note in load(f"folder:{path}").notes}


def test_sheets_named_after_tables_are_those_tables(path):
    found = load(f"folder:{book(path)}")
    assert found.accounts["account_id"].tolist() == ["A1", "A2"]
    assert found.contracts["mrr_amount"].tolist() == [1000, 2000]
    assert str(found.contracts["end"].iloc[1].date()) == "2024-05-01"


def test_a_workbook_and_the_folder_it_lies_in_are_the_same_book(path):
    book(path)
    alone, folder = load(f"folder:{path}"), load(f"folder:{path.parent}")
    for name, frame in alone.tables.items():
        assert frame.equals(folder.tables[name])


def test_files_and_sheets_of_a_folder_go_together(path):
    book(path, accounts=None)
    (path.parent / "accounts.csv").write_text("account_id\nA1\nA2\n", encoding="utf-8")
    assert len(load(f"folder:{path.parent}").accounts) == 2


def test_the_only_sheet_goes_by_the_name_of_its_workbook(tmp_path):
    for name, rows in (("accounts", ACCOUNTS), ("contracts", CONTRACTS)):
        book(tmp_path / f"{name}.xlsx", accounts=None, contracts=None, Sheet1=rows)
    assert len(load(f"folder:{tmp_path}").contracts) == 2


def test_a_mapping_names_a_sheet_and_its_columns(path):
    sheets = {
        "顧客": [["番号"], ["A1"], ["A2"]],
        "契約": [["番号", "開始", "終了"], *[row[:3] for row in CONTRACTS[1:]]],
    }
    book(path, accounts=None, contracts=None, **sheets)
    mapping = '[accounts]\nsheet = "顧客"\naccount_id = "番号"\n[contracts]\nfile = "書類.xlsx"\nsheet = "契約"\n'
    mapping += 'account_id = "番号"\nstart = "開始"\nend = "終了"\n'
    (path.parent / "mapping.toml").write_text(mapping, encoding="utf-8")
    assert load(f"folder:{path}").contracts["account_id"].tolist() == ["A1", "A2"]
    (path.parent / "mapping.toml").write_text(mapping.replace('"契約"', '"契約書"'), encoding="utf-8")
    assert '[contracts] sheet = "契約書"' in refused(path) and "nearest: 契約" in refused(path)
    (path.parent / "mapping.toml").write_text(mapping.replace('sheet = "契約"\n', ""), encoding="utf-8")
    assert "several sheets (顧客, 契約)" in refused(path)


def test_a_header_below_merged_titles_is_found_and_said(path):
    rows = [["顧客一覧 2024年度"], [], *ACCOUNTS]
    book(path, merged=["accounts!A1:B1"], accounts=rows)
    assert "row 3 (account_id, segment)" in noted(path)["header_found"]
    assert load(f"folder:{path}").accounts["account_id"].tolist() == ["A1", "A2"]


def test_a_header_in_two_rows_has_its_groups_above_its_columns(path):
    rows = [["account_id", "期間", None, "mrr_amount"], [None, "start", "end", None], *CONTRACTS[1:]]
    book(path, merged=["contracts!B1:C1", "contracts!A1:A2", "contracts!D1:D2"], contracts=rows)
    assert load(f"folder:{path}").contracts["mrr_amount"].tolist() == [1000, 2000]


def test_a_stated_row_of_the_header_is_taken(path):
    book(path, accounts=[["account_id", "segment"], ["id", "size"], ["A1", "smb"], ["A2", "mid"]])
    (path.parent / "mapping.toml").write_text('[accounts]\nheader_row = 2\naccount_id = "id"\n', encoding="utf-8")
    assert load(f"folder:{path}").accounts["account_id"].tolist() == ["A1", "A2"]
    (path.parent / "mapping.toml").write_text("[accounts]\nheader_row = 99\n", encoding="utf-8")
    assert "header_row = 99, but there are only 4 rows" in refused(path)


@pytest.mark.parametrize("epoch", [openpyxl.utils.datetime.WINDOWS_EPOCH, openpyxl.utils.datetime.MAC_EPOCH])
def test_days_are_days_whether_their_cells_are_formatted_or_bare_numbers(path, epoch):
    book(path, contracts=None)
    made = openpyxl.load_workbook(path)
    made.epoch = epoch
    page = made.create_sheet("contracts")
    page.append(["account_id", "start", "end"])
    page.append(["A1", dt.datetime(2023, 4, 1), openpyxl.utils.datetime.to_excel(dt.datetime(2024, 4, 1), epoch)])
    made.save(path)
    contracts = load(f"folder:{path}").contracts
    assert [str(day.date()) for day in contracts.loc[0, ["start", "end"]]] == ["2023-04-01", "2024-04-01"]
    assert "contracts#" not in noted(path)["cells_cleaned"] and "end [C]" in noted(path)["cells_cleaned"]


@pytest.mark.parametrize(
    ("form", "value", "yen"),
    [
        ('#,##0"千円"', 1200, 1_200_000),
        ('#,##0,"千円"', 1_200_000, 1_200_000),
        ("#,##0,", 1_200_000, 1_200_000),
        ('"¥"#,##0', 1200, 1200),
        ("0.00", 1200, 1200),
    ],
)
def test_an_amount_is_what_its_number_format_shows(path, form, value, yen):
    changed(book(path), "contracts", D2=(value, form), D3=(value, form))
    assert load(f"folder:{path}").contracts["mrr_amount"].tolist() == [yen, yen]


def test_a_currency_that_only_the_format_shows_is_refused_by_name(path):
    changed(book(path), "contracts", D3=(2000, "[$€-2] #,##0"))
    assert "mrr_amount [D]: amounts in EUR in a book in JPY (1×): row 3" in refused(path)


@pytest.mark.parametrize("title", ["単位:千円", "（単位：千円）"])
def test_a_unit_in_a_title_holds_for_the_amounts_below(path, title):
    book(path, contracts=[[None, None, None, title], *CONTRACTS])
    assert load(f"folder:{path}").contracts["mrr_amount"].tolist() == [1_000_000, 2_000_000]
    assert "千円" in noted(path)["unit_from_header"]


def test_amounts_that_are_shown_in_thousands_below_such_a_title_are_not_multiplied_again(path):
    book(path, contracts=[[None, None, None, "単位:千円"], *CONTRACTS])
    changed(path, "contracts", D3=(1_000_000, "#,##0,"), D4=(2_000_000, "#,##0,"))
    assert load(f"folder:{path}").contracts["mrr_amount"].tolist() == [1_000_000, 2_000_000]


def test_ids_that_are_numbers_and_shown_with_zeros_keep_them(path):
    book(path, accounts=[["account_id"], [7], [8]], contracts=[CONTRACTS[0], ["007", *CONTRACTS[1][1:]]])
    changed(path, "accounts", A2=(7, "000"), A3=(8, "000"))
    assert load(f"folder:{path}").accounts["account_id"].tolist() == ["007", "008"]


def test_totals_footnotes_and_repeated_headers_are_no_rows_and_are_counted(path):
    below = [CONTRACTS[0], ["A2", "2024-05-01", "2025-05-01", 500], [], ["合計", None, None, 3500], ["※ 税抜"]]
    notes = noted(book(path, contracts=[*CONTRACTS, *below]))
    assert len(load(f"folder:{path}").contracts) == 3
    assert {"totals_set_aside", "footnotes_set_aside", "header_repeated"} <= set(notes)


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        ([*CONTRACTS, [], ["region", "csm", "day", "note"], ["east", "Sato", "2024-04-01", "x"]], "A5"),
        ([[*row, None, *extra] for row, extra in zip(CONTRACTS, [["x", "y"], [1, 2], [3, 4]], strict=True)], "F1"),
    ],
)
def test_a_second_table_on_a_sheet_is_refused_with_its_first_cell(path, rows, cell):
    assert f"書類.xlsx#contracts, cell {cell}" in refused(book(path, contracts=rows))


def test_a_second_table_of_words_alone_is_told_by_its_head_below_codes(path):
    rows = [["account_id", "industry"], ["A1", "x"], ["A2", "y"], ["A3", "z"], [], ["担当", "部署"], ["佐藤", "営業"]]
    assert "書類.xlsx#accounts, cell A6" in refused(book(path, accounts=rows))


def test_blank_rows_do_not_make_two_tables_of_one(path):
    assert len(load(f"folder:{book(path, contracts=[*CONTRACTS[:2], [], CONTRACTS[2]])}").contracts) == 2


def test_formulas_that_nobody_computed_are_told_with_their_cells(path):
    text = refused(changed(book(path), "contracts", D2="=1+1", D3="=D2*2"))
    assert "書類.xlsx#contracts: formulas without a computed value (2×): D2, D3" in text and "save it" in text


def test_an_uncomputed_formula_outside_the_table_does_no_harm(path):
    book(path, contracts=[["x"], *CONTRACTS])
    changed(path, "contracts", A1="=TODAY()")
    assert len(load(f"folder:{path}").contracts) == 2


def test_cells_that_show_an_error_are_told(path):
    book(path)
    changed(path, "contracts", D2="#N/A")
    assert "#N/A" in refused(path) and "D2" in refused(path)


def test_merged_cells_within_the_table_are_told(path):
    book(path, merged=["contracts!A2:A3"])
    assert "merged cells within the table (1×): A2:A3" in refused(path)


def test_a_hidden_sheet_is_not_read_unless_a_mapping_names_it(path):
    book(path, 控え=[["account_id", "nps"], ["A1", 9], ["A2", 9]])
    made = openpyxl.load_workbook(path)
    made["控え"].sheet_state = "hidden"
    made.save(path)
    assert "書類.xlsx#控え" in noted(path)["sheets_hidden"]
    (path.parent / "mapping.toml").write_text('[accounts]\nsheet = "控え"\n', encoding="utf-8")
    assert load(f"folder:{path}").accounts["x_nps"].tolist() == [9, 9]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(508) + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (b"\xd0\xcf\x11\xe0" + bytes(508), "before 2007"),
        (b"PK\x03\x04 and nothing more", "damaged"),
        (b"account_id\nA1\n", "damaged"),
        (b"", "damaged"),
    ],
)
def test_a_workbook_that_cannot_be_read_says_why(tmp_path, content, told):
    (tmp_path / "my.xlsx").write_bytes(content)
    assert "my.xlsx" in refused(tmp_path / "my.xlsx") and told in refused(tmp_path / "my.xlsx")


def test_an_old_workbook_is_refused_with_the_cure(tmp_path):
    (tmp_path / "contracts.xls").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(508))
    assert "contracts.xls" in refused(tmp_path) and "Excel Workbook (.xlsx)" in refused(tmp_path)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_a_workbook_that_was_cut_off_is_refused_without_a_traceback(path, share):
    whole = book(path).read_bytes()
    path.write_bytes(whole[: int(share * len(whole))])
    assert "damaged" in refused(path)


def test_a_sheet_that_is_damaged_within_a_sound_workbook_is_refused(path, tmp_path):
    book(path)
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(broken, "w") as made:
        for item in whole.namelist():
            data = whole.read(item)
            made.writestr(item, data[: len(data) // 2] if item.endswith("sheet2.xml") else data)
    assert "damaged" in refused(broken)


def test_a_broken_workbook_beside_sound_files_that_nobody_needs_is_passed_over(path):
    book(path)
    (path.parent / "old.xlsx").write_bytes(b"PK")
    assert len(load(f"folder:{path.parent}").contracts) == 2


def test_a_workbook_with_macros_is_read_as_any_other(path):
    shutil.move(book(path), path.with_suffix(".xlsm"))
    assert len(load(f"folder:{path.with_suffix('.xlsm')}").contracts) == 2


def test_a_fault_names_sheet_row_and_column_letter(path):
    text = refused(changed(book(path), "contracts", A3="A9"))
    assert "書類.xlsx#contracts, row 3, account_id [A] = A9" in text


def test_a_column_without_a_name_is_told_by_its_letter(path):
    text = refused(book(path, contracts=[CONTRACTS[0], [*CONTRACTS[1], "?"], CONTRACTS[2]]))
    assert "row 1: column E holds values" in text


def test_nothing_on_the_disk_is_changed(path):
    before = book(path).read_bytes()
    load(f"folder:{path}")
    assert path.read_bytes() == before and [each.name for each in path.parent.iterdir()] == [path.name]
