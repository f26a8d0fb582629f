"""The verb that shows how an export is read: explain-mapping."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cslab.cli.typed import Lang, Source, helped, say, verb
from cslab.words import default_language, word

if TYPE_CHECKING:
    from cslab.sources.explained import Explained


@verb("explain-mapping")
def explain_mapping(
    source: Source,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE.html", help=helped("explain.output"))
    ] = None,
    draft: Annotated[Path | None, typer.Option("--draft", metavar="FILE.toml", help=helped("explain.draft"))] = None,
    lang: Lang = None,
) -> None:
    """Show how the files of a folder are read, or draft a mapping for them."""
    from cslab.faults import DataError
    from cslab.sources.explained import explain
    from cslab.sources.grammar import parse

    if draft is not None:
        _draft(source, draft.expanduser())
        return
    found = explain(parse(source))
    if output is not None:
        _page(source, found, output.expanduser())
    else:
        _print(found)
    if found.faults:
        raise DataError(*found.faults, subject=source, ending="nothing_loaded")


def _draft(source: str, target: Path) -> None:
    """Write a first mapping, and say what is left to do."""
    from cslab.course.folders import disk_faults
    from cslab.faults import Fault, UsageError
    from cslab.sources.explained import every_file
    from cslab.sources.grammar import parse
    from cslab.sources.guessed import draft
    from cslab.sources.privacy.places import is_real, refuse_place

    if target.exists():
        raise UsageError(Fault("draft_exists", {"file": str(target)}), ending="nothing_written")
    if is_real(source):
        refuse_place(target.parent)
    text = draft(every_file(parse(source)), default_language())
    with disk_faults(target):
        target.write_text(text, encoding="utf-8", newline="\n")
    lines = [line.partition("#")[0] for line in text.splitlines()]
    say("explain.drafted", file=target, blanks=sum(line.count('"..."') for line in lines))


def _page(source: str, found: Explained, target: Path) -> None:
    """Write the page where real data may lie."""
    from cslab.course.explained import explained_page
    from cslab.course.folders import disk_faults
    from cslab.sources.privacy.places import refuse_place

    if found.confidential:
        refuse_place(target.parent)
    with disk_faults(target):
        target.write_text(explained_page(source, found, default_language()), encoding="utf-8", newline="\n")
    say("explain.done", file=target)


def _print(found: Explained) -> None:
    """Everything on the terminal."""
    from cslab.course.listing import listing

    speech = default_language()
    for section in found.sections:
        print(f"\n{section.file} → {section.table}\n" + "\n".join(f"  {rule}" for rule in section.rules) + "\n")
        pairs = zip(section.rows.index, section.rows.to_numpy(), strict=True)
        rows = [[str(row), *map(str, values)] for row, values in pairs]
        listing([word("page.explained.row", speech), *map(str, section.rows)], rows)
    if found.notes:
        print("\n" + word("page.explained.notes", speech))
        print("\n".join(f"  - {note.text(speech)}" for note in found.notes))
