"""What the library behind the command line says on its own account, in the reader's language."""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from cslab.faults import nearest
from cslab.words import default_language, word

PIECES = ("usage", "options", "arguments", "commands", "help", "default", "required")
"""The set phrases of a help page; the English of each stands in ``words.csv`` just as the library writes it."""
WrongUsage: type[Any] = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "UsageError")
"""The library's own error, which lives in another module from version to version."""
ORDER = (
    *("lessons", "open", "progress", "reset", "lab", "run", "demo"),  # whoever learns
    *("readiness", "template", "explain-mapping", "who", "dashboard", "export", "simulate", "fit-scenario"),
    *("sample", "dictionary", "journey", "chain"),  # whoever brings data
    *("pack", "grade", "homework", "assign", "reveal"),  # whoever teaches
    *("doctor", "help", "check", "test", "bench", "build"),
)
"""The verbs as the help page lists them; one that is not among them comes last."""


class Verb(TyperCommand):
    """A verb whose help page is in one language."""

    def get_help(self, ctx: Any) -> str:
        """The help page.

        >>> Verb("run", rich_markup_mode=None).name
        'run'
        """
        return translated(super().get_help(ctx), default_language())


class Verbs(TyperGroup):
    """All verbs, with a help page in one language."""

    def get_help(self, ctx: Any) -> str:
        """The help page.

        >>> Verbs(name="cslab", rich_markup_mode=None).name
        'cslab'
        """
        return translated(super().get_help(ctx), default_language())

    def list_commands(self, ctx: Any) -> list[str]:
        """The verbs by who needs them.

        >>> Verbs(name="cslab", commands={"test": Verb("test"), "open": Verb("open")}).list_commands(None)
        ['open', 'test']
        """
        places = {name: place for place, name in enumerate(ORDER)}
        return sorted(super().list_commands(ctx), key=lambda name: places.get(name, len(ORDER)))


def translated(page: str, lang: str) -> str:
    """A help page with its set phrases in a language.

    Parameters
    ----------
    page : str
        In English.
    lang : str
        ``"en"`` or ``"ja"``.

    >>> translated("Usage: cslab run", "ja")
    '使い方: cslab run'
    """
    for piece in PIECES:
        page = page.replace(word(f"cli.furniture.{piece}"), word(f"cli.furniture.{piece}", lang))
    return page


def complaint(error: Any, lang: str) -> str:
    """What was typed wrongly, and how to see the help page.

    Parameters
    ----------
    error : UsageError of the library
    lang : str
        ``"en"`` or ``"ja"``.

    >>> complaint(WrongUsage("No such command 'rn'."), "ja")
    'このコマンドはありません:rn'
    """
    context = error.ctx
    if context is None:
        return _said(error, lang)
    page = word("cli.furniture.try", lang, command=context.command_path)
    return "\n".join([translated(context.get_usage(), lang), page, "", _said(error, lang)])


def _said(error: Any, lang: str) -> str:
    """The slip itself; what we have no words for is told in the library's."""
    text = str(error.format_message())
    if found := re.match(r"No such command '(.+?)'", text):
        near = nearest(found[1], getattr(getattr(error.ctx, "command", None), "commands", ()))
        return word(f"cli.furniture.no_command{'_near' if near else ''}", lang, name=found[1], near=near)
    kind = type(error).__name__
    if kind == "NoSuchOption":
        near = ", ".join(getattr(error, "possibilities", None) or [])
        return word(f"cli.furniture.no_option{'_near' if near else ''}", lang, name=error.option_name, near=near)
    if kind == "MissingParameter" and error.param is not None:
        return word("cli.furniture.missing", lang, name=error.param.metavar or error.param.name)
    if kind == "BadOptionUsage":
        return word("cli.furniture.no_value", lang, name=error.option_name)
    return text
