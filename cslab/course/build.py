"""Building the lessons: one source makes two notebooks, executed, the same to the byte on every build."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cslab.course.guards import faults_of
from cslab.course.kernels import execute, in_processes, nbformat
from cslab.course.lessons import head, project
from cslab.course.source import Cell, LessonSource, digest, read_source
from cslab.faults import CslabError, DataError, Fault, UsageError
from cslab.words import LANGUAGES

SPEAKS = re.compile(r'^lang: str = "\w+"', re.MULTILINE)
ROOMS = ("book", "tables", "world", "sources", "measure", "figures", "scenarios", "mappings")
REACHING = ("words.py", "words.csv", "faults.py", *ROOMS)
"""The parts of the package that can reach a lesson's outputs; of ``course`` only those that a lesson calls."""
INSIDE = ("lesson.py", "shown.py", "card.py", "cells.py", "sliders.py", "table.py", "verdicts.py")


@dataclass(frozen=True)
class Built:
    """What became of one notebook.

    Parameters
    ----------
    name, lang : str
        Of the lesson.
    state : str
        ``built``, ``unchanged``, ``stale`` (only looked at) or ``failed``.
    reason : str
        What failed.

    >>> Built("05_x", "ja", "unchanged").reason
    ''
    """

    name: str
    lang: str
    state: str
    reason: str = ""


def sources(folder: Path | None = None, numbers: Iterable[str] = ()) -> list[Path]:
    """The sources of the lessons.

    Parameters
    ----------
    folder : Path, optional
        The folder that holds ``source``; the project's ``notebooks`` when not given.
    numbers : iterable of str
        Only these lessons; all when empty.

    Raises
    ------
    UsageError
        Outside a project, or for a number that no source has.

    >>> sources(Path("no_such_folder"))
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    home = folder or _home()
    found = sorted((home / "source").glob("[0-9][0-9]_*.py"))
    wanted = [number.strip().zfill(2) for number in numbers]
    chosen = [path for path in found if not wanted or path.name[:2] in wanted]
    missing = sorted(set(wanted) - {path.name[:2] for path in chosen})
    if missing or not found:
        known = ", ".join(path.name[:2] for path in found) or "–"
        where = {"wish": ", ".join(missing), "folder": home / "source", "known": known}
        raise UsageError(Fault("no_lesson_source", where))
    return chosen


def build(
    folder: Path | None = None,
    numbers: Iterable[str] = (),
    *,
    check: bool = False,
    force: bool = False,
    jobs: int = 2,
    tell: Callable[[Built], None] = lambda built: None,
) -> list[Built]:
    """Build the notebooks of the lessons whose source, or the package behind them, has changed.

    Parameters
    ----------
    folder : Path, optional
        The folder that holds ``source``; ``en`` and ``ja`` are made beside it. The project's when not given.
    numbers : iterable of str
        Only these lessons.
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
        One a notebook, by name and language.

    Raises
    ------
    DataError
        With everything in the sources that breaks a rule; then nothing is built.
    UsageError
        As :func:`sources`.

    >>> build(Path("no_such_folder"), check=True)
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    home = folder or _home()
    read = [_guarded(path) for path in sources(home, numbers)]
    package, done, tasks = package_hash(), [], []
    for source in read:
        for lang in LANGUAGES:
            path = home / lang / f"{source.lesson.name}.ipynb"
            if not force and hashes_of(path) == (source.digest, package):
                done.append(Built(source.lesson.name, lang, "unchanged"))
            elif check:
                done.append(Built(source.lesson.name, lang, "stale"))
            else:
                tasks.append((source, lang, path, package))
    for built in done:
        tell(built)
    for built in in_processes(_build_one, tasks, jobs):
        tell(built)
        done.append(built)
    return sorted(done, key=lambda built: (built.name, built.lang))


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
    within = [path for path in package.rglob("*") if path.suffix in {".py", ".csv", ".toml"}]
    reaching = [path for path in within if path.relative_to(package).parts[0] in REACHING]
    reaching += [package / "course" / name for name in INSIDE]
    texts = (f"{path.relative_to(package).as_posix()}\n{path.read_text(encoding='utf-8')}" for path in sorted(reaching))
    return digest("\n".join(texts))


