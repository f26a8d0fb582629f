"""The data dictionary in both languages, made from the declarations of the tables."""

from __future__ import annotations

from collections.abc import Sequence

from cslab.tables import EVENTS, TABLES, Column, Table
from cslab.tables.contract import SUBJECTS
from cslab.tables.known import day_of
from cslab.words import LANGUAGES, word
from cslab.world.observe.vocabulary import words_of

OPENING = ("made", "sample", "own", "rules", "required")
HEADINGS = ("column", "kind", "unit", "need", "since", "meaning", "allowed")
MOST_WORDS = 12
"""So many words of a simulated company are listed for a column in which any may stand."""


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
    tables = (*TABLES.values(), EVENTS)
    made = [
        "\n\n".join([_opening(lang, langs), _contents(lang, turn), *(_section(table, lang) for table in tables)])
        for turn, lang in enumerate(langs)
    ]
    return "\n\n---\n\n".join(made) + "\n"


def _opening(lang: str, langs: Sequence[str]) -> str:
    """Title, the way to the other languages, and rules that hold for all tables."""
    title = f"# {word('dictionary.title', lang)}"
    others = [f"[{word('dictionary.here', other)}](#{_place(other)})" for other in langs if other != lang]
    return "\n\n".join([title, *others, *(word(f"dictionary.{part}", lang) for part in OPENING)])


def _place(lang: str) -> str:
    """Where a language's half begins, as pages link to headings."""
    return word("dictionary.title", lang).lower().replace(" ", "-")


def _contents(lang: str, turn: int) -> str:
    """The tables by subject, linked; Markdown counts headings that stand once more in the next language."""
    lines = [f"## {word('dictionary.contents', lang)}", ""]
    subjects = {**SUBJECTS, "product": (*SUBJECTS["product"], EVENTS)}
    for subject, tables in subjects.items():
        links = ", ".join(f"[`{table.name}`](#{table.name}{f'-{turn}' if turn else ''})" for table in tables)
        lines.append(f"- {word(f'dictionary.subject.{subject}', lang)}: {links}")
    return "\n".join(lines)


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
            *(_row(_cells(table, column, lang)) for column in table.columns),
        ]
    )


def _cells(table: Table, column: Column, lang: str) -> list[str]:
    """One column's cells under the headings."""
    return [
        f"`{column.name}`",
        word(f"dictionary.kind.{column.kind}", lang),
        word(f"dictionary.unit.{column.unit.replace(' ', '_')}", lang) if column.unit else "",
        word(f"dictionary.need.{column.need}", lang),
        _since(column.known_from, "with_row", lang),
        column.describe(lang),
        _allowed(column) or _ours(table, column, lang),
    ]


def _since(known_from: tuple[str, ...], otherwise: str, lang: str) -> str:
    """Since when something is known, in words."""
    if not known_from:
        return word(f"dictionary.{otherwise}", lang)
    if known_from[0] in ("month_end", "snapshot"):
        return word(f"dictionary.{known_from[0]}", lang)
    days = [day_of(written) for written in known_from]
    told = word("dictionary.or", lang).join(_day(*day, lang) for day in days)
    return told if any(distance for _, distance in days) else word("dictionary.on", lang, columns=told)


def _day(column: str, days: int, lang: str) -> str:
    """A date column, or a day counted from it, in words."""
    if not days:
        return f"`{column}`"
    key = "dictionary.day_after" if days == 1 else "dictionary.before" if days < 0 else "dictionary.after"
    return word(key, lang, column=f"`{column}`", days=abs(days))


def _allowed(column: Column) -> str:
    """The words or the range that a column may hold."""
    if column.values:
        return ", ".join(f"`{value}`" for value in column.values)
    low = "" if column.low is None else f"{column.low:g}"
    high = "" if column.high is None else f"{column.high:g}"
    return f"{low} – {high}".strip() if low or high else ""


def _ours(table: Table, column: Column, lang: str) -> str:
    """The words that simulated companies use where any may stand; none where they are too many to be read."""
    words = words_of(table.name, column.name) if column.kind == "category" else ()
    if not 0 < len(words) <= MOST_WORDS:
        return ""
    return word("dictionary.ours", lang, words=", ".join(f"`{each}`" for each in words))


def _row(cells: list[str]) -> str:
    """One row of a Markdown table."""
    return f"| {' | '.join(cells)} |"
