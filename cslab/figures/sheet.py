"""The sheet a picture is drawn on: its axes, headline and note, and the refusal to draw nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, NotReady, UsageError, nearest
from cslab.figures.confidential import mark
from cslab.figures.scales import day
from cslab.figures.style import style_is_set, use_style
from cslab.figures.writing import width, write
from cslab.words import LANGUAGES, label, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

NOTE_COLUMNS = 100
RESULT_COLUMNS = ("time", "at_risk", "events", "estimate", "std_error", "low", "high", "n", "method")


def check_language(lang: str) -> None:
    """Refuse a language that the kit does not speak.

    Raises
    ------
    UsageError
        Naming those it speaks.

    >>> check_language("ja")
    """
    if lang not in LANGUAGES:
        raise UsageError(Fault("figure_language", {"lang": lang, "known": ", ".join(LANGUAGES)}))


def sheet(ax: Axes | None, lang: str, height: float = 4.2, width: float = 7.3) -> Axes:
    """The axes to draw on: those that were given, or new ones on a figure of their own.

    Sets the kit's style where nobody has called :func:`cslab.figures.use_style`, so that Japanese has its letters.

    Parameters
    ----------
    ax : Axes or None
        None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``; checked here, so that every picture checks it.
    height, width : float
        Of the new figure, in inches; 7.3 are 700 pixels.

    Returns
    -------
    Axes

    Raises
    ------
    UsageError
        For a language that the kit does not speak.

    >>> sheet(None, "ja").figure.get_size_inches().tolist()
    [7.3, 4.2]
    """
    import matplotlib.pyplot as plt

    check_language(lang)
    if not style_is_set():
        use_style()
    drawn = plt.subplots(figsize=(width, height))[1] if ax is None else ax
    mark(drawn.figure, lang)
    return drawn


def panels(host: Axes, count: int) -> list[Axes]:
    """Axes below one another inside one, which keeps the headline; the axes itself where one is enough.

    Parameters
    ----------
    host : Axes
        The axes of the whole picture.
    count : int
        How many.

    Returns
    -------
    list of Axes
        From the top; ``host.child_axes`` where there are several.

    >>> len(panels(sheet(None, "en"), 3))
    3
    """
    if count == 1:
        return [host]
    host.set_axis_off()
    return [host.inset_axes((0, 1 - (place + 1) / count, 1, 0.76 / count)) for place in range(count)]


def require_rows(frame: pd.DataFrame, picture: str, columns: Iterable[str]) -> None:
    """Refuse to draw an empty picture or one of the wrong table.

    Parameters
    ----------
    frame : DataFrame
        What is to be drawn.
    picture : str
        Such as ``"figure.survival.curves"``, for the message.
    columns : iterable of str
        What the picture reads.

    Raises
    ------
    UsageError
        When columns are missing; each is named, with the nearest that is there.
    NotReady
        When there is no row.

    >>> import pandas as pd
    >>> require_rows(pd.DataFrame({"time": [1.0]}), "figure.survival.curves", ["time"])
    """
    there = [str(name) for name in frame.columns]
    values = {"picture": picture.removeprefix("figure."), "known": ", ".join(there)}
    faults = [
        Fault("figure_column", {**values, "column": name, "near": nearest(name, there) or "–"})
        for name in columns
        if name not in there
    ]
    if faults:
        raise UsageError(*faults)
    if frame.empty:
        raise NotReady(Fault("figure_empty", values))


def headline(ax: Axes, title: str, *notes: str, lift: float = 0, columns: int = NOTE_COLUMNS) -> None:
    """Write the title, and under it in small the note: n, window, definition.

    Parameters
    ----------
    ax : Axes
        Where.
    title : str
        One line.
    *notes : str
        The pieces of the note; empty ones are left out. Broken between pieces, never inside one.
    lift : float
        Points to leave free between the note and the axes, for a key.
    columns : int
        Latin letters of the note that fit on a line.

    >>> ax = sheet(None, "en")
    >>> headline(ax, "Leaving", "n = 3", "as of 2024-01-31")
    >>> ax.get_title(loc="left"), note_of(ax)
    ('Leaving', 'n = 3 · as of 2024-01-31')
    """
    lines = _lines([piece for piece in notes if piece], columns)
    ax.set_title(title, loc="left", pad=12 + lift + 11 * len(lines))
    write(ax, "\n".join(lines), (0, 1), (0, 7 + lift), within="axes", side="left", kind="note")


def note_of(ax: Axes) -> str:
    """The note under the title of a picture; empty where there is none.

    >>> note_of(sheet(None, "en"))
    ''
    """
    return next((text.get_text() for text in ax.texts if text.get_gid() == "note"), "")


def _lines(pieces: Sequence[str], columns: int) -> list[str]:
    """The pieces of a note on as few lines as they fit."""
    lines: list[str] = []
    for piece in pieces:
        if lines and width(f"{lines[-1]} · {piece}") <= columns:
            lines[-1] += f" · {piece}"
        else:
            lines.append(piece)
    return lines


def counted(n: float, lang: str) -> str:
    """The piece of a note that says how many customers.

    >>> counted(1200, "ja")
    'n = 1,200社'
    """
    return word("figure.note.n", lang, n=int(n))


def as_of(frame: pd.DataFrame, lang: str) -> str:
    """The piece of a note that says as of when; empty where the frame does not know it (``frame.attrs["as_of"]``).

    >>> import pandas as pd
    >>> frame = pd.DataFrame()
    >>> frame.attrs["as_of"] = pd.Timestamp("2024-03-31")
    >>> as_of(frame, "ja"), as_of(pd.DataFrame(), "ja")
    ('2024年3月31日時点', '')
    """
    import pandas as pd

    known = frame.attrs.get("as_of")
    return "" if known is None else word("figure.note.as_of", lang, date=day(pd.Timestamp(known), lang))


def tenure_word(frame: pd.DataFrame, lang: str) -> str:
    """The name of an axis of tenure, in the unit in which it was counted (``frame.attrs["unit"]``, months if unsaid).

    >>> import pandas as pd
    >>> tenure_word(pd.DataFrame(), "en")
    'months since signing'
    """
    return word(f"figure.tenure.{frame.attrs.get('unit', 'month')}", lang)


def group_column(frame: pd.DataFrame) -> str:
    """The column by which a result is split: its first, unless that is one of every result; empty where it is not.

    >>> import pandas as pd
    >>> group_column(pd.DataFrame(columns=["segment", "time", "estimate"]))
    'segment'
    """
    first = str(frame.columns[0])
    return "" if first in RESULT_COLUMNS else first


def groups_of(frame: pd.DataFrame, by: str) -> list[tuple[Any, pd.DataFrame]]:
    """A result's groups in their order, those without a value among them; one nameless group where ``by`` is empty.

    >>> import pandas as pd
    >>> [value for value, _ in groups_of(pd.DataFrame({"segment": ["smb", "mid", "smb"]}), "segment")]
    ['smb', 'mid']
    """
    if not by:
        return [("", frame)]
    missing = frame[by].isna()
    found = [(value, frame[frame[by] == value]) for value in frame.loc[~missing, by].unique()]
    return [*found, (None, frame[missing])] if missing.any() else found


def group_name(by: str, value: Any, lang: str) -> str:
    """The reader's word for a group: ``smb`` is SMB, 12 of ``term_months`` is "12-month contracts".

    >>> group_name("term_months", 12, "en"), group_name("segment", None, "en")
    ('12-month contracts', 'not recorded')
    """
    import pandas as pd

    if pd.isna(value):
        return word("figure.group_missing", lang)
    if by == "term_months":
        return word("figure.term_one", lang) if int(value) == 1 else word("figure.term", lang, months=int(value))
    return label(str(value), lang)
