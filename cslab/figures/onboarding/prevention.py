"""What is won and lost when hours move forward."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cslab.figures.scales import money_axis, percent_axis
from cslab.figures.sheet import as_of, group_column, group_name, groups_of, headline, panels, require_rows, sheet
from cslab.figures.style import QUIET, Role, group_look
from cslab.figures.writing import End, label_ends
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.onboarding.prevention"


def prevention(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, currency: str = "JPY") -> Axes:
    """Draw the change of a customer's value by the share of later hours that moves into onboarding.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.onboarding.prevention` returns it, split or not.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of the amounts, unless ``found.attrs["currency"]`` says it.

    Returns
    -------
    Axes
        One line a group (``line.get_label()`` is its name) with its band, and a line at nothing; several groups each on
        a scale of its own, in ``child_axes``.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> rows = {"share": [0.0, 0.1], "estimate": [0.0, 900.0], "low": [0.0, 800.0], "high": [0.0, 999.0], "n": 9}
    >>> [line.get_label() for line in prevention(pd.DataFrame(rows)).get_lines() if line.get_gid() == "group"]
    ['all customers']
    """
    require_rows(found, PICTURE, ["share", "estimate", "low", "high", "n"])
    by = "" if found.columns[0] == "share" else group_column(found)
    groups = groups_of(found, by)
    host = sheet(ax, lang, height=4.2 if len(groups) == 1 else 1.4 + 1.75 * len(groups))
    drawn = panels(host, len(groups))
    for place, (panel, (value, rows)) in enumerate(zip(drawn, groups, strict=True)):
        name = group_name(by, value, lang) if by else word(f"{PICTURE}.everyone", lang)
        _draw(panel, rows, name, group_look(place))
        money_axis(panel.yaxis, found.attrs.get("currency", currency), lang)
    drawn[-1].set_xlabel(word(f"{PICTURE}.x", lang))
    n = sum(int(rows["n"].iloc[0]) for _, rows in groups)
    definition = word(f"{PICTURE}.definition", lang, horizon=found.attrs.get("horizon", 36))
    headline(host, word(f"{PICTURE}.title", lang), word(f"{PICTURE}.n", lang, n=n), as_of(found, lang), definition)
    return host


def _draw(panel: Axes, rows: pd.DataFrame, name: str, look: Role) -> None:
    """The line of a group with its band, and its name at the end."""
    panel.axhline(0, color=QUIET, linewidth=0.9, zorder=0.5, label="_nothing")
    panel.fill_between(rows["share"], rows["low"], rows["high"], color=look.colour, alpha=0.15, linewidth=0)
    style: dict[str, Any] = {"marker": look.marker, "markersize": 5, "color": look.colour, "gid": "group"}
    panel.plot(rows["share"], rows["estimate"], label=name, **style)
    percent_axis(panel.xaxis)
    label_ends(panel, [End(float(rows["estimate"].iloc[-1]), name, look.ink)])
