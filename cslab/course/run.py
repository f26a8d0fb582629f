"""Running a lesson on a source: everything is checked first, and nothing half-written is left behind."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cslab import __version__
from cslab.course import folders, named, pages, readiness, shown
from cslab.course.kernels import execute_with, nbformat
from cslab.course.lessons import Lesson, find, notebook_data
from cslab.course.notebook import tidy
from cslab.course.params import Parameter, asked, parameters
from cslab.faults import Fault, UsageError
from cslab.words import LANGUAGES, default_language, word

OURS = ("CslabError", "DataError", "NotReady", "UsageError")
MARK, INJECTED = "papermill-error-cell-tag", "injected-parameters"
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Outcome:
    """What became of a run.

    Parameters
    ----------
    lesson : Lesson
    lang : str
    folder : Path
        Where its files stand.
    notebook, page : Path or None
        The executed notebook and the page; of a failed run only the notebook as far as it came.
    error : str
        What the failing cell said; empty for a run that went well.
    cell : int
        The number of the failing cell as the notebook shows it, ``[7]``; 0 otherwise.
    record : dict
        What ``run.json`` holds.

    >>> Outcome(Lesson("05", "05_x", "", "", "", "", 40, 30, (), ()), "en", Path("out"), None, None).failed
    False
    """

    lesson: Lesson
    lang: str
    folder: Path
    notebook: Path | None
    page: Path | None
    error: str = ""
    cell: int = 0
    record: dict[str, Any] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """Whether a cell failed.

        >>> lesson = Lesson("05", "05_x", "", "", "", "", 40, 30, (), ())
        >>> Outcome(lesson, "en", Path("out"), None, None, error="no such table", cell=7).failed
        True
        """
        return bool(self.error)


@dataclass(frozen=True)
class Plan:
    """A run that may begin: its lesson, language, parameters and folder have been checked.

    Parameters
    ----------
    lesson : Lesson
    lang : str
    values : dict
        All parameters of the lesson.
    folder : Path
        Where its files go.
    made_from : dict of str to str
        Fingerprints of what the run is made from, to be kept in its record by who wants to know later whether it is
        still up to date.

    >>> Plan(Lesson("05", "05_x", "", "", "", "", 40, 30, (), ()), "en", {}, Path("out")).folder.name
    'out'
    """

    lesson: Lesson
    lang: str
    values: dict[str, Any]
    folder: Path
    made_from: dict[str, str] = field(default_factory=dict)


def run(
    wish: str,
    *,
    source: str = "",
    as_of: str = "",
    lang: str = "",
    wishes: Sequence[str] = (),
    folder: Path | None = None,
    force: bool = False,
) -> Outcome:
    """Run a lesson and write its notebook and its page.

    Parameters
    ----------
    wish : str
        The lesson's number or name.
    source, as_of : str
        As in the lesson's parameters; its own when empty.
    lang : str
        ``"en"`` or ``"ja"``; the default language when empty.
    wishes : sequence of str
        Further parameters, each ``name=value``.
    folder : Path, optional
        Where the files go; a new folder below ``build/runs`` when not given.
    force : bool
        Whether a finished run in the folder may be replaced.

    Returns
    -------
    Outcome
        Also of a lesson whose cell failed.

    Raises
    ------
    UsageError, DataError, NotReady
        Before anything runs: for an unknown lesson, parameter or source, files that break the contract, a source that
        lacks what the lesson needs, a folder that cannot be used.

    >>> run("no such lesson")
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    lesson, lang = find(wish), lang or default_language()
    given = {name: text for name, text in (("source", source), ("as_of", as_of), ("lang", lang)) if text}
    values = checked(lesson, wishes, given)
    lang = values["lang"]
    plan = Plan(lesson, lang, values, folder or folders.new_folder(lesson, lang, values["source"]))
    if not force:
        folders.refuse_finished(plan.folder)
    _refuse_what_cannot_run(plan)
    return carry_out(plan)


def checked(lesson: Lesson, wishes: Sequence[str], given: dict[str, Any]) -> dict[str, Any]:
    """All parameters of a run, checked.

    Parameters
    ----------
    lesson : Lesson
    wishes, given
        As for :func:`cslab.course.params.asked`.

    Raises
    ------
    UsageError
        For what the lesson does not have or does not fit, and for rules, maps and steps that are not there.

    >>> checked(Lesson("99", "99_no_such", "", "", "", "", 1, 1, (), ()), [], {})
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    known = declared(lesson)
    values = {parameter.name: parameter.default for parameter in known} | asked(known, wishes, given)
    if values["lang"] not in LANGUAGES:
        raise UsageError(Fault("unknown_language", {"lang": values["lang"], "known": ", ".join(LANGUAGES)}))
    if faults := [fault for _, fault in named.slips(values)]:
        raise UsageError(*faults, ending="nothing_ran")
    return values


def declared(lesson: Lesson) -> list[Parameter]:
    """The parameters that a lesson declares.

    Raises
    ------
    UsageError
        For a notebook that is not there.

    >>> declared(Lesson("99", "99_no_such", "", "", "", "", 1, 1, (), ()))
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    cells = notebook_data(lesson.notebook(LANGUAGES[0]))["cells"]
    code = next("".join(cell["source"]) for cell in cells if "parameters" in cell["metadata"].get("tags", ()))
    return parameters(code)[0]


