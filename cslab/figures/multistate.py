"""Pictures of customers who move between states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.figures.lifecycle.looks import look_of, name_of, phases_of
from cslab.figures.scales import percent_axis
from cslab.figures.sheet import as_of, counted, headline, require_rows, sheet
from cslab.figures.style import QUIET, STATUS, Role, group_look
from cslab.figures.writing import End, label_ends
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.ticker import MaxNLocator

PICTURE = "figure.multistate.occupation"
GONE = "churn"


def occupation(shares: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw in which state customers are, month by month: an area a state, all of them fill the height.

    Parameters
    ----------
    shares : DataFrame
        As :meth:`cslab.measure.multistate.Transitions.occupation` returns it: ``time`` (months), ``state``,
        ``estimate``, ``low``, ``high`` (0-1), ``n``. The first state is drawn at the bottom; one that nobody is ever
        in is left out. Phases look as on the pictures of the lifecycle where ``attrs`` say which they are (those of
        ``lifecycle.spells``).
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> rows = [(0.0, "onboarding", 1.0), (0.0, "churn", 0.0), (6.0, "onboarding", 0.7), (6.0, "churn", 0.3)]
    >>> shares = pd.DataFrame(rows, columns=["time", "state", "estimate"]).assign(low=0.1, high=0.8, n=40)
    >>> [text.get_text() for text in occupation(shares).texts if text.get_gid() == "end"]
    ['onboarding\\n70%', 'churn\\n30%']
    """
    require_rows(shares, PICTURE, ["time", "state", "estimate", "low", "high", "n"])
    host = sheet(ax, lang, height=4.1)
    by_state = shares.pivot(index="time", columns="state", values="estimate")[shares["state"].unique()]
    by_state = by_state.loc[:, (by_state > 0).any()]
    looks = [_look(shares, str(state), place) for place, state in enumerate(by_state)]
    colours = [look.colour for look in looks]
    host.stackplot(by_state.index, by_state.T.to_numpy(), colors=colours, step="post", alpha=0.75)
    host.set_xlim(float(by_state.index.min()), float(by_state.index.max()))
    host.set_ylim(0, 1)
    host.set_xlabel(word(f"{PICTURE}.x", lang))
    host.xaxis.set_major_locator(_half_years())
    percent_axis(host.yaxis)
    names = [name_of(shares, str(state), lang) for state in by_state]
    label_ends(host, _ends(by_state.iloc[-1].tolist(), names, looks))
    notes = (word(f"{PICTURE}.{name}", lang) for name in ("definition", "limits"))
    _limits(host, shares, by_state)
    headline(host, word(f"{PICTURE}.title", lang), counted(int(shares["n"].iloc[0]), lang), as_of(shares, lang), *notes)
    return host


def _look(shares: pd.DataFrame, state: str, place: int) -> Role:
    """The look of a phase on every picture, where the shares know it; else by its place, leaving as everywhere."""
    if state in phases_of(shares):
        return look_of(shares, state)
    return STATUS["left"] if state == GONE else group_look(place)


def _half_years() -> MaxNLocator:
    """Few ticks, on whole half-years where the axis is long."""
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(nbins=8, steps=[1.2, 3, 6, 10], integer=True)


def _ends(last: list[float], names: list[str], looks: list[Role]) -> list[End]:
    """The name of each area at its right edge, with its share."""
    ends, below = [], 0.0
    for share, name, look in zip(last, names, looks, strict=True):
        ends.append(End(below + share / 2, f"{name}\n{share:.0%}", look.ink))
        below += share
    return ends


def _limits(host: Axes, shares: pd.DataFrame, by_state: pd.DataFrame) -> None:
    """The limits of the last state's share, at the last month, hanging from the top."""
    topmost = shares[shares["state"] == by_state.columns[-1]].sort_values("time")
    time, share, low, high = (float(topmost[name].iloc[-1]) for name in ("time", "estimate", "low", "high"))
    spread = [[high - share], [share - low]]
    host.errorbar(time, 1 - share, yerr=spread, color=QUIET, capsize=3, clip_on=False, zorder=5)
