"""How fast the product's log is written and counted, and how much memory that takes, each in a process of its own.

The events are those of the first accounts of ``default_jp`` over a year, as many as it takes. Writing is timed from the
simulation to the last Parquet file, on two threads; counting from the files to the frame of ``monthly_usage``, with
whatever threads DuckDB takes. On a machine that does other things too, processor seconds tell more. The numbers counted
are compared with the table. The third part is what somebody with such a log of one's own waits for: a folder with
accounts, contracts and the log is opened, its log looked through, and the months are counted.

Run: ``python tests/bench/bench_events.py [EVENTS]``, 10,000,000 without; the bars are for 100,000,000, which takes
about 350 MB of the disk.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from cslab import world
from cslab.develop import machine
from cslab.requirements import Requirement
from cslab.sources.events import lack, write_events
from cslab.sources.log import open_events
from cslab.world.observe import observe
from cslab.world.simulate import histories

MONTHS, THREADS = 12, 2
COMPANY = world.preset("default_jp").with_(months=MONTHS)
RULE = world.policy("rule")


def peak_megabytes() -> float:
    """Most memory this process has held so far; not known on Windows."""
    try:
        import resource
    except ImportError:
        return float("nan")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def accounts_for(events: int) -> int:
    """How many accounts, from the first, leave so many events."""
    left = events
    for history in histories(COMPANY.with_(accounts=100_000), RULE, MONTHS, chunk=1):
        usage = observe(history)["usage_monthly"]
        weights = usage["logins"] + usage["core_actions"]
        first = int(history.customers.number[0])
        by_account = np.cumsum(np.bincount(usage["account_id"] - first, weights, minlength=world.luck.BLOCK))
        if by_account[-1] >= left:
            return first + int(np.searchsorted(by_account, left)) + 1
        left -= int(by_account[-1])
    raise SystemExit("not so many events in a year of 100,000 accounts")


def write(folder: Path, accounts: int) -> None:
    """Write the log and print how that went."""
    import pyarrow.parquet as parquet  # loaded before the clock starts

    began, worked = time.perf_counter(), time.process_time()
    for history in histories(COMPANY.with_(accounts=accounts), RULE, MONTHS, chunk=1):
        write_events(observe(history), folder, THREADS)
    seconds, worked, files = time.perf_counter() - began, time.process_time() - worked, sorted(folder.iterdir())
    count, size = sum(parquet.read_metadata(file).num_rows for file in files), sum(f.stat().st_size for f in files)
    print(
        f"  written (bar 8 M/s, 1,500 MB): {count:,} events of {accounts:,} accounts in {seconds:.1f} s: "
        f"{count / seconds / 1e6:.1f} M/s on {THREADS} threads, {count / worked / 1e6:.1f} M a processor second, "
        f"{len(files)} files, {size / count:.2f} bytes an event, peak {peak_megabytes():,.0f} MB"
    )


def count(folder: Path, accounts: int) -> None:
    """Count the log's months and print how that went, and whether they are those of the table."""
    from cslab.measure.events import monthly_usage

    events = open_events(sorted(folder.iterdir()))
    began, worked = time.perf_counter(), time.process_time()
    found = monthly_usage(events).to_pandas()
    seconds, worked, peak = time.perf_counter() - began, time.process_time() - worked, peak_megabytes()
    stored = world.company(COMPANY.with_(accounts=accounts), RULE).usage_monthly
    same = (found == stored.sort_values(["account_id", "month"], ignore_index=True)[[*found]]).all(axis=None)
    print(
        f"  counted (bar 60 s, 4,000 MB at 100 M): {len(found):,} account-months in {seconds:.1f} s "
        f"({worked:.1f} of processors), peak {peak:,.0f} MB, {'every' if same else 'NOT every'} number as in the table"
    )


def door(folder: Path, accounts: int) -> None:
    """Open the log as a folder of one's own and count its months, and print how that went."""
    import cslab

    company = world.company(COMPANY.with_(accounts=accounts), RULE)
    with tempfile.TemporaryDirectory(prefix="cslab-bench-") as home:
        export = Path(home)
        company.accounts[["account_id"]].to_csv(export / "accounts.csv", index=False)
        company.contracts[["account_id", "start", "end"]].to_csv(export / "contracts.csv", index=False)
        (export / "mapping.toml").write_text(f"as_of = {company.as_of.date()}\n", encoding="utf-8")
        (export / "usage_events").symlink_to(folder)
        began = time.perf_counter()
        book = cslab.load(f"folder:{export}")
        opened = time.perf_counter() - began
        found = book.usage_monthly
        seconds, peak = time.perf_counter() - began, peak_megabytes()
    stored = company.usage_monthly.sort_values(["account_id", "month"], ignore_index=True)[[*found]]
    same = len(found) == len(stored) and (found == stored).all(axis=None)
    print(
        f"  through the door (bar 60 s, 4,000 MB at 100 M): opened after {opened:.1f} s, {len(found):,} account-months "
        f"after {seconds:.1f} s, peak {peak:,.0f} MB, {'every' if same else 'NOT every'} number as in the table"
    )


def main() -> None:
    """Print the figures of one size; the parts run in processes of their own, so that each has its own peak."""
    if fault := lack():
        raise SystemExit(fault.text("en"))
    if len(sys.argv) == 4:
        {"write": write, "count": count, "door": door}[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
        return
    wanted = int(float(sys.argv[1])) if len(sys.argv) > 1 else 10_000_000
    print("\n".join(machine()))
    print(", ".join(f"{name} {Requirement(name).installed}" for name in ("duckdb", "ibis-framework", "pyarrow")))
    print(f"the log of about {wanted:,} events", flush=True)
    accounts = str(accounts_for(wanted))
    with tempfile.TemporaryDirectory(prefix="cslab-bench-") as folder:
        for part in ("write", "count", "door"):
            subprocess.run([sys.executable, __file__, part, folder, accounts], check=True)


if __name__ == "__main__":
    main()
