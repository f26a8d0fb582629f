"""The mark on every picture that is drawn where real data have been opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.book.confidential import session_is_confidential
from cslab.words import word

if TYPE_CHECKING:
    from matplotlib.figure import Figure, SubFigure

NAME = "cslab-confidential"
"""By which the mark is known again."""
INK = "#7A1F05"
"""As on the pages."""


def mark(figure: Figure | SubFigure, lang: str) -> None:
    """Write into a picture that it is confidential; nothing where no real data have been opened.

    Parameters
    ----------
    figure : Figure
        Marked once, however often it is asked.
    lang : str
        ``"en"`` or ``"ja"``.

    >>> from matplotlib.figure import Figure
    >>> figure = Figure(); mark(figure, "ja"); figure.get_suptitle()
    ''
    """
    if not session_is_confidential() or figure.get_suptitle():
        return
    said = figure.suptitle(word("figure.confidential", lang), x=0.995, ha="right", fontsize=8.5, color=INK)
    said.set_gid(NAME)
