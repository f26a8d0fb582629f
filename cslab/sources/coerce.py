"""A column of text made into a column of its kind. Each different word is read once, however long the column."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.sources.calendars import FISCAL
from cslab.sources.dates import USUAL, Calendar, read_days
from cslab.sources.findings import EXAMPLES, Findings, counted, shown, translations
from cslab.sources.numbers import WITHOUT_CENTS, Reading, currencies, read_flags, read_numbers, thousands_refused
from cslab.sources.rules import FOR_KINDS, Rule
from cslab.tables import Column

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

NUMBERS = FOR_KINDS["multiply_by"]
FEW_WORDS = 50
"""Up to so many different words an unknown text column is a category."""


@dataclass(frozen=True)
class Place:
    """Where a column stands, for the messages, and what it should hold.

    Parameters
    ----------
    file : str
        The file's name.
    header : str
        The column's name there.
    column : Column
        Ours.
    currency : str
        Of the book.
    letter : str
        Of a sheet: the column's letters.
    times : float
        How many times more an amount is than what stands in the cell, by a unit that the header or a title says.
    unit : str
        That unit, as it is written.
    calendar : Calendar
        How days are counted there.

    >>> from cslab.tables import TABLES
    >>> Place("a.csv", "規模", TABLES["accounts"].column("segment"), "JPY").name
    '規模 (segment)'
    """

    file: str
    header: str
    column: Column
    currency: str
    letter: str = ""
    times: float = 1.0
    unit: str = ""
    calendar: Calendar = USUAL

    @property
    def name(self) -> str:
        """The file's name for the column, with ours where it differs, and its letters in a sheet."""
        ours = self.column.name
        name = ours if self.header in ("", ours) else f"{self.header} ({ours})"
        return f"{name} [{self.letter}]" if self.letter else name


def coerce(cells: pd.Series, rule: Rule, place: Place, findings: Findings) -> pd.Series:
    """A column of its declared kind.

    Parameters
    ----------
    cells : Series of str
        Index: row numbers of the file.
    rule : Rule
        The mapping's settings for the column.
    place : Place
        Names for the messages, the kind, the currency.
    findings : Findings
        Where faults and counts go.

    Returns
    -------
    Series
        ids, text and categories as str; dates and months as datetime64[ns]; money and rates as float64; counts as int64
        and flags as bool (Int64 and boolean where a cell is or may be blank); other numbers as int64, or float64 where
        a cell is or may be blank or has a decimal point. Blank stays missing.

    >>> import pandas as pd
    >>> from cslab.tables import TABLES
    >>> place = Place("contracts.csv", "月額", TABLES["contracts"].column("mrr_amount"), "JPY")
    >>> coerce(pd.Series(["1,234円", ""], index=[2, 3]), Rule(), place, Findings()).tolist()
    [1234.0, nan]
    """
    import pandas as pd

    codes, words = pd.factorize(cells)
    plain = _words(words.tolist(), rule, place.column)
    known = np.array([word != "" for word in plain], dtype=bool)
    _trim_note(cells, codes, words.tolist(), place, findings)
    _slip_notes(codes, words.tolist(), rule, place, findings)
    if rule.otherwise:
        _otherwise_note(cells, rule, place, findings)
    reading = _read([word for word in plain if word], rule, place, findings)
    _report(cells, codes, known, reading, place, findings)
    bare = reading.united is None or not reading.united.all()
    if place.unit and rule.multiply_by == 1 and known.any() and bare:
        findings.note("unit_from_header", file=place.file, column=place.name, unit=place.unit, times=place.times)
    values = _in_kind(spread(reading.values, known), place.column)
    return pd.Series(values[codes], index=cells.index, name=place.column.name)


def _words(words: list[str], rule: Rule, column: Column) -> list[str]:
    """The cells' words without outer spaces, corrected, translated, and blank where they stand for nothing."""
    plain = [rule.corrects.get(word.strip(), word.strip()) for word in words]
    if rule.values:
        plain = [rule.values.get(word, word) for word in plain]
    if rule.missing:
        plain = ["" if word in rule.missing else word for word in plain]
    if rule.otherwise:
        plain = [word if word in ("", *column.values) else rule.otherwise for word in plain]
    return plain


