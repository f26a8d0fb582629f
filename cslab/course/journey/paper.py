"""The skeleton of what is printed: one page of HTML with the paper's own size and style."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from cslab.course import pages
from cslab.words import has_word, word


@cache
def style(name: str) -> str:
    """The CSS of one kind of paper.

    Parameters
    ----------
    name : str
        Of a file beside this module, without its ending.

    >>> "@page" in style("canvas")
    True
    """
    return Path(__file__).with_name(f"{name}.css").read_text(encoding="utf-8")


def printed(*, lang: str, title: str, body: str, name: str, head: str = "") -> str:
    """A page for the printer.

    Parameters
    ----------
    lang : str
        ``"en"`` or ``"ja"``.
    title : str
        As text.
    body, head : str
        As HTML.
    name : str
        Of the CSS.

    Returns
    -------
    str
        HTML that needs nothing but itself.

    >>> "841mm" in printed(lang="en", title="Map", body="", name="canvas")
    True
    """
    return pages.filled(lang=lang, title=title, banner="", head=head, contents="", body=body, style=style(name))


def department(name: str, lang: str) -> str:
    """What a department is called before customers; the name itself for one that we do not know.

    Parameters
    ----------
    name : str
        As it stands on the map.
    lang : str
        ``"en"`` or ``"ja"``.

    >>> department("cs", "ja"), department("法務部", "ja")
    ('カスタマーサクセス', '法務部')
    """
    return word(f"journey.dept.{name}", lang) if has_word(f"journey.dept.{name}") else name
