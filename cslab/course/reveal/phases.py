"""A company's phases: what its data said the hours of a year gain in each, and what they truly gain."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cslab.course.reveal.markup import picture, table
from cslab.words import label, money, word

if TYPE_CHECKING:
    from cslab.course.reveal.missions import Truth
    from cslab.course.reveal.standing import Standing

COLUMNS = ("phase", "estimate", "truth")
"""What the table shows; the words of its head stand under ``reveal.column``."""


def phase_table(standing: Standing, lang: str) -> str:
    """The table of one trainee's company.

    Parameters
    ----------
    standing : Standing
        Of a mission, with its truth.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    str
        HTML; the chosen phase and the best one are marked with a word. Empty without a truth.

    >>> from cslab.course.reveal.collect import Handed
    >>> from cslab.course.reveal.standing import Standing
    >>> phase_table(Standing(Handed("Sato", None)), "en")
    ''
    """
    if standing.found is None or standing.handed.held is None:
        return ""
    truth, hours = standing.found.truth, f"{standing.handed.held.hours:,g}"
    heads = [word(f"reveal.column.{name}", lang, hours=hours) for name in COLUMNS]
    return table(heads, [_row(row, standing, truth.currency, lang) for row in truth.table.to_dict("records")])


def phase_picture(truth: Truth, lang: str) -> str:
    """What an hour gains in each phase of a company, by the data and in truth, as a picture.

    Parameters
    ----------
    truth : Truth
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    str
        HTML with the picture in it.

    >>> import pandas as pd
    >>> from cslab.course.reveal.missions import Truth
    >>> row = {"phase": "renewal", "customers": 153, "stuck_share": 0.05, "per_hour": 3900.0, "n": 1890}
    >>> table = pd.DataFrame([row | {"per_hour_low": 2900.0, "per_hour_high": 4900.0}])
    >>> phase_picture(Truth(table, "JPY"), "en").startswith("<figure")
    True
    """
    from cslab.figures import focus

    return picture(focus.gain_per_hour(truth.table, lang=lang, currency=truth.currency))


def _row(row: Mapping[Any, Any], standing: Standing, currency: str, lang: str) -> list[str]:
    """One phase."""
    said = {name: _amount(row[name], currency, lang) for name in ("gain_amount", "gain_low", "gain_high")}
    known = not math.isnan(row["gain_low"])
    estimate = word("reveal.limits", lang, **said) if known else said["gain_amount"]
    name = label(row["phase"], lang) + _marks(row["phase"], standing, lang)
    return [name, estimate, _amount(row["true_gain_amount"], currency, lang)]


def _marks(phase: str, standing: Standing, lang: str) -> str:
    """What is to be said of one phase: chosen, second-best, best."""
    mission = standing.decision
    chosen, second = (mission.chosen, mission.second) if mission else ("", "")
    named = {"chosen": chosen, "second": second if second != chosen else "", "best": standing.found.best}
    texts = [word(f"reveal.mark.{name}", lang) for name, whose in named.items() if whose == phase]
    return f" ⟨{' · '.join(texts)}⟩" if texts else ""


def _amount(value: float, currency: str, lang: str) -> str:
    """An amount as people say it; a dash where there is none."""
    return "–" if math.isnan(value) else money(value, currency, lang)
