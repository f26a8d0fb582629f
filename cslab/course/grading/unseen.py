"""Data that the class has not seen: an exercise's company under another seed, in a folder that does not name it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cslab.course.lessons import notebook_data
from cslab.course.params import parameters, with_options
from cslab.course.questions.question import Material
from cslab.faults import Fault, UsageError
from cslab.words import LANGUAGES

if TYPE_CHECKING:
    from cslab.course.sheets.exercises import ExerciseSheet

SECRET = 2**48
"""Seeds below this could be found by simulating one after the other until the tables agree."""
VARIANTS = 2**20


@dataclass(frozen=True)
class Unseen:
    """What the answers to the exercises of one lesson are computed from, and held against.

    Parameters
    ----------
    folder : Path
        The company's tables, all that a notebook is given.
    variant : int
        Version of the fixed data.
    material : Material
        The same company with its truth, which stays with the judge.
    handed_out : tuple of str
        The companies that the class had: the one in the exercise itself, and the one packed for this class, if any.

    >>> Unseen(Path("given"), 7, None, ("synthetic:tiny",)).variant
    7
    """

    folder: Path
    variant: int
    material: Material
    handed_out: tuple[str, ...]


def drawn_seed() -> int:
    """A seed that nobody can guess.

    >>> SECRET <= drawn_seed() < 2 * SECRET
    True
    """
    return SECRET + secrets.randbelow(SECRET)


def variant_of(seed: int) -> int:
    """The version of the fixed data that goes with a seed; never the one that is printed in the exercises.

    >>> variant_of(0), variant_of(2**20)
    (1, 1)
    """
    return 1 + seed % VARIANTS


def checked_seed(text: str, sheets: Iterable[ExerciseSheet], packed: Mapping[str, str]) -> int:
    """The seed of a grading, as typed or drawn.

    Parameters
    ----------
    text : str
        Empty to draw one.
    sheets : iterable of ExerciseSheet
        The exercises that are graded.
    packed : mapping of str to str
        The company packed for this class, by lesson.

    Raises
    ------
    UsageError
        For what is no seed, or the one under which the exercises were handed out.

    >>> checked_seed("7", [], {})
    7
    """
    if not text:
        return drawn_seed()
    if not (text.isdecimal() and text.isascii() and int(text) < 2**63):
        raise UsageError(Fault("grade_seed", {"value": text}), ending="nothing_graded")
    seed = int(text)
    for sheet in sheets:
        if any(with_options(source, {"seed": str(seed)}) == source for source in _handed_out(sheet, packed)):
            where = {"seed": seed, "lesson": sheet.number, "drawn": drawn_seed()}
            raise UsageError(Fault("grade_seed_seen", where), ending="nothing_graded")
    return seed


def handed_out_source(sheet: ExerciseSheet) -> str:
    """The source that stands in an exercise as it was handed out.

    Parameters
    ----------
    sheet : ExerciseSheet

    Raises
    ------
    UsageError
        Where the exercise is not built.

    >>> from cslab.course.sheets.exercises import ExerciseSheet
    >>> handed_out_source(ExerciseSheet("99", "99_no_such", "", "", 1, (), ()))
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    cells = notebook_data(sheet.notebook(LANGUAGES[0]))["cells"]
    code = next("".join(cell["source"]) for cell in cells if "parameters" in cell["metadata"].get("tags", ()))
    return str(next(one.default for one in parameters(code)[0] if one.name == "source"))


def unseen(sheets: Iterable[ExerciseSheet], seed: int, home: Path, packed: Mapping[str, str]) -> dict[str, Unseen]:
    """The data for the exercises of some lessons; exercises about the same company share them.

    Parameters
    ----------
    sheets : iterable of ExerciseSheet
    seed : int
    home : Path
        Where the folders are made.
    packed : mapping of str to str
        As for :func:`checked_seed`.

    Returns
    -------
    dict of str to Unseen
        By number of the lesson.

    >>> unseen([], 7, Path("nowhere"), {})
    {}
    """
    handed_out = {sheet.number: _handed_out(sheet, packed) for sheet in sheets}
    sources = dict.fromkeys(own for own, *_ in handed_out.values())
    made = {source: _company(source, seed, home / str(place)) for place, source in enumerate(sources)}
    return {lesson: Unseen(*made[all_of[0]], all_of) for lesson, all_of in handed_out.items()}


def _handed_out(sheet: ExerciseSheet, packed: Mapping[str, str]) -> tuple[str, ...]:
    """The companies that a class may have had for an exercise."""
    return tuple(dict.fromkeys([handed_out_source(sheet), packed.get(sheet.number, handed_out_source(sheet))]))


def _company(source: str, seed: int, folder: Path) -> tuple[Path, int, Material]:
    """One company under another seed: without its truth in a folder, with it here."""
    from cslab.sources import load

    wanted, variant = with_options(source, {"seed": str(seed)}), variant_of(seed)
    write_tables(wanted, folder)
    return folder, variant, Material(load(wanted), variant)


def write_tables(source: str, folder: Path, jobs: int = 1) -> None:
    """Write the tables of a synthetic company, without what could make it again.

    Parameters
    ----------
    source : str
    folder : Path
        Must not exist yet, or be empty.
    jobs : int
        Processes that simulate.

    Raises
    ------
    UsageError
        For another kind of source, a full folder, or with what the disk said.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as home:
    ...     write_tables("synthetic:tiny?seed=6214&accounts=20", Path(home) / "given")
    ...     "6214" in "".join(path.read_text(encoding="utf-8") for path in (Path(home) / "given").iterdir())
    False
    """
    from cslab.sources import parse
    from cslab.sources.simulate import begin, finish, planned

    wanted = parse(source)
    wishes = [f"{name}={value}" for name, value in wanted.params.items()]
    finish(begin(planned(wanted.name, wishes, hide_seed=True), folder), jobs)


def same_company(source: Any, handed_out: str) -> str:
    """The seed in a source that a trainee wrote, where it is the handed-out company but for its seed; empty otherwise.

    Parameters
    ----------
    source : object
        From a trainee's notebook: nothing else in it is believed, or ever opened.
    handed_out : str

    >>> same_company("synthetic:tiny?seed=5", "synthetic:tiny?seed=1"), same_company("folder:secret", "synthetic:tiny")
    ('5', '')
    """
    from cslab.sources import parse

    try:
        theirs, ours = parse(str(source)), parse(handed_out)
    except UsageError:
        return ""
    rest = [{name: value for name, value in one.params.items() if name != "seed"} for one in (theirs, ours)]
    seed = theirs.params.get("seed", "")
    same = (theirs.kind, theirs.name, rest[0]) == (ours.kind, ours.name, rest[1])
    return seed if same and seed.isdecimal() and seed.isascii() and len(seed) <= 18 else ""
