"""Databases for the length of a test: a file of settings, a PostgreSQL server of its own, Spark on this machine."""

from __future__ import annotations

import glob
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

MUST_RUN = bool(os.environ.get("CSLAB_CI"))
PASSWORD = "k0shi-n0-fun@to"

Configure = Callable[..., str]


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Configure:
    """Write a section of ``databases.toml`` and the mapping beside it; gives the source string."""

    def write(section: str, mapping: str = "", name: str = "dwh") -> str:
        (tmp_path / "databases.toml").write_text(f"[{name}]\n{section}\n", encoding="utf-8")
        if mapping:
            (tmp_path / f"{name}.toml").write_text(mapping, encoding="utf-8")
        monkeypatch.setenv("CSLAB_DATABASES", str(tmp_path / "databases.toml"))
        return f"database:{name}"

    return write


def lacking(what: str) -> None:
    """Skip, saying why; fail where everything has to be there."""
    (pytest.fail if MUST_RUN else pytest.skip)(f"{what} is not on this machine")


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server that listens on this machine."""

    port: int
    folder: Path

    def section(self, user: str = "reader", **more: object) -> str:
        """What ``databases.toml`` says of it."""
        told = {
            "engine": "postgres",
            "host": "127.0.0.1",
            "port": self.port,
            "database": "postgres",
            "user": user,
            **more,
        }
        return "\n".join(f"{key} = {value!r}" for key, value in told.items())

    def run(self, *statements: str, copy: tuple[str, str] | None = None) -> None:
        """Have the owner run statements, and copy CSV text into a table."""
        import psycopg

        with psycopg.connect(
            host="127.0.0.1", port=self.port, dbname="postgres", user="owner", password=PASSWORD, autocommit=True
        ) as connection:
            for statement in statements:
                connection.execute(statement)  # type: ignore[call-overload]
            if copy:
                with connection.cursor().copy(copy[0]) as pipe:  # type: ignore[call-overload]
                    pipe.write(copy[1])


@pytest.fixture
def server(running_server: Server) -> Server:
    """The server, empty."""
    running_server.run("DROP SCHEMA IF EXISTS public, crm, app CASCADE", "CREATE SCHEMA public")
    return running_server


@pytest.fixture(scope="session")
def running_server() -> Iterator[Server]:
    """Debian's server, started in a folder of its own and stopped whatever happens."""
    found = [*filter(None, [shutil.which("initdb")]), *sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))]
    if not found:
        lacking("PostgreSQL")
    programs = Path(found[-1]).parent
    home = Path(tempfile.mkdtemp(prefix="cslab-postgres-"))
    somebody = "nobody" if os.name == "posix" and os.getuid() == 0 else None  # it refuses to run as root
    try:
        (home / "password").write_text(PASSWORD, encoding="utf-8")
        if somebody:
            shutil.chown(home, somebody)
            shutil.chown(home / "password", somebody)
        made = [
            programs / "initdb",
            "-D",
            home / "data",
            "-U",
            "owner",
            "-A",
            "scram-sha-256",
            "-E",
            "UTF8",
            "--locale=C",
        ]
        subprocess.run(
            [*made, "--no-sync", "--pwfile", home / "password"], user=somebody, check=True, cwd="/", capture_output=True
        )
        yield from _running(programs, home, somebody)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _running(programs: Path, home: Path, somebody: str | None) -> Iterator[Server]:
    """The server while the tests run."""
    port = free_port()
    settings = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off"}
    options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
    with (home / "log").open("w", encoding="utf-8") as log:
        running = subprocess.Popen(
            [programs / "postgres", "-D", home / "data", *options], user=somebody, cwd="/", stdout=log, stderr=log
        )
        try:
            server = Server(port, home)
            _wait_for(server, running)
            server.run(f"CREATE ROLE reader LOGIN PASSWORD '{PASSWORD}'", "GRANT pg_read_all_data TO reader")
            yield server
        finally:
            running.send_signal(2)  # "fast": whoever is connected is sent away
            try:
                running.wait(20)
            except subprocess.TimeoutExpired:
                running.kill()
                running.wait()


def _wait_for(server: Server, running: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers."""
    import psycopg

    for _ in range(150):
        try:
            return server.run("SELECT 1")
        except psycopg.OperationalError:
            assert running.poll() is None, (server.folder / "log").read_text(encoding="utf-8")
            time.sleep(0.2)
    raise AssertionError("the server did not answer within half a minute")


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


SPARK = """engine = "spark"
master = "local[1]"
settings = { "spark.ui.enabled" = false, "spark.sql.shuffle.partitions" = 1, "spark.driver.memory" = "1g", \
"spark.driver.host" = "127.0.0.1", "spark.driver.bindAddress" = "127.0.0.1", \
"spark.sql.warehouse.dir" = "WAREHOUSE" }"""


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What ``databases.toml`` says of Spark on this machine; one session for all tests."""
    pytest.importorskip("pyspark")
    if not shutil.which("java"):
        lacking("Java")
    yield SPARK.replace("WAREHOUSE", (tmp_path_factory.mktemp("spark") / "warehouse").as_posix())
    from pyspark.sql import SparkSession

    if session := SparkSession.getActiveSession():
        session.stop()
