"""The verbs of impact chains: check, test."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cslab.cli.typed import FAILED, Lang, app, helped, say
from cslab.course.furniture import Verb, Verbs
from cslab.faults import CslabError
from cslab.words import default_language, word

if TYPE_CHECKING:
    from cslab.book import Book
    from cslab.course.chain import Checked

verbs = typer.Typer(
    cls=Verbs,
    help=helped("chain"),
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(verbs, name="chain")

Against = Annotated[str, typer.Option("--source", metavar="SOURCE", help=helped("chain_source"))]
AsOf = Annotated[str, typer.Option("--as-of", metavar="YYYY-MM-DD", help=helped("as_of"))]


@verbs.callback()
def _chain(lang: Lang = None) -> None:
    """Take the language before the verb too."""


@verbs.command("check", cls=Verb, help=helped("chain.check"))
def check_chains(
    names: Annotated[list[str] | None, typer.Argument(metavar="[CHAIN]…", help=helped("chain_names"))] = None,
    source: Against = "",
    as_of: AsOf = "",
    lang: Lang = None,
) -> None:
    """Tell what is wrong with chains, and what is to be mended on them, by line."""
    from cslab.measure.impact import shipped_names
    from cslab.sources import load

    book = load(source, as_of) if source else None
    sound = [_checked(name, book) for name in names or shipped_names()]
    if not all(sound):
        raise typer.Exit(FAILED)


def _checked(name: str, book: Book | None) -> bool:
    """Tell what is to be said of one chain; whether it can be tested."""
    from cslab.course.chain import looked_over

    try:
        found = looked_over(name, book, default_language())
    except CslabError as error:
        print(error.text(default_language()))
        return False
    _tell(found)
    return found.sound


def _tell(found: Checked) -> None:
    """What was found in one chain."""
    from cslab.course.listing import listing
    from cslab.measure.impact import error_rate, serious

    told = [*((fault, True) for fault in found.wrong), *((fault, serious(fault)) for fault in found.mend)]
    if not told:
        say("chain.check.clean", file=found.file, links=found.links)
        return
    speech = default_language()
    say("chain.check.found", file=found.file, count=len(told), serious=found.serious)
    headings = [word(f"cli.chain.check.heading.{name}", speech) for name in ("must", "says")]
    listing(headings, [("✘" if must else "", fault.text(speech)) for fault, must in told])
    if any(fault.key == "lint.poses" for fault, _ in told):
        wrong = error_rate(speech)
        say("chain.check.by_words", wrong=round(wrong.estimate * wrong.n), n=wrong.n)


@verbs.command("test", cls=Verb, help=helped("chain.test"))
def hold_chain(
    name: Annotated[str, typer.Argument(metavar="CHAIN", help=helped("chain_name"))],
    source: Annotated[str, typer.Option("--source", metavar="SOURCE", help=helped("chain_source"))],
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help=helped("chain_output"))] = None,
    as_of: AsOf = "",
    force: Annotated[bool, typer.Option("--force", help=helped("journey_force"))] = False,
    lang: Lang = None,
) -> None:
    """Hold the links of a chain against a company's records."""
    from cslab.course.chain import HEADS, chain_page, counted, rows
    from cslab.course.folders import refuse_tracked
    from cslab.course.journey import put
    from cslab.course.listing import listing
    from cslab.measure import impact
    from cslab.sources import load

    speech, chain, book = default_language(), impact.named(name), load(source, as_of)
    if output:
        refuse_tracked(output.parent, book)
    tested = impact.test_links(book, chain)
    listing([word(f"page.chain.head.{head}", speech) for head in HEADS], rows(tested, speech))
    print(counted(tested, speech))
    if output:
        put(output.parent, {output.name: chain_page(book, tested, speech)}, force)
        say("chain.test.done", path=output)
