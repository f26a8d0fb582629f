"""The verbs of ``cslab``: each checks what it was asked, calls one room of the house, and says what came of it."""

from __future__ import annotations

import sys
from typing import NoReturn

import typer

from cslab.cli import (
    assignment,
    chain,
    classroom,
    course,
    data,
    executive,
    exercises,
    explain,
    fit,
    journey,
    kit,
    privacy,
    template,
)
from cslab.cli.typed import FAULT, app
from cslab.course.furniture import WrongUsage, complaint
from cslab.faults import CslabError
from cslab.words import default_language, hear, word

__all__ = [
    "app",
    "assignment",
    "chain",
    "classroom",
    "course",
    "data",
    "executive",
    "exercises",
    "explain",
    "fit",
    "journey",
    "kit",
    "main",
    "privacy",
    "template",
]


def main() -> None:
    """Run one verb; a fault that the user can mend is told without a traceback."""
    for stream in (sys.stdout, sys.stderr):  # an old Japanese code page has no ✔, and that is no reason to stop
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    hear(sys.argv)  # what is wrong with an option before --lang is told in that language too
    try:
        sys.exit(app(standalone_mode=False))
    except WrongUsage as error:
        print(complaint(error, default_language()), file=sys.stderr)
        sys.exit(FAULT)
    except typer.Abort:
        sys.exit("\n" + word("setup.interrupted", default_language()))
    except CslabError as error:
        _refuse(error)
    except ImportError as error:
        from cslab.environment import missing_package

        if (fault := missing_package(error)) is None:
            raise
        _refuse(fault)


def _refuse(error: CslabError) -> NoReturn:
    """End with a fault that the user can mend."""
    print(error.text(default_language()), file=sys.stderr)
    sys.exit(FAULT)
