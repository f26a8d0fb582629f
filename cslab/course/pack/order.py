"""What is to be packed: understood and checked whole before anything is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cslab.course import lessons
from cslab.course.grading.unseen import drawn_seed, handed_out_source
from cslab.course.params import with_options
from cslab.course.sheets import exercises
from cslab.course.sheets.exercises import ExerciseSheet
from cslab.faults import Fault, UsageError
from cslab.words import LANGUAGES


@dataclass(frozen=True)
class Order:
    """What was asked for, checked.

    Parameters
    ----------
    sheets : tuple of ExerciseSheet
        By lesson.
    langs : tuple of str
    seed : int
        Of the companies that are handed out.
    sources : dict of str to str
        The company of each lesson, with its seed.
    root : Path
        The project's folder, which holds speaker notes and timetables.
    wheels : bool
        Whether all packages go with it.

    >>> Order((), ("en",), 7, {"00": "synthetic:tiny?seed=7", "05": "synthetic:tiny?seed=7"}, Path(".")).companies
    {'synthetic:tiny?seed=7': 'company'}
    """

    sheets: tuple[ExerciseSheet, ...]
    langs: tuple[str, ...]
    seed: int
    sources: dict[str, str]
    root: Path
    wheels: bool = False

    @property
    def companies(self) -> dict[str, str]:
        """Every company there is, and the name of its folder, which says nothing of what is in it."""
        numbered = enumerate(dict.fromkeys(self.sources.values()), 1)
        return {source: "company" if place == 1 else f"company_{place}" for place, source in numbered}

    @property
    def steps(self) -> int:
        """How often ``pack`` tells that something is done."""
        return len(self.companies) + len(self.sheets) + self.wheels + 1


def ordered(
    wishes: Sequence[str],
    *,
    seed: str = "",
    accounts: str = "",
    langs: Sequence[str] = LANGUAGES,
    wheels: bool = False,
) -> Order:
    """What was asked for, checked.

    Parameters
    ----------
    wishes : sequence of str
        Numbers or names of lessons that have exercises.
    seed : str
        Of the companies, as typed; a large random one when empty.
    accounts : str
        Customers of each company, as typed; as many as the exercise has when empty.
    langs : sequence of str
        Languages of what is handed out.
    wheels : bool
        Whether all packages go with it.

    Raises
    ------
    UsageError
        In an installed package, or with everything that is unknown or out of range.

    >>> ordered(["no such lesson"])
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    root = lessons.project()
    if root is None:
        raise UsageError(Fault("no_clone"), ending="nothing_written")
    faults, found = list[Fault](), dict[str, ExerciseSheet]()
    for wish in wishes:
        try:
            sheet = exercises.find(wish)
            found[sheet.number] = sheet
        except UsageError as error:
            faults += error.faults
    faults += [Fault("unknown_language", {"lang": lang, "known": ", ".join(LANGUAGES)}) for lang in langs
               if lang not in LANGUAGES]  # fmt: skip
    if seed and not (seed.isascii() and seed.isdecimal() and int(seed) < 2**63):
        faults.append(Fault("pack_seed", {"value": seed}))
    if faults:
        raise UsageError(*faults, ending="nothing_written")
    chosen = int(seed) if seed else drawn_seed()
    sheets = tuple(found[number] for number in sorted(found))
    options = {"seed": str(chosen), **({"accounts": accounts} if accounts else {})}
    sources = {sheet.number: with_options(handed_out_source(sheet), options) for sheet in sheets}
    _refuse_impossible(dict.fromkeys(sources.values()))
    return Order(sheets, tuple(dict.fromkeys(langs)), chosen, sources, root, wheels)


def _refuse_impossible(sources: dict[str, None]) -> None:
    """Refuse companies that cannot be simulated."""
    from cslab.sources import parse
    from cslab.sources.synthetic import described

    for source in sources:
        described(parse(source))
