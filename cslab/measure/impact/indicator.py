"""Indicators: what a number of a chain is counted from, in a small language of its own that runs no code."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import NamedTuple, NoReturn

from cslab.faults import DataError, Fault, nearest

ROWS = ("count", "ever", "so_far")
"""Kinds that count rows: ``count(TABLE where …)``; ``so_far`` also adds up a column."""
CELLS = ("sum", "mean", "last")
"""Kinds that take the cells of a column: ``mean(TABLE.COLUMN where …)``."""
STATES = ("retained", "mrr")
"""Kinds that say how a customer stands; they take nothing."""
KINDS = (*ROWS, *CELLS, *STATES)
KEPT = ("ever", "so_far")
"""Kinds that stay with a customer that has left."""
LONGEST = 1_000
"""Letters that an indicator may have."""

SIGNS = ("=", "!=", "<", "<=", ">", ">=")
_SIGNS = ", ".join((*SIGNS, "in", "is known"))
_TOKEN = re.compile(
    r"""(?P<day>\d{4}-\d{2}-\d{2}(?![\w-])) | (?P<number>-?\d+(?:\.\d+)?(?![\w.-])) | "(?P<text>[^"]*)"
    | (?P<name>[^\W\d][\w-]*) | (?P<sign>!=|<=|>=|=|<|>) | (?P<mark>[(),.\[\]])""",
    re.VERBOSE,
)
Value = str | float | bool | dt.date


@dataclass(frozen=True)
class Condition:
    """Which rows count.

    Parameters
    ----------
    column : str
    sign : str
        ``=``, ``!=``, ``<``, ``<=``, ``>``, ``>=``, ``in`` or ``known``.
    values : tuple
        Texts, numbers, true and false, or days; none for ``known``.

    >>> parse("count(tickets where category in [how_to, setup])").where[0].values
    ('how_to', 'setup')
    """

    column: str
    sign: str
    values: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Indicator:
    """What a node of a chain is seen by: a number for each customer and month.

    Parameters
    ----------
    text : str
        As somebody wrote it.
    kind : str
        ``count``, ``ever``, ``so_far`` (rows), ``sum``, ``mean``, ``last`` (a column's cells), ``retained`` or ``mrr``.
    table, column : str
        Empty where the kind needs none.
    on : str
        The column of days that says when a row happened; empty: when it became known.
    where : tuple of Condition
        All must hold.
    line : int
        Where it stands in its file.

    >>> parse("ever(onboarding on done where milestone = first_value)").on
    'done'
    """

    text: str
    kind: str
    table: str = ""
    column: str = ""
    on: str = ""
    where: tuple[Condition, ...] = ()
    line: int = 1

    @property
    def lasts(self) -> bool:
        """Whether customers that have left still have a value.

        >>> parse("retained").lasts, parse("count(tickets)").lasts
        (True, False)
        """
        return self.kind in (*STATES, *KEPT)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that it names, each once."""
        named = (self.column, self.on, *(condition.column for condition in self.where))
        return tuple(dict.fromkeys(name for name in named if name))


def parse(text: str, line: int = 1) -> Indicator:
    """Read an indicator.

    ``count(TABLE where …)`` counts the month's rows, ``ever(…)`` says whether there was one by then, ``so_far(…)``
    counts them up (``so_far(TABLE.COLUMN …)``: adds the column up); ``sum(TABLE.COLUMN where …)`` and ``mean(…)`` take
    the month's cells, ``last(…)`` the last one that is known; ``retained`` and ``mrr`` stand alone. ``on COLUMN`` after
    the table says which day counts. Conditions are joined by ``and``: ``column = value``, ``!=``, ``<``, ``<=``, ``>``,
    ``>=``, ``in [a, b]``, ``is known``.

    Parameters
    ----------
    text : str
    line : int
        Where it stands in its file.

    Raises
    ------
    DataError
        For anything else, with the first sign that cannot stand where it does.

    >>> parse("sum(touches.minutes where type = training and minutes >= 30)").columns
    ('minutes', 'type')
    >>> parse("__import__('os')")
    Traceback (most recent call last):
    cslab.faults.DataError: line 1: "__import__('os')": __import__ cannot stand at letter 1; what can: count, ever, ...
    """
    return _Reader(text, line).indicator()


class _Token(NamedTuple):
    """A word of an indicator: its kind, what it says, and its first letter's place from 1."""

    kind: str
    text: str
    place: int


class _Reader:
    """Reads the words of an indicator from left to right."""

    def __init__(self, text: str, line: int) -> None:
        """Cut the text into words; what is none ends them."""
        self._written, self._line, self._at = text.strip(), line, 0
        if len(text) > LONGEST:
            raise DataError(Fault("chain.long_indicator", {"line": line, "count": len(text), "limit": LONGEST}))
        self._tokens = list(_tokens(self._written))

    def indicator(self) -> Indicator:
        """The whole of it."""
        kind = self._one_of(KINDS)
        if kind in STATES:
            self._end()
            return Indicator(self._written, kind, line=self._line)
        self._mark("(")
        table = self._name("TABLE")
        column = self._column() if kind in CELLS or (kind == "so_far" and self._next.text == ".") else ""
        on = self._name("COLUMN") if self._took("on") else ""
        where = self._conditions() if self._took("where") else ()
        self._mark(")")
        self._end()
        return Indicator(self._written, kind, table, column, on, where, self._line)

    def _column(self) -> str:
        """The column behind a table's name."""
        self._mark(".")
        return self._name("COLUMN")

    def _conditions(self) -> tuple[Condition, ...]:
        """One or more conditions."""
        found = [self._condition()]
        while self._took("and"):
            found.append(self._condition())
        return tuple(found)

    def _condition(self) -> Condition:
        """One condition."""
        column = self._name("COLUMN")
        if self._took("is"):
            self._one_of(("known",))
            return Condition(column, "known")
        if self._took("in"):
            return Condition(column, "in", self._values())
        if self._next.kind != "sign":
            self._refuse(_SIGNS)
        return Condition(column, self._take().text, (self._value(),))

    def _values(self) -> tuple[Value, ...]:
        """The values of a list."""
        self._mark("[")
        found = [self._value()]
        while self._took(","):
            found.append(self._value())
        self._mark("]")
        return tuple(found)

    def _value(self) -> Value:
        """One value."""
        token = self._next
        if token.kind not in ("day", "number", "text", "name"):
            self._refuse("VALUE")
        try:
            found = _meant(token)
        except ValueError:
            self._refuse("2024-03-31")
        self._take()
        return found

    def _one_of(self, words: tuple[str, ...]) -> str:
        """One of some words, or the fault with the nearest of them."""
        if self._next.kind != "name" or self._next.text not in words:
            self._refuse(", ".join(words), nearest(self._next.text, words))
        return self._take().text

    def _name(self, what: str) -> str:
        """The name of a table or column."""
        if self._next.kind != "name":
            self._refuse(what)
        return self._take().text

    def _mark(self, mark: str) -> None:
        """A bracket, comma or dot."""
        if self._next.kind != "mark" or not self._took(mark):
            self._refuse(mark)

    def _end(self) -> None:
        """Nothing more."""
        if self._next.kind != "end":
            self._refuse("–")

    def _took(self, text: str) -> bool:
        """Whether a word or mark comes next; it is taken."""
        comes = self._next.kind in ("name", "mark") and self._next.text == text
        self._at += comes
        return comes

    @property
    def _next(self) -> _Token:
        """The word that comes next."""
        return self._tokens[self._at]

    def _take(self) -> _Token:
        """The next word, taken."""
        self._at += 1
        return self._tokens[self._at - 1]

    def _refuse(self, wanted: str, near: str = "") -> NoReturn:
        """The fault of the word that comes next."""
        shown = self._written if len(self._written) <= 80 else self._written[:79] + "…"
        where = {"line": self._line, "text": shown, "found": self._next.text or "–", "place": self._next.place}
        raise DataError(Fault("chain.grammar", {**where, "wanted": wanted, "near": near}))


def _tokens(text: str) -> list[_Token]:
    """The words of an indicator; the last is ``end``, or the first that is no word at all."""
    found, at = [], 0
    while at < len(text):
        if text[at].isspace():
            at += 1
        elif match := _TOKEN.match(text, at):
            kind = str(match.lastgroup)
            found.append(_Token(kind, match[kind], at + 1))
            at = match.end()
        else:
            return [*found, _Token("none", text[at], at + 1)]
    return [*found, _Token("end", "", len(text) + 1)]


def _meant(token: _Token) -> Value:
    """The value that a word means."""
    if token.kind == "day":
        return dt.date.fromisoformat(token.text)
    if token.kind == "number":
        return float(token.text)
    flags = {"true": True, "false": False}
    return flags.get(token.text, token.text) if token.kind == "name" else token.text
