"""Numbers and yes-or-no as people write them: separators, currency signs, percent, full-width; letters are refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.sources.units import UNITS

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIGNS = {
    "JPY": "¥|\\\\|円|JPY",
    "USD": "US\\$|\\$|米?ドル|USD",
    "EUR": "€|ユーロ|EUR",
    "GBP": "£|ポンド|GBP",
    "CNY": "人民元|CNY|RMB",
    "KRW": "₩|ウォン|KRW",
}
"""Marks that may stand beside an amount, by the currency of the book; another currency's mark is refused."""
_ANY_SIGN = "|".join(SIGNS.values())
_NUMBER = re.compile(
    r"(?P<minus>[-−△▲]?)\+?(?P<whole>\d{1,3}(,\d{3})+|\d*)(?P<part>\.\d*)?(?P<power>[eE][-+]?\d+)?(?P<percent>%?)"
)
_WITH_UNIT = re.compile(r"([-−△▲]?)((?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:千|百万|千万|十億|万|億|[kKM])?)+)")
_TERM = re.compile(r"([\d,.]+)(千万|十億|百万|千|万|億|[kKM]|$)")
_PLAIN = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", re.ASCII)
_YES = frozenset({"true", "t", "yes", "y", "1", "1.0", "on", "はい", "有", "有り", "あり", "済", "○", "〇", "◯"})
_NO = frozenset({"false", "f", "no", "n", "0", "0.0", "off", "いいえ", "無", "無し", "なし", "未", "×", "✕"})


@dataclass(frozen=True)
class Reading:
    """Values that were read from words.

    Parameters
    ----------
    values : array
        One a word; missing where a word could not be read.
    bad : dict of str to array of bool
        By fault, where.
    cleaned : array of bool or None
        Where the word was not plain, and was read all the same.
    zone : array of bool or None
        Of days: where a time of day named its zone.
    form : str
        Of days: the way of writing that was found, or that probably was meant.
    united : array of bool or None
        Of amounts: where the word bears a unit such as 千円 itself.
    whole : array of bool or None
        Of amounts: where the word says 円 behind the number and no larger unit.

    >>> import numpy as np
    >>> Reading(np.array([1.0])).bad
    {}
    """

    values: NDArray[Any]
    bad: dict[str, NDArray[np.bool_]] = field(default_factory=dict)
    cleaned: NDArray[np.bool_] | None = None
    zone: NDArray[np.bool_] | None = None
    form: str = ""
    united: NDArray[np.bool_] | None = None
    whole: NDArray[np.bool_] | None = None


WITHOUT_CENTS = ("JPY", "KRW")
"""Currencies whose amounts have no decimals."""
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(\.\d{3})+")


def read_numbers(words: list[str], currency: str = "", percent: bool = False, strip: tuple[str, ...] = ()) -> Reading:
    """Numbers from their words.

    Parameters
    ----------
    words : list of str
        None blank.
    currency : str
        Its signs may stand beside the number; empty for plain numbers.
    percent : bool
        Whether ``12%`` is read, as 0.12.
    strip : tuple of str
        Words to take off first.

    Returns
    -------
    Reading
        Whole numbers (int64) where no word has a decimal point, else float64. Faults: ``not_a_number``;
        ``currency_other`` (another currency's sign), ``unit_mixed`` (no unit, where others have 千円 and the like).

    >>> read_numbers(["1,234円", "¥1,234", "１２３４", "△1,234"], "JPY").values.tolist()
    [1234, 1234, 1234, -1234]
    >>> read_numbers(["12%", "0.3"], percent=True).values.tolist()
    [0.12, 0.3]
    >>> read_numbers(["1,2", "30千円"], "JPY").values.tolist(), read_numbers(["2億3,000万円"], "JPY").values.tolist()
    ([nan, 30000.0], [230000000])
    >>> {key: mask.tolist() for key, mask in read_numbers(["$5", "30千円", "45", "9円"], "JPY").bad.items()}
    {'currency_other': [True, False, False, False], 'unit_mixed': [False, False, True, False]}
    """
    if not strip and (plain := _plain(words)) is not None:
        return Reading(plain)
    signs = re.compile(SIGNS.get(currency, re.escape(currency) if currency else "(?!)"))
    texts = [_short(word, strip, signs) for word in words]
    values = np.array([_value(match, percent) if (match := _NUMBER.fullmatch(text)) else np.nan for text in texts])
    wanting = zip(texts, np.isnan(values), strict=True)
    united = np.array([_united(text) if currency and unread else np.nan for text, unread in wanting])
    bad = _bad(words, texts, values, united, currency)
    values = np.where(np.isnan(values), united, values)
    whole = not any(sign in text for text in texts for sign in ".eE%") and bool((values == np.round(values)).all())
    cleaned = np.array([not _PLAIN.fullmatch(word) for word in words], dtype=bool) & ~np.isnan(values)
    yen = np.array([word.rstrip().endswith("円") for word in words], dtype=bool) & np.isnan(united)
    return Reading(values.astype("int64") if whole else values, bad, cleaned, united=~np.isnan(united), whole=yen)


