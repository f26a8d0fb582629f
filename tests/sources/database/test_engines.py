"""DuckDB, PostgreSQL and Spark: the same log gives the same months, by the clock of the same time zone."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import cslab
from cslab.faults import NotReady, UsageError
from tests.sources.database.conftest import PASSWORD, Configure, Server, free_port

pytestmark = [pytest.mark.slow, pytest.mark.events, pytest.mark.cluster]

SMALL = "synthetic:tiny?accounts=30&months=2"
OURS = ["account_id", "user", "at", "event", "feature"]


def parquet(frame: pd.DataFrame, path: Path) -> Path:
    """A table as a Parquet file, as engines write them: times to the microsecond."""
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.to_parquet(path, coerce_timestamps="us", allow_truncated_timestamps=True)
    return path


def into_postgres(server: Server, table: str, frame: pd.DataFrame, **kinds: str) -> None:
    """A table as a table of the server, its columns text unless said otherwise."""
    columns = ", ".join(f'"{name}" {kinds.get(name, "text")}' for name in frame)
    text = frame.to_csv(index=False, header=False)
    server.run(
        f"DROP TABLE IF EXISTS {table}",
        f"CREATE TABLE {table} ({columns})",
        copy=(f"COPY {table} FROM STDIN CSV", text),
    )


@pytest.fixture(scope="module")
def company() -> dict[str, pd.DataFrame]:
    """The tables and the log of a small company."""
    book = cslab.load(SMALL)
    log = book.usage_events.to_pandas()[OURS]
    return {
        "accounts": book.accounts[["account_id"]],
        "contracts": book.contracts[["account_id", "start", "end"]],
        "log": log,
    }


@pytest.fixture(scope="module")
def lake(company: dict[str, pd.DataFrame], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as Parquet files, the log in a folder a month."""
    lake = tmp_path_factory.mktemp("lake")
    for name in ("accounts", "contracts"):
        parquet(company[name].astype(str).replace({"NaT": None}), lake / f"{name}.parquet")
    for month, rows in company["log"].groupby(company["log"]["at"].dt.strftime("%Y-%m")):
        parquet(rows, lake / "log" / f"month={month}" / "part.parquet")
    return lake


def of_lake(lake: Path) -> str:
    """The mapping of an engine that reads the files itself."""
    tables = "".join(
        f'[{name}]\nparquet = "{(lake / name).as_posix()}.parquet"\n' for name in ("accounts", "contracts")
    )
    return f'as_of = 2021-05-31\n{tables}[events]\nparquet = "{(lake / "log").as_posix()}"\n'


def duckdb_file(place: Path, **tables: str) -> str:
    """What ``databases.toml`` says of a DuckDB file made of some queries."""
    import duckdb

    path = place / "usage.duckdb"
    with duckdb.connect(str(path)) as made:
        for name, query in tables.items():
            made.execute(f"CREATE TABLE {name} AS {query}")
        if not tables:
            made.execute("SELECT 1")
    return f'engine = "duckdb"\npath = "{path.as_posix()}"'


def test_three_engines_count_the_same_months_as_the_table(
    configured: Configure, server: Server, spark: str, company: dict[str, pd.DataFrame], lake: Path, tmp_path: Path
):
    into_postgres(server, "accounts", company["accounts"])
    into_postgres(server, "contracts", company["contracts"], start="date", end="date")
    into_postgres(server, "usage_events", company["log"], user="integer", at="timestamp")
    found = {
        "duckdb": cslab.load(configured(duckdb_file(tmp_path), of_lake(lake), "a")).usage_monthly,
        "spark": cslab.load(configured(spark, of_lake(lake), "b")).usage_monthly,
        "postgres": cslab.load(secret(configured, server, "as_of = 2021-05-31", tmp_path)).usage_monthly,
    }
    stored = cslab.load(SMALL).usage_monthly.sort_values(["account_id", "month"], ignore_index=True)
    assert len(stored) > 10
    for months in found.values():
        pd.testing.assert_frame_equal(months, stored[[*months]], check_dtype=False)


def secret(configured: Configure, server: Server, mapping: str, place: Path, **more: object) -> str:
    """The source string of the server, its password in a file of the user's."""
    file = place / "password"
    file.write_text(PASSWORD + "\n", encoding="utf-8")
    file.chmod(0o600)
    return configured(server.section(password_file=str(file), **more), mapping)


