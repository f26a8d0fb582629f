"""What a score is held against: who was asked about, what became of them, what the score said; or all that is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.clusters import summed
from cslab.measure.scores.censoring import Censoring

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from numpy.typing import NDArray

    from cslab.measure.scores.censoring import Known

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

NEEDED = ("account_id", "time", "event")


@dataclass(frozen=True)
class Rows:
    """Rows of account and day, checked.

    Parameters
    ----------
    account : ndarray of int, shape (rows,)
        Place of each row's account.
    time : ndarray of float, shape (rows,)
        Months from the day to the departure, or to the end of what is known.
    event : ndarray of bool, shape (rows,)
        Whether the account left then.

    >>> Rows(np.array([0, 1, 1]), np.array([1.0, 2.0, 2.0]), np.array([True, False, False])).n
    2
    """

    account: NDArray[np.intp]
    time: Floats
    event: Flags

    @cached_property
    def n(self) -> int:
        """How many accounts."""
        return len(np.unique(self.account))

    @cached_property
    def censoring(self) -> Censoring:
        """How long accounts were followed, whether or not they left."""
        return Censoring(self.time, self.event)

    def ratio(self, known: Known, above: Any, base: Any = 1.0) -> tuple[float, Floats]:
        """A ratio of two sums over what is known at a horizon, and by how much each row moves it.

        Parameters
        ----------
        known : Known
            Of ``censoring``.
        above, base : ndarray of float, shape (rows,), or float
            What each row puts above and below the line; a base of 1 makes a mean.

        Returns
        -------
        tuple of float and ndarray of float, shape (rows,)

        >>> rows = Rows(np.array([0, 1]), np.array([1.0, 2.0]), np.array([True, False]))
        >>> known = rows.censoring.known(1)
        >>> rows.ratio(known, known.left)[0]  # the share that left
        0.5
        """
        below = float((known.weight * base).sum())
        share = float((known.weight * above).sum()) / below
        pull = known.weight * (above - share * base) / below
        return share, pull + self.censoring.correction(pull, known.reach)

    def error(self, pull: Floats) -> float:
        """Standard error of what the rows pull to and fro, with accounts, not rows, as what varies.

        Parameters
        ----------
        pull : ndarray of float, shape (rows,)
            By how much each row moves the estimate (its influence); they add up to nothing.

        Returns
        -------
        float

        >>> rows = Rows(np.array([0, 0]), np.ones(2), np.array([True, False]))
        >>> rows.error(np.array([1.0, -1.0]))
        0.0
        """
        return float(np.sqrt((summed(self.account, pull) ** 2).sum()))


def read(rows: pd.DataFrame, *columns: str, chance: bool = False) -> tuple[Rows, list[Floats]]:
    """Check rows and the scores that stand in them.

    Parameters
    ----------
    rows : DataFrame
        ``account_id``, ``time``, ``event`` and the scores.
    *columns : str
        The scores' columns.
    chance : bool
        Whether the scores are chances of leaving, between 0 and 1.

    Returns
    -------
    tuple of Rows and list of ndarray
        The rows, and the scores in the order asked for.

    Raises
    ------
    UsageError
        Naming everything that is wrong: columns that are not there, gaps, times that are no times after the day, events
        that are neither true nor false, rows seen late (``entry``), scores that are no numbers or no chances.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"account_id": ["a", "b"], "time": [1, 2], "event": [True, False], "risk": [0.4, 0.2]})
    >>> read(seen, "risk", chance=True)[1][0].tolist()
    [0.4, 0.2]
    """
    import pandas as pd

    if absent := [name for name in (*NEEDED, *columns) if name not in rows]:
        raise UsageError(*_absent(absent, [str(name) for name in rows]))
    scores = [pd.to_numeric(rows[name], errors="coerce").to_numpy(float) for name in columns]
    named = dict(zip(columns, scores, strict=True))
    faults = [
        *_late(rows),
        *_outcomes(rows),
        *(fault for item in named.items() for fault in _score(rows, *item, chance)),
    ]
    if faults:
        raise UsageError(*faults)
    account = pd.factorize(rows["account_id"])[0]
    return Rows(account, rows["time"].to_numpy(float), rows["event"].to_numpy(bool)), scores


def join(outcomes: pd.DataFrame, score: pd.DataFrame, column: str = "risk") -> pd.DataFrame:
    """Outcomes with the score that each account was given.

    Parameters
    ----------
    outcomes : DataFrame
        ``account_id``, ``as_of``, ``time``, ``event``, as ``landmark.outcomes`` makes them.
    score : DataFrame
        ``account_id``, ``column`` and, where accounts were scored on several days, ``as_of``.
    column : str
        The score: the higher, the likelier the account leaves.

    Returns
    -------
    DataFrame
        The outcomes that have a score; ``attrs["unscored"]`` counts the others.

    Raises
    ------
    UsageError
        For columns that are not there, accounts scored twice, or no account that has both.

    >>> import pandas as pd
    >>> outcomes = pd.DataFrame({"account_id": ["a", "b"], "time": [1, 2], "event": [True, False]})
    >>> rows = join(outcomes, pd.DataFrame({"account_id": ["b"], "risk": [0.1]}))
    >>> rows["account_id"].tolist(), rows.attrs["unscored"]
    (['b'], 1)
    """
    if absent := [name for name in ("account_id", column) if name not in score]:
        raise UsageError(*_absent(absent, [str(name) for name in score]))
    keys = ["account_id", *(["as_of"] if "as_of" in score and "as_of" in outcomes else [])]
    if count := int(score.duplicated(keys).sum()):
        raise UsageError(Fault("score.twice", {"count": count, "key": ", ".join(keys)}))
    found = outcomes.merge(score[[*keys, column]].dropna(subset=column), on=keys)
    if found.empty:
        raise UsageError(Fault("score.none_in_common", {"scored": len(score), "asked": len(outcomes)}))
    found.attrs = {**outcomes.attrs, "unscored": len(outcomes) - len(found)}
    return found


def _absent(names: list[str], found: list[str]) -> Iterable[Fault]:
    """Columns that are not there."""
    known = ", ".join(found)
    return [Fault("score.no_column", {"column": name, "near": nearest(name, found), "found": known}) for name in names]


def _late(rows: pd.DataFrame) -> list[Fault]:
    """Accounts that entered late: on the scale of tenure the weights would be those of other accounts."""
    late = int((rows["entry"] > 0).sum()) if "entry" in rows else 0
    return [Fault("score.late_entry", {"count": late})] if late else []


def _outcomes(rows: pd.DataFrame) -> list[Fault]:
    """Outcomes that cannot be counted."""
    import pandas as pd

    if rows.empty:
        return [Fault("score.no_rows")]
    gaps = {name: int(rows[name].isna().sum()) for name in NEEDED}
    faults = [Fault("score.gaps", {"column": name, "count": count}) for name, count in gaps.items() if count]
    time = pd.to_numeric(rows["time"], errors="coerce")
    strange = {"time": time.isna() | np.isinf(time), "event": ~rows["event"].isin([True, False])}
    for name, wrong in strange.items():
        found = rows.loc[wrong & rows[name].notna(), name]
        faults += [Fault(f"score.{name}_words", {"count": len(found), "value": found.iloc[0]})] if len(found) else []
    never = int((time <= 0).sum())
    return [*faults, Fault("score.no_time", {"count": never})] if never else faults


def _score(rows: pd.DataFrame, column: str, values: Any, chance: bool) -> list[Fault]:
    """What is wrong with a score: gaps, no numbers, no chances."""
    gaps = rows[column].isna().to_numpy()
    words = rows.loc[~np.isfinite(values) & ~gaps, column]
    faults = [Fault("score.gaps", {"column": column, "count": int(gaps.sum())})] if gaps.any() else []
    if len(words):
        faults.append(Fault("score.no_number", {"column": column, "count": len(words), "value": words.iloc[0]}))
    outside = values[(values < 0) | (values > 1)]
    if chance and len(outside):
        faults.append(Fault("score.no_chance", {"column": column, "count": len(outside), "value": float(outside[0])}))
    return faults
