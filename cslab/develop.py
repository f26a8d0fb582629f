"""The verbs beside the lessons: ``test``, ``check`` and ``bench`` for those who work on the kit in a clone; ``lab``."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cslab.faults import Fault, UsageError
from cslab.requirements import clone, declared, pins
from cslab.requirements import parse as requirement
from cslab.words import default_language, word

QUICK = "not slow and not course and not browser"
SANITIZE = "tests/course/nbval_sanitize.cfg"


@dataclass(frozen=True)
class Step:
    """One command of a test run, started with this environment's Python.

    Parameters
    ----------
    name : str
        What is called by it, for the person who waits.
    command : tuple of str
        What follows ``python -m``.

    >>> Step("lint", ("ruff", "check")).name
    'lint'
    """

    name: str
    command: tuple[str, ...]


LINT = Step("lint", ("ruff", "check", "."))
TYPES = Step("types", ("mypy",))
# on every core; a file's tests stay together, so that the company which they share is simulated once
SIDE_BY_SIDE = ("-n", "auto", "--dist", "loadfile")
UNIT = Step("unit tests", ("pytest", "tests", "-q", "-p", "no:nbval", *SIDE_BY_SIDE, "-m", QUICK))
EVERYTHING = Step("tests", ("pytest", "-q", "--durations=15", *SIDE_BY_SIDE))


def check() -> int:
    """The quick round: lint, types and the quick tests.

    Returns
    -------
    int
        Exit code: 0 when all passed.

    Raises
    ------
    UsageError
        From an installed package, which has no tests.
    """
    return run([LINT, TYPES, UNIT], project())


def test() -> int:
    """Every test: lint, types, the notebooks against their stored outputs, and all that pytest finds.

    Outputs are compared only under the tested versions, since another version may print the same number otherwise;
    elsewhere a line says so. pytest comes last, so that its closing line ends the run.

    Returns
    -------
    int
        Exit code: 0 when all passed.

    Raises
    ------
    UsageError
        From an installed package, which has no tests.
    """
    root = project()
    differing = not_as_tested(root)
    if differing:
        print(word("develop.lax", default_language(), names=", ".join(differing)), flush=True)
    return run([LINT, TYPES, notebooks(compared=not differing), EVERYTHING], root)


def notebooks(compared: bool = True) -> Step:
    """The step that runs the Japanese notebooks; the English ones hold the same code.

    Parameters
    ----------
    compared : bool
        Whether what they show is compared with what is stored in them, or only run.

    >>> notebooks().command[-1]
    'notebooks/ja'
    """
    options = ("--nbval" if compared else "--nbval-lax", "--nbval-current-env", "--nbval-sanitize-with", SANITIZE)
    return Step("notebooks", ("pytest", "-q", *options, "notebooks/ja"))


def not_as_tested(root: Path) -> list[str]:
    """Packages whose version here is not the tested one.

    Parameters
    ----------
    root : Path
        The project's folder, which holds ``constraints.txt``.

    Returns
    -------
    list of str
        Name, version here and tested version; a package that is not installed does not count.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "constraints.txt").write_text("numpy==0.0.1\\n", encoding="utf-8")
    ...     not_as_tested(Path(folder))
    ['numpy ... (0.0.1)']
    """
    here = {name: requirement(name).installed for name in pins(root)}
    return [f"{name} {here[name]} ({tested})" for name, tested in pins(root).items() if here[name] not in ("", tested)]


def run(steps: Sequence[Step], root: Path) -> int:
    """Run steps one after the other, all of them even when one fails, and say how each went.

    Parameters
    ----------
    steps : sequence of Step
        In their order; the last one ends the output when all passed.
    root : Path
        The project's folder, in which they run.

    Returns
    -------
    int
        Exit code: 0 when all passed.

    >>> run([Step("a look", ("this_module_does_not_exist",))], Path("."))
    <BLANKLINE>
    ── a look ──
    FAILED: a look
    1
    """
    lang, failed = default_language(), []
    for step in steps:
        print(f"\n── {step.name} ──", flush=True)
        started = time.monotonic()
        if subprocess.run([sys.executable, "-m", *step.command], cwd=root).returncode:
            failed.append(step.name)
        if step is not steps[-1]:
            verdict = "failed" if step.name in failed else "passed"
            print(word(f"develop.{verdict}", lang, name=step.name, seconds=time.monotonic() - started), flush=True)
    if failed:
        print(word("develop.failures", lang, names=", ".join(failed)), flush=True)
    return int(bool(failed))


def bench() -> int:
    """Print the machine and the versions, then run every benchmark.

    Returns
    -------
    int
        Exit code: 0 when all ran to their end.

    Raises
    ------
    UsageError
        From an installed package, which has no benchmarks.
    """
    root = project()
    print("\n".join(machine(default_language())), flush=True)
    surroundings = {**os.environ, "PYTHONPATH": str(root)}
    failed = []
    for script in sorted((root / "tests" / "bench").glob("bench_*.py")):
        print(f"\n── {script.stem.removeprefix('bench_')} ──", flush=True)
        if subprocess.run([sys.executable, str(script)], cwd=root, env=surroundings).returncode:
            failed.append(script.name)
    if failed:
        print(word("develop.failures", default_language(), names=", ".join(failed)), flush=True)
    return int(bool(failed))


def lab() -> int:
    """Open JupyterLab at a trainee's own copies of the lessons and exercises; those that are there already stay as they
    are.

    Returns
    -------
    int
        JupyterLab's exit code.
    """
    from cslab.course.copies import make_copy, open_lab
    from cslab.course.sheets.exercises import handouts

    copies = [make_copy(handout, default_language())[0] for handout in handouts()]
    if not copies:
        raise UsageError(Fault("no_lessons_built"))
    return open_lab(copies[0])


def machine(lang: str = "en") -> list[str]:
    """What the figures of a benchmark were measured on.

    Parameters
    ----------
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    list of str
        A line on the machine and one on the versions.

    >>> "numpy" in machine()[1]
    True
    """
    said = {
        "processor": _first_line("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "memory": _first_line("/proc/meminfo", "MemTotal") or "?",
        "system": platform.platform(terse=True),
    }
    versions = [f"{need.name} {need.installed}" for need in declared() if need.installed]
    listed = ", ".join([f"Python {platform.python_version()}", *versions])
    return [word("develop.machine", lang, **said), word("develop.versions", lang, versions=listed)]


def _first_line(path: str, name: str) -> str:
    """What Linux says of the machine under a name; empty on other systems."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")


def project() -> Path:
    """The folder of the clone that the package runs from.

    Raises
    ------
    UsageError
        From an installed package.

    >>> (project() / "pyproject.toml").is_file()
    True
    """
    root = clone()
    if root is None:
        raise UsageError(Fault("no_clone"))
    return root
