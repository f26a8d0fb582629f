"""Whether customers of both arms are there to be compared at all, and among whom."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.effect.basis import basis, covariates
from cslab.measure.effect.fitting import LIGHT, chances
from cslab.measure.effect.naming import arm_name, known_name
from cslab.measure.effect.strata import BANDS, parted, strata_of
from cslab.measure.effect.tried import NotComparable
from cslab.measure.signed import AMOUNTS
from cslab.words import LANGUAGES, label, word

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.measure.effect.trial import Trial

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

LEAST_CHANCE = 0.02
"""Who has less of a chance than that of an arm has no counterpart in it."""

MOST_ALONE = 0.10
"""Share of the customers without a counterpart from which the comparison is refused."""

FEW = 10
"""Customers of each arm that a stratum must hold for a comparison within it."""


def fitted_chances(trial: Trial) -> Floats:
    """The chance of each arm, given the covariates, fitted to all rows at once.

    Parameters
    ----------
    trial : Trial

    Returns
    -------
    ndarray of float, shape (rows, arms)

    >>> import pandas as pd
    >>> from cslab.measure.effect.trial import of_frame
    >>> seen = pd.DataFrame({"arm": [*"abab"], "y": [1, 0, 1, 1], "size": [1.0, 1.0, 2.0, 2.0]})
    >>> fitted_chances(of_frame(seen, "arm", "y", ["size"])).round(2).tolist()[0]
    [0.5, 0.5]
    """
    columns = basis(trial)
    return chances(columns, codes(trial), columns, len(trial.arms), LIGHT)


def codes(trial: Trial) -> NDArray[np.int64]:
    """The place of each row's arm.

    Parameters
    ----------
    trial : Trial

    >>> import pandas as pd
    >>> from cslab.measure.effect.trial import of_frame
    >>> seen = pd.DataFrame({"arm": [*"ba"], "y": [1, 0], "size": [1.0, 2.0]})
    >>> codes(of_frame(seen, "arm", "y", ["size"])).tolist()
    [1, 0]
    """
    places = trial.rows["arm"].map({name: place for place, name in enumerate(trial.arms)})
    return np.asarray(places, np.int64)


def support(trial: Trial, by: str = "") -> pd.DataFrame:
    """How many customers of each arm there are, by strata of a covariate.

    Parameters
    ----------
    trial : Trial
    by : str
        A covariate; empty: the one that parts the arms most.

    Returns
    -------
    DataFrame
        ``covariate``, ``least``, ``most`` (of a number, in its own unit; else missing), ``level`` (of words), and a
        column an arm. Numbers are cut where the shares of the arms change most.

    Raises
    ------
    UsageError
        Where there are no covariates, some are missing, or ``by`` is none of them.

    >>> import pandas as pd
    >>> from cslab.measure.effect.trial import of_frame
    >>> seen = pd.DataFrame({"arm": [*"aabb"], "y": [1, 0, 1, 1], "plan": [*"xyxy"]})
    >>> support(of_frame(seen, "arm", "y", ["plan"]))[["level", "a", "b"]].values.tolist()
    [['x', 1, 1], ['y', 1, 1]]
    """
    told = covariates(trial)
    arm = codes(trial)
    if by and by not in told:
        values = {"name": by, "near": nearest(by, trial.covariates), "known": ", ".join(trial.covariates)}
        raise UsageError(Fault("design.unknown", values))
    strata = {str(name): strata_of(values, arm) for name, values in told.items()}
    name = by or max(strata, key=lambda one: parted(strata[one], arm))
    return _counted(trial, name, told[name], strata[name])


def alone(chance: Floats, places: tuple[int, int]) -> Flags:
    """Which rows have next to no chance of one of two arms.

    Parameters
    ----------
    chance : ndarray of float, shape (rows, arms)
    places : tuple of int
        Of both arms.

    Returns
    -------
    ndarray of bool, shape (rows,)

    >>> alone(np.array([[0.5, 0.5], [0.99, 0.01]]), (0, 1)).tolist()
    [False, True]
    """
    return np.asarray((chance[:, list(places)] < LEAST_CHANCE).any(axis=1))


def comparable(trial: Trial, lang: str = "en") -> pd.DataFrame:
    """Which arms can be compared, and where they cannot, among whom they could be.

    Parameters
    ----------
    trial : Trial
    lang : str
        Of the words for strata.

    Returns
    -------
    DataFrame
        A row a pair: ``arm``, ``against``, ``without`` (share of the customers without a counterpart in one of both),
        ``possible`` (whether that is little enough), ``among`` (strata of the covariate that parts the arms most, in
        which there are enough of both; empty for none).

    Raises
    ------
    UsageError
        Where there are no covariates, or some are missing.

    >>> import pandas as pd
    >>> from cslab.measure.effect.trial import of_frame
    >>> seen = pd.DataFrame({"arm": [*"ab"] * 20, "y": 1.0, "size": np.arange(40) // 2})
    >>> comparable(of_frame(seen, "arm", "y", ["size"]))[["arm", "against", "possible"]].values.tolist()
    [['b', 'a', True]]
    """
    import pandas as pd

    chance, table, rows = fitted_chances(trial), support(trial), []
    for low, high in combinations(range(len(trial.arms)), 2):
        pair, without = (trial.arms[high], trial.arms[low]), float(alone(chance, (high, low)).mean())
        told = {"arm": pair[0], "against": pair[1], "without": without, "possible": without <= MOST_ALONE}
        where = _where(table, pair, lang)
        rows.append({**told, "among": f"{known_name(str(table['covariate'].iloc[0]), lang)} {where}" if where else ""})
    return pd.DataFrame(rows)


def refuse_without(trial: Trial, arms: tuple[str, str], chance: Floats, asked: Any = None) -> None:
    """Refuse a comparison for which too many customers have no counterpart.

    Parameters
    ----------
    trial : Trial
    arms : tuple of str
    chance : ndarray of float, shape (rows, arms)
        As ``fitted_chances`` gives them.
    asked : ndarray of bool, shape (rows,), optional
        Who has to have a counterpart; all, where not given.

    Raises
    ------
    UsageError
        With the strata of the covariate that parts these arms most, and what could be compared among whom.

    >>> import pandas as pd
    >>> from cslab.measure.effect.trial import of_frame
    >>> seen = pd.DataFrame({"arm": [*"abab"], "y": [1, 0, 1, 1], "size": [1.0, 1.0, 2.0, 2.0]})
    >>> trial = of_frame(seen, "arm", "y", ["size"])
    >>> refuse_without(trial, ("b", "a"), fitted_chances(trial))
    """
    places = trial.arms.index(arms[0]), trial.arms.index(arms[1])
    asked = np.ones(len(chance), bool) if asked is None else asked
    without = float(alone(chance, places)[asked].mean())
    if without <= MOST_ALONE:
        return
    table = support(trial.between(*arms))
    table = support(trial, str(table["covariate"].iloc[0]))
    told = {lang: _told(trial, arms, table, lang) for lang in LANGUAGES}
    values = {"arm": arms[0], "against": arms[1], "share": without, "least": LEAST_CHANCE, "n": int(asked.sum())}
    raise NotComparable(Fault("effect.no_overlap", {**values, **told}))


def _counted(trial: Trial, name: str, values: pd.Series, strata: NDArray[np.int64]) -> pd.DataFrame:
    """Customers of each arm in each stratum."""
    import pandas as pd

    number = values.dtype.kind in "fiu" and values.nunique() > BANDS
    shown = np.exp(values) if number and trial.horizon and name in AMOUNTS else values
    rows = []
    for one in np.unique(strata):
        inside = strata == one
        edges = (float(shown[inside].min()), float(shown[inside].max())) if number else (np.nan, np.nan)
        level = "" if number else ", ".join(sorted({str(value) for value in values[inside]})[:3])
        counts = trial.rows["arm"][inside].value_counts()
        cells = {arm: int(counts.get(arm, 0)) for arm in trial.arms}
        rows.append({"covariate": name, "least": edges[0], "most": edges[1], "level": level, **cells})
    return pd.DataFrame(rows)


def _told(trial: Trial, arms: tuple[str, str], table: pd.DataFrame, lang: str) -> str:
    """The overlap table as lines of text, and what could be compared within its strata."""
    name = str(table["covariate"].iloc[0])
    lines = [f"    {known_name(name, lang)}: {', '.join(arm_name(arm, lang) for arm in trial.arms)}"]
    for row in table.to_dict("records"):
        counts = ", ".join(f"{row[arm]:,}" for arm in trial.arms)
        lines.append(f"    {stratum(row, lang)}: {counts}")
    possible = [
        f"    {arm_name(pair[1], lang)} – {arm_name(pair[0], lang)}: {_where(table, pair, lang)}"
        for pair in combinations(trial.arms, 2)
        if ((table[list(pair)] >= FEW).all(axis=1)).any()
    ]
    return "\n".join([*lines, *_heading(possible, lang)])


def _heading(possible: list[str], lang: str) -> list[str]:
    """What could be compared, under a heading."""
    key = "effect.comparable" if possible else "effect.not_comparable"
    return [f"  {word(key, lang, few=FEW)}", *possible]


def _where(table: pd.DataFrame, pair: tuple[str, str], lang: str) -> str:
    """The strata in which there are enough of both arms, neighbouring bands of a number as one."""
    rows = table.to_dict("records")
    both = [all(row[arm] >= FEW for arm in pair) for row in rows]
    runs: list[dict[Any, Any]] = []
    for place, row in enumerate(rows):
        if not both[place]:
            continue
        if runs and not row["level"] and both[place - 1]:
            runs[-1] = {**runs[-1], "most": row["most"]}
        else:
            runs.append(dict(row))
    return "; ".join(stratum(row, lang) for row in runs)


def stratum(row: Any, lang: str) -> str:
    """A stratum in words.

    Parameters
    ----------
    row : mapping
        A row of ``support``.
    lang : str

    >>> stratum({"level": "", "least": 1000.0, "most": 80000.0}, "en")
    '1,000 – 80,000'
    """
    if row["level"]:
        return label(row["level"], lang)
    ends = {name: f"{row[name]:,.0f}" if abs(row[name]) >= 100 else f"{row[name]:,.2f}" for name in ("least", "most")}
    return word("effect.stratum", lang, **ends)
