"""A book of business: one company's tables as of a date, and, for synthetic companies, the truth behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from textwrap import fill
from typing import TYPE_CHECKING, Any

from cslab.book.day import read_day, read_days
from cslab.book.log import EventLog
from cslab.book.truth import Truth
from cslab.faults import Fault, NotReady, UsageError, nearest
from cslab.tables import EVENTS, TABLES, known_on
from cslab.words import word

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd

__all__ = ["Book", "EventLog", "Note", "Truth", "read_day", "read_days"]


@dataclass(frozen=True)
class Note:
    """Something that was coerced, set aside or assumed on the way in: counted, and shown.

    Parameters
    ----------
    key : str
        The message, a key of ``words.csv`` without its leading ``note.``.
    values : dict
        What fills its blanks.
    """

    key: str
    values: Mapping[str, Any]

    def text(self, lang: str) -> str:
        """The note in a language.

        >>> Note("snapshot_dropped", {"columns": "accounts.plan", "date": "2024-03-31"}).text("en").split(":")[0]
        'accounts.plan'
        """
        return word(f"note.{self.key}", lang, **self.values)


@dataclass(frozen=True)
class Book:
    """One company's tables as of a date.

    Every known table is an attribute (``book.contracts``). A frame is handed out as a shallow copy under pandas'
    copy-on-write, so what one cell does to it does not reach the next.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables that keep the contract (``cslab.tables``).
    as_of : Timestamp
        The last day that is known.
    source : str
        Where the book comes from.
    currency : str
        The one currency of all amounts.
    notes : tuple of Note
        What was coerced, set aside or assumed.
    window_start : Timestamp or None
        First day of the records; customers signed before it entered late.
    stock_sample : bool
        Only tenures and a yes/no are known: no calendar.
    synthetic, published : bool
        Made by the simulator; published for everybody. Anything else is taken for somebody's real data.
    truth : Truth or None
        ``None`` unless the book is synthetic and the truth may be shown.
    log : EventLog or None
        The product's log, where there is one.

    >>> import pandas as pd
    >>> book = Book({"accounts": pd.DataFrame({"account_id": ["A1"]})}, pd.Timestamp("2024-03-31"))
    >>> book.has("accounts"), book.has("usage_monthly")
    (True, False)
    """

    tables: Mapping[str, pd.DataFrame]
    as_of: pd.Timestamp
    source: str = ""
    currency: str = "JPY"
    notes: tuple[Note, ...] = ()
    window_start: pd.Timestamp | None = None
    stock_sample: bool = False
    synthetic: bool = False
    published: bool = False
    truth: Truth | None = None
    log: EventLog | None = None

    def __post_init__(self) -> None:
        """Switch on copy-on-write, without which a shallow copy could still be written through."""
        import pandas as pd

        pd.options.mode.copy_on_write = True

    def __repr__(self) -> str:
        """The book in a few lines, without making a table for it."""
        made = getattr(self.tables, "made", self.tables)
        names = [f"{name} {len(made[name]):,}" if name in made else name for name in self.tables]
        names += [EVENTS.name] if self.log else []
        head = f"Book({self.source!r}, as of {self.as_of.date()}, {len(names)} tables: "
        return fill(", ".join(names) + ")", 100, initial_indent=head, subsequent_indent="     ")

    def __dir__(self) -> list[str]:
        """What can be asked for with a dot: the book's own names and its tables."""
        return [*super().__dir__(), *self.tables]

    def __getattr__(self, name: str) -> pd.DataFrame:
        """The table of that name; a known one that is absent says how to get it."""
        if name.startswith("_") or name not in TABLES:
            raise AttributeError(f"a book has no {name!r}; its tables: {', '.join((*TABLES, EVENTS.name))}")
        self.require(name)
        return self.tables[name].copy(deep=False)

    @property
    def confidential(self) -> bool:
        """Whether the book holds somebody's real data, so that what is made of it stays within the company.

        >>> import cslab
        >>> cslab.load("synthetic:tiny").confidential
        False
        """
        return not (self.synthetic or self.published)

    @property
    def first_day(self) -> pd.Timestamp | None:
        """The first day of the records, else that of the first contract or deal; None where nothing has a date.

        >>> import cslab
        >>> cslab.load("synthetic:tiny").first_day.date()
        datetime.date(2021, 4, 1)
        """
        if self.window_start is not None or self.stock_sample:
            return self.window_start
        first = [self.tables[table][column].min() for table, column in _BEGINS if self.has(f"{table}.{column}")]
        return first[0] if first else None

    @property
    def usage_events(self) -> Any:
        """The product's log as one Ibis table, not computed before it is aggregated (``measure.events``).

        Raises
        ------
        NotReady
            Where there is no log, or what it takes to open it is not installed.
        """
        self.require(EVENTS.name)
        return self.log.table()  # type: ignore[union-attr]  # `require` has seen to it

    def has(self, *needs: str) -> bool:
        """Whether the book holds all of some needs.

        Parameters
        ----------
        *needs : str
            ``"usage_monthly"``, ``"contracts.end"``, ``"usage_events"``, ``"calendar"`` (real days), ``"truth"``,
            ``"touch_lines"`` (nothing known speaks against the company's giving touch by MRR), ``"mrr"`` (movements of
            MRR, or contracts with their amounts), ``"departures"`` (one customer at least has left),
            ``"many_departures"`` (twenty) or ``"stock_sample"``.

        >>> import cslab
        >>> cslab.load("synthetic:tiny").has("contracts.end", "calendar", "truth")
        True
        """
        return not self.lacks(*needs)

    def lacks(self, *needs: str) -> list[Fault]:
        """What is missing of some needs, each once and with the way to get it.

        >>> import cslab
        >>> [fault.key for fault in cslab.load("synthetic:tiny").lacks("contracts.tenure_months", "accounts")]
        ['no_column']
        """
        faults: list[Fault] = []
        for need in needs:
            fault = self._lack(need)
            faults += [fault] if fault and fault not in faults else []
        return faults

    def require(self, *needs: str) -> None:
        """Raise with everything that is missing of some needs.

        Raises
        ------
        NotReady
            Naming every table and column that is not there.

        >>> import cslab
        >>> cslab.load("synthetic:tiny").require("accounts", "contracts.end")
        """
        if faults := self.lacks(*needs):
            raise NotReady(*faults)

    def at(self, date: str | dt.date) -> Book:
        """The book as it was known at the end of a day: later rows dropped, cells not yet known blanked.

        Parameters
        ----------
        date : str, date or Timestamp
            A day not after ``as_of``, as ``read_day`` reads it.

        Raises
        ------
        UsageError
            For a day after the last known one, or what is no day.
        NotReady
            For a stock sample, which has no earlier day.

        >>> import cslab
        >>> book = cslab.load("synthetic:tiny")
        >>> bool((book.at("2023-03-31").contracts["start"] <= "2023-03-31").all())
        True
        """
        day = read_day(date)
        if day == self.as_of:
            return self
        self.require("calendar")
        if day > self.as_of:
            raise UsageError(Fault("after_the_data", {"date": day.date(), "last": self.as_of.date()}))
        notes = self.notes + _snapshot_notes(self.tables, day)
        log = self.log and self.log.until(day)
        return replace(self, tables=known_on(self.tables, day), as_of=day, notes=notes, log=log)

    def hide_truth(self) -> Book:
        """The same book without its truth.

        >>> import cslab
        >>> cslab.load("synthetic:tiny").hide_truth().truth is None
        True
        """
        return replace(self, truth=None)

    def _lack(self, need: str) -> Fault | None:
        """The fault of one need, if it is not met."""
        conditions = {
            "calendar": not self.stock_sample,
            "truth": self.truth is not None,
            "touch_lines": self.truth is None or self.truth.touch_lines is not None,
            "stock_sample": self.stock_sample,
        }
        if need in conditions:
            return None if conditions[need] else Fault(f"no_{need}")
        if need == MRR:
            return None if self.has("mrr_movements") or self.has("contracts.mrr_amount") else Fault(f"no_{MRR}")
        if need in DEPARTURES:
            return self._few_departures(DEPARTURES[need])
        if need == EVENTS.name:
            return self.log.lack() if self.log else Fault("no_log", {"table": need})
        table, _, column = need.partition(".")
        if table not in TABLES or (column and not column.startswith("x_") and column not in TABLES[table].names):
            columns = (f"{t.name}.{name}" for t in TABLES.values() for name in t.names)
            known = [*conditions, MRR, *DEPARTURES, EVENTS.name, *TABLES, *columns]
            return Fault("unknown_need", {"need": need, "near": nearest(need, known)})
        if table not in self.tables:
            return Fault("no_table", {"table": table})
        if column and column not in self.tables[table]:
            return _no_column(table, column, self.tables[table])
        return None

    def _few_departures(self, least: int) -> Fault | None:
        """The fault of a company that fewer have left; none where no contracts tell: that is another need."""
        if not self.has("contracts.account_id", "contracts.end"):
            return None
        ends = self.contracts.assign(open=self.contracts["end"].isna()).groupby("account_id")[["end", "open"]].max()
        n = int(((ends["end"] <= self.as_of) & ~ends["open"]).sum())
        return Fault("few_departures", {"n": n, "least": least, "last": self.as_of.date()}) if n < least else None


