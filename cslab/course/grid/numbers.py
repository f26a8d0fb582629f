"""What the runs of a grid found, side by side: verdicts by run, as a frame for the pictures and as a file for Excel."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cslab.course.grid.grid import Grid
from cslab.course.grid.names import fact_of, name_of, title_of
from cslab.course.run import Outcome
from cslab.course.verdicts import ROLES, Verdict
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd

NUMBERS = ("naive", "better", "low", "high", "truth")


@dataclass(frozen=True)
class Found:
    """A run with what came of it.

    Parameters
    ----------
    title : str
        What the run is called in the reader's language.
    facts : dict of str to str
        Its parameters as text.
    outcome : Outcome
    verdicts : dict of str to Verdict
        By misconception; empty for a run that failed.
    """

    title: str
    facts: Mapping[str, str]
    outcome: Outcome
    verdicts: Mapping[str, Verdict]


def gathered(grid: Grid, outcomes: Iterable[Outcome]) -> list[Found]:
    """The runs of a grid with what they found.

    Parameters
    ----------
    grid : Grid
    outcomes : iterable of Outcome
        One a run, in order.

    >>> from cslab.course.grid.grid import Run
    >>> from cslab.course.lessons import Lesson
    >>> lesson = Lesson("05", "05_x", "", "", "", "", 40, 30, (), ())
    >>> grid = Grid(lesson, "en", (Run({}, {"source": "tiny"}),))
    >>> gathered(grid, [Outcome(lesson, "en", Path("tiny"), None, None, error="no")])[0].title
    'tiny'
    """
    return [
        Found(title_of(run, grid, grid.lang), run.facts, outcome, _verdicts(outcome))
        for run, outcome in zip(grid.runs, outcomes, strict=True)
    ]


def misconceptions(found: Iterable[Found]) -> list[str]:
    """The misconceptions that any run holds against the truth, in the lesson's order.

    >>> misconceptions([])
    []
    """
    return [*dict.fromkeys(name for one in found for name in one.verdicts)]


def frame(grid: Grid, found: Iterable[Found], misconception: str) -> pd.DataFrame:
    """One misconception over all runs, as :func:`cslab.figures.grid.runs` draws it.

    Parameters
    ----------
    grid : Grid
    found : iterable of Found
    misconception : str
        Such as ``"M13"``.

    Returns
    -------
    DataFrame
        A row a run, its numbers missing where it failed or could not compute them; where two names are crossed,
        ``panel`` is the one with the longer values, ``place`` the other.

    >>> from cslab.course.grid.grid import Run
    >>> from cslab.course.lessons import Lesson
    >>> lesson = Lesson("05", "05_x", "", "", "", "", 40, 30, (), ())
    >>> verdict = Verdict.of("M13", 17.0, {"estimate": 29.0, "low": 28.0, "high": 30.0}, 29.5, True)
    >>> one = Found("tiny", {}, Outcome(lesson, "en", Path("tiny"), None, None), {"M13": verdict})
    >>> frame(Grid(lesson, "en", (Run({}, {}),)), [one], "M13")["low"].tolist()
    [28.0]
    """
    import pandas as pd

    from cslab.figures.writing import width

    rows = [{"run": one.title, **_numbers(one.verdicts.get(misconception))} for one in found]
    table = pd.DataFrame(rows, columns=["run", *NUMBERS, "nearer"]).astype(dict.fromkeys(NUMBERS, float))
    table["nearer"] = pd.Series([row["nearer"] for row in rows], dtype=object)
    table.attrs["misconception"] = misconception
    if grid.crossed:
        panel, place = sorted(grid.crossed, key=lambda name: -max(width(value) for value in grid.values_of(name)))
        none = word("verdict.none", grid.lang)
        table["panel"] = [fact_of(panel, run.facts.get(panel, ""), grid.lang) for run in grid.runs]
        table["place"] = [run.facts.get(place, "") or none for run in grid.runs]
        table.attrs["place"] = name_of(place, grid.lang)
    return table


def write_csv(grid: Grid, found: Iterable[Found], path: Path) -> None:
    """Write parameters and numbers, a line a run, as Excel opens them.

    Parameters
    ----------
    grid : Grid
    found : iterable of Found
    path : Path

    >>> import tempfile
    >>> from cslab.course.lessons import Lesson
    >>> with tempfile.TemporaryDirectory() as home:
    ...     write_csv(Grid(Lesson("05", "05_x", "", "", "", "", 40, 30, (), ()), "en", ()), [], Path(home) / "runs.csv")
    ...     (Path(home) / "runs.csv").read_text(encoding="utf-8-sig").strip()
    'run,folder,outcome,error'
    """
    listed = [*found]
    names = [*dict.fromkeys(name for one in listed for name in one.facts)]
    columns = [f"{name}_{number}" for name in misconceptions(listed) for number in (*NUMBERS, "nearer")]
    with path.open("w", encoding="utf-8-sig", newline="") as lines:
        table = csv.DictWriter(lines, ["run", "folder", "outcome", "error", *names, *columns], restval="")
        table.writeheader()
        for one in listed:
            state = {"outcome": "failed" if one.outcome.failed else "ok", "error": one.outcome.error}
            numbers = {
                f"{name}_{number}": "" if value is None else value
                for name, verdict in one.verdicts.items()
                for number, value in _numbers(verdict).items()
            }
            table.writerow({"run": one.title, "folder": one.outcome.folder.name, **state, **one.facts, **numbers})


def _verdicts(outcome: Outcome) -> dict[str, Verdict]:
    """The verdicts of a run, from its record; one on another company than the run's own says nothing of the run."""
    made = map(Verdict.of_record, outcome.record.get("verdicts", ()))
    return {verdict.misconception: verdict for verdict in made if not verdict.elsewhere}


def _numbers(verdict: Verdict | None) -> dict[str, Any]:
    """The numbers of a verdict by the names of the frame's columns."""
    if verdict is None:
        return dict.fromkeys((*NUMBERS, "nearer"))
    estimates = {role: None if (number := getattr(verdict, role)) is None else number.estimate for role in ROLES}
    low, high = (verdict.better and verdict.better.spread) or (None, None)
    found = {**estimates, "low": low, "high": high}
    return {name: found[name] for name in NUMBERS} | {"nearer": verdict.nearer}
