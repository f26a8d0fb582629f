"""How an export's files become our tables: a rule a column. ``mapping.toml`` is where people write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cslab.sources.log_rules import LogRules

WAYS = ("column", "any_of", "constant", "row_number", "join", "add_months", "months_between", "ratio")
"""The ways to make a column; a rule uses one of them (``row_number`` may stand behind ``any_of``)."""
MASKS = ("keep", "pseudonym", "drop")
"""What can be done with a column that names somebody."""
FOR_KINDS = {
    "inverted": ("flag",),
    "inclusive": ("date",),
    "date_format": ("date", "month"),
    "strip": ("money", "rate", "count", "number"),
    "multiply_by": ("money", "rate", "count", "number"),
    "divide_by": ("money", "rate", "count", "number"),
    "times": ("money", "rate", "count", "number"),
    "over": ("money", "number"),
    "through": ("id",),
}
"""Settings that make sense for some kinds of column only."""


@dataclass(frozen=True)
class Rule:
    """How one of our columns is made from a file.

    Parameters
    ----------
    column : str
        The column of the file.
    any_of : tuple of str
        Names that the column may have: the first that the file has is taken, and none is no fault.
    constant : str
        The same value in every row.
    row_number : bool
        The row's number in the file, as an id.
    join : tuple of str
        Columns of the file whose values make one id, with ``separator`` between them.
    add_months : tuple of (str, str)
        Two of our columns: a day, and a number of months that is added.
    months_between : tuple of (str, str)
        Two of our columns, both days: the months from one to the other.
    ratio : tuple of (str, str)
        Two of our columns, both numbers: the first divided by the second, missing where that is 0.
    values : mapping of str to str
        The file's words and ours.
    otherwise : str
        What every other word means; those words are counted in a note.
    blank_when : mapping of str to str
        Columns of ours and a value of each: in such rows the cell counts as blank, as the expected end of an open deal.
    through : str
        ``table.column`` of ours: words that are no known id are looked up there, as a company's name in
        ``accounts.account_name``.
    corrects : mapping of str to str
        Slips of the file and what was meant; each is counted in a note.
    missing : tuple of str
        Words that stand for "no value", beside the blank cell.
    date_format : str
        Such as ``DD/MM/YYYY``; empty to find out.
    strip : tuple of str
        Words to take off numbers before they are read.
    multiply_by, divide_by : float
        Factors for numbers.
    times : str
        A column of the file by which it is multiplied, such as a quantity.
    over : str
        A column of ours by which it is divided, such as the months of the term.
    inverted : bool
        A yes in the file is our no ("1 = still a customer").
    inclusive : bool
        The file's day is the last day in force, ours the day after.

    >>> Rule(column="解約", inverted=True).constant
    ''
    """

    column: str = ""
    any_of: tuple[str, ...] = ()
    constant: str = ""
    row_number: bool = False
    join: tuple[str, ...] = ()
    separator: str = "-"
    add_months: tuple[str, ...] = ()
    months_between: tuple[str, ...] = ()
    ratio: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    otherwise: str = ""
    blank_when: Mapping[str, str] = field(default_factory=dict)
    through: str = ""
    corrects: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    date_format: str = ""
    strip: tuple[str, ...] = ()
    multiply_by: float = 1.0
    divide_by: float = 1.0
    times: str = ""
    over: str = ""
    inverted: bool = False
    inclusive: bool = False

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns of the file that the rule uses.

        >>> Rule(join=("branch", "number")).reads
        ('branch', 'number')
        """
        named = self.join or ((self.column,) if self.column else ())
        return (*named, self.times) if self.times else named

    @property
    def parents(self) -> tuple[str, ...]:
        """The columns of ours from which it is computed.

        >>> Rule(ratio=("wau", "seats")).parents
        ('wau', 'seats')
        """
        return self.add_months or self.months_between or self.ratio


@dataclass(frozen=True)
class TableRules:
    """How one table is made: its file, and a rule for each column that the file does not already call by our name.

    ``recognise`` holds sets of headers, any of which tells the file; ``only`` the words of a column with which a row
    counts at all.

    ``sheet`` names one of a workbook; ``header_row`` is the row of the column names, 0 to find it.

    In a database it is not a ``file`` but a ``table`` of the engine, or ``parquet`` that the engine reads.

    >>> TableRules("customers.csv").columns
    {}
    """

    file: str = ""
    sheet: str = ""
    header_row: int = 0
    table: str = ""
    parquet: str = ""
    columns: Mapping[str, Rule] = field(default_factory=dict)
    recognise: tuple[tuple[str, ...], ...] = ()
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class FileMapping:
    """A whole mapping.

    Parameters
    ----------
    name : str
        ``mapping.toml``, or the name of a shipped mapping; empty where there is none.
    tables : mapping of str to TableRules
        By our table names.
    as_of : str
        Day of the export (ISO); empty to take the last day of the data.
    currency, encoding, date_format, missing
        Hold for all files.
    recognise : tuple of str
        The exact header by which a shipped mapping is chosen by itself.
    use : tuple of str
        Shipped mappings that hold wherever this one says nothing.
    fiscal_start : int
        Month in which fiscal years begin, such as 4; 0 where the mapping does not say.
    mask : mapping of str to str
        By column of ours (``accounts.account_name``): ``keep``, ``pseudonym`` or ``drop``, whatever stands in it.
    time_zone : str
        By whose clock months begin in a log whose times bear a zone, such as ``Asia/Tokyo``.
    events : LogRules or None
        What it says about the log of the product.

    >>> FileMapping().tables
    {}
    """

    name: str = ""
    tables: Mapping[str, TableRules] = field(default_factory=dict)
    as_of: str = ""
    currency: str = ""
    encoding: str = ""
    date_format: str = ""
    missing: tuple[str, ...] = ()
    recognise: tuple[str, ...] = ()
    use: tuple[str, ...] = ()
    fiscal_start: int = 0
    mask: Mapping[str, str] = field(default_factory=dict)
    time_zone: str = ""
    events: LogRules | None = None