MRR = "mrr"
"""The need of amounts, wherever they stand."""

DEPARTURES = {"departures": 1, "many_departures": 20}
"""The needs of customers who have left: any at all, or so many that a model of a few signs can be fitted."""

_BEGINS = (("contracts", "start"), ("deals", "engaged_on"))
"""What the records begin with, where they do not say it themselves."""


_COUNTED = {"term_months": ("no_term_months", {"start", "end"}), "wau_ratio": ("no_wau_ratio", {"wau", "seats"})}
"""Columns that can be counted from two others, and the fault that says how."""


def _no_column(table: str, column: str, frame: pd.DataFrame) -> Fault:
    """The fault of a column that is absent, with what it would mean in either language and whence it could come."""
    if column not in TABLES[table].names:
        return Fault("no_covariate", {"table": table, "column": column})
    declared = TABLES[table].column(column)
    key, parents = _COUNTED.get(column, ("no_column", set()))
    values = {"table": table, "column": column, "en": declared.en, "ja": declared.ja}
    return Fault(key if parents <= {*frame} else "no_column", values)


def _snapshot_notes(tables: Mapping[str, pd.DataFrame], day: pd.Timestamp) -> tuple[Note, ...]:
    """That columns which an export overwrites are not known for an earlier day."""
    gone = [
        f"{name}.{column.name}"
        for name in tables
        for column in TABLES[name].columns
        if column.known_from == ("snapshot",) and column.name in tables[name]
    ]
    return (Note("snapshot_dropped", {"columns": ", ".join(gone), "date": day.date()}),) if gone else ()
