"""What is still wrong with a journey map: who answers for a step, in whose voice it speaks, what shows it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.journey.map import SHIPPED, Map, Step, made_out, shipped
from cslab.measure.journey.voice import speaks, vendor_words
from cslab.measure.lifecycle.phases import folded
from cslab.measure.lifecycle.shipped import SHIPPED as RULES
from cslab.measure.lifecycle.shipped import rules
from cslab.sources.declared import content, refusal
from cslab.sources.note_cells import PHASES
from cslab.sources.shipped import own
from cslab.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

SERIOUS = frozenset(
    {
        *("owner_missing", "owner_twice", "goal_missing", "evidence_missing", "evidence_table", "evidence_column"),
        *("evidence_day", "evidence_where", "step_twice", "phase_twice", "emotion_range"),
    }
)
"""What keeps a map from being used; everything else is advice."""


def lint(map_: Map, book: Book | None = None, lang: str = "en") -> pd.DataFrame:
    """Everything that is to be mended on a map.

    Parameters
    ----------
    map_ : Map
        As ``read_draft`` or ``read_map`` makes it.
    book : Book, optional
        Whether it holds what shows each step, too.
    lang : str
        ``"en"`` or ``"ja"``, of what is said. Both languages of the map are looked at.

    Returns
    -------
    DataFrame
        One row a finding, by line: ``line``, ``phase``, ``step`` (empty where it is the whole map), ``rule``,
        ``serious`` (a map that has such is refused by ``read_map``), ``says``. Empty: nothing to mend.

    Source: exactly one accountable owner a step as in a RACI chart; the customer's own words for each step (grade S).

    >>> from cslab.measure.journey.map import shipped
    >>> len(lint(shipped())), lint(shipped("journey_vendor"))["rule"].iloc[0]
    (0, 'goal_ours_en')
    """
    import pandas as pd

    phases = {step.id: step.phase for step in map_.steps}
    rows = [
        {
            "line": fault.values["line"],
            "phase": phases.get(fault.values.get("step", ""), ""),
            "step": fault.values.get("step", ""),
            "rule": _rule(fault),
            "serious": _rule(fault) in SERIOUS,
            "says": fault.text(lang),
        }
        for fault in findings(map_, book)
    ]
    return pd.DataFrame(rows, columns=["line", "phase", "step", "rule", "serious", "says"])


def findings(map_: Map, book: Book | None = None) -> list[Fault]:
    """The same as faults, by line.

    Parameters
    ----------
    map_, book
        As for :func:`lint`.

    >>> from cslab.measure.journey.map import shipped
    >>> findings(shipped())
    []
    """
    found = [*_whole(map_)]
    for step in map_.steps:
        found += [*_owner(step), *_goal(step), *_evidence(step), *_marks(step, map_)]
        found += _in_book(step, book) if book else []
    return sorted(found, key=lambda fault: int(fault.values["line"]))


def read_draft(text: str | bytes, name: str = "journey.yaml") -> Map:
    """A map on which people still work: its form must be right, what it says may be incomplete (``lint`` tells).

    Parameters
    ----------
    text : str or bytes
        YAML; ``cslab/rules/journey.yaml`` shows and explains its form.
    name : str
        What to call the file in messages.

    Raises
    ------
    DataError
        With every fault of its form and the line of each: what is no plain YAML (``sources.declared``), unknown and
        missing keys, values of the wrong kind; and then also what ``read_map`` would refuse, so that all is told at
        once.

    >>> read_draft("journey: mine\\nphases:\\n- phase: adoption\\n  steps:\\n  - step: habit\\n").steps[0].line
    5
    """
    map_, faults = made_out(text, name)
    if faults:
        raise refusal(name, [*faults, *_serious(map_)])
    return map_


def read_map(text: str | bytes, name: str = "journey.yaml") -> Map:
    """A map that can be used: of the right form, and without serious findings.

    Parameters
    ----------
    text : str or bytes
        YAML; ``cslab/rules/journey.yaml`` shows and explains its form.
    name : str
        What to call the file in messages.

    Raises
    ------
    DataError
        As ``read_draft``; and with every step that has no owner or two, no goal or nothing to show it, evidence that
        no table holds, and names that are there twice: all at once, each with its line.

    >>> from cslab.sources.shipped import text
    >>> read_map(text("journey")).name
    'default'
    """
    map_, faults = made_out(text, name)
    if wrong := [*faults, *_serious(map_)]:
        raise refusal(name, wrong)
    return map_


def _serious(map_: Map) -> list[Fault]:
    """What keeps a map from being used."""
    return [fault for fault in findings(map_) if _rule(fault) in SERIOUS]


def unshown(map_: Map, book: Book) -> list[Fault]:
    """The steps of a map that nothing in a company's tables shows, by line; none where all can be told.

    Parameters
    ----------
    map_ : Map
    book : Book

    >>> import cslab
    >>> from cslab.measure.journey.map import shipped
    >>> unshown(shipped(), cslab.load("synthetic:tiny"))
    []
    """
    return [fault for fault in findings(map_, book) if _rule(fault) in ("evidence_absent", "evidence_value")]


def chosen(name: str = "journey") -> Map:
    """The map of a name: one that the kit carries, or that of a file.

    Parameters
    ----------
    name : str
        ``"journey"`` or ``"journey_vendor"``; or the path of a ``.yaml`` file of one's own, a relative one from the
        folder in which the command was given.

    Raises
    ------
    UsageError
        For another name, or a file that is not there.
    DataError
        As :func:`read_map`.

    >>> chosen().name
    'default'
    """
    if (file := own(name)) is not None:
        return read_map(content(file), file.name)
    if name not in SHIPPED:
        values = {"name": name, "near": nearest(name, SHIPPED), "known": ", ".join(SHIPPED)}
        raise UsageError(Fault("journey.no_map", values))
    return shipped(name)


def _rule(fault: Fault) -> str:
    """The rule behind a finding."""
    return fault.key.removeprefix("journey.")


def _fault(rule: str, step: Step, **values: Any) -> Fault:
    """A finding about a step."""
    return Fault(f"journey.{rule}", {"line": step.line, "step": step.id, **values})


def _whole(map_: Map) -> Iterator[Fault]:
    """Names that are there twice, a phase that is left and come back to, and phases that the kit does not know."""
    counts = Counter(step.id for step in map_.steps)
    seen: set[str] = set()
    for step in map_.steps:
        if counts[step.id] > 1 and step.id in seen:
            yield _fault("step_twice", step)
        seen.add(step.id)
    yield from _phases(map_)


def _phases(map_: Map) -> Iterator[Fault]:
    """What is odd about the phases."""
    firsts = [step for place, step in enumerate(map_.steps) if not place or map_.steps[place - 1].phase != step.phase]
    for place, step in enumerate(firsts):
        if step.phase in {earlier.phase for earlier in firsts[:place]}:
            yield _fault("phase_twice", step, phase=step.phase)
        if folded(step.phase) not in (known := _phase_names()):
            yield _fault(
                "phase_unknown", step, phase=step.phase, near=nearest(step.phase, known), known=", ".join(PHASES)
            )


@cache
def _phase_names() -> frozenset[str]:
    """Every name by which the kit knows a phase: those of a map, and those of the rules that it carries."""
    return frozenset(PHASES).union(*(rules(name).names() for name in RULES))


def _owner(step: Step) -> Iterator[Fault]:
    """Nobody, or more than one, who answers for a step."""
    if not step.owners:
        yield _fault("owner_missing", step)
    elif len(step.owners) > 1:
        yield _fault("owner_twice", step, owners=", ".join(step.owners), count=len(step.owners))


def _goal(step: Step) -> Iterator[Fault]:
    """A step that nobody has said for the customer, or that speaks of our own work."""
    goals = {"en": step.goal_en, "ja": step.goal_ja}
    if not any(goals.values()):
        yield _fault("goal_missing", step)
        return
    for lang, goal in goals.items():
        if not goal:
            yield _fault(f"goal_missing_{lang}", step)
        elif words := vendor_words(goal, lang):  # type: ignore[arg-type]
            yield _fault(f"goal_ours_{lang}", step, goal=goal, words=", ".join(words))
        elif not speaks(goal, lang):  # type: ignore[arg-type]
            yield _fault(f"goal_no_verb_{lang}", step, goal=goal)


def _evidence(step: Step) -> Iterator[Fault]:
    """Nothing that would show a step, or something that no table can hold."""
    if not step.table:
        yield _fault("evidence_missing", step)
    elif step.table not in TABLES:
        yield _fault("evidence_table", step, table=step.table, near=nearest(step.table, TABLES))
    else:
        yield from _columns(step)


def _columns(step: Step) -> Iterator[Fault]:
    """Columns that the table of a step cannot have, or that hold no day."""
    table = TABLES[step.table]
    named = {"account_id": "evidence_column", **{name: "evidence_where" for name, _ in step.where}}
    for column, rule in {**named, step.column: "evidence_column"}.items():
        if column not in table.names and not column.startswith("x_"):
            near = nearest(column, table.names)
            yield _fault(rule, step, table=step.table, column=column, near=near, known=", ".join(table.names))
    if step.column in table.names and table.column(step.column).kind not in ("date", "month"):
        days = [column.name for column in table.columns if column.kind in ("date", "month")]
        yield _fault("evidence_day", step, table=step.table, column=step.column, known=", ".join(days))


def _marks(step: Step, map_: Map) -> Iterator[Fault]:
    """A step of the main way without a target, a feeling out of range, a hand-off to somebody who has nothing to do."""
    if step.main and step != map_.steps[0] and math.isnan(step.target_days):
        yield _fault("target_missing", step)
    if not math.isnan(step.emotion) and step.emotion > 2:
        yield _fault("emotion_range", step, value=step.emotion)
    later = {owner for one in map_.steps[map_.steps.index(step) + 1 :] for owner in one.owners}
    if step.hand_off and step.hand_off not in later:
        yield _fault("hand_off_nowhere", step, to=step.hand_off)


def _in_book(step: Step, book: Book) -> Iterator[Fault]:
    """Evidence that this company's tables do not hold."""
    if step.table not in TABLES:
        return
    columns = [name for name in (step.column, *(name for name, _ in step.where)) if name]
    needs = [f"{step.table}.{name}" for name in columns if name in TABLES[step.table].names or name.startswith("x_")]
    if lacking := [need for need in needs if not book.has(need)]:
        yield _fault("evidence_absent", step, needs=", ".join(lacking))
        return
    frame = book.tables[step.table]
    for column, value in step.where:
        if column in frame and not (frame[column].astype(str) == str(value)).any():
            known = [str(one) for one in frame[column].dropna().unique()[:20]]
            yield _fault(
                "evidence_value", step, table=step.table, column=column, value=value, near=nearest(str(value), known)
            )
