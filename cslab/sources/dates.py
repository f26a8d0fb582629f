"""Days and months as people write them. One column, one way of writing; what could be two days is not guessed."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from cslab.sources.calendars import ERA, FISCAL, SERIALS, translated

if TYPE_CHECKING:
    import pandas as pd
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
_WEEKDAY = re.compile(r"\s*\([月火水木金土日](曜日?)?(・?祝)?\)(?=\s|$)")
_TWO_WAYS = re.compile(r"\d{1,2}([/.-])\d{1,2}\1(\d{4}|\d{2})")
_CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(?P<zone>Z|[+-]\d{2}:?\d{2})?$")
_TOKENS = {"YYYY": "%Y", "YY": "%y", "MM": "%m", "M": "%m", "DD": "%d", "D": "%d", "hh": "%H", "mm": "%M", "ss": "%S"}
LIKELY = (1990, 2100)
"""First and last year in which something of a company's records happens."""
POSSIBLE = (1900, 2199)
"""The same for days of which nothing is known."""
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
        most), ``date_unlikely`` (before 1990 or after 2100), ``date_not_as_declared``, ``not_a_date``, and what
        ``calendars.translated`` finds.
    clock : array of bool
        Where a time of day was left off.
    zone : array of bool
        Where that time named its zone, so that the day may be another one here.
    moved : array of bool
        Where a word was of another calendar: 和暦, a fiscal year, a day number.
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
    moved: NDArray[np.bool_] | None = None
    form: str = ""


@dataclass(frozen=True)
class Calendar:
    """How the days of a file are counted.

    Parameters
    ----------
    fiscal : int
        Month in which fiscal years begin; 0 where nobody said.
    serial : str
        Year from which bare day numbers count; empty where there should be none.
    last : bool
        Whether a fiscal year or quarter stands for its last day.
    years : tuple of (int, int)
        First and last year that are believed.

    >>> Calendar().years
    (1990, 2100)
    """

    fiscal: int = 0
    serial: str = ""
    last: bool = False
    years: tuple[int, int] = LIKELY


USUAL = Calendar()
"""Where nothing is said of it."""


def read_days(words: list[str], form: str = "", months: bool = False, calendar: Calendar = USUAL) -> Days:
    """Days from their words.

    Parameters
    ----------
    words : list of str
        Different words, none blank.
    form : str
        As declared, such as ``"DD/MM/YYYY"``; empty to find out.
    months : bool
        Whether a month alone (``2024-04``) is also a day: its first.
    calendar : Calendar
        When fiscal years begin, from when day numbers count, which years are believed.

    Returns
    -------
    Days
        Days, what could not be read, and the way of writing.

    >>> read_days(["2024年4月1日", "令和6年12月31日"][1:]).days.astype("datetime64[D]").tolist()
    [datetime.date(2024, 12, 31)]
    >>> list(read_days(["03/04/2024"]).bad), list(read_days(["03/04/2024"], "DD/MM/YYYY").bad)
    (['date_two_ways'], [])
    """
    import pandas as pd

    if not words:
        return Days(np.zeros(0, dtype="datetime64[ns]"))
    if not form:
        plain = pd.to_datetime(words, format="%Y-%m-%d", errors="coerce")
        if plain.notna().all() and calendar.years[0] <= plain.year.min() and plain.year.max() <= calendar.years[1]:
            return Days(plain.to_numpy("datetime64[ns]"))
    text = np.array([_WEEKDAY.sub("", unicodedata.normalize("NFKC", word)).strip() for word in words])
    short = text if "hh" in form else np.array([_CLOCK.sub("", word) for word in text])
    serial = SERIALS.get(form, calendar.serial)
    read = _as_declared(short, form) if spelling(form) else _found(short, months, replace(calendar, serial=serial))
    bad = {key: mask for key, mask in _believed(short, read, calendar.years).items() if mask.any()}
    days = np.where(np.logical_or.reduce([*bad.values(), np.zeros(len(words), dtype=bool)]), _NONE, read.days)
    zone = np.array([bool((clock := _CLOCK.search(word)) and clock["zone"]) for word in text])
    return replace(read, days=days, bad=bad, clock=(text != short) & ~zone, zone=zone)


