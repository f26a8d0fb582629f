"""The index of a demo: the parts of the course in their order, a card a lesson, and what all of them found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from cslab.course import outputs, pages
from cslab.course.lessons import Lesson, notebook_data
from cslab.course.run import Outcome
from cslab.course.syllabus import Part, counted, parts, times, verdict_heads, verdict_row
from cslab.course.verdicts import Verdict
from cslab.words import LANGUAGES, word


@dataclass(frozen=True)
class Shown:
    """A lesson on the index: what became of it in each language.

    Parameters
    ----------
    lesson : Lesson
    outcomes : tuple of Outcome
        In the order of the languages.

    >>> Shown(Lesson("05", "05_x", "", "", "", "", 40, 30, (), ()), ()).failures
    []
    """

    lesson: Lesson
    outcomes: tuple[Outcome, ...]

    @property
    def failures(self) -> list[Outcome]:
        """The runs that broke off.

        >>> lesson = Lesson("05", "05_x", "", "", "", "", 40, 30, (), ())
        >>> len(Shown(lesson, (Outcome(lesson, "en", Path("x"), None, None, error="no"),)).failures)
        1
        """
        return [outcome for outcome in self.outcomes if outcome.failed]

    def done(self, lang: str) -> list[Outcome]:
        """The runs that went well, that of a language first.

        >>> Shown(Lesson("05", "05_x", "", "", "", "", 40, 30, (), ()), ()).done("en")
        []
        """
        return sorted((each for each in self.outcomes if not each.failed), key=lambda outcome: outcome.lang != lang)

    def verdicts(self, lang: str) -> list[Verdict]:
        """What its run found, in that language or, where that broke off, in the other.

        >>> Shown(Lesson("05", "05_x", "", "", "", "", 40, 30, (), ()), ()).verdicts("en")
        []
        """
        return [Verdict.of_record(record) for outcome in self.done(lang)[:1] for record in outcome.record["verdicts"]]


def file_of(lang: str, first: str) -> str:
    """The file name of the index in a language.

    Parameters
    ----------
    lang : str
        ``"en"`` or ``"ja"``.
    first : str
        The language of the index that is opened first.

    >>> file_of("en", "en"), file_of("ja", "en")
    ('index.html', 'index.ja.html')
    """
    return "index.html" if lang == first else f"index.{lang}.html"


def failure(outcome: Outcome) -> dict[str, Any]:
    """What fills the message of a failed run.

    Parameters
    ----------
    outcome : Outcome
        A failed one.

    >>> lesson = Lesson("05", "05_x", "", "", "", "", 40, 30, (), ())
    >>> failure(Outcome(lesson, "en", Path("x"), None, None, error="no", cell=7))["cell"]
    7
    """
    kept = outcome.notebook or "–"
    return {
        "lesson": outcome.lesson.number,
        "lang": outcome.lang,
        "cell": outcome.cell,
        "error": outcome.error,
        "kept": kept,
    }


def index_page(folder: Path, outcomes: Iterable[Outcome], lang: str, other: str = "") -> str:
    """The index: the course by its parts, and the numbers of all lessons in one table.

    Parameters
    ----------
    folder : Path
        Where the index will stand; links are relative to it.
    outcomes : iterable of Outcome
        By lesson.
    lang : str
        ``"en"`` or ``"ja"``.
    other : str
        File name of the same page in the other language, where there is one.

    Returns
    -------
    str
        HTML that needs nothing but the pages beside it.

    >>> index_page(Path("out"), [], "ja").count("<h1>")
    1
    """
    by_lesson = groupby(outcomes, key=lambda outcome: outcome.lesson)
    lessons = {lesson.number: Shown(lesson, tuple(found)) for lesson, found in by_lesson}
    divided = parts(one.lesson for one in lessons.values())
    body = "".join(_part(folder, part, [lessons[each.number] for each in held], lang) for part, held in divided)
    html = pages.filled(
        lang=lang,
        title=word("page.course", lang),
        banner="",
        head=_head([one.lesson for one in lessons.values()], lang, other),
        contents=_way(divided, lang),
        body=body + _truths(folder, list(lessons.values()), lang),
    )
    return html.replace('<div class="sheet">', '<div class="sheet index course">')


def _head(chosen: Sequence[Lesson], lang: str, other: str) -> str:
    """Title, what is special here, how long it takes, the same page in the other language."""
    speech = next(each for each in LANGUAGES if each != lang)
    name = escape(word("page.language", speech))
    switch = f'<p class="links"><a lang="{speech}" href="{other}">{name}</a></p>' if other else ""
    totals = word("page.totals", lang, count=len(chosen), times=times(chosen, lang))
    return (
        f"<h1>{escape(word('page.course', lang))}</h1>"
        f'<p class="question">{escape(word("page.about", lang))}</p>{switch}'
        f'<p class="yourself">{escape(totals)}<br>{escape(word("page.way", lang))}</p>'
    )


def _way(divided: Sequence[tuple[Part, list[Lesson]]], lang: str) -> str:
    """The parts in their order, as a list that leads to them."""
    lines = "".join(
        f'<li><a href="#{part.name}">{escape(part.title(lang))}</a> '
        f"<small>{' · '.join(lesson.number for lesson in held)}</small></li>"
        for part, held in divided
    )
    truths = f'<li><a href="#truths">{escape(word("page.truths", lang))}</a></li>'
    heading = escape(word("page.contents", lang))
    return f'<nav aria-label="{heading}"><ol>{lines}{truths}</ol></nav>'


def _part(folder: Path, part: Part, held: Sequence[Shown], lang: str) -> str:
    """A part with a card for each of its lessons, and the homework after them."""
    cards = "".join(_card(folder, one, lang) for one in held)
    spent = times([one.lesson for one in held], lang)
    names = " · ".join(homework.title(lang) for homework in part.homework)
    after = f'<p class="homework">{escape(word("page.homework", lang))} {escape(names)}</p>' if names else ""
    return (
        f'<section id="{part.name}"><h2>{escape(part.title(lang))}</h2><p class="about">{escape(part.about(lang))} '
        f'<small>{escape(spent)}</small></p><div class="lessons">{cards}</div>{after}</section>'
    )


def _card(folder: Path, one: Shown, lang: str) -> str:
    """One lesson: its first picture, title, question, minutes, and its pages."""
    lesson, done = one.lesson, one.done(lang)
    failed = "".join(
        f'<p class="failed">{escape(word("cli.run.failed", lang, **failure(outcome)))}</p>' for outcome in one.failures
    )
    links = "".join(_link(folder, outcome) for outcome in done)
    return (
        f'<article class="lesson">{_thumbnail(folder, done)}'
        f"<h3><span>{lesson.number}</span> {escape(lesson.title(lang))}</h3>"
        f'<p>{escape(lesson.question(lang))}</p><p class="minutes">{escape(times([lesson], lang))}</p>'
        f'{failed}<p class="links">{links}</p></article>'
    )


def _thumbnail(folder: Path, done: Sequence[Outcome]) -> str:
    """The lesson's first picture, which opens its page."""
    if not done or not (found := outputs.pictures(notebook_data(_notebook(done[0])))):
        return ""
    picture, text = found[0]
    image = f'<img alt="{escape(text)}" src="data:image/png;base64,{picture}">'
    return f'<a class="thumb" href="{_address(folder, done[0])}">{image}</a>'


