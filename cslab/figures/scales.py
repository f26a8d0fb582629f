"""Axes as people read them: shares in per cent, money in 万円 or ¥k, months by name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cslab.words import money

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(date: pd.Timestamp, lang: str) -> str:
    """A day as the language writes it.

    >>> import pandas as pd
    >>> day(pd.Timestamp("2024-03-31"), "ja"), day(pd.Timestamp("2024-03-31"), "en")
    ('2024年3月31日', '31 Mar 2024')
    """
    name = MONTHS[date.month - 1]
    return f"{date.year}年{date.month}月{date.day}日" if lang == "ja" else f"{date.day} {name} {date.year}"


def month_name(month: pd.Timestamp, lang: str) -> str:
    """A month as the language writes it.

    >>> import pandas as pd
    >>> month_name(pd.Timestamp("2024-03-01"), "ja"), month_name(pd.Timestamp("2024-03-01"), "en")
    ('2024年3月', 'Mar 2024')
    """
    return f"{month.year}年{month.month}月" if lang == "ja" else f"{MONTHS[month.month - 1]} {month.year}"


def percent_axis(axis: Axis, ticks: int = 5) -> None:
    """Write an axis of shares (0-1) in per cent, without decimals where none are needed.

    Parameters
    ----------
    axis : Axis
        ``ax.xaxis`` or ``ax.yaxis``.
    ticks : int
        At most so many steps.

    >>> from cslab.figures.sheet import sheet
    >>> ax = sheet(None, "en")
    >>> percent_axis(ax.yaxis)
    >>> ax.yaxis.get_major_formatter()(0.025)
    '2.5%'
    """
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis.set_major_locator(MaxNLocator(nbins=ticks, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda share, _: f"{100 * share:.3g}%"))


def money_axis(axis: Axis, currency: str, lang: str, ticks: int = 5) -> None:
    """Write an axis of amounts as people say them: 万円 and 億円, ¥k and ¥M, $k.

    Parameters
    ----------
    axis : Axis
        ``ax.xaxis`` or ``ax.yaxis``.
    currency, lang : str
        As in :func:`cslab.words.money`.
    ticks : int
        At most so many steps.

    >>> from cslab.figures.sheet import sheet
    >>> ax = sheet(None, "en")
    >>> money_axis(ax.yaxis, "JPY", "ja")
    >>> ax.yaxis.get_major_formatter()(200_000_000)
    '2億円'
    """
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis.set_major_locator(MaxNLocator(nbins=ticks, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda amount, _: _round(money(amount, currency, lang))))


def _round(amount: str) -> str:
    """An amount without a decimal that says nothing: ticks stand at round numbers."""
    return re.sub(r"\.0(?!\d)", "", amount)


def month_axis(ax: Axes, months: pd.DatetimeIndex, lang: str) -> None:
    """Name the months under bars that stand at 0, 1, 2, …: a handful of them, the year where it begins.

    Parameters
    ----------
    ax : Axes
        With one bar a month.
    months : DatetimeIndex
        First days of the months, in order.
    lang : str
        ``"en"`` or ``"ja"``.

    >>> import pandas as pd
    >>> from cslab.figures.sheet import sheet
    >>> ax = sheet(None, "ja")
    >>> month_axis(ax, pd.date_range("2023-12-01", periods=3, freq="MS"), "ja")
    >>> [label.get_text() for label in ax.get_xticklabels()]
    ['12月', '1月\\n2024年', '2月']
    """
    step = next(size for size, most in ((1, 8), (3, 40), (6, 90), (12, 10**6)) if len(months) <= most)
    ticks = [place for place, month in enumerate(months) if (month.month - 1) % step == 0]
    january = next((tick for tick in ticks if months[tick].month == 1), None)
    crowded = january is not None and january - ticks[0] <= step
    years = {tick for tick in ticks if months[tick].month == 1} | ({ticks[0]} if ticks and not crowded else set())
    ax.set_xticks(ticks, [_tick_name(months[tick], tick in years, lang) for tick in ticks])


def _tick_name(month: pd.Timestamp, with_year: bool, lang: str) -> str:
    """A month under a bar, its year beneath it where the year begins."""
    name = f"{month.month}月" if lang == "ja" else MONTHS[month.month - 1]
    year = f"{month.year}年" if lang == "ja" else str(month.year)
    return f"{name}\n{year}" if with_year else name


def tenure_axis(ax: Axes, last: float) -> None:
    """Mark an axis of months of tenure by the year, or finer where it is short.

    Parameters
    ----------
    ax : Axes
        Months along x.
    last : float
        The last month drawn.

    >>> from cslab.figures.sheet import sheet
    >>> ax = sheet(None, "en")
    >>> tenure_axis(ax, 48)
    >>> ax.get_xticks().tolist()
    [0, 6, 12, 18, 24, 30, 36, 42, 48]
    """
    step = next(size for size in (1, 2, 3, 6, 12, 24) if last / size <= 10 or size == 24)
    ax.set_xticks(range(0, int(last) + 1, step))
    ax.set_xlim(-0.01 * last - 0.4, last + 0.6)
