"""A DuckDB file as a company: its tables read, its log left where it is, nobody named, nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest

import cslab
from cslab.faults import DataError, NotReady, UsageError
from tests.sources.database.conftest import Configure

pytestmark = pytest.mark.events

ACCOUNTS = "SELECT * FROM (VALUES (17, 'Acme KK'), (18, 'Globex')) AS t(id, name)"
CONTRACTS = """SELECT * FROM (VALUES (17, date '2024-01-01', date '2025-01-01'),
(18, date '2024-02-01', date '2025-02-01')) AS t(account_id, start, "end")"""
LOG = """SELECT * FROM (VALUES
(17, 'hanako@example.jp', timestamp '2024-04-01 09:00', 'sign_in'),
(17, 'taro', timestamp '2024-04-02 09:00', 'sign_in'),
(17, 'taro', timestamp '2024-05-10 09:00', 'sign_in'), (99, 'jiro', timestamp '2024-04-02 09:00', 'sign_in'),
(18, 'saburo', NULL, 'sign_in')) AS t(cust, who, ts, what)"""
MAPPING = """[accounts]
table = "customers"
account_id = "id"
account_name = "name"
[events]
table = "log"
account_id = "cust"
user = "who"
at = "ts"
event = { column = "what", values = { sign_in = "login" } }
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    import duckdb

    path = tmp_path / "会社 1.duckdb"
    with duckdb.connect(str(path)) as made:
        for name, query in {"customers": ACCOUNTS, "contracts": CONTRACTS, "log": LOG}.items():
            made.execute(f"CREATE TABLE {name} AS {query}")
    return path


@pytest.fixture
def section(file: Path) -> str:
    return f'engine = "duckdb"\npath = "{file.as_posix()}"'


def test_tables_and_months_come_from_the_file(configured: Configure, section: str):
    book = cslab.load(configured(section, MAPPING))
    assert book.confidential
    assert str(book.as_of.date()) == "2024-05-10"  # the last event: nothing else says more
    months = book.usage_monthly[["account_id", "logins"]].assign(month=book.usage_monthly["month"].dt.month)
    assert months.values.tolist() == [["17", 2, 4]]  # May is not over, nobody knows 99, the event of 18 has no time
    said = {note.key: note.values for note in book.notes}
    assert (said["months_counted"]["events"], said["log_strangers"]["accounts"], said["log_timeless"]["events"]) == (
        3,
        1,
        1,
    )
    assert "log_local_time" in said


def test_nobody_is_named_by_the_log(configured: Configure, section: str):
    book = cslab.load(configured(section, MAPPING))
    events = book.usage_events.to_pandas()
    assert {*events["user"]} == {1, 2}
    assert "Acme" not in repr(book.accounts) + repr(book) + "".join(note.text("ja") for note in book.notes)


def test_an_account_that_goes_by_its_name_goes_by_its_pseudonym_in_the_log_too(configured: Configure, section: str):
    named = MAPPING.replace('account_id = "id"', 'account_id = "name"')
    named = named.replace('account_id = "cust"', 'account_id = { column = "cust", values = { "17" = "Acme KK" } }')
    contracts = '[contracts]\naccount_id = { column = "account_id", values = { "17" = "Acme KK", "18" = "Globex" } }\n'
    book = cslab.load(configured(section, contracts + named))
    (name,) = {*book.usage_events.account_id.to_pandas()}
    assert name.startswith("p_") and name in {*book.accounts["account_id"]}
    assert {*book.usage_monthly["account_id"]} == {name}


def test_a_book_as_of_a_day_has_the_months_that_were_over_then(configured: Configure, section: str):
    source = configured(section, "as_of = 2024-05-31\n" + MAPPING)
    assert cslab.load(source).usage_monthly["month"].dt.month.tolist() == [4, 5]
    assert cslab.load(source, as_of="2024-05-30").usage_monthly["month"].dt.month.tolist() == [4]


