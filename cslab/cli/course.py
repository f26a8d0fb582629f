"""The verbs of the course: list, run, demo, build, open, reset."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cslab.cli.typed import FAILED, Jobs, Lang, LessonName, helped, say, split, verb
from cslab.faults import Fault, UsageError
from cslab.words import LANGUAGES, default_language, word

if TYPE_CHECKING:
    from cslab.course.lessons import Handout
    from cslab.course.notebook import Built
    from cslab.course.run import Outcome

Exercise = Annotated[bool, typer.Option("--exercise", help=helped("exercise"))]


@verb("lessons")
def show_lessons(lang: Lang = None) -> None:
    """List the lessons."""
    from cslab.course.lessons import lessons
    from cslab.course.listing import lesson_rows, listing
    from cslab.course.sheets.exercises import exercises

    speech = default_language()
    headings = [word(f"cli.lessons.{name}", speech) for name in ("number", "title", "minutes", "exercises", "question")]
    listing(headings, lesson_rows(lessons(), exercises(), speech))


@verb("run")
def run_lesson(
    lesson: LessonName,
    source: Annotated[str, typer.Option("--source", metavar="SOURCE", help=helped("source"))] = "",
    as_of: Annotated[str, typer.Option("--as-of", metavar="YYYY-MM-DD", help=helped("as_of"))] = "",
    lang: Lang = None,
    parameter: Annotated[list[str] | None, typer.Option("-p", metavar="NAME=VALUE", help=helped("parameter"))] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="DIR", help=helped("output"))] = None,
    force: Annotated[bool, typer.Option("--force", help=helped("force"))] = False,
) -> None:
    """Run one lesson on a source."""
    from cslab.course.run import run

    wishes = parameter or []
    outcome = run(lesson, source=source, as_of=as_of, lang=lang or "", wishes=wishes, folder=output, force=force)
    if outcome.failed:
        _tell_failed(outcome)
        raise typer.Exit(FAILED)
    say("run.done", page=outcome.page, notebook=outcome.notebook)


@verb("demo")
def run_demo(
    lesson: Annotated[str | None, typer.Argument(metavar="LESSON", help=helped("demo_lesson"))] = None,
    grid: Annotated[Path | None, typer.Option("--grid", metavar="FILE", help=helped("grid"))] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="DIR", help=helped("output"))] = None,
    lessons: Annotated[str, typer.Option("--lessons", metavar="00,05", help=helped("lesson_list"))] = "",
    langs: Annotated[str, typer.Option("--langs", metavar="en,ja", help=helped("langs"))] = "",
    jobs: Jobs = None,
    lang: Lang = None,
) -> None:
    """Run every lesson in both languages, or one over a grid."""
    if grid is not None:
        from cslab.cli.grid import run_grid

        run_grid(_only(lesson, lessons, langs, grid), grid, output, jobs)
    numbers = [*split(lessons), *([lesson] if lesson else [])]
    _run_lessons(output or Path("build/demo"), numbers, split(langs) or LANGUAGES, jobs)


def _only(lesson: str | None, lessons: str, langs: str, grid: Path) -> str:
    """The one lesson that goes with a grid."""
    if not lesson:
        raise UsageError(Fault("grid_needs_lesson", {"grid": grid}), ending="nothing_ran")
    if lessons or langs:
        raise UsageError(Fault("grid_one_lesson"), ending="nothing_ran")
    return lesson


def _run_lessons(output: Path, numbers: Sequence[str], langs: Sequence[str], jobs: int | None) -> None:
    """Run lessons in both languages, with a bar and an index."""
    from cslab.course.demo import demo, planned
    from cslab.course.kernels import processors
    from cslab.course.listing import progress

    count = len(planned(output, numbers, langs))
    with progress(word("cli.demo.title", default_language()), count) as advance:
        outcomes = demo(
            output,
            numbers=numbers,
            langs=langs,
            jobs=jobs or processors(),
            tell=lambda outcome: advance(_named(outcome)),
        )
    failed = [outcome for outcome in outcomes if outcome.failed]
    for outcome in failed:
        _tell_failed(outcome)
    good = len(outcomes) - len(failed)
    say("demo.done" if good else "demo.none", page=output / "index.html", good=good, count=len(outcomes))
    raise typer.Exit(FAILED if failed else 0)


@verb("build")
def build_lessons(
    lessons: Annotated[list[str] | None, typer.Argument(metavar="[LESSON]…", help=helped("lesson"))] = None,
    check: Annotated[bool, typer.Option("--check", help=helped("build_check"))] = False,
    force: Annotated[bool, typer.Option("--force", help=helped("build_force"))] = False,
    solutions: Annotated[bool, typer.Option("--solutions", help=helped("build_solutions"))] = False,
    jobs: Jobs = None,
    lang: Lang = None,
) -> None:
    """Build the notebooks from their sources."""
    from cslab.course.build import build
    from cslab.course.kernels import processors

    built = build(
        numbers=lessons or (),
        solutions=solutions,
        check=check,
        force=force,
        jobs=jobs or processors(),
        tell=_tell_built,
    )
    raise typer.Exit(FAILED if any(one.state in {"failed", "stale"} for one in built) else 0)


@verb("open")
def open_lesson(
    lesson: LessonName,
    exercise: Exercise = False,
    lang: Lang = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help=helped("browser"))] = True,
) -> None:
    """Open a trainee's own copy of a lesson, or of its exercises."""
    from cslab.course.copies import has_browser, lab_command, make_copy, open_lab, typed

    copy, fresh = make_copy(_meant(lesson, exercise), default_language())
    say("open.fresh" if fresh else "open.there", copy=copy)
    if browser and has_browser():
        raise typer.Exit(open_lab(copy))
    say("open.by_hand", command=typed(lab_command(copy)))


@verb("reset")
def reset_lesson(lesson: LessonName, exercise: Exercise = False, lang: Lang = None) -> None:
    """Put a fresh copy in place of a trainee's."""
    from cslab.course.copies import reset

    copy, kept = reset(_meant(lesson, exercise), default_language())
    say("reset.kept" if kept else "reset.fresh", copy=copy, kept=kept)


def _meant(wish: str, exercise: bool) -> Handout:
    """The lesson that was asked for, or its exercises."""
    from cslab.course import lessons
    from cslab.course.sheets import exercises

    return exercises.find(wish) if exercise else lessons.find(wish)


def _named(outcome: Outcome) -> str:
    """A run in a few words, for the progress bar."""
    mark = "✘" if outcome.failed else "✔"
    return f"{mark} {outcome.lesson.number} {outcome.lang} {outcome.lesson.title(outcome.lang)}"


def _tell_failed(outcome: Outcome) -> None:
    """Say which cell failed, why, and where the notebook is kept."""
    from cslab.course.index import failure

    print(word("cli.run.failed", default_language(), **failure(outcome)), file=sys.stderr)


def _tell_built(one: Built) -> None:
    """Say what became of one notebook."""
    say(f"build.{one.state}", shelf=one.shelf, name=one.name, lang=one.lang, reason=one.reason)
