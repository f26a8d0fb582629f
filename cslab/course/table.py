"""A table as a lesson shows it: headings and values in the reader's language, the column's own name beside them."""

from __future__ import annotations

import math
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from cslab.course import shown
from cslab.course.elsewhere import caption
from cslab.course.lesson import reading
from cslab.tables import TABLES
from cslab.words import has_word, label, word

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

FIRST = ("accounts", "contracts", "mrr_movements", "usage_monthly", "churn_events")
"""The tables to begin with; of a book that holds more, the others are folded away."""


_NAMING = ("table", "column")
"""What these hold are names of the data themselves: said as they are written."""


def table(frame: pd.DataFrame, digits: int = 3) -> None:
    """Show a small table in the lesson's language.

    A heading keeps the name that code calls the column by, so that a reader can go on from the table to the code.

    Parameters
    ----------
    frame : DataFrame
        A few rows; an index without a name is left out.
    digits : int
        Decimals of numbers that are not whole. In a frame with a column ``unit`` each row is written in its own unit
        instead, as the figures of KPIs do; ``frame.attrs["currency"]`` is that of its amounts.

    >>> import pandas as pd
    >>> from cslab.course.lesson import begin
    >>> _ = begin("05", "synthetic:tiny", lang="ja")  # doctest: +ELLIPSIS
    この章の会社...
    >>> table(pd.DataFrame({"status": ["churned"], "at_risk": [12]}))
      状態 status  観察中の顧客 at_risk
            解約                12
    """
    text, html = _written(frame, digits)
    if note := caption():
        text, html = f"{text}\n{note}", f"{html}{shown.paragraphs(note, 'cslab-aside')}"
    shown.show(text, html)


def _written(frame: pd.DataFrame, digits: int = 3) -> tuple[str, str]:
    """A table as text and as HTML."""
    import pandas as pd

    texts = [any(isinstance(x, str) for x in frame[name]) for name in frame if name != "unit"]
    if "unit" in frame:
        frame = _in_units(frame, reading().lang)
    said = _in_words(frame, reading().lang, digits)
    named = frame.index.names != [None] or pd.api.types.is_string_dtype(frame.index)
    text = said.rename(columns=_flat, index=str).rename_axis(index=_flat, columns=_flat)
    with pd.option_context("display.max_colwidth", None):  # a cut would take the end of a tag
        html = _aligned(said, texts).to_html(index=named, border=0, classes="cslab-table", escape=False, na_rep="")
    return unescape(text.to_string(index=named, na_rep="")), html


def _in_units(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The frame with each number in the unit of its row, and without the column that names it."""
    from cslab.figures.kpis import said

    rest, currency = frame.drop(columns="unit"), frame.attrs.get("currency", "JPY")
    written = {
        str(name): [said(x, unit, lang, currency) for x, unit in zip(rest[name], frame["unit"], strict=True)]
        for name in rest.select_dtypes("number")
    }
    return rest.assign(**written)


def _aligned(said: pd.DataFrame, texts: list[bool]) -> pd.DataFrame:
    """The table for HTML: columns of text begin at the left, heads and cells; numbers keep to the right."""
    import pandas as pd

    begin = '<div style="text-align: left">{}</div>'.format
    placed = said.copy()
    for place in (place for place, text in enumerate(texts) if text):
        placed.isetitem(place, [begin(text) for text in said.iloc[:, place]])
    heads = [begin(head) if text else head for head, text in zip(said.columns, texts, strict=True)]
    placed.columns = pd.Index(heads, name=said.columns.name)
    return placed


def contents(book: Book) -> None:
    """Show which tables a book holds: what one row of each is, and how many there are. The first five lie open.

    Parameters
    ----------
    book : Book

    >>> import cslab
    >>> from cslab.course.lesson import begin
    >>> book = begin("00", "synthetic:tiny", lang="ja")  # doctest: +ELLIPSIS
    この章の会社...
    >>> contents(book)  # doctest: +ELLIPSIS, +NORMALIZE_WHITESPACE
    行数 rows
    表 table 1行は one_row
    accounts ... 56
    contracts...
    """
    lang = reading().lang
    rest = [name for name in book.tables if name not in FIRST]
    text, html = _written(_listed(book, [name for name in FIRST if name in book.tables]))
    if rest:
        more = word("lesson.contents.rest", lang, count=len(rest))
        text = f"{text}\n{word('lesson.contents.named', lang, more=more, names=', '.join(rest))}"
        folded = _written(_listed(book, rest))[1]
        html = f'{html}<details class="cslab-rest"><summary>{escape(more)}</summary>{folded}</details>'
    shown.show(text, html)


def _listed(book: Book, names: list[str]) -> pd.DataFrame:
    """What one row of each of some tables is, and how many there are."""
    import pandas as pd

    rows = [(name, getattr(TABLES[name], reading().lang), len(book.tables[name])) for name in names]
    return pd.DataFrame(rows, columns=["table", "one_row", "rows"]).set_index(["table", "one_row"])


def _in_words(frame: pd.DataFrame, lang: str, digits: int) -> pd.DataFrame:
    """The frame with headings, index and values as the reader says them."""
    import pandas as pd

    said = pd.DataFrame({name: _column(frame[name], lang, digits) for name in frame}, index=frame.index)
    said.index = _index(frame.index, lang, digits)
    said.columns = [_heading(name, lang) for name in frame.columns]
    return said.rename_axis(columns=_heading(frame.columns.name, lang) if frame.columns.name else None)


def _column(values: pd.Series, lang: str, digits: int) -> list[str]:
    """A column as the reader says it; whole numbers throughout are written without decimals."""
    numbers = [x for x in values if isinstance(x, float) and math.isfinite(x)]
    decimals = digits if any(x != int(x) for x in numbers) else 0
    return [_value(x, lang, decimals, str(values.name)) for x in values]


def _index(index: pd.Index, lang: str, digits: int) -> pd.Index:
    """An index, of one level or several, as the reader says it."""
    import pandas as pd

    names = [_heading(name, lang) if name is not None else None for name in index.names]
    levels = [_column(index.get_level_values(level).to_series(), lang, digits) for level in range(index.nlevels)]
    rows = list(zip(*levels, strict=True))
    several: pd.Index = pd.MultiIndex.from_tuples(rows, names=names)
    return pd.Index([row[0] for row in rows], name=names[0]) if len(names) == 1 else several


def _heading(name: Any, lang: str) -> str:
    """What a column is called, and below it the name that code uses where the two differ."""
    if not has_word(key := f"column.{name}"):
        return escape(label(str(name), lang))
    text = word(key, lang)
    return escape(text) if text == name else f"{escape(text)}<br><small>{escape(str(name))}</small>"


def _flat(heading: Any) -> Any:
    """A heading as plain text."""
    return heading.replace("<br><small>", " ").removesuffix("</small>") if isinstance(heading, str) else heading


def _value(value: Any, lang: str, digits: int, column: str) -> str:
    """A value as the reader says it: no midnight after a day, few decimals, a word as its column means it."""
    if value is None or value != value:
        return ""
    if isinstance(value, bool) or type(value).__name__ in ("bool_", "bool"):
        return word("value.yes" if value else "value.no", lang)
    if hasattr(value, "isoformat"):
        return str(value.isoformat()[:10])
    if isinstance(value, str):
        if column in _NAMING:
            return escape(value)
        if value in (names := reading().names):
            return escape(names[value])
        own = f"{column}.{value}"
        return escape(label(own if has_word(f"label.{own}") else value, lang))
    return f"{value:,.{digits}f}" if isinstance(value, float) else f"{value:,}"
