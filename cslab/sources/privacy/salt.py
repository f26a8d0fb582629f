"""The secret that pseudonyms are made with: a file in the user's own folder, made when it is first needed."""

from __future__ import annotations

import os
import secrets
import time
from pathlib import Path

from cslab.faults import Fault, UsageError
from cslab.sources.privacy.places import settings_folder, taken_by

VARIABLE = "CSLAB_SALT_FILE"
"""Names another file; so that colleagues get the same pseudonyms."""
LEAST = 16
"""Bytes below which somebody could try out all salts."""
_HEAD = """\
# The secret of cslab's pseudonyms. With it and the names, pseudonyms can be told again: keep it as you keep the names.
# cslab の仮名の鍵です。この鍵と名称があれば仮名を元の名称に対応づけられます。元データと同じように管理してください。
"""


def salt_file() -> Path:
    """Where the secret lies.

    Returns
    -------
    Path
        What ``CSLAB_SALT_FILE`` names, else ``salt`` in the user's own folder.

    >>> salt_file().is_absolute()
    True
    """
    stated = os.environ.get(VARIABLE, "").strip()
    return Path(stated).expanduser().absolute() if stated else settings_folder() / "salt"


def salt() -> bytes:
    """The secret, made where there is none yet.

    Returns
    -------
    bytes
        At least 16.

    Raises
    ------
    UsageError
        Where the file cannot be read or made, holds something else, or lies where it would be passed on.

    >>> len(salt()) >= LEAST
    True
    """
    path = salt_file()
    if (owner := taken_by(path.parent)) is not None:
        raise UsageError(Fault("salt_inside", {"file": path, "owner": owner, "variable": VARIABLE}))
    try:
        if not path.exists():
            _make(path)
        return _read(path)
    except OSError as error:
        values = {"file": path, "reason": error.strerror or str(error), "variable": VARIABLE}
        raise UsageError(Fault("salt_unreachable", values)) from error


def _make(path: Path) -> None:
    """Write a fresh secret that only its owner can read; one that another process has just made holds instead."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        time.sleep(0.1)  # whoever was faster is writing it
        return
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(_HEAD + secrets.token_hex(32) + "\n")


def _read(path: Path) -> bytes:
    """The secret in a file: hexadecimal, in its one line without a hash sign."""
    lines = [line.strip() for line in path.read_text(encoding="utf-8", errors="replace").splitlines()]
    written = [line for line in lines if line and not line.startswith("#")]
    try:
        found = bytes.fromhex(written[0]) if len(written) == 1 else b""
    except ValueError:
        found = b""
    if len(found) < LEAST:
        raise UsageError(Fault("salt_broken", {"file": path, "least": 2 * LEAST, "variable": VARIABLE}))
    return found
