"""How long the doors take, and how much memory: a large company's folder, a workbook of 50,000 rows, a million faults.

The folder holds 100,000 accounts (with names, mails and phones), 400,000 contracts and 3 million rows of usage; it is
loaded, checked and pseudonymised. Goals: 25 s and 4 GB for the folder, 15 s for the workbook.
"""

from __future__ import annotations

import platform
import subprocess
import sys
import tempfile
from pathlib import Path

ACCOUNTS, CONTRACTS, USAGE, SHEET = 100_000, 400_000, 3_000_000, 50_000

MEASURE = """
import resource, sys, time
import pandas
import cslab.sources.folder
from cslab.faults import CslabError
begin = time.perf_counter()
try:
    book = cslab.load(sys.argv[1])
    told = ", ".join(f"{name} {len(frame):,}" for name, frame in book.tables.items())
except CslabError as error:
    told = f"{len(error.faults)} lines of faults, {len(error.text('en')):,} letters"
seconds = time.perf_counter() - begin
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{told}: {seconds:.1f} s, peak {peak:.0f} MB")
"""


def write_folder(folder: Path) -> None:
    """A folder of CSV of the size of a large company, without our mark: it counts as real."""
    import numpy as np
    import pandas as pd

    luck = np.random.default_rng(1)
    ids = np.array([f"A{number:06d}" for number in range(ACCOUNTS)])
    signed = np.datetime64("2018-04-01") + luck.integers(0, 365, ACCOUNTS)
    accounts = {
        "account_id": ids,
        "account_name": np.char.add(np.char.add("株式会社", ids), "商事"),
        "segment": luck.choice(["smb", "mid", "enterprise"], ACCOUNTS),
        "employees": luck.integers(5, 5000, ACCOUNTS),
        "signed_on": signed,
        "担当者": np.char.add("担当", ids),
        "メール": np.char.add(ids, "@example.co.jp"),
        "電話": [f"03-{number // 10_000:04d}-{number % 10_000:04d}" for number in range(ACCOUNTS)],
    }
    pd.DataFrame(accounts).to_csv(folder / "accounts.csv", index=False)
    who, term = np.tile(np.arange(ACCOUNTS), CONTRACTS // ACCOUNTS), np.repeat(np.arange(4), ACCOUNTS)
    start = signed[who] + 365 * term
    contracts = {
        "contract_id": [f"C{number:07d}" for number in range(CONTRACTS)],
        "account_id": ids[who],
        "product": "core",
        "start": start,
        "end": start + 365,
        "mrr_amount": luck.lognormal(11, 1, CONTRACTS).round().astype(int),
        "outcome": np.where(term < 3, "renewed", luck.choice(["churned", "open"], CONTRACTS)),
    }
    pd.DataFrame(contracts).to_csv(folder / "contracts.csv", index=False)
    months = np.datetime64("2020-01") + np.arange(USAGE // ACCOUNTS)
    usage = {
        "account_id": np.repeat(ids, months.size),
        "month": np.tile(months.astype("datetime64[D]"), ACCOUNTS),
        "seats": luck.integers(5, 300, USAGE),
        "wau": luck.integers(0, 200, USAGE),
        "logins": luck.integers(0, 900, USAGE),
    }
    pd.DataFrame(usage).to_csv(folder / "usage_monthly.csv", index=False)
    (folder / "mapping.toml").write_text("as_of = 2022-09-30\n", encoding="utf-8")


def write_book(target: Path, folder: Path) -> None:
    """A workbook with a sheet of 50,000 contracts and one of their accounts."""
    import pandas as pd

    from cslab.sources.workbook_out import Sheet, write_workbook

    contracts = pd.read_csv(folder / "contracts.csv", parse_dates=["start", "end"]).sort_values(["account_id", "start"])
    contracts = contracts.head(SHEET)
    accounts = pd.read_csv(folder / "accounts.csv", parse_dates=["signed_on"])
    accounts = accounts[accounts["account_id"].isin(contracts["account_id"])]
    write_workbook(target, [Sheet("accounts", accounts), Sheet("contracts", contracts)])


def write_faulty(folder: Path, faulty: Path) -> None:
    """The company with a million cells that cannot be read, and as many days out of order."""
    import pandas as pd

    for name in ("accounts", "contracts", "usage_monthly"):
        frame = pd.read_csv(folder / f"{name}.csv", dtype=str)
        if name == "contracts":
            frame["mrr_amount"] = [f"about {number}" for number in range(len(frame))]
            frame["end"] = frame["start"]
        if name == "usage_monthly":
            frame.loc[: USAGE // 3, "logins"] = [f"n{number}" for number in range(USAGE // 3 + 1)]
        frame.to_csv(faulty / f"{name}.csv", index=False)
    (faulty / "mapping.toml").write_text("as_of = 2022-09-30\n", encoding="utf-8")


def measured(source: str) -> None:
    """Load a source in a process of its own, and print what it took."""
    subprocess.run([sys.executable, "-c", MEASURE, source], check=True)


def main() -> None:
    """Make the exports, load each in a process of its own."""
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as place:
        folder, faulty = Path(place, "folder"), Path(place, "faulty")
        folder.mkdir(), faulty.mkdir()
        write_folder(folder)
        measured(f"folder:{folder}")
        write_book(folder.parent / "my.xlsx", folder)
        measured(f"folder:{folder.parent / 'my.xlsx'}")
        write_faulty(folder, faulty)
        measured(f"folder:{faulty}")


if __name__ == "__main__":
    main()
