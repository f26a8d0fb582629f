"""The verb of a trainee who works on the exercises: progress."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cslab.cli.typed import Lang, helped, verb
from cslab.words import default_language, word

Copies = Annotated[Path, typer.Argument(metavar="FOLDER", help=helped("progress_folder"))]


@verb("progress")
def show_progress(folder: Copies = Path("work"), lang: Lang = None) -> None:
    """Show which exercises are green."""
    from cslab.course.listing import listing
    from cslab.course.progress import latest, rows, standings, summary

    speech = default_language()
    found = standings(folder)
    names = ("lesson", "part", "exercise", "outcome", "question", "why")
    headings = [word(f"cli.progress.{name}", speech) for name in names]
    listing(headings, rows(found, speech))
    print("\n" + "\n".join(summary(found, speech, latest(folder))))
