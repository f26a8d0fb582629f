"""Finding a customer again from a pseudonym, in the files that it stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cslab.faults import Fault, UsageError
from cslab.sources.privacy.pseudonym import FORM, pseudonyms

if TYPE_CHECKING:
    from cslab.sources.mapped import RawFile


@dataclass(frozen=True)
class Place:
    """Where a name stands.

    Parameters
    ----------
    name : str
        In the company's own writing.
    file, column : str
        As the company calls them.
    row : int
        The first.
    count : int
        In how many rows.

    >>> Place("山田商事", "顧客.csv", "会社名", 2, 1).row
    2
    """

    name: str
    file: str
    column: str
    row: int
    count: int


def places(files: Mapping[str, RawFile], pseudonym: str) -> list[Place]:
    """Where the name behind a pseudonym stands.

    Parameters
    ----------
    files : mapping of str to RawFile
        The cells as they stand.
    pseudonym : str
        Such as ``p_9f86d081884c7d``.

    Returns
    -------
    list of Place
        One a column that holds it.

    Raises
    ------
    UsageError
        For what is no pseudonym, and for one that stands for nothing in these files.

    >>> import pandas as pd
    >>> from cslab.sources.mapped import RawFile
    >>> file = RawFile("a.csv", pd.DataFrame({"name": ["Acme", "Globex"]}, index=[2, 3]))
    >>> places({"accounts": file}, pseudonyms(["Globex"])["Globex"])
    [Place(name='Globex', file='a.csv', column='name', row=3, count=1)]
    """
    if not FORM.fullmatch(pseudonym):
        raise UsageError(Fault("no_pseudonym", {"given": pseudonym}))
    different = {file.name: file for file in files.values()}
    found = [place for file in different.values() for place in _in_file(file, pseudonym)]
    if not found:
        raise UsageError(Fault("pseudonym_unknown", {"given": pseudonym}))
    return found


def _in_file(file: RawFile, pseudonym: str) -> Iterator[Place]:
    """The columns of a file in which the name stands."""
    for column, cells in file.cells.items():
        words = {str(word): str(word).strip() for word in cells.unique()}
        made = pseudonyms(filter(None, words.values()))
        spelled = [word for word, plain in words.items() if made.get(plain) == pseudonym != plain]
        if spelled:
            rows = cells.index[cells.isin(spelled)]
            yield Place(words[spelled[0]], file.name, str(column), int(rows[0]), len(rows))
