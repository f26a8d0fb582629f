"""How a database is described: every slip told at once, none of the secrets told at all."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from cslab.faults import UsageError
from cslab.sources.database.limits import reason, without_secret
from cslab.sources.database.settings import Connection, read_connection
from cslab.sources.database.urls import read_url
from tests.sources.database.conftest import Configure

ROOT = Path(__file__).resolve().parents[3]


def keys(name: str = "dwh") -> list[str]:
    with pytest.raises(UsageError) as told:
        read_connection(name)
    assert "hunter2" not in told.value.text("en") + told.value.text("ja") + repr(told.value)
    return [fault.key for fault in told.value.faults]


def test_all_slips_of_a_section_are_told_at_once(configured: Configure):
    configured('engine = "postgres"\npasword_file = "x"\npassword = "hunter2"\nport = "5432"')
    assert keys() == ["database_key", "database_password_here", "database_lacks", "database_value"]


def test_a_misspelt_engine_is_told_with_the_nearest(configured: Configure):
    configured('engine = "postgre"')
    assert keys() == ["database_engine"]
    with pytest.raises(UsageError, match='"postgres"'):
        read_connection("dwh")


def test_a_name_that_is_not_there_is_told_with_the_nearest(configured: Configure):
    configured('engine = "duckdb"\npath = "a.duckdb"', name="warehouse")
    with pytest.raises(UsageError, match="nearest: warehouse"):
        read_connection("warehaus")


def test_a_broken_file_is_not_quoted(configured: Configure):
    configured('engine = "postgres"\npassword_file = hunter2')
    assert keys() == ["database_toml"]


@pytest.mark.parametrize(
    "url", ["hunter2", "mysql://me:hunter2@host/db", "postgresql://me:hunter2@host:no/db", "duckdb:"]
)
def test_an_address_that_is_none_is_not_repeated(configured: Configure, monkeypatch: pytest.MonkeyPatch, url: str):
    configured('engine = "duckdb"')
    monkeypatch.setenv("CSLAB_DB_DWH_URL", url)
    assert keys() == ["database_url"]


def test_the_environment_goes_before_the_file_and_keeps_its_time_limit(
    configured: Configure, monkeypatch: pytest.MonkeyPatch
):
    configured('engine = "duckdb"\npath = "old.duckdb"\ntimeout_seconds = 7')
    monkeypatch.setenv("CSLAB_DB_DWH_URL", "duckdb:///data/new.duckdb")
    found = read_connection("dwh")
    assert (found.told["path"], found.timeout) == ("/data/new.duckdb", 7)


def test_a_variable_for_the_password_that_is_not_set_is_told(configured: Configure):
    configured('engine = "postgres"\ndatabase = "sales"\npassword_env = "NO_SUCH_VARIABLE"')
    assert keys() == ["database_no_variable"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights than owner, group and others")
def test_a_password_that_others_can_read_is_refused(configured: Configure, tmp_path: Path):
    configured('engine = "postgres"\ndatabase = "sales"\npassword_file = "secret"')
    (tmp_path / "secret").write_text("hunter2\n", encoding="utf-8")
    (tmp_path / "secret").chmod(0o644)
    assert keys() == ["database_password_open"]
    (tmp_path / "secret").chmod(0o600)
    assert read_connection("dwh").password == "hunter2"


def test_a_mapping_that_is_not_there_is_told_with_the_nearest(configured: Configure):
    configured('engine = "duckdb"\npath = "a"\nmapping = "slaes.toml"', mapping="", name="sales")
    assert keys("sales") == ["database_no_mapping"]


@pytest.mark.parametrize("guide", ["MAPPING.md", "MAPPING.ja.md"])
def test_the_example_of_the_guide_describes_three_databases(
    guide: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    text = (ROOT / "datasets" / guide).read_text(encoding="utf-8")
    (example,) = (part for part in re.findall(r"```toml\n(.*?)```", text, re.DOTALL) if "engine =" in part)
    (tmp_path / "databases.toml").write_text(example, encoding="utf-8")
    (tmp_path / "sales.password").write_text("hunter2", encoding="utf-8")
    (tmp_path / "sales.password").chmod(0o600)
    monkeypatch.setenv("CSLAB_DATABASES", str(tmp_path / "databases.toml"))
    found = [read_connection(name) for name in ("sales", "usage", "lake")]
    assert [one.engine for one in found] == ["postgres", "duckdb", "spark"]
    assert found[0].password == "hunter2"


def test_a_password_shows_nowhere():
    address = read_url("postgresql://me:hunter2@host/db", "X")
    assert "hunter2" not in repr(address) + repr(Connection("dwh", "postgres", address.told, address.password))
    assert without_secret("pw=h%40nter2 or h@nter2", "h@nter2") == "pw=*** or ***"


def test_an_error_that_could_repeat_a_cell_gives_its_kind_alone():
    class ConversionException(Exception):
        pass

    class IOException(Exception):
        pass

    connection = Connection("dwh", "duckdb", {})
    assert reason(ConversionException("Could not convert '佐藤花子' to INT32"), connection) == "ConversionException"
    assert reason(IOException("IO Error: no such file\nmore"), connection) == "IO Error: no such file"
