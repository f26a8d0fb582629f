"""``cslab doctor``: is everything here that the lessons need, and if not, what is the cure."""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cslab.requirements import Requirement, declared
from cslab.words import default_language, word

SAMPLE = "顧客の解約と契約更新"
OLDEST_PYTHON = (3, 11)
KERNEL_SECONDS = 60


@dataclass(frozen=True)
class Finding:
    """What one look showed.

    Parameters
    ----------
    ok : bool
        Whether it is as it should be.
    key : str
        What to say, a key of ``words.csv`` without its leading ``doctor.``; a failure's text holds the cure.
    values : dict
        What fills the blanks of the text.

    >>> Finding(True, "python", {"version": "3.11.7"}).text("en")
    '[ OK ] Python 3.11.7'
    """

    ok: bool
    key: str
    values: dict[str, Any] = field(default_factory=dict)

    def text(self, lang: str) -> str:
        """The line for a person.

        >>> Finding(False, "writable", {"folder": "build"}).text("en")
        '[FAIL] pages can be written to build'
        """
        return f"{'[ OK ]' if self.ok else '[FAIL]'} {word(f'doctor.{self.key}', lang, **self.values)}"


def examine(output: Path = Path("build")) -> Iterator[Finding]:
    """Look at everything the lessons need; starts a kernel, so it takes a few seconds.

    Parameters
    ----------
    output : Path
        The folder that pages will be written to.

    Yields
    ------
    Finding
        Python, each declared dependency, the Japanese glyphs, a kernel, the output folder.

    >>> next(examine()).key
    'python'
    """
    yield python()
    yield from map(package, declared())
    yield glyphs()
    yield kernel()
    yield writable(output)


def report(findings: Iterable[Finding], lang: str = "") -> int:
    """Print findings, a line each as it comes, and whether all is well.

    Parameters
    ----------
    findings : iterable of Finding
        As :func:`examine` yields them.
    lang : str
        ``"en"`` or ``"ja"``; empty for the default language.

    Returns
    -------
    int
        Exit code: 0 when all is well, 1 otherwise.

    >>> report([Finding(True, "python", {"version": "3.11.7"})], "en")
    [ OK ] Python 3.11.7
    All is well.
    0
    """
    lang = lang or default_language()
    failures = 0
    for finding in findings:
        failures += not finding.ok
        print(finding.text(lang), flush=True)
    print(word("doctor.not_well" if failures else "doctor.all_well", lang, failures=failures))
    return int(failures > 0)


def python(version: tuple[int, ...] = tuple(sys.version_info[:3])) -> Finding:
    """Whether this Python is new enough.

    Parameters
    ----------
    version : tuple of int
        Its version.

    >>> python((3, 9, 2)).ok, python((3, 11, 2)).ok
    (False, True)
    """
    said = ".".join(map(str, version))
    if version[:2] < OLDEST_PYTHON:
        return Finding(False, "python_old", {"version": said, "needed": ".".join(map(str, OLDEST_PYTHON))})
    return Finding(True, "python", {"version": said})


def package(need: Requirement) -> Finding:
    """Whether a package is here in a version that will do, and can be imported.

    Parameters
    ----------
    need : Requirement
        What is declared.

    >>> package(Requirement("numpy", ">=1")).ok
    True
    >>> print(package(Requirement("numpy", ">=99")).text("en").split("cure: ")[1])
    pip install "numpy>=99"
    """
    values = {"name": need.name, "bounds": need.bounds, "version": need.installed}
    if need.met and (reason := need.broken):
        return Finding(False, "package_broken", {**values, "reason": reason})
    key = "package" if need.met else "package_old" if need.installed else "package_missing"
    return Finding(need.met, key, values)


def glyphs(text: str = SAMPLE) -> Finding:
    """Whether Japanese can be drawn: draws it and listens for missing glyphs.

    Parameters
    ----------
    text : str
        What to draw.

    >>> glyphs().ok
    True
    """
    try:
        missing = _missing_glyphs(text)
    except Exception as error:  # whatever is broken in fonts or libraries is the finding
        return Finding(False, "glyphs_failed", {"reason": error})
    return Finding(not missing, "glyphs_missing" if missing else "glyphs", {"text": text, "missing": missing})


def _missing_glyphs(text: str) -> str:
    """What matplotlib could not draw of a text, in its own words; empty when it drew everything."""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    from cslab.figures.style import use_style

    with warnings.catch_warnings(record=True) as heard, mpl.rc_context():
        warnings.simplefilter("always")
        use_style()
        figure = Figure(figsize=(4, 1))
        figure.text(0.1, 0.4, text)
        FigureCanvasAgg(figure).draw()  # type: ignore[no-untyped-call]
    return "; ".join(str(warning.message) for warning in heard if "missing from" in str(warning.message))


def kernel(name: str = "python3") -> Finding:
    """Whether a notebook kernel starts and can import this package.

    Parameters
    ----------
    name : str
        Name of the kernel.

    >>> kernel("no such kernel").ok
    False
    """
    started = time.monotonic()
    try:
        said = _ask_a_kernel(name)
    except Exception as error:  # a missing kernel, a closed port, a dead process: all are the finding
        return Finding(False, "kernel_failed", {"reason": f"{type(error).__name__}: {error}", "python": sys.executable})
    if said != sys.prefix:
        return Finding(False, "kernel_elsewhere", {"there": said, "here": sys.prefix, "python": sys.executable})
    return Finding(True, "kernel", {"seconds": time.monotonic() - started})


def _ask_a_kernel(name: str) -> str:
    """Start a kernel, have it import what the lessons import, and ask where its Python lives."""
    from jupyter_client.manager import start_new_kernel

    from cslab.course.kernels import own_surroundings

    said: list[str] = []
    with own_surroundings():
        manager, client = start_new_kernel(KERNEL_SECONDS, name, extra_arguments=["--log-level=ERROR"])
        try:
            reply = client.execute_interactive(
                "import sys, cslab, pandas; print(sys.prefix)",
                timeout=KERNEL_SECONDS,
                output_hook=lambda message: said.append(message["content"].get("text", "")),
            )
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
    if reply["content"]["status"] != "ok":
        raise RuntimeError(reply["content"].get("evalue", ""))
    return "".join(said).strip()


def writable(folder: Path) -> Finding:
    """Whether pages can be written into a folder; leaves nothing behind.

    Parameters
    ----------
    folder : Path
        It need not be there yet.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     writable(Path(place) / "build" / "demo").ok, list(Path(place).iterdir())
    (True, [])
    """
    import tempfile

    there = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    try:
        with tempfile.TemporaryFile(dir=there):
            return Finding(True, "writable", {"folder": folder})
    except OSError as error:
        return Finding(False, "not_writable", {"folder": folder, "reason": error.strerror})
