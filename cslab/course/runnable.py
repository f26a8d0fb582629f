"""Which lessons run on a source, as a table and as a set of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.course.lessons import lessons
from cslab.course.readiness import readiness
from cslab.course.wanted import wanted

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book


def runnable(book: Book, lang: str = "en") -> pd.DataFrame:
    """Every lesson with whether it runs on a book, and what it lacks.

    Parameters
    ----------
    book : Book
    lang : str
        ``"en"`` or ``"ja"``, of the titles.

    Returns
    -------
    DataFrame
        ``number``, ``title``, ``state`` (``whole``, ``part`` or ``not``), ``lacking`` (tables and columns, with commas
        between them; empty where nothing is missing). A lesson that would be shown on another company, since too few
        have left, runs in part.

    >>> import cslab
    >>> set(runnable(cslab.load("synthetic:tiny"))["state"]) <= {"whole", "part"}
    True
    """
    import pandas as pd

    rows = []
    for lesson in lessons():
        found = readiness(book, lesson, lang)
        lacking = ", ".join(dict.fromkeys(one.name(lang) for one in wanted([found])))
        rows.append({"number": lesson.number, "title": lesson.title(lang), "state": found.state, "lacking": lacking})
    return pd.DataFrame(rows, columns=["number", "title", "state", "lacking"])


def runs(book: Book, state: str = "") -> frozenset[str]:
    """The numbers of the lessons that run on a book.

    Parameters
    ----------
    book : Book
    state : str
        ``"whole"``, ``"part"``, ``"not"``; empty: wholly or in part.

    >>> import cslab
    >>> runs(cslab.load("synthetic:tiny"), "not")
    frozenset()
    """
    found = runnable(book)
    chosen = found["state"].isin([state] if state else ["whole", "part"])
    return frozenset(found.loc[chosen, "number"])
