"""The verdict on a misconception: the number everybody computes, the lesson's, the truth, and which lies nearer."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from html import escape
from typing import Any

from cslab.course import shown
from cslab.faults import Fault, UsageError
from cslab.words import has_word, word

ROLES = ("naive", "better", "truth")


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

    >>> Verdict("M14", Number(.658), Number(.601), Number(.600), True).nearer
    True
    """

    misconception: str
    naive: Number | None
    better: Number | None
    truth: Number | None
    synthetic: bool
    carried: bool = True

    @classmethod
    def of(
        cls, misconception: str, naive: Any, better: Any, truth: Any, synthetic: bool, carried: bool = True
    ) -> Verdict:
        """A verdict from estimates, floats or dicts of them.

        Raises
        ------
        UsageError
            For a misconception that is not in the register.

        >>> Verdict.of("M01", 0.5, 0.2, None, synthetic=True).truth is None
        True
        """
        if not has_word(f"verdict.{misconception}.claim"):
            raise UsageError(Fault("unknown_misconception", {"name": misconception}))
        return cls(misconception, _number(naive), _number(better), _number(truth), synthetic, carried)

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
            (word(f"verdict.{role}", lang), *self._written(number, lang))
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
        held = self.better is not None and self.better.spread is not None and self._holds_truth()
        return word(f"verdict.mark.{'nearer' if self.nearer else 'farther'}{'.held' if held else ''}", lang)

    def show(self, lang: str) -> None:
        """Show the verdict in a notebook, or print it.

        >>> Verdict("M01", Number(.5), Number(.2), None, False).show("en")  # doctest: +ELLIPSIS
        M01: ...
        """
        name = f"verdict.{self.misconception}"
        claim, fix = word(f"{name}.claim", lang), word("verdict.instead", lang, fix=word(f"{name}.fix", lang))
        rows = [f"  {role}: {value}{f' ({spread})' if spread else ''}" for role, value, spread in self.lines(lang)]
        text = "\n".join([word("verdict.heading", lang, name=self.misconception, claim=claim), *rows])
        text = f"{text}\n  {self.mark(lang)}\n  {fix}"
        shown.show(text, self._html(claim, fix, lang), shown.VERDICT, self.record())

    def record(self) -> dict[str, Any]:
        """The verdict as plain data, from which :meth:`of` makes it again.

        >>> Verdict("M14", Number(.5), None, None, True).record()["naive"]
        {'estimate': 0.5, 'low': None, 'high': None}
        """
        known = {"synthetic": self.synthetic, "nearer": self.nearer}
        return {"misconception": self.misconception, **{role: _record(getattr(self, role)) for role in ROLES}, **known}

    def _holds_truth(self) -> bool:
        """Whether the interval of the lesson's number contains the truth."""
        assert self.better is not None and self.better.spread is not None and self.truth is not None
        low, high = self.better.spread
        return low <= self.truth.estimate <= high

    def _written(self, number: Number | None, lang: str) -> tuple[str, str]:
        """A number and its interval in the form of this misconception."""
        if number is None:
            return word("verdict.none", lang), ""
        form = word(f"verdict.{self.misconception}.number", lang)
        value, spread = _filled(form, number.estimate), number.spread
        if spread is None:
            return value, ""
        low, high = (_filled(form, limit) for limit in spread)
        if low == high:
            return value, ""
        short_low, short_high = _without_repetition(low, high)
        return value, word("verdict.interval", lang, low=short_low, high=short_high)

    def _html(self, claim: str, fix: str, lang: str) -> str:
        """The verdict as a small table between claim and remedy."""
        rows = ""
        for role, (name, value, spread) in zip(ROLES, self.lines(lang), strict=True):
            cells = f"<td>{escape(value)}</td><td>{escape(spread)}</td>"
            rows += f'<tr class="{role}"><th scope="row">{escape(name)}</th>{cells}</tr>'
        head = f"<strong>{self.misconception}</strong> {escape(claim)}"
        tone = {True: "nearer", False: "farther", None: "open"}[self.nearer]
        return (
            f'<div class="cslab-verdict {tone}"><p class="claim">{head}</p>'
            f'<table>{rows}</table><p class="mark">{escape(self.mark(lang))}</p><p class="fix">{escape(fix)}</p></div>'
        )


def _number(value: Any) -> Number | None:
    """An estimate, float or record as a number; ``None`` for what is not known or not finite."""
    fields = value if isinstance(value, dict) else shown.plain(value)
    fields = fields if isinstance(fields, dict) else {"estimate": fields}
    return None if fields["estimate"] is None else Number(fields["estimate"], fields.get("low"), fields.get("high"))


def _record(number: Number | None) -> dict[str, Any] | None:
    """A number as plain data."""
    return (
        None if number is None else {name: shown.plain(getattr(number, name)) for name in ("estimate", "low", "high")}
    )


def _filled(form: str, value: float) -> str:
    """A number in its form, which may call it ``{value}`` or nothing at all."""
    return form.format(value, value=value) if math.isfinite(value) else "∞"


def _without_repetition(low: str, high: str) -> tuple[str, str]:
    """Two limits with the word before them on the first only, and the unit behind them on the second only."""
    before, behind = re.match(r"[^\d−-]*", low), re.search(r"\D*$", high)
    assert before is not None and behind is not None  # both patterns match nothing at all, too
    return low.removesuffix(behind.group()), high.removeprefix(before.group())
