"""The product's log as Parquet files, with the extra ``events``: written office by office, whole months at a time."""

from __future__ import annotations

import importlib.util
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, NotReady
from cslab.tables import EVENTS
from cslab.world.events import FEATURES, WORDS, OfficeMonth, office_months
from cslab.world.luck import BLOCK

if TYPE_CHECKING:
    from cslab.world.luck import Bits
    from cslab.world.observe import Records

ROWS = 1 << 20
"""Rows of a row group."""

_OPTIONS: dict[str, Any] = {
    "use_dictionary": ["account_id", "user", "event", "feature"],
    "column_encoding": {"at": "DELTA_BINARY_PACKED"},
    "write_statistics": ["at"],  # by which a reader skips months; those of other columns cost much and tell little
    "compression": "zstd",
    "compression_level": 1,
}


def lack() -> Fault | None:
    """What to say where the extra is not installed; None where it is.

    >>> fault = lack()
    >>> fault is None or fault.key == "no_events_extra"
    True
    """
    if all(importlib.util.find_spec(name) for name in ("ibis", "duckdb", "pyarrow")):
        return None
    return Fault("no_events_extra", {"table": EVENTS.name, "python": sys.executable})


def write_events(records: Records, folder: Path, threads: int = 1) -> list[Path]:
    """Write the log of a chunk: one Parquet file for each office and month, its rows in the order of time.

    Each file appears whole, in place of one of its name. The bytes depend on the office alone, not on the chunk, nor on
    the threads. What is held at a time is a month or two of one office, however many accounts there are.

    Parameters
    ----------
    records : Records
        Of whole offices; the company's last may be smaller.
    folder : Path
        Made where it is not there.
    threads : int
        Months that are written at the same time.

    Returns
    -------
    list of Path
        The files, such as ``2024-04-office-00003.parquet``.

    Raises
    ------
    NotReady
        Where the extra ``events`` is not installed.

    >>> import tempfile
    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> tiny = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=9, months=2))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write_events(tiny, Path(folder))]
    ['2021-04-office-00000.parquet', '2021-05-office-00000.parquet']
    """
    if fault := lack():
        raise NotReady(fault)
    folder.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(partial(_write, folder), office_months(records)))


def _write(folder: Path, month: OfficeMonth) -> Path:
    """Write one office's month beside its place, then put it there."""
    from pyarrow import parquet

    path = folder / f"{month.month}-office-{month.office:05d}.parquet"
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    events = month.events()
    try:
        with parquet.ParquetWriter(draft, _schema(), **_OPTIONS) as file:
            for first in range(0, len(events), ROWS):
                file.write_table(_arrow(month, events[first : first + ROWS]), row_group_size=ROWS)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path


def _schema() -> Any:
    """The columns of the log as Arrow holds them."""
    import pyarrow as pa

    kinds = {
        "account_id": pa.dictionary(pa.int16(), pa.string()),
        "user": pa.int32(),
        "at": pa.timestamp("ms"),
        "event": pa.dictionary(pa.int8(), pa.string()),
        "feature": pa.dictionary(pa.int8(), pa.string()),
    }
    return pa.schema([pa.field(name, kinds[name], nullable=name == "feature") for name in EVENTS.names])


def _arrow(month: OfficeMonth, events: Bits) -> Any:
    """Some events of a month as an Arrow table."""
    import pyarrow as pa

    columns = month.columns(events)
    first = month.office * BLOCK
    ids = [f"A{number:06d}" for number in range(first, first + BLOCK)]
    at = month.month.astype("M8[ms]") + (columns["second"] * 1000).astype("m8[ms]")
    feature = pa.array(columns["feature"], mask=columns["feature"] < 0)
    arrays = {
        "account_id": pa.DictionaryArray.from_arrays(pa.array(columns["account"]), pa.array(ids)),
        "user": pa.array(columns["user"]),
        "at": pa.array(at),
        "event": pa.DictionaryArray.from_arrays(pa.array(columns["event"]), pa.array(WORDS)),
        "feature": pa.DictionaryArray.from_arrays(feature, pa.array(FEATURES)),
    }
    return pa.table([arrays[name] for name in EVENTS.names], schema=_schema())