def carry_out(plan: Plan) -> Outcome:
    """Execute the notebook of a plan and write what comes of it, all at once.

    Parameters
    ----------
    plan : Plan
        Checked.

    Raises
    ------
    UsageError
        For a folder that cannot be written, or a full disk; then nothing is left behind.

    >>> carry_out(Plan(Lesson("99", "99_x", "", "", "", "", 1, 1, (), ()), "en", {}, Path(__file__) / "below a file"))
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    nbformat()
    from jupyter_client.kernelspec import NoSuchKernel
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    with folders.workshop(plan.folder) as bench:
        draft = bench / "draft.ipynb"
        try:
            execute_with(plan.lesson.notebook(plan.lang), plan.values, draft, Path.cwd())
            outcome = _finished(plan, _readable(draft), bench)
        except NoSuchKernel as error:
            raise UsageError(Fault("kernel_absent", {"python": sys.executable}), ending="nothing_ran") from error
        except (PapermillExecutionError, DeadKernelError, CellTimeoutError) as error:
            outcome = _broken_off(plan, draft, bench, error)
        draft.unlink()
        folders.hand_over(bench, plan.folder, plan.lesson.name)
    return outcome


def _refuse_what_cannot_run(plan: Plan) -> None:
    """Load the company once here, so that everything that is wrong with it is told before anything runs."""
    from cslab.sources import load

    book = load(plan.values["source"], plan.values["as_of"])
    readiness.require(book, plan.lesson, plan.lang)
    named.require_evidence(book, plan.values)
    folders.refuse_tracked(plan.folder, book)


def _finished(plan: Plan, notebook: Any, bench: Path) -> Outcome:
    """Write notebook, page and record of a run that went well."""
    name = plan.lesson.name
    record = {
        "lesson": plan.lesson.as_data(),
        "lang": plan.lang,
        "parameters": plan.values,
        "version": __version__,
        "made_from": plan.made_from,
        "card": pages.first(notebook, shown.CARD),
        "verdicts": pages.records(notebook, shown.VERDICT),
    }
    _write(bench / f"{name}.ipynb", nbformat().writes(notebook))
    _write(bench / f"{name}.html", pages.page(notebook))
    _write(bench / folders.RECORD, json.dumps(record, ensure_ascii=False, indent=1))
    notebook_there, page_there = plan.folder / f"{name}.ipynb", plan.folder / f"{name}.html"
    return Outcome(plan.lesson, plan.lang, plan.folder, notebook_there, page_there, record=record)


def _broken_off(plan: Plan, draft: Path, bench: Path, error: Any) -> Outcome:
    """Keep the notebook of a failed run for reading, under a name that says so."""
    name, cell = f"{plan.lesson.name}.failed.ipynb", getattr(error, "exec_count", None) or _reached(draft)
    _write(bench / name, nbformat().writes(_readable(draft)))
    message = _said(error, plan.lang)
    return Outcome(plan.lesson, plan.lang, plan.folder, plan.folder / name, None, message, cell)


def _reached(draft: Path) -> int:
    """The number of the cell in which a kernel died: the last one that papermill is through with."""
    about = (
        cell["metadata"].get("papermill", {}) for cell in notebook_data(draft)["cells"] if cell["cell_type"] == "code"
    )
    return sum(each.get("status") == "completed" for each in about)


def _said(error: Any, lang: str) -> str:
    """What a failing cell said: our own message as it is, any other with its name; a dead kernel says nothing."""
    if not hasattr(error, "evalue"):
        return word("lesson.kernel_died", lang, reason=" ".join(str(error).split()) or type(error).__name__)
    said = _COLOURS.sub("", error.evalue).strip()
    return said if error.ename in OURS else f"{error.ename}: {said}".splitlines()[0]


def _readable(draft: Path) -> Any:
    """An executed notebook without papermill's own marks and this machine's paths."""
    notebook = tidy(nbformat().read(draft, as_version=4))
    notebook.cells = [cell for cell in notebook.cells if MARK not in cell["metadata"].get("tags", ())]
    for cell in notebook.cells:
        if INJECTED in cell["metadata"].get("tags", ()):
            cell["id"] = INJECTED  # papermill draws one, so that no two runs would be the same
    return notebook


def _write(path: Path, text: str) -> None:
    """Write a text file with one line end at its end."""
    path.write_text(text.rstrip("\n") + "\n", encoding="utf-8", newline="\n")
