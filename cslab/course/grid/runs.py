"""Carrying out a grid: what is finished is kept, what is half-written is made again, nothing is deleted unasked."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cslab import __version__
from cslab.course import named
from cslab.course.build import package_hash
from cslab.course.demo import attempt
from cslab.course.folders import RECORD, disk_faults
from cslab.course.grid.grid import SOURCE, Grid
from cslab.course.grid.index import write_index
from cslab.course.grid.names import folder_names, title_of
from cslab.course.kernels import in_processes
from cslab.course.lessons import Lesson, notebook_data
from cslab.course.run import Outcome, Plan
from cslab.course.source import digest
from cslab.faults import Fault, UsageError

MARK = "grid.json"
"""By this file a folder is known as a grid's."""
REASONS = ("package", "lesson", "data")
_WORKSHOP = re.compile(r"\..+-[a-z0-9_]{8}")


@dataclass(frozen=True)
class Work:
    """A grid that has been begun.

    Parameters
    ----------
    grid : Grid
    folder : Path
    plans : tuple of Plan
        One a run, in order.
    kept : dict of int to Outcome
        The runs that are finished already, by their place.
    again : dict of str to int
        How many finished runs are to be made again, by what has changed since: ``package``, ``lesson`` or ``data``.
    others : tuple of Path
        Runs in the folder that are no longer part of the grid.

    >>> from cslab.course.grid.grid import Run
    >>> lesson = Lesson("05", "05_x", "", "", "", "", 40, 30, (), ())
    >>> plan = Plan(lesson, "en", {}, Path("out/seed-1"))
    >>> Work(Grid(lesson, "en", (Run({}, {}),)), Path("out"), (plan,), {}, {}, ()).waiting == [plan]
    True
    """

    grid: Grid
    folder: Path
    plans: tuple[Plan, ...]
    kept: dict[int, Outcome]
    again: dict[str, int]
    others: tuple[Path, ...]

    @property
    def waiting(self) -> list[Plan]:
        """The runs that are still to come."""
        return [plan for place, plan in enumerate(self.plans) if place not in self.kept]

    def title(self, place: int) -> str:
        """What the run at a place is called in the reader's language.

        >>> from cslab.course.grid.grid import Run
        >>> lesson = Lesson("05", "05_x", "", "", "", "", 40, 30, (), ())
        >>> Work(Grid(lesson, "en", (Run({}, {"source": "tiny"}),)), Path("out"), (), {}, {}, ()).title(0)
        'tiny'
        """
        return title_of(self.grid.runs[place], self.grid, self.grid.lang)


@dataclass(frozen=True)
class _Finished:
    """A finished run that lies in the folder."""

    folder: Path
    record: dict[str, Any]


def begin(grid: Grid, folder: Path) -> Work:
    """Begin a grid, or take up what lies in its folder.

    Parameters
    ----------
    grid : Grid
        Checked.
    folder : Path
        New, empty, or an earlier run's of the same or another grid of the lesson.

    Returns
    -------
    Work

    Raises
    ------
    UsageError
        For a folder that holds something else or cannot be written.

    >>> import tempfile
    >>> from cslab.course.grid.grid import Run
    >>> from cslab.course.lessons import find
    >>> run = Run({"source": "synthetic:tiny", "lang": "en"}, {"source": "tiny"})
    >>> with tempfile.TemporaryDirectory() as home:
    ...     work = begin(Grid(find("05"), "en", (run,)), Path(home) / "out")
    >>> [plan.folder.name for plan in work.waiting]
    ['tiny']
    """
    with disk_faults(folder):
        _make_ours(grid.lesson, folder)
        there = [*_finished(grid.lesson, folder)]
    found = {_key(one.record.get("parameters")): one for one in reversed(there)}
    mine = {place: found[key] for place, run in enumerate(grid.runs) if (key := _key(run.values)) in found}
    names = folder_names(
        grid, {place: one.folder.name for place, one in mine.items()}, [one.folder.name for one in there]
    )
    plans = tuple(
        Plan(grid.lesson, run.values["lang"], run.values, folder / name, made)
        for run, name, made in zip(grid.runs, names, _made_from(grid), strict=True)
    )
    changed = {place: _changed(one.record, plans[place]) for place, one in mine.items()}
    kept = {place: _outcome(plans[place], one) for place, one in mine.items() if not changed[place]}
    others = tuple(one.folder for one in there if one.folder not in {plan.folder for plan in plans})
    return Work(grid, folder, plans, kept, dict(Counter(filter(None, changed.values()))), others)


