"""The least data that would open the next lesson: which tables and columns, fewest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cslab.course.elsewhere import LEAST_LEFT
from cslab.course.wanted import wanted
from cslab.words import word

if TYPE_CHECKING:
    from cslab.course.lessons import Handout
    from cslab.course.readiness import Ready
    from cslab.faults import Fault


@dataclass(frozen=True)
class Viable:
    """What a lesson still takes.

    Parameters
    ----------
    handout : Lesson
    faults : tuple of Fault
        What is missing, each once.
    departures : int
        How many more departures it takes before its scores can be judged; else 0.
    opens : int
        The sections that this opens, of a lesson that runs in part without it; 0: it does not run at all without it.

    >>> from cslab.course.lessons import Lesson
    >>> Viable(Lesson("05", "05_x", "", "", "", "", 40, 30, (), ()), (), 0, 1).names("en")
    ''
    """

    handout: Handout
    faults: tuple[Fault, ...]
    departures: int
    opens: int

    def names(self, lang: str) -> str:
        """What is to be got, as one line.

        Parameters
        ----------
        lang : str
            ``"en"`` or ``"ja"``.

        >>> from cslab.course.lessons import Lesson
        >>> Viable(Lesson("07", "07_x", "", "", "", "", 40, 30, (), ()), (), 40, 1).names("en")
        '40 more departures'
        """
        from cslab.course.readiness import Ready

        lacking = [one.name(lang) for one in wanted([Ready(self.handout, self.faults, ())])]
        more = [word("readiness.viable.departures", lang, count=self.departures)] if self.departures else []
        return word("readiness.between", lang).join([*lacking, *more])


def viable(found: Sequence[Ready]) -> list[Viable]:
    """The least that each lesson still takes: to run at all, or to run with one more section.

    Parameters
    ----------
    found : sequence of Ready
        Exercises among them are passed over: they take what their lessons take.

    Returns
    -------
    list of Viable
        Those first that do not run and lack least, then those that run in part, by how little opens how much. Empty
        where everything runs.

    >>> from cslab.course.lessons import Lesson
    >>> from cslab.course.readiness import Ready
    >>> from cslab.faults import Fault
    >>> lesson = Lesson("05", "05_x", "When?", "いつ?", "Q", "問", 40, 30, (), ())
    >>> [one.names("en") for one in viable([Ready(lesson, (Fault("no_table", {"table": "csm"}),), ())])]
    ['csm']
    """
    taken = [_taken(one) for one in found if one.handout.kind == "lesson" and one.state != "whole"]
    return sorted(taken, key=lambda one: (one.opens > 0, len(one.faults), -one.opens, one.handout.number))


def _taken(one: Ready) -> Viable:
    """The least that one lesson still takes."""
    if one.lacks:
        return Viable(one.handout, one.lacks, 0, 0)
    if one.few is not None:
        return Viable(one.handout, (), LEAST_LEFT - one.few, 1)
    lacks = [{fault.text("en"): fault for fault in part.faults} for part in one.parts]
    opened = [sum(other.keys() <= each.keys() for other in lacks) for each in lacks]
    opens, least = min(zip(opened, lacks, strict=True), key=lambda pair: (len(pair[1]), -pair[0]))
    return Viable(one.handout, tuple(least.values()), 0, opens)
