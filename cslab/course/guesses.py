"""A guess before the truth is shown, and at the end how often the reader's ranges held it."""

from __future__ import annotations

import math
from dataclasses import replace
from html import escape
from numbers import Real
from typing import Any

from cslab.course import shown
from cslab.course.lesson import reading
from cslab.course.verdicts import Number, Verdict
from cslab.faults import Fault, UsageError
from cslab.words import has_word, word

SURE = 0.8
"""How often a range should hold the truth."""

_SIZES = {"value:.2f}": "ratio", "value:+.2f}": "fees", ".1f}": "few", ".0f} a month": "fee"}
"""What a number that is no percentage counts, by how it is written; amounts otherwise."""

_SELDOM = 0.1
_DOUBTFUL = 1.5
"""A guess of per cent up to this may have been meant as a share, or as one per cent and a half."""


def predict(misconception: str, guess: Any = ..., low: float | None = None, high: float | None = None) -> None:
    """Note down what the reader expects, to be held against the truth by the ``verdict`` that follows.

    Nothing is asked for where that verdict is left out on this company.

    Parameters
    ----------
    misconception : str
        A number of the register, such as ``"M14"``, whose truth is to be guessed.
    guess : float
        As the number reads: 25 for 25 %. Three dots as long as there is none.
    low, high : float, optional
        A range that holds the truth with 80 % certainty.

    Raises
    ------
    UsageError
        For a misconception that is not in the register, what is no number, or a guess outside its range.

    >>> from cslab.course.lesson import begin
    >>> _ = begin("05", "synthetic:tiny")  # doctest: +ELLIPSIS
    The company in this lesson...
    >>> predict("M14", 25, low=15, high=40)
    Your guess for M14: 25.0% remain (80 %: 15.0 to 40.0% remain).
    """
    form = f"verdict.{misconception}.number"
    if not has_word(form):
        raise UsageError(Fault("unknown_misconception", {"name": misconception}))
    now = reading()
    if misconception in now.silent:
        return
    percent = any(sign in word(form, now.lang) for sign in ("%}", "{points"))
    if guess is ... or guess is None:
        now.guesses.pop(misconception, None)
        shown.show(
            *_nothing(misconception, now.lang, percent=percent),
            shown.GUESS,
            {"misconception": misconception, "guess": None},
        )
        return
    number = _number(guess, low, high, percent=percent)
    now.guesses[misconception] = number
    text = _read_aloud(misconception, number, now.lang)
    if percent and abs(guess) <= _DOUBTFUL:
        text = f"{text}\n{word('guess.percent', now.lang)}"
    record = {"estimate": number.estimate, "low": number.low, "high": number.high}
    shown.show(text, kind=shown.GUESS, data={"misconception": misconception, "guess": shown.plain(record)})


def calibration() -> None:
    """Show the guesses beside what came of them, and whether the ranges were too narrow.

    >>> from cslab.course.lesson import begin
    >>> _ = begin("05", "synthetic:tiny")  # doctest: +ELLIPSIS
    The company in this lesson...
    >>> calibration()
    No guess with a range (low=…, high=…) has been held against a truth yet, so there is nothing to compare.
    """
    now = reading()
    rows = [verdict for name, verdict in now.verdicts.items() if name in now.guesses]
    held = [_holds(verdict) for verdict in rows]
    known = [one for one in held if one is not None]
    sentence = judged(sum(known), len(known), now.lang)
    record = {"held": sum(known), "count": len(known)}
    if not rows:
        shown.show(sentence, shown.paragraphs(sentence, "cslab-aside"), shown.GUESS, record)
        return
    head = [word(f"guess.column.{name}", now.lang) for name in ("claim", "guess", "range", "truth", "held")]
    table = [_row(verdict, one, now.lang) for verdict, one in zip(rows, held, strict=True)]
    shown.show(_text(head, table, sentence), _html(head, table, sentence), shown.GUESS, record)


def judged(held: int, count: int, lang: str) -> str:
    """What so many hits say of somebody's ranges.

    Parameters
    ----------
    held, count : int
        Ranges that held the truth, and ranges there were.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    str
        Too narrow where so few hits would come about in fewer than one case of ten if the ranges were right.

    Source: the binomial distribution; over-confidence of 80 % ranges as in Lichtenstein, Fischhoff and Phillips (1982),
    grade A.

    >>> judged(1, 4, "en")
    '1 of 4 ranges held the truth; 80 % ranges should hold about 4 of 5. Yours are too narrow: widen the next ones.'
    """
    if not count:
        return word("guess.calibration.none", lang)
    chance = sum(math.comb(count, k) * SURE**k * (1 - SURE) ** (count - k) for k in range(held + 1))
    key = "narrow" if chance < _SELDOM else "few" if count < 5 else "fits"
    return word(f"guess.calibration.{key}", lang, held=held, count=count)


def _number(guess: Any, low: Any, high: Any, *, percent: bool) -> Number:
    """A guess and its range as numbers, in the unit that the verdict counts in."""
    given = [value for value in (guess, low, high) if value is not None and value is not ...]
    if not all(isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value) for value in given):
        raise UsageError(Fault("guess_number"))
    if len(given) == 2 or (len(given) == 3 and not low <= guess <= high):
        raise UsageError(Fault("guess_range"))
    scale = 100 if percent and max(map(abs, given)) > 1 else 1  # a share that somebody wrote as 0.25 stays one
    return Number(*(float(value) / scale for value in given))


def _nothing(misconception: str, lang: str, *, percent: bool) -> tuple[str, str]:
    """How to put in a guess, in one line, as text and HTML."""
    number = word(f"verdict.{misconception}.number", "en")
    size = next((name for sign, name in _SIZES.items() if sign in number), "number")
    text = word("guess.none" if percent else f"guess.none.{size}", lang, name=misconception)
    return text, shown.paragraphs(text, "cslab-aside")


def _read_aloud(misconception: str, number: Number, lang: str) -> str:
    """A guess in the form of its number."""
    said = replace(Verdict.of(misconception, None, None, None, True, currency=reading().book.currency), guess=number)
    ((_, guess, spread),) = said.guessed(lang)
    return word("guess.noted" if spread else "guess.noted.alone", lang, name=misconception, guess=guess, range=spread)


def _holds(verdict: Verdict) -> bool | None:
    """Whether the range of a guess held the truth; ``None`` where there is no range or no truth."""
    spread = verdict.guess.spread if verdict.guess else None
    return None if spread is None or verdict.truth is None else spread[0] <= verdict.truth.estimate <= spread[1]


def _row(verdict: Verdict, held: bool | None, lang: str) -> list[str]:
    """One guess as the reader reads it."""
    ((_, guess, spread),) = verdict.guessed(lang)
    truth = verdict.lines(lang)[2][1]
    mark = word({True: "guess.held", False: "guess.missed", None: "verdict.none"}[held], lang)
    claim = word(f"verdict.{verdict.misconception}.claim", lang)
    return [f"{verdict.misconception} {claim}", guess, spread, truth, mark]


def _text(head: list[str], table: list[list[str]], sentence: str) -> str:
    """The guesses as plain text."""
    from cslab.course.listing import plain_table

    return f"{plain_table([head, *table])}\n{sentence}"


def _html(head: list[str], table: list[list[str]], sentence: str) -> str:
    """The guesses as HTML."""
    first = "".join(f"<th>{escape(name)}</th>" for name in head)
    rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in table)
    below = shown.paragraphs(sentence)
    return (
        f'<div class="cslab-guesses"><table><thead><tr>{first}</tr></thead><tbody>{rows}</tbody></table></div>{below}'
    )