def finish(
    work: Work, jobs: int = 1, tell: Callable[[int, Outcome], object] = lambda place, outcome: None
) -> list[Outcome]:
    """Carry out what is still to come, and write the index and the table of numbers.

    Parameters
    ----------
    work : Work
    jobs : int
        Runs at the same time; the bytes of the index are the same for any number.
    tell : callable
        Told the place and outcome of each run as it is there.

    Returns
    -------
    list of Outcome
        One a run, in order; a failed one does not stop the others, and is tried again the next time.

    Raises
    ------
    UsageError
        Where the index cannot be written.

    >>> import tempfile
    >>> lesson = Lesson("05", "05_x", "", "", "", "", 40, 30, (), ())
    >>> with tempfile.TemporaryDirectory() as home:
    ...     outcomes = finish(Work(Grid(lesson, "en", ()), Path(home), (), {}, {}, ()), 1, print)
    ...     outcomes, (Path(home) / "index.html").is_file()
    ([], True)
    """
    done, places = dict(work.kept), {plan.folder: place for place, plan in enumerate(work.plans)}
    for outcome in in_processes(attempt, [(plan,) for plan in work.waiting], jobs):
        place = places[outcome.folder]
        tell(place, outcome)
        done[place] = outcome
    outcomes = [done[place] for place in range(len(work.plans))]
    with disk_faults(work.folder):
        write_index(work.grid, outcomes, work.others, work.folder)
    return outcomes


def _make_ours(lesson: Lesson, folder: Path) -> None:
    """See that the folder is this lesson's grid's, and clear away what a killed run left behind."""
    folder.mkdir(parents=True, exist_ok=True)
    mark = _json(folder / MARK)
    if mark is None and any(folder.iterdir()):
        raise UsageError(Fault("grid_foreign_folder", {"folder": folder}), ending="nothing_ran")
    if mark and mark.get("lesson") != lesson.number:
        there = {"folder": folder, "there": mark.get("lesson"), "here": lesson.number}
        raise UsageError(Fault("grid_other_lesson", there), ending="nothing_ran")
    if mark is None:
        text = json.dumps({"made_by": "cslab demo --grid", "lesson": lesson.number})
        (folder / MARK).write_text(text + "\n", encoding="utf-8", newline="\n")
    for left in folder.iterdir():
        if left.is_dir() and _WORKSHOP.fullmatch(left.name):
            shutil.rmtree(left, ignore_errors=True)


def _finished(lesson: Lesson, folder: Path) -> Iterator[_Finished]:
    """The finished runs of a folder, by name: those with a record, a page and a notebook."""
    for place in sorted(path for path in folder.iterdir() if path.is_dir()):
        record = _json(place / RECORD)
        if record and all((place / f"{lesson.name}.{ending}").is_file() for ending in ("html", "ipynb")):
            yield _Finished(place, record)


def _json(path: Path) -> dict[str, Any] | None:
    """What a JSON file holds; ``None`` where there is none or it is broken off."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _key(data: Any) -> str:
    """Plain data as a key."""
    return json.dumps(data, sort_keys=True)


def _made_from(grid: Grid) -> Iterable[dict[str, str]]:
    """For each run the fingerprints of what it is made from."""
    package = digest(f"{__version__} {package_hash()}")
    langs = {run.values["lang"] for run in grid.runs}
    lessons = {lang: digest(_key(notebook_data(grid.lesson.notebook(lang)))) for lang in langs}
    data = {source: _data(source) for source in {run.values[SOURCE] for run in grid.runs}}
    for run in grid.runs:
        own = digest(_listed(files)) if (files := named.files(run.values)) else ""
        yield {"package": package, "lesson": lessons[run.values["lang"]], "data": data[run.values[SOURCE]] + own}


def _data(source: str) -> str:
    """A fingerprint of a folder's files by name, size and time; empty for a company that is simulated."""
    from cslab.sources import parse

    parsed = parse(source)
    if parsed.kind != "folder":
        return ""
    return digest(_listed(sorted(path for path in Path(parsed.name).expanduser().rglob("*") if path.is_file())))


def _listed(files: Iterable[Path]) -> str:
    """Files by name, size and time."""
    return "\n".join(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)


def _changed(record: dict[str, Any], plan: Plan) -> str:
    """What has changed since a run was finished; empty where nothing has."""
    made = record.get("made_from") or {}
    return next((name for name in REASONS if made.get(name) != plan.made_from[name]), "")


def _outcome(plan: Plan, there: _Finished) -> Outcome:
    """The outcome of a run that was finished earlier."""
    notebook, page = (there.folder / f"{plan.lesson.name}.{ending}" for ending in ("ipynb", "html"))
    return Outcome(plan.lesson, plan.lang, there.folder, notebook, page, record=there.record)
