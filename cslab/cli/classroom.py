"""The verbs of a class: homework, pack, grade."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cslab.cli.data import SECRET
from cslab.cli.typed import FAILED, INTERRUPTED, Jobs, Lang, helped, say, split, verb
from cslab.faults import CslabError, Fault, UsageError
from cslab.words import LANGUAGES, default_language, word

if TYPE_CHECKING:
    from cslab.course.grading.grade import Graded, Task


@verb("homework")
def see_homework(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help=helped("homework_file"))] = None,
    new: Annotated[str, typer.Option("--new", metavar="NAME", help=helped("homework_new"))] = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help=helped("homework_output"))
    ] = None,
    lang: Lang = None,
) -> None:
    """Check a written homework, or begin a new one."""
    from cslab.course.homework import HOMEWORK, check_homework, new_homework

    if bool(new) == (file is not None):
        known = ", ".join(homework.name for homework in HOMEWORK)
        raise UsageError(Fault("homework_file_or_new", {"known": known}))
    if file is None:
        say("homework.new", path=new_homework(new, default_language(), output))
        return
    checked = check_homework(file)
    for note in checked.notes:
        print(note.text(default_language()))
    if not checked.passed:
        print(CslabError(*checked.faults, subject=file.name).text(default_language()), file=sys.stderr)
        raise typer.Exit(FAILED)
    say("homework.good", path=file, links=checked.links)


@verb("grade")
def grade_class(
    submissions: Annotated[Path, typer.Argument(metavar="SUBMISSIONS", help=helped("submissions"))],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help=helped("grades"))] = Path("grades.csv"),
    seed: Annotated[str, typer.Option("--seed", metavar="S", help=helped("grade_seed"))] = "",
    pack: Annotated[Path | None, typer.Option("--class", metavar="DIR", help=helped("grade_pack"))] = None,
    people: Annotated[Path | None, typer.Option("--class-list", metavar="FILE", help=helped("grade_people"))] = None,
    force: Annotated[bool, typer.Option("--force", help=helped("grade_force"))] = False,
    trusted: Annotated[bool, typer.Option("--i-trust-these-files", help=helped("trust"))] = False,
    jobs: Jobs = None,
    lang: Lang = None,
) -> None:
    """Grade what a class handed in."""
    from cslab.course.assign.class_list import read_class
    from cslab.course.grading.grade import begin
    from cslab.course.grading.results import Results

    results, speech = Results(output), default_language()
    results.refuse_others(force)
    try:
        listed = read_class(people, speech) if people else ()
        task = begin(submissions, seed, trusted, pack, [each.name for each in listed])
        print(task.level.text(speech))
        say("grade.seed", seed=task.seed)
        graded = _run_again(task, jobs)
        results.write(graded, speech)
    except KeyboardInterrupt:
        print("\n" + word("cli.grade.interrupted", speech), file=sys.stderr)
        raise typer.Exit(INTERRUPTED) from None
    _tell_graded(graded)
    if task.unlisted:
        say("grade.unlisted", names=word("check.between", speech).join(task.unlisted))
    places = {"feedback": results.feedback, "summary": results.summary, "page": results.class_page}
    say("grade.done", grades=results.grades, **places)


def _run_again(task: Task, jobs: int | None) -> Graded:
    """Run and judge every notebook, with a bar."""
    from cslab.course.grading.grade import finish
    from cslab.course.kernels import processors
    from cslab.course.listing import progress

    with progress(word("cli.grade.title", default_language()), len(task.gradable)) as advance:
        return finish(task, jobs or processors(), advance)


def _tell_graded(graded: Graded) -> None:
    """The class as a table."""
    from cslab.course.grading.summary import summary_rows
    from cslab.course.listing import listing

    speech = default_language()
    headings = [word(f"cli.grade.{name}", speech) for name in ("trainee", "lesson", "right", "others")]
    listing(headings, summary_rows(graded.rows, speech))
    for reason in dict.fromkeys(fault.text(speech) for row in graded.rows for fault in row.faults):
        print(f"  - {reason}")


@verb("pack")
def pack_class(
    lessons: Annotated[list[str], typer.Argument(metavar="LESSON…", help=helped("pack_lessons"))],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help=helped("output"))],
    seed: Annotated[str, typer.Option("--seed", metavar="S", help=helped("pack_seed"))] = "",
    accounts: Annotated[str, typer.Option("--accounts", metavar="N", help=helped("pack_accounts"))] = "",
    langs: Annotated[str, typer.Option("--langs", metavar="en,ja", help=helped("langs"))] = ",".join(LANGUAGES),
    wheels: Annotated[bool, typer.Option("--wheels", help=helped("pack_wheels"))] = False,
    jobs: Jobs = None,
    lang: Lang = None,
) -> None:
    """Prepare a class."""
    from cslab.course.kernels import processors
    from cslab.course.listing import progress
    from cslab.course.pack import ordered, pack

    order = ordered(lessons, seed=seed, accounts=accounts, langs=split(langs), wheels=wheels)
    with progress(word("cli.pack.title", default_language()), order.steps) as advance:
        packed = pack(order, output, jobs or processors(), advance)
    own = default_language() if default_language() in order.langs else order.langs[0]
    say("pack.done", trainee=packed.trainee, index=packed.instructor / own / "index.html", seed=order.seed)
    if order.seed < SECRET:
        say("simulate.small_seed", seed=order.seed, large=secrets.randbelow(SECRET) + SECRET)
