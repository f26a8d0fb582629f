"""The verbs of the kit itself: doctor and help, and those of its authors."""

from __future__ import annotations

import typer

from cslab.cli.typed import Lang, verb
from cslab.words import default_language


@verb("doctor")
def see_doctor(lang: Lang = None) -> None:
    """Look at everything the lessons need."""
    from cslab.doctor import examine, report

    raise typer.Exit(report(examine(), default_language()))


@verb("help")
def show_help(context: typer.Context, lang: Lang = None) -> None:
    """Print what ``--help`` prints."""
    assert context.parent is not None
    print(context.parent.get_help())


def _develop(name: str) -> None:
    """Register one verb of those who work on the kit."""

    def run() -> None:
        """Hand on the exit code."""
        from cslab import develop

        raise typer.Exit(getattr(develop, name)())

    verb(name)(run)


for _name in ("lab", "check", "test", "bench"):
    _develop(_name)
