"""The small box of a check or a hint. It brings its own looks, because a notebook has no style sheet of ours."""

from __future__ import annotations

from html import escape

_LOOKS = (
    "padding:.7em 1em;border-left:4px solid {colour};background:rgba(128,140,150,.09);border-radius:6px;"
    "max-width:46em;line-height:1.6"
)


def box(css: str, colour: str, head: str, lines: list[str]) -> str:
    """A box of a colour: a head, and below it a paragraph a line.

    Parameters
    ----------
    css : str
        A class for pages, beside ``cslab-check``.
    colour : str
        Of its edge.
    head : str
        HTML.
    lines : list of str
        Text; what stands between backticks is code.

    Returns
    -------
    str
        HTML that is readable on white, on black and in grey.

    >>> "<code>a &lt; b</code>" in box("hint", "#00639b", "<strong>Hint</strong>", ["Try `a < b`."])
    True
    """
    below = "".join(f'<p style="margin:.4em 0 0">{with_code(line)}</p>' for line in lines)
    looks = _LOOKS.format(colour=colour)
    return f'<div class="cslab-check {css}" style="{looks}"><p style="margin:0">{head}</p>{below}</div>'


def with_code(line: str) -> str:
    """A sentence as HTML, what stands between backticks as code.

    Parameters
    ----------
    line : str

    >>> with_code("Try `a < b`.")
    'Try <code>a &lt; b</code>.'
    """
    pieces = escape(line).split("`")
    return "".join(f"<code>{piece}</code>" if place % 2 else piece for place, piece in enumerate(pieces))
