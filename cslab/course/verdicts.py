"""The verdict on a misconception: the number everybody computes, the lesson's, the truth, and which lies nearer."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from cslab.course import shown
from cslab.faults import Fault, UsageError
from cslab.words import has_word, word

ROLES = ("naive", "better", "truth")
SPREADS = {"truth": "verdict.simulated"}
"""What the limits of a number are called where they are not those of a sample: the truth is averaged over futures."""


@dataclass(frozen=True)
class Number:
    """A number with its interval, where it has one.

    Parameters
    ----------
    estimate : float
    low, high : float or None
        Limits of the 95 % interval, ``None`` for an exact number.

    >>> Number(0.5).spread is None
    True
    """

    estimate: float
    low: float | None = None
    high: float | None = None

    @property
    def spread(self) -> tuple[float, float] | None:
        """The interval, or ``None`` for a number without one.

        >>> Number(0.5, 0.4, 0.6).spread
        (0.4, 0.6)
        """
        return None if self.low is None or self.high is None else (self.low, self.high)


@dataclass(frozen=True)
class Verdict:
    """One misconception held against the truth on one company.

    Parameters
    ----------
    misconception : str
        Its number in the register, such as ``"M14"``.
    naive, better, truth : Number or None
        What everybody computes, what the lesson computes, what is so.
    synthetic : bool
        Whether the truth of this company could be known at all.
    carried : bool
        Whether the source carries it: a folder of exported files does not.
    guess : Number or None
        What the reader expected before, with the range that the truth should lie in.
    currency : str
        Of amounts, such as ``"JPY"``; empty where it is not known, or the numbers are no amounts.
    elsewhere : bool
        Whether the numbers are those of another company, since too few have left the reader's own.

    >>> Verdict("M14", Number(.658), Number(.601), Number(.600), True).nearer
    True
    """

    misconception: str
    naive: Number | None
    better: Number | None
    truth: Number | None
    synthetic: bool
    carried: bool = True
    guess: Number | None = None
    currency: str = ""
    elsewhere: bool = False

    @classmethod
    def of(
        cls,
        misconception: str,
        naive: Any,
        better: Any,
        truth: Any,
        synthetic: bool,
        carried: bool = True,
        currency: str = "",
    ) -> Verdict:
        """A verdict from estimates, floats or dicts of them.

        Raises
        ------
        UsageError
            For a misconception that is not in the register.

        >>> Verdict.of("M01", 0.5, 0.2, None, synthetic=True).truth is None
        True
        >>> Verdict.of("M07", 300, 3000, None, synthetic=True, currency="JPY").lines("ja")[1][1]
        '時間あたりLTV +3,000円'
        """
        if not has_word(f"verdict.{misconception}.claim"):
            raise UsageError(Fault("unknown_misconception", {"name": misconception}))
        numbers = (_number(naive), _number(better), _number(truth))
        known = currency if has_word(f"verdict.{misconception}.number.{currency}") else ""
        return cls(misconception, *numbers, synthetic, carried, currency=known)

    @classmethod
    def of_record(cls, record: dict[str, Any]) -> Verdict:
        """A verdict from what :meth:`record` made of it, without the reader's guess.

        >>> verdict = Verdict("M14", Number(.5, .4, .6), None, None, True)
        >>> Verdict.of_record(verdict.record()) == verdict
        True
        """
        naive, better, truth = (record[role] for role in ROLES)
        about = record["synthetic"], True, record.get("currency", "")
        found = cls.of(record["misconception"], naive, better, truth, *about)
        return replace(found, elsewhere=record.get("elsewhere", False))

    def guessed(self, lang: str) -> list[tuple[str, str, str]]:
        """Name, value and range of the reader's guess, as :meth:`lines` gives them; nothing where there was none.

        >>> Verdict("M01", None, None, None, True, guess=Number(30, 10, 60)).guessed("en")
        [('Your guess', '30.0 customers', '80 %: 10.0 to 60.0 customers')]
        """
        if self.guess is None:
            return []
        return [(word("guess.yours", lang), *self._written(self.guess, lang, "guess.range"))]

    @property
    def nearer(self) -> bool | None:
        """Whether the lesson's number lies nearer to the truth than the naive one.

        ``None`` where a number is missing, or where the two read the same.

        >>> Verdict("M14", Number(.5), None, Number(.6), True).nearer is None
        True
        """
        if self.naive is None or self.better is None or self.truth is None or self.equal:
            return None
        return abs(self.better.estimate - self.truth.estimate) < abs(self.naive.estimate - self.truth.estimate)

    @property
    def holds_truth(self) -> bool | None:
        """Whether the interval of the lesson's number contains the truth; ``None`` without an interval or a truth.

        >>> Verdict("M14", Number(.5), Number(.6, .55, .65), Number(.66), True).holds_truth
        False
        """
        if self.better is None or self.better.spread is None or self.truth is None:
            return None
        low, high = self.better.spread
        return low <= self.truth.estimate <= high

    @property
    def equal(self) -> bool:
        """Whether the two numbers are there and read the same, so that neither lies nearer.

        >>> Verdict("M14", Number(.6001), Number(.6002), Number(.6), True).equal
        True
        """
        if self.naive is None or self.better is None:
            return False
        return self._written(self.naive, "en")[0] == self._written(self.better, "en")[0]

    def lines(self, lang: str) -> list[tuple[str, str, str]]:
        """Name, value and interval of the three numbers, as text.

        Parameters
        ----------
        lang : str
            ``"en"`` or ``"ja"``.

        Returns
        -------
        list of (str, str, str)
            The interval is empty for an exact number.

        >>> Verdict("M01", Number(.5), None, None, True).lines("en")[1]
        ('This lesson', '—', '')
        """
        numbers = (self.naive, self.better, self.truth)
        return [
            (word(f"verdict.{role}", lang), *self._written(number, lang, SPREADS.get(role, "verdict.interval")))
            for role, number in zip(ROLES, numbers, strict=True)
        ]

    def mark(self, lang: str) -> str:
        """One sentence: which number lies nearer to the truth, or why nobody can say.

        >>> Verdict("M01", Number(.5), Number(.2), None, False).mark("en")  # doctest: +ELLIPSIS
        '– On real data...'
        """
        if self.truth is None:
            known = self.synthetic and self.carried
            return word(f"verdict.truth.{'hidden' if known else 'absent' if self.synthetic else 'unknown'}", lang)
        if self.equal:
            return word("verdict.mark.equal", lang)
        if self.nearer is None:
            return word("verdict.mark.incomplete", lang)
        held = ".held" if self.holds_truth else ""
        return word(f"verdict.mark.{'nearer' if self.nearer else 'farther'}{held}", lang)

    def show(self, lang: str) -> None:
        """Show the verdict in a notebook, or print it.

        >>> Verdict("M01", Number(.5), Number(.2), None, False).show("en")  # doctest: +ELLIPSIS
        M01: ...
        """
        name = f"verdict.{self.misconception}"
        claim, fix = word(f"{name}.claim", lang), word("verdict.instead", lang, fix=word(f"{name}.fix", lang))
        lines = [*self.guessed(lang), *self.lines(lang)]
        rows = [f"  {role}: {value}{f' ({spread})' if spread else ''}" for role, value, spread in lines]
        rows = [*([f"  {word('verdict.elsewhere', lang)}"] if self.elsewhere else []), *rows]
        text = "\n".join([word("verdict.heading", lang, name=self.misconception, claim=claim), *rows])
        text = f"{text}\n  {self.mark(lang)}\n  {fix}"
        shown.show(text, self._html(claim, fix, lang), shown.VERDICT, self.record())

    def record(self) -> dict[str, Any]:
        """The verdict as plain data, from which :meth:`of` makes it again.

        >>> Verdict("M14", Number(.5), None, None, True).record()["naive"]
        {'estimate': 0.5, 'low': None, 'high': None}
        """
        known: dict[str, Any] = {"synthetic": self.synthetic, "nearer": self.nearer}
        known |= {"guess": _record(self.guess)} if self.guess else {}
        known |= {"currency": self.currency} if self.currency else {}
        known |= {"elsewhere": True} if self.elsewhere else {}
        return {"misconception": self.misconception, **{role: _record(getattr(self, role)) for role in ROLES}, **known}

    def _written(self, number: Number | None, lang: str, spread_key: str = "verdict.interval") -> tuple[str, str]:
        """A number and its interval in the form of this misconception."""
        if number is None:
            return word("verdict.none", lang), ""
        form = self._form(lang)
        value, spread = _filled(form, number.estimate), number.spread
        if spread is None:
            return value, ""
        low, high = (_filled(form, limit) for limit in spread)
        if low == high:
            return value, ""
        short_low, short_high = _without_repetition(low, high)
        return value, word(spread_key, lang, low=short_low, high=short_high)

    def _form(self, lang: str) -> str:
        """How a number of this misconception is written: an amount in its currency, where that is known."""
        key = f"verdict.{self.misconception}.number"
        return word(f"{key}.{self.currency}" if self.currency else key, lang)

    def _html(self, claim: str, fix: str, lang: str) -> str:
        """The verdict as a small table between claim and remedy."""
        rows = ""
        named = [("guess", line) for line in self.guessed(lang)]
        for role, (name, value, spread) in [*named, *zip(ROLES, self.lines(lang), strict=True)]:
            cells = f"<td>{escape(value)}</td><td>{escape(spread)}</td>"
            rows += f'<tr class="{role}"><th scope="row">{escape(name)}</th>{cells}</tr>'
        head = f"<strong>{self.misconception}</strong> {escape(claim)}"
        head += f"<br><strong>{escape(word('verdict.elsewhere', lang))}</strong>" if self.elsewhere else ""
        tone = {True: "nearer", False: "farther", None: "open"}[self.nearer]
        return (
            f'<div class="cslab-verdict {tone}"><p class="claim">{head}</p>'
            f'<table>{rows}</table><p class="mark">{escape(self.mark(lang))}</p><p class="fix">{escape(fix)}</p></div>'
        )


def _number(value: Any) -> Number | None:
    """An estimate, float or record as a number; ``None`` for what is not known or not finite."""
    fields = shown.plain(value)
    fields = fields if isinstance(fields, dict) else {"estimate": fields}
    return None if fields["estimate"] is None else Number(fields["estimate"], fields.get("low"), fields.get("high"))


def _record(number: Number | None) -> dict[str, Any] | None:
    """A number as plain data."""
    return (
        None if number is None else {name: shown.plain(getattr(number, name)) for name in ("estimate", "low", "high")}
    )


def _filled(form: str, value: float) -> str:
    """A number in its form, which may call it ``{value}``, ``{points}`` or nothing at all."""
    return form.format(value, value=value, points=100 * value) if math.isfinite(value) else "∞"


def _without_repetition(low: str, high: str) -> tuple[str, str]:
    """Two limits with the word before them on the first only, and the unit behind them on the second only."""
    before, behind = re.match(r"[^\d+−-]*", low), re.search(r"\D*$", high)
    assert before is not None and behind is not None  # both patterns match nothing at all, too
    return low.removesuffix(behind.group()), high.removeprefix(before.group())
