"""The verb of a trainee who works on the exercises: progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cslab.cli.typed import Lang, helped, verb
from cslab.words import default_language, word

if TYPE_CHECKING:
    from cslab.course.progress import Standing

Copies = Annotated[str, typer.Argument(metavar="FOLDER|LESSON", help=helped("progress_folder"))]


@verb("progress")
def show_progress(wish: Copies = "work", lang: Lang = None) -> None:
    """Show which exercises are green."""
    from cslab.course.progress import asked_for, begun, latest, standings, summary

    speech = default_language()
    folder, number = asked_for(wish)
    found, at = standings(folder), number or latest(folder)
    if number:
        found = [one for one in found if one.question.lesson == number]
    else:
        _by_lesson(found, speech)
    _by_question(begun(found, at), speech)
    print("\n".join(summary(found, speech, at)))


def _by_lesson(found: list[Standing], speech: str) -> None:
    """Print a row a lesson."""
    from cslab.course.listing import listing
    from cslab.course.progress import COUNTED, by_lesson
    from cslab.course.questions.feedback import heading

    names = ("cli.progress.lesson", "cli.lessons.title")
    headings = [*(word(name, speech) for name in names), *(heading(outcome, speech) for outcome in COUNTED)]
    listing(headings, by_lesson(found, speech))
    print()


def _by_question(found: list[Standing], speech: str) -> None:
    """Print a row a question; nothing where nothing was begun."""
    from cslab.course.listing import listing
    from cslab.course.progress import rows

    if found:
        names = ("lesson", "part", "exercise", "outcome", "question", "why")
        listing([word(f"cli.progress.{name}", speech) for name in names], rows(found, speech))
        print()
