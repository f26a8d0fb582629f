"""What to get next: the tables and columns that a source lacks, those first that open most of the course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cslab.faults import Fault
from cslab.tables import TABLES
from cslab.words import word

if TYPE_CHECKING:
    from cslab.course.readiness import Ready


@dataclass(frozen=True)
class Wanted:
    """One thing that is missing, and how much of the course asks for it.

    Parameters
    ----------
    fault : Fault
    handouts : int
        Lessons and exercises in which it is missing.
    parts : int
        Their sections and questions that suffer; a lesson that does not run at all counts as one.

    >>> Wanted(Fault("no_table", {"table": "usage_monthly"}), 5, 14).name("en")
    'usage_monthly'
    """

    fault: Fault
    handouts: int
    parts: int

    def name(self, lang: str) -> str:
        """What it is called: a table or column by its own name, anything else by the beginning of its message.

        >>> Wanted(Fault("no_column", {"table": "contracts", "column": "end", "en": "", "ja": ""}), 1, 1).name("en")
        'contracts.end'
        """
        table, column = self.fault.values.get("table"), self.fault.values.get("column")
        if table is None:
            return self.fault.text(lang).partition(":")[0]
        return f"{table}.{column}" if column else str(table)

    def about(self, lang: str) -> str:
        """What a row of the table, or the column, holds.

        >>> Wanted(Fault("no_table", {"table": "csm"}), 1, 1).about("en")
        'one CSM'
        """
        if self.fault.key == "no_column":
            return str(self.fault.values[lang])
        return str(getattr(TABLES[self.fault.values["table"]], lang))


def wanted(found: Sequence[Ready]) -> list[Wanted]:
    """Everything that is missing, once, by how much of the course it would open.

    Parameters
    ----------
    found : sequence of Ready
        One a lesson or exercise.

    >>> from cslab.course.lessons import Lesson
    >>> from cslab.course.readiness import Ready
    >>> lesson = Lesson("05", "05_x", "When?", "いつ?", "Q", "問", 40, 30, (), ())
    >>> [(one.name("en"), one.parts) for one in wanted([Ready(lesson, (Fault("no_table", {"table": "csm"}),), ())])]
    [('csm', 1)]
    """
    faults, handouts, suffering = dict[str, Fault](), dict[str, int](), dict[str, int]()
    for one in found:
        told = [fault.text("en") for fault in one.lacks]
        told += [fault.text("en") for part in one.parts for fault in part.faults]
        faults |= {fault.text("en"): fault for fault in (*one.lacks, *(each for p in one.parts for each in p.faults))}
        for text in told:
            suffering[text] = suffering.get(text, 0) + 1
        for text in set(told):
            handouts[text] = handouts.get(text, 0) + 1
    every = [Wanted(fault, handouts[text], suffering[text]) for text, fault in faults.items()]
    return sorted(every, key=lambda one: (-one.handouts, -one.parts))


def cures(found: Sequence[Ready], lang: str) -> list[str]:
    """How to go on, as lines: what concerns neither table nor column, then these with what they open.

    Parameters
    ----------
    found : sequence of Ready
    lang : str
        ``"en"`` or ``"ja"``.

    >>> cures([], "en")
    []
    """
    lacking = wanted(found)
    named = [one for one in lacking if one.fault.key in ("no_table", "no_column")]
    lines = [f"  - {one.fault.text(lang)}" for one in lacking if one not in named]
    lines += [f"  - {word('readiness.cure.wanted', lang)}"] if named else []
    lines += [f"      {_line(one, lang)}" for one in named]
    return [word("readiness.cure", lang), *lines] if lines else []


def _line(one: Wanted, lang: str) -> str:
    """A table or column with what it opens and what it is."""
    opens = word("readiness.opens", lang, handouts=one.handouts, parts=one.parts)
    return f"{one.name(lang)}: {one.about(lang)} {opens}"
