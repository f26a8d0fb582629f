"""Days that are not written by the common calendar, put into ISO: 和暦, fiscal years and quarters, day numbers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

ERAS = {
    "令和": (dt.date(2019, 5, 1), dt.date(2100, 12, 31)),
    "平成": (dt.date(1989, 1, 8), dt.date(2019, 4, 30)),
    "昭和": (dt.date(1926, 12, 25), dt.date(1989, 1, 7)),
}
"""First and last day of each era."""
SERIALS = {"excel": "1900", "excel1904": "1904"}
"""What a mapping writes as ``date_format`` for day numbers, and the year from which they count."""
ERA, FISCAL = "令和YY年MM月DD日", "YYYY年度"
_ZERO = {"1900": dt.date(1899, 12, 30), "1904": dt.date(1904, 1, 1)}
_NAMES = {"R": "令和", "H": "平成", "S": "昭和", "令": "令和", "平": "平成", "昭": "昭和"}
_YEAR = r"(?P<era>令和|平成|昭和|[RHS令平昭])\s*\.?\s*(?P<year>元|\d{1,2})"
_KANJI_DAY = r"\s*年\s*(?P<m>\d{1,2})\s*月(?:\s*(?P<d>\d{1,2})\s*日)?"
_MARKED_DAY = r"(?P<mark>[./-])(?P<m2>\d{1,2})((?P=mark)(?P<d2>\d{1,2}))?"
_ERA_DAY = re.compile(rf"{_YEAR}(?:{_KANJI_DAY}|{_MARKED_DAY})", re.IGNORECASE)
_WHEN = rf"(?:{_YEAR}\s*年度|(?P<fy>FY|')?\s*'?(?P<common>\d{{4}}|\d{{2}})\s*(?P<nendo>年度)?)"
_QUARTER = r"第?\s*(?P<q>[1-4一二三四])\s*四半期|Q(?P<q2>[1-4])|(?P<q3>[1-4])Q"
_PART = rf"(?:{_QUARTER}|(?P<half>上|下)半?期|H(?P<h>[12])|(?P<h2>[12])H)"
_FISCAL = (
    re.compile(rf"{_WHEN}[\s_/-]*{_PART}?", re.IGNORECASE),
    re.compile(rf"{_PART}[\s_/'-]*{_WHEN}", re.IGNORECASE),
)
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_SERIAL_RANGE = range(31_000, 74_000)
"""Day numbers of 1984 to 2106, whichever year they count from."""
_KANJI = {"一": 1, "二": 2, "三": 3, "四": 4}


@dataclass(frozen=True)
class Translated:
    """Words with those of another calendar put into ISO.

    Parameters
    ----------
    words : array of str
    forms : array of str
        ``ERA`` or ``FISCAL`` where a word was of that kind, else empty.
    moved : array of bool
        Where a word was put into ISO.
    bad : dict of str to array of bool
        ``date_era`` (an era that had not begun or was over), ``date_fiscal`` (nobody said when fiscal years begin),
        ``date_serial`` (a day number of a spreadsheet, outside of one).

    >>> translated(["令和6年4月1日", "soon"]).words.tolist()
    ['2024-04-01', 'soon']
    """

    words: NDArray[np.str_]
    forms: NDArray[np.str_]
    moved: NDArray[np.bool_]
    bad: dict[str, NDArray[np.bool_]]


def translated(words: Sequence[str], fiscal: int = 0, serial: str = "", last: bool = False) -> Translated:
    """Words with those of another calendar put into ISO; all others as they are.

    Parameters
    ----------
    words : sequence of str
        Without full-width forms.
    fiscal : int
        Month in which fiscal years begin; 0 where nobody said.
    serial : str
        Year from which day numbers count, ``"1900"`` or ``"1904"``; empty where there should be none.
    last : bool
        Whether a fiscal year or quarter stands for its last day, not its first.

    Returns
    -------
    Translated

    >>> translated(["R6.4.1", "平成元年1月8日", "昭和64年1月7日", "令和6年4月"]).words.tolist()
    ['2024-04-01', '1989-01-08', '1989-01-07', '2024-04']
    >>> translated(["2024年度", "FY24 Q2", "2024年度第4四半期", "令和6年度下期"], fiscal=4).words.tolist()
    ['2024-04-01', '2024-07-01', '2025-01-01', '2024-10-01']
    >>> translated(["2024年度", "24Q1"], fiscal=4, last=True).words.tolist()
    ['2025-03-31', '2024-06-30']
    >>> {key: mask.tolist() for key, mask in translated(["平成35年4月1日", "24Q1", "45383"]).bad.items()}
    {'date_era': [True, False, False], 'date_fiscal': [False, True, False], 'date_serial': [False, False, True]}
    >>> translated(["45383"], serial="1900").words.tolist()
    ['2024-04-01']
    """
    result, forms = list(words), [""] * len(words)
    bad = {key: np.zeros(len(words), dtype=bool) for key in ("date_era", "date_fiscal", "date_serial")}
    for at, word in enumerate(words):
        if found := _ERA_DAY.fullmatch(word):
            result[at], forms[at] = _era_day(found), ERA
            bad["date_era"][at] = not result[at]
        elif period := _period(word):
            result[at], forms[at] = _fiscal_day(*period, fiscal, last) if fiscal else "", FISCAL
            bad["date_fiscal"][at] = not fiscal
        elif _SERIAL.fullmatch(word) and int(word[:5]) in _SERIAL_RANGE:
            result[at] = str(_ZERO[serial] + dt.timedelta(int(word[:5]))) if serial else ""
            bad["date_serial"][at] = not serial
    moved = np.array([bool(new) and new != old for new, old in zip(result, words, strict=True)], dtype=bool)
    return Translated(np.array(result, dtype=str), np.array(forms, dtype=str), moved, bad)


def _era_year(era: str, year: str) -> int:
    """The common year of an era's."""
    return ERAS[_NAMES.get(era.upper(), era)][0].year + (1 if year == "元" else int(year)) - 1


