"""The homework there is: each a declaration of sections, and of what every section must hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cslab.book import Note
from cslab.course.homework.document import Answer
from cslab.course.homework.fields import gives
from cslab.course.homework.mission import day_ahead, hours_kept, metric_in_charter, phases_known, step_known
from cslab.course.homework.model import (
    GROWN,
    TEST,
    break_even_sure,
    customers_counted,
    files_there,
    load_as_said,
    model_known,
    onboarding_as_ruled,
    power_known,
)
from cslab.course.homework.paper import Paper
from cslab.course.homework.plausible import (
    assumptions_said,
    break_even_inside,
    focus_known,
    grade_known,
    kind_fits,
    said_once,
    usual_hours,
)
from cslab.course.homework.rules import defines_metrics, reports_uncertainty
from cslab.faults import Fault, UsageError, nearest
from cslab.words import word

Rule = Callable[[Answer], Iterator[Fault]]
"""What a section must hold: a fault for each thing that it lacks."""
Agreement = Callable[[Paper], Iterator[Fault]]
"""What the parts of a homework must agree with: a fault for each thing that does not."""
Notice = Callable[[Paper], Iterator[Note]]
"""What the author should know although nothing is wrong."""


@dataclass(frozen=True)
class Section:
    """A part that a homework must have.

    Parameters
    ----------
    name : str
        Its heading stands in ``words.csv`` under ``homework.<homework>.<name>``.
    rules : tuple of callable
        What it must hold beside the trainee's own words.
    least : int
        Letters that the trainee must have written.

    >>> Section("limits").least
    20
    """

    name: str
    rules: tuple[Rule, ...] = ()
    least: int = 20


@dataclass(frozen=True)
class Homework:
    """A written homework.

    Parameters
    ----------
    name : str
        Such as ``"charter"``; its template is ``exercises/homework/<lang>/<name>.md``.
    lesson : str
        The lesson it belongs to.
    sections : tuple of Section
    evidence : int
        Cells of the notebook that it must link to at least.
    keys : tuple of str
        What its front matter says beside what that of every homework says.
    agreements : tuple of callable
        What its parts must agree with.
    notices : tuple of callable
        What its author should know before handing it in.
    longest : int
        Half-width places that the trainee's own words may take; 0 for any number.
    assigned : bool
        Whether each trainee gets a company of one's own for it.

    >>> Homework("charter", "01", (Section("limits"),)).title("ja")
    '指標の定義書'
    """

    name: str
    lesson: str
    sections: tuple[Section, ...]
    evidence: int = 1
    keys: tuple[str, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    notices: tuple[Notice, ...] = ()
    longest: int = 0
    assigned: bool = False

    def title(self, lang: str) -> str:
        """What it is called.

        >>> Homework("charter", "01", ()).title("en")
        'Metric charter'
        """
        return word(f"homework.{self.name}.title", lang)

    def heading(self, section: Section, lang: str) -> str:
        """The heading of a section, without its number.

        >>> find("charter").heading(Section("limits"), "en")
        'What it does not show'
        """
        return word(f"homework.{self.name}.{section.name}", lang)


HOMEWORK = (
    Homework(
        "charter",
        "01",
        (
            Section("decision"),
            Section("definition", (defines_metrics,)),
            Section("value", (reports_uncertainty,)),
            Section("other"),
            Section("limits"),
            Section("owner"),
        ),
        evidence=2,
    ),
    Homework(
        "h1_mission",
        "02",
        (
            Section("mission", (gives("mission", "phase", "customers", "outcome", "metric", "date", "step"),)),
            Section("roles", (gives("not_doing"),)),
            Section("evidence", (reports_uncertainty,)),
            Section("counter", (gives("second"),)),
            Section("hours", (gives("prevention", "firefighting"),)),
            Section("changes"),
        ),
        evidence=3,
        keys=("as_of", "hours"),
        agreements=(phases_known, step_known, metric_in_charter, day_ahead("mission", "date"), hours_kept),
        longest=7_000,
        assigned=True,
    ),
    Homework(
        "h2_engagement_model",
        "09",
        (
            Section("model", (gives("model", "reason", "price_band", "complexity", "headcount", "focus"),)),
            Section("matrix", (gives("costliest"),)),
            Section("tiers", (gives("tier_high", "tier_mid", "tier_tech", "exceptions"),)),
            Section("capacity", (gives(*(field for pair in GROWN for field in pair)),)),
            Section("economics", (gives("break_even_mid", "break_even_high", "assumptions", "grade"),)),
            Section("onboarding", (gives("onboarding_touch"),)),
            Section("telling", (gives("told", "sentence"),)),
            Section("test", (gives("weakest", *TEST, "until", "otherwise"),)),
            Section("stakeholders", (gives("agree"),)),
        ),
        evidence=4,
        keys=("as_of", "hours"),
        agreements=(
            files_there,
            model_known,
            customers_counted,
            load_as_said,
            break_even_sure,
            onboarding_as_ruled,
            power_known,
            day_ahead("test", "until"),
            focus_known,
            grade_known,
            assumptions_said,
            break_even_inside,
            said_once,
        ),
        notices=(usual_hours, kind_fits),
        longest=10_500,
        assigned=True,
    ),
)
"""All written homework."""


def find(name: str) -> Homework:
    """A homework by its name.

    Parameters
    ----------
    name : str
        Such as ``"charter"``.

    Raises
    ------
    UsageError
        For a name that no homework has.

    >>> find("charter").lesson
    '01'
    >>> find("chart")
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    for homework in HOMEWORK:
        if homework.name == name.strip():
            return homework
    known = [homework.name for homework in HOMEWORK]
    told = {"value": name, "near": nearest(name, known), "known": ", ".join(known)}
    raise UsageError(Fault("homework_unknown", told))
