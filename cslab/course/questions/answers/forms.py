"""What an answer can be made of beside numbers, texts, days, lists, sets and dicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

LARGEST = 1_000_000
"""Letters of the longest line that is written or read."""

MOST, DEEPEST = 20_000, 8
"""How many values an answer may hold, and how many levels."""


class TooLarge(Exception):
    """More values than an answer has."""


@dataclass(frozen=True)
class Strange:
    """An answer, or a piece of one, that is of no plain type.

    Parameters
    ----------
    what : str
        The name of its type, ``"too_large"`` or ``"unreadable"``.

    >>> from cslab.course.questions import answers
    >>> answers.plain(print)
    Strange(what='builtin_function_or_method')
    """

    what: str


@dataclass(frozen=True)
class Column:
    """A pandas Series in plain types.

    Parameters
    ----------
    name : str
        Empty for a Series without one.
    keys : tuple of str
        Names of its index levels, empty for one without a name.
    index, values : tuple
        As long as each other; an index of several levels holds lists.

    >>> import pandas as pd
    >>> from cslab.course.questions import answers
    >>> answers.plain(pd.Series([0.5], index=["a"], name="share"))
    Column(name='share', keys=('',), index=('a',), values=(0.5,))
    """

    name: str
    keys: tuple[str, ...]
    index: tuple[Any, ...]
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Frame:
    """A pandas DataFrame in plain types; a named index stands among the columns.

    Parameters
    ----------
    columns : tuple of str
    rows : tuple of tuple
        A value a column.

    >>> import pandas as pd
    >>> from cslab.course.questions import answers
    >>> answers.plain(pd.DataFrame({"month": [1], "mrr": [2.5]}))
    Frame(columns=('month', 'mrr'), rows=((1, 2.5),))
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
