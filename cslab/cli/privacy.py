"""The verb that tells whom a pseudonym stands for: on the terminal, and nowhere else."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from cslab.cli.typed import Lang, Source, helped, verb
from cslab.faults import Fault, UsageError
from cslab.words import default_language, word


@verb("who")
def find_again(
    pseudonym: Annotated[str, typer.Argument(metavar="PSEUDONYM", help=helped("who.pseudonym"))],
    source: Source,
    lang: Lang = None,
) -> None:
    """Tell whom a pseudonym stands for."""
    from cslab.course.listing import listing
    from cslab.sources.privacy.who import places
    from cslab.sources.raw import raw_files

    if not sys.stdout.isatty():
        raise UsageError(Fault("who_not_on_terminal"))
    speech, found = default_language(), places(raw_files(source), pseudonym.strip())
    headings = [word(f"cli.who.{name}", speech) for name in ("name", "file", "column", "row", "count")]
    listing(headings, [(one.name, one.file, one.column, f"{one.row:,}", f"{one.count:,}") for one in found])
