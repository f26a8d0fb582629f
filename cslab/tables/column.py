"""What a column and a table of the contract declare about themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["id", "text", "category", "date", "month", "money", "rate", "count", "number", "flag", "time"]
Need = Literal["required", "wanted", "extra"]
Personal = Literal["", "name", "text", "key"]


@dataclass(frozen=True)
class Column:
    """One column: its type, unit, when its value becomes known, and what may stand in it.

    Parameters
    ----------
    name : str
        English snake_case, the same in both languages.
    kind : str
        ``id``, ``text``, ``category``, ``date`` (a real day), ``month`` (its first day), ``money`` (whole units of the
        book's currency), ``rate`` (0-1), ``count`` (whole, not negative), ``number``, ``flag`` or ``time`` (a moment).
    en, ja : str
        What it means, for the data dictionary, the templates and the messages.
    need : str
        ``required`` (a table without it is refused), ``wanted`` (a lesson that needs it says so) or ``extra``.
    unit : str
        Unit of a number, such as ``months``.
    known_from : tuple of str
        Empty: known with the row; names of date columns: known from the first of them that is filled (``due-30d``:
        thirty days before ``due``);
        ``("snapshot",)``: an export overwrites it, so its past values are lost.
    blank : str
        What stands in the cell before the value is known; empty means missing; ``no`` for a flag that is down
        until then.
    values : tuple of str
        The words a ``category`` may hold; empty means any.
    low, high : float or None
        Smallest and largest value, both allowed.
    personal : str
        Whom real values would name: ``name`` (a company or person in each), ``text`` (what somebody wrote, and in it
        anybody), ``key`` (an id, which some companies fill with names or mails); empty for none of these.

    >>> Column("seats", "count", "Paid seats", "有償の席数", low=0).unit
    ''
    """

    name: str
    kind: Kind
    en: str
    ja: str
    need: Need = "wanted"
    unit: str = ""
    known_from: tuple[str, ...] = ()
    blank: str = ""
    values: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    personal: Personal = ""

    def describe(self, lang: str) -> str:
        """What the column means, in a language.

        >>> Column("seats", "count", "Paid seats", "有償の席数").describe("ja")
        '有償の席数'
        """
        return self.ja if lang == "ja" else self.en


@dataclass(frozen=True)
class Table:
    """One table: what a row is, what identifies it, which rows it hangs on, when a row becomes known.

    Parameters
    ----------
    name : str
        The table's name and the name of its file.
    en, ja : str
        What one row is.
    key : tuple of str
        Columns that together identify a row; empty where rows may repeat.
    columns : tuple of Column
        All declared columns, in the order of the export.
    parents : tuple of (str, str)
        ``(column, table)``: the column's values must stand in that table's column of the same name.
    known_from : tuple of str
        When a row becomes known. Empty: always; names of date columns: from the first of them that is filled;
        ``("month_end",)``: from the last day of the row's ``month`` on.
    after : tuple of (str, str)
        Pairs of date columns: the first is never before the second, on whatever row both are filled.

    >>> Table("t", "one thing", "ひとつ", ("a",), (Column("a", "id", "Id", "番号"),)).column("a").kind
    'id'
    """

    name: str
    en: str
    ja: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    parents: tuple[tuple[str, str], ...] = ()
    known_from: tuple[str, ...] = ()
    after: tuple[tuple[str, str], ...] = ()

    def column(self, name: str) -> Column:
        """The declaration of a column.

        Raises
        ------
        KeyError
            For a column that is not declared.

        >>> from cslab.tables import TABLES
        >>> TABLES["contracts"].column("term_months").unit
        'months'
        """
        return {column.name: column for column in self.columns}[name]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the declared columns, in order.

        >>> from cslab.tables import TABLES
        >>> TABLES["accounts"].names[0]
        'account_id'
        """
        return tuple(column.name for column in self.columns)
