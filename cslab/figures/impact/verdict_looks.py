"""How the four verdicts look: colour, mark, dash and word, so that each is told without its colour."""

from __future__ import annotations

from dataclasses import dataclass

from cslab.figures.style import FAINT, QUIET


@dataclass(frozen=True)
class Look:
    """The look of a verdict.

    Parameters
    ----------
    colour : str
        Of the line, and of the badge's edge.
    fill, ink : str
        Of the badge, and of the sign in it.
    shape : str
        Of the badge, a matplotlib marker.
    sign : str
        What stands in the badge.
    dash : str
        Of the line.

    >>> LOOKS["contradicted"].shape
    's'
    """

    colour: str
    fill: str
    ink: str
    shape: str
    sign: str
    dash: str


LOOKS = {
    "supported": Look("#00694E", "#00694E", "white", "o", "✓", "-"),
    "not_yet_due": Look("#0072B2", "white", "#00639B", "o", "…", "--"),
    "contradicted": Look("#B5460F", "#B5460F", "white", "s", "×", "-"),
    "unidentifiable": Look("#8A949E", "#E3E7EB", "#3D4852", "D", "?", ":"),
}
PLAIN = Look(QUIET, FAINT, QUIET, "o", "", "-")


def look_of(verdict: str) -> Look:
    """The look of a verdict; a plain line where there is none.

    Parameters
    ----------
    verdict : str
        ``supported``, ``not_yet_due``, ``contradicted``, ``unidentifiable``, or empty.

    >>> look_of("").sign
    ''
    """
    return LOOKS.get(verdict, PLAIN)
