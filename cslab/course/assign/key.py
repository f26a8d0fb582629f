"""What the instructor keeps of an assignment: the secret, and which company each trainee was given."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from cslab import __version__
from cslab.course.assign.kits import kit_of
from cslab.course.assign.order import Order
from cslab.course.grading.trainees import same
from cslab.faults import Fault, UsageError

KEY = "class.toml"


class Given(NamedTuple):
    """What was given to one trainee beside the company.

    Parameters
    ----------
    as_of : str
        The last day of the data.
    hours : float
        That the team has.

    >>> Given("2025-03-31", 500).hours
    500
    """

    as_of: str
    hours: float


@dataclass(frozen=True)
class Held:
    """One trainee as the key tells of them.

    Parameters
    ----------
    name, lang : str
    company : str
        The source that was handed out, with its seed.
    as_of : str
        The last day of its data.
    hours : float
        That the team has, a year or a month as the homework says.

    >>> Held("山田", "ja", "synthetic:tiny?seed=7", "2025-03-31", 500).as_of
    '2025-03-31'
    """

    name: str
    lang: str
    company: str
    as_of: str
    hours: float


@dataclass(frozen=True)
class Key:
    """An assignment as its key tells of it.

    Parameters
    ----------
    homework : str
    trainees : tuple of Held

    >>> Key("h1_mission", (Held("山田 花子", "ja", "synthetic:tiny", "2025-03-31", 500),)).find("山田　花子").lang
    'ja'
    """

    homework: str
    trainees: tuple[Held, ...]

    def find(self, name: str) -> Held | None:
        """A trainee by name; case, width and spaces make no difference.

        Parameters
        ----------
        name : str

        >>> Key("h1_mission", ()).find("Sato") is None
        True
        """
        return next((held for held in self.trainees if same(held.name) == same(name)), None)


def key_text(order: Order, given: dict[str, Given]) -> str:
    """The key of an assignment.

    Parameters
    ----------
    order : Order
    given : dict of str to Given
        What each trainee was given, by name.

    Returns
    -------
    str
        TOML.

    >>> from cslab.course.homework import find
    >>> print(key_text(Order(find("h1_mission"), (), "a", 600, 500, Path(".")), {}).splitlines()[0])
    # Whoever has this secret has the truth of every company: this file stays with the instructor.
    """
    head = {
        "format": 1,
        "version": __version__,
        "homework": order.homework.name,
        "secret": order.secret,
        "accounts": order.accounts,
    }
    lines = ["# Whoever has this secret has the truth of every company: this file stays with the instructor."]
    lines += _lines(head.items())
    for trainee in order.trainees:
        own = {"name": trainee.name, "lang": trainee.lang, "company": order.company(trainee)}
        lines += ["", "[[trainees]]", *_lines({**own, **given[trainee.name]._asdict()}.items())]
    return "\n".join(lines) + "\n"


def read_key(folder: Path) -> Key:
    """The key of an assignment.

    Parameters
    ----------
    folder : Path
        The one that holds ``trainees`` and ``instructor``.

    Raises
    ------
    UsageError
        Where there is none, or it cannot be read.

    >>> read_key(Path("no such class"))
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    path = folder / "instructor" / KEY
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        homework = kit_of(content["homework"]).homework
        return Key(homework, tuple(_held(one, content) for one in content["trainees"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, StopIteration) as error:
        raise UsageError(Fault("assign_no_key", {"path": path}), ending="nothing_graded") from error


def _held(one: dict[str, Any], content: dict[str, Any]) -> Held:
    """One trainee; a key of an earlier version says the hours once for all."""
    name, lang, company, as_of = (str(one[part]) for part in ("name", "lang", "company", "as_of"))
    return Held(name, lang, company, as_of, float(one["hours"] if "hours" in one else content["hours"]))


def _lines(pairs: Iterable[tuple[str, Any]]) -> list[str]:
    """Plain values as TOML: a JSON text is a TOML text but for one control sign."""
    return [f"{name} = {json.dumps(value, ensure_ascii=False)}".replace("\x7f", "\\u007f") for name, value in pairs]
