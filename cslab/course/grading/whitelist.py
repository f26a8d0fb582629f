"""What a notebook at level 3 can see: the system's libraries, Python, its packages, this one. Nothing else exists."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from cslab.course.grading.namespaces import DATA
from cslab.course.lessons import library, project
from cslab.sources import shipped
from cslab.words import LANGUAGES

PACKAGE = Path(__file__).resolve().parents[2]
TOP = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")
ETC = ("alternatives", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime")
STORES = ("nix", "gnu")


def root(data: Path) -> dict[str, Any]:
    """What the new root holds, as plain JSON types.

    Parameters
    ----------
    data : Path
        The folder of data that the learner may read.

    Returns
    -------
    dict
        ``links`` (name, where it leads), ``binds`` (what, where) and ``hidden`` (folders that stay empty).

    >>> root(Path("data"))["binds"][-1][1]
    '/given/data'
    """
    tops = [Path("/", name) for name in TOP]
    folders = [Path("/usr"), *(top for top in tops if top.is_dir() and not top.is_symlink()), *_of_python(), *_of_kit()]
    shown = outermost(folders)
    files = [path for name in ETC if (path := Path("/etc", name)).exists()]
    return {
        "links": [(str(top), os.readlink(top)) for top in (*tops, *_on_the_way(shown)) if top.is_symlink()],
        "binds": [*((str(path), str(path)) for path in [*shown, *files]), (str(data.resolve()), DATA)],
        "hidden": [str(path) for path in secrets() if any(path.is_relative_to(folder) for folder in shown)],
    }


def outermost(folders: Iterable[Path]) -> list[Path]:
    """The folders that do not lie within another of them.

    >>> [path.as_posix() for path in outermost([Path("/usr/lib"), Path("/usr"), Path("/opt/python"), Path("/usr")])]
    ['/usr', '/opt/python']
    """
    each = list(dict.fromkeys(folders))
    return [folder for folder in each if not any(folder != other and folder.is_relative_to(other) for other in each)]


def secrets() -> list[Path]:
    """The folders from which an answer could be read off, where they are there.

    >>> all(path.is_dir() for path in secrets())
    True
    """
    home = project()
    ours = [PACKAGE / "course" / "questions" / "bank"]
    authors = [home / "exercises", home / "tests", home / "work", home / "build"] if home else []
    return [path for path in [*ours, *authors] if path.is_dir()]


def _on_the_way(shown: Iterable[Path]) -> Iterator[Path]:
    """The links outside the folders shown that lead to Python, as some tools set them one behind the other."""
    step = Path(sys.executable)
    while step.is_symlink():
        if not any(step.is_relative_to(folder) for folder in shown):
            yield step
        step = step.parent / os.readlink(step)


def packages() -> list[str]:
    """The folders of installed packages that this Python uses.

    >>> all(folder.endswith("-packages") for folder in packages())
    True
    """
    return [path for path in sys.path if path.endswith(("site-packages", "dist-packages")) and os.path.isdir(path)]


def _of_python() -> Iterator[Path]:
    """The folders that Python and its packages need, as they are called and as they really are."""
    prefixes = {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}
    stores = {f"/{name}/store" for name in STORES}
    for path in map(Path, sorted({*prefixes, *packages(), *stores})):
        if path.is_dir() and path != Path("/"):
            yield from (path, path.resolve())


def _of_kit() -> Iterator[Path]:
    """The package, and what lies beside it in a clone: declared files, and the lessons as everybody has them."""
    yield PACKAGE
    beside = [
        *(folder for kind in shipped.FOLDERS.values() for folder in kind),
        *(library() / lang for lang in LANGUAGES),
    ]
    yield from (folder for folder in beside if folder.is_dir())
