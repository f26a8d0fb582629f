"""The verbs of the journey map: lint, import, page, workshop, vote."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cslab.cli.typed import FAILED, Lang, app, helped, say, split
from cslab.course.furniture import Verb, Verbs
from cslab.faults import Fault, NotReady, UsageError
from cslab.words import LANGUAGES, default_language, word

if TYPE_CHECKING:
    from cslab.course.journey import Round, Stand
    from cslab.measure.journey import Map

verbs = typer.Typer(
    cls=Verbs,
    help=helped("journey"),
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(verbs, name="journey")

Drawn = Annotated[Path | None, typer.Argument(metavar="[MAP]", help=helped("journey_map"))]
Against = Annotated[str, typer.Option("--source", metavar="SOURCE", help=helped("journey_source"))]
AsOf = Annotated[str, typer.Option("--as-of", metavar="YYYY-MM-DD", help=helped("as_of"))]
Force = Annotated[bool, typer.Option("--force", help=helped("journey_force"))]
Folder = Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help=helped("output"))]


@verbs.callback()
def _journey(lang: Lang = None) -> None:
    """Take the language before the verb too."""


@verbs.command("lint", cls=Verb, help=helped("journey.lint"))
def lint_map(drawn: Drawn = None, source: Against = "", as_of: AsOf = "", lang: Lang = None) -> None:
    """Tell what is to be mended on a map, by line."""
    from cslab.course.journey import drawn as read
    from cslab.course.listing import listing
    from cslab.measure import journey
    from cslab.sources import load

    speech, read_map = default_language(), read(drawn)
    found = journey.lint(read_map, load(source, as_of) if source else None, speech)
    if found.empty:
        say("journey.lint.clean", steps=len(read_map.steps))
        return
    serious = int(found["serious"].sum())
    say("journey.lint.found", count=len(found), file=read_map.file, serious=serious)
    headings = [word(f"cli.journey.lint.heading.{name}", speech) for name in ("must", "says")]
    listing(headings, [("✘" if must else "", says) for must, says in zip(found["serious"], found["says"], strict=True)])
    raise typer.Exit(FAILED if serious else 0)


@verbs.command("import", cls=Verb, help=helped("journey.import"))
def import_notes(
    notes: Annotated[Path, typer.Argument(metavar="NOTES", help=helped("journey_notes"))],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help=helped("journey_output"))] = Path(
        "journey.yaml"
    ),
    force: Force = False,
    lang: Lang = None,
) -> None:
    """Make a map of the notes of a workshop."""
    from cslab.course.journey import put
    from cslab.measure import journey
    from cslab.sources.sticky import map_of_notes

    made = map_of_notes(notes)
    put(output.parent, {output.name: made.text}, force)
    say("journey.import.done", path=output, steps=made.steps)
    for note in made.notes:
        print(f"  - {note.text(default_language())}")
    if left := len(journey.lint(journey.read_draft(made.text, output.name))):
        say("journey.import.next", count=left, path=output)


@verbs.command("page", cls=Verb, help=helped("journey.page"))
def make_pages(
    output: Folder,
    drawn: Drawn = None,
    account: Annotated[str, typer.Option("--account", metavar="ID", help=helped("journey_account"))] = "",
    source: Against = "",
    as_of: AsOf = "",
    langs: Annotated[str, typer.Option("--langs", metavar="en,ja", help=helped("langs"))] = ",".join(LANGUAGES),
    force: Force = False,
    lang: Lang = None,
) -> None:
    """Make what a customer is given."""
    from cslab.course.journey import customer_page, put
    from cslab.course.journey import drawn as read

    if account and not source:
        raise UsageError(Fault("journey_account_alone", {"account": account}), ending="nothing_written")
    read_map = read(drawn)
    stand = _stand(read_map, account, source, as_of, output) if account else None
    pages = {f"journey.{speech}.html": customer_page(read_map, speech, stand) for speech in _spoken(langs)}
    say("journey.page.done", paths=", ".join(map(str, put(output, pages, force))))


def _spoken(langs: str) -> list[str]:
    """The languages that were asked for."""
    spoken = split(langs)
    if unknown := [one for one in spoken if one not in LANGUAGES]:
        raise UsageError(Fault("unknown_language", {"lang": unknown[0], "known": ", ".join(LANGUAGES)}))
    return spoken or list(LANGUAGES)


def _stand(drawn: Map, account: str, source: str, as_of: str, output: Path) -> Stand:
    """How far one customer has come."""
    from cslab.course.folders import refuse_tracked
    from cslab.course.journey import Stand
    from cslab.measure import journey
    from cslab.sources import load

    book = load(source, as_of)
    refuse_tracked(output, book)
    if lacking := [fault for fault in journey.findings(drawn, book) if fault.key == "journey.evidence_absent"]:
        raise NotReady(*lacking, subject=drawn.file, ending="nothing_written")
    day, found = f"{book.as_of:%Y-%m-%d}", journey.progress(book, account, drawn)
    if account not in set(journey.standing(book, drawn)["account_id"]):
        raise UsageError(Fault("journey.account_left", {"account": account, "day": day}), ending="nothing_written")
    return Stand(account, day, found, book.confidential)


@verbs.command("workshop", cls=Verb, help=helped("journey.workshop"))
def make_workshop(
    output: Folder,
    drawn: Drawn = None,
    langs: Annotated[str, typer.Option("--langs", metavar="en,ja", help=helped("langs"))] = ",".join(LANGUAGES),
    force: Force = False,
    lang: Lang = None,
) -> None:
    """Make everything for a workshop."""
    from cslab.course.journey import GUIDE, write_kit
    from cslab.course.journey import drawn as read

    spoken = _spoken(langs)
    write_kit(output, spoken, read(drawn) if drawn else None, force)
    own = default_language() if default_language() in spoken else spoken[0]
    say("journey.workshop.done", folder=output, guide=output / own / GUIDE)


@verbs.command("vote", cls=Verb, help=helped("journey.vote"))
def count_votes(
    votes: Annotated[Path, typer.Argument(metavar="VOTES", help=helped("journey_votes"))], lang: Lang = None
) -> None:
    """Tell how far people agree."""
    from cslab.course.journey import rounds

    found = rounds(votes)
    for one in found:
        _tell_round(one)
    _tell_split(found[-1])


def _tell_round(one: Round) -> None:
    """How far people agree in one round, or why that cannot be said in a number."""
    told = {"round": one.name, "steps": one.steps, "voters": one.voters}
    kappa = one.kappa
    if kappa is None:
        say("journey.vote.alike" if one.alike else "journey.vote.alone", **told, owner=one.alike)
    elif math.isnan(kappa.low):
        say("journey.vote.unsure", **told, estimate=kappa.estimate)
    else:
        say("journey.vote.round", **told, estimate=kappa.estimate, low=kappa.low, high=kappa.high)


def _tell_split(last: Round) -> None:
    """The steps on which people do not agree after all."""
    say("journey.vote.splits" if last.split else "journey.vote.united", round=last.name)
    for step, counts in last.split.items():
        say("journey.vote.split", step=step, counts=counts)
