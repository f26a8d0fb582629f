"""Who gets which tier, as pictures: rules at the same hours, what one more hour is worth, what each plan may regret."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cslab.figures.onboarding.ladder import Mark, Rung, ladder
from cslab.figures.scales import money_axis
from cslab.figures.sheet import check_language, counted, headline, require_rows, sheet
from cslab.figures.style import QUIET, group_look
from cslab.figures.writing import write
from cslab.words import has_word, label, money, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

RULES = "figure.allocation.rules"
FRONTIER = "figure.allocation.frontier"
REGRETS = "figure.allocation.regrets"

BY_SIGHT = ("present", "by_lot", "mrr_lines", "risk_ranked")
"""Rules that do not ask who gains."""


def rules(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, currency: str = "JPY") -> Axes:
    """Draw what each rule gains over the present tiers, all within the same hours.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.allocation.compare` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of the amounts.

    Returns
    -------
    Axes
        With one panel in ``child_axes``: a row a rule, from the top; limits where they are known.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> rows = {"rule": ["present", "oracle"], "estimate": [0.0, 2e6], "low": 0.0, "high": 2e6, "n": 9, "hours": 5.0}
    >>> ax = rules(pd.DataFrame(rows))
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "number"]
    ['¥0', '¥2.0M']
    """
    check_language(lang)
    require_rows(found, RULES, ["rule", "estimate", "low", "high", "n", "hours"])
    rungs = [Rung(_rule_name(row["rule"], lang), [_mark(row)]) for row in found.to_dict("records")]
    heads = dict.fromkeys(("naive", "better", "truth"), "")
    host = ladder(rungs, ax, lang, lambda value: money(value, currency, lang), heads)
    panel: Any = host.child_axes[0]
    money_axis(panel.xaxis, currency, lang, ticks=3)
    hours = word("figure.allocation.hours", lang, hours=found["hours"].max())
    headline(host, word(f"{RULES}.title", lang), counted(found["n"].max(), lang), hours, word(f"{RULES}.note", lang))
    return host


def frontier(
    found: pd.DataFrame,
    ax: Axes | None = None,
    lang: str = "en",
    *,
    currency: str = "JPY",
    cost_amount: float | None = None,
) -> Axes:
    """Draw what one more hour is worth, with fewer hours than today and with more, against what it costs.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.allocation.frontier` returns it.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of the amounts.
    cost_amount : float, optional
        What one hour a month costs over the months for which values count.

    Returns
    -------
    Axes
        Hours along x, against those of today.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> rows = {"growth": [0.5, 1.0, 2.0], "hour_worth_amount": [9e5, 4e5, 0.0], "capacity_h": [5.0, 10.0, 20.0]}
    >>> len(frontier(pd.DataFrame(rows).assign(n=9), cost_amount=1.5e5).get_lines())
    3
    """
    require_rows(found, FRONTIER, ["growth", "hour_worth_amount", "capacity_h", "n"])
    host, look = sheet(ax, lang), group_look(0)
    host.axvline(1, color=QUIET, linewidth=0.9, linestyle=(0, (2, 2)), zorder=0)
    host.plot(found["growth"], found["hour_worth_amount"], color=look.colour, marker=look.marker, gid="price")
    host.set_ylim(0, 1.15 * max(float(found["hour_worth_amount"].max()), cost_amount or 0.0, 1.0))
    write(host, word(f"{FRONTIER}.today", lang), (1, 1), (0, 2), within="column", kind="today")
    if cost_amount is not None:
        host.axhline(cost_amount, color=group_look(1).colour, linewidth=1.4, linestyle="--")
        text = word(f"{FRONTIER}.cost", lang, amount=money(cost_amount, currency, lang))
        write(host, text, (1, cost_amount), (-4, 3), within="row", side="right", ink=group_look(1).ink, kind="cost")
    host.set_xlabel(word(f"{FRONTIER}.x", lang))
    money_axis(host.yaxis, currency, lang)
    hours = (found["capacity_h"] / found["growth"]).iloc[0]
    notes = (
        counted(found["n"].max(), lang),
        word(f"{FRONTIER}.hours", lang, hours=hours),
        word(f"{FRONTIER}.note", lang),
    )
    headline(host, word(f"{FRONTIER}.title", lang), *notes, lift=10)
    return host


def regrets(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en", *, currency: str = "JPY") -> Axes:
    """Draw what each plan forgoes where effects are at the low and at the high end of their limits.

    Parameters
    ----------
    found : DataFrame
        ``plans`` of :func:`cslab.measure.allocation.robust`.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    currency : str
        Of the amounts.

    Returns
    -------
    Axes
        With one panel in ``child_axes``: a row a plan; a line from the one regret to the other.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> rows = {"plan": ["estimate"], "at_low_amount": [2e6], "at_high_amount": [0.0], "hours": [5.0], "n": 9}
    >>> [text.get_text() for text in regrets(pd.DataFrame(rows)).texts if text.get_gid() == "number"]
    ['¥2.0M', '¥0']
    """
    check_language(lang)
    require_rows(found, REGRETS, ["plan", "at_low_amount", "at_high_amount", "hours", "n"])
    rungs = [Rung(label(f"plan.{row['plan']}", lang), _ends(row)) for row in found.to_dict("records")]
    heads = {"naive": word(f"{REGRETS}.low", lang), "better": word(f"{REGRETS}.high", lang)}
    host = ladder(rungs, ax, lang, lambda value: money(value, currency, lang), heads)
    panel: Any = host.child_axes[0]
    money_axis(panel.xaxis, currency, lang, ticks=3)
    hours = word("figure.allocation.hours", lang, hours=found["hours"].max())
    headline(
        host,
        word(f"{REGRETS}.title", lang),
        counted(found["n"].max(), lang),
        hours,
        word(f"{REGRETS}.note", lang),
        lift=10,
    )
    return host


def _rule_name(rule: str, lang: str) -> str:
    """What a rule is called; one by somebody's own estimate by its own name."""
    return label(f"rule.{rule}", lang) if has_word(f"label.rule.{rule}") else rule


def _mark(row: dict[Any, Any]) -> Mark:
    """A rule's mark: dark orange where it does not ask who gains, black for the best there is."""
    role = "truth" if row["rule"] == "oracle" else "naive" if row["rule"] in BY_SIGHT else "better"
    return Mark(role, row["estimate"], row["low"], row["high"])


def _ends(row: dict[Any, Any]) -> list[Mark]:
    """What a plan forgoes at both ends."""
    return [Mark("naive", row["at_low_amount"]), Mark("better", row["at_high_amount"])]