def _otherwise_note(cells: pd.Series, rule: Rule, place: Place, findings: Findings) -> None:
    """Count the words that the mapping does not name one by one."""
    words = cells.str.strip()
    others = words[~words.isin(["", *rule.values, *rule.corrects, *rule.missing, *place.column.values])]
    if len(others):
        values = {"count": len(others), "words": counted(others), "meant": rule.otherwise}
        findings.note("otherwise_words", file=place.file, column=place.name, **values)


def _trim_note(cells: pd.Series, codes: NDArray[np.intp], words: list[str], place: Place, findings: Findings) -> None:
    """Count the words that had spaces around them: elsewhere, in a join or a filter, they would be other words."""
    trimmed = np.array([word != word.strip() != "" for word in words], dtype=bool)
    if trimmed.any():
        rows = np.flatnonzero(trimmed[codes])
        example = cells.iloc[rows[0]]
        findings.note("cells_trimmed", file=place.file, column=place.name, count=len(rows), example=example)


def _slip_notes(codes: NDArray[np.intp], words: list[str], rule: Rule, place: Place, findings: Findings) -> None:
    """Count each slip of the file that the mapping corrects."""
    for slip, meant in rule.corrects.items():
        count = int(np.isin(codes, [at for at, word in enumerate(words) if word.strip() == slip]).sum())
        if count:
            findings.note("slip_corrected", file=place.file, column=place.name, count=count, slip=slip, meant=meant)


def _read(words: list[str], rule: Rule, place: Place, findings: Findings) -> Reading:
    """The values of different words, by the kind of the column."""
    kind = place.column.kind
    if kind in ("date", "month"):
        return _days(words, rule, place)
    if kind == "flag":
        return read_flags(words, rule.inverted)
    if kind in NUMBERS:
        return _numbers(words, rule, place)
    return _known_words(words, place.column.values) if place.column.values else Reading(np.array(words, dtype="object"))


def _known_words(words: list[str], known: tuple[str, ...]) -> Reading:
    """The words of a category; capitals and full-width letters make no other word."""
    plain = {_plain(word): word for word in known}
    values = np.array([plain.get(_plain(word), "") for word in words], dtype="object")
    bad = np.array([word not in known for word in values], dtype=bool)
    cleaned = ~bad & (values != np.array(words, dtype="object"))
    return Reading(np.where(bad, np.nan, values), {"unknown_value": bad} if bad.any() else {}, cleaned)


def _plain(word: str) -> str:
    """A word without capitals and full-width letters."""
    return unicodedata.normalize("NFKC", word).casefold()


def _days(words: list[str], rule: Rule, place: Place) -> Reading:
    """Days; of months the first day, of the last day in force the day after."""
    calendar = replace(place.calendar, last=rule.inclusive)
    read = read_days(words, rule.date_format, place.column.kind == "month", calendar)
    days = read.days
    if place.column.kind == "month":
        days = days.astype("datetime64[M]").astype("datetime64[ns]")
    if rule.inclusive:
        days = days + np.timedelta64(1, "D")
    moved = (days != read.days) & ~np.isnat(days) if place.column.kind == "month" else np.zeros(len(words), dtype=bool)
    for mask in (read.clock, read.moved):
        moved = moved if mask is None else moved | mask
    return Reading(days, read.bad, moved, read.zone, read.form)


def _numbers(words: list[str], rule: Rule, place: Place) -> Reading:
    """Numbers in the book's unit; counts must be whole."""
    kind = place.column.kind
    reading = read_numbers(words, place.currency if kind == "money" else "", kind == "rate", rule.strip)
    if kind == "money" and place.currency in WITHOUT_CENTS and rule.multiply_by == place.times == 1:
        reading = thousands_refused(reading, words, rule.strip)
    reading = _in_one_unit(reading, rule, place)
    values = reading.values
    factor = rule.multiply_by / rule.divide_by
    if factor != 1:
        values = values * factor
    if kind != "count" or values.dtype.kind == "i":
        return replace(reading, values=values)
    part = ~np.isnan(values) & (values != np.round(values))
    values = np.where(part, np.nan, values)
    if np.isnan(values).any():
        return replace(reading, values=values, bad={**reading.bad, **({"not_whole": part} if part.any() else {})})
    return replace(reading, values=values.astype("int64"))


