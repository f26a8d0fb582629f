"""Statements to sort by the levels of a chain, with the right level and why; and how often words alone get it wrong."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from cslab.measure.estimate import Estimate, proportion
from cslab.measure.impact.cues import classify
from cslab.sources.shipped import read

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Statement:
    """Something that people say about their work.

    Parameters
    ----------
    id : str
        Its short name.
    en, ja : str
        What is said.
    level : str
        What it speaks of: one of ``chain.LEVELS``.
    why_en, why_ja : str
        Why.
    held_out : bool
        Whether the rules of ``classify`` were written without it.

    >>> statements()[0].level
    'input'
    """

    id: str
    en: str
    ja: str
    level: str
    why_en: str
    why_ja: str
    held_out: bool = False

    def text(self, lang: str) -> str:
        """What is said, in a language.

        Parameters
        ----------
        lang : str

        >>> statements()[0].text("en")
        'A budget of 3 million yen for the help centre'
        """
        return self.ja if lang == "ja" else self.en

    def why(self, lang: str) -> str:
        """Why it is of its level, in a language.

        Parameters
        ----------
        lang : str

        >>> statements()[0].why("ja")
        'お金を投じただけで、まだ何も行われていません。'
        """
        return self.why_ja if lang == "ja" else self.why_en


@cache
def statements() -> tuple[Statement, ...]:
    """The statements that the kit carries, by level.

    Returns
    -------
    tuple of Statement
        Those of ``cslab/rules/statements.yaml``, in its order.

    Source: our own, after the usual meaning of the levels of a logic model (grade S).

    >>> len(statements())
    44
    """
    return tuple(Statement(**statement) for statement in read("statements").value["statements"])


def error_rate(lang: str, held_out: bool = True) -> Estimate:
    """How often ``classify`` gets a statement wrong, or cannot tell.

    Parameters
    ----------
    lang : str
        ``"en"`` or ``"ja"``.
    held_out : bool
        Only those that its rules were written without: the honest number. False: only those that they were made with.

    Returns
    -------
    Estimate
        A share (0-1) with Wilson's limits; ``n`` counts statements.

    >>> error_rate("en", held_out=False).estimate
    0.0
    >>> 0 < error_rate("en").estimate < 0.5
    True
    """
    asked = [one for one in statements() if one.held_out == held_out]
    wrong = sum(classify(one.text(lang), lang).level != one.level for one in asked)
    return proportion(wrong, len(asked), len(asked), "classified_wrong")


def classified(lang: str) -> pd.DataFrame:
    """What ``classify`` makes of each statement.

    Parameters
    ----------
    lang : str

    Returns
    -------
    DataFrame
        One row a statement: ``id``, ``text``, ``level`` (the true one), ``guessed`` (empty: cannot tell), ``words``
        (what the guess rests on), ``right``, ``held_out``.

    >>> table = classified("en")
    >>> bool(table.loc[~table["held_out"], "right"].all())
    True
    """
    import pandas as pd

    rows = [(one, classify(one.text(lang), lang)) for one in statements()]
    return pd.DataFrame(
        {
            "id": one.id,
            "text": one.text(lang),
            "level": one.level,
            "guessed": said.level,
            "words": ", ".join(said.words),
            "right": said.level == one.level,
            "held_out": one.held_out,
        }
        for one, said in rows
    )
