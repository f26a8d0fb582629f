"""Scores side by side on the same customers and days, each against the best of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure import landmark, scores
from cslab.measure.estimate import Estimate
from cslab.measure.health.declared import Declaration
from cslab.measure.health.judged import HORIZON, calibrated, judged
from cslab.measure.health.score import score_rows
from cslab.measure.health.shipped import SHIPPED, declared

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

    Date = str | pd.Timestamp


def compare(
    book: Book, day: Date, horizon: int = HORIZON, declarations: Sequence[Declaration | str] = SHIPPED
) -> pd.DataFrame:
    """Several scores of the same customers on the same day, held against who left.

    Parameters
    ----------
    book : Book
        As for :func:`cslab.measure.health.validate`.
    day : date
        At least ``horizon`` months before the last one of the book.
    horizon : int
        Months; a model is learnt for just this horizon.
    declarations : sequence of Declaration or str
        Each as for :func:`cslab.measure.health.score`.

    Returns
    -------
    DataFrame
        One row a score, the best first: ``name``, ``style``, ``estimate`` (AUC, of the customers that all of them have
        a score for), ``low``, ``high``, ``n``, ``method``, ``slope`` and ``expected_observed`` (of what is read off it
        as a chance; missing where no slope fits), ``red`` (share of customers), ``behind`` (AUC less the best one's),
        ``behind_low``, ``behind_high``. Which comes first is also luck: of several, the best looks better than it is.
        ``attrs``: ``events``, ``horizon``, ``as_of`` (the day), ``unscored``.

    Raises
    ------
    NotReady, UsageError
        As :func:`cslab.measure.health.validate`; where no declaration is given.

    >>> import cslab
    >>> found = compare(cslab.load("synthetic:tiny"), "2024-03-31", 12, ["dear", "points", "bands"])
    >>> bool(found["estimate"].is_monotonic_decreasing)
    True
    """
    import pandas as pd

    if not declarations:
        raise UsageError(Fault("health.no_scores", {"known": ", ".join(SHIPPED)}))
    chosen = [replace(declared(one), horizon=horizon) for one in declarations]
    rows, said = _beside(book, landmark.at_risk(book, day), chosen, horizon)
    names = [f"risk_{place}" for place in range(len(chosen))]
    found = {name: scores.auc(rows, horizon, name) for name in names}
    best = max(names, key=lambda name: float(found[name]))
    lines = [
        _line(rows, one, horizon, found[name], name, best, said[place])
        for place, (one, name) in enumerate(zip(chosen, names, strict=True))
    ]
    table = pd.DataFrame(lines).sort_values("estimate", ascending=False, kind="stable").reset_index(drop=True)
    table.attrs = {"events": int(rows["event"].sum()), "horizon": horizon, **rows.attrs}
    return table


def _beside(
    book: Book, there: pd.DataFrame, chosen: Sequence[Declaration], horizon: int
) -> tuple[pd.DataFrame, list[str]]:
    """Rows with the order and the reading of each score, of the customers that all of them have one for."""
    asked: pd.DataFrame | None = None
    for place, one in enumerate(chosen):
        told = judged(score_rows(book, one, there), book, horizon)
        renamed = told.rename(columns={name: f"{name}_{place}" for name in ("risk", "said", "colour")})
        renamed = renamed.drop(columns="score")
        asked = renamed if asked is None else asked.merge(renamed, on=["account_id", "as_of", "time", "event"])
    assert asked is not None, "somebody asked for at least one score"
    asked.attrs = {"as_of": there["as_of"].max(), "unscored": len(there) - len(asked)}
    return asked, [f"said_{place}" for place in range(len(chosen))]


def _line(
    rows: pd.DataFrame, one: Declaration, horizon: int, found: Estimate, name: str, best: str, said: str
) -> dict[str, Any]:
    """One score's row."""
    fitted = calibrated(rows, horizon, said)
    behind = scores.difference(rows, horizon, name, best)
    return {
        "name": one.name,
        "style": one.style,
        **found.cells(),
        "slope": float(fitted.slope) if fitted else np.nan,
        "expected_observed": float(fitted.ratio) if fitted else np.nan,
        "red": float((rows[name.replace("risk", "colour")] == "red").mean()),
        **{"behind": float(behind), "behind_low": behind.low, "behind_high": behind.high},
    }
