"""What one may expect to regret: going on, stopping or waiting, for one programme or several side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, NotReady
from cslab.figures.scales import day, money_axis
from cslab.figures.sheet import check_language, headline, sheet
from cslab.figures.style import FAINT, INK, QUIET, ROLES
from cslab.figures.writing import write
from cslab.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from cslab.measure.impact import Decision

PICTURE = "figure.impact.regret"


def regret(decisions: Sequence[Decision], ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw the expected regret of each action; the advised one is filled.

    Parameters
    ----------
    decisions : sequence of Decision
        As :func:`cslab.measure.impact.decide` returns them, one a programme.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        A bar an action, its amount beside it (text ``number``).

    Raises
    ------
    NotReady
        When there is no decision.

    >>> import cslab
    >>> from cslab.measure import impact
    >>> book = cslab.load("synthetic:tiny?programs=faq&policy=program_rct&accounts=600")
    >>> ax = regret([impact.decide(book, impact.shipped("faq"))])
    >>> sum(text.get_gid() == "programme" for text in ax.texts)
    1
    """
    check_language(lang)
    if not decisions:
        raise NotReady(Fault("figure_empty", {"picture": PICTURE.removeprefix("figure.")}))
    rows = [row for one in decisions for row in (None, *one.regret.dropna(subset="regret_amount").to_dict("records"))]
    host = sheet(ax, lang, height=1.5 + 0.36 * len(rows))
    told, names = iter(decisions), dict[int, str]()
    for place, row in enumerate(rows):
        if row is None:
            one = next(told)
            _head(host, one, place, lang)
        else:
            _bar(host, place, row, one, lang)
            names[place] = word(f"label.action.{row['action']}", lang)
    host.set_yticks(list(names), list(names.values()), color=INK)
    host.set_ylim(len(rows) - 0.4, -0.5)
    host.set_xlim(0, 1.25 * max(float(row["regret_amount"]) for row in rows if row is not None) or 1.0)
    money_axis(host.xaxis, decisions[0].currency, lang)
    host.grid(axis="x")
    host.grid(visible=False, axis="y")
    n = word(f"{PICTURE}.n", lang, n=len(decisions))
    headline(host, word(f"{PICTURE}.title", lang), n, word(f"{PICTURE}.definition", lang), columns=88)
    return host


def _head(host: Axes, decision: Decision, place: int, lang: str) -> None:
    """The name of a programme and the day of its decision, above its bars."""
    from cslab.measure.impact.advice import said_chance

    title, today, chance = decision.chain.title(lang), day(decision.as_of, lang), said_chance(decision.chance, lang)
    text = word(f"{PICTURE}.programme", lang, chain=title, date=today, chance=chance)
    write(host, text, (0, place + 0.12), (4, 0), within="row", side="left", ink=INK, size=9.5, kind="programme")


def _bar(host: Axes, place: int, row: dict[Any, Any], decision: Decision, lang: str) -> None:
    """A bar: filled where it is advised."""
    amount, advised = float(row["regret_amount"]), row["action"] == decision.action
    look = ROLES["better"]
    edge: dict[str, Any] = {"edgecolor": look.colour if advised else QUIET, "linewidth": 1.2, "gid": "bar"}
    host.barh(place, amount, height=0.62, color=look.colour if advised else FAINT, zorder=2, **edge)
    said = decision.said_amount(amount, lang)
    text = word(f"{PICTURE}.advised", lang, amount=said) if advised else said
    write(host, text, (amount, place), (6, 0), side="left", ink=look.ink if advised else QUIET, kind="number")
