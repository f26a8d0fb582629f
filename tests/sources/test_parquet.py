"""Parquet at the folder door: typed columns go the way of every other file; what is in the way is told."""

import datetime as dt
import sys
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from cslab.faults import DataError
from cslab.sources import load
from cslab.sources.findings import Findings
from cslab.sources.parquet import ROWS, arrow, read_cells, read_tables, write_tables

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")


def cells(folder: Path, **columns: object) -> dict[str, list[str]]:
    path = folder / "a.parquet"
    parquet.write_table(pa.table(columns), path)
    read = read_cells(path, Findings())
    assert read is not None and read.index[0] == 1
    return read.to_dict("list")


@pytest.mark.parametrize(
    ("values", "read"),
    [
        (["A1", None], ["A1", ""]),
        ([True, None, False], ["true", "", "false"]),
        ([1, None], ["1", ""]),
        ([1.0, 0.1, float("nan")], ["1.0", "0.1", ""]),
        ([Decimal("1.50")], ["1.50"]),
        ([dt.date(2024, 4, 1), None], ["2024-04-01", ""]),
        ([dt.datetime(2024, 4, 1), dt.datetime(2024, 4, 1, 9, 30)], ["2024-04-01", "2024-04-01 09:30:00"]),
        ([dt.datetime(2024, 4, 1, tzinfo=dt.UTC)], ["2024-04-01 00:00:00+00:00"]),
        ([[1, 2]], ["[1, 2]"]),
        (pa.array(["it", None, "it"]).dictionary_encode(), ["it", "", "it"]),
    ],
)
def test_a_cell_is_the_text_that_would_stand_in_a_csv_file(tmp_path, values, read):
    assert cells(tmp_path, x=values) == {"x": read}


def test_a_folder_of_parquet_is_a_source_like_any_other(tmp_path):
    accounts = pd.DataFrame({"顧客番号": ["A1", "A2"], "NPS": [9, 7]})
    contracts = pd.DataFrame({"account_id": ["A1", "A2"], "start": pd.to_datetime(["2023-04-01", "2023-05-01"])})
    parquet.write_table(arrow(accounts), tmp_path / "accounts.parquet")
    parquet.write_table(arrow(contracts.assign(end=None)), tmp_path / "contracts.parquet")
    (tmp_path / "mapping.toml").write_text('[accounts]\naccount_id = "顧客番号"\n', encoding="utf-8")
    book = load(f"folder:{tmp_path}")
    assert book.accounts["x_nps"].tolist() == [9, 7]
    assert book.contracts["start"].tolist() == [*contracts["start"]]


def refusal(folder: Path, lang: str = "en") -> str:
    with pytest.raises(DataError) as error:
        load(f"folder:{folder}")
    return error.value.text(lang)


@pytest.fixture
def folder(tmp_path) -> Path:
    write_tables(tmp_path / "accounts.parquet", [arrow(pd.DataFrame({"account_id": ["A1", "A1"]}))])
    (tmp_path / "contracts.csv").write_text("account_id,start,end\nA1,2023-04-01,2024-04-01\n", encoding="utf-8")
    return tmp_path


def test_a_fault_names_the_row_counted_from_one(folder):
    assert "accounts.parquet, row 2" in refusal(folder)


def test_without_the_extra_the_file_is_named_with_what_to_install(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert "accounts.parquet" in refusal(folder) and "pip install" in refusal(folder)
    assert "追加パッケージ" in refusal(folder, "ja")


def test_without_the_extra_many_files_are_one_fault_with_their_number(folder, monkeypatch):
    for name in ("contracts", "tickets", "touches"):
        (folder / f"{name}.parquet").write_bytes(b"PAR1")
    (folder / "contracts.csv").unlink()
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert refusal(folder).count("pip install") == 1 and "(4×)" in refusal(folder)


def test_what_is_no_parquet_is_told(folder):
    (folder / "accounts.parquet").write_text("account_id\nA1\n", encoding="utf-8")
    assert "accounts.parquet" in refusal(folder) and "Traceback" not in refusal(folder)


def test_two_columns_of_one_name_are_told(folder):
    twice = pa.Table.from_arrays([pa.array(["A1"]), pa.array(["A2"])], names=["account_id", "account_id"])
    parquet.write_table(twice, folder / "accounts.parquet")
    assert "account_id" in refusal(folder)


def test_two_files_of_one_table_are_told(folder):
    (folder / "accounts.csv").write_text("account_id\nA1\n", encoding="utf-8")
    assert "accounts.csv, accounts.parquet" in refusal(folder)


def test_row_groups_do_not_depend_on_the_pieces(tmp_path):
    frame = pd.DataFrame({"account_id": [f"A{number}" for number in range(2 * ROWS + 5)]})
    files = []
    for size in (len(frame), ROWS - 7, 1000):
        path = tmp_path / f"{size}.parquet"
        write_tables(path, (arrow(frame.iloc[first : first + size]) for first in range(0, len(frame), size)))
        files.append(path.read_bytes())
        assert [len(table) for table in read_tables(path)] == [ROWS, ROWS, 5]
    assert files[0] == files[1] == files[2]


def test_a_column_without_a_value_has_the_type_of_its_column():
    empty = pd.DataFrame({"day": pd.to_datetime([None]), "word": pd.Series([None], dtype=object)})
    assert [str(kind) for kind in arrow(empty).schema.types] == ["date32[day]", "string"]
