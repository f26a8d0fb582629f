"""The tiers of touch: what they are called, and which of them each customer is in."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.lifecycle.phases import folded
from cslab.words import label
from cslab.world.touch import TIERS

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

COMMUNITY = "community"
"""Touch among customers; it stands beside a tier and replaces none."""

_WORDS = {
    "high": ("high", "hi", "ハイ"),
    "mid": ("mid", "middle", "medium", "low", "ミドル", "ミッド", "ロー"),
    "tech": ("tech", "digital", "テック", "デジタル"),
    COMMUNITY: (COMMUNITY, "コミュニティ", "コミュニティー"),
}
"""What people call a tier; low touch to one author is middle touch to another: the one between high and tech."""

ALIASES = {
    folded(word + touch): name
    for name, words in _WORDS.items()
    for word in words
    for touch in ("", "-touch", " touch", "_touch", "touch", "タッチ")
}


def tier_of(name: str) -> str:
    """The house's name of a tier, by any name it goes by.

    Parameters
    ----------
    name : str
        ``high``, ``mid``, ``tech`` or ``community``, in either language; ``low`` and ``ロータッチ`` are ``mid``.

    Raises
    ------
    UsageError
        For another, with the nearest.

    >>> tier_of("ロータッチ"), tier_of("Hi-Touch"), tier_of("ミドルタッチ")
    ('mid', 'high', 'mid')
    """
    if (found := ALIASES.get(folded(name))) is None:
        values = {"name": name, "near": nearest(name, ALIASES), "known": ", ".join([*TIERS, COMMUNITY])}
        raise UsageError(Fault("unknown_tier", values))
    return found


def called(lang: str = "en") -> dict[str, str]:
    """What a reader calls the tiers, and two of them mixed.

    Parameters
    ----------
    lang : str

    Returns
    -------
    dict of str to str

    >>> called("en")["tech"], called("en")["tech+mid"]
    ('tech touch', 'tech touch + mid touch')
    """
    names = {tier: label(f"touch_tier.{tier}", lang) for tier in (*reversed(TIERS), COMMUNITY)}
    mixed = {f"{low}+{high}": f"{names[low]} + {names[high]}" for low, high in combinations(TIERS, 2)}
    return {**names, **mixed}


def present_tiers(book: Book) -> pd.Series:
    """The tier that each customer is in on the book's last day, as recorded.

    Parameters
    ----------
    book : Book
        Needs ``tier_history`` with ``touch_tier`` and ``valid_from``; ``valid_to`` is used where present.

    Returns
    -------
    Series of str
        By ``account_id``; only of those who are in one.

    Raises
    ------
    NotReady
        Without the columns.

    >>> import cslab
    >>> sorted(set(present_tiers(cslab.load("synthetic:tiny"))))
    ['high', 'mid', 'tech']
    """
    book.require("tier_history.touch_tier", "tier_history.valid_from")
    rows = book.tier_history.dropna(subset=["touch_tier"]).sort_values("valid_from", kind="stable")
    rows = rows[rows["valid_from"] <= book.as_of]
    if "valid_to" in rows:
        rows = rows[~(rows["valid_to"] < book.as_of)]
    latest = rows.drop_duplicates("account_id", keep="last").set_index("account_id")["touch_tier"]
    return latest.astype(object).rename("tier")
