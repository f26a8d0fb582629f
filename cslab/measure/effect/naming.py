"""How arms and covariates are called in the reader's language."""

from __future__ import annotations

from typing import Any

from cslab.tables import TABLES
from cslab.words import has_word, label, word


def arm_name(arm: str, lang: str) -> str:
    """An arm in words: ``mid`` is mid touch, not a segment.

    Parameters
    ----------
    arm : str
    lang : str

    >>> arm_name("mid", "en"), arm_name("basic", "en")
    ('mid touch', 'basic')
    """
    key = f"label.touch_tier.{arm}"
    return word(key, lang) if has_word(key) else label(arm, lang)


def known_name(name: str, lang: str) -> str:
    """A covariate in words: short where there is a short name, else what the data contract calls the column.

    Parameters
    ----------
    name : str
    lang : str

    >>> known_name("mrr0_amount", "en"), known_name("x_own", "en")
    ('MRR at signing', 'x_own')
    """
    for family in ("effect.known", "label"):
        if has_word(f"{family}.{name}"):
            return word(f"{family}.{name}", lang)
    for table in ("accounts", "contracts"):
        if name in TABLES[table].names:
            return TABLES[table].column(name).describe(lang)
    return name


def spoken(value: Any, lang: str) -> Any:
    """What fills a blank of a sentence: arms and lists of covariates in the reader's language, numbers as they are.

    Parameters
    ----------
    value : str, tuple of str, or number
    lang : str

    >>> spoken(("segment", "mrr0_amount"), "en"), spoken("high", "en"), spoken(24, "en")
    ('segment, MRR at signing', 'high touch', 24)
    """
    if isinstance(value, tuple):
        names = [known_name(str(one), lang) for one in value]
        return ", ".join(names) if lang == "en" else "".join(f"「{name}」" for name in names)
    return arm_name(value, lang) if isinstance(value, str) else value
