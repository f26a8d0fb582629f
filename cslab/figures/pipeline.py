"""Pictures of the sales pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.figures.scales import percent_axis
from cslab.figures.sheet import headline, require_rows, sheet
from cslab.figures.style import ROLES, STATUS
from cslab.figures.writing import End, label_ends, write
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.pipeline.race"
LOOKS = {"purchase": STATUS["expanded"], "evaluation": STATUS["open"], "lost": STATUS["left"]}
"""Won deals from below, lost ones from above, those still open between them."""


def race(shares: pd.DataFrame, closed: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw where deals stand by the days since their first meeting: won, still open, lost.

    Parameters
    ----------
    shares : DataFrame
        As :func:`cslab.measure.pipeline.win_share` returns it, not split: ``time`` (days), ``state``, ``estimate``,
        ``low``, ``high`` (0-1), ``n``.
    closed : DataFrame
        As :func:`cslab.measure.pipeline.closed_share` returns it, not split: the win rate that is mostly reported.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        Three areas that fill the height; a dashed line at the usual rate, which the won ones never reach while deals
        are open or were lost unseen.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> rows = [(30.0, "purchase", 0.2), (30.0, "lost", 0.3), (30.0, "evaluation", 0.5)]
    >>> shares = pd.DataFrame(rows, columns=["time", "state", "estimate"]).assign(low=0.1, high=0.6, n=40)
    >>> ax = race(shares, pd.DataFrame({"estimate": [0.4], "n": [20]}), lang="ja")
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "naive"]
    ['終わった商談だけの受注率 40%']
    """
    require_rows(shares, PICTURE, ["time", "state", "estimate", "low", "high", "n"])
    host = sheet(ax, lang, height=3.9)
    by_state = shares.pivot(index="time", columns="state", values="estimate").reindex(columns=list(LOOKS))
    by_state.loc[0.0] = [0.0, 1.0, 0.0]  # on the first day every deal is open
    by_state = by_state.sort_index()
    colours = [look.colour for look in LOOKS.values()]
    host.stackplot(by_state.index, by_state.T.to_numpy(), colors=colours, step="post", alpha=0.75)
    _limits(host, shares)
    host.set_xlim(0, by_state.index.max())
    host.set_ylim(0, 1)
    host.set_xlabel(word(f"{PICTURE}.x", lang))
    percent_axis(host.yaxis)
    _usual(host, float(closed["estimate"].iloc[0]), lang)
    label_ends(host, _ends(by_state, lang))
    values = {"n": int(shares["n"].iloc[0]), "closed": int(closed["n"].iloc[0])}
    headline(host, word(f"{PICTURE}.title", lang), *(word(f"{PICTURE}.{name}", lang, **values) for name in _NOTES))
    return host


_NOTES = ("n", "definition", "limits")


def _limits(host: Axes, shares: pd.DataFrame) -> None:
    """The limits of the won share at the last time, where they are told apart."""
    last = shares[shares["state"] == "purchase"].sort_values("time").iloc[-1]
    host.errorbar(
        last["time"],
        last["estimate"],
        yerr=[[last["estimate"] - last["low"]], [last["high"] - last["estimate"]]],
        color=ROLES["better"].ink,
        capsize=3,
        clip_on=False,
        zorder=5,
    )


def _usual(host: Axes, share: float, lang: str) -> None:
    """A dashed line at the rate of those that have ended, named at its left."""
    look = ROLES["naive"]
    host.axhline(share, color=look.colour, linestyle=look.dash, linewidth=1.8, zorder=4)
    text = word(f"{PICTURE}.naive", lang, share=share)
    write(host, text, (0.02, share), (0, 3), within="row", side="left", ink=look.ink, size=9, kind="naive")


def _ends(by_state: pd.DataFrame, lang: str) -> list[End]:
    """The name of each area at its right edge, with its share."""
    last, ends, below = by_state.iloc[-1], [], 0.0
    for state, look in LOOKS.items():
        name = word(f"{PICTURE}.{state}", lang, share=float(last[state]))
        ends.append(End(below + last[state] / 2, name, look.ink))
        below += last[state]
    return ends
