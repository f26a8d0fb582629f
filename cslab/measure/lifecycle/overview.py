"""The phases that rules declare, side by side: what begins and ends each, whose it is, whether a book can tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.measure.lifecycle.shipped import rules as shipped_rules
from cslab.words import has_word, label, word

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.measure.lifecycle.phases import Rules


def overview(book: Book, rules: Rules | None = None, lang: str = "en") -> pd.DataFrame:
    """One row a phase, in the order of a customer's life, as its readers say it.

    Parameters
    ----------
    book : Book
    rules : Rules, optional
        The default ones where not given.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    DataFrame
        ``phase``, ``since`` and ``until`` (what begins a stay and what ends it, whichever comes first), ``owner``,
        ``target_days``, ``hours_per_case`` (missing where none is declared), ``lacking`` (what the book lacks to tell
        it; empty where it can).

    >>> import cslab
    >>> found = overview(cslab.load("synthetic:tiny")).set_index("phase")
    >>> found.loc["onboarding", ["since", "until", "lacking"]].tolist()
    ['signed', 'first result of its own', '']
    """
    import pandas as pd

    rules = rules or shipped_rules()
    lacking = {fault.values["phase"]: str(fault.values["needs"]) for fault in rules.lacks(book)}
    rows = [
        {
            "phase": phase.label(lang),
            "since": _mark(phase.since, lang),
            "until": word("lifecycle.or", lang).join(_mark(mark, lang) for mark in phase.until),
            "owner": label(phase.owner, lang),
            "target_days": phase.target_days,
            "hours_per_case": phase.hours_per_case,
            "lacking": lacking.get(name, ""),
        }
        for name, phase in rules.phases.items()
    ]
    return pd.DataFrame(rows).astype({"target_days": float, "hours_per_case": float})


def _mark(name: str, lang: str) -> str:
    """What happens on the day of a mark; the mark's own name where the kit has no words for it."""
    key = f"lifecycle.mark.{name}"
    return word(key, lang) if has_word(key) else name
