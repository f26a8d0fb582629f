"""Everything for a workshop of ninety minutes, ready for the printer, in one folder a language."""

from __future__ import annotations

import csv
import io
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from cslab.course import outputs
from cslab.course.journey.canvas import canvas_a1, canvas_a3
from cslab.course.journey.leaves import leaves
from cslab.course.journey.paper import printed
from cslab.course.journey.votes import COLUMNS
from cslab.course.journey.written import put
from cslab.sources.sticky import notes_of_map
from cslab.words import word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cslab.measure.journey import Map

GUIDE = "guide.html"


def kit(lang: str, drawn: Map | None = None) -> dict[str, str]:
    """The files of one language.

    Parameters
    ----------
    lang : str
        ``"en"`` or ``"ja"``.
    drawn : Map, optional
        A map that people already work on: its steps stand on the ballots.

    Returns
    -------
    dict of str to str
        Text by file name.

    >>> sorted(kit("en"))
    ['canvas_a1.html', 'canvas_a3.html', 'guide.html', 'sheets.html', 'sticky.csv', 'votes.csv']
    """
    return {
        GUIDE: guide(lang),
        "canvas_a1.html": canvas_a1(lang),
        "canvas_a3.html": canvas_a3(lang),
        "sheets.html": leaves(lang, drawn),
        "sticky.csv": notes_of_map("", "", lang),
        "votes.csv": _headings(lang),
    }


def guide(lang: str) -> str:
    """What to prepare, the ninety minutes, and what to say in each of them.

    Parameters
    ----------
    lang : str
        ``"en"`` or ``"ja"``.

    >>> "<h1>Ninety minutes to a journey map</h1>" in guide("en")
    True
    """
    text = (Path(__file__).parent / "kit" / lang / "guide.md").read_text(encoding="utf-8")
    first, _, rest = text.partition("\n")
    title = first.removeprefix("# ")
    body = f'<section class="text">{outputs.text_html(rest)}</section>'
    return printed(lang=lang, title=title, head=f"<h1>{escape(title)}</h1>", body=body, name="guide")


def write_kit(folder: Path, langs: Sequence[str], drawn: Map | None = None, force: bool = False) -> None:
    """Write the kit, a folder a language.

    Parameters
    ----------
    folder : Path
    langs : sequence of str
    drawn : Map, optional
        Whose steps stand on the ballots.
    force : bool
        Whether an earlier kit is written over.

    Raises
    ------
    UsageError
        Naming every file that is there already, or what the disk said.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as home:
    ...     write_kit(Path(home), ["ja"])
    ...     (Path(home) / "ja" / GUIDE).is_file()
    True
    """
    put(folder, {f"{lang}/{name}": text for lang in langs for name, text in kit(lang, drawn).items()}, force)


def _headings(lang: str) -> str:
    """The file into which ballots are typed: its headings."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([word(f"journey.column.{name}", lang) for name in COLUMNS])
    return out.getvalue()
