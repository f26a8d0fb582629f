"""The data dictionary in both languages, made from the declarations of the tables."""

from __future__ import annotations

from collections.abc import Sequence

from cslab.tables import EVENTS, TABLES, Column, Table
from cslab.tables.known import day_of
from cslab.words import LANGUAGES, word

OPENING = ("made", "sample", "own", "rules", "required")
HEADINGS = ("column", "kind", "unit", "need", "since", "meaning", "allowed")


def dictionary_markdown(langs: Sequence[str] = LANGUAGES) -> str:
    """What stands in ``datasets/README.md``: every table and column, in English and then in Japanese.

    Parameters
    ----------
    langs : sequence of str
        The languages, one after the other.

    Returns
    -------
    str
        Markdown.

    >>> text = dictionary_markdown()
    >>> "| `account_id` | id |" in text and "| `account_id` | 番号 |" in text
    True
    """
    made = ["\n\n".join([_opening(lang), *(_section(t, lang) for t in (*TABLES.values(), EVENTS))]) for lang in langs]
    return "\n\n---\n\n".join(made) + "\n"


def _opening(lang: str) -> str:
    """Title and rules that hold for all tables."""
    title = f"# {word('dictionary.title', lang)}"
    return "\n\n".join([title, *(word(f"dictionary.{part}", lang) for part in OPENING)])


def _section(table: Table, lang: str) -> str:
    """One table: what a row is, its key, since when it is known, its columns."""
    key = ", ".join(f"`{name}`" for name in table.key) or word("dictionary.none", lang)
    facts = {
        "row": table.ja if lang == "ja" else table.en,
        "key": key,
        "known": _since(table.known_from, "always", lang),
    }
    return "\n".join(
        [
            f"## `{table.name}`",
            "",
            *(f"- {word(f'dictionary.{name}', lang)}: {fact}" for name, fact in facts.items()),
            "",
            _row([word(f"dictionary.{heading}", lang) for heading in HEADINGS]),
            _row(["---"] * len(HEADINGS)),
            *(_row(_cells(column, lang)) for column in table.columns),
        ]
    )


def _cells(column: Column, lang: str) -> list[str]:
    """One column's cells under the headings."""
    return [
        f"`{column.name}`",
        word(f"dictionary.kind.{column.kind}", lang),
        word(f"dictionary.unit.{column.unit.replace(' ', '_')}", lang) if column.unit else "",
        word(f"dictionary.need.{column.need}", lang),
        _since(column.known_from, "with_row", lang),
        column.describe(lang),
        _allowed(column),
    ]


def _since(known_from: tuple[str, ...], otherwise: str, lang: str) -> str:
    """Since when something is known, in words."""
    if not known_from:
        return word(f"dictionary.{otherwise}", lang)
    if known_from[0] in ("month_end", "snapshot"):
        return word(f"dictionary.{known_from[0]}", lang)
    columns = word("dictionary.or", lang).join(_day(*day_of(written), lang) for written in known_from)
    return word("dictionary.on", lang, columns=columns)


def _day(column: str, days: int, lang: str) -> str:
    """A date column, or a day counted from it, in words."""
    if not days:
        return f"`{column}`"
    return word("dictionary.before" if days < 0 else "dictionary.after", lang, column=f"`{column}`", days=abs(days))


def _allowed(column: Column) -> str:
    """The words or the range that a column may hold."""
    if column.values:
        return ", ".join(f"`{value}`" for value in column.values)
    low = "" if column.low is None else f"{column.low:g}"
    high = "" if column.high is None else f"{column.high:g}"
    return f"{low} – {high}".strip() if low or high else ""


def _row(cells: list[str]) -> str:
    """One row of a Markdown table."""
    return f"| {' | '.join(cells)} |"
