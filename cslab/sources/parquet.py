"""Parquet, with the extra ``events``: tables written with types that do not hang on their rows, and read as text."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cslab.faults import Fault

if TYPE_CHECKING:
    import pandas as pd

    from cslab.sources.findings import Findings

ROWS = 65_536
"""Rows of a row group: the same however the rows arrive, so that the same table is the same bytes."""


def lack(what: str) -> Fault | None:
    """What to say where Parquet cannot be read or written for want of the extra.

    Parameters
    ----------
    what : str
        A file, or what was typed.

    >>> fault = lack("accounts.parquet")
    >>> fault is None or fault.key == "no_parquet"
    True
    """
    if importlib.util.find_spec("pyarrow") is not None:
        return None
    return Fault("no_parquet", {"what": what, "python": sys.executable})


def arrow(frame: pd.DataFrame) -> Any:
    """A table as Arrow holds it; the type of a column follows from its dtype, never from what stands in it.

    Parameters
    ----------
    frame : DataFrame
        With the dtypes of a book: days become ``date32``, words ``string``, yes and no ``bool``.

    Returns
    -------
    pyarrow.Table

    >>> import pandas as pd
    >>> arrow(pd.DataFrame({"start": pd.to_datetime(["2024-04-01"]), "note": [None]})).schema.types
    [DataType(date32[day]), DataType(string)]
    """
    import pyarrow as pa

    columns = {str(name): pa.array(values, _type(values), from_pandas=True) for name, values in frame.items()}
    return pa.table(columns)


def _type(values: pd.Series) -> Any:
    """The Arrow type of a column."""
    import pyarrow as pa
    from pandas.api import types

    if types.is_datetime64_any_dtype(values):
        return pa.date32()
    if types.is_bool_dtype(values):
        return pa.bool_()
    if types.is_integer_dtype(values):
        return pa.int64()
    return pa.float64() if types.is_float_dtype(values) else pa.string()


def write_tables(path: Path, tables: Iterable[Any]) -> None:
    """Write the pieces of one table, one under the other, with row groups of one size.

    Parameters
    ----------
    path : Path
        The file.
    tables : iterable of pyarrow.Table
        Pieces of one schema, at least one; as few as possible are held at a time.

    >>> import pandas as pd, tempfile
    >>> piece = arrow(pd.DataFrame({"account_id": ["A1"]}))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_tables(Path(folder) / "a.parquet", [piece, piece])
    ...     sum(len(table) for table in read_tables(Path(folder) / "a.parquet"))
    2
    """
    import pyarrow as pa
    from pyarrow import parquet

    waiting = iter(tables)
    held = next(waiting)
    with parquet.ParquetWriter(path, held.schema, compression="zstd") as file:
        for table in waiting:
            held = pa.concat_tables([held, table])
            while len(held) >= ROWS:
                file.write_table(held.slice(0, ROWS).combine_chunks(), row_group_size=ROWS)
                held = held.slice(ROWS)
        file.write_table(held.combine_chunks(), row_group_size=ROWS)


def read_tables(path: Path) -> Iterator[Any]:
    """The pieces of a file as Arrow tables, one row group at a time.

    Parameters
    ----------
    path : Path
        The file.

    Yields
    ------
    pyarrow.Table

    >>> list(read_tables(Path("no such file.parquet")))
    Traceback (most recent call last):
    FileNotFoundError: ...
    """
    from pyarrow import parquet

    with parquet.ParquetFile(path) as file:
        if not file.num_row_groups:
            yield file.read()
        for group in range(file.num_row_groups):
            yield file.read_row_group(group)


def read_cells(path: Path, findings: Findings) -> pd.DataFrame | None:
    """All cells of a Parquet file as text, so that they go the way of every other file.

    Parameters
    ----------
    path : Path
        The file.
    findings : Findings
        Where faults go: the file cannot be read, two columns of one name, columns of columns.

    Returns
    -------
    DataFrame or None
        Columns as in the file; the index is the row number, from 1: there is no header line.

    >>> import pandas as pd, tempfile
    >>> from cslab.sources.findings import Findings
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "a.parquet"
    ...     write_tables(path, [arrow(pd.DataFrame({"id": ["A1"], "day": pd.to_datetime(["2024-04-01"])}))])
    ...     read_cells(path, Findings()).to_dict("list")
    {'id': ['A1'], 'day': ['2024-04-01']}
    """
    from pyarrow import ArrowException, parquet

    try:
        table = parquet.ParquetFile(path).read()
    except (OSError, ArrowException) as error:
        reason = getattr(error, "strerror", None) or str(error).partition("\n")[0]
        findings.fault("file_unreadable", file=path.name, reason=reason)
        return None
    names = table.column_names
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        findings.fault("header_twice", file=path.name, row=1, columns=", ".join(repeated))
        return None
    return text_cells(table)


def text_cells(table: Any) -> pd.DataFrame:
    """The cells of an Arrow table as text.

    Parameters
    ----------
    table : pyarrow.Table
        Its columns have different names.

    Returns
    -------
    DataFrame of str
        The index is the row number, from 1; a missing value is a blank.

    >>> import pandas as pd
    >>> text_cells(arrow(pd.DataFrame({"id": ["A1", None]}))).to_dict()
    {'id': {1: 'A1', 2: ''}}
    """
    import pandas as pd

    cells = {name: _cells(column) for name, column in zip(table.column_names, table.columns, strict=True)}
    return pd.DataFrame(cells, columns=table.column_names, index=pd.RangeIndex(1, 1 + len(table)), dtype=object)


def _cells(column: Any) -> Any:
    """A column's cells as text: each different value is written once."""
    import numpy as np
    import pyarrow as pa

    if pa.types.is_nested(column.type):
        return np.array([*map(_word, column.to_pylist())], dtype=object)
    coded = column.combine_chunks()
    if not pa.types.is_dictionary(coded.type):
        coded = coded.dictionary_encode()
    words = np.array([*map(_word, coded.dictionary.to_pylist()), ""], dtype=object)
    return words[coded.indices.fill_null(len(words) - 1).to_numpy(zero_copy_only=False)]


def _word(value: Any) -> str:
    """A value as it would stand in a CSV file; a moment at midnight is a day."""
    if isinstance(value, bool):
        return str(value).lower()
    if value is None or value != value:
        return ""
    if hasattr(value, "hour"):
        return str(value).removesuffix(" 00:00:00")
    return value if isinstance(value, str) else str(value)
