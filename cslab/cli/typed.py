"""What can be typed: the app, how a verb is registered, the options that verbs share, and how things are said."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer

from cslab.course.furniture import Verb, Verbs
from cslab.faults import Fault, UsageError
from cslab.words import LANGUAGES, default_language, hear, word

FAILED, FAULT, INTERRUPTED = 1, 2, 130
"""Exit codes: a lesson or test that failed; something that the person at the keyboard can mend; stopped by Ctrl-C."""


def helped(name: str) -> str:
    """The help of a verb or option in the reader's language."""
    return word(f"cli.{name}.help", default_language())


def _speak(lang: str | None) -> str | None:
    """Let everything from here on come in one language."""
    if lang is None:
        return None
    if lang not in LANGUAGES:
        raise UsageError(Fault("unknown_language", {"lang": lang, "known": ", ".join(LANGUAGES)}))
    os.environ["CSLAB_LANG"] = lang
    return lang


def count(text: str) -> int:
    """A number of processes that was typed."""
    if not (text.isdecimal() and int(text)):
        raise UsageError(Fault("jobs_number", {"value": text}))
    return int(text)


hear(sys.argv)  # the helps below are written before the options are read
Lang = Annotated[str | None, typer.Option("--lang", metavar="en|ja", callback=_speak, help=helped("lang"))]
LessonName = Annotated[str, typer.Argument(metavar="LESSON", help=helped("lesson"))]
Source = Annotated[str, typer.Argument(metavar="SOURCE", help=helped("source"))]
Jobs = Annotated[int | None, typer.Option("-j", "--jobs", metavar="N", parser=count, help=helped("jobs"))]
app = typer.Typer(
    cls=Verbs,
    help=helped("cslab"),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def verb(name: str) -> Callable[[Any], Any]:
    """Register a function as a verb."""
    return app.command(name, cls=Verb, help=helped(name))


def say(name: str, /, **values: object) -> None:
    """Print a message of the verbs."""
    print(word(f"cli.{name}", default_language(), **values), flush=True)


@app.callback()
def _cslab(lang: Lang = None) -> None:
    """Take the language before the verb too."""


def split(text: str) -> list[str]:
    """The items of a list typed with commas."""
    return [item.strip() for item in text.split(",") if item.strip()]
