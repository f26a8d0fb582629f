"""The verbs of a homework for which each trainee has a company of one's own: assign, reveal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cslab.cli.typed import INTERRUPTED, Jobs, Lang, helped, say, verb
from cslab.words import default_language, word


@verb("assign")
def assign_homework(
    homework: Annotated[str, typer.Argument(metavar="HOMEWORK", help=helped("assign_homework"))],
    people: Annotated[Path, typer.Argument(metavar="CLASS_LIST", help=helped("assign_people"))],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help=helped("output"))],
    accounts: Annotated[str, typer.Option("--accounts", metavar="N", help=helped("assign_accounts"))] = "",
    hours: Annotated[str, typer.Option("--hours", metavar="H", help=helped("assign_hours"))] = "",
    secret: Annotated[str, typer.Option("--secret", metavar="S", help=helped("assign_secret"))] = "",
    jobs: Jobs = None,
    lang: Lang = None,
) -> None:
    """Give each of a class a company of one's own for a homework."""
    from cslab.course.assign import assign, ordered
    from cslab.course.kernels import processors
    from cslab.course.listing import progress

    speech = default_language()
    order = ordered(homework, people, speech, accounts=accounts, hours=hours, secret=secret)
    with progress(word("cli.assign.title", speech), len(order.trainees)) as advance:
        made = assign(order, output, jobs or processors(), advance)
    say("assign.done", trainees=made.trainees, count=len(order.trainees), guide=made.guide(speech), key=made.instructor)


@verb("reveal")
def reveal_homework(
    submissions: Annotated[Path, typer.Argument(metavar="SUBMISSIONS", help=helped("reveal_submissions"))],
    folder: Annotated[Path, typer.Option("--class", metavar="DIR", help=helped("reveal_class"))],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help=helped("grades"))] = Path(
        "revealed.csv"
    ),
    force: Annotated[bool, typer.Option("--force", help=helped("reveal_force"))] = False,
    jobs: Jobs = None,
    lang: Lang = None,
) -> None:
    """Check what a class handed in, and hold it against the truth of each one's company."""
    from cslab.course.assign import read_key
    from cslab.course.kernels import processors
    from cslab.course.listing import listing, progress
    from cslab.course.reveal import Results, begin, finish, heads, judge_of, listed

    key, speech = read_key(folder), default_language()
    judge = judge_of(key.homework)
    results = Results(output, judge)
    results.shelf.refuse_others(force)
    task = begin(submissions, key)
    try:
        with progress(word("cli.reveal.title", speech), len(task.companies)) as advance:
            revealed = finish(task, jobs or processors(), advance)
        results.write(revealed, task.key, speech)
    except KeyboardInterrupt:
        print("\n" + word("cli.grade.interrupted", speech), file=sys.stderr)
        raise typer.Exit(INTERRUPTED) from None
    listing(heads(judge, speech), listed(revealed, judge, speech))
    say("reveal.done", sheet=results.sheet, page=results.page, feedback=results.feedback)
