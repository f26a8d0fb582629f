"""What is to be said about the quality of a source's data: only what is amiss, a line each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cslab.faults import CslabError
from cslab.measure import quality
from cslab.measure.quality.missing import OF_EVERYBODY
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

ENOUGH = 0.9
"""Share of cells, rows or customers from which nothing is said."""

FEW_ROWS = 20
"""Rows of a table with fewer of which gaps are not worth a line."""


@dataclass(frozen=True)
class Soundness:
    """The quality of a book's data.

    Parameters
    ----------
    fields, freshness, joins : DataFrame
        As of ``measure.quality``.
    missing : DataFrame or None
        As of ``measure.quality.missing``; None where it cannot be tested.

    >>> import cslab
    >>> soundness(cslab.load("synthetic:tiny")).missing is not None
    True
    """

    fields: pd.DataFrame
    freshness: pd.DataFrame
    joins: pd.DataFrame
    missing: pd.DataFrame | None


def soundness(book: Book) -> Soundness:
    """Everything that ``measure.quality`` tells of a book.

    Parameters
    ----------
    book : Book

    >>> import cslab
    >>> len(soundness(cslab.load("synthetic:tiny")).fields) > 0
    True
    """
    try:
        missing = quality.missing(book)
    except CslabError:  # a list without days, or records too short
        missing = None
    return Soundness(quality.fields(book), quality.freshness(book), quality.joins(book), missing)


def amiss(found: Soundness, lang: str) -> list[str]:
    """What is amiss, a line each; then what was tested of the gaps.

    Parameters
    ----------
    found : Soundness
    lang : str
        ``"en"`` or ``"ja"``.

    >>> import cslab
    >>> amiss(soundness(cslab.load("synthetic:tiny")), "en")[-1][:7]
    'Missing'
    """
    lines = [*_fields(found.fields, lang), *_stale(found.freshness, lang), *_joins(found.joins, lang)]
    return [*(lines or [_said("nothing", lang)]), *_missing(found.missing, lang)]


def _said(key: str, lang: str, /, **values: object) -> str:
    """A text of this module."""
    return word(f"readiness.quality.{key}", lang, **values)


def _fields(found: pd.DataFrame, lang: str) -> list[str]:
    """Columns with many gaps, and cells that cannot be right."""
    worth = (found["rows"] >= FEW_ROWS) & ~found["may_be_blank"] & ~found["column"].str.endswith("_id")
    gaps = found[worth & (found["filled"] < ENOUGH)]
    wrong = found[found["invalid"] > 0]
    lines = [_said("filled", lang, **_named(row)) for row in gaps.to_dict("records")]
    return lines + [
        _said("invalid", lang, **_named(row), why=_said(f"rule.{row['rule']}", lang))
        for row in wrong.to_dict("records")
    ]


def _named(row: dict[object, object]) -> dict[str, object]:
    """A row's values, with the field's name."""
    return {**{str(name): value for name, value in row.items()}, "field": f"{row['table']}.{row['column']}"}


def _stale(found: pd.DataFrame, lang: str) -> list[str]:
    """Tables to which nothing has come for too long."""
    stale = found[found["stale"]]
    return [
        _said("stale", lang, table=row["table"], last=row["last"].date(), days=row["days_old"], gap=row["usual_gap"])
        if row["usual_gap"] == row["usual_gap"]
        else _said("stale.once", lang, table=row["table"], last=row["last"].date(), days=row["days_old"])
        for row in stale.to_dict("records")
    ]


def _joins(found: pd.DataFrame, lang: str) -> list[str]:
    """Rows that find no partner, and tables that do not hold all customers."""
    loose = found[found["joined"] < 1].to_dict("records")
    of_all = found["table"].isin(OF_EVERYBODY) & (found["parent"] == "accounts") & (found["covered"] < ENOUGH)
    lines = [_said("joined", lang, **_named(row), lost=1 - row["joined"]) for row in loose]
    return lines + [_said("covered", lang, **_named(row)) for row in found[of_all].to_dict("records")]


def _missing(found: pd.DataFrame | None, lang: str) -> list[str]:
    """Gaps that go with leaving, and how many were looked at."""
    if found is None:
        return [_said("missing.untested", lang)]
    warned = found[found["warned"]]
    lines = [_said("missing.row" if row["column"] == "*" else "missing", lang, **_named(row))
             for row in warned.to_dict("records")]  # fmt: skip
    day, months = found.attrs["day"].date(), found.attrs["months"]
    return [*lines, _said("missing.tested", lang, tested=len(found), warned=len(warned), day=day, months=months)]
