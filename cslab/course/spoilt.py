"""A company's export as exports are: written, spoilt and read again, with all that the door says of it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cslab.faults import DataError

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book


@dataclass(frozen=True)
class Spoilt:
    """What the door made of an export.

    Parameters
    ----------
    book : Book or None
        None where the export was refused.
    notes : tuple of str
        What was coerced, set aside or assumed, a sentence each.
    faults : tuple of str
        Why it was refused.

    >>> Spoilt(None, (), ("a fault",)).refused
    True
    """

    book: Book | None
    notes: tuple[str, ...]
    faults: tuple[str, ...]

    @property
    def refused(self) -> bool:
        """Whether the export could not be loaded."""
        return self.book is None

    def table(self) -> pd.DataFrame:
        """Everything the door said, a row a sentence.

        Returns
        -------
        DataFrame
            ``said``, by its number.

        >>> Spoilt(None, (), ("a fault",)).table()["said"].tolist()
        ['a fault']
        """
        import pandas as pd

        said = [*self.faults, *self.notes]
        return pd.DataFrame({"said": said}, index=pd.RangeIndex(1, len(said) + 1, name="place"))


def spoilt(preset: str, level: int, lang: str, accounts: int = 60, seed: int = 7) -> Spoilt:
    """Simulate a company, spoil its export and load it as ``folder:`` does.

    Parameters
    ----------
    preset : str
        Such as ``default_jp``.
    level : int
        1 (read all the same), 2 (needs a mapping) or 3 (needs repair), as of ``cslab simulate --messy``.
    lang : str
        ``"en"`` or ``"ja"``, of what is said.
    accounts, seed : int

    Returns
    -------
    Spoilt

    >>> len(spoilt("tiny", 1, "en", accounts=20).notes) > 3
    True
    """
    from cslab.sources import load
    from cslab.sources.simulate import begin, finish, planned

    wishes = [f"accounts={accounts}", f"seed={seed}"]
    with tempfile.TemporaryDirectory() as home:
        folder = finish(begin(planned(preset, wishes, messy=str(level)), Path(home) / "export"), 1, lambda _: None)
        try:
            book = load(f"folder:{folder}")
        except DataError as error:
            return Spoilt(None, (), tuple(fault.text(lang) for fault in error.faults))
        return Spoilt(book, tuple(note.text(lang) for note in book.notes), ())
