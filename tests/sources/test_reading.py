"""One file as it stands: letters, delimiter, rows with the numbers that a spreadsheet shows."""

from pathlib import Path

import pytest

from cslab.faults import DataError
from cslab.sources import load
from cslab.sources.findings import Findings
from cslab.sources.reading import header_of, read_cells, read_text

KANJI = "顧客番号,会社名\nA1,東京商事\n"


def read(path: Path, encoding: str = "") -> tuple[str | None, Findings]:
    findings = Findings()
    return read_text(path, findings, encoding), findings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_japanese_is_read_in_the_encodings_that_spreadsheets_write(tmp_path, encoding):
    path = tmp_path / "顧客 一覧.csv"
    path.write_bytes(KANJI.encode(encoding))
    text, findings = read(path)
    assert text == KANJI
    assert [note.key for note in findings.notes] == (["file_encoding"] if encoding == "cp932" else [])


def test_euc_jp_is_not_taken_for_cp932_and_is_read_when_declared(tmp_path):
    path = tmp_path / "a.csv"
    either = "id,状態\nA1,はい\n"  # its bytes are also valid cp932, of other letters
    path.write_bytes(either.encode("euc_jp"))
    text, findings = read(path)
    assert (text, findings.faults[0].key) == (None, "encoding_doubtful")
    assert read(path, "euc_jp")[0] == either


def test_bytes_that_no_encoding_explains_are_told_with_their_row(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"id\nA1\n\x81\xff\n")
    text, findings = read(path)
    assert text is None
    assert "row 3" in findings.faults[0].text("en")
    assert "CSV UTF-8" in findings.faults[0].text("en") or ".xlsx" in findings.faults[0].text("en")


