"""The journey map: what a customer wants to have done at each step, what shows it, and who answers for it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cslab.faults import Fault, UsageError, nearest
from cslab.sources import shipped as files
from cslab.sources.declared import Declared, parse
from cslab.sources.form import Form
from cslab.sources.note_cells import several

SHIPPED = ("journey", "journey_vendor")
"""The maps that come with the kit."""

_SAID = Form("section", wanted=False, keys={"en": Form("text", wanted=False), "ja": Form("text", wanted=False)})
_EVIDENCE = {
    "table": Form("text"),
    "column": Form("text"),
    "where": Form("sections", each=Form("plain"), wanted=False),
}
_STEP = {
    "step": Form("text"),
    "goal": _SAID,
    "evidence": Form("section", wanted=False, keys=_EVIDENCE),
    "owner": Form("texts", each=Form("text"), wanted=False),
    "supports": Form("texts", each=Form("text"), wanted=False),
    "hand_off": Form("text", wanted=False),
    "target_days": Form("number", wanted=False, low=0),
    "emotion": Form("number", wanted=False, low=-2),
    "optional": Form("flag", wanted=False),
    "repeats": Form("flag", wanted=False),
}
_PHASE = {
    "phase": Form("text"),
    "steps": Form("list", each=Form("section", keys=_STEP)),
}
FORM = Form(
    "section",
    keys={
        "journey": Form("text"),
        "title": _SAID,
        "sign_off": Form("list", each=Form("text"), wanted=False),
        "phases": Form("list", each=Form("section", keys=_PHASE)),
    },
)
"""What may stand in the file of a journey map."""


@dataclass(frozen=True)
class Step:
    """One step of a journey.

    Parameters
    ----------
    id : str
        Its short name, one of a kind in its map.
    phase : str
        The phase of the lifecycle that it belongs to.
    goal_en, goal_ja : str
        What the customer can say when the step is done; empty where nobody has written it yet.
    table, column : str
        The table and the date column that show it; empty without evidence.
    where : tuple of (str, object)
        Which rows of the table: columns and the value each must have.
    owners : tuple of str
        Departments that answer for it: one, where the map is sound.
    supports : tuple of str
        Departments that help.
    hand_off : str
        Who takes over after it; empty: nobody.
    target_days : float
        Days it may take since the step before it on the main way; missing: none set.
    emotion : float
        How the customer should feel, -2 to 2; missing: not said.
    optional, repeats : bool
        Not everybody's way; comes again, such as a renewal.
    line : int
        Where it stands in its file.

    >>> shipped().find("first_value").owner
    'onboarding'
    """

    id: str
    phase: str
    goal_en: str = ""
    goal_ja: str = ""
    table: str = ""
    column: str = ""
    where: tuple[tuple[str, Any], ...] = ()
    owners: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    hand_off: str = ""
    target_days: float = math.nan
    emotion: float = math.nan
    optional: bool = False
    repeats: bool = False
    line: int = 0

    @property
    def owner(self) -> str:
        """The one department that answers for it; empty where there is none, or more than one."""
        return self.owners[0] if len(self.owners) == 1 else ""

    @property
    def main(self) -> bool:
        """Whether everybody is meant to take it, once."""
        return not (self.optional or self.repeats)

    def goal(self, lang: str) -> str:
        """What the customer can say, in a language; its name where nobody has written it.

        Parameters
        ----------
        lang : str
            ``"en"`` or ``"ja"``.

        >>> shipped().find("habit_formed").goal("en")
        'We use it every week'
        """
        return (self.goal_ja if lang == "ja" else self.goal_en) or self.id


@dataclass(frozen=True)
class Map:
    """A journey map.

    Parameters
    ----------
    name : str
        What it calls itself.
    title_en, title_ja : str
        Its heading.
    steps : tuple of Step
        From the signature on, in the order in which they are meant to be taken.
    sign_off : tuple of str
        Who has agreed to it.
    file : str
        What to call its file in messages.

    >>> len(shipped().steps)
    13
    """

    name: str
    title_en: str
    title_ja: str
    steps: tuple[Step, ...]
    sign_off: tuple[str, ...] = ()
    file: str = "journey.yaml"

    @property
    def phases(self) -> tuple[str, ...]:
        """Its phases, in their order."""
        return tuple(dict.fromkeys(step.phase for step in self.steps))

    @property
    def main(self) -> tuple[Step, ...]:
        """The steps that everybody is meant to take once."""
        return tuple(step for step in self.steps if step.main)

    def title(self, lang: str) -> str:
        """The heading in a language; the name where nobody has written one.

        Parameters
        ----------
        lang : str
            ``"en"`` or ``"ja"``.

        >>> shipped().title("ja")
        '契約から更新まで'
        """
        return (self.title_ja if lang == "ja" else self.title_en) or self.name

    def find(self, name: str) -> Step:
        """The step of a name.

        Parameters
        ----------
        name : str

        Raises
        ------
        UsageError
            For a name that the map does not have, with the nearest.

        >>> shipped().find("kickoff").phase
        'onboarding'
        """
        by_name = {step.id: step for step in self.steps}
        if name not in by_name:
            values = {"step": name, "map": self.name, "near": nearest(name, by_name), "known": ", ".join(by_name)}
            raise UsageError(Fault("journey.unknown_step", values))
        return by_name[name]


def shipped(name: str = "journey") -> Map:
    """A map that the kit carries.

    Parameters
    ----------
    name : str
        ``"journey"`` (the customer's way) or ``"journey_vendor"`` (a map of one's own tasks, as a warning).

    Raises
    ------
    UsageError
        For a name that there is not.

    >>> shipped("journey_vendor").steps[0].goal_en
    'Order entered into the system'
    """
    return _map(files.read(name))


def made_out(text: str | bytes, name: str) -> tuple[Map, list[Fault]]:
    """A map as far as it can be made out, and the faults of its form.

    Parameters
    ----------
    text : str or bytes
        YAML; ``cslab/rules/journey.yaml`` shows and explains its form.
    name : str
        What to call the file in messages.

    Returns
    -------
    tuple of Map, list of Fault
        Where more than unknown keys is wrong, the steps of the right form alone, so that what they say can be looked at
        in the same go.

    Raises
    ------
    DataError
        For what is no plain YAML.

    >>> text = "journey: mine\\nby: me\\nphases: [{phase: adoption, steps: [{step: habit}]}]\\n"
    >>> map_, faults = made_out(text, "journey.yaml")
    >>> map_.name, [fault.key for fault in faults]
    ('mine', ['declared.unknown_key'])
    """
    declared = parse(text, name)
    faults = declared.faults(FORM)
    return (_map(declared) if _readable(faults) else Map("", "", "", tuple(_sound(declared)), (), name)), faults


def _readable(faults: Iterable[Fault]) -> bool:
    """Whether nothing but unknown keys is wrong."""
    return all(fault.key == "declared.unknown_key" for fault in faults)


def _sound(declared: Declared) -> Iterator[Step]:
    """The steps of the right form, in a file that is not all of it."""
    phases = declared.value.get("phases")
    for place, phase in enumerate(phases if isinstance(phases, list) else []):
        steps = phase.get("steps") if isinstance(phase, dict) and isinstance(phase.get("phase"), str) else None
        for number, step in enumerate(steps if isinstance(steps, list) else []):
            path = ("phases", place, "steps", number)
            if _readable(Form("section", keys=_STEP).faults(declared, step, path)):
                yield _step(step, phase["phase"], declared.line(*path))


def _map(declared: Declared) -> Map:
    """The map that a file of the right form declares."""
    value, title = declared.value, declared.value.get("title") or {}
    steps = tuple(_steps(declared))
    signed = tuple(value.get("sign_off") or ())
    return Map(value["journey"], title.get("en") or "", title.get("ja") or "", steps, signed, declared.name)


def _steps(declared: Declared) -> Iterator[Step]:
    """The steps of a file, phase by phase."""
    for place, phase in enumerate(declared.value["phases"]):
        for number, step in enumerate(phase["steps"]):
            line = declared.line("phases", place, "steps", number)
            yield _step(step, phase["phase"], line)


def _step(step: dict[str, Any], phase: str, line: int) -> Step:
    """One step of a file."""
    goal, evidence = step.get("goal") or {}, step.get("evidence") or {}
    number = {name: math.nan if step.get(name) is None else step[name] for name in ("target_days", "emotion")}
    return Step(
        id=step["step"],
        phase=phase,
        goal_en=goal.get("en") or "",
        goal_ja=goal.get("ja") or "",
        table=evidence.get("table") or "",
        column=evidence.get("column") or "",
        where=tuple((evidence.get("where") or {}).items()),
        owners=_texts(step.get("owner")),
        supports=_texts(step.get("supports")),
        hand_off=step.get("hand_off") or "",
        target_days=number["target_days"],
        emotion=number["emotion"],
        optional=bool(step.get("optional")),
        repeats=bool(step.get("repeats")),
        line=line,
    )


def _texts(value: str | list[str] | None) -> tuple[str, ...]:
    """The departments of a text, of a list or of none; two that somebody wrote into one text stay two."""
    texts = [value] if isinstance(value, str) else value or []
    return tuple(part for text in texts for part in several(text))
