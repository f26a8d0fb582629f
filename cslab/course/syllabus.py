"""The course as one: its parts in their order, how long they take, and what all lessons found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cslab.course import lessons, pages, shown
from cslab.course.homework.declared import HOMEWORK, Homework
from cslab.course.lessons import Lesson
from cslab.course.sheets.exercises import ExerciseSheet, exercises
from cslab.course.verdicts import ROLES, Verdict
from cslab.words import LANGUAGES, word

FILES = {"en": "README.md", "ja": "README.ja.md"}
"""The syllabus beside the notebooks, by language."""


@dataclass(frozen=True)
class Part:
    """A part of the course: lessons that follow each other on one subject.

    Parameters
    ----------
    name : str
        Its title stands in ``words.csv`` under ``page.part.<name>``, and one sentence on it under ``….about``.
    first, last : str
        Numbers of its first and last lesson, whether they are there yet or not.

    >>> Part("lifecycle", "02", "04").title("en")
    'Subject 1: lifecycle and journey'
    """

    name: str
    first: str
    last: str

    def title(self, lang: str) -> str:
        """What it is called.

        >>> Part("start", "00", "01").title("ja")
        'まずはここから'
        """
        return word(f"page.part.{self.name}", lang)

    def about(self, lang: str) -> str:
        """What it asks, in one sentence.

        >>> Part("start", "00", "01").about("en")
        'Why retention decides, and which of its numbers can be trusted.'
        """
        return word(f"page.part.{self.name}.about", lang)

    def holds(self, number: str) -> bool:
        """Whether a lesson is one of its own.

        >>> Part("lifecycle", "02", "04").holds("03")
        True
        """
        return self.first <= number <= self.last

    @property
    def homework(self) -> list[Homework]:
        """The homework that belongs to its lessons.

        >>> [one.name for one in Part("lifecycle", "02", "04").homework]
        ['h1_mission']
        """
        return [one for one in HOMEWORK if self.holds(one.lesson)]


PARTS = (
    Part("start", "00", "01"),
    Part("lifecycle", "02", "04"),
    Part("leaving", "05", "08"),
    Part("touch", "09", "11"),
    Part("chains", "12", "12"),
    Part("run", "13", "99"),
)
"""The parts in their order: the way in, the four subjects, and how to run it all."""


def parts(chosen: Iterable[Lesson]) -> list[tuple[Part, list[Lesson]]]:
    """Lessons by the parts of the course; a part without a lesson is left out.

    Parameters
    ----------
    chosen : iterable of Lesson

    >>> lesson = Lesson("03", "03_x", "", "", "", "", 45, 50, (), ())
    >>> [(part.name, len(found)) for part, found in parts([lesson])]
    [('lifecycle', 1)]
    """
    ordered = sorted(chosen, key=lambda lesson: lesson.number)
    divided = [(part, [lesson for lesson in ordered if part.holds(lesson.number)]) for part in PARTS]
    return [(part, found) for part, found in divided if found]


def to_come(chosen: Sequence[Lesson], lang: str) -> str:
    """Which numbers before the last lesson have none yet, in a sentence; empty where there is no gap.

    Parameters
    ----------
    chosen : sequence of Lesson
        All lessons there are, by number.
    lang : str
        ``"en"`` or ``"ja"``.

    >>> to_come([Lesson(number, "", "", "", "", "", 1, 1, (), ()) for number in ("00", "02")], "en")
    'Still to come: lesson 01.'
    """
    there = [lesson.number for lesson in chosen]
    gaps = [number for place in range(int(there[-1])) if (number := f"{place:02}") not in there]
    return word("page.to_come", lang, numbers=" · ".join(gaps)) if gaps else ""


def times(chosen: Sequence[Lesson], lang: str) -> str:
    """How long lessons take together: core tracks, further tracks, exercises.

    Parameters
    ----------
    chosen : sequence of Lesson
    lang : str
        ``"en"`` or ``"ja"``.

    >>> times([Lesson("98", "98_x", "", "", "", "", 45, 75, (), ())], "en")
    'core 45 min · further 1 h 15 min'
    """
    asked = [sheet.minutes for sheet in exercises() if sheet.number in {lesson.number for lesson in chosen}]
    spent = {
        "core": sum(lesson.minutes_core for lesson in chosen),
        "further": sum(lesson.minutes_further for lesson in chosen),
        "exercises": sum(asked),
    }
    return " · ".join(
        f"{word(f'page.track.{name}', lang)} {_duration(minutes, lang)}" for name, minutes in spent.items() if minutes
    )


def found_in(lesson: Lesson, lang: str) -> list[Verdict]:
    """The verdicts that a lesson's built notebook holds.

    Parameters
    ----------
    lesson : Lesson
    lang : str
        ``"en"`` or ``"ja"``.

    >>> [verdict.misconception for verdict in found_in(lessons.find("00"), "en")]
    ['M01']
    """
    notebook = lessons.notebook_data(lesson.notebook(lang))
    return [Verdict.of_record(record) for record in pages.records(notebook, shown.VERDICT)]


def verdict_heads(lang: str) -> list[str]:
    """The headings over verdicts: the claim, the three numbers, the sign.

    >>> verdict_heads("en")
    ['What many believe', 'What everybody computes', 'This lesson', 'Truth', 'Verdict']
    """
    return [
        word("page.claims", lang),
        *(word(f"verdict.{role}", lang) for role in ROLES),
        word("page.verdict", lang),
    ]


def verdict_row(verdict: Verdict, lang: str) -> list[str]:
    """A verdict as the texts of a row: the claim, the three numbers, the sign.

    Parameters
    ----------
    verdict : Verdict
    lang : str
        ``"en"`` or ``"ja"``.

    >>> verdict_row(Verdict.of("M02", 0.9, 0.8, 0.81, synthetic=True), "en")
    ['NRR is one number.', '90.0%', '80.0%', '81.0%', '✔']
    """
    claim = word(f"verdict.{verdict.misconception}.claim", lang) + ("*" if verdict.elsewhere else "")
    return [claim, *(value for _, value, _ in verdict.lines(lang)), verdict.mark(lang)[0]]


def counted(verdicts: Sequence[Verdict], lang: str) -> str:
    """In how many verdicts the lesson's number lies nearer to the truth.

    Parameters
    ----------
    verdicts : sequence of Verdict
    lang : str
        ``"en"`` or ``"ja"``.

    >>> counted([Verdict.of("M02", 0.9, 0.8, 0.81, synthetic=True)], "en")
    'Out of 1 numbers that everybody computes, the lesson comes nearer to the truth in 1.'
    """
    nearer = sum(verdict.nearer is True for verdict in verdicts)
    return word("page.truths.count", lang, nearer=nearer, count=len(verdicts))


def syllabus(lang: str) -> str:
    """The syllabus that lies beside the notebooks.

    Parameters
    ----------
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    str
        Markdown; its links begin at the folder of the notebooks.

    >>> syllabus("en").splitlines()[0]
    '# Customer Success analytics, the lessons'
    """
    other = next(each for each in LANGUAGES if each != lang)
    chosen = lessons.lessons()
    sheets = {sheet.number: sheet for sheet in exercises()}
    blocks = [
        f"# {word('page.course', lang)}",
        f"[{word('page.language', other)}]({FILES[other]})",
        word("page.about", lang),
        word("page.totals", lang, count=len(chosen), times=times(chosen, lang)),
        " ".join(filter(None, [word("page.way", lang), to_come(chosen, lang)])),
    ]
    for part, held in parts(chosen):
        blocks += _part(part, held, sheets, lang)
    return "\n\n".join([*blocks, *_truths(chosen, lang)]) + "\n"


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """Rows of text as a Markdown table, the first one its head.

    >>> print(markdown([["No", "Title"], ["05", "When?"]]))
    | No | Title |
    |---|---|
    | 05 | When? |
    """
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])


def _duration(minutes: int, lang: str) -> str:
    """Minutes as people say them."""
    hours, rest = divmod(minutes, 60)
    key = "page.minutes_only" if not hours else "page.hours" if rest else "page.hours_only"
    return word(key, lang, hours=hours, minutes=rest)


def _part(part: Part, held: Sequence[Lesson], sheets: dict[str, ExerciseSheet], lang: str) -> list[str]:
    """One part: its lessons with links and minutes, and its homework."""
    names = ("number", "title", "question", "minutes", "exercises")
    rows = [[word(f"cli.lessons.{name}", lang) for name in names]]
    rows += [_row(lesson, sheets.get(lesson.number), lang) for lesson in held]
    blocks = [f"## {part.title(lang)}", part.about(lang), times(held, lang), markdown(rows)]
    links = [f"[{one.title(lang)}](../exercises/homework/{lang}/{one.name}.md)" for one in part.homework]
    return [*blocks, f"{word('page.homework', lang)} {' · '.join(links)}"] if links else blocks


def _row(lesson: Lesson, sheet: ExerciseSheet | None, lang: str) -> list[str]:
    """A lesson: number, title, question, minutes of both tracks, its exercises."""
    title = f"[{lesson.title(lang)}]({lang}/{lesson.name}.ipynb)"
    asked = "–"
    if sheet:
        count = word("cli.lessons.asked", lang, count=len(sheet.questions), minutes=sheet.minutes)
        asked = f"[{count}](../exercises/{lang}/{sheet.name}.ipynb)"
    minutes = f"{lesson.minutes_core} + {lesson.minutes_further}"
    return [lesson.number, title, lesson.question(lang), minutes, asked]


def _truths(chosen: Sequence[Lesson], lang: str) -> list[str]:
    """What all lessons found, in one table."""
    found = [(lesson.number, verdict) for lesson in chosen for verdict in found_in(lesson, lang)]
    rows = [[word("cli.lessons.number", lang), *verdict_heads(lang)]]
    rows += [[number, *verdict_row(verdict, lang)] for number, verdict in found]
    return [
        f"## {word('page.truths', lang)}",
        counted([verdict for _, verdict in found], lang),
        markdown(rows),
        word("page.truths.legend", lang).replace("*", "\\*"),
    ]