def _era_day(found: re.Match[str]) -> str:
    """A day or month in ISO; empty where the era had not begun or was over."""
    year = _era_year(found["era"], found["year"])
    month, day = int(found["m"] or found["m2"]), int(found["d"] or found["d2"] or 0)
    first, last = ERAS[_NAMES.get(found["era"].upper(), found["era"])]
    if day:
        inside = (first.year, first.month, first.day) <= (year, month, day) <= (last.year, last.month, last.day)
        return f"{year}-{month:02d}-{day:02d}" if inside else ""
    return f"{year}-{month:02d}" if (first.year, first.month) <= (year, month) <= (last.year, last.month) else ""


def _period(word: str) -> tuple[int, int, int] | None:
    """A fiscal year, the months before its part, and the months of that part; None for any other word."""
    found = next(filter(None, (form.fullmatch(word) for form in _FISCAL)), None)
    if found is None:
        return None
    quarter = found["q"] or found["q2"] or found["q3"]
    half = found["half"] or found["h"] or found["h2"]
    if not (found["era"] or found["fy"] or found["nendo"] or quarter or half):
        return None
    year = _era_year(found["era"], found["year"]) if found["era"] else int(found["common"])
    year += 2000 if year < 100 else 0
    if quarter:
        return year, 3 * (_KANJI.get(quarter) or int(quarter)) - 3, 3
    return (year, 6 * (half in ("下", "2")), 6) if half else (year, 0, 12)


def _fiscal_day(year: int, before: int, months: int, fiscal: int, last: bool) -> str:
    """The first or the last day of a part of a fiscal year, in ISO."""
    count = 12 * year + fiscal - 1 + before + (months if last else 0)
    day = dt.date(count // 12, count % 12 + 1, 1)
    return str(day - dt.timedelta(1) if last else day)
