"""The flow of customers through the phases, ribbon by ribbon, as wide as the revenue they bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cslab.figures.lifecycle.looks import NEW, final_of, look_of, name_of, phases_of
from cslab.figures.scales import day
from cslab.figures.sheet import counted, headline, require_rows, sheet
from cslab.figures.style import INK
from cslab.figures.writing import Side, spread, write
from cslab.words import money, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.lifecycle.flow"
BAR, GAP, ALPHA = 0.045, 0.02, 0.42
"""Half the width of a node (steps from date to date); the space between nodes (shares of the whole); of ribbons."""
SHORT = 0.072
"""Least distance of two names, as a share of the height."""


class _Node(NamedTuple):
    """One phase at one date: where it stands, and how much of it is taken by ribbons so far."""

    low: float
    high: float
    customers: int


def flow(flows: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, currency: str = "JPY") -> Axes:
    """Draw how customers moved between phases from date to date; every ribbon is as wide as their MRR.

    Parameters
    ----------
    flows : DataFrame
        As :func:`cslab.measure.lifecycle.flow` returns it: ``from_date``, ``to_date``, ``from``, ``to``, ``customers``,
        ``before_mrr_amount``, ``mrr_amount``. ``attrs``: ``names``, ``final``, ``currency``.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of the amounts, unless ``flows.attrs["currency"]`` says it.

    Returns
    -------
    Axes
        A bar a phase and date (``patch.get_gid()`` is ``node:phase:place``), a ribbon a row (``ribbon:from:to:place``).
        Who comes is as wide at the start as at the end, and so is who leaves; the others widen or narrow with their
        MRR.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import cslab
    >>> from cslab.measure import lifecycle
    >>> ax = flow(lifecycle.flow(cslab.load("synthetic:tiny"), ["2023-03-31", "2024-03-31"]), lang="ja")
    >>> len([bar for bar in ax.patches if str(bar.get_gid()).startswith("node:onboarding")])
    2
    """
    require_rows(flows, PICTURE, ["from_date", "to_date", "from", "to", "customers", "before_mrr_amount", "mrr_amount"])
    currency = flows.attrs.get("currency", currency)
    host = sheet(ax, lang, height=5.2)
    rows = _rows(flows)
    dates = sorted({*rows["from_date"], *rows["to_date"]})
    nodes = _nodes(flows, rows, dates)
    for place in range(len(dates) - 1):
        _ribbons(host, flows, rows[rows["from_date"] == dates[place]], nodes, place)
    for (place, phase), node in nodes.items():
        _bar(host, place, phase, node, look_of(flows, phase).colour)
    _frame(host, dates, nodes, lang)
    _names(host, flows, nodes, len(dates) - 1, lang, currency)
    last = {phase: node.customers for (place, phase), node in nodes.items() if place == len(dates) - 1}
    there = sum(customers for phase, customers in last.items() if phase not in final_of(flows))
    notes = (counted(there, lang), word(f"{PICTURE}.definition", lang), word(f"{PICTURE}.new", lang))
    headline(host, word(f"{PICTURE}.title", lang), *notes, lift=27)
    return host


def _rows(flows: pd.DataFrame) -> pd.DataFrame:
    """The flows with their height on both sides; who came back counts with those who are new."""
    final = final_of(flows)
    rows = flows.assign(**{"from": flows["from"].where(~flows["from"].isin(final), NEW)})
    keys = ["from_date", "to_date", "from", "to"]
    rows = rows.groupby(keys, as_index=False)[["customers", "before_mrr_amount", "mrr_amount"]].sum()
    left = rows["before_mrr_amount"].where(rows["from"] != NEW, rows["mrr_amount"])
    return rows.assign(left=left, right=rows["mrr_amount"])


def _order(flows: pd.DataFrame) -> list[str]:
    """From the top: the phases of a life, then those who leave, then those who come."""
    final = final_of(flows)
    return [*(name for name in phases_of(flows) if name not in final), *final, NEW]


def _nodes(flows: pd.DataFrame, rows: pd.DataFrame, dates: list[pd.Timestamp]) -> dict[tuple[int, str], _Node]:
    """Where each phase stands at each date, from the top down to 0 at the bottom of the tallest date."""
    columns = [_heights(rows, date) for date in dates]
    tallest = max(sum(height for height, _ in column.values()) for column in columns)
    nodes = {}
    for place, column in enumerate(columns):
        top = tallest * (1 + GAP * len(_order(flows)))
        for phase in _order(flows):
            if phase in column:
                height, customers = column[phase]
                nodes[place, phase] = _Node(top - height, top, customers)
                top -= height + GAP * tallest
    return nodes


def _heights(rows: pd.DataFrame, date: pd.Timestamp) -> dict[str, tuple[float, int]]:
    """MRR and customers of each phase at a date, from the side of the flows that arrive, or of those that depart."""
    arriving = rows[rows["to_date"] == date].groupby("to").agg(height=("right", "sum"), customers=("customers", "sum"))
    departing = (
        rows[rows["from_date"] == date].groupby("from").agg(height=("left", "sum"), customers=("customers", "sum"))
    )
    found = {**departing.T.to_dict(), **arriving.T.to_dict()}
    return {str(phase): (float(node["height"]), int(node["customers"])) for phase, node in found.items()}


def _ribbons(
    host: Axes, flows: pd.DataFrame, rows: pd.DataFrame, nodes: dict[tuple[int, str], _Node], place: int
) -> None:
    """The ribbons from one date to the next: at each node in the order of the phases, so that they do not twist."""
    order = {phase: rank for rank, phase in enumerate(_order(flows))}
    leaves = {phase: node.high for (at, phase), node in nodes.items() if at == place}
    enters = {phase: node.high for (at, phase), node in nodes.items() if at == place + 1}
    drawn = sorted(rows.to_dict("records"), key=lambda row: (order[row["from"]], order[row["to"]]))
    for row in drawn:
        origin, target = row["from"], row["to"]
        begin = (leaves[origin] - row["left"], leaves[origin])
        end = (enters[target] - row["right"], enters[target])
        leaves[origin], enters[target] = begin[0], end[0]
        colour = look_of(flows, target if target in final_of(flows) else origin).colour
        _ribbon(host, place, begin, end, colour, f"ribbon:{origin}:{target}:{place}")


def _ribbon(
    host: Axes, place: int, begin: tuple[float, float], end: tuple[float, float], colour: str, name: str
) -> None:
    """One ribbon between two nodes, bent so that it leaves and arrives level."""
    share = np.linspace(0, 1, 40)
    bend = share**2 * (3 - 2 * share)
    across = place + BAR + share * (1 - 2 * BAR)
    low, high = (one + bend * (other - one) for one, other in zip(begin, end, strict=True))
    host.fill_between(across, low, high, color=colour, alpha=ALPHA, linewidth=0, gid=name)


def _bar(host: Axes, place: int, phase: str, node: _Node, colour: str) -> None:
    """One phase at one date."""
    height = node.high - node.low
    bars = host.bar(place, height, 2 * BAR, node.low, color=colour, linewidth=0)
    bars[0].set_gid(f"node:{phase}:{place}")


def _frame(host: Axes, dates: list[pd.Timestamp], nodes: dict[tuple[int, str], _Node], lang: str) -> None:
    """Dates above, no axes: the heights are written at the names."""
    host.set_xlim(-0.5, len(dates) - 0.5)
    host.set_ylim(min(node.low for node in nodes.values()), max(node.high for node in nodes.values()))
    host.set_axis_off()
    for place, date in enumerate(dates):
        write(host, day(date, lang), (place, 1), (0, 13), within="column", ink=INK, size=9.5, kind="date")


def _names(
    host: Axes, flows: pd.DataFrame, nodes: dict[tuple[int, str], _Node], last: int, lang: str, currency: str
) -> None:
    """Beside the first and the last nodes the phase, its MRR and its customers; between them the numbers alone."""
    from matplotlib.patheffects import withStroke

    low, high = host.get_ylim()
    for place in range(last + 1):
        here = [(phase, node) for (at, phase), node in nodes.items() if at == place]
        gap = SHORT if place in (0, last) else SHORT / 2
        wanted = [((node.low + node.high) / 2 - low) / (high - low) for _, node in here]
        for (phase, node), share in zip(here, spread(wanted, gap), strict=True):
            values = {"amount": money(node.high - node.low, currency, lang), "customers": node.customers}
            text = word(f"{PICTURE}.amount", lang, **values)
            text = f"{name_of(flows, phase, lang)}\n{text}" if place in (0, last) else text
            side: Side = "right" if place == 0 else "left"
            at = (place + (-1.3 if place == 0 else 1.3) * BAR, low + share * (high - low))
            write(host, text, at, side=side, ink=look_of(flows, phase).ink, size=8.5, kind=f"node:{phase}:{place}")
    for written in host.texts:
        written.set_path_effects([withStroke(linewidth=2.5, foreground="white")])  # words lie on ribbons
