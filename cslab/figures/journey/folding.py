"""Long goals on short lines, and the steps of a map by the names that customers gave them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cslab.figures.writing import width

_NEVER_FIRST = "、。」)・ーァィゥェォッャュョぁぃぅぇぉっゃゅょ"


def goal_of(row: Mapping[Any, Any], lang: str) -> str:
    """What the customer can say at a step; its name where nobody has written that.

    Parameters
    ----------
    row : mapping
        With ``step``, ``goal_en`` and ``goal_ja``.
    lang : str
        ``"en"`` or ``"ja"``.

    >>> goal_of({"step": "kickoff", "goal_en": "We know what to do", "goal_ja": ""}, "ja")
    'kickoff'
    """
    return str(row[f"goal_{lang}"] or row["step"])


def folded(text: str, columns: int) -> str:
    """A text on as few lines as it takes, of at most so many Latin letters and about equally long.

    Japanese breaks anywhere but before a closing mark or a small letter.

    Parameters
    ----------
    text : str
    columns : int
        Latin letters that fit on a line; Japanese ones take two.

    >>> folded("We use it every week", 16)
    'We use it\\nevery week'
    >>> folded("毎週使うことが習慣になった", 24)
    '毎週使うことが\\n習慣になった'
    """
    few = len(_lines(text, columns))
    narrow = next(wide for wide in range(1, columns + 1) if len(_lines(text, wide)) <= few)
    return "\n".join(_lines(text, narrow))


def _lines(text: str, columns: int) -> list[str]:
    """The lines of a text, each as full as it may be."""
    lines = [""]
    for piece in _pieces(text):
        joined = lines[-1] + piece
        if lines[-1] and width(joined.rstrip()) > columns and piece not in _NEVER_FIRST:
            lines.append(piece.lstrip())
        else:
            lines[-1] = joined
    return [line.rstrip() for line in lines]


def _pieces(text: str) -> list[str]:
    """Words with the space before them, and single Japanese letters."""
    found: list[str] = []
    for letter in text:
        if letter.isascii() and letter != " " and found and found[-1].isascii():
            found[-1] += letter
        else:
            found.append(letter)
    return found
