"""Who the runs of a grid are about: what a source string says of its company, and whether the lesson can run on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from cslab.course import folders, readiness
from cslab.course.lessons import Lesson
from cslab.course.params import with_options

FEW = 60
"""Customers enough to see whether a synthetic company opens and holds what a lesson needs."""


@dataclass(frozen=True)
class Company:
    """A company as its source string describes it.

    Parameters
    ----------
    name : str
        The preset; the whole string of a source that is not synthetic.
    options : dict of str to str
        Every parameter behind a preset, with its value as text; empty for any other source.
    said : tuple of str
        Those that the string itself sets.

    >>> Company("tiny").options
    {}
    """

    name: str
    options: dict[str, str] = field(default_factory=dict)
    said: tuple[str, ...] = ()


@cache
def company(source: str) -> Company:
    """The company of a source string, without simulating or reading it.

    Parameters
    ----------
    source : str

    Raises
    ------
    UsageError
        With everything in the string that is unknown or out of range.

    >>> company("synthetic:tiny?seed=3").options["seed"], company("synthetic:tiny").options["policy"]
    ('3', 'rule')
    """
    from cslab.sources import parse
    from cslab.sources.synthetic import described
    from cslab.world.scenario import CHANGEABLE

    parsed = parse(source)
    if parsed.kind != "synthetic":
        return Company(parsed.text)
    scenario, policy = described(parsed)
    options = {name: written(getattr(scenario, name)) for name in CHANGEABLE}
    return Company(parsed.name, {**options, "policy": policy.name}, tuple(parsed.params))


def small(source: str) -> str:
    """A source string that is opened at once and tells as well whether a lesson can run: few customers, one seed.

    Parameters
    ----------
    source : str

    Raises
    ------
    UsageError
        As :func:`company`.

    >>> small("synthetic:rct?seed=8"), small("folder:exports")
    ('synthetic:rct?seed=1&accounts=60', 'folder:exports')
    """
    return with_options(source, {"accounts": str(FEW), "seed": "1"}) if company(source).options else source


def require(source: str, as_of: str, lesson: Lesson, lang: str, folder: Path) -> None:
    """Raise with everything for which a lesson cannot run on a source, or its pages cannot go into a folder.

    Parameters
    ----------
    source, as_of : str
    lesson : Lesson
    lang : str
        ``"en"`` or ``"ja"``.
    folder : Path
        Where the pages will go; what is made from real data is not written where git would take it.

    Raises
    ------
    UsageError, DataError, NotReady

    >>> lesson = Lesson("05", "05_x", "", "", "", "", 40, 30, ("contracts",), ())
    >>> require("synthetic:tiny", "2024-03-31", lesson, "en", Path("out"))
    """
    from cslab.sources import load

    book = load(source, as_of)
    readiness.require(book, lesson, lang)
    folders.refuse_tracked(folder, book)


def written(value: Any) -> str:
    """A value as it stands behind ``?`` in a source string, and as people read it in a list.

    Parameters
    ----------
    value : object
        Text, number, flag, or several of them.

    >>> written([0.7, 0.2, 0.1]), written(True), written(())
    ('0.7,0.2,0.1', 'true', 'none')
    """
    if isinstance(value, list | tuple):
        return ",".join(map(written, value)) or "none"
    return str(value).lower() if isinstance(value, bool) else str(value)
