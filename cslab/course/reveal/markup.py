"""Pieces of the pages of a reveal: paragraphs, tables, folds, pictures."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from cslab.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def paragraph(text: str) -> str:
    """A sentence or two.

    Parameters
    ----------
    text : str

    >>> paragraph("a < b")
    '<section class="text"><p>a &lt; b</p></section>'
    """
    return f'<section class="text"><p>{escape(text)}</p></section>'


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Texts as a table; what is in brackets of the kind ``⟨ ⟩`` at the end of a cell is set small.

    Parameters
    ----------
    heads : sequence of str
    rows : sequence of sequence of str

    >>> table(["phase"], [["renewal ⟨chosen⟩"]]).count("<small>chosen</small>")
    1
    """
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "".join(f"<tr>{''.join(f'<td>{_cell(cell)}</td>' for cell in row)}</tr>" for row in rows)
    html = f'<table class="cslab-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="table">{html}</div>'


def fold(title: str, body: str) -> str:
    """A part that opens on a click.

    Parameters
    ----------
    title : str
    body : str
        HTML.

    >>> fold("Names", "").count("<details")
    1
    """
    return f'<details class="part"><summary><h2>{escape(title)}</h2></summary>{body}</details>'


def picture(ax: Axes) -> str:
    """A picture within the page; its title is what is read to those who do not see it.

    Parameters
    ----------
    ax : Axes
        Closed afterwards.

    >>> import matplotlib.pyplot as plt
    >>> picture(plt.figure().add_subplot()).startswith("<figure")
    True
    """
    import matplotlib.pyplot as plt

    from cslab.figures.png import small_png

    figure, text = ax.get_figure(root=True), ax.get_title(loc="left")
    assert figure is not None  # the axes of a picture always stand on one
    png = base64.b64encode(small_png(figure)).decode("ascii")
    plt.close(figure)
    return f'<figure tabindex="0"><img alt="{escape(text)}" src="data:image/png;base64,{png}"></figure>'


def talk(homework: str, questions: Sequence[str], lang: str) -> str:
    """What to talk about.

    Parameters
    ----------
    homework : str
    questions : sequence of str
        Their words stand under ``reveal.<homework>.talk``.
    lang : str
        ``"en"`` or ``"ja"``.

    >>> talk("h1_mission", ["data"], "en").count("<li>")
    1
    """
    lines = "".join(f"<li>{escape(word(f'reveal.{homework}.talk.{name}', lang))}</li>" for name in questions)
    return f"<h2>{escape(word('reveal.page.talk', lang))}</h2><ol>{lines}</ol>"


def _cell(text: str) -> str:
    """One cell."""
    said, _, small = text.removesuffix("⟩").partition(" ⟨")
    return escape(said) + (f" <small>{escape(small)}</small>" if small else "")