MOMENTS = {
    "Tokyo, the last second of March": "2024-03-31 14:59:59",
    "Tokyo, the first of April": "2024-03-31 15:00:00",
    "New York, the last second of October, summer time": "2024-11-01 03:59:59",
    "New York, the first of November, summer time": "2024-11-01 04:00:00",
    "New York, the last second of November, winter time": "2024-12-01 04:59:59",
    "New York, the first of December, winter time": "2024-12-01 05:00:00",
}
MONTHS = {
    "Asia/Tokyo": ["2024-03", "2024-04", "2024-11", "2024-11", "2024-12", "2024-12"],
    "America/New_York": ["2024-03", "2024-03", "2024-10", "2024-11", "2024-11", "2024-12"],
    "UTC": ["2024-03", "2024-03", "2024-11", "2024-11", "2024-12", "2024-12"],
}
"""By whose clock, the month of each moment."""


@pytest.fixture(scope="module")
def edges(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One login of one person an account at each of the moments, written with a zone and without."""
    folder = tmp_path_factory.mktemp("edges")
    bare = pd.to_datetime([*MOMENTS.values()])
    log = pd.DataFrame(
        {"account_id": [f"A{n}" for n in range(len(bare))], "user": "hanako@example.jp", "bare": bare, "event": "login"}
    )
    parquet(log.assign(zoned=bare.tz_localize("UTC")), folder / "log" / "part.parquet")
    parquet(log[["account_id"]], folder / "accounts.parquet")
    parquet(log[["account_id"]].assign(start="2024-01-01", end="2025-01-01"), folder / "contracts.parquet")
    return folder


def asked(edges: Path, zone: str, column: str) -> str:
    """The mapping that asks for months by a clock, of times of one of the two kinds."""
    written = 'written_in = "UTC"\n' if column == "bare" else ""
    return of_lake(edges).replace("2021-05-31", f'2024-12-31\ntime_zone = "{zone}"') + f'{written}at = "{column}"\n'


def months(source: str) -> list[str]:
    """The month of each account's one login."""
    found = cslab.load(source).usage_monthly
    assert found["logins"].tolist() == [1] * len(MOMENTS)
    return found.sort_values("account_id")["month"].dt.strftime("%Y-%m").tolist()


@pytest.mark.parametrize("column", ["zoned", "bare"])
@pytest.mark.parametrize("zone", MONTHS)
def test_duckdb_and_spark_begin_months_by_the_clock_that_was_asked_for(
    configured: Configure, spark: str, edges: Path, tmp_path: Path, zone: str, column: str
):
    assert months(configured(duckdb_file(tmp_path), asked(edges, zone, column), "a")) == MONTHS[zone]
    assert months(configured(spark, asked(edges, zone, column), "b")) == MONTHS[zone]


@pytest.mark.parametrize("column", ["zoned", "bare"])
@pytest.mark.parametrize("zone", MONTHS)
def test_postgres_begins_months_by_the_clock_that_was_asked_for(
    configured: Configure, server: Server, edges: Path, tmp_path: Path, zone: str, column: str
):
    for name in ("accounts", "contracts"):
        into_postgres(server, name, pd.read_parquet(edges / f"{name}.parquet"))
    log = pd.read_parquet(edges / "log")
    into_postgres(server, "usage_events", log, bare="timestamp", zoned="timestamptz")
    written = 'written_in = "UTC"\n' if column == "bare" else ""
    mapping = f'as_of = 2024-12-31\ntime_zone = "{zone}"\n[events]\nat = "{column}"\n{written}'
    assert months(secret(configured, server, mapping, tmp_path)) == MONTHS[zone]


def test_nobody_is_named_by_the_log_of_spark_or_postgres(
    configured: Configure, server: Server, spark: str, edges: Path, tmp_path: Path
):
    for name in ("accounts", "contracts"):
        into_postgres(server, name, pd.read_parquet(edges / f"{name}.parquet"))
    log = pd.read_parquet(edges / "log").rename(columns={"bare": "at"}).drop(columns="zoned")
    into_postgres(server, "usage_events", log, at="timestamp")
    books = [
        cslab.load(configured(spark, asked(edges, "UTC", "bare"), "lake")),
        cslab.load(secret(configured, server, "", tmp_path)),
    ]
    for book in books:
        events = book.usage_events.to_pandas()
        assert (len(events), {*events["user"]}, {*events["event"]}) == (len(MOMENTS), {1}, {"login"})


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_times_with_a_zone_are_refused_until_it_is_said_whose_clock_counts(
    configured: Configure, spark: str, edges: Path, tmp_path: Path, engine: str
):
    mapping = of_lake(edges) + 'at = "zoned"\n'
    section = spark if engine == "spark" else duckdb_file(tmp_path)
    with pytest.raises(cslab.faults.DataError, match='time_zone = "Asia/Tokyo"'):
        cslab.load(configured(section, mapping))


def test_a_wrong_password_is_told_and_not_echoed(
    configured: Configure, server: Server, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("SALES_PASSWORD", "hunter2-hunter2")
    with pytest.raises(UsageError) as told:
        cslab.load(configured(server.section(password_env="SALES_PASSWORD")))
    assert told.value.faults[0].key == "database_denied"
    assert told.value.__cause__ is None and told.value.__suppress_context__
    said = "".join((told.value.text("en"), told.value.text("ja"), *capfd.readouterr()))
    assert "hunter2" not in said and PASSWORD not in said


def test_an_address_in_the_environment_opens_the_server_too(
    configured: Configure, server: Server, monkeypatch: pytest.MonkeyPatch
):
    from urllib.parse import quote

    server.run(
        "CREATE SCHEMA IF NOT EXISTS crm", "DROP TABLE IF EXISTS crm.customers", "DROP TABLE IF EXISTS crm.terms"
    )
    server.run("CREATE TABLE crm.customers AS SELECT 7 AS id, 'Acme' AS name")
    server.run("CREATE TABLE crm.terms AS SELECT 7 AS id, date '2024-04-01' AS since, date '2025-04-01' AS until")
    monkeypatch.setenv("CSLAB_DB_DWH_URL", f"postgresql://reader:{quote(PASSWORD)}@127.0.0.1:{server.port}/postgres")
    mapping = '[accounts]\ntable = "crm.customers"\naccount_id = "id"\n'
    mapping += '[contracts]\ntable = "crm.terms"\naccount_id = "id"\nstart = "since"\nend = "until"\n'
    book = cslab.load(configured('engine = "duckdb"', mapping))
    assert book.accounts["account_id"].tolist() == ["7"]
    assert book.contracts["end"].dt.year.tolist() == [2025]


def test_nobody_at_home_is_told_with_where_to_look(configured: Configure, tmp_path: Path):
    with pytest.raises(UsageError, match=r"databases\.toml") as told:
        cslab.load(configured(Server(free_port(), tmp_path).section()))
    assert told.value.faults[0].key == "database_unreachable"


def test_a_query_that_outlives_its_time_is_stopped(configured: Configure, server: Server, tmp_path: Path):
    server.run("CREATE VIEW slow AS SELECT 'A1' || pg_sleep(60) AS account_id")
    mapping = '[accounts]\ntable = "slow"\n[contracts]\ntable = "slow"\n'
    with pytest.raises(NotReady, match="after 1 seconds") as told:
        cslab.load(secret(configured, server, mapping, tmp_path, timeout_seconds=1))
    assert told.value.faults[0].key == "database_slow"


def test_a_table_that_is_not_there_is_told_with_the_nearest(configured: Configure, server: Server, tmp_path: Path):
    server.run("CREATE SCHEMA app", "CREATE TABLE app.customers (id text)")
    mapping = '[accounts]\ntable = "app.costumers"\n[contracts]\ntable = "no_such.table"\n'
    with pytest.raises(cslab.faults.DataError) as told:
        cslab.load(secret(configured, server, mapping, tmp_path))
    keys = [(fault.key, fault.values["near"]) for fault in told.value.faults]
    assert keys == [("database_no_table", "app.customers"), ("database_no_table", "-")]


def test_a_table_that_may_not_be_read_is_told_and_nothing_can_be_written(
    configured: Configure, server: Server, tmp_path: Path
):
    from cslab.sources.database.engines import connect
    from cslab.sources.database.settings import read_connection

    secret(configured, server, "", tmp_path, user="owner")
    engine = connect(read_connection("dwh"))
    with pytest.raises(Exception, match="read-only transaction"):
        engine.con.execute("CREATE TABLE ours (id text)")