def _in_one_unit(reading: Reading, rule: Rule, place: Place) -> Reading:
    """Amounts times the unit of their header, but for those whose cell says the unit; 円 contradicts such a header."""
    if rule.multiply_by != 1 and reading.united is not None and reading.united.any():
        return replace(reading, bad={**reading.bad, "unit_twice": reading.united})
    if place.times == 1 or rule.multiply_by != 1:
        return reading
    times = place.times if reading.united is None else np.where(reading.united, 1, place.times)
    against = reading.whole is not None and reading.whole.any()
    bad = {**reading.bad, "unit_against": reading.whole} if against and reading.whole is not None else reading.bad
    return replace(reading, values=reading.values * times, bad=bad)


def _in_kind(values: NDArray[Any], column: Column) -> Any:
    """The values in the type that the column has in every book: nullable where cells are blank or known only later."""
    import pandas as pd

    if column.kind in ("money", "rate") or (column.kind == "number" and column.known_from):
        return values.astype("float64")
    if column.kind == "count" and (values.dtype.kind == "f" or column.known_from):
        return pd.array(values, dtype="Int64")
    if column.kind == "flag" and (values.dtype.kind == "O" or column.known_from):
        return pd.array(values, dtype="boolean")
    return values


def spread(values: NDArray[Any], known: NDArray[np.bool_]) -> NDArray[Any]:
    """Values of the known words at their places among all words, missing between them.

    Parameters
    ----------
    values : array
        One a known word.
    known : array of bool
        One a word: whether anything stands in it.

    Returns
    -------
    array
        As long as ``known``; whole numbers become float64 and flags object where something is missing.

    >>> spread(np.array([7]), np.array([True, False])).tolist()
    [7.0, nan]
    """
    if known.all():
        return values
    blank = np.datetime64("NaT", "ns") if values.dtype.kind == "M" else np.nan
    kinds = {"M": "datetime64[ns]", "i": "float64", "f": "float64"}
    full = np.full(known.size, blank, dtype=kinds.get(values.dtype.kind, "object"))
    full[known] = values
    return full


def _report(
    cells: pd.Series,
    codes: NDArray[Any],
    known: NDArray[Any],
    reading: Reading,
    place: Place,
    findings: Findings,
) -> None:
    """A fault for each way in which words could not be read, and a note that counts what was read all the same."""
    for key, mask in reading.bad.items():
        rows = _cells_of(mask, known, codes)
        findings.unread.setdefault((place.file, place.column.name), set()).update(cells.index[rows])
        values = {"file": place.file, "column": place.name, "ours": place.column.name, "count": len(rows)}
        offending = cells.iloc[rows]
        where = (
            counted(offending) if key == "unknown_value" else shown(offending.index[:EXAMPLES], offending[:EXAMPLES])
        )
        advice = _advice(key, reading, place, offending)
        findings.fault(key, **values, **advice, row=offending.index[0], where=where)
    for key, cleaned in (("cells_cleaned", reading.cleaned), ("clock_zone", reading.zone)):
        if cleaned is not None and cleaned.any():
            rows = _cells_of(cleaned, known, codes)
            example = cells.iloc[rows[0]].strip()
            findings.note(key, file=place.file, column=place.name, count=len(rows), example=example)
    if reading.form == FISCAL and place.calendar.fiscal:
        findings.note("fiscal_periods", file=place.file, column=place.name, month=place.calendar.fiscal)


def _cells_of(words: NDArray[np.bool_], known: NDArray[np.bool_], codes: NDArray[np.intp]) -> NDArray[np.intp]:
    """The places of the cells that hold some of the known words."""
    full = np.zeros(known.size, dtype=bool)
    full[known] = words
    return np.flatnonzero(full[codes])


def _advice(key: str, reading: Reading, place: Place, cells: pd.Series) -> dict[str, str]:
    """What a message needs to say how to go on: the known words, the likely date format, the line for the mapping."""
    known = place.column.values
    return {
        "known": ", ".join(known),
        "pairs": translations(cells, known) if known else "",
        "form": reading.form,
        "header": place.header,
        "value": cells.iloc[0].strip(),
        "currency": place.currency,
        "unit": place.unit,
        "found": ", ".join(currencies(cells)) if key == "currency_other" else "",
    }
