"""Whether an effect is the same early and late in a customer's life, as Cox's model supposes, and what to do if not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Z95
from cslab.measure.hazard.cox import CoxFit
from cslab.measure.hazard.design import Design
from cslab.measure.hazard.partial import RiskSets, Rows
from cslab.measure.hazard.slopes import fitted
from cslab.measure.hazard.strata import stratified
from cslab.measure.risk import checked, product_limit, risk_table
from cslab.words import has_word, label, word

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEVEL = 0.05
SLIGHT = np.log(1.1)
"""A change of the hazard ratio by less than a tenth, for a standard deviation of a number, is of no consequence."""


def proportional(fit: CoxFit, frame: pd.DataFrame) -> pd.DataFrame:
    """Test whether hazard ratios stay the same over a customer's life, and show them early and late.

    The test asks whether what those who leave have in common drifts from the first departure to the last. Early and
    late are the first and the second half of the departures.

    Parameters
    ----------
    fit : CoxFit
        Of covariates that do not change.
    frame : DataFrame
        What it was fitted to.

    Returns
    -------
    DataFrame
        ``name``, ``level``, ``statistic`` (chi-square), ``p_value``, ``early``, ``early_low``, ``early_high``,
        ``late``, ``late_low``, ``late_high`` (logarithms of hazard ratios; missing where a half tells nothing),
        ``advice`` (``holds``, ``slight``, ``fades``, ``grows``, ``turns``, ``drifts``), ``n``, ``method``; the last
        row, ``name`` ``"all"``, tests all together. ``attrs["middle"]`` is the time that parts the halves.

    Raises
    ------
    UsageError
        As ``cox``, and for rows of whom nobody left.

    Source: Grambsch and Therneau (1994), Biometrika 81:515, as the score test of R's ``cox.zph``, grade A.

    >>> import cslab
    >>> from cslab.measure.hazard.cox import cox
    >>> from cslab.measure.survival import durations
    >>> seen = durations(cslab.load("synthetic:default_jp?seed=1&accounts=300"))
    >>> proportional(cox(seen, ["trial_usage"], "term_months"), seen)["name"].tolist()
    ['trial_usage', 'all']
    """
    import pandas as pd

    made, rows = _again(fit, frame)
    if not rows.event.any():
        raise UsageError(Fault("nobody_left"))
    statistic, chance = _tested(fit, RiskSets(rows, np.asarray(made.matrix, float)))
    middle = float(np.median(rows.stop[rows.event]))
    halves = [_half(fit, made, part) for part in _halves(rows, middle)]
    table = fit.table[["name", "level"]].assign(statistic=statistic[:-1], p_value=chance[:-1])
    for name, (slopes, error) in zip(("early", "late"), halves, strict=True):
        low, high = slopes - Z95 * error, slopes + Z95 * error
        table = table.assign(**{name: slopes, f"{name}_low": low, f"{name}_high": high})
    table = table.assign(advice=_advice(table, fit.table["spread"].to_numpy(float)))
    whole = {"name": "all", "level": "", "statistic": statistic[-1], "p_value": chance[-1]}
    whole["advice"] = "holds" if chance[-1] >= LEVEL else "drifts"
    found = pd.concat([table, pd.DataFrame([whole])], ignore_index=True)
    found.attrs["middle"] = middle
    return found.assign(n=int(fit.table["n"].iloc[0]), method="schoenfeld_score")


def advice(found: pd.DataFrame, lang: str) -> list[str]:
    """What a test of proportional hazards means for the reader, in plain words.

    Parameters
    ----------
    found : DataFrame
        As ``proportional`` makes it.
    lang : str

    Returns
    -------
    list of str
        A sentence for each covariate that does not hold, or the one that all hold.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"name": ["visits", "all"], "level": "", "advice": ["holds", "holds"]})
    >>> len(advice(rows, "en"))
    1
    """
    moved = found[(found["advice"] != "holds") & (found["name"] != "all")]
    if moved.empty:
        return [word(f"say.proportional.{found['advice'].iloc[-1]}", lang)]
    return [_said(row, found.attrs["middle"], lang) for row in moved.to_dict("records")]


def _said(row: dict[Any, Any], middle: float, lang: str) -> str:
    """The sentence for one covariate."""
    own = f"sign.{row['name']}"
    sign = label(own, lang) if has_word(f"label.{own}") else row["name"]
    name = f"{sign} = {row['level']}" if row["level"] else sign
    ratios = {part: float(np.exp(row[part])) for part in ("early", "late")}
    return word(f"say.proportional.{row['advice']}", lang, name=name, middle=round(middle), **ratios)


def _again(fit: CoxFit, frame: pd.DataFrame) -> tuple[Design, Rows]:
    """The rows and the matrix that a model was fitted to."""
    entry, stop, event = checked(frame)
    matrix = fit.coding.matrix(frame)
    kept = np.asarray(~np.isnan(matrix).any(axis=1))
    place, _ = stratified(frame, fit.strata)
    made = Design(fit.coding, matrix[kept], kept, {})
    return made, Rows(entry[kept], stop[kept], event[kept], place[kept])


def _tested(fit: CoxFit, sets: RiskSets) -> tuple[Floats, Floats]:
    """Chi-square statistics and their chances, by column and of all together."""
    from scipy.special import chdtrc

    moments, cells, event = sets.moments(fit.slopes), sets.cells, sets.rows.event
    drift = _gone(sets)[:, None]
    at = cells.last[event]
    left = np.stack([np.bincount(at, part, len(drift)) for part in sets.columns[event].T], axis=1)
    score = (drift * (left - moments.expected.T)).sum(axis=0)
    plain, mixed, square = (np.tensordot(drift[:, 0] ** power, moments.spread, 1) for power in (0, 1, 2))
    spread = square - mixed @ np.linalg.solve(plain, mixed)
    each = np.array([_alone(score[one], plain, mixed, square, one) for one in range(len(score))])
    whole = float(score @ np.linalg.lstsq(spread, score, rcond=1e-10)[0])
    degrees = np.append(np.ones(len(each)), np.linalg.matrix_rank(spread))
    statistic = np.append(each, whole)
    return statistic, np.asarray(chdtrc(degrees, statistic))


def _alone(score: float, plain: Floats, mixed: Floats, square: Floats, one: int) -> float:
    """The statistic of one column, the slopes of all being free to move."""
    spread = square[one, one] - mixed[one] @ np.linalg.solve(plain, mixed[one])
    return float(score**2 / spread) if spread > 1e-12 * square[one, one] else 0.0


def _gone(sets: RiskSets) -> Floats:
    """The share that has left before each cell's time, by the Kaplan-Meier curve of all strata together."""
    import pandas as pd

    rows = sets.rows
    table = risk_table(pd.DataFrame({"entry": rows.entry, "duration": rows.stop, "event": rows.event}))
    stay = np.nan_to_num(product_limit(table)[0][0])
    found: Floats = 1 - stay[np.searchsorted(table.time, sets.cells.time) - 1]
    return found


