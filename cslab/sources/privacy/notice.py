"""The line that everything made from real data carries."""

from __future__ import annotations

from cslab.words import LANGUAGES, word

NOTICE_FILE = "CONFIDENTIAL.md"
"""Lies beside files that cannot carry the line themselves, such as CSV."""


def notice(lang: str) -> str:
    """The line in a language.

    Parameters
    ----------
    lang : str
        ``"en"`` or ``"ja"``.

    >>> notice("ja")[:3]
    '社外秘'
    """
    return word("page.confidential", lang)


def notice_text() -> str:
    """What stands in ``CONFIDENTIAL.md``: the line in both languages.

    >>> notice_text().count("\\n")
    3
    """
    return "\n\n".join(notice(lang) for lang in LANGUAGES) + "\n"
