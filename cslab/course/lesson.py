"""What a lesson calls: begin, say, verdict. A sentence with a number in it is an output, never typed into the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cslab.course import cells, shown
from cslab.course.card import show_card
from cslab.faults import Fault, UsageError
from cslab.words import LANGUAGES, default_language, word

if TYPE_CHECKING:
    from cslab.book import Book


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
    """

    lesson: str
    lang: str
    book: Book
    carried: bool


_readings: list[Reading] = []


def begin(lesson: str, source: str, as_of: str = "", lang: str = "en", reveal_truth: bool = True) -> Book:
    """Begin a lesson: set language and style, load the company, show who it is.

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
    from cslab import figures, load

    cells.prepare(lambda *needs: reading().book.lacks(*needs), lang if lang in LANGUAGES else default_language())
    if lang not in LANGUAGES:
        raise UsageError(Fault("unknown_language", {"lang": lang, "known": ", ".join(LANGUAGES)}))
    book = load(source, as_of)
    figures.use_style()
    _readings[:] = [Reading(lesson, lang, book if reveal_truth else book.hide_truth(), book.truth is not None)]
    show_card(book, lang, reveal_truth)
    return reading().book


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


def verdict(misconception: str, naive: Any = None, better: Any = None, truth: Any = None) -> None:
    """Hold the number that everybody computes and the lesson's number against the truth, and say what to do instead.

    Parameters
    ----------
    misconception : str
        A number of the register, such as ``"M14"``; its claim, form of number and remedy are in ``words.csv`` under
        ``verdict.M14.claim``, ``.number`` and ``.fix``.
    naive, better, truth : Estimate, float or None
        ``None`` where a number is not known: the truth of real customers, or of a lesson that hides it.

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
    found = Verdict.of(misconception, naive, better, truth, synthetic=now.book.synthetic, carried=now.carried)
    found.show(reading().lang)
