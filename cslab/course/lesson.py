"""What a lesson calls: begin, say, verdict. A sentence with a number in it is an output, never typed into the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from cslab.course import cells, shown
from cslab.course.card import show_card
from cslab.faults import Fault, UsageError
from cslab.words import LANGUAGES, default_language, word

if TYPE_CHECKING:
    from cslab.book import Book
    from cslab.course.verdicts import Number, Verdict


@dataclass(frozen=True)
class Reading:
    """The lesson that is being read in this process.

    Parameters
    ----------
    lesson : str
        Its number, such as ``"05"``.
    lang : str
        ``"en"`` or ``"ja"``.
    book : Book
        The company it is about, without its truth where that is not revealed.
    carried : bool
        Whether the source carries the truth, revealed or not.
    guesses, verdicts : dict
        What the reader expected and what came of it, by misconception.
    silent : set of str
        The misconceptions that get no verdict, because this company lacks what it needs.
    names : dict of str to str
        What tables call values that somebody's own file has named.
    other : Book or None
        The company that the lesson is shown on instead, where too few customers have left its own.
    own : set of str
        Not empty while a part of such a lesson is about the reader's own company all the same.
    """

    lesson: str
    lang: str
    book: Book
    carried: bool
    guesses: dict[str, Number] = field(default_factory=dict)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)
    other: Book | None = None
    own: set[str] = field(default_factory=set)

    @property
    def company(self) -> Book:
        """The company whose numbers are shown.

        >>> book = begin("05", "synthetic:tiny")  # doctest: +ELLIPSIS
        The company in this lesson...
        >>> reading().company is book
        True
        """
        return self.other or self.book


_readings: list[Reading] = []


def begin(
    lesson: str,
    source: str,
    as_of: str = "",
    lang: str = "en",
    reveal_truth: bool = True,
    large_source: str = "",
    months: int = 0,
) -> Book:
    """Begin a lesson: set language and style, load the company, show who it is and what cannot be told of it.

    Parameters
    ----------
    lesson : str
        Number of the lesson, such as ``"05"``.
    source : str
        Where the company's tables come from (see ``cslab.load``).
    as_of : str
        Last day that is known, ``YYYY-MM-DD``; empty for the last day of the data.
    lang : str
        ``"en"`` or ``"ja"``.
    reveal_truth : bool
        Whether the truth behind synthetic customers may be shown.
    large_source : str
        The company that a lesson about scores is shown on where too few have left its own; see ``Reading.company``.
    months : int
        How many months ahead a departure counts in such a lesson.

    Returns
    -------
    Book
        Without its truth where that is not revealed.

    Raises
    ------
    UsageError
        For an unknown language, source or date.
    DataError
        For files that break the contract.

    >>> book = begin("05", "synthetic:tiny", lang="en")  # doctest: +ELLIPSIS
    The company in this lesson...
    >>> begin("05", "synthetic:tiny", reveal_truth=False).has("truth")  # doctest: +ELLIPSIS
    The company in this lesson...
    False
    """
    from cslab.course.elsewhere import too_few
    from cslab.course.reach import reach

    start(lesson, source, as_of, lang, reveal_truth)
    now = reading()
    if large_source and too_few(now.book, months):
        _readings[:] = [now := replace(now, other=another(large_source, reveal_truth))]
    found = reach(now.company, lesson, lang, elsewhere=now.other is not None)
    found.show(lang)
    now.silent.update(found.silent)
    return now.book


def start(lesson: str, source: str, as_of: str, lang: str, reveal_truth: bool) -> Book:
    """Begin a reading as :func:`begin` does, and hand back the whole company, for what has to know its truth.

    Parameters
    ----------
    lesson, source, as_of, lang, reveal_truth
        As for :func:`begin`.

    Returns
    -------
    Book
        With its truth where the source carries one, revealed or not.

    >>> start("05", "synthetic:tiny", "", "en", reveal_truth=False).has("truth")  # doctest: +ELLIPSIS
    The company in this lesson...
    True
    """
    from cslab import figures, load

    cells.prepare(lambda *needs: reading().company.lacks(*needs), lang if lang in LANGUAGES else default_language())
    if lang not in LANGUAGES:
        raise UsageError(Fault("unknown_language", {"lang": lang, "known": ", ".join(LANGUAGES)}))
    book = load(source, as_of)
    if not shown.unwatched():
        figures.use_style()
    _readings[:] = [Reading(lesson, lang, book if reveal_truth else book.hide_truth(), book.truth is not None)]
    show_card(book, lang, reveal_truth)
    return book


def another(source: str, reveal_truth: bool = True, **options: str) -> Book:
    """Load a second company for a part of a lesson, whatever company the lesson itself is about.

    Parameters
    ----------
    source : str
        Where its tables come from.
    reveal_truth : bool
        Whether the truth behind synthetic customers may be shown.
    **options
        What is to be set or replaced behind its ``?``, so that the same company runs in another world.

    Returns
    -------
    Book
        Without its truth where that is not revealed.

    Raises
    ------
    UsageError, DataError
        As :func:`begin`.

    >>> another("synthetic:tiny", reveal_truth=False).has("truth")
    False
    >>> another("synthetic:tiny?seed=3", seed="8").source
    'synthetic:tiny?seed=8'
    """
    from cslab import load
    from cslab.course.params import with_options

    book = load(with_options(source, options) if options else source)
    return book if reveal_truth else book.hide_truth()


def about(book: Book) -> Book:
    """Let the lesson go on about this book: the same company, with a table made from its others.

    Parameters
    ----------
    book : Book

    Returns
    -------
    Book
        The same.

    >>> book = begin("03", "synthetic:tiny")  # doctest: +ELLIPSIS
    The company in this lesson...
    >>> about(book) is reading().book
    True
    """
    _readings[:] = [replace(reading(), book=book)]
    return book


def call(names: Mapping[str, str]) -> None:
    """Let tables call values by these names from here on, such as the phases of somebody's own rules.

    Parameters
    ----------
    names : mapping of str to str
        By the value.

    >>> _ = begin("02", "synthetic:tiny")  # doctest: +ELLIPSIS
    The company in this lesson...
    >>> call({"trial": "Trial"})
    >>> reading().names["trial"]
    'Trial'
    """
    reading().names.update(names)


def reading() -> Reading:
    """The lesson that is being read.

    Raises
    ------
    UsageError
        Before :func:`begin`.

    >>> _ = begin("05", "synthetic:tiny", lang="ja")  # doctest: +ELLIPSIS
    この章の会社...
    >>> reading().lang
    'ja'
    """
    if not _readings:
        raise UsageError(Fault("lesson_not_begun"))
    return _readings[0]


def say(key: str, *values: Any, **named: Any) -> None:
    """Show a sentence in the lesson's language, with the numbers of this company in it.

    Parameters
    ----------
    key : str
        The sentence, a key of ``words.csv`` without its leading ``say.``.
    *values
        What the sentence calls ``{value}`` (the first) and ``{values[0]}``, ``{values[1]}`` …; an estimate has
        ``{value.estimate:.1f}``, ``{value.low:.1f}`` and ``{value.high:.1f}``.
    **named
        What the sentence calls by name.

    Raises
    ------
    KeyError
        For a sentence that is not in ``words.csv``, or a blank that nothing fills.

    >>> _ = begin("00", "synthetic:tiny")  # doctest: +ELLIPSIS
    The company in this lesson...
    >>> say("number_of_accounts", 1234)
    The book holds 1,234 accounts.
    """
    _shown(key, values, named)


def say_at(place: str, key: str, *values: Any, renew: bool = False) -> None:
    """Show a sentence that another can take the place of, as when a slider has been moved.

    Parameters
    ----------
    place : str
        A name of the place.
    key, *values
        As for :func:`say`.
    renew : bool
        Whether it takes the place of the sentence that was shown there before.

    >>> _ = begin("00", "synthetic:tiny")  # doctest: +ELLIPSIS
    The company in this lesson...
    >>> say_at("count", "number_of_accounts", 1234)
    The book holds 1,234 accounts.
    """
    _shown(key, values, {}, place=place, renew=renew)


def _shown(key: str, values: tuple[Any, ...], named: dict[str, Any], **where: Any) -> None:
    """Show a sentence, with its record, somewhere or nowhere in particular."""
    text = sentence(key, reading().lang, values, named)
    record = {"key": key, "values": shown.plain(values), "named": shown.plain(named)}
    shown.show(text, kind=shown.SAY, data=record, **where)


def sentence(key: str, lang: str, values: tuple[Any, ...] | list[Any], named: dict[str, Any]) -> str:
    """The sentence that :func:`say` shows.

    Parameters
    ----------
    key : str
        A key of ``words.csv`` without its leading ``say.``.
    lang : str
        ``"en"`` or ``"ja"``.
    values, named
        As for :func:`say`.

    >>> sentence("number_of_accounts", "ja", [1234], {})
    '顧客は1,234社です。'
    """
    blanks = {**({"value": values[0], "values": values} if values else {}), **named}
    return word(f"say.{key}", lang, **blanks)


def verdict(
    misconception: str, naive: Any = None, better: Any = None, truth: Any = None, of: Book | None = None
) -> None:
    """Hold the number that everybody computes and the lesson's number against the truth, and say what to do instead.

    Parameters
    ----------
    misconception : str
        A number of the register, such as ``"M14"``; its claim, form of number and remedy are in ``words.csv`` under
        ``verdict.M14.claim``, ``.number`` and ``.fix``.
    naive, better, truth : Estimate, float or None
        ``None`` where a number is not known: the truth of real customers, or of a lesson that hides it.
    of : Book, optional
        The company, where it is not the lesson's own; one that the kit made.

    Raises
    ------
    UsageError
        For a misconception that is not in the register.

    >>> _ = begin("00", "synthetic:tiny")  # doctest: +ELLIPSIS
    The company in this lesson...
    >>> verdict("M01", naive=0.5, better=0.2, truth=0.1)  # doctest: +ELLIPSIS
    M01: ...
    """
    from cslab.course.verdicts import Verdict

    now = reading()
    company = of or now.book
    carried = now.carried or company is not now.book
    about = company.synthetic, carried, company.currency
    found = Verdict.of(misconception, naive, better, truth, *about)
    found = replace(found, guess=now.guesses.get(misconception), elsewhere=company is not now.book)
    now.verdicts[misconception] = found
    found.show(now.lang)