def test_every_wrong_name_of_the_mapping_is_told_with_the_nearest(configured: Configure, section: str):
    wrong = MAPPING.replace('"customers"', '"custommers"').replace('user = "who"', 'user = "woh"') + 'time = "ts"\n'
    with pytest.raises(DataError) as told:
        cslab.load(configured(section, wrong))
    assert [(fault.key, fault.values["near"]) for fault in told.value.faults] == [
        ("mapping_key", "-"),
        ("database_no_table", "customers"),
        ("log_column_absent", "who"),
    ]


def test_a_log_of_other_accounts_is_refused(configured: Configure, section: str):
    strange = MAPPING.replace('account_id = "cust"', 'account_id = { column = "what" }')
    with pytest.raises(DataError, match="zeros in front"):
        cslab.load(configured(section, strange))


def test_a_query_that_outlives_its_time_is_stopped(configured: Configure, file: Path, section: str):
    import duckdb

    with duckdb.connect(str(file)) as made:
        endless = "SELECT 17 AS id, 'A' AS name FROM range(10000000) a, range(10000000) b WHERE a.range * b.range = -1"
        made.execute(f"CREATE OR REPLACE VIEW slow AS {endless}")
    with pytest.raises(NotReady, match=r"after 0\.2 seconds"):
        cslab.load(configured(f"{section}\ntimeout_seconds = 0.2", MAPPING.replace('"customers"', '"slow"')))


def test_a_cell_in_an_error_of_the_engine_is_not_repeated(configured: Configure, file: Path, section: str):
    import duckdb

    with duckdb.connect(str(file)) as made:
        made.execute("CREATE VIEW bad AS SELECT CAST(name AS INTEGER) AS id, name FROM customers")
    with pytest.raises(NotReady) as told:
        cslab.load(configured(section, MAPPING.replace('"customers"', '"bad"')))
    assert told.value.faults[0].key == "database_failed"
    assert "Acme" not in told.value.text("en") + told.value.text("ja")


def test_a_file_that_is_no_database_or_not_there_is_told(configured: Configure, file: Path, tmp_path: Path):
    (tmp_path / "b.duckdb").write_text("no database", encoding="utf-8")
    for path, key in (
        (tmp_path / "b.duckdb", "database_unreachable"),
        (tmp_path / "会社 2.duckdb", "database_no_file"),
    ):
        with pytest.raises(UsageError) as told:
            cslab.load(configured(f'engine = "duckdb"\npath = "{path.as_posix()}"'))
        assert told.value.faults[0].key == key


def test_nothing_is_written_to_the_file(configured: Configure, file: Path, section: str):
    before = file.read_bytes()
    book = cslab.load(configured(section, MAPPING))
    assert len(book.usage_monthly) == 1
    assert file.read_bytes() == before


def test_files_named_in_a_database_and_tables_named_in_a_folder_are_told(
    configured: Configure, section: str, tmp_path: Path
):
    with pytest.raises(DataError, match="are for folders"):
        cslab.load(configured(section, MAPPING.replace("[accounts]", '[accounts]\nfile = "a.csv"')))
    with pytest.raises(DataError, match="use is for folders"):
        cslab.load(configured(section, 'use = ["zendesk"]\n' + MAPPING))
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "accounts.csv").write_text("account_id\nA1\n", encoding="utf-8")
    (folder / "contracts.csv").write_text("account_id,start,end\nA1,2024-04-01,2025-04-01\n", encoding="utf-8")
    (folder / "mapping.toml").write_text('[accounts]\ntable = "customers"\n', encoding="utf-8")
    with pytest.raises(DataError, match="are for databases"):
        cslab.load(f"folder:{folder}")


def test_an_option_behind_the_name_is_refused():
    with pytest.raises(UsageError, match="takes no parameters"):
        cslab.load("database:dwh?limit=3")