def test_letters_that_were_lost_earlier_are_told(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id\nA1\nA\ufffd\n", encoding="utf-8")
    assert "row 3" in read(path)[1].faults[0].text("en")


def test_an_unknown_encoding_in_a_mapping_is_told(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id\n", encoding="utf-8")
    assert 'encoding = "utf-9"' in read(path, "utf-9")[1].faults[0].text("en")


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_the_delimiter_is_found(mark):
    assert header_of(f"id{mark}start{mark}end\n1{mark}2{mark}3\n") == (["id", "start", "end"], mark)


def test_a_delimiter_inside_quotation_marks_divides_nothing():
    cells = read_cells('id;name\nA1;"Tokyo, Ltd; ""East"""\n', "a.csv", Findings())
    assert cells["name"].tolist() == ['Tokyo, Ltd; "East"']


def test_rows_keep_the_numbers_of_the_spreadsheet_over_blank_lines_and_breaks_inside_cells():
    cells = read_cells('\nid,note\n\nA1,"two\nlines"\n,\nA2,x\n', "a.csv", Findings())
    assert cells.index.tolist() == [4, 6]
    assert cells["id"].tolist() == ["A1", "A2"]


@pytest.mark.parametrize("text", ["id,fee\nA1,1\nA2\n", 'id,fee\n"A1",1\nA2\n'])
def test_a_row_that_was_cut_off_is_not_filled_up(text):
    findings = Findings()
    assert read_cells(text, "a.csv", findings) is None
    assert "3 (1)" in findings.faults[0].text("en")


def test_a_quotation_mark_that_stays_open_is_told():
    findings = Findings()
    assert read_cells('id,fee\n"A1,1\n' + "A2,2\n" * 40_000, "a.csv", findings) is None
    assert findings.faults[0].key == "quotes_open"


def test_two_columns_of_one_name_and_a_nameless_column_are_told():
    findings = Findings()
    assert read_cells("id,fee,fee\nA1,1,2\n", "a.csv", findings) is None
    assert read_cells(",id\n0,A1\n", "a.csv", findings) is None
    assert [fault.key for fault in findings.faults] == ["header_twice", "header_blank"]


def test_a_nameless_column_without_values_falls_away():
    assert list(read_cells("id,fee,\nA1,1,\n", "a.csv", Findings())) == ["id", "fee"]


def test_a_quotation_mark_that_stays_open_in_a_later_row_is_told_with_its_row():
    findings = Findings()
    assert read_cells('\nid,memo\nA1,"two\nlines"\nA2,"open\nA3,x\n', "a.csv", findings) is None
    assert (findings.faults[0].key, findings.faults[0].values["row"]) == ("quotes_open", 4)


@pytest.mark.parametrize("hurt", [lambda data: data[:-2], lambda data: data.replace("会".encode(), b"\xe4\xbc")])
def test_damaged_utf8_is_not_read_as_other_letters(tmp_path, hurt):
    path = tmp_path / "a.csv"
    path.write_bytes(hurt(KANJI.encode()))
    text, findings = read(path)
    assert (text, findings.faults[0].key, findings.notes) == (None, "file_broken_letters", [])


@pytest.mark.parametrize("word", ["ｶﾌﾞｼｷｶﾞｲｼｬﾃｽﾄ", "邀撃・滑稽な蟹", "表示ソート能力"])
def test_cp932_is_not_taken_for_damaged_utf8(tmp_path, word):
    path = tmp_path / "a.csv"
    path.write_bytes(f"番号,名前\nA1,{word}\n".encode("cp932"))
    assert word in (read(path)[0] or "")


def test_the_unicode_text_of_excel_is_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(KANJI.replace(",", "\t").encode("utf-16"))
    text, findings = read(path)
    assert text == KANJI.replace(",", "\t")
    assert [note.values["encoding"] for note in findings.notes] == ["utf-16"]


@pytest.mark.parametrize(
    ("data", "key"), [(b"PK\x03\x04\x14", "file_is_workbook"), (b"id,memo\nA1,a\x00b\n", "file_not_text")]
)
def test_what_is_no_text_is_told(tmp_path, data, key):
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    text, findings = read(path)
    assert (text, findings.faults[0].key) == (None, key)
    assert "CSV UTF-8" in findings.faults[0].text("en") or ".xlsx" in findings.faults[0].text("en")


@pytest.mark.parametrize(("name", "mark"), [("contracts.txt", "|"), ("contracts.txt", ";"), ("contracts.csv", "\t")])
def test_whatever_divides_the_header_divides_the_rows(tmp_path, name, mark):
    (tmp_path / "accounts.csv").write_text("account_id\nA1\n", encoding="utf-8")
    rows = [("account_id", "start", "end"), ("A1", "2023-04-01", "2024-04-01")]
    (tmp_path / name).write_text("\n".join(map(mark.join, rows)), encoding="utf-8")
    assert len(load(f"folder:{tmp_path}").contracts) == 1


def test_a_text_file_beside_the_only_table_is_taken_for_a_note(tmp_path):
    (tmp_path / "customers.csv").write_text("account_id,start,end\nA1,2023-04-01,2024-04-01\n", encoding="utf-8")
    (tmp_path / "read me.txt").write_text("Made on Monday, by hand.\n", encoding="utf-8")
    (tmp_path / "mapping.toml").write_text("[accounts]\n[contracts]\n", encoding="utf-8")
    assert len(load(f"folder:{tmp_path}").accounts) == 1


def test_a_mapping_says_in_which_line_the_names_stand(tmp_path):
    (tmp_path / "accounts.csv").write_text('"a title, in\ntwo lines"\n\naccount_id\nA1\n', encoding="utf-8")
    (tmp_path / "contracts.csv").write_text("account_id,start,end\nA9,2023-04-01,2024-04-01\n", encoding="utf-8")
    (tmp_path / "mapping.toml").write_text("[accounts]\nheader_row = 4\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"row 2, account_id = A9: not in accounts\.csv"):
        load(f"folder:{tmp_path}")
    (tmp_path / "mapping.toml").write_text("[accounts]\nheader_row = 40\n", encoding="utf-8")
    with pytest.raises(DataError, match="header_row = 40, but there are only"):
        load(f"folder:{tmp_path}")
