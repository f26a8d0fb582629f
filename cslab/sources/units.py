"""Units of money as people write them: 千円 in a cell, 百万円 in a header or title. Nothing unwritten is assumed."""

from __future__ import annotations

import re
import unicodedata

UNITS = {"千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "億": 1e8, "十億": 1e9, "k": 1e3, "m": 1e6}
"""What stands behind a number, and how many times more it makes it."""
_SUMS = {"千円": 1e3, "万円": 1e4, "百万円": 1e6, "千万円": 1e7, "億円": 1e8, "十億円": 1e9, "円": 1.0}
_ENGLISH = {"thousand": 1e3, "thousands": 1e3, "000": 1e3, "million": 1e6, "millions": 1e6}
_YEN = "十億円|百万円|千万円|億円|万円|千円"
_AFTER = r"(?=[\s/,・、)\]】>税]|$)"
_HEADER = re.compile(rf"(?:[(\[【<][^)\]】>]*?|[_/\s]|単位[:\s]*)(?P<unit>{_YEN}){_AFTER}")
_END = re.compile(rf"[^十百千万億](?P<unit>{_YEN})$")
_TITLE = re.compile(rf"単位\s*[:\s]\s*(?P<unit>{_YEN})")
_SIGN = r"(?:jpy|usd|eur|yen|[¥$€])?"
_BRACKET = re.compile(rf"[(\[](?:in )?{_SIGN}\s*'?(?P<word>thousands?|000|millions?|k|mn)\s*{_SIGN}[)\]]")


def header_unit(header: str) -> tuple[str, float]:
    """The unit of money that a header says, and how many times more it makes a number.

    Parameters
    ----------
    header : str
        A column's name.

    Returns
    -------
    unit : str
        As written; empty where it says none.
    times : float
        1 where it says none.

    >>> header_unit("月額(千円)"), header_unit("売上_百万円"), header_unit("MRR (in thousands)")
    (('千円', 1000.0), ('百万円', 1000000.0), ('thousands', 1000.0))
    >>> header_unit("月額(円)"), header_unit("千円札の枚数")
    (('', 1.0), ('', 1.0))
    """
    plain = unicodedata.normalize("NFKC", header).strip()
    if found := _HEADER.search(plain) or _END.search(plain):
        return found["unit"], _SUMS[found["unit"]]
    if found := _BRACKET.search(plain.lower()):
        word = found["word"]
        return word, _ENGLISH.get(word) or UNITS[word[0]]
    return "", 1.0


def title_unit(text: str) -> str:
    """The unit that a title above a table says for all its amounts; empty where it says none.

    Parameters
    ----------
    text : str
        A cell.

    >>> title_unit("(単位:百万円)"), title_unit("2024年度 売上")
    ('百万円', '')
    """
    found = _TITLE.search(unicodedata.normalize("NFKC", text))
    return found["unit"] if found else ""


def times(unit: str) -> float:
    """How many times more a unit of yen makes a number.

    Parameters
    ----------
    unit : str
        As ``title_unit`` finds it.

    >>> times("千円")
    1000.0
    """
    return _SUMS[unit]
