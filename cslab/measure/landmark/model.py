"""A model per horizon: the chance of leaving within some months, and what it goes by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.book import Note
from cslab.measure.estimate import Z95
from cslab.measure.landmark.day import at_risk
from cslab.measure.landmark.encoding import MISSING, Encoding
from cslab.measure.landmark.features import features

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Date = str | pd.Timestamp
    Floats = NDArray[np.float64]

METHOD = "landmark_logit"


@dataclass(frozen=True)
class Model:
    """A logistic model of leaving within a horizon.

    Parameters
    ----------
    horizon : int
        Months. The model says nothing of any other horizon.
    encoding : Encoding
    intercept : float
    slopes : ndarray of float, shape (columns,)
        Log odds for one standard deviation more of each column.
    covariance : ndarray of float, shape (columns, columns)
        Of the slopes, clustered by account.
    n, events : int
        Rows it learned from, and how many of them left.
    accounts : int
        Different accounts among them.
    sets : tuple of str
        What it was allowed to know.
    absent : tuple of str
        What it was allowed to know and the book does not hold.

    >>> import cslab
    >>> from cslab.measure.landmark.learning import train
    >>> model = train(cslab.load("synthetic:tiny"), horizon=6, sets=("calendar", "usage"))
    >>> model.horizon, model.sets
    (6, ('calendar', 'usage'))
    """

    horizon: int
    encoding: Encoding
    intercept: float
    slopes: Floats
    covariance: Floats
    n: int
    events: int
    accounts: int
    sets: tuple[str, ...]
    absent: tuple[str, ...] = ()

    def predict(self, book: Book, day: Date | None = None) -> pd.DataFrame:
        """The chance of leaving within the horizon, of everybody at risk on a day.

        Parameters
        ----------
        book : Book
            With the columns that the model learned from.
        day : date, optional
            The last one of the book, where not given.

        Returns
        -------
        DataFrame
            ``account_id``, ``as_of``, ``risk`` (0-1).

        Raises
        ------
        DataError
            Where a column is missing, or holds a word that was not there to learn from.
        NotReady, UsageError
            As ``at_risk``.

        >>> import cslab
        >>> from cslab.measure.landmark.learning import train
        >>> book = cslab.load("synthetic:tiny")
        >>> risk = train(book, horizon=6, sets=("calendar", "usage")).predict(book)
        >>> bool(risk["risk"].between(0, 1).all())
        True
        """
        known = book.at(day or book.as_of)
        found = features(known, sets=self.sets, horizon=self.horizon)
        rows = at_risk(known)
        return rows.assign(risk=self.chance(self.fill_absent(found)).to_numpy())

    def fill_absent(self, features: pd.DataFrame) -> pd.DataFrame:
        """Features of which a day knew nothing at all, such as before the first survey, as not known of anybody.

        Parameters
        ----------
        features : DataFrame
            By account, as ``features`` makes them.

        Returns
        -------
        DataFrame
            With the columns whose gaps the model has learned to read.

        >>> import cslab
        >>> from cslab.measure.landmark.learning import train
        >>> book = cslab.load("synthetic:tiny")
        >>> model = train(book, horizon=6, sets=("calendar", "usage"))
        >>> from cslab.measure.landmark.features import features
        >>> bool(model.fill_absent(features(book, sets=("calendar",)))["usage_trend"].isna().all())
        True
        """
        gone = [name for name in self.encoding.gaps if name not in features]
        return features.assign(**dict.fromkeys(gone, np.nan))

    def fill_unseen(self, features: pd.DataFrame) -> tuple[pd.DataFrame, int]:
        """Features whose words that were not there to learn from count as the most frequent one.

        Parameters
        ----------
        features : DataFrame
            As for :meth:`chance`.

        Returns
        -------
        tuple of DataFrame and int
            The features, and how many of their words were new.

        >>> import pandas as pd
        >>> from cslab.measure.landmark.learning import fit
        >>> rows = pd.DataFrame({"account_id": list("abcd"), "event": [True, True, False, False]})
        >>> model = fit(rows, pd.DataFrame({"plan": ["a", "a", "a", "b"]}), horizon=3)
        >>> filled, count = model.fill_unseen(pd.DataFrame({"plan": ["b", "new"]}))
        >>> filled["plan"].tolist(), count
        (['b', 'a'], 1)
        """
        told, count = features, 0
        for name, words in self.encoding.unseen(features).items():
            new = features[name].astype(object).where(features[name].notna(), MISSING).isin(words)
            told = told.assign(**{name: features[name].mask(new, self.encoding.levels[name][0])})
            count += int(new.sum())
        return told, count

    def chance(self, features: pd.DataFrame) -> pd.Series:
        """The chance of leaving within the horizon, for rows of features.

        Parameters
        ----------
        features : DataFrame
            As ``features`` or ``features_at`` make them.

        Returns
        -------
        Series
            0-1, with the index of the rows.

        Raises
        ------
        DataError
            Where a column is missing, or holds a word that was not there to learn from.

        >>> import pandas as pd
        >>> from cslab.measure.landmark.learning import fit
        >>> rows = pd.DataFrame({"account_id": list("abcd"), "event": [True, True, False, False]})
        >>> usage = pd.DataFrame({"usage": [0.1, 0.2, 0.8, 0.9]})
        >>> fit(rows, usage, horizon=3).chance(usage).is_monotonic_decreasing
        True
        """
        from scipy.special import expit

        return (self.intercept + self.log_odds(features)).map(expit).rename("risk")

    def log_odds(self, features: pd.DataFrame) -> pd.Series:
        """Log odds of leaving, less those of the average row learned from.

        Parameters
        ----------
        features : DataFrame
            As for :meth:`chance`.

        Returns
        -------
        Series
            With the index of the rows.

        Raises
        ------
        DataError
            As :meth:`chance`.

        >>> import pandas as pd
        >>> from cslab.measure.landmark.learning import fit
        >>> rows = pd.DataFrame({"account_id": list("abcd"), "event": [True, True, False, False]})
        >>> usage = pd.DataFrame({"usage": [0.1, 0.2, 0.8, 0.9]})
        >>> (fit(rows, usage, horizon=3).log_odds(usage) > 0).tolist()
        [True, True, False, False]
        """
        import pandas as pd

        return pd.Series(self.encoding.matrix(features) @ self.slopes, index=features.index, name="log_odds")

    def weights(self) -> pd.DataFrame:
        """What the model goes by, the strongest first.

        Returns
        -------
        DataFrame
            ``feature``, ``level`` (of a word; ``missing`` marks gaps), ``estimate`` (log odds for one standard
            deviation more), ``low``, ``high``, ``n`` (accounts), ``method``. The limits are those of a penalised
            weight, drawn towards nothing: they tell how steady it is, not what the column does.

        >>> import cslab
        >>> from cslab.measure.landmark.learning import train
        >>> model = train(cslab.load("synthetic:tiny"), horizon=6, sets=("calendar", "usage"))
        >>> list(model.weights())
        ['feature', 'level', 'estimate', 'low', 'high', 'n', 'method']
        """
        import pandas as pd

        table = pd.DataFrame(self.encoding.names, columns=["feature", "level"])
        width = Z95 * np.sqrt(np.diag(self.covariance))
        limits = {"estimate": self.slopes, "low": self.slopes - width, "high": self.slopes + width}
        table = table.assign(**limits, n=self.accounts, method=METHOD)
        order = table["estimate"].abs().sort_values(ascending=False, kind="stable").index
        return table.loc[order].reset_index(drop=True)

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was filled, left out or not there, for showing."""
        encoded = self.encoding
        told = {"landmark_absent": self.absent, "landmark_constant": encoded.constant, "landmark_gaps": encoded.gaps}
        found = [Note(key, {"columns": ", ".join(names), "count": len(names)}) for key, names in told.items() if names]
        few = [Note("landmark_few", {"events": self.events, "columns": len(self.slopes)})]
        return tuple(found + few * (self.events < 10 * len(self.slopes)))
