"""The environment of a clone: the folder ``.venv`` beside ``pyproject.toml``.

Standard library only, since it runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from cslab.faults import Fault, UsageError
from cslab.requirements import Requirement, clone, declared, pins
from cslab.words import default_language, word

LINES_OF_A_FAILURE = 12  # of pip's last words: enough to hold its reason


@dataclass(frozen=True)
class Environment:
    """The environment that belongs to a clone.

    Parameters
    ----------
    root : Path
        The project's folder.

    >>> Environment(Path("project")).folder.as_posix()
    'project/.venv'
    """

    root: Path

    @property
    def folder(self) -> Path:
        """Where it lies.

        >>> Environment(Path("project")).folder.name
        '.venv'
        """
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """Its Python.

        >>> Environment(Path("project")).python.stem
        'python'
        """
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def is_running(self) -> bool:
        """Whether this very process runs in it.

        >>> Environment(Path("no such folder")).is_running()
        False
        """
        return self.folder.is_dir() and os.path.samefile(sys.prefix, self.folder)

    def is_complete(self, *extras: str) -> bool:
        """Whether it was finished, for the dependency files as they are now, and for these extras.

        Parameters
        ----------
        *extras : str
            Such as ``"author"``.

        >>> Environment(Path("no such folder")).is_complete()
        False
        """
        stamp = self._stamp()
        if not stamp or not self.python.exists():
            return False
        return stamp == self._new_stamp("complete", stamp["extras"]) and {*extras} <= {*stamp["extras"]}

    def make(self, *extras: str, wheels: Path | None = None) -> None:
        """Make it, or bring it up to date; a half-made one is made anew.

        Parameters
        ----------
        *extras : str
            To install beside the dependencies; extras it already has are kept.
        wheels : Path, optional
            A folder of downloaded packages to install from, without a network.

        Raises
        ------
        UsageError
            Where it cannot be made; says the cure.

        >>> Environment(Path("project")).make(wheels=Path("no such folder"))
        Traceback (most recent call last):
        ...
        cslab.faults.UsageError: ...
        """
        if wheels and not wheels.is_dir():
            raise UsageError(Fault("setup_no_wheels", {"folder": wheels}))
        started = time.monotonic()
        _tell("setup.begin", folder=self.folder)
        wanted = sorted({*extras, *self._stamp().get("extras", ())})
        if not self._is_usable():
            self._create()
        self._write_stamp("begun", wanted)
        self._install(wanted, wheels)
        self._write_stamp("complete", wanted)
        _tell("setup.end", seconds=time.monotonic() - started)

    def restart(self, arguments: list[str]) -> NoReturn:
        """Start the same command again with this environment's Python; this process ends with it.

        Parameters
        ----------
        arguments : list of str
            What follows ``python -m cslab``.

        >>> Environment(Path("no such folder")).restart(["doctor"])
        Traceback (most recent call last):
        ...
        cslab.faults.UsageError: ...
        """
        if not self.python.exists() or self.is_running():
            raise UsageError(Fault("setup_not_started", {"folder": self.folder}))
        command = [str(self.python), "-m", "cslab", *arguments]
        if os.name == "nt":  # there, execv would give the prompt back while the command still runs
            sys.exit(subprocess.call(command))
        sys.stdout.flush()
        os.execv(command[0], command)

    def _stamp(self) -> dict[str, Any]:
        """What set-up wrote about itself; empty where it never began or cannot be read."""
        try:
            stamp = dict(json.loads((self.folder / "cslab.json").read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return {}
        return stamp if {"state", "root", "extras"} <= {*stamp} else {}

    def _write_stamp(self, state: str, extras: list[str]) -> None:
        """Say how far set-up came, so that an interrupted one is known next time."""
        text = json.dumps(self._new_stamp(state, extras), indent=1) + "\n"
        (self.folder / "cslab.json").write_text(text, encoding="utf-8")

    def _new_stamp(self, state: str, extras: list[str]) -> dict[str, Any]:
        """What to write now: how far it came, where it lies, what it holds, from which dependency files."""
        files = (self.root / "pyproject.toml", self.root / "constraints.txt")
        dependencies = hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()
        return {"state": state, "root": str(self.root), "extras": extras, "dependencies": dependencies}

    def _is_usable(self) -> bool:
        """Whether packages can be added to it as it is: not interrupted, not moved, its Python still there."""
        stamp = self._stamp()
        if not self.python.exists() or (stamp and (stamp["state"], stamp["root"]) != ("complete", str(self.root))):
            return False
        return subprocess.run([str(self.python), "-m", "pip", "--version"], capture_output=True).returncode == 0

    def _create(self) -> None:
        """Make it empty, in place of whatever lies there."""
        if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
            raise UsageError(Fault("setup_no_venv", {"version": f"{sys.version_info[0]}.{sys.version_info[1]}"}))
        if self.folder.is_symlink():  # what it leads to belongs to another clone, and would be cleared
            self.folder.unlink()
        command = [sys.executable, "-m", "venv", "--clear", str(self.folder)]
        made = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        if made.returncode:
            raise UsageError(Fault("setup_not_created", {"folder": self.folder, "reason": _last_words(made.stdout)}))

    def _install(self, extras: list[str], wheels: Path | None) -> None:
        """Install the clone and what it needs, at the tested versions."""
        offline = ["--no-index", "--find-links", str(wheels.resolve())] if wheels else []
        quiet = ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
        project = f".[{','.join(extras)}]" if extras else "."
        command = [str(self.python), "-m", "pip", "install", *quiet, *offline, "-c", "constraints.txt", "-e", project]
        heard: deque[str] = deque(maxlen=LINES_OF_A_FAILURE)
        speech: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"}
        with subprocess.Popen(command, cwd=self.root, errors="replace", **speech) as pip:
            _count_packages(pip.stdout or (), len(pins(self.root)), heard)
        if pip.returncode:
            raise UsageError(Fault("setup_not_installed", {"reason": _last_words("".join(heard))}))


def is_satisfied(*extras: str) -> bool:
    """Whether the Python that runs now holds the kit and everything it declares, so that no set-up is needed.

    Parameters
    ----------
    *extras : str
        Such as ``"author"``.

    >>> isinstance(is_satisfied(), bool)
    True
    """
    return all(need.met for need in [Requirement("cslab"), *declared(*extras)])


def missing_package(error: ImportError) -> UsageError | None:
    """What to say of a package that cannot be imported though set-up installed it: files get lost.

    Parameters
    ----------
    error : ImportError
        What Python says.

    Returns
    -------
    UsageError or None
        None for a module of our own, whose absence is a fault of the kit.

    >>> missing_package(ModuleNotFoundError("No module named 'cslab.x'", name="cslab.x")) is None
    True
    >>> "papermill" in str(missing_package(ModuleNotFoundError("No module named 'papermill'", name="papermill")))
    True
    """
    package = (error.name or "").partition(".")[0]
    if package in ("", "cslab") or package in sys.stdlib_module_names:
        return None
    root = clone()
    own = Environment(root) if root else None
    if own is None or not own.is_running():
        return UsageError(Fault("package_lost", {"package": package, "python": sys.executable}))
    return UsageError(Fault("package_lost_here", {"package": package, "folder": own.folder}))


def _count_packages(lines: Any, expected: int, heard: deque[str]) -> None:
    """Listen to pip and say how far it came: one line that counts up in a terminal, a few lines elsewhere."""
    found = 0
    step, end = (1, "\r") if sys.stdout.isatty() else (40, "\n")
    for line in lines:
        heard.append(line)
        if line.startswith(("Collecting ", "Processing ")):  # from an index, from a folder
            found += 1
            if found % step == 0:
                print(word("setup.collecting", default_language(), found=found, expected=expected), end=end, flush=True)
        elif line.startswith("Installing collected"):
            _tell("setup.unpacking", found=found)


def _last_words(text: str) -> str:
    """The end of what a command said, indented under our own message."""
    return "\n".join(f"    {line}" for line in text.strip().splitlines()[-LINES_OF_A_FAILURE:])


def _tell(key: str, **values: Any) -> None:
    """Say a line to the person who waits."""
    print(word(key, default_language(), **values), flush=True)
