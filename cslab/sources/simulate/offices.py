"""One part of a company: a few offices simulated and written, all their tables or none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cslab.sources.events import write_events
from cslab.sources.messy import spoil
from cslab.sources.messy.answers import LIST
from cslab.sources.parquet import arrow, write_tables
from cslab.sources.simulate.plan import Plan
from cslab.sources.written import csv_bytes, texts
from cslab.tables import EVENTS

if TYPE_CHECKING:
    import pandas as pd

    from cslab.world.observe import Records

OFFICES = 4
"""Offices simulated together: enough to keep the loop over months busy, few enough to be held by any laptop."""


def parts_of(plan: Plan) -> list[range]:
    """The offices of a company, a few at a time.

    Parameters
    ----------
    plan : Plan

    Returns
    -------
    list of range
        Block numbers.

    >>> from cslab.sources.simulate.plan import planned
    >>> parts_of(planned("tiny", ["accounts=5000"]))
    [range(0, 4), range(4, 5)]
    """
    from cslab.world.simulate import chunks

    return chunks(plan.scenario.accounts, OFFICES)


def write_part(plan: Plan, blocks: Sequence[int], place: Path) -> None:
    """Simulate some offices and write their tables; the folder appears when all of them are written.

    Parameters
    ----------
    plan : Plan
    blocks : sequence of int
        Their numbers, consecutive.
    place : Path
        The folder of this part.

    >>> import tempfile
    >>> from cslab.sources.simulate.plan import planned
    >>> with tempfile.TemporaryDirectory() as home:
    ...     write_part(planned("tiny"), range(1), Path(home) / "000000")
    ...     (Path(home) / "000000" / "accounts.csv").read_text(encoding="utf-8")[:10]
    'account_id'
    """
    bench = place.with_name(f".{place.name}-{os.getpid()}")
    bench.mkdir()
    try:
        records = _records(plan, blocks)
        if plan.messy:
            _write_spoilt(plan, records, blocks, bench)
        else:
            for table, frame in _frames(records, blocks):
                _write(plan, table, frame, bench / f"{table}.{plan.form}")
        if plan.events:
            write_events(records, bench / EVENTS.name)
        _appear(bench, place)
    finally:
        shutil.rmtree(bench, ignore_errors=True)


def _appear(bench: Path, place: Path) -> None:
    """Give a finished part its name; a worker that outlived a killed run may just have done so with the same bytes."""
    try:
        bench.rename(place)
    except OSError:
        if not place.is_dir():
            raise


def _records(plan: Plan, blocks: Sequence[int]) -> Records:
    """What happened in these offices, as the company's records show it."""
    from cslab.world.observe import observe
    from cslab.world.simulate import simulate

    scenario = plan.scenario
    return observe(simulate(scenario, plan.policy, scenario.seed, blocks, scenario.accounts, scenario.months))


def _frames(records: Records, blocks: Sequence[int]) -> Iterator[tuple[str, pd.DataFrame]]:
    """The tables of these offices, by name."""
    from cslab.world.frames import account_ids, frame
    from cslab.world.luck import BLOCK

    first = blocks[0] * BLOCK
    ids = account_ids(records.history.accounts, first)
    for table in records:
        yield table, frame(table, records[table], ids, first)


def _write(plan: Plan, table: str, frame: pd.DataFrame, path: Path) -> None:
    """One table of these offices to its file."""
    if plan.form == "parquet":
        write_tables(path, [arrow(frame)])
    else:
        path.write_bytes(csv_bytes(table, frame))


def _write_spoilt(plan: Plan, records: Records, blocks: Sequence[int], bench: Path) -> None:
    """All tables of these offices as real exports have them, and the list of what was done to them."""
    import pandas as pd

    from cslab.world.luck import BLOCK

    cells = {table: pd.DataFrame(texts(table, frame), dtype=object) for table, frame in _frames(records, blocks)}
    ends = (blocks[0] == 0, (blocks[-1] + 1) * BLOCK >= plan.scenario.accounts)
    spoilt = spoil(cells, plan.messy, plan.scenario.seed, plan.scenario.currency, *ends)
    for table, content in spoilt.files.items():
        (bench / f"{table}.csv").write_bytes(content)
    (bench / LIST).write_text(spoilt.listed(), encoding="utf-8", newline="\n")
