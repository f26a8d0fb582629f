"""The verb of a world like one's own: fit-scenario."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cslab.cli.typed import Lang, Source, helped, say, verb
from cslab.faults import Fault, UsageError
from cslab.words import default_language, word

if TYPE_CHECKING:
    from cslab.book import Book
    from cslab.measure.fit import Fitted

HEADINGS = ("statistic", "group", "book", "limits", "world", "reference")


@verb("fit-scenario")
def fit_world(
    source: Source,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help=helped("fit_output"))] = None,
    as_of: Annotated[str, typer.Option("--as-of", metavar="YYYY-MM-DD", help=helped("as_of"))] = "",
    lang: Lang = None,
) -> None:
    """Fit a simulated company to a source."""
    from cslab.course.folders import refuse_tracked
    from cslab.measure.fit import fit_scenario
    from cslab.sources import load

    _refuse(output)
    book = load(source, as_of)
    if output is not None:
        refuse_tracked(output.expanduser().absolute().parent, book)
    fitted = fit_scenario(book)
    _tell(fitted)
    if output is not None:
        _write(fitted, book, output.expanduser())
        say("fit.done", file=output)


def _refuse(output: Path | None) -> None:
    """Refuse a file that could not be read as a scenario, or that is there already."""
    if output is None:
        return
    if output.suffix.lower() != ".toml":
        raise UsageError(Fault("fit_ending", {"file": output, "meant": output.with_suffix(".toml")}))
    if output.expanduser().exists():
        raise UsageError(Fault("fit_exists", {"file": output}), ending="nothing_written")


def _tell(fitted: Fitted) -> None:
    """How like the book the simulated company is, what was not fitted, and what was assumed."""
    from cslab.course.likeness import likeness_rows
    from cslab.course.listing import listing

    speech = default_language()
    headings = ["", *(word(f"cli.fit.heading.{name}", speech) for name in HEADINGS)]
    for part in (True, False):
        print(word(f"cli.fit.{'fitted' if part else 'checks'}", speech))
        listing(headings, likeness_rows(fitted.fidelity, part, speech))
        print()
    print("\n".join(f"- {note.text(speech)}" for note in fitted.notes))


def _write(fitted: Fitted, book: Book, output: Path) -> None:
    """The scenario as a file, with what it was made from."""
    from cslab.course.folders import disk_faults
    from cslab.sources.own_scenario import scenario_text
    from cslab.sources.privacy import notice

    speech = default_language()
    lines = [notice(speech)] if book.confidential else []
    lines += [word("cli.fit.file", speech, preset=fitted.base), *(note.text(speech) for note in fitted.notes)]
    with disk_faults(output):
        output.parent.mkdir(parents=True, exist_ok=True)
        text = scenario_text(fitted.scenario, fitted.base, "\n".join(lines))
        output.write_text(text, encoding="utf-8", newline="\n")
