"""Every label, header and message of the kit, in English and Japanese, from ``words.csv`` (key, en, ja).

Nothing that a person reads is written anywhere else, so a translator edits one file and a test can hold both
languages against each other.
"""

from __future__ import annotations

import csv
import locale
import os
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "ja")


@cache
def _dictionary() -> dict[str, dict[str, str]]:
    """The words by key, read once."""
    with Path(__file__).with_name("words.csv").open(encoding="utf-8", newline="") as lines:
        return {row["key"]: row for row in csv.DictReader(lines)}


def default_language() -> str:
    """The language to speak where nobody has said one: ``$CSLAB_LANG``, then the machine's own, then English.

    Returns
    -------
    str
        ``"en"`` or ``"ja"``.

    >>> default_language() in LANGUAGES
    True
    """
    wish = next((os.environ[name] for name in ("CSLAB_LANG", "LC_ALL", "LANG") if os.environ.get(name)), None)
    wish = wish or locale.getlocale()[0] or "en"  # Windows has no such variables; there it says "Japanese_Japan"
    return "ja" if wish.lower().startswith("ja") else "en"


def hear(arguments: Sequence[str]) -> None:
    """Speak the language that a command line asks for with ``--lang``, from the first word on.

    Parameters
    ----------
    arguments : sequence of str
        As typed; a language that the kit does not speak is left for the verbs to refuse.

    >>> hear(["lessons", "--lang", "fr"])
    """
    spaced = " ".join(arguments).replace("--lang=", "--lang ").split()
    wishes = [wish for name, wish in pairwise(spaced) if name == "--lang" and wish in LANGUAGES]
    if wishes:
        os.environ["CSLAB_LANG"] = wishes[-1]


def word(key: str, lang: str = "en", /, **values: Any) -> str:
    """The text of a key in a language, with its blanks filled.

    Parameters
    ----------
    key : str
        A key of ``words.csv``, such as ``"label.segment"``.
    lang : str
        ``"en"`` or ``"ja"``.
    **values
        What fills the blanks of the text (``str.format``).

    Returns
    -------
    str
        The text.

    Raises
    ------
    KeyError
        For a key that is not in ``words.csv``; the message names the nearest one.

    >>> word("label.segment")
    'segment'
    """
    row = _dictionary().get(key)
    if row is None:
        near = get_close_matches(key, _dictionary(), n=1)
        raise KeyError(f"no word {key!r} in words.csv{f'; nearest: {near[0]!r}' if near else ''}")
    return row[lang].format(**values) if values else row[lang]


def has_word(key: str) -> bool:
    """Whether ``words.csv`` has a key.

    >>> has_word("label.segment"), has_word("label.no_such_thing")
    (True, False)
    """
    return key in _dictionary()


def label(name: str, lang: str = "en") -> str:
    """The reader's word for a column or a value, or the name itself where there is none.

    Parameters
    ----------
    name : str
        A column or value of the tables, such as ``"segment"`` or ``"smb"``.
    lang : str
        ``"en"`` or ``"ja"``.

    >>> label("segment"), label("x_anything")
    ('segment', 'x_anything')
    """
    return word(f"label.{name}", lang) if has_word(f"label.{name}") else str(name)


_SCALES = {
    ("JPY", "ja"): ((1e8, "{:,.1f}億円"), (1e4, "{:,.0f}万円"), (1.0, "{:,.0f}円")),
    ("JPY", "en"): ((1e9, "¥{:,.1f}bn"), (1e6, "¥{:,.1f}M"), (1e3, "¥{:,.0f}k"), (1.0, "¥{:,.0f}")),
    ("USD", "en"): ((1e9, "${:,.1f}bn"), (1e6, "${:,.1f}M"), (1e3, "${:,.1f}k"), (1.0, "${:,.0f}")),
    ("USD", "ja"): ((1e8, "{:,.1f}億ドル"), (1e4, "{:,.1f}万ドル"), (1.0, "{:,.0f}ドル")),
}


def money(amount: float, currency: str, lang: str = "en") -> str:
    """An amount as people say it: 万円 and 億円 in Japanese, k and M in English.

    Parameters
    ----------
    amount : float
        In whole units of the currency.
    currency : str
        ``"JPY"``, ``"USD"`` or any other code, which is then written before the plain number.
    lang : str
        ``"en"`` or ``"ja"``.

    >>> money(1_234_000, "JPY", "ja"), money(1_234_000, "JPY", "en"), money(-2_500, "USD", "en")
    ('123万円', '¥1.2M', '-$2.5k')
    """
    size, sign = abs(amount), "-" if amount < 0 else ""
    for scale, form in _SCALES.get((currency, lang), ()):
        if size >= scale or scale == 1.0:
            return sign + form.format(size / scale)
    return f"{sign}{currency} {size:,.0f}"
