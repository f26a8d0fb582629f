"""Columns that the contract does not know: kept under a name of their own, with the type that their words show."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import numpy as np

from cslab.sources.coerce import FEW_WORDS, spread
from cslab.sources.dates import POSSIBLE, Calendar, read_days
from cslab.sources.numbers import read_numbers

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

_CENTURIES = ("19", "20", "令和", "平成", "昭和")
_ANY_TIME = Calendar(years=POSSIBLE)
_CODE = re.compile(r"0\d.*|\d+[eE]\d+|\d{16,}")
"""What looks like a number and is more likely a code: numbers that programs write have the sign in ``1e+05``."""


def covariate_name(header: str) -> str:
    """The name under which an unknown column is kept: ``x_`` and the header in snake case; letters of any script stay.

    Parameters
    ----------
    header : str
        As in the file.

    >>> [covariate_name(header) for header in ("TotalCharges", "従業員 数", "x_plan", "NPS (2024)")]
    ['x_total_charges', 'x_従業員_数', 'x_plan', 'x_nps_2024']
    """
    name = unicodedata.normalize("NFKC", header)
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    name = re.sub(r"\W+", "_", name).strip("_").lower()
    return name if name.startswith("x_") else f"x_{name}"


def typed(cells: pd.Series) -> pd.Series:
    """An unknown column with the type its words show: number, day, category, or text where too many words differ.

    Codes (``007``, ``1E5``, more digits than a number can hold) stay text. Blank stays missing.

    Parameters
    ----------
    cells : Series of str
        As in the file.

    Returns
    -------
    Series
        int64 or float64; datetime64[ns]; category of up to 50 sorted words; or str.

    >>> import pandas as pd
    >>> typed(pd.Series(["1", " ", "2.5"])).tolist(), typed(pd.Series(["007", "012"])).dtype.name
    ([1.0, nan, 2.5], 'category')
    """
    import pandas as pd

    codes, words = pd.factorize(cells)
    plain = [word.strip() for word in words]
    known = np.array([word != "" for word in plain], dtype=bool)
    values = _values([word for word in plain if word])
    if values.dtype == object and values.size <= FEW_WORDS:
        return pd.Series(pd.Categorical(spread(values, known)[codes], sorted(set(values))), index=cells.index)
    return pd.Series(spread(values, known)[codes], index=cells.index)


def _values(words: list[str]) -> NDArray[np.generic]:
    """The words as numbers or days where all of them are, else as they stand."""
    if not words:
        return np.zeros(0)
    if not any(_CODE.fullmatch(word) for word in words) and not (numbers := read_numbers(words)).bad:
        return numbers.values
    if all(word[:2] in _CENTURIES for word in words) and not (days := read_days(words, calendar=_ANY_TIME)).bad:
        return days.days
    return np.array(words, dtype="object")