def _halves(rows: Rows, middle: float) -> tuple[Rows, Rows]:
    """The rows up to a time, and from it on; whoever was not at risk in a half stays in it without a time."""
    early = replace(rows, stop=np.minimum(rows.stop, middle), event=rows.event & (rows.stop <= middle))
    late = replace(rows, entry=np.maximum(rows.entry, middle), event=rows.event & (rows.stop > middle))
    return early, late


def _half(fit: CoxFit, made: Design, rows: Rows) -> tuple[Floats, Floats]:
    """Slopes of one half and their errors; missing where it tells nothing."""
    try:
        found = fitted(rows, made, None)
    except UsageError:
        nothing = np.full(len(fit.slopes), np.nan)
        return nothing, nothing
    return found.slopes / fit.coding.scales, np.sqrt(np.diag(found.covariance)) / fit.coding.scales


def _advice(table: pd.DataFrame, spread: Floats) -> NDArray[Any]:
    """In a word, how each effect moves."""
    early, late = table["early"].to_numpy(float), table["late"].to_numpy(float)
    change = np.abs(late - early) * spread
    moved = (table["p_value"] < LEVEL).to_numpy()
    unseen = np.isnan(change)
    ways = [~moved, unseen, change < SLIGHT, early * late < 0, np.abs(late) < np.abs(early)]
    return np.select(ways, ["holds", "drifts", "slight", "turns", "fades"], "grows")