def _believed(words: NDArray[np.str_], read: Days, years: tuple[int, int]) -> dict[str, NDArray[np.bool_]]:
    """What could not be read, with the days of years that are not believed."""
    year = read.days.astype("datetime64[Y]").astype("int64") + 1970
    known = ~np.isnat(read.days)
    odd = known & ((year < years[0]) | (year > years[1]))
    far = read.bad.get("date_unlikely", np.zeros(words.size, dtype=bool))
    return {**read.bad, "date_unlikely": odd | far}


def _as_declared(words: NDArray[np.str_], form: str) -> Days:
    """Days by a declared form, to which every word must keep; pandas does not hold those that are very far."""
    import pandas as pd

    days = pd.to_datetime(words, format=spelling(form), errors="coerce").normalize()
    unread = np.asarray(days.isna())
    far = np.array([no and _is_day(word, spelling(form)) for word, no in zip(words, unread, strict=True)])
    bad = {"date_not_as_declared": unread & ~far, "date_unlikely": far}
    return Days(days.to_numpy("datetime64[ns]"), bad, form=form)


def _is_day(word: str, form: str) -> bool:
    """Whether a word is a day of any year."""
    try:
        return bool(dt.datetime.strptime(word, form))
    except ValueError:
        return False


def _found(words: NDArray[np.str_], months: bool, calendar: Calendar) -> Days:
    """Days whose way of writing has to be found; those of other calendars are put into ISO before."""
    said = translated(words.tolist(), calendar.fiscal, calendar.serial, calendar.last)
    read = _by_one_form(said.words, said.forms, DAY_FORMS | MONTH_FORMS if months else DAY_FORMS)
    told = np.logical_or.reduce([*said.bad.values()])
    bad = {**{key: mask & ~told for key, mask in read.bad.items()}, **said.bad}
    return replace(read, bad=bad, moved=said.moved)


def _by_one_form(words: NDArray[np.str_], known: NDArray[np.str_], forms: Mapping[str, str]) -> Days:
    """Days by the form that most words share; the others, and days that could be two, are not read."""
    shapes = [next((name for name, shape in forms.items() if re.fullmatch(shape, word)), "") for word in words]
    found = np.where((known != "") & (np.array(shapes) != ""), known, shapes)
    two_ways = np.array([bool(_TWO_WAYS.fullmatch(word)) for word in words])
    used, counts = np.unique(found[found != ""], return_counts=True)
    main = str(used[counts.argmax()]) if used.size and counts.max() >= two_ways.sum() else ""
    if not main:
        form = _meant(words[two_ways]) if two_ways.any() else "YYYY-MM-DD"
        bad = {"date_two_ways": two_ways, "date_mixed": found != "", "not_a_date": ~two_ways & (found == "")}
        return Days(np.full(words.size, _NONE), bad, form=form)
    days = _in_form(np.where(found == main, words, ""), main)
    unlikely = (found == main) & ~np.isin([word[:2] for word in words], ("19", "20", "21"))
    mixed = (found != main) & ((found != "") | two_ways)
    unread = np.asarray(days.isna()) & ~unlikely & ~mixed
    bad = {"date_mixed": mixed, "date_unlikely": unlikely, "not_a_date": unread}
    return Days(days.to_numpy("datetime64[ns]"), bad, form=main)


def _in_form(words: NDArray[np.str_], form: str) -> pd.DatetimeIndex:
    """Days that are all written in one form; those of another calendar are in ISO by now, some of them months."""
    import pandas as pd

    if form not in (ERA, FISCAL):
        return pd.to_datetime(words, format=spelling(form), errors="coerce")
    months = np.char.str_len(words) == len("YYYY-MM")
    return pd.to_datetime(np.where(months, np.char.add(words, "-01"), words), format="%Y-%m-%d", errors="coerce")


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
