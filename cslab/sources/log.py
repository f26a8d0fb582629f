"""The product's log as a book carries it: opened when it is asked for, as one Ibis expression on embedded DuckDB."""

from __future__ import annotations

import glob
import os
import shutil
import tempfile
import weakref
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cslab.faults import DataError, Fault
from cslab.sources.events import lack, write_events
from cslab.sources.findings import Findings
from cslab.sources.log_columns import as_log
from cslab.sources.log_masked import masked_log
from cslab.sources.rules import FileMapping
from cslab.tables import EVENTS

if TYPE_CHECKING:
    import pandas as pd

    from cslab.world import Policy, Scenario

MEMORY = "3GB"
"""What DuckDB may hold; beyond it, it puts aside what it does not need at the moment."""

_ON_THE_FLY = 100_000
"""Account-months drawn of a company whose log is made only to be looked at: some 200 million events, half a minute."""


class Log:
    """A log and how far it is known.

    Parameters
    ----------
    opened : callable
        Gives the events as an Ibis table.
    last : Timestamp, optional
        The last day that is known; all of it without.
    too_large : Fault, optional
        Why it is not opened, if so.
    masked : callable, optional
        What people may see of the events; all of them without.

    >>> import ibis, pandas as pd
    >>> at = pd.to_datetime(["2024-04-01 09:00", "2024-04-01 23:59", "2024-04-02 00:00"])
    >>> log = Log(lambda: ibis.memtable(pd.DataFrame({"at": at})))
    >>> len(log.until(pd.Timestamp("2024-04-01")).table().to_pandas())
    2
    """

    def __init__(
        self,
        opened: Callable[[], Any],
        last: pd.Timestamp | None = None,
        too_large: Fault | None = None,
        masked: Callable[[Any], Any] | None = None,
    ) -> None:
        self._opened, self._last, self._too_large, self._masked = opened, last, too_large, masked

    def lack(self) -> Fault | None:
        """Why the log cannot be opened, if so.

        >>> Log(lambda: None, too_large=Fault("log_too_large")).lack() is None
        False
        """
        return lack() or self._too_large

    def table(self) -> Any:
        """The events that are known, as one Ibis table: what people may see of them.

        >>> Log(lambda: "all of it").table(), Log(lambda: "all of it", masked=str.upper).table()
        ('all of it', 'ALL OF IT')
        """
        return self._known(self._masked(self._opened()) if self._masked else self._opened())

    def raw(self) -> Any:
        """The events that are known, as they lie: to be counted inside the engine, and not to be shown.

        >>> Log(lambda: "all of it", masked=str.upper).raw()
        'all of it'
        """
        return self._known(self._opened())

    def _known(self, events: Any) -> Any:
        """Those up to the last day that is known."""
        import pandas as pd

        return events if self._last is None else events.filter(events.at < self._last + pd.Timedelta(days=1))

    def hiding(self, shown: Mapping[str, str]) -> Log:
        """The log of real data: people see it without anybody's name.

        Parameters
        ----------
        shown : mapping of str to str
            Each account's id, and what the tables call it.

        >>> Log(lambda: "all of it").hiding({}).raw()
        'all of it'
        """
        return Log(self._opened, self._last, self._too_large, partial(masked_log, shown=shown))

    def until(self, last: pd.Timestamp) -> Log:
        """The log as it was known at the end of a day.

        >>> Log(lambda: None).until("2024-04-01").lack() == Log(lambda: None).lack()
        True
        """
        return Log(self._opened, last, self._too_large, self._masked)


def log_in(folder: Path, mapping: FileMapping, findings: Findings) -> Log | None:
    """The log of a folder: ``usage_events.parquet``, the Parquet files in a folder ``usage_events``, or what it names.

    Parameters
    ----------
    folder : Path
        Of an export.
    mapping : FileMapping
        May name another place, other columns, and the clock.
    findings : Findings
        Where faults go: two logs, columns that are missing or of another type, a file that cannot be read.

    Returns
    -------
    Log or None
        None where there is no log.

    >>> log_in(Path("no such folder"), FileMapping(), Findings()) is None
    True
    """
    files = _log_files(folder, mapping, findings)
    if not files:
        return None
    opened = cache(lambda: as_log(open_events(files), mapping))
    if lack() is None:
        try:
            opened()
        except DataError as error:
            findings.faults += error.faults
    return Log(opened)


def _log_files(folder: Path, mapping: FileMapping, findings: Findings) -> list[Path]:
    """The Parquet files of the log, one or many."""
    named = mapping.events.parquet if mapping.events else ""
    one, many = folder / f"{EVENTS.name}.parquet", folder / (named or EVENTS.name)
    if named and not many.exists():
        findings.fault("log_absent", parquet=named, mapping=mapping.name, folder=str(folder))
    if named and many.is_file():
        return [many]
    files = sorted(path for path in many.rglob("*.parquet") if not path.name.startswith("."))
    if named or not one.is_file():
        return files
    if files:
        findings.fault("two_files", table=EVENTS.name, files=f"{one.name}, {many.name}/")
    return [one]


def open_events(files: Sequence[Path]) -> Any:
    """A log as one Ibis expression, which reads no more of the files than is asked for.

    Folders that say a value for all their files (``month=2024-04``) give a column; a column that only later files have
    is empty in the earlier ones.

    Parameters
    ----------
    files : sequence of Path
        Parquet files of one log.

    Returns
    -------
    ibis.Table

    Raises
    ------
    DataError
        For what is no Parquet file.

    >>> open_events([Path("no such file.parquet")])
    Traceback (most recent call last):
    ...
    cslab.faults.DataError: ...
    """
    import duckdb
    import ibis

    aside = Path(tempfile.gettempdir()) / "cslab-duckdb"
    engine = ibis.duckdb.connect(memory_limit=MEMORY, temp_directory=str(aside))
    try:
        paths = [glob.escape(str(file)) for file in files]
        return engine.read_parquet(paths, table_name=EVENTS.name, union_by_name=True, hive_types_autocast=False)
    except duckdb.Error as error:
        reason = str(error).partition("\n")[0]
        raise DataError(Fault("file_unreadable", {"file": files[0].name, "reason": reason})) from error


def simulated_log(scenario: Scenario, policy: Policy) -> Log:
    """The log of a simulated company, made when it is first asked for and gone when nobody holds it any more.

    Parameters
    ----------
    scenario : Scenario
    policy : Policy

    Returns
    -------
    Log
        That of a large company is not made on the fly.

    >>> from cslab.world import policy, preset
    >>> simulated_log(preset("default_jp").with_(accounts=100_000), policy("rule")).lack() is None
    False
    """
    values = {"accounts": scenario.accounts, "months": scenario.months, "preset": scenario.name, "table": EVENTS.name}
    too_large = Fault("log_too_large", values) if scenario.accounts * scenario.months > _ON_THE_FLY else None
    return Log(cache(partial(_made, scenario, policy)), too_large=too_large)


def _made(scenario: Scenario, policy: Policy) -> Any:
    """Write a company's log to a temporary folder, office by office; the folder goes with the engine that reads it."""
    from cslab.world.observe import observe
    from cslab.world.simulate import histories

    folder = Path(tempfile.mkdtemp(prefix="cslab-events-"))
    try:
        for history in histories(scenario, policy, scenario.months, chunk=1):
            write_events(observe(history), folder, threads=os.cpu_count() or 1)
        events = open_events(sorted(folder.iterdir()))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    weakref.finalize(events.get_backend(), shutil.rmtree, folder, ignore_errors=True)
    return events
