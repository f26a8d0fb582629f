"""How an export is read, as a page: the rules, ten rows of theirs and ours, every count."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from cslab.course import pages
from cslab.words import word

if TYPE_CHECKING:
    from cslab.sources.explained import Explained, Section

_STYLE = """
table.pairs { border-collapse: collapse; font-size: 0.85rem; }
table.pairs th, table.pairs td { border-bottom: 1px solid #ddd; padding: 0.25rem 0.5rem; text-align: left; }
div.wide { overflow-x: auto; }
"""


def explained_page(source: str, found: Explained, lang: str) -> str:
    """One self-contained page on how a source is read.

    Parameters
    ----------
    source : str
        As it was written.
    found : Explained
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    str
        HTML that needs nothing but itself.

    >>> from cslab.sources.explained import Explained
    >>> "社外秘" in explained_page("folder:x", Explained((), (), (), True), "ja")
    True
    """
    title, about = word("page.explained.title", lang), word("page.explained.about", lang, source=source)
    head = f'<h1>{escape(title)}</h1><p class="question">{escape(about)}</p>'
    parts = [_section(section, lang) for section in found.sections]
    lists = (("faults", [one.text(lang) for one in found.faults]), ("notes", [one.text(lang) for one in found.notes]))
    for name, texts in lists:
        if texts:
            items = "".join(f"<li>{escape(text)}</li>" for text in texts)
            parts.append(f"<h2>{escape(word(f'page.explained.{name}', lang))}</h2><ul>{items}</ul>")
    banner = pages.banner({"confidential": found.confidential}, lang)
    body = "\n".join(parts)
    return pages.filled(lang=lang, title=title, banner=banner, head=head, contents="", body=body, style=_STYLE)


def _section(section: Section, lang: str) -> str:
    """One table: its rules, and its first rows."""
    names = [word("page.explained.row", lang), *map(str, section.rows)]
    cells = "".join(f"<th>{escape(name)}</th>" for name in names)
    rows = "".join(
        f"<tr><td>{row}</td>{''.join(f'<td>{escape(str(text))}</td>' for text in values)}</tr>"
        for row, values in zip(section.rows.index, section.rows.to_numpy(), strict=True)
    )
    rules = escape("\n".join(section.rules))
    return (
        f"<h2>{escape(section.file)} → {escape(section.table)}</h2><pre>{rules}</pre>"
        f'<div class="wide"><table class="pairs"><thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table></div>'
    )
