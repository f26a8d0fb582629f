"""The declared files that the kit carries: rules, journey maps and chains, to use as they are or to copy."""

from __future__ import annotations

import re
from pathlib import Path

from cslab.faults import Fault, UsageError, nearest
from cslab.sources import declared

PACKAGE = Path(__file__).resolve().parents[1]
FOLDERS = {
    "rules": (PACKAGE / "rules",),
    "chains": (PACKAGE / "chains", PACKAGE.parent / "datasets" / "chains"),
}
"""Where they lie, by what they are: in an installed package, else in a clone."""


def names(kind: str = "rules") -> list[str]:
    """What can be asked for.

    Parameters
    ----------
    kind : str
        ``"rules"`` (maps among them) or ``"chains"``.

    >>> "journey" in names(), "faq" in names("chains")
    (True, True)
    """
    return sorted(path.stem for path in _folder(kind).glob("*.yaml"))


def text(name: str, kind: str = "rules") -> str:
    """A shipped file as it was written, comments and all.

    Parameters
    ----------
    name : str
        Such as ``"journey"``.
    kind : str
        As for :func:`names`.

    Raises
    ------
    UsageError
        For a name that there is not, with the nearest.

    >>> text("journey").splitlines()[0][0]
    '#'
    """
    return _path(name, kind).read_text(encoding="utf-8")


def read(name: str) -> declared.Declared:
    """The content of a shipped file.

    Parameters
    ----------
    name : str
        Such as ``"journey"``.

    Raises
    ------
    UsageError
        For a name that there is not, with the nearest.

    >>> "phases" in read("journey").value
    True
    """
    return declared.read(_path(name, "rules"))


def own(name: str) -> Path | None:
    """The file of somebody's own that is asked for in place of a shipped one; None where a shipped one is meant.

    Parameters
    ----------
    name : str
        A path says so by its ending, ``.yaml`` or ``.yml``, or by a ``/``; a relative one begins in the present folder.

    Raises
    ------
    UsageError
        For a file that is not there, with the nearest beside it.

    >>> own("journey") is None
    True
    >>> own("no_such_map.yaml")
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    if not re.search(r"[/\\]|\.ya?ml$", name, re.IGNORECASE):
        return None
    path = Path(name.strip()).expanduser()
    if not path.is_file():
        beside = [one.name for one in path.parent.glob("*.y*ml") if one.is_file()] if path.parent.is_dir() else []
        values = {"path": name, "near": nearest(path.name, beside), "here": str(Path.cwd())}
        raise UsageError(Fault("declared.no_file", values))
    return path


def _folder(kind: str) -> Path:
    """Where the files of a kind lie."""
    return next((folder for folder in FOLDERS[kind] if folder.is_dir()), FOLDERS[kind][-1])


def _path(name: str, kind: str) -> Path:
    """Where a shipped file lies."""
    if name not in (known := names(kind)):
        values = {"name": "name", "value": name, "near": nearest(name, known), "known": ", ".join(known)}
        raise UsageError(Fault("unknown_choice", values))
    return _folder(kind) / f"{name}.yaml"
