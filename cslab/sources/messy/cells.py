"""How single cells come to be written as people write them: amounts, days, words, blanks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

Rewrite = Callable[[str, float, str], str]
"""From the text of a cell, a draw on (0, 1) and the book's currency to the text that stands there instead."""

_WIDE = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
_SIGNS = {"JPY": ("{}円", "￥{}"), "USD": ("＄{}",)}
"""How an amount is typed by hand; each form holds a letter that ASCII does not have."""
_SPELLINGS = {"monthly": ("per month", "月払い"), "annual": ("yearly", "年払い")}
_NOT_KNOWN = ("未定", "N/A", "確認中")


def signs(cell: str, draw: float, currency: str) -> str:
    """An amount with separators and its currency's sign, or in full-width digits.

    >>> signs("48000", 0.1, "JPY"), signs("48000", 0.9, "JPY"), signs("99.5", 0.1, "USD")
    ('48,000円', '４８０００', '＄99.5')
    """
    whole, point, part = cell.partition(".")
    forms = (*_SIGNS.get(currency, ()), "")
    form = forms[int(draw * len(forms))]
    return form.format(f"{int(whole):,}{point}{part}") if form else cell.translate(_WIDE)


def full_width(cell: str, draw: float, currency: str) -> str:
    """A number in full-width digits.

    >>> full_width("120", 0.5, "JPY")
    '１２０'
    """
    return cell.translate(_WIDE)


def percent(cell: str, draw: float, currency: str) -> str:
    """A share as a percentage.

    >>> percent("0.15", 0.5, "JPY")
    '15%'
    """
    return f"{(Decimal(cell) * 100).normalize():f}%"


def impossible(cell: str, draw: float, currency: str) -> str:
    """A percentage above a hundred.

    >>> impossible("0.15", 0.5, "JPY")
    '165%'
    """
    return f"{(Decimal(cell) * 100 + 150).normalize():f}%"


def clock(cell: str, draw: float, currency: str) -> str:
    """A day with a time of day.

    >>> clock("2024-04-01", 0.5, "JPY")
    '2024-04-01 12:00:00'
    """
    return f"{cell} {int(24 * draw):02d}:00:00"


def time_zone(cell: str, draw: float, currency: str) -> str:
    """A morning in Tokyo as the server's clock has it: the day before.

    >>> time_zone("2024-04-01", 0.5, "JPY")
    '2024-03-31T19:30:00Z'
    """
    return f"{_moved(cell, -1)}T{15 + int(9 * draw):02d}:30:00Z"


def spaces(cell: str, draw: float, currency: str) -> str:
    """A word with a space behind it, which may be a full-width one.

    >>> spaces("A000001", 0.1, "JPY"), spaces("A000001", 0.9, "JPY")
    ('A000001 ', 'A000001\\u3000')
    """
    return cell + (" " if draw < 0.5 else "\u3000")


def blank(cell: str, draw: float, currency: str) -> str:
    """Nothing.

    >>> blank("retail", 0.5, "JPY")
    ''
    """
    return ""


def late(cell: str, draw: float, currency: str) -> str:
    """A day that was written down three to eight weeks late.

    >>> late("2024-04-01", 0.5, "JPY")
    '2024-05-09'
    """
    return _moved(cell, 21 + int(35 * draw))


def overlap(cell: str, draw: float, currency: str) -> str:
    """A start one to three weeks before the last term ends.

    >>> overlap("2024-04-01", 0.5, "JPY")
    '2024-03-18'
    """
    return _moved(cell, -7 - int(15 * draw))


def far_end(cell: str, draw: float, currency: str) -> str:
    """The day by which some systems mean "until further notice".

    >>> far_end("2025-04-01", 0.5, "JPY")
    '9999-12-31'
    """
    return "9999-12-31"


def mixed_dates(cell: str, draw: float, currency: str) -> str:
    """A day in another form than the rest of its column.

    >>> mixed_dates("2024-04-01", 0.1, "JPY"), mixed_dates("2024-04-01", 0.9, "JPY")
    ('2024年4月1日', '2024.04.01')
    """
    day = dt.date.fromisoformat(cell)
    return f"{day.year}年{day.month}月{day.day}日" if draw < 0.5 else cell.replace("-", ".")


def no_such_day(cell: str, draw: float, currency: str) -> str:
    """A day that no calendar has.

    >>> no_such_day("2024-04-01", 0.5, "JPY")
    '2024-02-30'
    """
    return f"{cell[:4]}-02-30"


def spelling(cell: str, draw: float, currency: str) -> str:
    """A word of a category put otherwise, or in another language.

    >>> spelling("monthly", 0.1, "JPY"), spelling("annual", 0.9, "JPY")
    ('per month', '年払い')
    """
    return _SPELLINGS[cell][int(2 * draw)]


def placeholder(cell: str, draw: float, currency: str) -> str:
    """A word where nobody knew the number.

    >>> placeholder("30", 0.5, "JPY")
    'N/A'
    """
    return _NOT_KNOWN[int(3 * draw)]


def orphan(cell: str, draw: float, currency: str) -> str:
    """The number of a customer that no list has.

    >>> orphan("A000001", 0.5, "JPY")
    'Z000001'
    """
    return f"Z{cell[1:]}"


def wrong_sign(cell: str, draw: float, currency: str) -> str:
    """An amount without its minus.

    >>> wrong_sign("-48000", 0.5, "JPY")
    '48000'
    """
    return cell.removeprefix("-")


def _moved(cell: str, days: int) -> str:
    """A day, some days later."""
    return (dt.date.fromisoformat(cell) + dt.timedelta(days=days)).isoformat()


REWRITES: dict[str, Rewrite] = {
    "signs": signs,
    "full_width": full_width,
    "percent": percent,
    "clock": clock,
    "spaces": spaces,
    "missing": blank,
    "late": late,
    "open_end": blank,
    "spelling": spelling,
    "placeholder": placeholder,
    "far_end": far_end,
    "time_zone": time_zone,
    "orphan": orphan,
    "overlap": overlap,
    "mixed_dates": mixed_dates,
    "no_such_day": no_such_day,
    "wrong_sign": wrong_sign,
    "impossible": impossible,
    "no_id": blank,
}
"""By the name of the kind."""
