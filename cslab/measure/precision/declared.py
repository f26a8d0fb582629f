"""The main conclusions of the lessons, and how precise each can be on a book."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cslab.faults import CslabError, Fault, UsageError, nearest
from cslab.measure.precision import early, leaving, touching
from cslab.measure.precision.asked import Asked, Found
from cslab.measure.precision.laws import Sureness
from cslab.measure.precision.result import Precision

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

CONTRACTS = ("calendar", "contracts.start", "contracts.end")


@dataclass(frozen=True)
class Conclusion:
    """One of the main conclusions of a lesson.

    Parameters
    ----------
    lesson, name, kind, unit
        As of :class:`Precision`.
    aim : float
        A precision with which one can decide; that of a difference is never more than half of the base.
    made : callable
        From what is asked to what is found.
    needs : tuple of str
        What a book must hold, as for ``Book.has``.

    >>> CONCLUSIONS[0].lesson
    '00'
    """

    lesson: str
    name: str
    kind: str
    unit: str
    aim: float
    made: Callable[[Asked], Found]
    needs: tuple[str, ...] = ()

    def precision(self, asked: Asked) -> Precision:
        """How precise it can be.

        Parameters
        ----------
        asked : Asked

        Raises
        ------
        NotReady, UsageError, DataError
            Where the book cannot carry it.

        >>> import cslab
        >>> CONCLUSIONS[0].precision(Asked(cslab.load("synthetic:tiny"))).unit
        'share'
        """
        asked.book.require(*self.needs)
        found = self.made(asked)
        aim = min(self.aim, found["base"] / 2) if self.kind == "difference" else self.aim
        events, law = found.get("events", 0), found["law"]
        named = self.lesson, self.name, self.kind, self.unit
        return Precision(*named, found["base"], found["n"], events, aim, found["method"], law)


CONCLUSIONS = (
    Conclusion("00", "lost", "width", "share", 0.02, early.lost, CONTRACTS),
    Conclusion("01", "grr", "width", "share", 0.03, early.grr, ("calendar", "mrr")),
    Conclusion("01", "nrr", "width", "share", 0.05, early.nrr, ("calendar", "mrr")),
    Conclusion("01", "two_years", "difference", "share", 0.05, early.two_years, CONTRACTS),
    Conclusion("02", "in_onboarding", "width", "days", 14, early.in_onboarding, ("onboarding",)),
    Conclusion("03", "handed_over", "difference", "share", 0.05, early.handed_over,
               (*CONTRACTS, "handoffs.info_complete")),
    Conclusion("04", "completion", "width", "share", 0.05, early.completion, ("onboarding",)),
    Conclusion("04", "got_there", "difference", "share", 0.05, early.got_there, (*CONTRACTS, "onboarding")),
    Conclusion("05", "still_there", "width", "share", 0.03, leaving.still_there),
    Conclusion("05", "two_segments", "ratio", "times", 1.5, leaving.two_segments, ("accounts.segment",)),
    Conclusion("06", "one_reason", "width", "share", 0.05, leaving.one_reason, ("churn_events.reason_stated",)),
    Conclusion("06", "one_sign", "ratio", "times", 1.25, leaving.one_sign),
    Conclusion("07", "score", "width", "auc", 0.05, leaving.score),
    Conclusion("09", "hours", "width", "part", 0.10, touching.hours,
               (*CONTRACTS, "touches.touched_on", "touches.minutes")),
    Conclusion("10", "tiers", "difference", "share", 0.05, touching.tiers, (*CONTRACTS, "tier_history.touch_tier")),
    Conclusion("11", "lot", "difference", "share", 0.05, touching.lot, CONTRACTS),
    Conclusion("11", "adjusted", "difference", "share", 0.05, touching.adjusted,
               (*CONTRACTS, "tier_history.touch_tier")),
    Conclusion("11", "line", "difference", "share", 0.05, touching.line, (*CONTRACTS, "mrr")),
    Conclusion("12", "programme", "difference", "share", 0.05, touching.programme,
               (*CONTRACTS, "program_enrolment.enrolled_on")),
    Conclusion("12", "before_after", "difference", "share", 0.05, touching.before_after, CONTRACTS),
    Conclusion("14", "quarter", "width", "share", 0.05, touching.quarter, (*CONTRACTS, "contracts.outcome")),
)  # fmt: skip
"""In the order of the course."""


def conclusions(
    book: Book, lesson: str = "", months: int = 12, power: float = 0.8, level: float = 0.05
) -> list[Precision]:
    """How precise each main conclusion can be at a book's size.

    Parameters
    ----------
    book : Book
    lesson : str
        The number of one lesson; empty: all.
    months : int
        Within how many months a departure counts.
    power : float
        Chance to see an effect that is there (0-1).
    level : float
        Chance to see one that is not there, two-sided (0-1).

    Returns
    -------
    list of Precision
        In the order of the course, without those that the book cannot carry (:func:`with_lacking` names them).

    Raises
    ------
    UsageError
        For a lesson without conclusions, or chances that are none.

    >>> import cslab
    >>> [one.name for one in conclusions(cslab.load("synthetic:tiny"), "01")]
    ['grr', 'nrr', 'two_years']
    """
    return with_lacking(book, lesson, months, power, level)[0]


def with_lacking(
    book: Book, lesson: str = "", months: int = 12, power: float = 0.8, level: float = 0.05
) -> tuple[list[Precision], dict[str, tuple[Fault, ...]]]:
    """How precise each main conclusion can be, and what is missing for those that a book cannot carry.

    Parameters
    ----------
    book, lesson, months, power, level
        As for :func:`conclusions`.

    Returns
    -------
    (list of Precision, dict of str to tuple of Fault)
        The faults by the names of conclusions.

    Raises
    ------
    UsageError
        As :func:`conclusions`.

    >>> import cslab
    >>> with_lacking(cslab.load("synthetic:tiny"), "01")[1]
    {}
    """
    asked, found, missing = Asked(book, months, Sureness(power, level)), list[Precision](), {}
    for one in _of(lesson):
        try:
            found.append(one.precision(asked))
        except CslabError as refused:
            missing[one.name] = tuple(refused.faults)
    return found, missing


def _of(lesson: str) -> list[Conclusion]:
    """The conclusions of a lesson."""
    chosen = [one for one in CONCLUSIONS if lesson in ("", one.lesson)]
    if not chosen:
        known = list(dict.fromkeys(one.lesson for one in CONCLUSIONS))
        values = {"name": "lesson", "value": lesson, "near": nearest(lesson, known), "known": ", ".join(known)}
        raise UsageError(Fault("unknown_choice", values))
    return chosen


def table(found: Sequence[Precision]) -> pd.DataFrame:
    """Precisions as a table, one row each.

    Parameters
    ----------
    found : sequence of Precision

    Returns
    -------
    DataFrame
        ``lesson``, ``name``, ``kind``, ``unit``, ``base``, ``value`` (missing where nothing is seen), ``aim``,
        ``enough``, ``n``, ``events``, ``method``, ``customers`` (that it takes; missing where no number is enough).

    >>> import cslab
    >>> table(conclusions(cslab.load("synthetic:tiny"), "00"))["unit"].tolist()
    ['share']
    """
    import pandas as pd

    names = ("lesson", "name", "kind", "unit", "base", "value", "aim", "enough", "n", "events")
    rows = [{name: getattr(one, name) for name in names} | {"method": one.method} for one in found]
    frame = pd.DataFrame(rows, columns=[*names, "method"])
    return frame.assign(customers=pd.array([one.customers() for one in found], dtype="Int64"))
