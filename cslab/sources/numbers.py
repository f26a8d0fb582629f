"""Numbers and yes-or-no as people write them: separators, currency signs, percent, full-width; letters are refused."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIGNS = {"JPY": "¥|\\\\|円|JPY", "USD": "\\$|USD", "EUR": "€|EUR"}
"""Marks that may stand beside an amount, by the currency of the book; another currency's mark is refused."""
_NUMBER = re.compile(
    r"(?P<minus>[-−△▲]?)\+?(?P<whole>\d{1,3}(,\d{3})+|\d*)(?P<part>\.\d*)?(?P<power>[eE][-+]?\d+)?(?P<percent>%?)"
)
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

    >>> import numpy as np
    >>> Reading(np.array([1.0])).bad
    {}
    """

    values: NDArray[Any]
    bad: dict[str, NDArray[np.bool_]] = field(default_factory=dict)
    cleaned: NDArray[np.bool_] | None = None
    zone: NDArray[np.bool_] | None = None
    form: str = ""


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
        Whole numbers (int64) where no word has a decimal point, else float64. Fault: ``not_a_number``.

    >>> read_numbers(["1,234円", "¥1,234", "１２３４", "△1,234"], "JPY").values.tolist()
    [1234, 1234, 1234, -1234]
    >>> read_numbers(["12%", "0.3"], percent=True).values.tolist()
    [0.12, 0.3]
    >>> read_numbers(["1,2", "30千円"], "JPY").bad["not_a_number"].tolist()
    [True, True]
    """
    if not strip and (plain := _plain(words)) is not None:
        return Reading(plain)
    signs = re.compile(SIGNS.get(currency, re.escape(currency) if currency else "(?!)"))
    texts = [_short(word, strip, signs) for word in words]
    matches = [_NUMBER.fullmatch(text) for text in texts]
    values = np.array([_value(match, percent) if match else np.nan for match in matches])
    unread = np.isnan(values)
    whole = not unread.any() and all(
        match and match["whole"] == text.lstrip("+-−△▲") for match, text in zip(matches, texts, strict=True)
    )
    cleaned = np.array([not _PLAIN.fullmatch(word) for word in words], dtype=bool) & ~unread
    return Reading(
        values.astype("int64") if whole else values, {"not_a_number": unread} if unread.any() else {}, cleaned
    )


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
