"""What a folder is refused for: what, where, how to go on; all of it at once; nothing changed on the disk."""

from pathlib import Path

import pytest

from cslab.faults import UsageError
from cslab.sources import load


def names(text: str, *parts: str) -> bool:
    """Whether a message holds all the parts that a person needs to go on."""
    missing = [part for part in parts if part not in text]
    assert not missing, f"{missing} not in:\n{text}"
    return True


def said(source: str, lang: str = "en") -> str:
    with pytest.raises(UsageError) as error:
        load(source)
    return error.value.text(lang)


def test_a_folder_that_is_not_there_is_told_with_the_nearest_name(tmp_path):
    (tmp_path / "exports").mkdir()
    assert names(said(f"folder:{tmp_path}/exprots"), "no such folder", "exports", "Check the spelling")
    assert names(said(f"folder:{tmp_path}/exprots", "ja"), "見つかりません", "exports", "綴り")


def test_a_file_in_place_of_a_folder_is_told_with_its_folder(export):
    folder = export()
    assert names(said(f"folder:{folder / 'accounts.csv'}"), "is a file", f"folder:{folder}")


def test_a_folder_that_may_not_be_read_is_told(export, monkeypatch):
    def refuse(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    folder = export()
    monkeypatch.setattr(Path, "iterdir", refuse)
    assert names(said(f"folder:{folder}"), str(folder), "cannot be opened", "Permission denied")


def test_a_path_that_no_system_allows_is_told():
    assert names(said("folder:" + "a" * 5000), "cannot be opened")


def test_a_folder_without_csv_is_told_with_what_is_there(export, complaint):
    folder = export(accounts=None, contracts=None)
    (folder / "accounts.ods").write_bytes(b"PK")
    assert names(complaint(folder), "no CSV, Excel or Parquet file", "accounts.ods", "cslab template")


def test_a_required_table_without_a_file_is_told_with_the_nearest_file(export, complaint):
    folder = export(contracts=None, contract="account_id,start,end\nA1,2023-04-01,2024-04-01\n")
    assert names(complaint(folder), "contracts: no file", "nearest: contract.csv", "contracts.csv")


def test_two_files_for_one_table_are_told(export, complaint):
    folder = export()
    (folder / "contracts.tsv").write_text("account_id\tstart\tend\n", encoding="utf-8")
    assert names(complaint(folder), "contracts.csv, contracts.tsv", "two files", "file = ")


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_an_empty_file_is_told(export, complaint, content):
    assert names(complaint(export(accounts=content)), "accounts.csv", "empty", "Export it again")


def test_a_header_without_rows_is_told(export, complaint):
    folder = export(contracts="account_id,start,end\n")
    assert names(complaint(folder), "contracts.csv", "no rows", "Export it again")
    assert names(complaint(folder, "ja"), "contracts.csv", "見出し行だけ")


def test_a_missing_required_column_is_told_with_the_nearest_of_the_file(export, complaint):
    folder = export(accounts="Acount_ID,plan\nA1,basic\n")
    assert names(complaint(folder), "accounts.csv", "account_id is missing", "Acount_ID", "mapping.toml")
    assert names(complaint(folder, "ja"), "必須の列 account_id", "Acount_ID")


def test_contracts_without_any_span_are_told_with_both_ways(export, complaint):
    text = complaint(export(contracts="account_id,begin\nA1,2023-04-01\n"))
    assert names(text, "contracts.csv", "start and end", "tenure_months and ended", "account_id, begin")


def test_an_unknown_word_is_told_with_the_known_ones_and_the_line_to_write(export, complaint):
    folder = export(contracts="account_id,start,end,outcome\nA1,2023-04-01,2024-04-01,renewd\n")
    text = complaint(folder)
    assert names(text, "contracts.csv", "column outcome", 'first in row 2): "renewd" 1×', "open, renewed")
    assert names(text, 'outcome = { column = "outcome", values = { "renewd" = "renewed" } }')


def test_unknown_words_are_told_once_each_with_how_often_they_stand_there(export, complaint):
    rows = [f"A{number},2023-04-01,2024-04-01,{'yearly' if number % 3 else 'Mthly'}" for number in range(9)]
    accounts = "\n".join(["account_id", *(f"A{number}" for number in range(9))])
    text = complaint(export(accounts=accounts, contracts="\n".join(["account_id,start,end,billing", *rows])))
    assert names(text, '9×, first in row 2): "yearly" 6×, "Mthly" 3×.')


def test_capitals_and_full_width_letters_make_no_other_word_and_are_noted(export):
    rows = "A1,2023-04-01,2024-04-01,Monthly\nA1,2024-04-01,2025-04-01,ＡＮＮＵＡＬ\n"
    book = load(f"folder:{export(contracts='account_id,start,end,billing' + chr(10) + rows)}")
    assert list(book.contracts["billing"]) == ["monthly", "annual"]
    assert [note.values["count"] for note in book.notes if note.key == "cells_cleaned"] == [2]


def test_a_missing_column_is_told_with_every_column_that_is_there(export, complaint):
    folder = export(tickets="ticket_id,account_id,created,reopened\nT1,A1,2023-05-01,no\n")
    text = complaint(folder)
    assert names(text, "required column opened_on", "nearest", "found: ticket_id, account_id, created, reopened")


def test_the_advice_names_the_header_of_the_file(export, complaint):
    text = complaint(
        export(
            contracts="id,開始,end\nA1,03/04/2023,2024-04-01\n",
            mapping='[contracts]\naccount_id = "id"\nstart = "開始"\n',
        )
    )
    assert names(
        text, "column 開始 (start)", '2 "03/04/2023"', 'start = { column = "開始", date_format = "DD/MM/YYYY" }'
    )


@pytest.mark.parametrize("broken", [b"account_id,account_name\nA1,\x81\xff\n", "account_id\nA\ufffd\n".encode()])
def test_mojibake_is_told_with_its_row(export, complaint, broken):
    assert names(complaint(export(accounts=broken)), "accounts.csv, row 2", "CSV UTF-8")


def test_dates_of_two_readings_and_of_two_ways_of_writing_are_told(export, complaint):
    rows = "A1,03/04/2023,2024-04-01\nA2,05/04/2023,2024/05/01\n"
    text = complaint(export(contracts="account_id,start,end\n" + rows))
    assert names(text, "column start", "could be in another order (2×)", '2 "03/04/2023", 3 "05/04/2023"')
    assert names(text, "column end", "not written like the rest", '3 "2024/05/01"')


def test_negative_money_is_told(export, complaint):
    text = complaint(export(contracts="account_id,start,end,mrr_amount\nA1,2023-04-01,2024-04-01,-500\n"))
    assert names(text, "contracts.csv, row 2", "mrr_amount", "-500", "sign")


def test_letters_in_money_are_told_with_the_line_that_takes_them_off(export, complaint):
    text = complaint(export(contracts='account_id,start,end,mrr_amount\nA1,2023-04-01,2024-04-01,"税別30,000"\n'))
    assert names(text, "column mrr_amount", '2 "税別30,000"', 'mrr_amount = { column = "mrr_amount", strip = ["..."] }')


def test_only_the_first_offending_cells_are_shown_and_all_are_counted(export, complaint):
    rows = "".join(f"A{number},2023-04-01,2024-04-01,abc\n" for number in range(1, 1001))
    ids = "".join(f"A{number}\n" for number in range(1, 1001))
    text = complaint(export(accounts="account_id\n" + ids, contracts="account_id,start,end,mrr_amount\n" + rows))
    assert names(text, "(1000×)", '2 "abc"', '21 "abc"')
    assert '22 "abc"' not in text


@pytest.mark.parametrize(
    ("accounts", "contracts", "parts"),
    [
        ("account_id\nA1\nA1\nA2\n", None, ["accounts.csv, row 3", "account_id = A1", "earlier row"]),
        ("account_id\nA1\n", None, ["contracts.csv, row 3", "account_id = A2", "not in accounts.csv", "A1"]),
        ('account_id\nA1\nA2\n" "\n', None, ["accounts.csv, row 4", "account_id is empty"]),
        (None, "A1,2023-04-01,2024-04-01\nA1,2024-03-01,2025-03-01\n", ["contracts.csv, row 3", "A1", "same product"]),
        (None, "A1,2024-04-01,2023-04-01\n", ["contracts.csv, row 2", "2023-04-01", "not after start (2024-04-01)"]),
        (None, "A1,,2023-04-01\n", ["contracts.csv", "column start", "empty (1×): row 2", "Fill it in"]),
        (None, ",2022-04-01,2023-04-01\n", ["contracts.csv, row 2", "account_id is empty", "Fill it in"]),
    ],
)
def test_keys_and_spans_that_do_not_hold_are_told_with_their_row(export, complaint, accounts, contracts, parts):
    files = {"accounts": accounts} if accounts else {"contracts": "account_id,start,end\n" + str(contracts)}
    assert names(complaint(export(**files)), *parts)


def test_all_faults_of_all_files_are_told_at_once(export, complaint):
    folder = export(
        accounts="account_id,employees\nA1,ten\nA1,5\n",
        contracts="account_id,start,end,mrr_amount\nA9,2023-04-01,2023-04-31,30千円\nA1,2023-04-01,2022-01-01,100\n",
        usage_monthly="account_id,month,logins\nA1,2023-04,1.5\nA1,April,2\n",
        mapping='currency = "JPY"\nlanguage = "ja"\n',
    )
    text = complaint(folder)
    assert text.startswith(f"9 faults in folder:{folder}")
    assert names(text, "language", "ten", "A9", "2023-04-31", "30千円", "2022-01-01", "1.5", "April", "row 3")


def test_a_cell_that_cannot_be_read_is_not_called_empty_as_well(export, complaint):
    text = complaint(export(contracts="account_id,start,end\nA1,someday,2024-04-01\n"))
    assert text.startswith("1 fault ")


def test_nothing_on_the_disk_is_changed(export, complaint):
    folder = export(accounts="account_id\nA1\nA1\n")
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*")}
    complaint(folder)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*")} == before


@pytest.mark.parametrize(
    ("toml", "parts"),
    [
        ("[contract]\n", ["mapping.toml, contract", "nearest: contracts"]),
        ("as_off = 2024-03-31\n", ["mapping.toml, as_off", "nearest: as_of"]),
        ('[contracts]\nstrat = "x"\n', ["contracts.strat", "nearest: start"]),
        ('[contracts]\nend = { colum = "end" }\n', ["contracts.end.colum", "nearest: column"]),
        ("[contracts]\nend = 3\n", ["contracts.end", "Write it like"]),
        ('[contracts]\nend = { column = "ende" }\n', ["contracts.csv, column ende", "contracts.end", "nearest: end"]),
        ('[contracts]\nend = { constant = "2024-04-01", column = "end" }\n', ["contracts.end", "one way only"]),
        ("[contracts]\nend = { inverted = true }\n", ["contracts.end.inverted", "flag", "date"]),
        ('[contracts]\nend = { date_format = "%d/%m" }\n', ["contracts.end.date_format", "%d/%m", "DD/MM/YYYY"]),
        ("[contracts]\nterm_months = { divide_by = 0 }\n", ["contracts.term_months.divide_by", "12"]),
        ('[contracts]\nterm_months = { months_between = ["start", "ende"] }\n', ["contracts.term_months", "ende"]),
        ('[contracts]\nterm_months = { months_between = ["start"] }\n', ["contracts.term_months.months_between"]),
        ('[contracts]\nterm_months = { ratio = ["start"] }\n', ["contracts.term_months.ratio"]),
        ('[contracts]\nterm_months = { ratio = ["start", "end"] }\n', ["contracts.term_months", "count/number/money"]),
        ('[accounts]\nfile = "acounts.csv"\n', ['file = "acounts.csv"', "nearest: accounts.csv"]),
        ('as_of = "soon"\n', ['as_of = "soon"', "2024-03-31"]),
        ('as_of = "2024-W13"\n', ['as_of = "2024-W13"', "2024-03-31"]),
        ("[accounts\n", ["mapping.toml", "line 1"]),
        ('[accounts]\n顧客 = "a"\n', ["mapping.toml", "quotation marks"]),
    ],
)
def test_a_mapping_that_cannot_be_followed_is_told_with_its_key(export, complaint, toml, parts):
    assert names(complaint(export(mapping=toml)), *parts)


def test_a_stated_day_before_all_contracts_is_told_with_their_days(export, complaint):
    assert names(complaint(export(mapping="as_of = 2003-04-30")), "as_of = 2003-04-30", "2023-04-01", "2023-05-01")


def test_a_mapping_that_is_not_utf8_is_told(export, complaint):
    assert names(complaint(export(mapping='[accounts]\nfile = "顧客.csv"\n'.encode("cp932"))), "mapping.toml", "UTF-8")


def test_a_mapping_name_that_is_not_known_is_told_with_the_nearest(export):
    assert names(said(f"folder:{export()}?mapping=telko"), "telko", "nearest: telco", "datasets/MAPPING.md")


def test_two_columns_that_would_get_one_name_are_told(export, complaint):
    assert names(complaint(export(accounts="account_id,N P S,n_p_s\nA1,1,2\nA2,3,4\n")), "N P S, n_p_s", "x_n_p_s")


@pytest.mark.parametrize("name", ["mapping.toml.txt", "mapping (1).toml", "mapping.txt"])
def test_a_mapping_of_almost_the_right_name_is_not_passed_over(export, complaint, name):
    folder = export()
    (folder / name).write_text("as_of = 2024-03-31", encoding="utf-8")
    assert names(complaint(folder), name, "mapping.toml exactly", "Rename")


def test_a_workbook_that_cannot_be_opened_is_told_where_its_table_is_missing(export, complaint):
    folder = export(accounts=None)
    (folder / "accounts.xlsx").write_bytes(b"PK")
    (folder / "~$accounts.xlsx").write_bytes(b"")
    text = complaint(folder)
    assert names(text, "accounts.xlsx", "damaged", ".xlsx")
    assert "~$" not in text


def test_a_mapped_file_of_another_kind_is_told_how_to_save_it(export, complaint):
    folder = export(accounts=None, mapping='[accounts]\nfile = "客.json"\n')
    (folder / "客.json").write_text("{}", encoding="utf-8")
    assert names(complaint(folder), 'file = "客.json"', ".csv", ".xlsx", "Save it")


def test_a_fault_is_told_in_the_column_names_of_the_file(export, complaint):
    folder = export(
        accounts="番号\nA1\n",
        contracts="番号,start,end,月額\nA9,2023-04-01,2024-04-01,-5\n",
        mapping='[accounts]\naccount_id = "番号"\n[contracts]\naccount_id = "番号"\nmrr_amount = "月額"\n',
    )
    assert names(complaint(folder), "番号 (account_id) = A9", "月額 (mrr_amount) = -5")


def test_a_mapping_that_cannot_be_read_is_the_only_fault_told(export, complaint):
    folder = export(contracts="顧客,開始,終了\nA1,2023-04-01,2024-04-01\n", mapping='[contracts]\naccount_id = "顧客\n')
    text = complaint(folder)
    assert len(text.splitlines()) == 3
    assert "cannot be read as TOML" in text


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_no_nearest_name_is_offered_where_none_is_near(export, complaint, lang):
    text = complaint(export(mapping="zzzzqqqq = 1"), lang)
    assert "zzzzqqqq" in text
    assert "nearest:" not in text and "近い名前" not in text
