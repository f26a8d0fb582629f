"""What hours win, by whom they go to first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.figures.scales import money_axis, percent_axis
from cslab.figures.sheet import as_of, headline, require_rows, sheet
from cslab.figures.style import QUIET, ROLES, Role, group_look
from cslab.figures.writing import End, label_ends
from cslab.measure.renewal.triage import orders, worth
from cslab.words import label, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.renewal.triage"
SHOWN = 0.5
"""Of the renewals: no team looks after more than half, and in the end all orders meet."""

LOOKS: dict[str, Role] = {
    "by_truth": ROLES["truth"],
    "by_uplift": ROLES["better"],
    "by_at_risk": ROLES["naive"],
    "by_risk": group_look(3),
}


def triage(table: pd.DataFrame, truth: pd.DataFrame | None = None, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw what is won as more and more of the open renewals are looked after, in several orders.

    Parameters
    ----------
    table : DataFrame
        As :func:`cslab.measure.renewal.triage` returns it.
    truth : DataFrame, optional
        As :func:`cslab.measure.renewal.true_uplift` returns it; without it the table's own uplift counts.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A line an order, and a straight one for the lot.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"account_id": list("abc"), "arr_amount": [9.0, 5.0, 1.0], "uplift": [0.0, 0.2, 0.1]})
    >>> rows = rows.assign(risk=0.5, at_risk_amount=[4.5, 2.5, 0.5], gain_amount=[0.0, 1.0, 0.1])
    >>> [line.get_gid() for line in triage(rows).get_lines()]
    ['by_uplift', 'by_at_risk', 'by_risk', 'by_lot']
    """
    require_rows(table, PICTURE, ["account_id", "arr_amount", "uplift", "risk", "at_risk_amount", "gain_amount"])
    host = sheet(ax, lang, height=4.4)
    won = worth(table, truth)[0]
    count = max(1, round(SHOWN * len(table)))
    share = np.arange(count + 1) / len(table)
    found, ends = orders(table, truth), []
    for rule, look in LOOKS.items():
        if rule not in found:
            continue
        path = np.concatenate([[0.0], np.cumsum(won[np.argsort(-found[rule], kind="stable")])])[: count + 1]
        host.plot(share, path, color=look.colour, linestyle=look.dash, gid=rule)
        ends.append(End(float(path[-1]), label(f"renewal.rule.{rule}", lang), look.ink))
    lot = float(won.sum()) * count / len(table)
    host.plot([0, share[-1]], [0, lot], color=QUIET, linewidth=1.2, linestyle=(0, (1, 2)), gid="by_lot")
    host.set_xlim(0, share[-1])
    host.set_ylim(min(0.0, host.get_ylim()[0]), None)
    percent_axis(host.xaxis)
    money_axis(host.yaxis, str(table.attrs.get("currency", "JPY")), lang)
    host.set_xlabel(word(f"{PICTURE}.x", lang))
    host.set_ylabel(word(f"{PICTURE}.y", lang))
    label_ends(host, [*ends, End(lot, label("renewal.rule.by_lot", lang), QUIET)])
    by = word(f"{PICTURE}.{'assumed' if truth is None else 'truth'}", lang)
    headline(host, word(f"{PICTURE}.title", lang), word(f"{PICTURE}.n", lang, n=len(table)), as_of(table, lang), by)
    return host
