"""A company's phases: what its data said the hours of a year gain in each, and what they truly gain."""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from cslab.words import label, money, word

if TYPE_CHECKING:
    from cslab.course.reveal.standing import Standing, Truth

COLUMNS = ("phase", "estimate", "truth")
"""What the table shows; the words of its head stand under ``reveal.column``."""


def phase_table(standing: Standing, hours: float, lang: str) -> str:
    """The table of one trainee's company.

    Parameters
    ----------
    standing : Standing
        With its truth.
    hours : float
        That the team can spend in a year.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    str
        HTML; the chosen phase and the best one are marked with a word. Empty without a truth.

    >>> from cslab.course.reveal.collect import Handed
    >>> from cslab.course.reveal.standing import Standing
    >>> phase_table(Standing(Handed("Sato", None)), 500, "en")
    ''
    """
    if standing.truth is None:
        return ""
    heads = (word(f"reveal.column.{name}", lang, hours=f"{hours:,g}") for name in COLUMNS)
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    rows = "".join(
        _row(row, standing, standing.truth.currency, lang) for row in standing.truth.table.to_dict("records")
    )
    table = f'<table class="cslab-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    return f'<div class="table">{table}</div>'


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
    >>> from cslab.course.reveal.standing import Truth
    >>> row = {"phase": "renewal", "customers": 153, "stuck_share": 0.05, "per_hour": 3900.0, "n": 1890}
    >>> table = pd.DataFrame([row | {"per_hour_low": 2900.0, "per_hour_high": 4900.0}])
    >>> phase_picture(Truth(table, "JPY"), "en").startswith("<figure")
    True
    """
    import matplotlib.pyplot as plt

    from cslab.figures import focus
    from cslab.figures.png import small_png

    ax = focus.gain_per_hour(truth.table, lang=lang, currency=truth.currency)
    figure, text = ax.get_figure(root=True), ax.get_title(loc="left")
    assert figure is not None  # the axes of a picture always stand on one
    png = base64.b64encode(small_png(figure)).decode("ascii")
    plt.close(figure)
    return f'<figure tabindex="0"><img alt="{escape(text)}" src="data:image/png;base64,{png}"></figure>'


def _row(row: Mapping[Any, Any], standing: Standing, currency: str, lang: str) -> str:
    """One phase."""
    said = {name: _amount(row[name], currency, lang) for name in ("gain_amount", "gain_low", "gain_high")}
    known = not math.isnan(row["gain_low"])
    estimate = word("reveal.limits", lang, **said) if known else said["gain_amount"]
    cells = [estimate, _amount(row["true_gain_amount"], currency, lang)]
    name = escape(label(row["phase"], lang)) + _marks(row["phase"], standing, lang)
    return f"<tr><td>{name}</td>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def _marks(phase: str, standing: Standing, lang: str) -> str:
    """What is to be said of one phase: chosen, second-best, best."""
    second = standing.second if standing.second != standing.chosen else ""  # one phase cannot be both
    named = {"chosen": standing.chosen, "second": second, "best": standing.best}
    texts = [word(f"reveal.mark.{name}", lang) for name, whose in named.items() if whose == phase]
    return f" <small>{escape(' · '.join(texts))}</small>" if texts else ""


def _amount(value: float, currency: str, lang: str) -> str:
    """An amount as people say it; a dash where there is none."""
    return "–" if math.isnan(value) else money(value, currency, lang)