def fresh(source: LessonSource, lang: str) -> Any:
    """A lesson's notebook in a language, not yet executed.

    Parameters
    ----------
    source : LessonSource
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    NotebookNode
        Cell ids come from place and text, the same on every build.

    >>> from cslab.course.lessons import Lesson
    >>> cells = (Cell(1, {"en": "a", "ja": "b"}, (), False),)
    >>> fresh(LessonSource(Lesson("05", "05_x", "", "", "", "", 1, 1, (), ()), cells, ""), "ja").cells[0].source
    'b'
    """
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "cslab": {"lesson": source.lesson.as_data(), "lang": lang},
    }
    cells = [_notebook_cell(cell, place, lang) for place, cell in enumerate(source.cells)]
    return nbformat().from_dict({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def tidy(notebook: Any) -> Any:
    """An executed notebook without what differs from run to run or machine to machine.

    Parameters
    ----------
    notebook : NotebookNode
        Changed in place.

    Returns
    -------
    NotebookNode

    >>> notebook = nbformat().v4.new_notebook(metadata={"language_info": {"name": "python", "version": "3.11"}})
    >>> tidy(notebook).metadata
    {'language_info': {'name': 'python'}}
    """
    notebook.metadata["language_info"] = {"name": "python"}
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell["metadata"] = {name: cell["metadata"][name] for name in ("tags",) if name in cell["metadata"]}
    return notebook


def _home() -> Path:
    """The notebooks of the project that is worked on."""
    folder = project()
    if folder is None:
        raise UsageError(Fault("not_a_project"))
    return folder / "notebooks"


def _guarded(path: Path) -> LessonSource:
    """A source that keeps the rules."""
    source = read_source(path)
    if faults := faults_of(source):
        raise DataError(*faults, subject=path.name, ending="nothing_built")
    return source


def _notebook_cell(cell: Cell, place: int, lang: str) -> dict[str, Any]:
    """One cell of the notebook; only the default of ``lang`` differs between the languages' code."""
    text = cell.texts[lang]
    name = f"{place:03d}-{hashlib.sha256(text.encode('utf-8')).hexdigest()[:10]}"
    shared = {"id": name, "metadata": {"tags": list(cell.tags)} if cell.tags else {}}
    if not cell.is_code:
        return {**shared, "cell_type": "markdown", "source": text}
    code = SPEAKS.sub(f'lang: str = "{lang}"', text) if "parameters" in cell.tags else text
    return {**shared, "cell_type": "code", "source": code, "execution_count": None, "outputs": []}


def _build_one(source: LessonSource, lang: str, path: Path, package: str) -> Built:
    """Execute one notebook and write it; a failing one leaves the old file as it was."""
    nbformat()
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    notebook = fresh(source, lang)
    try:
        notebook = tidy(execute(notebook, path.parents[2]))
        _refuse_warnings(notebook)
    except (CellExecutionError, CellTimeoutError, DeadKernelError, CslabError) as error:
        return Built(source.lesson.name, lang, "failed", str(error).strip())
    notebook.metadata["cslab"].update({"source_hash": source.digest, "package_hash": package})
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.write_text(nbformat().writes(notebook) + "\n", encoding="utf-8", newline="\n")
    partial.replace(path)
    return Built(source.lesson.name, lang, "built")


def _refuse_warnings(notebook: Any) -> None:
    """A lesson that warns is not finished, and its warning would carry a path of this machine."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if output.get("name") == "stderr":
                raise DataError(Fault("lesson_warns", {"code": cell["source"][:80], "text": output["text"].strip()}))
