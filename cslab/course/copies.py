"""A trainee's own copies: made once, never overwritten, put back to the start without losing the old one."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import webbrowser
from datetime import date
from pathlib import Path

from cslab.course.folders import disk_faults
from cslab.course.lessons import Handout

WORK = Path("work")


def copy_of(handout: Handout, lang: str, folder: Path = WORK) -> Path:
    """Where a trainee's copy of a lesson or of its exercises stands.

    Parameters
    ----------
    handout : Lesson or ExerciseSheet
    lang : str
        ``"en"`` or ``"ja"``.
    folder : Path
        Of all copies.

    >>> from cslab.course.sheets.exercises import ExerciseSheet
    >>> copy_of(ExerciseSheet("05", "05_x", "", "", 15, (), ()), "ja").as_posix()
    'work/ja/exercises/05_x.ipynb'
    """
    return folder / lang / handout.shelf / f"{handout.name}.ipynb"


def make_copy(handout: Handout, lang: str, folder: Path = WORK) -> tuple[Path, bool]:
    """Copy a lesson or its exercises for a trainee, unless there is a copy already.

    Parameters
    ----------
    handout, lang, folder
        As for :func:`copy_of`.

    Returns
    -------
    (Path, bool)
        The copy, and whether it is new.

    Raises
    ------
    UsageError
        Where it cannot be written.

    >>> from cslab.course.lessons import Lesson
    >>> make_copy(Lesson("99", "99_x", "", "", "", "", 1, 1, (), ()), "en", Path(__file__))
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    copy = copy_of(handout, lang, folder)
    with disk_faults(folder):
        if copy.exists():
            return copy, False
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(handout.notebook(lang), copy)
    return copy, True


def reset(handout: Handout, lang: str, folder: Path = WORK, today: date | None = None) -> tuple[Path, Path | None]:
    """Put a fresh copy in place of a trainee's, and keep the old one under a name with the day in it.

    Parameters
    ----------
    handout, lang, folder
        As for :func:`copy_of`.
    today : date, optional

    Returns
    -------
    (Path, Path or None)
        The fresh copy, and where the old one is kept; ``None`` where there was none.

    Raises
    ------
    UsageError
        Where it cannot be written.

    >>> from cslab.course.lessons import Lesson
    >>> reset(Lesson("99", "99_x", "", "", "", "", 1, 1, (), ()), "en", Path(__file__))
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    copy = copy_of(handout, lang, folder)
    kept = None
    with disk_faults(folder):
        if copy.exists():
            kept = _free_name(copy, today or date.today())
            copy.rename(kept)
    return make_copy(handout, lang, folder)[0], kept


def lab_command(copy: Path) -> list[str]:
    """The command that opens a copy in JupyterLab.

    >>> lab_command(Path("work/en/05_x.ipynb"))[1:5]
    ['-m', 'jupyter', 'lab', 'work/en/05_x.ipynb']
    """
    root = hasattr(os, "geteuid") and os.geteuid() == 0  # in a container, say; JupyterLab refuses root otherwise
    return [sys.executable, "-m", "jupyter", "lab", copy.as_posix(), *(["--allow-root"] if root else [])]


def typed(command: list[str]) -> str:
    """A command as it is typed on this system: a name with a space in it stands in quotation marks.

    Parameters
    ----------
    command : list of str

    >>> typed(["python", "a.py"])
    'python a.py'
    """
    return subprocess.list2cmdline(command) if os.name == "nt" else shlex.join(command)


def has_browser() -> bool:
    """Whether this machine has a browser that a program can open.

    >>> has_browser() in (True, False)
    True
    """
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True


def open_lab(copy: Path) -> int:
    """Open a copy in JupyterLab and wait until it is closed.

    Parameters
    ----------
    copy : Path

    Returns
    -------
    int
        JupyterLab's exit code.
    """
    return subprocess.run(lab_command(copy), check=False).returncode


def _free_name(copy: Path, today: date) -> Path:
    """A name with the day in it that nothing has yet."""
    place = 1
    while (kept := copy.with_name(f"{copy.stem}.{today:%Y-%m-%d}{f'-{place}' if place > 1 else ''}.ipynb")).exists():
        place += 1
    return kept
