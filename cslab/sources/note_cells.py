"""What can stand in a cell of a sticky note, read from what people type and written as they would type it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from cslab.words import LANGUAGES, word

COLUMNS = (
    *("phase", "step", "goal_en", "goal_ja", "evidence", "owner", "supports", "hand_off"),
    *("target_days", "emotion", "optional", "repeats"),
)
"""What can stand on a note; the heading of each is its name, or the words of either language."""
GOALS = ("goal_en", "goal_ja")
PHASES = ("evaluation", "purchase", "onboarding", "adoption", "renewal", "expansion", "churn")
"""The phases that a journey map can have, in the order of a customer's life."""
DEPARTMENTS = ("sales", "onboarding", "cs", "support", "engineering", "product", "customer")
YES, NO = ("yes", "true", "はい", "○"), ("no", "false", "いいえ", "×")

_EVIDENCE = re.compile(r"(?P<table>\w+)\.(?P<column>\w+)\s*(\[(?P<where>[^\[\]]+)\])?")
_SEVERAL = re.compile(r"\s*[,、;・/]\s*")


def plain(text: str) -> str:
    """A cell as one line without spaces around it.

    >>> plain("  we see　it\\n now ")
    'we see it now'
    """
    return " ".join(str(text).split())


def folded(text: str) -> str:
    """A heading or word without its width, case and spaces.

    >>> folded("Ｇｏａｌ EN")
    'goal_en'
    """
    return "_".join(unicodedata.normalize("NFKC", text).casefold().split())


def headings() -> dict[str, str]:
    """The column that each heading means, by its folded spelling.

    >>> headings()["フェーズ"], headings()["target_days"]
    ('phase', 'target_days')
    """
    spoken = {folded(word(f"journey.column.{column}", lang)): column for column in COLUMNS for lang in LANGUAGES}
    return spoken | {column: column for column in COLUMNS}


def phase(cell: str) -> str:
    """A phase as we write it, by any name it goes by; else as it was typed.

    >>> phase("立ち上げ"), phase("検討・評価"), phase("Adoption"), phase("warm-up")
    ('onboarding', 'evaluation', 'adoption', 'warm-up')
    """
    return _known(cell, PHASES, ("journey.phase", "journey.ours"))


def department(cell: str) -> str:
    """A department as we write it, where it is one of ours in either language; else as it was typed.

    >>> department("営業"), department("CS"), department("法務部")
    ('sales', 'cs', '法務部')
    >>> department("オンボーディング")
    'onboarding'
    """
    return _known(cell, DEPARTMENTS, ("journey.dept", "label"))


def _known(cell: str, names: Iterable[str], families: Iterable[str]) -> str:
    """The one of some names that a cell means."""
    spoken = {
        folded(word(f"{family}.{name}", lang)): name for family in families for name in names for lang in LANGUAGES
    }
    return (spoken | {name: name for name in names}).get(folded(cell), cell)


def several(cell: str) -> list[str]:
    """All that somebody wrote into one cell.

    >>> several("sales、cs / "), several(" ")
    (['sales', 'cs'], [])
    """
    return [part for part in _SEVERAL.split(cell.strip()) if part]


def departments(cell: str) -> str | list[str]:
    """One department, or all that somebody wrote into one cell.

    >>> departments("sales"), departments("sales、cs")
    ('sales', ['sales', 'cs'])
    """
    found = [department(part) for part in several(cell)]
    return found if len(found) > 1 else found[0] if found else cell


def number(cell: str, low: float, high: float = float("inf")) -> float | int | None:
    """A number between two limits; None for anything else.

    >>> number("30", 0), number("0.5", 0), number("30日", 0), number("3", -2, 2)
    (30, 0.5, None, None)
    """
    try:
        value = float(cell)
    except ValueError:
        return None
    if not low <= value <= high or value == float("inf"):
        return None
    return int(value) if value.is_integer() else value


def flag(cell: str) -> bool | None:
    """Yes or no; None for anything else.

    >>> flag("はい"), flag("No"), flag("maybe")
    (True, False, None)
    """
    return {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}.get(folded(cell))


def step_name(cell: str) -> str | None:
    """The name of a step; None for what cannot be one.

    >>> step_name("first_value"), step_name("キックオフ")
    ('first_value', None)
    """
    return cell if re.fullmatch(r"[a-z][a-z0-9_]*", cell) else None


def evidence(cell: str) -> dict[str, Any] | None:
    """A column of a table, and which of its rows; None for anything else.

    >>> evidence("onboarding.done [milestone=first_value]")
    {'table': 'onboarding', 'column': 'done', 'where': {'milestone': 'first_value'}}
    >>> evidence("the customer smiles") is None
    True
    """
    found = _EVIDENCE.fullmatch(cell)
    if found is None:
        return None
    parts = [part.partition("=") for part in (found["where"] or "").split(";") if part.strip()]
    if not all(name.strip() and value.strip() for name, _, value in parts):
        return None
    where = {name.strip(): value.strip() for name, _, value in parts}
    return {"table": found["table"], "column": found["column"], **({"where": where} if where else {})}


def written(column: str, step: Mapping[str, Any]) -> str:
    """What stands in a cell of a note, from a step of a map.

    Parameters
    ----------
    column : str
        One of ``COLUMNS``, without the phase.
    step : mapping
        As it stands in YAML.

    >>> written("evidence", {"evidence": {"table": "contracts", "column": "signed_on"}})
    'contracts.signed_on'
    >>> written("goal_ja", {"goal": {"ja": "最初の帳票を自社で出せた"}}), written("optional", {"optional": True})
    ('最初の帳票を自社で出せた', 'yes')
    """
    if column in GOALS:
        return str((step.get("goal") or {}).get(column[-2:]) or "")
    value = step.get(column)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if column == "evidence":
        where = "; ".join(f"{name}={text}" for name, text in (value.get("where") or {}).items())
        return f"{value.get('table', '')}.{value.get('column', '')}{f' [{where}]' if where else ''}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
