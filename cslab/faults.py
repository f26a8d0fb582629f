"""What went wrong, in one form: what it is, where it is, how to go on. All faults are collected before one raise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from cslab.words import default_language, has_word, word


def nearest(name: str, known: Iterable[str], alike: float = 0.6) -> str:
    """The known name most like a given one; empty where none is close.

    Parameters
    ----------
    name : str
        What somebody wrote.
    known : iterable of str
        What would have been understood.
    alike : float
        From which likeness on, between 0 and 1, a name is close.

    >>> nearest("acounts", ["accounts", "contracts"])
    'accounts'
    >>> nearest("zzz", ["accounts"])
    ''
    """
    by_fold = {str(item).casefold(): str(item) for item in known}
    close = get_close_matches(str(name).casefold(), by_fold, n=1, cutoff=alike)
    return by_fold[close[0]] if close else ""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong.

    Parameters
    ----------
    key : str
        The message, a key of ``words.csv`` without its leading ``fault.``.
    values : dict
        What fills the blanks of the message: file, row, column, value, the names that are known.

    >>> Fault("no_table", {"table": "usage_monthly"}).text("en").startswith("usage_monthly")
    True
    """

    key: str
    values: dict[str, Any] = field(default_factory=dict)

    def text(self, lang: str) -> str:
        """The message in a language.

        >>> "usage" in Fault("no_table", {"table": "usage_monthly"}).text("ja")
        True
        """
        near = f"{self.key}.alone"
        key = near if self.values.get("near") in ("", "-") and has_word(f"fault.{near}") else self.key
        return word(f"fault.{key}", lang, **self.values)


class CslabError(Exception):
    """A fault that a user can mend; it is shown without a traceback, in the user's language.

    Parameters
    ----------
    *faults : Fault
        Everything that was found, at least one.
    subject : str
        What the faults are of: a file, a folder, a source string. Optional.
    ending : str
        A key under ``fault.`` that says what was left undone, such as ``"nothing_loaded"``. Optional.

    >>> str(CslabError(Fault("no_table", {"table": "usage_monthly"}))) != ""
    True
    """

    def __init__(self, *faults: Fault, subject: str = "", ending: str = "") -> None:
        super().__init__(*faults)
        self.faults, self.subject, self.ending = faults, subject, ending

    def text(self, lang: str) -> str:
        """The whole message in a language: a heading where there is a subject, a line a fault, an ending.

        >>> CslabError(Fault("no_table", {"table": "touches"}), subject="a.csv").text("en").splitlines()[0]
        '1 fault in a.csv'
        """
        lines = [fault.text(lang) for fault in self.faults]
        if self.subject:
            heading = "faults_heading_one" if len(lines) == 1 else "faults_heading"
            lines = [word(f"fault.{heading}", lang, count=len(lines), subject=self.subject), *(f"  {x}" for x in lines)]
        return "\n".join([*lines, word(f"fault.{self.ending}", lang)] if self.ending else lines)

    def __str__(self) -> str:
        """The message in the default language."""
        return self.text(default_language())


class DataError(CslabError):
    """A file or table breaks the contract."""


class NotReady(CslabError):
    """The source does not hold what was asked of it."""


class UsageError(CslabError):
    """A name, parameter or path that cannot be used."""
