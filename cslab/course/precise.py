"""How precise a lesson's conclusions can be on a source, in words that a manager reads."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cslab.measure.effect.power import power
from cslab.measure.precision import Precision
from cslab.words import word

if TYPE_CHECKING:
    from cslab.faults import Fault

HEADS = ("lesson", "conclusion", "has", "aim", "there", "needed")
"""The columns of the table."""

POINTS = 0.05
"""The effect that every reader asks about."""

HUNDRED = {"share": 100}
"""Units whose numbers are said in hundredths."""


def heads(lang: str) -> list[str]:
    """The headings of the table.

    Parameters
    ----------
    lang : str
        ``"en"`` or ``"ja"``.

    >>> heads("en")[:2]
    ['No', 'Conclusion']
    """
    return [word(f"precision.head.{name}", lang) for name in HEADS]


def rows(found: Sequence[Precision], lang: str) -> list[list[str]]:
    """A row a conclusion, as texts.

    Parameters
    ----------
    found : sequence of Precision
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    list of list of str
        Lesson, conclusion, how precise with this book, from when one can decide by it, customers there are, customers
        it takes.

    >>> law = lambda times: 0.06 / times**0.5
    >>> one = Precision("01", "grr", "width", "share", 0.9, 400, 0, 0.03, "own_interval", law)
    >>> rows([one], "en")[0][2:]
    ['90.0% ± 6.0 points', '± 3.0 points', '400', '1,600']
    """
    return [_row(one, lang) for one in found]


def _row(one: Precision, lang: str) -> list[str]:
    """One conclusion."""
    takes = one.customers()
    return [
        one.lesson,
        word(f"precision.{one.name}", lang),
        has(one, lang),
        word(f"precision.aim.{one.kind}.{one.unit}", lang, aim=one.aim * HUNDRED.get(one.unit, 1)),
        f"{one.n:,}",
        "✓" if one.enough else word("precision.never", lang) if takes is None else f"{takes:,}",
    ]


def has(one: Precision, lang: str) -> str:
    """How precise a conclusion is on the book it comes from.

    Parameters
    ----------
    one : Precision
    lang : str
        ``"en"`` or ``"ja"``.

    >>> has(Precision("11", "lot", "difference", "share", 0.2, 40, 0, 0.05, "fleiss", lambda times: math.nan), "en")
    'nothing: not even a fall from 20.0% to 0'
    """
    if math.isnan(one.value):
        return word(f"precision.nothing.{one.kind}", lang, base=one.base)
    value = one.value * HUNDRED.get(one.unit, 1)
    return word(f"precision.has.{one.kind}.{one.unit}", lang, base=one.base, value=value)


def by_lot(found: Sequence[Precision], lang: str) -> str:
    """With which power a test by lot sees five points; empty where nobody knows.

    Parameters
    ----------
    found : sequence of Precision
    lang : str
        ``"en"`` or ``"ja"``.

    >>> one = Precision("11", "lot", "difference", "share", 0.2, 1812, 0, 0.05, "fleiss", lambda times: 0.05)
    >>> "80% power" in by_lot([one], "en"), by_lot([], "en")
    (True, '')
    """
    lot = next((one for one in found if one.name == "lot"), None)
    if lot is None:
        return ""
    if lot.n < 2 or not POINTS < lot.base < 1:
        return word("readiness.power.rare", lang, share=lot.base, n=lot.n)
    seen = power(lot.base, -POINTS, lot.n / 2)
    key = "none" if math.isnan(lot.value) else "seen"
    return word(f"readiness.power.{key}", lang, n=lot.n, share=lot.base, power=seen, least=100 * lot.value)


def lacks(missing: Mapping[str, tuple[Fault, ...]], lang: str) -> list[str]:
    """The conclusions that a book cannot carry, those of one reason on one line.

    Parameters
    ----------
    missing : mapping of str to tuple of Fault
        As ``measure.precision.with_lacking`` gives it.
    lang : str
        ``"en"`` or ``"ja"``.

    >>> from cslab.faults import Fault
    >>> lacks({"hours": (Fault("no_table", {"table": "touches"}),)}, "en")[0].partition(":")[0]
    'Hours that a customer takes'
    """
    reasons = dict[str, list[str]]()
    for name, faults in missing.items():
        reasons.setdefault(faults[0].text(lang), []).append(word(f"precision.{name}", lang))
    between = word("precision.lacks.between", lang)
    return [word("precision.lacks", lang, name=between.join(names), why=why) for why, names in reasons.items()]
