"""Sliders for the lines between tech, mid and high touch; where nobody sits at the notebook, the picture alone."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from cslab import figures
from cslab.course import shown
from cslab.course.lesson import reading, say, say_at
from cslab.figures.touch.thresholds import signed
from cslab.measure import thresholds
from cslab.words import money, word

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

LOWEST, HIGHEST, A_DOUBLING = -8, 16, 4
"""How far a slider goes below and above the company's own line, in steps of which so many double it."""
BEST, YOURS = "cslab-lines-best", "cslab-lines-yours"
"""The places of the two sentences that are renewed with the picture."""


def try_thresholds(book: Book, tried: pd.DataFrame) -> None:
    """Show what became of the same customers under other lines, and let the reader draw lines of their own.

    The sliders are there only for somebody who sits at the notebook: what runs notebooks by itself gets the picture
    and the sentences, the same bytes every time.

    Parameters
    ----------
    book : Book
        With its truth.
    tried : DataFrame
        As :func:`cslab.measure.thresholds.tried` returns it.

    >>> from cslab.course.lesson import begin
    >>> book = begin("00", "synthetic:tiny")  # doctest: +ELLIPSIS
    The company in this lesson...
    >>> try_thresholds(book, thresholds.tried(book, [2.0], horizon=12))  # doctest: +ELLIPSIS
    As things are...
    """
    redraw = _picture(tried)
    own = tried[tried["own"]].iloc[0]
    people = own["hours"] / tried.attrs["csm_hours"]
    say("lines_own", own["hours"], n=own["n"], people=people, each=tried.attrs["csm_hours"])
    _say_best(tried)

    def update(now: pd.DataFrame) -> None:
        """The picture and the sentences, with the reader's own lines."""
        redraw(now)
        _say_best(now, renew=True)
        _say_yours(now)

    if shown.attended() and (controls := sliders(book, tried, update)) is not None:
        say_at(YOURS, "lines_yours_none")
        _displayed(controls)


def sliders(book: Book, tried: pd.DataFrame, update: Callable[[pd.DataFrame], None]) -> Any:
    """Two sliders, one a line. Letting go of one runs the customers again and hands the result on.

    Parameters
    ----------
    book : Book
        With its truth.
    tried : DataFrame
        As :func:`cslab.measure.thresholds.tried` returns it.
    update : callable
        Takes what was tried with the reader's own lines as the last row.

    Returns
    -------
    ipywidgets.VBox or None
        Nothing where ipywidgets is not installed.

    >>> import cslab
    >>> from cslab.course.lesson import begin
    >>> book = begin("00", "synthetic:tiny")  # doctest: +ELLIPSIS
    The company in this lesson...
    >>> heard = []
    >>> mid, high = sliders(book, thresholds.tried(book, [], horizon=12), heard.append).children
    >>> mid.value = 160_000.0
    >>> heard[0]["mid_amount"].tolist()
    [80000.0, 160000.0]
    """
    try:
        widgets: Any = import_module("ipywidgets")
    except ModuleNotFoundError:
        return None
    lang, currency = reading().lang, tried.attrs["currency"]
    mid, high = (
        widgets.SelectionSlider(
            options=[(money(amount, currency, lang), amount) for amount in _amounts(own)],
            value=own,
            description=word(f"lesson.slider.{tier}", lang),
            continuous_update=False,
            style={"description_width": "14em"},
            layout={"width": "95%"},
        )
        for tier, own in zip(("mid", "high"), thresholds.own_lines(book), strict=True)
    )

    def moved(change: Any) -> None:
        """The reader has let go of a slider; one that stands in its way gives way, and its own move is what counts."""
        if mid.value > high.value:
            _give_way(mid, high, change["owner"])
            return
        yours = thresholds.under_lines(book, [(mid.value, high.value)], tried.attrs["horizon"]).assign(yours=True)
        update(_with_yours(tried, yours))

    for slider in (mid, high):
        slider.observe(moved, "value")
    return widgets.VBox([mid, high])


def _give_way(mid: Any, high: Any, moved: Any) -> None:
    """Move the other slider to its next stop, so that high touch does not begin below mid touch."""
    if moved is mid:
        high.value = min(amount for _, amount in high.options if amount >= mid.value)
    else:
        mid.value = max(amount for _, amount in mid.options if amount <= high.value)


def _amounts(own: float) -> list[float]:
    """The stops of a slider: the company's own line, and round amounts on either side."""
    stops = {step: own * 2 ** (step / A_DOUBLING) for step in range(LOWEST, HIGHEST + 1)}
    return [own if step == 0 else float(f"{amount:.2g}") for step, amount in stops.items()]


def _with_yours(tried: pd.DataFrame, yours: pd.DataFrame) -> pd.DataFrame:
    """What was tried, and the reader's own lines as the last row."""
    import pandas as pd

    both = pd.concat([tried.assign(yours=False), yours], ignore_index=True)
    both.attrs.update(tried.attrs)
    return both


def _say_best(tried: pd.DataFrame, renew: bool = False) -> None:
    """Which of the lines leave most, and whether still lower or higher ones might leave more."""
    own, best = tried[tried["own"]].iloc[0], tried.iloc[int(tried["left_amount"].argmax())]
    told = [*_told(best, own, tried.attrs["currency"]), _beyond(tried, best)]
    say_at(BEST, "lines_own_best" if best["own"] else "lines_best", *told, renew=renew)


def _say_yours(tried: pd.DataFrame) -> None:
    """What the reader's own lines, the last row, take and leave."""
    own, yours = tried[tried["own"]].iloc[0], tried.iloc[-1]
    told = _told(yours, own, tried.attrs["currency"])
    people = [row["hours"] / tried.attrs["csm_hours"] for row in (yours, own)]
    say_at(YOURS, "lines_yours", *told, yours["hours"], *people, renew=True)


def _beyond(tried: pd.DataFrame, best: pd.Series) -> str:
    """That nobody tried what lies beyond the best, where it is the first or the last of all."""
    lines = tried[["mid_amount", "high_amount"]]
    ends = {"low": lines.min(), "high": lines.max()}
    at = [end for end, extreme in ends.items() if (best[extreme.index] == extreme).all()]
    return word(f"say.lines_beyond.{at[0]}", reading().lang) if at else ""


def _told(row: pd.Series, own: pd.Series, currency: str) -> list[Any]:
    """A row as its sentence wants it: both lines, money with its limits, hours against the company's own, both GRRs."""
    lang = reading().lang
    amounts = [money(row[name], currency, lang) for name in ("mid_amount", "high_amount")]
    more = [signed(row[name], currency, lang) for name in ("more_amount", "more_low", "more_high")]
    return [*amounts, *more, row["hours"] / own["hours"], row["grr"], own["grr"]]


def _picture(tried: pd.DataFrame) -> Callable[[pd.DataFrame], None]:
    """Show the picture now; what comes back shows another in its place."""
    import matplotlib.pyplot as plt

    lang = reading().lang
    figure: Any = figures.touch.thresholds(tried, lang=lang).figure
    handle = _displayed(figure, display_id=True) if shown.attended() else _displayed(figure)
    plt.close(figure)

    def update(now: pd.DataFrame) -> None:
        """The picture of something else."""
        other: Any = figures.touch.thresholds(now, lang=lang).figure
        handle.update(other)
        plt.close(other)

    return update


def _displayed(thing: Any, **how: Any) -> Any:
    """Show a thing below the cell, in a notebook; elsewhere nobody could see it."""
    if shown.shell() is None:
        return None
    return import_module("IPython.display").display(thing, **how)
