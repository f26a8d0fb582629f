"""How long the folder door takes for 100,000 accounts and 150,000 contracts, and how much memory."""

from __future__ import annotations

import platform
import subprocess
import sys
import tempfile
from pathlib import Path

ACCOUNTS, CONTRACTS = 100_000, 150_000

MEASURE = """
import resource, sys, time
import pandas
import cslab.sources.folder, cslab.sources.mapped
begin = time.perf_counter()
book = cslab.load(sys.argv[1])
seconds = time.perf_counter() - begin
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{len(book.accounts):,} accounts, {len(book.contracts):,} contracts: {seconds:.2f} s, peak {peak:.0f} MB")
"""


def write_company(folder: Path) -> None:
    """A folder of the size of a large firm: half of the accounts have renewed once."""
    import numpy as np
    import pandas as pd

    luck = np.random.default_rng(1)
    ids = np.array([f"A{number:06d}" for number in range(ACCOUNTS)])
    signed = np.datetime64("2021-04-01") + luck.integers(0, 1000, ACCOUNTS)
    amount = luck.lognormal(11, 1, ACCOUNTS).round()
    accounts = {
        "account_id": ids,
        "account_name": np.char.add("customer ", ids),
        "segment": luck.choice(["smb", "mid", "enterprise"], ACCOUNTS),
        "industry": luck.choice(["it", "retail", "logistics", "finance"], ACCOUNTS),
        "employees": luck.integers(5, 5000, ACCOUNTS),
        "region": luck.choice(["kanto", "kansai", "chubu"], ACCOUNTS),
        "trial_usage": luck.random(ACCOUNTS).round(4),
        "eval_days": luck.integers(1, 200, ACCOUNTS),
        "signed_on": signed,
        "mrr0_amount": amount.astype(int),
        "seats0": luck.integers(1, 500, ACCOUNTS),
        "is_legacy": luck.choice(["true", "false"], ACCOUNTS),
        "NPS": luck.integers(0, 11, ACCOUNTS),
    }
    renewed = CONTRACTS - ACCOUNTS
    who = np.r_[np.arange(ACCOUNTS), np.arange(renewed)]
    start = np.r_[signed, signed[:renewed] + 365]
    contracts = {
        "contract_id": [f"C{number:07d}" for number in range(CONTRACTS)],
        "account_id": ids[who],
        "product": "core",
        "start": start,
        "end": start + 365,
        "term_months": 12,
        "billing": luck.choice(["monthly", "annual"], CONTRACTS),
        "mrr_amount": amount[who].astype(int),
        "auto_renew": "true",
        "notice_days": 60,
        "outcome": luck.choice(["renewed", "open", "churned"], CONTRACTS),
    }
    pd.DataFrame(accounts).to_csv(folder / "accounts.csv", index=False)
    pd.DataFrame(contracts).to_csv(folder / "contracts.csv", index=False)


def write_untidy(tidy: Path, folder: Path) -> None:
    """The same company as an untidy export: cp932, slashed dates, amounts with separators, a mapping."""
    import pandas as pd

    for name in ("accounts", "contracts"):
        frame = pd.read_csv(tidy / f"{name}.csv", dtype=str)
        for column in set(frame) & {"signed_on", "start", "end"}:
            frame[column] = frame[column].str.replace("-", "/")
        for column in set(frame) & {"mrr0_amount", "mrr_amount"}:
            frame[column] = [f"{int(cell):,}円" for cell in frame[column]]
        frame.rename(columns={"account_id": "顧客番号"}).to_csv(folder / f"{name}.csv", index=False, encoding="cp932")
    mapping = '[accounts]\naccount_id = "顧客番号"\n[contracts]\naccount_id = "顧客番号"\n'
    (folder / "mapping.toml").write_text(mapping, encoding="utf-8")


def main() -> None:
    """Print seconds and peak memory for a tidy and an untidy folder."""
    print(f"Python {platform.python_version()}, {platform.machine()}, target: 4 s, 1,024 MB")
    with tempfile.TemporaryDirectory() as place:
        tidy, untidy = Path(place, "tidy"), Path(place, "untidy")
        for folder in (tidy, untidy):
            folder.mkdir()
        write_company(tidy)
        write_untidy(tidy, untidy)
        for folder in (tidy, untidy):
            print(f"{folder.name:8}", end="", flush=True)
            subprocess.run([sys.executable, "-c", MEASURE, f"folder:{folder}"], check=True)


if __name__ == "__main__":
    main()
