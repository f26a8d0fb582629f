"""How long customers wait for a step: those who still wait are counted, and so are those who left waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.journey.observed import Walked
from cslab.measure.survival import kaplan_meier

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]


def waits(walked: Walked, place: int, among: Flags) -> pd.DataFrame:
    """Days that customers waited for a step of the main way, since the last of those before it on the map.

    Who skipped the step waited for nothing and is left out. Who has not reached it waits to the last day that is known,
    and so does who has left: such a customer will not reach it any more (as in ``onboarding.arrivals``). A step reached
    on the day of the one before it, or earlier, counts as half a day.

    Parameters
    ----------
    walked : Walked
    place : int
        The step's place on the map.
    among : ndarray of bool
        Which accounts to look at.

    Returns
    -------
    DataFrame
        ``account_id``, ``duration`` (days, above 0), ``event`` (reached).

    >>> import cslab
    >>> from cslab.measure.journey.map import shipped
    >>> walked = Walked(cslab.load("synthetic:tiny"), shipped())
    >>> list(waits(walked, 1, ~walked.people["late"].to_numpy()))
    ['account_id', 'duration', 'event']
    """
    import pandas as pd

    first = walked.first
    before = _reached_before(walked, place)
    skipped = ~np.isnat(walked.left_out[:, place]) | _overtaken(walked, place)
    chosen = among & ~np.isnat(before) & ~(np.isnat(first[:, place]) & skipped)
    until = np.where(np.isnat(first[:, place]), np.datetime64(walked.book.as_of, "D"), first[:, place])
    days = np.maximum((until - before).astype("m8[D]").astype(np.float64), 0.5)
    columns = {"account_id": walked.ids.to_numpy(object), "duration": days, "event": ~np.isnat(first[:, place])}
    return pd.DataFrame({name: values[chosen] for name, values in columns.items()})


def median_waits(walked: Walked, among: Flags) -> pd.DataFrame:
    """The median wait for each step of the main way, as Kaplan and Meier count it.

    Parameters
    ----------
    walked, among
        As for :func:`waits`.

    Returns
    -------
    DataFrame
        One row a step of the map: ``waiting_median``, ``waiting_low``, ``waiting_high`` (days); missing for the first
        step, for optional and repeating ones, and where not even half ever reach it.

    Source: limits of a median by those of the curve, Brookmeyer and Crowley (1982), Biometrics 38:29; leavers kept at
    risk are the subdistribution of Fine and Gray (1999), JASA 94:496, grade A.

    >>> import cslab
    >>> from cslab.measure.journey.map import shipped
    >>> walked = Walked(cslab.load("synthetic:tiny"), shipped())
    >>> bool(median_waits(walked, ~walked.people["late"].to_numpy())["waiting_median"].iloc[1] > 0)
    True
    """
    import pandas as pd

    rows = []
    for place, step in enumerate(walked.map_.steps):
        counted = place > 0 and step.main
        rows.append(median(waits(walked, place, among)) if counted else (np.nan, np.nan, np.nan))
    return pd.DataFrame(rows, columns=["waiting_median", "waiting_low", "waiting_high"])


def median(durations: pd.DataFrame) -> tuple[float, float, float]:
    """The median of durations, some of which are not over, and its limits.

    Parameters
    ----------
    durations : DataFrame
        ``duration`` and ``event``, as :func:`waits` returns them.

    Returns
    -------
    tuple of float
        Median, lower and upper limit; missing (NaN) where the curve does not fall to a half.

    >>> import pandas as pd
    >>> median(pd.DataFrame({"duration": [1.0, 2.0, 3.0], "event": [True, True, False]}))[0]
    2.0
    """
    if durations.empty:
        return np.nan, np.nan, np.nan
    curve = kaplan_meier(durations)
    return _falls(curve, "estimate"), _falls(curve, "low"), _falls(curve, "high")


def _falls(curve: pd.DataFrame, column: str) -> float:
    """The first time at which a curve has fallen to a half."""
    below = curve.loc[curve[column] <= 0.5, "time"]
    return float(below.iloc[0]) if len(below) else np.nan


def _reached_before(walked: Walked, place: int) -> Any:
    """The latest day, up to its reaching a place, on which each account had reached an earlier main step, or signed."""
    before, here = walked.people["signed"].to_numpy("M8[D]"), walked.first[:, place]
    for number, step in enumerate(walked.map_.steps[:place]):
        if step.main:
            day = walked.first[:, number]
            counts = ~np.isnat(day) & (np.isnat(here) | (day <= here)) & (day > before)
            before = np.where(counts, day, before)
    return before


def _overtaken(walked: Walked, place: int) -> Flags:
    """Who has reached a later step of the main way."""
    steps = walked.map_.steps
    later = [number for number in range(place + 1, len(steps)) if steps[number].main]
    return np.asarray((~np.isnat(walked.first[:, later])).any(axis=1))
