"""What holds for every test and doctest: one language, no screen, the same random examples in each run; extras; what
is said at the end.
"""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

os.environ["CSLAB_LANG"] = "en"
os.environ["MPLBACKEND"] = "Agg"
SALT = Path(tempfile.gettempdir()) / "cslab-tests-salt"
SALT.write_text("00" * 32 + "\n", encoding="utf-8")
os.environ["CSLAB_SALT_FILE"] = str(SALT)  # one secret for all tests; nobody's own is made or read
settings.register_profile("cslab", derandomize=True, deadline=None)
settings.load_profile("cslab")

ROOT = Path(__file__).parent
COVERAGE = "tests/course/test_coverage.py"
WITH_EVENTS = {
    *("cslab/tables/counting.py", "cslab/sources/events.py", "cslab/sources/log.py", "cslab/sources/log_columns.py"),
    *("cslab/sources/log_masked.py", "cslab/sources/log_survey.py", "cslab/sources/clocks.py"),
    *("cslab/sources/parquet.py", "cslab/sources/database/engines.py", "cslab/sources/database/tables.py"),
}
"""Modules whose examples need the extra `events`."""


@pytest.fixture(autouse=True)
def _nothing_real_was_opened() -> Iterator[None]:
    """Each test begins as a session in which no real data have been opened."""
    from cslab.book.confidential import begin_anew

    begin_anew()
    yield
    begin_anew()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs the extra `events` where it is not installed."""
    if all(find_spec(name) for name in ("ibis", "duckdb", "pyarrow")):
        return
    skip = pytest.mark.skip(reason="needs the extra `events`: pip install -e .[events]")
    for item in items:
        if item.get_closest_marker("events") or item.path.relative_to(ROOT).as_posix() in WITH_EVENTS:
            item.add_marker(skip)


def pytest_collection_finish() -> None:
    """What was collected stays until the end: the garbage collector need not look through it again and again."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Say how many points of the course are covered, after a run that has looked at them."""
    if any(report.nodeid.startswith(COVERAGE) for report in terminalreporter.getreports("passed")):
        from tests.course.covered import points, said

        terminalreporter.write_line(said(points()))
