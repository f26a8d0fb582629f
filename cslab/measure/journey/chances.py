"""The chance of a yes or no by what is known of each case: a logistic model whose slopes are drawn lightly to 0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

AMOUNTS = ("mrr0_amount", "mrr_amount")
"""Taken as logarithms."""

DRAWN = 0.1
"""How strongly slopes are drawn to 0: as if they varied with a variance of 10."""


@dataclass(frozen=True)
class Chances:
    """A logistic model of cases.

    Words become one column each but the first, numbers are taken in standard deviations, terms of contracts as words.
    The constant stands first, then the columns of each name in their order.

    Parameters
    ----------
    rows : DataFrame
        One row a case.
    outcome : str
        Its column of 0 and 1.
    names : sequence of str
        The columns that tell of its chance.

    Source: penalised logistic regression with a weakly informative normal prior, Gelman et al. (2008), Ann. Appl.
    Stat. 2:1360, grade A.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"left": [0.0, 0.0, 1.0, 1.0] * 50, "segment": ["smb", "mid", "smb", "smb"] * 50})
    >>> Chances(rows, "left", ["segment"]).chance().round(1).tolist()[:2]
    [0.7, 0.0]
    """

    rows: pd.DataFrame
    outcome: str
    names: Sequence[str]

    @cached_property
    def columns(self) -> Floats:
        """The columns of the model."""
        return np.hstack([np.ones((len(self.rows), 1)), *(_columns(self.rows[name], name) for name in self.names)])

    @cached_property
    def slopes(self) -> Floats:
        """The slopes of all cases, by Newton's steps."""
        slopes, once = np.zeros(self.columns.shape[1]), np.ones(len(self.rows))
        for _ in range(25):
            step = self._step(slopes, once)
            slopes = slopes + step
            if np.abs(step).max() < 1e-6:
                break
        return slopes

    def again(self, weights: Floats) -> Floats:
        """The slopes of cases drawn again: one step from those of all.

        Parameters
        ----------
        weights : ndarray, shape (cases,)
            How often each case was drawn.

        Returns
        -------
        ndarray, shape (columns,)

        Source: the one-step bootstrap, Moulton and Zeger (1991), Comput. Stat. Data Anal. 11:53, grade A.

        >>> import pandas as pd
        >>> rows = pd.DataFrame({"left": [0.0, 1.0] * 50, "seats": range(100)})
        >>> model = Chances(rows, "left", ["seats"])
        >>> bool(np.allclose(model.again(np.ones(100)), model.slopes))
        True
        """
        return self.slopes + self._step(self.slopes, weights)

    def _step(self, slopes: Floats, weights: Floats) -> Floats:
        """One of Newton's steps; where few say yes a whole one may overshoot, so it is cut."""
        chance, drawn = self.chance(slopes), np.r_[0.0, np.full(len(slopes) - 1, DRAWN)]
        surplus = self.columns.T @ (weights * (self.rows[self.outcome].to_numpy(float) - chance)) - drawn * slopes
        told = (self.columns * (weights * chance * (1 - chance))[:, None]).T @ self.columns
        return np.asarray(np.clip(np.linalg.solve(told + np.diag(drawn + 1e-9), surplus), -3.0, 3.0))

    def chance(self, slopes: Floats | None = None, columns: Floats | None = None) -> Floats:
        """The chance of a yes of each case.

        Parameters
        ----------
        slopes : ndarray, optional
            Those of all cases where none are given.
        columns : ndarray, optional
            The cases as they might be; as they are where none are given.

        Returns
        -------
        ndarray, shape (cases,)

        >>> import pandas as pd
        >>> rows = pd.DataFrame({"left": [0.0, 1.0] * 50, "seats": [1.0] * 100})
        >>> Chances(rows, "left", ["seats"]).chance().round(3).tolist()[:1]
        [0.5]
        """
        from scipy.special import expit

        slopes = self.slopes if slopes is None else slopes
        return np.asarray(expit((self.columns if columns is None else columns) @ slopes))


def _columns(values: pd.Series, name: str) -> Floats:
    """One name as columns."""
    import pandas as pd

    if name == "term_months" or not (pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values)):
        words = values.astype(object).where(values.notna(), "")
        return pd.get_dummies(words, drop_first=True).to_numpy(float)
    numbers = values.to_numpy(float, na_value=np.nan)
    numbers = np.log1p(np.maximum(numbers, 0)) if name in AMOUNTS else numbers
    apart = np.nan_to_num(numbers - np.nanmean(numbers))
    return np.asarray(apart / (apart.std() or 1.0))[:, None]