def _truths(folder: Path, shown: Sequence[Shown], lang: str) -> str:
    """Every misconception of every lesson with the naive number, the lesson's, the truth and the verdict."""
    every = [verdict for one in shown for verdict in one.verdicts(lang)]
    if not every:
        return ""
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in verdict_heads(lang))
    bodies = "".join(_found(folder, one, lang) for one in shown)
    return (
        f'<section id="truths"><h2>{escape(word("page.truths", lang))}</h2>'
        f'<p class="about">{escape(counted(every, lang))}</p>'
        f'<div class="table"><table><thead><tr>{heads}</tr></thead>{bodies}</table></div>'
        f'<p class="legend">{escape(word("page.truths.legend", lang))}</p></section>'
    )


def _found(folder: Path, one: Shown, lang: str) -> str:
    """The rows of one lesson below its title; nothing where it found nothing."""
    if not (verdicts := one.verdicts(lang)):
        return ""
    title = f"{one.lesson.number} {escape(one.lesson.title(lang))}"
    link = f'<a href="{_address(folder, one.done(lang)[0])}">{title}</a>'
    rows = f'<tr class="of"><th scope="rowgroup" colspan="5">{link}</th></tr>'
    for verdict in verdicts:
        claim, *numbers, sign = map(escape, verdict_row(verdict, lang))
        cells = "".join(f"<td>{number}</td>" for number in numbers)
        said = escape(verdict.mark(lang))
        rows += f'<tr><th scope="row">{claim}</th>{cells}<td class="sign" title="{said}">{sign}</td></tr>'
    return f"<tbody>{rows}</tbody>"


def _link(folder: Path, outcome: Outcome) -> str:
    """The link to a page, in its own language."""
    return f'<a lang="{outcome.lang}" href="{_address(folder, outcome)}">{escape(word("page.read", outcome.lang))}</a>'


def _address(folder: Path, outcome: Outcome) -> str:
    """Where a page stands, seen from the index."""
    assert outcome.page is not None
    return escape(outcome.page.relative_to(folder).as_posix())


def _notebook(outcome: Outcome) -> Path:
    """The executed notebook of a run that went well."""
    assert outcome.notebook is not None
    return outcome.notebook
