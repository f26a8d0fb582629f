"""The folder to hand out: notebooks that point at the tables beside them, templates, and a page that says how to start.

Nothing in it names a seed, a preset or the truth.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from cslab.course.grading.unseen import write_tables
from cslab.course.homework import HOMEWORK, template
from cslab.course.lessons import notebook_data
from cslab.course.pack.leaf import leaf, prose
from cslab.course.pack.order import Order
from cslab.course.sheets.exercises import ExerciseSheet
from cslab.faults import Fault, UsageError
from cslab.words import word

_SOURCE = re.compile(r'^source: str = ".*?"(?=  # )', re.MULTILINE)


def hand_out(order: Order, folder: Path, jobs: int, tell: Callable[[str], object]) -> None:
    """Make the folder that is handed out.

    Parameters
    ----------
    order : Order
    folder : Path
        Not there yet.
    jobs : int
        Processes that simulate.
    tell : callable
        Told each company and each exercise as it is done.

    Raises
    ------
    UsageError
        With what the disk said.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as home:
    ...     hand_out(Order((), (), 7, {}, Path(".")), Path(home) / "trainee", 1, print)
    ...     (Path(home) / "trainee").is_dir()
    True
    """
    folder.mkdir(parents=True)
    for source, name in order.companies.items():
        write_tables(source, folder / "data" / name, jobs)
        tell(name)
    for sheet in order.sheets:
        company = order.companies[order.sources[sheet.number]]
        for lang in order.langs:
            (folder / lang).mkdir(exist_ok=True)
            _write(folder / lang / f"{sheet.name}.ipynb", pointed(sheet, lang, f"folder:../data/{company}"))
        tell(sheet.number)
    for lang in order.langs:
        for homework in (one for one in HOMEWORK if not one.assigned):
            shutil.copyfile(template(homework.name, lang), folder / lang / f"{homework.name}.md")
        (folder / f"README.{lang}.html").write_text(start_page(order, lang), encoding="utf-8", newline="\n")


def pointed(sheet: ExerciseSheet, lang: str, source: str) -> dict[str, Any]:
    """An exercise whose company comes from another source.

    Parameters
    ----------
    sheet : ExerciseSheet
    lang : str
        ``"en"`` or ``"ja"``.
    source : str
        Such as ``"folder:../data/company"``.

    Returns
    -------
    dict
        The notebook as plain data.

    Raises
    ------
    UsageError
        For an exercise that is not built, or says its source in another form.

    >>> pointed(ExerciseSheet("99", "99_no_such", "", "", 1, (), ()), "en", "folder:data")
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    notebook = notebook_data(sheet.notebook(lang))
    for cell in notebook["cells"]:
        if "parameters" in cell["metadata"].get("tags", ()):
            text, count = _SOURCE.subn(f"source: str = {json.dumps(source)}", "".join(cell["source"]))
            if count == 1:
                cell["source"] = text.splitlines(keepends=True)
                return notebook
    raise UsageError(Fault("pack_no_source", {"path": sheet.notebook(lang)}), ending="nothing_written")


def start_page(order: Order, lang: str) -> str:
    """The page that says how to start.

    Parameters
    ----------
    order : Order
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    str
        HTML that needs nothing but itself.

    >>> from cslab.course.lessons import project
    >>> "JupyterLab" in start_page(Order((), ("en",), 7, {}, project()), "en")
    True
    """
    rows = [f"| {one.number} | {escape(one.title(lang))} | {one.minutes} | `{lang}/{one.name}.ipynb` |"
            for one in order.sheets]  # fmt: skip
    way, version = "wheels" if order.wheels else "kit", f"{sys.version_info[0]}.{sys.version_info[1]}"
    blanks = {
        "sheets": "\n".join(rows),
        "setup": prose(order.root, lang, f"setup_{way}", python=version),
        "command": word(f"pack.command.{way}", lang),
    }
    return leaf(prose(order.root, lang, "start", **blanks), lang)


def _write(path: Path, notebook: dict[str, Any]) -> None:
    """Write a notebook the way Jupyter does."""
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
