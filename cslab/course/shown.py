"""What a cell shows: a text for every reader, the same as HTML, and the same as data that the course can gather."""

from __future__ import annotations

import math
import os
import sys
from html import escape
from typing import Any

SAY = "application/vnd.cslab.say+json"
VERDICT = "application/vnd.cslab.verdict+json"
CARD = "application/vnd.cslab.card+json"
LACK = "application/vnd.cslab.lack+json"
CHECK = "application/vnd.cslab.check+json"
GUESS = "application/vnd.cslab.guess+json"
REACH = "application/vnd.cslab.reach+json"
GRADED = "CSLAB_GRADED"
"""The environment variable under which nobody looks, and answers are judged elsewhere."""


def unwatched() -> bool:
    """Whether nobody looks: a submission is run again to be graded, so what is only for the eye can be left out.

    >>> unwatched()
    False
    """
    return bool(os.environ.get(GRADED))


def shell() -> Any:
    """The running IPython, or ``None`` in plain Python.

    Returns
    -------
    InteractiveShell or None

    >>> shell() is None
    True
    """
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None


def attended() -> bool:
    """Whether somebody sits at the notebook: what runs notebooks by itself lets no cell ask for input.

    >>> attended()
    False
    """
    parent: dict[str, Any] = getattr(shell(), "get_parent", dict)()
    return bool(parent.get("content", {}).get("allow_stdin"))


def show(
    text: str,
    html: str = "",
    kind: str = "",
    data: dict[str, Any] | None = None,
    place: str = "",
    renew: bool = False,
) -> None:
    """Show one thing in a notebook as text, HTML and data; print its text where there is no notebook.

    Parameters
    ----------
    text : str
        What everybody can read.
    html : str
        The same for a notebook or page; made from the text when empty.
    kind : str
        The MIME type of the data, one of this module's constants.
    data : dict
        The same as plain JSON types.
    place : str
        A name under which it can be shown anew; empty where nobody will.
    renew : bool
        Whether it takes the place of what was shown there before.

    >>> show("Half of them stay.")
    Half of them stay.
    """
    if (notebook := shell()) is None:
        print(text)
        return
    bundle: dict[str, Any] = {"text/plain": text, "text/html": html or paragraphs(text)}
    where = {"transient": {"display_id": place}, "update": renew} if place else {}
    notebook.display_pub.publish({**bundle, kind: data} if kind else bundle, **where)


def paragraphs(text: str, css: str = "cslab-say") -> str:
    """A text as HTML, a paragraph a line.

    >>> paragraphs("a < b")
    '<div class="cslab-say"><p>a &lt; b</p></div>'
    """
    return f'<div class="{css}">' + "".join(f"<p>{escape(line)}</p>" for line in text.splitlines()) + "</div>"


def plain(value: Any) -> Any:
    """A value as plain JSON types: an estimate as its five fields, a date as text, a number to ten digits.

    Ten digits, because the last ones of a floating number differ between machines, and a record is compared as text.

    Parameters
    ----------
    value : object
        A number, text, date, estimate, ``None``, or a list or mapping of them.

    Returns
    -------
    object
        ``None``, bool, int, float, str, list or dict. A number that is not finite becomes ``None``.

    >>> plain(0.1 + 0.2), plain(float("nan")), plain([1, "a"])
    (0.3, None, [1, 'a'])
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items()}
    if hasattr(value, "estimate"):
        return {name: plain(getattr(value, name)) for name in ("estimate", "low", "high", "n", "method")}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return _scalar(value)


def _scalar(value: Any) -> Any:
    """A number of NumPy or Python, or a date, as a plain one."""
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    if isinstance(value, float) or hasattr(value, "dtype"):
        number = value.item() if hasattr(value, "item") else value
        if not isinstance(number, float):
            return number
        return float(f"{number:.10g}") if math.isfinite(number) else None
    return str(value)
