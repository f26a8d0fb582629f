"""A homework for a class list: a folder for each trainee with a company of one's own, and the key for the instructor.

``ordered`` checks what was asked, ``assign`` makes everything beside the place where it goes and lets it appear whole.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cslab.course.assign.class_list import Trainee
from cslab.course.assign.hand_out import hand_out
from cslab.course.assign.key import KEY, Given, Held, Key, key_text, read_key
from cslab.course.assign.order import Order, ordered
from cslab.course.pack.leaf import leaf, prose
from cslab.faults import UsageError
from cslab.sources.place import appear, parents_of, refusal
from cslab.words import LANGUAGES

__all__ = ["KEY", "Assigned", "Held", "Key", "Order", "Trainee", "assign", "ordered", "read_key"]


@dataclass(frozen=True)
class Assigned:
    """Where the folders are.

    Parameters
    ----------
    folder : Path
        That holds all of them.

    >>> Assigned(Path("h1")).trainees.as_posix(), Assigned(Path("h1")).guide("en").as_posix()
    ('h1/trainees', 'h1/instructor/guide.en.html')
    """

    folder: Path

    @property
    def trainees(self) -> Path:
        """A folder each to hand out, to that trainee alone."""
        return self.folder / "trainees"

    @property
    def instructor(self) -> Path:
        """Not to hand out."""
        return self.folder / "instructor"

    def guide(self, lang: str) -> Path:
        """The page that says how to go on.

        Parameters
        ----------
        lang : str
            ``"en"`` or ``"ja"``.

        >>> Assigned(Path("h1")).guide("ja").name
        'guide.ja.html'
        """
        return self.instructor / f"guide.{lang}.html"


def assign(order: Order, folder: Path, jobs: int = 1, tell: Callable[[str], object] = str) -> Assigned:
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
        Told the name of each trainee whose folder is made.

    Returns
    -------
    Assigned

    Raises
    ------
    UsageError
        Where the folder holds something or the disk refuses; then nothing is left behind.

    >>> from cslab.course.homework import find
    >>> assign(Order(find("h1_mission"), (), "a", 600, 500, Path(".")), Path("."))
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    target = folder.expanduser().absolute()
    if fault := refusal(target):
        raise UsageError(fault, ending="nothing_written")
    with parents_of(target):
        workshop = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        try:
            draft = Assigned(workshop / target.name)
            given = {}
            for trainee in order.trainees:
                place = draft.trainees / order.folders[trainee.name]
                given[trainee.name] = hand_out(order, trainee, place, jobs)
                tell(trainee.name)
            _keep(order, given, draft)
            appear(draft.folder, target)
        finally:
            shutil.rmtree(workshop, ignore_errors=True)
    return Assigned(target)


def _keep(order: Order, given: dict[str, Given], draft: Assigned) -> None:
    """Write what stays with the instructor."""
    draft.instructor.mkdir(parents=True)
    (draft.instructor / KEY).write_text(key_text(order, given), encoding="utf-8", newline="\n")
    for lang in LANGUAGES:
        page = leaf(prose(order.root, lang, order.homework.name), lang)
        draft.guide(lang).write_text(page, encoding="utf-8", newline="\n")
