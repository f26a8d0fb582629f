"""How a log that speaks otherwise becomes ours: the section ``[events]`` of a mapping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cslab.sources.rules import Rule

SETTINGS = ("column", "constant", "values")
"""What a column of a log may say of itself."""


@dataclass(frozen=True)
class LogRules:
    """Where a log lies, by which clock it was written, and a rule for each column that goes by another name.

    Parameters
    ----------
    table : str
        The table of a database.
    parquet : str
        A Parquet file, or a folder of them; in an export, seen from its folder.
    written_in : str
        Time zone of times that bear none, such as ``UTC``; empty where they are those of the mapping's ``time_zone``.
    columns : mapping of str to Rule
        By our names.

    >>> LogRules("app.events", columns={"at": Rule(column="ts")}).columns["at"].column
    'ts'
    """

    table: str = ""
    parquet: str = ""
    written_in: str = ""
    columns: Mapping[str, Rule] = field(default_factory=dict)
