"""The verbs of the data: readiness, sample, simulate, dictionary."""

from __future__ import annotations

import secrets
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cslab.cli.typed import INTERRUPTED, Jobs, Lang, Source, helped, say, verb
from cslab.words import LANGUAGES, default_language, word

if TYPE_CHECKING:
    from cslab.book import Book
    from cslab.course.readiness_page import Audit
    from cslab.sources.simulate import Work

SECRET = 2**48
"""Seeds below this could be found by simulating one after the other until the tables agree."""


@verb("readiness")
def show_readiness(
    source: Source,
    as_of: Annotated[str, typer.Option("--as-of", metavar="YYYY-MM-DD", help=helped("as_of"))] = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help=helped("readiness_output"))
    ] = None,
    lang: Lang = None,
) -> None:
    """Say which lessons and exercises a source carries, and how precise its conclusions can be."""
    from cslab.course.folders import disk_faults, refuse_tracked
    from cslab.course.readiness_page import audit, readiness_page
    from cslab.sources import load

    speech, book = default_language(), load(source, as_of)
    if output is not None:
        refuse_tracked(output.parent, book)
    found = audit(book, speech)
    if output is None:
        _print_audit(book, found, speech)
        return
    with disk_faults(output):
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(readiness_page(book, found, speech), encoding="utf-8", newline="\n")
    say("readiness.page", file=output)


def _print_audit(book: Book, found: Audit, speech: str) -> None:
    """How the data were read, what runs, what can be concluded, how good the data are, and last what is missing."""
    from cslab.course.listing import lack_lines, listing, ready_rows
    from cslab.course.readiness import facts
    from cslab.course.readiness_page import viable_rows
    from cslab.course.soundness import amiss

    listing((), facts(book, speech))
    print("\n".join([*(f"  - {note.text(speech)}" for note in book.notes), ""]))
    listing([word(f"cli.{name}", speech) for name in ("state", "lessons.number", "lessons.title")],
            ready_rows(found.ready, speech))  # fmt: skip
    _print_precision(found, speech)
    print("\n".join(["", word("readiness.quality", speech), *(f"  - {line}" for line in amiss(found.sound, speech))]))
    if rows := viable_rows(found.viable, speech):
        print("\n" + word("readiness.viable", speech))
        listing((), rows)
    if missing := lack_lines(found.ready, speech):
        print("\n".join(["", word("cli.lack", speech), *missing]))


def _print_precision(found: Audit, speech: str) -> None:
    """What can be concluded with so many customers, and what cannot with such data."""
    from cslab.course import precise
    from cslab.course.listing import listing

    print("\n" + word("readiness.precise", speech))
    listing(precise.heads(speech), precise.rows(found.precise, speech))
    print("\n".join(filter(None, [word("readiness.precise.how", speech), precise.by_lot(found.precise, speech)])))
    if lines := precise.lacks(found.impossible, speech):
        print("\n".join(["", word("readiness.precise.lacks", speech), *(f"  - {line}" for line in lines)]))


@verb("sample")
def make_sample(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help=helped("output"))] = Path(
        "datasets/sample"
    ),
    lang: Lang = None,
) -> None:
    """Write the sample company."""
    from cslab.sources.sample import write_sample

    say("sample.done", folder=write_sample(output))


@verb("simulate")
def simulate_company(
    preset: Annotated[str, typer.Argument(metavar="PRESET", help=helped("preset"))],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help=helped("output"))],
    accounts: Annotated[str, typer.Option("--accounts", metavar="N", help=helped("accounts"))] = "",
    seed: Annotated[str, typer.Option("--seed", metavar="S", help=helped("seed"))] = "",
    months: Annotated[str, typer.Option("--months", metavar="M", help=helped("months"))] = "",
    policy: Annotated[str, typer.Option("--policy", metavar="NAME", help=helped("policy"))] = "",
    parameter: Annotated[
        list[str] | None, typer.Option("-p", metavar="NAME=VALUE", help=helped("scenario_parameter"))
    ] = None,
    form: Annotated[str, typer.Option("--format", metavar="csv|parquet", help=helped("format"))] = "csv",
    events: Annotated[bool, typer.Option("--events", help=helped("events"))] = False,
    messy: Annotated[str, typer.Option("--messy", metavar="1|2|3", help=helped("messy"))] = "0",
    hide_seed: Annotated[bool, typer.Option("--hide-seed", help=helped("hide_seed"))] = False,
    jobs: Jobs = None,
    lang: Lang = None,
) -> None:
    """Simulate a company into a folder."""
    from cslab.sources.simulate import begin, planned

    given = {"seed": seed, "accounts": accounts, "months": months, "policy": policy}
    wishes = [f"{name}={value}" for name, value in given.items() if value] + (parameter or [])
    work = begin(planned(preset, wishes, form, messy, events, hide_seed), output)
    if work.kept:
        say("simulate.kept", folder=work.unfinished.folder, kept=work.kept, count=work.kept + len(work.waiting))
    _finish(work, jobs)
    _say_written(work)


def _finish(work: Work, jobs: int | None) -> None:
    """Simulate what is still to come, with a bar."""
    from cslab.course.kernels import processors
    from cslab.course.listing import progress
    from cslab.sources.simulate import finish

    speech = default_language()
    try:
        with progress(word("cli.simulate.title", speech), len(work.waiting) + 1) as advance:
            told = partial(word, "cli.simulate.accounts", speech)
            folder = finish(work, jobs or processors(), lambda done: advance(told(accounts=done)))
            advance(folder.name)
    except KeyboardInterrupt:
        print("\n" + word("cli.simulate.interrupted", speech, folder=work.unfinished.folder), file=sys.stderr)
        raise typer.Exit(INTERRUPTED) from None


def _say_written(work: Work) -> None:
    """Say where everything is, and what must not get into the wrong hands."""
    from cslab.sources.messy.answers import answer_files

    folder, seed = work.unfinished.target, work.plan.scenario.seed
    say("simulate.done", folder=folder)
    if work.plan.messy:
        cells, summary = answer_files(folder)
        say("simulate.answers", cells=cells, summary=summary)
    if work.plan.hide_seed and seed < SECRET:
        say("simulate.small_seed", seed=seed, large=secrets.randbelow(SECRET) + SECRET)


@verb("dictionary")
def write_dictionary(
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help=helped("dictionary_output"))
    ] = None,
    lang: Lang = None,
) -> None:
    """Print the data dictionary, or write it."""
    from cslab.course.folders import disk_faults
    from cslab.sources.dictionary import dictionary_markdown

    if output is None:
        print(dictionary_markdown([lang] if lang else LANGUAGES))
        return
    with disk_faults(output):
        output.write_text(dictionary_markdown(), encoding="utf-8", newline="\n")
    say("dictionary.done", file=output)
