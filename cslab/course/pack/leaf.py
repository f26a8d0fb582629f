"""A page of text: Markdown of the project, or made on the way, as HTML that needs nothing but itself."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template

from cslab.course import outputs, pages


def prose(root: Path, lang: str, name: str, **blanks: str) -> str:
    """A text for instructors, with its blanks filled.

    Parameters
    ----------
    root : Path
        The project's folder.
    lang : str
        ``"en"`` or ``"ja"``.
    name : str
        Of the file below ``docs/instructor``, without its ending.
    **blanks
        What the text calls by ``$name``.

    Returns
    -------
    str
        Markdown.

    >>> from cslab.course.lessons import project
    >>> prose(project(), "en", "running").splitlines()[0]
    '# Running a class'
    """
    text = (root / "docs" / "instructor" / lang / f"{name}.md").read_text(encoding="utf-8")
    return Template(text).substitute(blanks) if blanks else text


def leaf(markdown: str, lang: str, above: str = "") -> str:
    """A Markdown text as a page; its first heading is the page's title.

    Parameters
    ----------
    markdown : str
    lang : str
        ``"en"`` or ``"ja"``.
    above : str
        HTML that stands below the title.

    >>> "<h1>Notes</h1>" in leaf("# Notes\\n\\nNone.", "en")
    True
    """
    first, _, rest = markdown.lstrip().partition("\n")
    title = first.lstrip("# ").strip()
    body = f'<section class="text">{outputs.text_html(rest)}</section>'
    head = f"<h1>{escape(title)}</h1>{above}"
    return pages.filled(lang=lang, title=title, banner="", head=head, contents="", body=body)
