"""What an exercise calls: begin, check, hint. An answer is judged on the whole company; the learner sees it without."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from typing import TYPE_CHECKING, Any

from cslab.course import cells, lesson, shown
from cslab.faults import Fault, UsageError
from cslab.words import default_language, word

if TYPE_CHECKING:
    from cslab.book import Book
    from cslab.course.questions.question import Material, Question

GRADED = shown.GRADED
"""The environment variable under which answers are judged elsewhere, and nothing is judged here."""

_materials: list[Material] = []


def begin(number: str, source: str, as_of: str = "", lang: str = "en", trainee: str = "", variant: int = 0) -> Book:
    """Begin an exercise: set language and style, load the company, show who it is.

    Parameters
    ----------
    number : str
        Of the lesson that the exercise belongs to, such as ``"05"``.
    source : str
        Where the company's tables come from (see ``cslab.load``).
    as_of : str
        Last day that is known, ``YYYY-MM-DD``; empty for the last day of the data.
    lang : str
        ``"en"`` or ``"ja"``.
    trainee : str
        A name or number that gives a synthetic company of one's own; empty for the one that all share.
    variant : int
        Version of the fixed data, such as the toy book: 0 as printed.

    Returns
    -------
    Book
        Without its truth.

    Raises
    ------
    UsageError
        For an unknown language, source or date.
    DataError
        For files that break the contract.

    >>> begin("01", "synthetic:tiny").has("truth")  # doctest: +ELLIPSIS
    The company in this lesson...
    False
    """
    from cslab.course.questions.question import Material

    own = own_source(source, trainee)
    whole = lesson.start(number, own, as_of, lang, reveal_truth=False)
    if str(trainee).strip() and own == source:
        text = word("exercise.no_own_company", lang, name=trainee)
        shown.show(text, shown.paragraphs(text, "cslab-aside"))
    _materials[:] = [Material(whole, variant)]
    return lesson.reading().book


def own_source(source: str, trainee: str) -> str:
    """A source with the seed of one trainee: the same for the same name on every machine.

    Parameters
    ----------
    source : str
        Only a synthetic company has a seed; any other source comes back as it is.
    trainee : str
        Upper and lower case, full and half width and spaces make no difference.

    Returns
    -------
    str

    Raises
    ------
    UsageError
        For a source string that cannot be understood.

    >>> own_source("synthetic:tiny?seed=11&accounts=40", "Hanako Sato")
    'synthetic:tiny?seed=965518&accounts=40'
    >>> own_source("synthetic:tiny?seed=11&accounts=40", "ｈａｎａｋｏ　ｓａｔｏ")
    'synthetic:tiny?seed=965518&accounts=40'
    """
    from cslab.sources import parse

    name = "".join(unicodedata.normalize("NFKC", str(trainee)).casefold().split())
    found = parse(source)
    if not name or found.kind != "synthetic":
        return source
    digest = hashlib.sha256(f"trainee {name}".encode()).digest()
    seed = 100_000 + int.from_bytes(digest[:8], "big") % 900_000
    options = {**found.params, "seed": str(seed)}
    return f"{found.kind}:{found.name}?" + "&".join(f"{option}={value}" for option, value in options.items())


def check(question: str, answer: Any = ...) -> None:
    """Say whether an answer is right, and if not, which of the usual ways led there.

    Parameters
    ----------
    question : str
        Its id, such as ``"nrr"``.
    answer : object
        Three dots as long as there is none.

    Raises
    ------
    UsageError
        Before :func:`begin`, or for a question that nobody asked, naming the nearest.

    >>> _ = begin("01", "synthetic:tiny")  # doctest: +ELLIPSIS
    The company in this lesson...
    >>> check("no_such_question", 1)
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    if _noted():
        return
    from cslab.course.questions import feedback
    from cslab.course.questions.judge import judge

    asked, lang = _asked(question), lesson.reading().lang
    found = judge(asked, answer, _materials[0])
    shown.show(feedback.text(found, asked, lang), feedback.html(found, asked, lang), shown.CHECK, found.record())


def hint(question: str, level: int = 1) -> None:
    """Show a hint: the first says where to look, the second what to call, the third almost the line.

    Parameters
    ----------
    question : str
        Its id.
    level : int
        1 to 3.

    Raises
    ------
    UsageError
        Before :func:`begin`, for a question that nobody asked or a level that there is not.

    >>> _ = begin("01", "synthetic:tiny")  # doctest: +ELLIPSIS
    The company in this lesson...
    >>> hint("no_such_question")
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    if _noted():
        return
    from cslab.course.questions import hints

    asked, lang = _asked(question), lesson.reading().lang
    if type(level) is not int or level not in range(1, hints.LEVELS + 1):
        raise UsageError(Fault("unknown_hint", {"level": level, "last": hints.LEVELS}))
    shown.show(hints.text(asked, level, lang), hints.html(asked, level, lang))


def _asked(name: str) -> Question:
    """The question of an id, once an exercise has begun."""
    from cslab.course.questions import bank

    if not _materials:
        cells.prepare(lambda *needs: [], default_language())  # so that this, too, is told without a traceback
        raise UsageError(Fault("exercise_not_begun"))
    return bank.find(name, lesson.reading().lesson)


def _noted() -> bool:
    """Whether answers are judged elsewhere; if so, that is said."""
    if not os.environ.get(GRADED):
        return False
    text = word("check.noted", lesson.reading().lang)
    shown.show(text, shown.paragraphs(text, "cslab-aside"))
    return True
