"""The verbs for other people: the dashboard of the board, and everything as files for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cslab.cli.typed import Lang, Source, helped, say, verb
from cslab.words import default_language

AsOf = Annotated[str, typer.Option("--as-of", metavar="YYYY-MM-DD", help=helped("as_of"))]
Own = Annotated[str, typer.Option("--charter", metavar="FILE", help=helped("dashboard_charter"))]
Score = Annotated[str, typer.Option("--score", metavar="NAME|FILE", help=helped("dashboard_score"))]
Force = Annotated[bool, typer.Option("--force", help=helped("journey_force"))]


@verb("dashboard")
def make_dashboard(
    source: Source,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help=helped("dashboard_output"))],
    charter: Own = "default",
    score: Score = "dear",
    as_of: AsOf = "",
    force: Force = False,
    lang: Lang = None,
) -> None:
    """Make the page for the board."""
    from cslab.course.dashboard import dashboard_page
    from cslab.course.folders import refuse_tracked
    from cslab.course.journey import put
    from cslab.measure.dashboard import charter_of, executive
    from cslab.sources import load

    held, book = charter_of(charter), load(source, as_of)
    refuse_tracked(output.parent, book)
    found = executive(book, held, score=score)
    found.require()
    put(output.parent, {output.name: dashboard_page(book, found, default_language())}, force)
    absent = sum(one.now is None for one in found.tiles)
    say("dashboard.done", path=output, tiles=len(found.tiles) - absent)


@verb("export")
def export_everything(
    source: Source,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help=helped("output"))],
    charter: Own = "default",
    score: Score = "dear",
    as_of: AsOf = "",
    force: Force = False,
    lang: Lang = None,
) -> None:
    """Write every table to Excel, every figure to PNG and SVG, the numbers to a long CSV."""
    from cslab.course.dashboard import export
    from cslab.course.folders import refuse_tracked
    from cslab.measure.dashboard import charter_of
    from cslab.sources import load

    held, book = charter_of(charter), load(source, as_of)
    refuse_tracked(output, book)
    made = export(book, output, default_language(), held, score, force)
    say("export.done", folder=output, tables=made.tables, figures=len(made.figures))
    for name, why in made.left_out:
        say("export.left_out", name=name, why=why)
