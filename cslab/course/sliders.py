"""Sliders for the lines between tech, mid and high touch; where nobody sits at the notebook, the picture alone."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from cslab import figures
from cslab.course import shown
from cslab.course.lesson import reading, say
from cslab.figures.touch.thresholds import signed
from cslab.measure import thresholds
from cslab.words import money, word

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

LOWEST, HIGHEST, A_DOUBLING = -8, 16, 4
"""How far a slider goes below and above the company's own line, in steps of which so many double it."""


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
    update = _picture(tried)
    own = tried[tried["own"]].iloc[0]
    people = own["hours"] / tried.attrs["csm_hours"]
    say("lines_own", own["hours"], n=own["n"], people=people, each=tried.attrs["csm_hours"])
    best = tried.iloc[int(tried["left_amount"].argmax())]
    say("lines_own_best" if best["own"] else "lines_best", *_told(best, own, tried.attrs["currency"]))
    if shown.attended() and (controls := sliders(book, tried, update)) is not None:
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

    def moved(_: Any) -> None:
        """The reader has let go of a slider; the line of high touch never lies below that of mid touch."""
        lines = mid.value, max(mid.value, high.value)
        yours = thresholds.under_lines(book, [lines], tried.attrs["horizon"]).assign(yours=True)
        update(_with_yours(tried, yours))

    for slider in (mid, high):
        slider.observe(moved, "value")
    return widgets.VBox([mid, high])


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
