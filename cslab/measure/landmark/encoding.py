"""From what was known to columns of numbers: words as 0/1, gaps filled and marked, everything on one scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import DataError, Fault, nearest

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MISSING = "missing"
"""The level of a word that nobody knows, and of the column that marks a number's gaps."""


@dataclass(frozen=True)
class Encoding:
    """How features become columns, settled by the rows that a model learned from.

    Parameters
    ----------
    fill : dict of str to float
        The median of each column of numbers, which stands where the number is not known.
    gaps : tuple of str
        Columns of numbers that had gaps: each gets a column that marks them.
    levels : dict of str to tuple of str
        The words of each column of words, the most frequent first; it is the one that others are compared with.
    constant : tuple of str
        Columns that said the same of everybody and were left out.
    mean, scale : ndarray of float, shape (columns,)
        What is taken off each column, and by what it is divided.

    >>> import pandas as pd
    >>> known = pd.DataFrame({"usage": [0.2, 0.4, None], "segment": ["smb", "smb", "mid"]})
    >>> encoding(known).names
    [('usage', ''), ('usage', 'missing'), ('segment', 'mid')]
    """

    fill: dict[str, float]
    gaps: tuple[str, ...]
    levels: dict[str, tuple[str, ...]]
    constant: tuple[str, ...]
    mean: Floats
    scale: Floats

    @property
    def names(self) -> list[tuple[str, str]]:
        """Feature and level of each column; no level for the number itself."""
        found = []
        for name in self.fill:
            found += [(name, ""), *([(name, MISSING)] if name in self.gaps else [])]
        return found + [(name, level) for name, levels in self.levels.items() for level in levels[1:]]

    @property
    def features(self) -> list[str]:
        """The features that are asked for."""
        return [*self.fill, *self.levels]

    def matrix(self, features: pd.DataFrame) -> Floats:
        """The columns of some rows.

        Parameters
        ----------
        features : DataFrame, shape (rows, features)
            The features that the encoding was settled by, and any others.

        Returns
        -------
        ndarray of float, shape (rows, columns)

        Raises
        ------
        DataError
            Naming every feature that is missing and every word that was not there to learn from.

        >>> import pandas as pd
        >>> known = pd.DataFrame({"usage": [0.2, 0.4]})
        >>> encoding(known).matrix(known)[:, 0].round(6).tolist()
        [-1.0, 1.0]
        """
        if faults := self._faults(features):
            raise DataError(*faults)
        return np.asarray((self._raw(features) - self.mean) / self.scale)

    def unseen(self, features: pd.DataFrame) -> dict[str, list[str]]:
        """Words of each feature that were not there to learn from.

        Parameters
        ----------
        features : DataFrame

        Returns
        -------
        dict of str to list of str
            Only features that have any.

        >>> import pandas as pd
        >>> encoding(pd.DataFrame({"plan": ["a", "b"]})).unseen(pd.DataFrame({"plan": ["a", "z"]}))
        {'plan': ['z']}
        """
        new = {name: sorted({*_words(features[name])} - {*levels}) for name, levels in self.levels.items()}
        return {name: words for name, words in new.items() if words}

    def _faults(self, features: pd.DataFrame) -> list[Fault]:
        """What features lack, and which of their words are new."""
        absent = [name for name in self.features if name not in features]
        if absent:
            known = ", ".join(str(name) for name in features)
            return [Fault("landmark.no_feature", {"column": name, "known": known}) for name in absent]
        faults = []
        for name, words in self.unseen(features).items():
            levels = self.levels[name]
            rest = {"known": ", ".join(levels), "near": nearest(words[0], levels)}
            faults.append(Fault("landmark.unseen", {"column": name, "value": ", ".join(words), **rest}))
        return faults

    def _raw(self, features: pd.DataFrame) -> Floats:
        """The columns before they are put on one scale."""
        columns: list[Any] = []
        for name, fill in self.fill.items():
            values = _numbers(features[name])
            columns += [np.where(np.isnan(values), fill, values), *([np.isnan(values)] if name in self.gaps else [])]
        for name, levels in self.levels.items():
            words = _words(features[name]).to_numpy()
            columns += [words == level for level in levels[1:]]
        return np.array(columns, dtype=float).reshape(len(columns), len(features)).T


def encoding(features: pd.DataFrame) -> Encoding:
    """Settle how features become columns.

    A number that is not known, or infinite, counts as the median, and a column of its own marks it; a word that is
    not known is a word like others. A feature that says the same of everybody is left out.

    Parameters
    ----------
    features : DataFrame, shape (rows, features)
        Of the rows to learn from: numbers and words.

    Returns
    -------
    Encoding

    >>> import pandas as pd
    >>> encoding(pd.DataFrame({"usage": [0.2, 0.4], "region": ["north", "north"]})).constant
    ('region',)
    """
    numbers = [str(name) for name in features if features[name].dtype.kind in "fiub"]
    words = {str(name): _levels(features[name]) for name in features if name not in numbers}
    values = {name: _numbers(features[name]) for name in numbers}
    gaps = tuple(name for name, one in values.items() if 0 < np.isnan(one).sum() < len(one))
    constant = [name for name, one in values.items() if len(np.unique(one)) < 2]
    constant += [name for name, levels in words.items() if len(levels) < 2]
    fill = {name: float(np.nanmedian(one)) for name, one in values.items() if name not in constant}
    levels = {name: found for name, found in words.items() if name not in constant}
    plain = Encoding(fill, gaps, levels, tuple(constant), np.zeros(1), np.ones(1))
    raw = plain._raw(features)
    scale = raw.std(axis=0)
    return Encoding(fill, gaps, levels, tuple(constant), raw.mean(axis=0), np.where(scale > 0, scale, 1.0))


def _numbers(values: pd.Series) -> Floats:
    """Numbers, missing where they are not known or infinite."""
    found = values.to_numpy(float, na_value=np.nan)
    return np.where(np.isfinite(found), found, np.nan)


def _words(values: pd.Series) -> pd.Series:
    """Words, with one for those that nobody knows."""
    return values.astype(object).where(values.notna(), MISSING).astype(str)


def _levels(values: pd.Series) -> tuple[str, ...]:
    """The words of a column, the most frequent first."""
    counts = _words(values).value_counts()
    return tuple(sorted(counts.index, key=lambda word: (-counts[word], word)))
