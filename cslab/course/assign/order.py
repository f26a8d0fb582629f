"""What is to be assigned: the homework, the people, the secret; checked whole before anything is made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from cslab.course import lessons
from cslab.course.assign.class_list import Trainee, read_class
from cslab.course.assign.companies import company_of, drawn_secret
from cslab.course.assign.kits import Kit, kit_of
from cslab.course.grading.filenames import file_names
from cslab.course.homework import HOMEWORK, Homework, find
from cslab.faults import CslabError, Fault, UsageError

ACCOUNTS = 1_000
"""Customers drawn for each company, where nobody says otherwise."""
FEWEST, MOST = 300, 5_000
"""With fewer customers no phase can be told from another; with more a folder is too large to hand out."""
_SECRET = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Order:
    """What was asked for, checked.

    Parameters
    ----------
    homework : Homework
    trainees : tuple of Trainee
        In the order of the class list.
    secret : str
        From which, and a name, each company follows.
    accounts : int
        Customers drawn for each company.
    hours : float or None
        That each team has; ``None``: as many as the homework's kit says of the company.
    root : Path
        The project's folder, which holds the texts for people.

    >>> Order(find("h1_mission"), (Trainee("Sato", "en"),), "a", 600, 500, Path(".")).folders
    {'Sato': 'Sato'}
    """

    homework: Homework
    trainees: tuple[Trainee, ...]
    secret: str
    accounts: int
    hours: float | None
    root: Path

    @property
    def folders(self) -> dict[str, str]:
        """The name of each trainee's folder."""
        return file_names(trainee.name for trainee in self.trainees)

    def company(self, trainee: Trainee) -> str:
        """The company of one trainee, with its seed.

        Parameters
        ----------
        trainee : Trainee

        >>> Order(find("h1_mission"), (), "a", 600, 500, Path(".")).company(Trainee("Sato", "en")).endswith("=600")
        True
        """
        return company_of(self.secret, trainee.name, self.accounts, self.kit.presets)

    @property
    def kit(self) -> Kit:
        """What the homework hands out."""
        return kit_of(self.homework.name)


def ordered(name: str, people: Path, lang: str, *, accounts: str = "", hours: str = "", secret: str = "") -> Order:
    """What was asked for, checked.

    Parameters
    ----------
    name : str
        Of the homework.
    people : Path
        The class list.
    lang : str
        Of those for whom the list says nothing.
    accounts, hours : str
        As typed; empty for the usual number.
    secret : str
        That of an earlier assignment, so that the same names get the same companies; drawn when empty.

    Raises
    ------
    UsageError, DataError
        In an installed package, or with everything that is unknown, out of range or wrong in the list.

    >>> ordered("h1_mission", Path("no such list.csv"), "en")
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    if (root := lessons.project()) is None:
        raise UsageError(Fault("no_clone"), ending="nothing_written")
    faults = [*_number_faults("--accounts", accounts, FEWEST, MOST), *_number_faults("--hours", hours, 1, 1_000_000)]
    if secret and not _SECRET.fullmatch(secret.strip()):
        faults.append(Fault("assign_secret"))
    try:
        homework = _assigned(name)
    except UsageError as error:
        faults = [*error.faults, *faults]
    try:
        trainees = read_class(people, lang)
    except CslabError as error:
        raise type(error)(*faults, *error.faults, subject=error.subject, ending="nothing_written") from error
    if faults:
        raise UsageError(*faults, ending="nothing_written")
    budget = float(hours) if hours else None
    return Order(homework, trainees, secret.strip() or drawn_secret(), int(accounts or ACCOUNTS), budget, root)


def _assigned(name: str) -> Homework:
    """A homework for which each trainee gets a company of one's own."""
    if (homework := find(name)).assigned:
        return homework
    known = [one.name for one in HOMEWORK if one.assigned]
    raise UsageError(Fault("assign_shared", {"name": homework.name, "known": ", ".join(known)}))


def _number_faults(option: str, text: str, least: int, most: int) -> list[Fault]:
    """What is wrong with a number that was typed."""
    if not text or (text.isascii() and text.isdecimal() and least <= int(text) <= most):
        return []
    return [Fault("assign_number", {"option": option, "value": text, "least": least, "most": most})]
