"""The template of a homework: a Markdown file in each language, carried by the kit, and a trainee's own copy of it."""

from __future__ import annotations

from pathlib import Path

from cslab.course.folders import disk_faults
from cslab.course.homework.declared import find
from cslab.course.sheets import exercises
from cslab.faults import Fault, UsageError


def template(name: str, lang: str) -> Path:
    """Where the template of a homework stands.

    Parameters
    ----------
    name : str
        Such as ``"charter"``.
    lang : str
        ``"en"`` or ``"ja"``.

    >>> template("charter", "ja").parts[-3:]
    ('homework', 'ja', 'charter.md')
    """
    return exercises.library() / "homework" / lang / f"{name}.md"


def new_homework(name: str, lang: str, file: Path | None = None) -> Path:
    """Put a trainee's own copy of a template into a file that is not there yet.

    Parameters
    ----------
    name : str
        Of the homework.
    lang : str
        ``"en"`` or ``"ja"``.
    file : Path, optional
        ``<name>.md`` in this folder when not given.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UsageError
        For an unknown homework, a file that is there already or cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     new_homework("charter", "en", Path(folder) / "mine.md").read_text(encoding="utf-8").partition("\\n")[0]
    '---'
    """
    homework, target = find(name), file or Path(f"{name.strip()}.md")
    text = template(homework.name, lang).read_text(encoding="utf-8")
    with disk_faults(target):
        try:
            with target.open("x", encoding="utf-8", newline="\n") as own:
                own.write(text)
        except FileExistsError as error:
            raise UsageError(Fault("homework_there", {"path": target}), ending="nothing_written") from error
    return target
