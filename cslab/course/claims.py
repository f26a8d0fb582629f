"""Published claims about retention: what is said, by whom, how well founded, and what each leaves out."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, UsageError, nearest
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd

GRADES = ("A", "B", "C")
MISSING = ("period", "comparison", "silent", "behaviour", "definition", "nothing")
"""What a claim may leave out; ``label.missing_<name>`` says each in words."""


@cache
def _all() -> dict[str, dict[str, Any]]:
    """Every claim by its name, read once."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def claims(topic: str, lang: str = "en", *, graded: bool = True) -> pd.DataFrame:
    """The claims on a topic, as a table to read.

    Parameters
    ----------
    topic : str
        ``"contracts"`` (four that contradict one another), ``"definitions"``, ``"six"`` (those of the exercise),
        ``"handoff"`` (four about hand-offs, each with another number).
    lang : str
        ``"en"`` or ``"ja"``, of what is said.
    graded : bool
        Whether the grade and what is missing are told.

    Returns
    -------
    DataFrame
        ``claim`` (its name), ``says``, ``source``; with ``graded`` also ``grade`` and ``missing`` (in words).

    Raises
    ------
    UsageError
        For an unknown topic, with the nearest.

    >>> claims("contracts")["grade"].tolist()
    ['C', 'C', 'B', 'B']
    >>> list(claims("six", "ja", graded=False))
    ['claim', 'says', 'source']
    """
    import pandas as pd

    chosen = {name: claim for name, claim in _all().items() if topic in claim["topic"]}
    if not chosen:
        known = sorted({one for claim in _all().values() for one in claim["topic"]})
        values = {"name": "topic", "value": topic, "near": nearest(topic, known), "known": ", ".join(known)}
        raise UsageError(Fault("unknown_choice", values))
    rows = [
        {
            "claim": name,
            "says": claim[f"says_{lang}"],
            "source": claim["source"],
            "grade": claim["grade"],
            "missing": word(f"label.missing_{claim['missing']}", lang),
        }
        for name, claim in chosen.items()
    ]
    table = pd.DataFrame(rows)
    return table if graded else table[["claim", "says", "source"]]


def answers(topic: str, column: str) -> dict[str, str]:
    """What is right of each claim on a topic: its grade, or what it leaves out.

    Parameters
    ----------
    topic : str
        As for :func:`claims`.
    column : str
        ``"grade"`` or ``"missing"``.

    Returns
    -------
    dict of str to str
        By the claim's name.

    >>> answers("six", "grade")["fader_hardie"]
    'A'
    """
    return {name: claim[column] for name, claim in _all().items() if topic in claim["topic"]}