def thousands_refused(reading: Reading, words: list[str], strip: tuple[str, ...] = ()) -> Reading:
    """Amounts without cents, where every point stands before exactly three digits: refused, for ``1.234`` may be 1,234.

    Parameters
    ----------
    reading : Reading
        Of the words.
    words : list of str
        None blank.
    strip : tuple of str
        What the mapping takes off; where the point is among it, nothing is in doubt.

    Returns
    -------
    Reading
        With the fault ``thousands_point``, or as it was.

    >>> [[*thousands_refused(Reading(np.zeros(2)), words).bad] for words in (["1.234", "980"], ["1.234", "0.5"])]
    [['thousands_point'], []]
    """
    pointed = np.array(["." in word for word in words], dtype=bool)
    told = all(_THOUSANDS.fullmatch(word) for word in words if "." in word)
    if not pointed.any() or not told or "." in strip:
        return reading
    return replace(reading, bad={**reading.bad, "thousands_point": pointed})


def _bad(
    words: list[str], texts: list[str], values: NDArray[Any], united: NDArray[Any], currency: str
) -> dict[str, NDArray[np.bool_]]:
    """Where a word is no number, bears another currency's sign, or lacks the unit that others have."""
    unread, known = np.isnan(values) & np.isnan(united), ~np.isnan(values)
    other, bare = np.zeros(len(words), dtype=bool), np.zeros(len(words), dtype=bool)
    if currency and unread.any():
        foreign = re.compile("|".join(signs for name, signs in SIGNS.items() if name != currency))
        other = np.array([no and bool(foreign.search(text)) for text, no in zip(texts, unread, strict=True)])
    if not np.isnan(united).all():
        plain = np.array([_PLAIN.fullmatch(word) is not None for word in words], dtype=bool)
        bare = known & (values != 0) & plain
    found = {"currency_other": other, "unit_mixed": bare, "not_a_number": unread & ~other}
    return {key: mask for key, mask in found.items() if mask.any()}


def currencies(words: Iterable[str]) -> list[str]:
    """The currencies whose signs stand in some words.

    Parameters
    ----------
    words : iterable of str

    >>> currencies(["$12", "€3", "12円", "none"])
    ['EUR', 'JPY', 'USD']
    """
    together = "".join({sign for word in words for sign in re.findall(_ANY_SIGN, unicodedata.normalize("NFKC", word))})
    return sorted(name for name, signs in SIGNS.items() if re.search(signs, together))


def _united(text: str) -> float:
    """The number in a word with units of thousands and more, such as 2億3,000万; not one where there is none."""
    found = _WITH_UNIT.fullmatch(text)
    if not found or text[-1].isdigit():
        return np.nan
    value = sum(
        float(number.replace(",", "")) * UNITS.get(unit.lower(), 1.0) for number, unit in _TERM.findall(found[2])
    )
    return -value if found[1] else value


def _plain(words: list[str]) -> NDArray[Any] | None:
    """The numbers, where every word is a plain one; None otherwise. The usual case, and quick."""
    together = "".join(words)
    if "_" in together or not together.isascii():
        return None
    cells = np.array(words, dtype="object")
    for kind in ("int64", "float64"):
        try:
            values = cells.astype(kind)
        except (ValueError, OverflowError):
            continue
        return values if np.isfinite(values).all() else None
    return None


def _short(word: str, strip: tuple[str, ...], signs: re.Pattern[str]) -> str:
    """A word without full-width forms, spaces, currency signs and whatever the mapping takes off."""
    for part in strip:
        word = word.replace(part, "")
    return signs.sub("", re.sub(r"\s", "", unicodedata.normalize("NFKC", word)))


def _value(match: re.Match[str], percent: bool) -> float:
    """The number that was matched; not one, where no digit stands in it or a percent sign may not."""
    digits = match["whole"].replace(",", "") + (match["part"] or "")
    if digits in ("", ".") or (match["percent"] and (match["power"] or not percent)):
        return np.nan
    value = float(digits + ("e-2" if match["percent"] else match["power"] or ""))
    return -value if match["minus"] else value


def read_flags(words: list[str], inverted: bool = False) -> Reading:
    """Yes or no from their words, in English, Japanese or as 1 and 0.

    Parameters
    ----------
    words : list of str
        None blank.
    inverted : bool
        Whether a yes of the file is our no.

    Returns
    -------
    Reading
        ``True`` and ``False``. Fault: ``not_a_flag``.

    >>> read_flags(["Yes", "いいえ", "1"]).values.tolist(), read_flags(["Yes"], inverted=True).values.tolist()
    ([True, False, True], [False])
    """
    folded = [unicodedata.normalize("NFKC", word).casefold() for word in words]
    yes = np.array([word in _YES for word in folded], dtype=bool)
    no = np.array([word in _NO for word in folded], dtype=bool)
    bad = {"not_a_flag": ~(yes | no)} if not (yes | no).all() else {}
    return Reading((no if inverted else yes).astype("object" if bad else bool), bad)
