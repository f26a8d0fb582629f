"""Days and months as people write them. One column, one way of writing; what could be two days is not guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

DAY_FORMS = {
    "YYYY-MM-DD": r"\d{4}-\d{1,2}-\d{1,2}",
    "YYYY/MM/DD": r"\d{4}/\d{1,2}/\d{1,2}",
    "YYYY.MM.DD": r"\d{4}\.\d{1,2}\.\d{1,2}",
    "YYYY年MM月DD日": r"\d{4}年\d{1,2}月\d{1,2}日",
    "YYYYMMDD": r"(19|20)\d{6}",
}
MONTH_FORMS = {
    "YYYY-MM": r"\d{4}-\d{1,2}",
    "YYYY/MM": r"\d{4}/\d{1,2}",
    "YYYY年MM月": r"\d{4}年\d{1,2}月",
    "YYYYMM": r"(19|20)\d{4}",
}
_TWO_WAYS = re.compile(r"\d{1,2}([/.-])\d{1,2}\1(\d{4}|\d{2})")
_CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(?P<zone>Z|[+-]\d{2}:?\d{2})?$")
_TOKENS = {"YYYY": "%Y", "YY": "%y", "MM": "%m", "M": "%m", "DD": "%d", "D": "%d", "hh": "%H", "mm": "%M", "ss": "%S"}
_FIRST, _LAST = np.datetime64("1900-01-01"), np.datetime64("2199-12-31")
_NONE = np.datetime64("NaT", "ns")


def spelling(form: str) -> str:
    """The ``strptime`` form of a format written with YYYY, YY, MM, M, DD, D (and hh, mm, ss); empty if it is none.

    Parameters
    ----------
    form : str
        Such as ``"DD/MM/YYYY"``.

    >>> spelling("DD/MM/YYYY"), spelling("YYYY年M月D日"), spelling("%d/%m/%Y")
    ('%d/%m/%Y', '%Y年%m月%d日', '')
    """
    if "%" in form or not {"Y", "M"} <= set(form):
        return ""
    return re.sub("|".join(_TOKENS), lambda token: _TOKENS[token[0]], form)


@dataclass(frozen=True)
class Days:
    """Days that were read from words.

    Parameters
    ----------
    days : array of datetime64[ns]
        ``NaT`` where a word is no day.
    bad : dict of str to array of bool
        By fault: ``date_two_ways`` (day and month could be exchanged), ``date_mixed`` (another way of writing than
        most), ``date_unlikely`` (before 1900 or after 2199), ``date_not_as_declared``, ``not_a_date``.
    clock : array of bool
        Where a time of day was left off.
    zone : array of bool
        Where that time named its zone, so that the day may be another one here.
    form : str
        The way of writing that was found, or that probably was meant.

    >>> import numpy as np
    >>> Days(np.array(["2024-04-01"], "datetime64[ns]")).bad
    {}
    """

    days: NDArray[np.datetime64]
    bad: dict[str, NDArray[np.bool_]] = field(default_factory=dict)
    clock: NDArray[np.bool_] | None = None
    zone: NDArray[np.bool_] | None = None
    form: str = ""


def read_days(words: list[str], form: str = "", months: bool = False) -> Days:
    """Days from their words.

    Parameters
    ----------
    words : list of str
        Different words, none blank.
    form : str
        As declared, such as ``"DD/MM/YYYY"``; empty to find out.
    months : bool
        Whether a month alone (``2024-04``) is also a day: its first.

    Returns
    -------
    Days
        Days, what could not be read, and the way of writing.

    >>> read_days(["2024年4月1日", "2024年12月31日"]).days.astype("datetime64[D]").tolist()
    [datetime.date(2024, 4, 1), datetime.date(2024, 12, 31)]
    >>> list(read_days(["03/04/2024"]).bad), list(read_days(["03/04/2024"], "DD/MM/YYYY").bad)
    (['date_two_ways'], [])
    """
    import pandas as pd

    if not words:
        return Days(np.zeros(0, dtype="datetime64[ns]"))
    if not form:
        plain = pd.to_datetime(words, format="%Y-%m-%d", errors="coerce")
        if plain.notna().all() and plain.min() >= _FIRST and plain.max() <= _LAST:
            return Days(plain.to_numpy("datetime64[ns]"))
    text = np.array([unicodedata.normalize("NFKC", word) for word in words])
    short = text if "hh" in form else np.array([_CLOCK.sub("", word) for word in text])
    read = _as_declared(short, form) if form else _by_one_form(short, DAY_FORMS | MONTH_FORMS if months else DAY_FORMS)
    bad = {key: mask for key, mask in read.bad.items() if mask.any()}
    zone = np.array([bool((clock := _CLOCK.search(word)) and clock["zone"]) for word in text])
    return replace(read, bad=bad, clock=(text != short) & ~zone, zone=zone)


def _as_declared(words: NDArray[np.str_], form: str) -> Days:
    """Days by a declared form, to which every word must keep."""
    import pandas as pd

    days = pd.to_datetime(words, format=spelling(form), errors="coerce").normalize()
    return Days(days.to_numpy("datetime64[ns]"), {"date_not_as_declared": np.asarray(days.isna())}, form=form)


def _by_one_form(words: NDArray[np.str_], forms: Mapping[str, str]) -> Days:
    """Days by the form that most words share; the others, and days that could be two, are not read."""
    import pandas as pd

    found = np.array([next((name for name, shape in forms.items() if re.fullmatch(shape, word)), "") for word in words])
    two_ways = np.array([bool(_TWO_WAYS.fullmatch(word)) for word in words])
    used, counts = np.unique(found[found != ""], return_counts=True)
    main = str(used[counts.argmax()]) if used.size and counts.max() >= two_ways.sum() else ""
    if not main:
        form = _meant(words[two_ways]) if two_ways.any() else "YYYY-MM-DD"
        bad = {"date_two_ways": two_ways, "date_mixed": found != "", "not_a_date": ~two_ways & (found == "")}
        return Days(np.full(words.size, _NONE), bad, form=form)
    days = pd.to_datetime(np.where(found == main, words, ""), format=spelling(main), errors="coerce")
    unlikely = (found == main) & ~np.isin([word[:2] for word in words], ("19", "20", "21"))
    mixed = (found != main) & ((found != "") | two_ways)
    unread = np.asarray(days.isna()) & ~unlikely & ~mixed
    bad = {"date_mixed": mixed, "date_unlikely": unlikely, "not_a_date": unread}
    return Days(days.to_numpy("datetime64[ns]"), bad, form=main)


def _like_years(numbers: list[str]) -> tuple[int, bool]:
    """How far two-digit numbers are from being the years of a column (few, and 10 to 40); less is nearer."""
    return len(set(numbers)), not all(10 <= int(number) <= 40 for number in numbers)


def _meant(words: NDArray[np.str_]) -> str:
    """The form that day-and-month words are likely in: told where a number is no month, or is the same throughout."""
    parts = [re.split(r"([/.-])", word) for word in words]
    mark, short = parts[0][1], len(parts[0][4]) == 2
    if any(int(part[2]) > 12 for part in parts):
        return mark.join(["MM", "DD", "YY" if short else "YYYY"])
    if short and _like_years([part[0] for part in parts]) <= _like_years([part[4] for part in parts]):
        return mark.join(["YY", "MM", "DD"])
    return mark.join(["DD", "MM", "YY" if short else "YYYY"])
