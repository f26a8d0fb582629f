"""What ``cslab demo LESSON --grid`` does: one lesson over a grid, with a bar, and the index that compares."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cslab.cli.typed import FAILED, INTERRUPTED, say
from cslab.words import default_language, word

if TYPE_CHECKING:
    from cslab.course.grid import Work
    from cslab.course.run import Outcome

GRIDS = Path("build") / "grid"


def run_grid(lesson: str, file: Path, output: Path | None, jobs: int | None) -> None:
    """Check a grid whole, carry out what is still to come, say what came of it."""
    from cslab.course.grid import begin, read
    from cslab.course.lessons import find

    speech, found = default_language(), find(lesson)
    folder = output or GRIDS / f"{found.number}-{file.stem}-{speech}"
    work = begin(read(file, found, speech, folder), folder)
    _tell_begun(work)
    outcomes = _finish(work, jobs)
    failed = [place for place, outcome in enumerate(outcomes) if outcome.failed]
    for place in failed:
        print(word("cli.grid.failed", speech, **_failure(work, place, outcomes[place])), file=sys.stderr)
    good = len(outcomes) - len(failed)
    say("demo.done" if good else "demo.none", page=folder / "index.html", good=good, count=len(outcomes))
    raise typer.Exit(FAILED if failed else 0)


def _tell_begun(work: Work) -> None:
    """Say what lies in the folder already."""
    if work.kept:
        say("grid.kept", kept=len(work.kept), n=len(work.plans))
    for reason, count in work.again.items():
        say(f"grid.again.{reason}", n=count)
    if work.others:
        say("grid.others", names=", ".join(path.name for path in work.others))


def _finish(work: Work, jobs: int | None) -> list[Outcome]:
    """Carry out what is still to come, with a bar over it."""
    from cslab.course.grid import finish
    from cslab.course.kernels import processors
    from cslab.course.listing import progress

    speech, done = default_language(), len(work.kept)
    if not work.waiting:
        return finish(work, 1, lambda place, outcome: None)
    try:
        with progress(word("cli.grid.title", speech), len(work.waiting)) as advance:

            def tell(place: int, outcome: Outcome) -> None:
                """One more."""
                nonlocal done
                done += not outcome.failed
                advance(f"{'✘' if outcome.failed else '✔'} {work.title(place)}")

            return finish(work, jobs or processors(), tell)
    except KeyboardInterrupt:
        said = word("cli.grid.interrupted", speech, done=done, n=len(work.plans), folder=work.folder)
        print("\n" + said, file=sys.stderr)
        raise typer.Exit(INTERRUPTED) from None


def _failure(work: Work, place: int, outcome: Outcome) -> dict[str, object]:
    """What fills the message of a failed run."""
    return {"title": work.title(place), "cell": outcome.cell or "–", "error": outcome.error}
