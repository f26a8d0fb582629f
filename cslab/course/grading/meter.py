"""The pipes of a process in confinement: what goes in, what comes out, and how much of it is too much."""

from __future__ import annotations

import subprocess
import threading
import time
from contextlib import suppress
from typing import IO, Any

from cslab.course.grading.records import clean

STEP, PATIENCE = 0.02, 3.0
"""Seconds between two looks, and seconds that a process has for ending by itself when its input is closed."""
_CHUNK, _KEPT, _LONGEST = 65536, 4000, 500


class Meter:
    """Reads a process's records and words as they come, keeps the records, and counts both.

    Parameters
    ----------
    process : subprocess.Popen
        With pipes for standard input, output (its records) and error (its words).
    limit : int
        Bytes of both together.

    >>> import sys
    >>> pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    >>> meter = Meter(subprocess.Popen([sys.executable, "-c", "print(input())"], **pipes), 1000)
    >>> meter.hand_in(b"hello", close=True)
    >>> meter.wait(60), meter.lines()
    (False, (b'hello',))
    """

    def __init__(self, process: subprocess.Popen[bytes], limit: int) -> None:
        """Begin to read."""
        self._process, self._left = process, limit
        self._records, self._words = bytearray(), bytearray()
        self._full, self._counting = threading.Event(), threading.Lock()
        pairs = ((process.stdout, self._records, 0), (process.stderr, self._words, _KEPT))
        self._readers = [threading.Thread(target=self._read, args=pair, daemon=True) for pair in pairs]
        for reader in self._readers:
            reader.start()

    @property
    def flooded(self) -> bool:
        """Whether there was too much."""
        return self._full.is_set()

    def hand_in(self, data: bytes, close: bool = False) -> None:
        """Write to the process, which may be gone already.

        Parameters
        ----------
        data : bytes
        close : bool
            Whether that is all; otherwise its input stays open, and tells it that somebody waits.
        """
        assert self._process.stdin is not None
        with suppress(OSError, ValueError):
            self._process.stdin.write(data)
            self._process.stdin.flush()
            if close:
                self._process.stdin.close()

    def wait(self, seconds: float, given_up: threading.Event | None = None) -> bool:
        """Wait until the process has ended; end it when there is too much of its words, it is late, or nobody waits.

        Parameters
        ----------
        seconds : float
        given_up : threading.Event, optional
            Set by whoever no longer waits for it.

        Returns
        -------
        bool
            Whether it was late.
        """
        last = time.monotonic() + seconds
        try:
            while self._process.poll() is None:
                if self.flooded or (given_up and given_up.is_set()):
                    return False
                if time.monotonic() > last:
                    return True
                time.sleep(STEP)
            return False
        finally:
            self._stop()

    def lines(self) -> tuple[bytes, ...]:
        """The lines of record."""
        return tuple(bytes(self._records).splitlines())

    def said(self) -> str:
        """The end of its words, clean."""
        return clean(bytes(self._words).decode("utf-8", "replace")[-_LONGEST:], _LONGEST)

    def _read(self, pipe: IO[bytes], kept: bytearray, most: int) -> None:
        """Read a pipe to its end, or until there is too much; keep all of it, or the last of it."""
        while chunk := _some(pipe):
            kept += chunk
            if most:
                del kept[:-most]
            with self._counting:
                self._left -= len(chunk)
                if self._left < 0:
                    self._full.set()
            if self.flooded:
                return

    def _stop(self) -> None:
        """Leave no process and no reader behind."""
        self.hand_in(b"", close=True)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(PATIENCE)
        self._process.kill()
        self._process.wait()
        for reader in self._readers:
            reader.join(PATIENCE)


def _some(pipe: Any) -> bytes:
    """What there is in a pipe; nothing at its end."""
    try:
        return bytes(pipe.read1(_CHUNK))
    except (OSError, ValueError):
        return b""
