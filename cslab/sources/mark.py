"""The small file by which an export of ours is known again: ``cslab.toml``. The truth is not in it."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cslab.sources.findings import Findings

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

FILE_NAME = "cslab.toml"
VERSION = 1


@dataclass(frozen=True)
class Mark:
    """What an export says about itself.

    Parameters
    ----------
    source : str
        Where its book came from.
    synthetic, stock_sample : bool
        As of the book.
    as_of : Timestamp
        Its last day.
    currency : str
        Of all amounts.
    window_start : Timestamp or None
        First day of the records.

    >>> import pandas as pd
    >>> Mark("synthetic:tiny", True, False, pd.Timestamp("2025-03-31"), "JPY", None).currency
    'JPY'
    """

    source: str
    synthetic: bool
    stock_sample: bool
    as_of: pd.Timestamp
    currency: str
    window_start: pd.Timestamp | None


def mark_text(book: Book) -> str:
    """What stands in the file for a book.

    Parameters
    ----------
    book : Book
        To be exported.

    Returns
    -------
    str
        TOML.

    >>> import pandas as pd
    >>> from cslab.book import Book
    >>> print(mark_text(Book({}, pd.Timestamp("2025-03-31"), "synthetic:tiny", synthetic=True)), end="")
    # Written by cslab beside its tables; "folder:" reads it.
    format = 1
    source = "synthetic:tiny"
    synthetic = true
    stock_sample = false
    as_of = "2025-03-31"
    currency = "JPY"
    """
    lines = [
        '# Written by cslab beside its tables; "folder:" reads it.',
        f"format = {VERSION}",
        f"source = {_quoted(book.source)}",
        f"synthetic = {str(book.synthetic).lower()}",
        f"stock_sample = {str(book.stock_sample).lower()}",
        f'as_of = "{book.as_of:%Y-%m-%d}"',
        f"currency = {_quoted(book.currency)}",
    ]
    if book.window_start is not None:
        lines.append(f'window_start = "{book.window_start:%Y-%m-%d}"')
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML string, which is a JSON string but for one control sign; a path may hold backslashes and quotes."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def read_mark(folder: Path, findings: Findings) -> Mark | None:
    """The mark of a folder, if it holds one.

    Parameters
    ----------
    folder : Path
        Of an export.
    findings : Findings
        Where a fault goes if the mark cannot be understood.

    Returns
    -------
    Mark or None
        None for a folder that we did not write.

    >>> read_mark(Path("no such folder"), Findings()) is None
    True
    """
    import pandas as pd

    path = folder / FILE_NAME
    if not path.is_file():
        return None
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        if content["format"] != VERSION:
            findings.fault("mark_version", file=FILE_NAME, format=content["format"], known=VERSION)
            return None
        return Mark(
            source=str(content["source"]),
            synthetic=bool(content["synthetic"]),
            stock_sample=bool(content["stock_sample"]),
            as_of=pd.Timestamp(content["as_of"]),
            currency=str(content["currency"]),
            window_start=pd.Timestamp(content["window_start"]) if "window_start" in content else None,
        )
    except (OSError, ValueError, KeyError) as error:
        findings.fault("mark_unreadable", file=FILE_NAME, reason=str(error))
        return None
