"""The plain difference between two arms, whoever chose who got which: what every dashboard shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.measure.effect.finished import capped, finished, months
from cslab.measure.effect.sides import apart
from cslab.measure.effect.together import clusters

if TYPE_CHECKING:
    from cslab.measure.effect.result import Effect
    from cslab.measure.effect.trial import Trial


def naive(trial: Trial, arms: tuple[str, str] | None = None, cap: float | None = None) -> Effect:
    """The mean of one arm less that of another, as they are.

    Parameters
    ----------
    trial : Trial
    arms : tuple of str, optional
        Which, and against which; the last against the first where there are two.
    cap : float, optional
        As for ``aipw``.

    Returns
    -------
    Effect
        With limits as :func:`~cslab.measure.effect.sides.apart` has them.

    Raises
    ------
    UsageError
        For an arm that nobody is in, or one customer alone.

    Source: Newcombe (1998), Statistics in Medicine 17:873; Neyman (1923), Statistical Science 5:465, grade A.

    >>> import pandas as pd
    >>> from cslab.measure.effect.trial import of_frame
    >>> seen = pd.DataFrame({"arm": [*"aabb"], "stayed": [0, 1, 1, 1], "size": 1.0})
    >>> float(naive(of_frame(seen, "arm", "stayed", ["size"])))
    0.5
    """
    pair = trial.pair(arms)
    trial = trial.between(*pair)
    outcome, inside = capped(months(trial), cap), (trial.rows["arm"] == pair[0]).to_numpy()
    found = apart(outcome, inside, pair, clusters(trial))
    return finished(trial, pair, found, None, outcome, "nothing", cap=cap)
