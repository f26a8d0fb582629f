"""Case cards: what is publicly known of other companies, with source and grade; to think with, not to compute with."""

from __future__ import annotations

import tomllib
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from cslab.course import shown
from cslab.course.lesson import reading
from cslab.faults import Fault, UsageError, nearest
from cslab.words import word

ROWS = ("moment", "choice", "evidence", "missing")
"""What a card may say beside its facts: the one event, how people are shared out, by what one would see it, and always
what the facts leave open."""


@cache
def _all() -> dict[str, dict[str, Any]]:
    """Every case by its name, read once."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def case(name: str, lang: str = "en") -> dict[str, Any]:
    """A case in a language.

    Parameters
    ----------
    name : str
        Such as ``"toreta"``.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    dict
        ``title``, those of ``ROWS`` that it has, and ``facts``: a list of dicts with ``says``, ``source``, ``grade``
        (A, B or C).

    Raises
    ------
    UsageError
        For an unknown case, with the nearest.

    >>> case("suica", "ja")["title"]
    'Suica(2001年)'
    >>> [fact["grade"] for fact in case("toreta")["facts"]]
    ['B', 'B', 'B']
    """
    if name not in _all():
        values = {"name": "case", "value": name, "near": nearest(name, _all()), "known": ", ".join(_all())}
        raise UsageError(Fault("unknown_choice", values))
    found = _all()[name]
    facts = [
        {"says": fact[f"says_{lang}"], "source": fact.get(f"source_{lang}", fact["source"]), "grade": fact["grade"]}
        for fact in found["facts"]
    ]
    there = ("title", *(row for row in ROWS if f"{row}_{lang}" in found))
    return {row: found[f"{row}_{lang}"] for row in there} | {"facts": facts}


def show_case(name: str) -> None:
    """Show a case card in the lesson's language.

    Parameters
    ----------
    name : str
        Such as ``"toreta"``.

    >>> from cslab.course.lesson import begin
    >>> _ = begin("05", "synthetic:tiny", lang="ja")  # doctest: +ELLIPSIS
    この章の会社...
    >>> show_case("toreta")  # doctest: +ELLIPSIS
    トレタ(飲食店の予約台帳)
      決め手の瞬間: 紙の予約台帳を捨てた
    ...
    """
    lang = reading().lang
    found = case(name, lang)
    rows = [(word(f"case.{row}", lang), found[row]) for row in ROWS if row in found]
    facts = [word("case.fact", lang, **fact) for fact in found["facts"]]
    lines = [found["title"], *(f"  {head}: {text}" for head, text in rows), *(f"  - {fact}" for fact in facts)]
    shown.show("\n".join(lines), _html(found["title"], rows, facts))


def _html(title: str, rows: list[tuple[str, str]], facts: list[str]) -> str:
    """The card as a table, with the facts below it."""
    lines = "".join(f'<tr><th scope="row">{escape(head)}</th><td>{escape(text)}</td></tr>' for head, text in rows)
    listed = "".join(f"<li>{escape(fact)}</li>" for fact in facts)
    head = f"<p><strong>{escape(title)}</strong></p>"
    return f'<div class="cslab-card">{head}<table>{lines}</table><ul class="cslab-notes">{listed}</ul></div>'
