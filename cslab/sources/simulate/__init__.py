"""A company simulated straight into a folder, office by office: memory does not grow with its size.

``begin`` says which offices are still to come, ``finish`` simulates them and lets the folder appear in one step. Until
then everything lies in a folder of its own beside it; an interrupted run goes on from there.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from cslab.faults import UsageError
from cslab.sources.grammar import parse
from cslab.sources.mark import FILE_NAME, mark_text
from cslab.sources.messy.answers import write_answers
from cslab.sources.place import appear, disk_fault, parents_of
from cslab.sources.simulate.joining import gather, join
from cslab.sources.simulate.offices import parts_of, write_part
from cslab.sources.simulate.plan import FORMATS, Plan, planned
from cslab.sources.simulate.unfinished import Unfinished
from cslab.sources.synthetic import open_synthetic
from cslab.tables import EVENTS

__all__ = ["FORMATS", "Plan", "Work", "begin", "finish", "planned"]


@dataclass(frozen=True)
class Work:
    """An export that has been begun.

    Parameters
    ----------
    plan : Plan
    unfinished : Unfinished
        Where it is made.
    waiting : tuple of range
        The offices still to be simulated, a few at a time.
    kept : int
        How many such parts an earlier run had finished.

    >>> Work(planned("tiny"), Unfinished(Path("jp")), (range(1),), kept=0).unfinished.target.name
    'jp'
    """

    plan: Plan
    unfinished: Unfinished
    waiting: tuple[range, ...]
    kept: int


def begin(wanted: Plan, folder: str | Path) -> Work:
    """Begin an export, or take up a half-finished one of the same plan.

    Parameters
    ----------
    wanted : Plan
    folder : str or Path
        Must not exist yet, or be empty.

    Returns
    -------
    Work

    Raises
    ------
    UsageError
        Where the folder holds something, cannot be written, or a half-finished run of another plan lies beside it.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as home:
    ...     begin(planned("tiny"), Path(home) / "jp").waiting
    (range(0, 1),)
    """
    unfinished = Unfinished(Path(folder).expanduser().absolute())
    with parents_of(unfinished.target):
        unfinished.begin(wanted)
    parts = parts_of(wanted)
    waiting = tuple(blocks for blocks in parts if not unfinished.part(blocks).is_dir())
    return Work(wanted, unfinished, waiting, len(parts) - len(waiting))


def finish(work: Work, jobs: int = 1, tell: Callable[[str], object] = str) -> Path:
    """Simulate the offices that are still to come and let the folder appear.

    Parameters
    ----------
    work : Work
    jobs : int
        Processes; the bytes are the same for any number.
    tell : callable
        Told the accounts of each part that is finished.

    Returns
    -------
    Path
        The folder, marked as synthetic.

    Raises
    ------
    UsageError
        With what the disk said; finished offices are kept.

    >>> import cslab, tempfile
    >>> with tempfile.TemporaryDirectory() as home:
    ...     folder = finish(begin(planned("tiny"), Path(home) / "jp"))
    ...     cslab.load(f"folder:{folder}").contracts.equals(cslab.load("synthetic:tiny").contracts)
    True
    """
    unfinished = work.unfinished
    try:
        _simulate(work, jobs, tell)
        _put_together(work)
        appear(unfinished.draft, unfinished.target)
    except OSError as error:
        kept = bool(unfinished.finished())
        if not kept:
            shutil.rmtree(unfinished.folder, ignore_errors=True)
        ending = "offices_kept" if kept else "nothing_written"
        raise UsageError(disk_fault(unfinished.target, error), ending=ending) from error
    shutil.rmtree(unfinished.folder, ignore_errors=True)
    return unfinished.target


def _simulate(work: Work, jobs: int, tell: Callable[[str], object]) -> None:
    """Simulate and write the waiting parts, each as soon as a process is free."""
    from joblib import Parallel, delayed

    tasks = (delayed(_part)(work, blocks) for blocks in work.waiting)
    for done in Parallel(n_jobs=min(jobs, len(work.waiting) or 1), return_as="generator_unordered")(tasks):
        tell(done)


def _part(work: Work, blocks: range) -> str:
    """One part: what a process does, and how it is told."""
    from cslab.world.luck import BLOCK

    write_part(work.plan, blocks, work.unfinished.part(blocks))
    last = min(work.plan.scenario.accounts, blocks.stop * BLOCK)
    return f"{blocks.start * BLOCK + 1:,}–{last:,}"


def _put_together(work: Work) -> None:
    """One file a table from the finished parts, the mark, and beside the folder the list of what was spoilt."""
    parts, draft, wanted = work.unfinished.finished(), work.unfinished.draft, work.plan
    join(parts, draft, wanted.messy)
    if wanted.events:
        gather(parts, EVENTS.name, draft)
    if wanted.messy:
        write_answers(parts, work.unfinished.target, wanted.messy)
    (draft / FILE_NAME).write_text(_mark(wanted), encoding="utf-8", newline="\n")


def _mark(wanted: Plan) -> str:
    """The mark by which the folder is known as synthetic."""
    return mark_text(replace(open_synthetic(parse(wanted.source)), source=wanted.shown_source))
