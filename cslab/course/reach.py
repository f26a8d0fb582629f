"""How far a lesson goes on somebody's own data: a box after the card that names what is told and what is left out."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from cslab.course import cells, shown
from cslab.course.elsewhere import about_ones_own, shown_on_their_own
from cslab.course.lessons import find, notebook_data
from cslab.course.readiness import parts, sections, verdicts_left_out
from cslab.faults import CslabError
from cslab.words import word

if TYPE_CHECKING:
    from cslab.book import Book

ONLY_FOR_SAMPLES = frozenset({"stock_sample"})
"""Of no use to anybody else, so nobody misses it."""


@dataclass(frozen=True)
class Reach:
    """What a book lets a lesson tell.

    Parameters
    ----------
    ready, part, left_out : tuple of str
        Headings of the sections that have all they need, lack some of it, or lack it all; texts alone are not counted.
    needs : tuple of str
        What is lacking, as the cells ask for it.
    silent : frozenset of str
        The misconceptions that get no verdict.
    elsewhere : tuple of str
        Headings of the sections that are shown on another company, since too few have left the reader's.
    designed : tuple of str
        Headings of the sections that are shown on a company of their own, whoever reads.

    >>> Reach((), (), (), (), frozenset()).rows("en")[0]
    ('All there', ['none'])
    """

    ready: tuple[str, ...]
    part: tuple[str, ...]
    left_out: tuple[str, ...]
    needs: tuple[str, ...]
    silent: frozenset[str]
    elsewhere: tuple[str, ...] = ()
    designed: tuple[str, ...] = ()

    def rows(self, lang: str) -> list[tuple[str, list[str]]]:
        """The lines of the box: a name, and what stands beside it.

        Parameters
        ----------
        lang : str
            ``"en"`` or ``"ja"``.

        >>> Reach(("1. Now",), (), ("2. Then",), ("calendar",), frozenset()).rows("en")[-1]
        ('Because your data have', ['no real dates'])
        """
        ready = self.ready or (word("lesson.reach.none", lang),)
        few = [word("lesson.reach.few", lang)] if self.elsewhere else []
        reasons = (word("lesson.needs.and", lang).join([*few, *cells.in_short(self.needs, lang)]),)
        others = self.elsewhere + self.designed
        listed = {"ready": ready, "elsewhere": others, "part": self.part, "left_out": self.left_out}
        listed |= {"reasons": reasons}
        return [(word(f"lesson.reach.{name}", lang), list(lines)) for name, lines in listed.items() if any(lines)]

    def show(self, lang: str) -> None:
        """Show the box, where anything is left out.

        >>> Reach(("1. Now",), (), (), (), frozenset()).show("en")
        """
        if not self.needs and not self.elsewhere and not self.designed:
            return
        heading, rows, between = word("lesson.reach.heading", lang), self.rows(lang), word("check.between", lang)
        text = "\n".join([heading, *(f"  {name}: {between.join(lines)}" for name, lines in rows)])
        record = {"ready": self.ready, "part": self.part, "left_out": self.left_out, "needs": self.needs}
        record |= {"elsewhere": self.elsewhere + self.designed} if self.elsewhere or self.designed else {}
        shown.show(text, _html(heading, rows), shown.REACH, shown.plain(record))


def reach(book: Book, lesson: str, lang: str, *, elsewhere: bool = False) -> Reach:
    """How far a lesson goes on a book; nothing to say of one that is not in the course.

    Parameters
    ----------
    book : Book
    lesson : str
        Its number.
    lang : str
        Language of the headings.
    elsewhere : bool
        Whether the book is not the reader's own company but the one that the lesson is shown on instead.

    >>> import cslab
    >>> reach(cslab.load("synthetic:tiny"), "no such lesson", "en").needs
    ()
    """
    try:
        notebook = notebook_data(find(lesson).notebook(lang))
    except CslabError:
        return Reach((), (), (), (), frozenset())
    lacking = parts(book, notebook, no_lack=ONLY_FOR_SAMPLES)
    suffering = {part.section for part in lacking}
    whole = tuple(section for section in sections(notebook) if section not in suffering)
    designed = frozenset() if book.synthetic else shown_on_their_own(notebook)
    own = about_ones_own(notebook)
    return Reach(
        ready=tuple(section for section in whole if (section in own if elsewhere else section not in designed)),
        part=tuple(part.section for part in lacking if not part.whole),
        left_out=tuple(part.section for part in lacking if part.whole),
        needs=tuple(dict.fromkeys(need for part in lacking for need in part.needs)),
        silent=verdicts_left_out(book, notebook),
        elsewhere=tuple(section for section in whole if section not in own) if elsewhere else (),
        designed=() if elsewhere else tuple(section for section in whole if section in designed),
    )


def _html(heading: str, rows: list[tuple[str, list[str]]]) -> str:
    """The box as a table."""
    lines = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{"<br>".join(map(escape, listed))}</td></tr>'
        for name, listed in rows
    )
    return f'<div class="cslab-card reach"><p><strong>{escape(heading)}</strong></p><table>{lines}</table></div>'
