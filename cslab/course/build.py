"""Building the course: one source makes two notebooks, the same to the byte on every build. Lessons are executed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from cslab.course import guards
from cslab.course.kernels import execute, in_processes, nbformat
from cslab.course.lessons import Lesson, head, project
from cslab.course.notebook import Built, fresh, text_of, tidy, write
from cslab.course.sheets import guards as sheet_guards
from cslab.course.sheets.build import look_at
from cslab.course.source import Source, digest, read_exercise, read_source
from cslab.faults import CslabError, DataError, Fault, UsageError
from cslab.words import LANGUAGES

ROOMS = ("book", "tables", "world", "sources", "measure", "figures", "scenarios", "mappings", "rules")
REACHING = ("words.py", "words.csv", "faults.py", *ROOMS)
"""The parts of the package that can reach a lesson's outputs; of ``course`` only those that a lesson calls."""
INSIDE = ("lesson.py", "shown.py", "card.py", "cases.py", "cases.toml", "cells.py", "chain/lesson.py", "chain/page.py",
          "claims.py", "claims.toml", "elsewhere.py", "guesses.py", "params.py", "reach.py", "readiness.py",
          "runnable.py", "sliders.py", "spoilt.py", "table.py", "verdicts.py", "questions/toy.py")  # fmt: skip
Task = tuple[Any, ...]


def build(
    folder: Path | None = None,
    numbers: Iterable[str] = (),
    *,
    exercises: Path | None = None,
    solutions: bool = False,
    check: bool = False,
    force: bool = False,
    jobs: int = 2,
    tell: Callable[[Built], None] = lambda built: None,
) -> list[Built]:
    """Build the notebooks of the lessons and exercises whose source, or the package behind them, has changed.

    Parameters
    ----------
    folder, exercises : Path, optional
        The folders that hold ``source`` of the lessons and of the exercises; ``en`` and ``ja`` are made beside it.
        Both of the project's when neither is given.
    numbers : iterable of str
        Only these lessons and their exercises.
    solutions : bool
        Whether the exercises are made with their solutions too, in ``solutions`` beside their ``source``.
    check : bool
        Only look: nothing is executed or written.
    force : bool
        Build what has not changed too.
    jobs : int
        Notebooks executed at the same time.
    tell : callable
        Called with each notebook as it is done.

    Returns
    -------
    list of Built
        One a notebook, by shelf, name and language.

    Raises
    ------
    DataError
        With everything in a source that breaks a rule; then nothing is built.
    UsageError
        Outside a project, or for a number that no source has.

    >>> build(Path("no_such_folder"), check=True)
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    lessons, sheets = (folder, exercises) if folder or exercises else _homes()
    package, looked, tasks = package_hash(), list[Built](), list[Task]()
    read = [(_guarded(path, path.parents[1] == sheets), path.parents[1]) for path in _chosen(lessons, sheets, numbers)]
    for source, home in read:
        exercise = source.head.kind == "exercise"
        seen, to_do = look_at(source, home, solutions, force) if exercise else _look_at(source, home, package, force)
        looked += seen
        tasks += to_do
    done = [one for one in looked if check or one.state == "unchanged"]
    for one in done:
        tell(one)
    for made in () if check else in_processes(_carried_out, tasks, jobs):
        done += made
        for one in made:
            tell(one)
    return sorted(done, key=lambda one: (one.shelf, one.name, one.lang))


def hashes_of(path: Path) -> tuple[str, str] | None:
    """The fingerprints of the source and package that a built notebook was made from; ``None`` where there is none.

    >>> hashes_of(Path("no_such.ipynb")) is None
    True
    """
    try:
        found = head(path)
    except UsageError:
        return None
    return str(found.get("source_hash")), str(found.get("package_hash"))


def package_hash() -> str:
    """A fingerprint of everything in the package that can reach a lesson's outputs.

    >>> package_hash() == package_hash()
    True
    """
    package = Path(__file__).resolve().parents[1]
    within = [path for path in package.rglob("*") if path.suffix in {".py", ".csv", ".toml", ".yaml"}]
    reaching = [path for path in within if path.relative_to(package).parts[0] in REACHING]
    reaching += [package / "course" / name for name in INSIDE]
    texts = (f"{path.relative_to(package).as_posix()}\n{path.read_text(encoding='utf-8')}" for path in sorted(reaching))
    return digest("\n".join(texts))


def _homes() -> tuple[Path, Path]:
    """The folders of the lessons and of the exercises in the project that is worked on."""
    folder = project()
    if folder is None:
        raise UsageError(Fault("not_a_project"))
    return folder / "notebooks", folder / "exercises"


def _chosen(lessons: Path | None, sheets: Path | None, numbers: Iterable[str]) -> list[Path]:
    """The sources of some numbers, or all there are."""
    homes = [home for home in (lessons, sheets) if home]
    found = [path for home in homes for path in sorted((home / "source").glob("[0-9][0-9]_*.py"))]
    wanted = [number.strip().zfill(2) for number in numbers]
    missing = sorted(set(wanted) - {path.name[:2] for path in found})
    if missing or not found:
        known = ", ".join(dict.fromkeys(path.name[:2] for path in found)) or "–"
        where = {"wish": ", ".join(missing), "folder": homes[0] / "source", "known": known}
        raise UsageError(Fault("no_lesson_source", where))
    return [path for path in found if not wanted or path.name[:2] in wanted]


def _guarded(path: Path, exercise: bool) -> Source[Any]:
    """A source that keeps the rules of its kind."""
    source: Source[Any] = read_exercise(path) if exercise else read_source(path)
    faults = sheet_guards.faults_of(source) if exercise else guards.faults_of(source)
    if faults:
        raise DataError(*faults, subject=path.name, ending="nothing_built")
    return source


def _look_at(source: Source[Lesson], home: Path, package: str, force: bool) -> tuple[list[Built], list[Task]]:
    """Which notebooks of a lesson are behind, and what is to be done for these."""
    looked, tasks = [], []
    for lang in LANGUAGES:
        path = home / lang / f"{source.head.name}.ipynb"
        same = not force and hashes_of(path) == (source.digest, package)
        looked.append(Built("notebooks", source.head.name, lang, "unchanged" if same else "stale"))
        tasks += [] if same else [(_make, source, lang, path, package)]
    return looked, tasks


def _carried_out(work: Callable[..., list[Built]], *arguments: Any) -> list[Built]:
    """What came of one task."""
    return work(*arguments)


def _make(source: Source[Lesson], lang: str, path: Path, package: str) -> list[Built]:
    """Execute one notebook and write it; a failing one leaves the old file as it was."""
    nbformat()
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    notebook = fresh(source, lang)
    try:
        notebook = tidy(execute(notebook, path.parents[2]))
        _refuse_warnings(notebook)
    except (CellExecutionError, CellTimeoutError, DeadKernelError, CslabError) as error:
        return [Built("notebooks", source.head.name, lang, "failed", str(error).strip())]
    notebook.metadata["cslab"].update({"source_hash": source.digest, "package_hash": package})
    write(path, text_of(notebook))
    return [Built("notebooks", source.head.name, lang, "built")]


def _refuse_warnings(notebook: Any) -> None:
    """A lesson that warns is not finished, and its warning would carry a path of this machine."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if output.get("name") == "stderr":
                raise DataError(Fault("lesson_warns", {"code": cell["source"][:80], "text": output["text"].strip()}))
