"""What the instructor keeps of a class: which company was handed out for which lesson, with the seed that makes it."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path

from cslab import __version__
from cslab.course.pack.order import Order
from cslab.faults import Fault, UsageError

RECORD = "class.toml"


@dataclass(frozen=True)
class Record:
    """A class as its record tells it.

    Parameters
    ----------
    seed : int
    handed_out : dict of str to str
        The company of each lesson, with its seed.

    >>> Record(7, {"00": "synthetic:tiny?seed=7"}).handed_out["00"]
    'synthetic:tiny?seed=7'
    """

    seed: int
    handed_out: dict[str, str]


def record_text(order: Order) -> str:
    """The record of a class.

    Parameters
    ----------
    order : Order

    Returns
    -------
    str
        TOML.

    >>> print(record_text(Order((), (), 7, {"00": "synthetic:tiny?seed=7"}, Path("."))).splitlines()[0])
    # Whoever has the seed has the truth: this file stays with the instructor.
    """
    lines = [
        "# Whoever has the seed has the truth: this file stays with the instructor.",
        "format = 1",
        f"version = {json.dumps(__version__)}",
        f"seed = {order.seed}",
        "",
        "[handed_out]",
    ]
    lines += [f"{json.dumps(lesson)} = {json.dumps(source)}" for lesson, source in order.sources.items()]
    return "\n".join(lines) + "\n"


def read_record(folder: Path) -> Record:
    """The record of a class that was packed.

    Parameters
    ----------
    folder : Path
        The one that holds ``trainee`` and ``instructor``.

    Raises
    ------
    UsageError
        Where there is none, or it cannot be read.

    >>> read_record(Path("no such class"))
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    path = folder / "instructor" / RECORD
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        handed_out = {str(lesson): str(source) for lesson, source in content["handed_out"].items()}
        return Record(int(content["seed"]), handed_out)
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise UsageError(Fault("pack_no_record", {"path": path})) from error
