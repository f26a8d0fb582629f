"""The verb of the empty workbook: template."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cslab.cli.typed import Lang, helped, say, verb
from cslab.words import default_language


@verb("template")
def make_template(
    tables: Annotated[list[str], typer.Argument(metavar="TABLE...", help=helped("template_tables"))],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE.xlsx", help=helped("template_output"))],
    lang: Lang = None,
) -> None:
    """Write an empty workbook to be filled in."""
    from cslab.sources.template import write_template

    file = write_template(tables, output.expanduser(), default_language())
    say("template.done", file=file, source=f"folder:{file}")
