"""The cells of a source as its owner wrote them, for those who may see them: never for a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.faults import Fault, UsageError
from cslab.sources.findings import Findings
from cslab.sources.grammar import parse

if TYPE_CHECKING:
    from cslab.sources.mapped import RawFile


def raw_files(source: str) -> dict[str, RawFile]:
    """The files of a source, by table.

    Parameters
    ----------
    source : str
        A folder, a workbook or a database.

    Returns
    -------
    dict of str to RawFile

    Raises
    ------
    UsageError, NotReady, DataError
        Where it cannot be opened, or holds nobody's real data.

    >>> raw_files("synthetic:tiny")
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    opened = parse(source)
    if opened.kind == "folder":
        from cslab.sources.folder import gathered

        return gathered(opened, Findings())[0]
    if opened.kind == "database":
        from cslab.sources.database import gathered as from_database

        return from_database(opened, Findings())[0]
    raise UsageError(Fault("nobody_real", {"source": source}))
