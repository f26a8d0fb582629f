"""What the door does with a column: keep it, put pseudonyms in place of its names, or drop it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import TYPE_CHECKING, Literal

from cslab.sources.privacy.headers import Said, said
from cslab.sources.privacy.looks import (
    MAIL,
    SENTENCE,
    is_company,
    is_mail,
    is_person,
    is_phone,
    is_pseudonymous,
    is_site,
    width,
)
from cslab.tables import TABLES, Column

if TYPE_CHECKING:
    import pandas as pd

Way = Literal["keep", "pseudonym", "drop"]

MOST_ARE = 0.5
"""Share of different words from which a column that holds some names is taken for one of names throughout."""
NEW_WORDS = 0.3
"""Different words per row from which texts were written rather than picked."""
WRITTEN = 22
"""Median width of such texts."""
MANY, APART = 20, 0.8
"""Different words, and their share of the rows, from which a column has a word of its own for every customer."""
DIALLED = 8
"""Digits of a telephone number, at least."""
_FLAGS = {
    *("yes", "no", "true", "false", "y", "n", "0", "1", "-"),
    *("あり", "なし", "有", "無", "はい", "いいえ", "○", "×"),
}


@dataclass(frozen=True)
class Seen:
    """A column as the door looks at it.

    Parameters
    ----------
    table, name : str
        Ours.
    headers : tuple of str
        What the file calls it.
    words : list of str
        Its different values.
    rows : int
        How many cells hold something.

    >>> Seen("accounts", "x_備考", ("備考",), ["値上げの相談あり"], 1).declared is None
    True
    """

    table: str
    name: str
    headers: tuple[str, ...]
    words: list[str]
    rows: int

    @property
    def declared(self) -> Column | None:
        """Our declaration of it, or of what goes by its name in another table; None where there is neither.

        >>> Seen("accounts", "account_name", (), [], 0).declared.personal
        'name'
        """
        known = TABLES[self.table].columns if self.table in TABLES else ()
        plain = self.name.removeprefix("x_")
        return next((column for column in known if column.name == self.name), _ELSEWHERE.get(plain))

    @property
    def said(self) -> Said:
        """What its headers say; of a column that goes by our own name, nothing more than its declaration.

        >>> Seen("accounts", "csm_id", ("担当者名",), [], 0).said, Seen("programs", "owner", ("owner",), [], 0).said
        ('name', '')
        """
        own = self.name if self.declared else ""
        return next((told for header in self.headers if header != own and (told := said(header))), "")


_ELSEWHERE = {column.name: column for table in TABLES.values() for column in table.columns if column.personal}
"""Columns that name somebody, by name: they do so in tables too that do not declare them."""
Masks = Callable[[str], bool]
"""Which words of a column become pseudonyms."""


def every(word: str) -> bool:
    """All of them.

    >>> every("A")
    True
    """
    return True


def way(seen: Seen) -> tuple[Way, Masks]:
    """What to do with a column by itself, without a mapping's word.

    Parameters
    ----------
    seen : Seen

    Returns
    -------
    str
        ``keep``, ``pseudonym`` or ``drop``.
    callable
        Which words become pseudonyms, for ``pseudonym``.

    >>> way(Seen("accounts", "account_name", (), ["Acme"], 1))[0], way(Seen("accounts", "account_id", (), ["A1"], 1))[0]
    ('pseudonym', 'keep')
    >>> way(Seen("accounts", "x_備考", ("備考",), ["値上げの相談あり。来月に再訪する"], 1))[0]
    'drop'
    """
    declared, told = seen.declared, seen.said
    if declared is not None and (declared.values or declared.kind not in ("id", "text", "category")):
        return "keep", every
    if declared is not None and declared.personal in ("name", "text"):
        return ("pseudonym", every) if declared.personal == "name" else ("drop", every)
    if declared is not None and declared.personal == "key":
        return _where(seen.words, named_key)
    if told == "place" or _written(seen, told):
        return "drop", every
    if told == "name" and not _flags(seen.words):
        return _where(seen.words, every)
    if told == "phone":
        return _where(seen.words, _dialled)
    how, masks = _by_content(seen.words)
    return _where(seen.words, named_key) if how == "keep" and _one_each(seen) else (how, masks)


def _one_each(seen: Seen) -> bool:
    """Whether nearly every row has a word of its own: whatever such words are, they tell one customer from another."""
    return len(seen.words) >= MANY and len(seen.words) >= APART * seen.rows


@cache
def named_key(word: str) -> bool:
    """Whether a word of an id names somebody. Ids stand in many tables, so what was found is kept until the door shuts.

    >>> named_key("A1"), named_key("Globex")
    (False, True)
    """
    return not is_pseudonymous(word)


def _where(words: Sequence[str], masks: Masks) -> tuple[Way, Masks]:
    """Pseudonyms for some words, where there are such words."""
    return ("pseudonym", masks) if any(map(masks, words)) else ("keep", every)


def _flags(words: Sequence[str]) -> bool:
    """Whether a column only says yes or no."""
    return all(word.casefold() in _FLAGS for word in words)


def _dialled(word: str) -> bool:
    """Whether a word has as many digits as a telephone number."""
    return sum(letter.isdigit() for letter in word) >= DIALLED


def _written(seen: Seen, told: Said) -> bool:
    """Whether texts were written by somebody: because their header says so, or by their look.

    A header alone does not take a column of ours away: its words must also differ from row to row.
    """
    if not seen.words or _flags(seen.words):
        return False
    widths = [width(word) for word in seen.words]
    fresh = 1 < len(seen.words) >= NEW_WORDS * seen.rows
    if max(widths) > 2 * SENTENCE or (told == "text" and (fresh or seen.declared is None)):
        return True
    return fresh and median(widths) >= WRITTEN and not _is_list(seen.words)


def _is_list(words: Sequence[str]) -> bool:
    """Whether texts are names or codes rather than sentences."""
    named = sum(
        bool(is_company(word) or is_person(word) or MAIL.fullmatch(word) or is_pseudonymous(word)) for word in words
    )
    return named >= MOST_ARE * len(words)


def _by_content(words: Sequence[str]) -> tuple[Way, Masks]:
    """Names among words that nobody announced: all words are taken for names where most of them are."""
    signs = (is_mail, is_site, is_phone, is_company, is_person)
    found = {word for word in words if any(shows(word) for shows in signs)}
    if not found:
        return "keep", every
    return "pseudonym", every if len(found) >= MOST_ARE * len(words) else found.__contains__


def seen_in(table: str, name: str, headers: tuple[str, ...], values: pd.Series) -> Seen:
    """A column of a typed table as the door looks at it.

    Parameters
    ----------
    table, name : str
    headers : tuple of str
    values : Series
        Text, categories or numbers; what is missing counts for nothing.

    >>> import pandas as pd
    >>> seen_in("accounts", "x_a", ("a",), pd.Series(["b", None, "b"])).words
    ['b']
    """
    known = values.dropna()
    return Seen(table, name, headers, [str(word) for word in known.unique()], len(known))
