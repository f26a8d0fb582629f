"""Everything that an offline room installs: the kit as a wheel, and its dependencies at the tested versions."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from cslab.faults import Fault, UsageError

LINES_OF_A_FAILURE = 12


def gather(root: Path, folder: Path) -> None:
    """Make the kit's wheel and gather all that it needs, for this system and this Python.

    Parameters
    ----------
    root : Path
        The project's folder.
    folder : Path
        Not there yet.

    Raises
    ------
    UsageError
        With pip's last words, as where there is no network.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as home:
    ...     gather(Path(home), Path(home) / "wheels")
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    folder.mkdir(parents=True)
    _pip("--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(root))
    constraints = str(root / "constraints.txt")
    _pip("--constraint", constraints, "--wheel-dir", str(folder), *map(str, sorted(folder.glob("cslab-*.whl"))))


def _pip(*arguments: str) -> None:
    """Let pip make wheels."""
    quiet = ("--disable-pip-version-check", "--no-input", "--progress-bar", "off")
    command = [sys.executable, "-m", "pip", "wheel", *quiet, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace")
    if done.returncode:
        last = (done.stderr + done.stdout).strip().splitlines()[-LINES_OF_A_FAILURE:]
        reason = "\n".join(f"    {line}" for line in last)
        raise UsageError(Fault("pack_no_wheels", {"reason": reason}), ending="nothing_written")
