"""How like a company its simulated counterpart is, as rows for a terminal."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from cslab.words import has_word, label, word

if TYPE_CHECKING:
    import pandas as pd

MARKS = {True: "✔", False: "✘"}
"""Within the book's limits, or not; no mark where it has none."""
AMOUNTS = ("amount_median", "seat_price")
PLAIN = ("amount_spread", "term_years")
"""Statistics that are no shares: all others are written in per cent."""


def likeness_rows(found: pd.DataFrame, fitted: bool, lang: str) -> list[list[str]]:
    """What was fitted, or what was not and is a check, number by number.

    Parameters
    ----------
    found : DataFrame
        ``Fitted.fidelity``.
    fitted : bool
        Which of the two.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    list of list of str
        A mark (✔ within the book's limits), the statistic, the group, the book's number, its limits, the simulated
        company's, and the reference.

    >>> import cslab
    >>> from cslab.measure.fit import fit_scenario
    >>> rows = likeness_rows(fit_scenario(cslab.load("synthetic:tiny"), rounds=1).fidelity, True, "en")
    >>> rows[0][1]
    'how late in the records they signed (0-100%)'
    """
    rows = found[found["fitted"] == fitted].to_dict("records")
    return [_row(row, found.attrs["currency"], lang) for row in rows]


def _row(row: dict[Any, Any], currency: str, lang: str) -> list[str]:
    """One number of the book beside the simulated company's."""
    names = ("estimate", "low", "high", "world", "reference_low", "reference_high")
    own, low, high, world, *reference = (_written(row["statistic"], row[name]) for name in names)
    amount = f" ({currency})" if row["statistic"] in AMOUNTS else ""
    return [
        MARKS.get(row["holds"], ""),
        _named(row["statistic"], int(row["level"]), lang) + amount,
        "" if row["group"] == "all" else label(row["group"], lang),
        own,
        f"{low} – {high}" if low and high else "",
        world,
        " – ".join(dict.fromkeys(reference)),
    ]


def _named(statistic: str, level: int, lang: str) -> str:
    """What a statistic is called."""
    key = f"label.likeness.{statistic}"
    return word(key, lang, months=level) if has_word(key) else label(statistic, lang)


def _written(statistic: str, value: float) -> str:
    """A number as its statistic is said; nothing where there is none."""
    if not math.isfinite(value):
        return ""
    if statistic in AMOUNTS:
        return f"{float(f'{value:.4g}'):,.0f}"
    return f"{value:.2f}" if statistic in PLAIN else f"{100 * value:.3g}%"
