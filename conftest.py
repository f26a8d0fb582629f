"""What holds for every test and doctest: one language, no screen, the same random examples in each run; extras; what
is said at the end.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

os.environ["CSLAB_LANG"] = "en"
os.environ["MPLBACKEND"] = "Agg"
settings.register_profile("cslab", derandomize=True, deadline=None)
settings.load_profile("cslab")

ROOT = Path(__file__).parent
COVERAGE = "tests/course/test_coverage.py"
WITH_EVENTS = {"cslab/measure/events.py", "cslab/sources/events.py", "cslab/sources/log.py", "cslab/sources/parquet.py"}
"""Modules whose examples need the extra `events`."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs the extra `events` where it is not installed."""
    if all(find_spec(name) for name in ("ibis", "duckdb", "pyarrow")):
        return
    skip = pytest.mark.skip(reason="needs the extra `events`: pip install -e .[events]")
    for item in items:
        if item.get_closest_marker("events") or item.path.relative_to(ROOT).as_posix() in WITH_EVENTS:
            item.add_marker(skip)


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Say how many points of the course are covered, after a run that has looked at them."""
    if any(report.nodeid.startswith(COVERAGE) for report in terminalreporter.getreports("passed")):
        from tests.course.covered import points, said

        terminalreporter.write_line(said(points()))
