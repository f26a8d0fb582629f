"""Trying an exercise in this very process, as somebody does who runs every cell: what its checks say of the answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from cslab.course import shown
from cslab.course.kernels import own_surroundings
from cslab.course.sheets.exercises import ExerciseSheet
from cslab.course.sheets.solutions import unsolved
from cslab.course.source import Source
from cslab.faults import Fault


@dataclass(frozen=True)
class Trial:
    """What came of running the cells of an exercise.

    Parameters
    ----------
    names : dict
        What the cells assigned, by name.
    checks : dict of str to dict
        The record of each check (``cslab.course.shown.CHECK``) by question.
    texts : tuple of str
        All that was shown as text, one a thing that was shown.
    cell : int
        The place of the cell that broke off the run; 0 where none did.
    error : str
        What it said.

    >>> Trial({}, {"nrr": {"outcome": "correct"}}).outcome("nrr"), Trial({}, {}).outcome("nrr")
    ('correct', '')
    """

    names: dict[str, Any]
    checks: dict[str, dict[str, Any]]
    texts: tuple[str, ...] = ()
    cell: int = 0
    error: str = ""

    def outcome(self, question: str) -> str:
        """What the check of a question said; empty where it was not reached.

        >>> Trial({}, {}).outcome("nrr")
        ''
        """
        return str(self.checks.get(question, {}).get("outcome", ""))


@dataclass
class _Shown:
    """What the cells show, gathered on the way."""

    texts: list[str] = field(default_factory=list)
    checks: dict[str, dict[str, Any]] = field(default_factory=dict)

    def take(self, bundles: list[dict[str, Any]]) -> None:
        """Keep what one cell has shown."""
        for bundle in bundles:
            self.texts.append(str(bundle.get("text/plain", "")))
            if record := bundle.get(shown.CHECK):
                self.checks[record["question"]] = record


def tried(source: Source[ExerciseSheet], /, **values: Any) -> Trial:
    """Run the cells of an exercise one after the other, up to the first that fails.

    Parameters
    ----------
    source : Source
        With its solutions, or without them.
    **values
        Parameters that differ from the exercise's own.

    Returns
    -------
    Trial

    >>> tried(Source(ExerciseSheet("05", "05_x", "", "", 15, (), ()), (), "")).checks
    {}
    """
    from IPython.utils.capture import capture_output

    seen, broken, error = _Shown(), 0, ""
    with _shell() as shell:
        for cell in source.code_cells:
            with capture_output() as captured:
                result = shell.run_cell(cell.texts["en"])
            seen.take([output.data for output in captured.outputs])
            if not result.success:
                failure = result.error_before_exec or result.error_in_exec
                broken, error = cell.place, f"{type(failure).__name__}: {failure}"
                break
            if "parameters" in cell.tags:
                shell.user_ns.update(values)
        names = dict(shell.user_ns)
    return Trial(names, seen.checks, tuple(seen.texts), broken, error)


def faults_of(source: Source[ExerciseSheet]) -> list[Fault]:
    """What an exercise does that it must not: an answer that is there beforehand, a solution that is not right.

    Parameters
    ----------
    source : Source
        One that keeps the rules, with its solutions.

    >>> faults_of(Source(ExerciseSheet("05", "05_x", "", "", 15, (), ()), (), ""))
    []
    """
    return [*_unlike(unsolved(source), "not_attempted"), *_unlike(source, "correct")]


def _unlike(source: Source[ExerciseSheet], wanted: str) -> Iterator[Fault]:
    """The checks that say anything else than they should, and the cell that keeps them from saying it."""
    trial = tried(source)
    if trial.error:
        yield Fault("exercise_cell_fails", {"cell": trial.cell, "error": trial.error})
    for question in source.head.questions:
        if (found := trial.outcome(question)) != wanted:
            mistake = trial.checks.get(question, {}).get("mistake") or "–"
            where = {"question": question, "outcome": found or "–", "wanted": wanted, "mistake": mistake}
            yield Fault("exercise_outcome", where)


@contextmanager
def _shell() -> Iterator[Any]:
    """An IPython of its own, gone afterwards with its figures and its language."""
    from IPython.core.interactiveshell import InteractiveShell
    from matplotlib import pyplot

    config: Any = InteractiveShell.config  # the trait knows the class of its settings, which IPython does not export
    quiet = config.klass({"HistoryManager": {"enabled": False}})
    with own_surroundings():
        try:
            yield InteractiveShell.instance(config=quiet, user_module=ModuleType("exercise"))
        finally:
            InteractiveShell.clear_instance()
            pyplot.close("all")
