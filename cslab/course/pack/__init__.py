"""A class as two folders: one to hand out, without seeds, solutions and notes; one for whoever teaches it.

``ordered`` checks what was asked, ``pack`` makes everything beside the place where it goes and lets it appear whole.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cslab.course.pack.hand_out import hand_out
from cslab.course.pack.instructor import instructor
from cslab.course.pack.order import Order, ordered
from cslab.course.pack.record import RECORD, Record, read_record
from cslab.course.pack.wheels import gather
from cslab.faults import UsageError
from cslab.sources.place import appear, parents_of, refusal

__all__ = ["RECORD", "Order", "Packed", "Record", "ordered", "pack", "read_record"]


@dataclass(frozen=True)
class Packed:
    """Where the two folders are.

    Parameters
    ----------
    folder : Path
        That holds both.

    >>> Packed(Path("class")).trainee.as_posix(), Packed(Path("class")).instructor.as_posix()
    ('class/trainee', 'class/instructor')
    """

    folder: Path

    @property
    def trainee(self) -> Path:
        """To hand out."""
        return self.folder / "trainee"

    @property
    def instructor(self) -> Path:
        """Not to hand out."""
        return self.folder / "instructor"


def pack(order: Order, folder: Path, jobs: int = 1, tell: Callable[[str], object] = str) -> Packed:
    """Make the folders of a class.

    Parameters
    ----------
    order : Order
        Checked.
    folder : Path
        Must not exist yet, or be empty.
    jobs : int
        Processes that simulate.
    tell : callable
        Told each of the ``order.steps`` as it is done.

    Returns
    -------
    Packed

    Raises
    ------
    UsageError
        Where the folder holds something, the disk refuses, or packages cannot be gathered; then nothing is left behind.

    >>> from cslab.course.pack.order import Order
    >>> pack(Order((), (), 7, {}, Path(".")), Path("."))
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    target = folder.expanduser().absolute()
    if fault := refusal(target):
        raise UsageError(fault, ending="nothing_written")
    with parents_of(target):
        workshop = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        try:
            draft = Packed(workshop / target.name)
            hand_out(order, draft.trainee, jobs, tell)
            if order.wheels:
                gather(order.root, draft.trainee / "wheels")
                tell("wheels")
            instructor(order, draft.instructor)
            tell("instructor")
            appear(draft.folder, target)
        finally:
            shutil.rmtree(workshop, ignore_errors=True)
    return Packed(target)
