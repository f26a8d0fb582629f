"""How a table's cells are written: the text of one never depends on the others, so that parts add up to the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

BOM = b"\xef\xbb\xbf"
"""What Excel needs at the start of a file to take it for UTF-8."""
_ROWS = 100_000
"""Rows written at a time: their text is held as Python strings."""
_SPECIAL = (",", '"', "\n", "\r")
_EXACT = 2.0**53
"""Up to here every whole number is itself as a float."""


def csv_bytes(table: str, frame: pd.DataFrame) -> bytes:
    """A table as CSV: a line of names, then a line a row. The same cell is the same text whatever stands around it.

    Days are ISO days, flags ``true`` and ``false``, whole amounts (yen) without a decimal point, other numbers in their
    shortest exact form; missing is blank.

    Parameters
    ----------
    table : str
        Its name in the contract.
    frame : DataFrame
        Its rows.

    Returns
    -------
    bytes
        UTF-8 without BOM, lines ended by ``\\n``.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"account_id": ["A1", "A,2"], "mrr0_amount": [1200.0, None], "is_legacy": [True, False]})
    >>> csv_bytes("accounts", frame).decode().splitlines()
    ['account_id,mrr0_amount,is_legacy', 'A1,1200,true', '"A,2",,false']
    """
    pieces = [frame.iloc[first : first + _ROWS] for first in range(0, len(frame), _ROWS)]
    return csv_lines([str(name) for name in frame], *(texts(table, piece) for piece in pieces)).encode("utf-8")


def csv_lines(names: list[str], *pieces: Mapping[str, list[str]]) -> str:
    """Columns of text as CSV.

    Parameters
    ----------
    names : list of str
        The names of the columns.
    *pieces : mapping of str to list of str
        The cells by column; one piece's rows stand under the other's.

    Returns
    -------
    str
        With the line of names.

    >>> csv_lines(["id", "fee"], {"id": ["A1"], "fee": ["1,200"]}, {"id": ["A2"], "fee": [""]})
    'id,fee\\nA1,"1,200"\\nA2,\\n'
    """
    return "".join([",".join(_quoted(names)) + "\n", *map(_lines, pieces)])


def texts(table: str, frame: pd.DataFrame) -> dict[str, list[str]]:
    """The text of every cell, by column.

    Parameters
    ----------
    table : str
        Its name in the contract.
    frame : DataFrame
        Its rows.

    Returns
    -------
    dict of str to list of str

    >>> import pandas as pd
    >>> texts("contracts", pd.DataFrame({"start": pd.to_datetime(["2024-04-01", None]), "term_months": [12, 1]}))
    {'start': ['2024-04-01', ''], 'term_months': ['12', '1']}
    """
    kinds = {column.name: column.kind for column in TABLES[table].columns}
    return {str(name): _texts(values, kinds.get(str(name), "text")) for name, values in frame.items()}


def _texts(values: pd.Series, kind: str) -> list[str]:
    """The text of a column's cells: each different value is written once, but for text, which stands as it is."""
    import pandas as pd

    if values.dtype == object and pd.api.types.infer_dtype(values, skipna=True) in ("string", "empty"):
        return values.where(values.notna(), "").tolist()
    codes, different = pd.factorize(values)
    words = pd.Series([*_words(different, kind), ""], dtype=object)
    return [*words.to_numpy()[codes]]


def _words(values: Any, kind: str) -> Iterator[str]:
    """The text of values of one type, none of them missing."""
    import pandas as pd

    if pd.api.types.is_datetime64_any_dtype(values):
        return iter(pd.DatetimeIndex(values).strftime("%Y-%m-%d"))
    if pd.api.types.is_float_dtype(values):
        return (_number(float(value), whole=kind == "money") for value in values)
    return map(_word, values)


def _word(value: Any) -> str:
    """Text as it stands; yes and no in small letters."""
    return str(value).lower() if isinstance(value, (bool, np.bool_)) else str(value)


def _number(value: float, whole: bool) -> str:
    """A number in its shortest exact form; a whole amount has no decimal point, and nothing is minus zero."""
    return str(int(value)) if whole and value.is_integer() and abs(value) < _EXACT else repr(value + 0.0)


def _lines(piece: Mapping[str, list[str]]) -> str:
    """Rows as lines; a blank cell that is alone in its row is quoted, or its line would be no row."""
    columns = [_quoted(cells) for cells in piece.values()]
    if len(columns) == 1:
        columns = [[cell or '""' for cell in columns[0]]]
    return "".join([line + "\n" for line in map(",".join, zip(*columns, strict=True))])


def _quoted(cells: list[str]) -> list[str]:
    """Cells as they stand between commas."""
    together = "".join(cells)
    if not any(sign in together for sign in _SPECIAL):
        return cells
    return ['"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in _SPECIAL) else cell for cell in cells]
