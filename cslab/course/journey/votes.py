"""Ballots of the workshop, typed into a CSV file: how far people agree on who answers for each step."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cslab.faults import DataError
from cslab.sources.findings import Findings
from cslab.sources.note_cells import department, folded, plain
from cslab.sources.reading import read_cells, read_text
from cslab.words import LANGUAGES, word

if TYPE_CHECKING:
    import pandas as pd

    from cslab.measure.estimate import Estimate

COLUMNS = ("round", "voter", "step", "owner")


@dataclass(frozen=True)
class Round:
    """One round of voting.

    Parameters
    ----------
    name : str
        As it was typed.
    kappa : Estimate or None
        Fleiss' kappa; ``None`` where it is not defined: all ticks are for one department, or no step has two.
    split : dict of str to str
        For each step on which not all agree: the departments with their ticks, the most ticks first.
    steps, voters : int
        How many were voted on, and voted.
    alike : str
        The one department for which all ticks are, where that is why there is no kappa.

    >>> from cslab.measure.estimate import Estimate
    >>> Round("1", Estimate(1.0, 1.0, 1.0, 4, "fleiss"), {}).split
    {}
    """

    name: str
    kappa: Estimate | None
    split: dict[str, str]
    steps: int = 0
    voters: int = 0
    alike: str = ""


def rounds(path: Path) -> list[Round]:
    """The rounds of a file of ballots, in the order of their names.

    Parameters
    ----------
    path : Path
        CSV with a row a tick: ``round``, ``voter``, ``step``, ``owner`` (or the Japanese headings).

    Raises
    ------
    DataError
        With everything that is wrong, by row.

    >>> import tempfile
    >>> ticks = "round,voter,step,owner\\n1,1,kickoff,sales\\n1,2,kickoff,cs\\n1,1,habit,cs\\n1,2,habit,cs\\n"
    >>> with tempfile.TemporaryDirectory() as home:
    ...     size = (Path(home) / "votes.csv").write_text(ticks, encoding="utf-8")
    ...     rounds(Path(home) / "votes.csv")[0].split
    {'kickoff': 'cs 1, sales 1'}
    """
    votes = _votes(path)
    return [_round(name, votes[votes["round"] == name]) for name in sorted(set(votes["round"]), key=int)]


def _votes(path: Path) -> pd.DataFrame:
    """The ticks of a file, checked."""
    findings = Findings()
    text = read_text(path, findings)
    cells = None if text is None else read_cells(text, path.name, findings)
    votes = None if cells is None else _checked(cells, findings)
    if votes is None or findings.faults:
        raise DataError(*findings.faults, subject=path.name)
    votes["owner"] = [department(owner) for owner in votes["owner"]]
    return votes


def _checked(cells: pd.DataFrame, findings: Findings) -> pd.DataFrame | None:
    """The four columns; what is missing, empty or there twice goes to the faults."""
    spoken = {folded(word(f"journey.column.{name}", lang)): name for name in COLUMNS for lang in LANGUAGES}
    votes = cells.rename(columns={heading: spoken.get(folded(str(heading)), heading) for heading in cells})
    if missing := [name for name in COLUMNS if name not in votes]:
        findings.fault("votes_columns", columns=", ".join(missing))
        return None
    if votes.empty:
        findings.fault("votes_none")
        return None
    votes = votes[list(COLUMNS)].map(plain)
    votes["round"] = [unicodedata.normalize("NFKC", turn) for turn in votes["round"]]
    for row in votes.index[(votes["round"] != "") & ~votes["round"].str.fullmatch("[1-9][0-9]?")]:
        findings.fault("votes_round", row=row, value=votes.at[row, "round"])
    for column in COLUMNS:
        for row in votes.index[votes[column] == ""]:
            findings.fault("votes_empty", row=row, column=column)
    for (turn, voter, step), ticks in votes.groupby(["round", "voter", "step"]):
        if len(ticks) > 1:
            where = ", ".join(map(str, ticks.index))
            findings.fault("votes_twice", rows=where, round=turn, voter=voter, step=step)
    return votes


def _round(name: str, votes: pd.DataFrame) -> Round:
    """One round: agreement, and what is still split."""
    from cslab.measure import journey

    counts = votes.groupby("step", sort=False)["owner"].value_counts()
    split = {
        str(step): ", ".join(f"{owner} {count}" for owner, count in sorted(ticks.droplevel(0).items(), key=_most))
        for step, ticks in counts.groupby("step", sort=False)
        if len(ticks) > 1
    }
    asked = votes.rename(columns={"step": "item", "owner": "vote"})
    chosen = sorted(set(votes.loc[votes["step"].duplicated(keep=False), "owner"]))
    kappa = journey.agreement(asked) if len(chosen) > 1 else None
    alike = chosen[0] if len(chosen) == 1 else ""
    return Round(name, kappa, split, votes["step"].nunique(), votes["voter"].nunique(), alike)


def _most(pair: tuple[object, int]) -> tuple[int, str]:
    """Sorts the most ticks first, then by name."""
    return -pair[1], str(pair[0])
