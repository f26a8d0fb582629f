"""The way to heavy use: light, heavy, left."""

import pytest

from cslab.faults import UsageError
from cslab.measure.heavy_use import heavy_use_spells, path_to_heavy_use

ACCOUNTS = """
    account_id  signed_on   observed_from
    A           2023-01-01  2023-01-01
    B           2023-01-01  2023-01-01
    L           2022-11-01  2023-01-01
"""
CONTRACTS = """
    account_id  start       end         outcome  decided_on
    A           2023-01-01  2024-01-01  open     -
    B           2023-01-01  2023-04-01  churned  2023-03-01
    L           2022-11-01  2023-11-01  open     -
"""
USAGE = """
    account_id  month       wau_ratio
    A           2023-01-01  0.2
    A           2023-02-01  0.6
    A           2023-03-01  0.7
    A           2023-04-01  0.3
    B           2023-01-01  0.1
    B           2023-02-01  0.1
    B           2023-03-01  0.1
    L           2023-01-01  0.9
    L           2023-02-01  0.9
    L           2023-03-01  0.9
    L           2023-04-01  0.9
"""


def spells(tiny) -> dict[str, list[tuple]]:
    """Each customer's stays."""
    book = tiny("2023-05-31", accounts=ACCOUNTS, contracts=CONTRACTS, usage_monthly=USAGE)
    found = heavy_use_spells(book)
    found["to"] = found["to"].fillna("")
    return {one: list(rows.drop(columns="id").itertuples(index=False, name=None)) for one, rows in found.groupby("id")}


def test_a_customer_goes_up_and_falls_back(tiny):
    assert spells(tiny)["A"][:2] == [("light", "heavy", 0, 1), ("heavy", "light", 1, 3)]


def test_who_leaves_in_light_use_ends_there(tiny):
    assert spells(tiny)["B"] == [("light", "left", 0, 3)]


def test_who_signed_before_the_records_enters_late(tiny):
    assert spells(tiny)["L"][0][:3] == ("heavy", "", 2)


def test_shares_add_up_to_one_and_the_leaver_is_counted(tiny):
    book = tiny("2023-05-31", accounts=ACCOUNTS, contracts=CONTRACTS, usage_monthly=USAGE)
    found = path_to_heavy_use(book, [0, 3]).set_index(["time", "state"])["estimate"]
    assert found.loc[0].tolist() == [1, 0, 0]
    assert found.loc[3].sum() == pytest.approx(1)
    assert found.loc[3, "left"] > 0


def test_a_threshold_that_is_no_share_is_refused(tiny):
    with pytest.raises(UsageError, match=r"1\.5"):
        heavy_use_spells(tiny("2023-05-31", accounts=ACCOUNTS, contracts=CONTRACTS, usage_monthly=USAGE), 1.5)


def test_each_segment_goes_its_own_way(tiny):
    lines = ACCOUNTS.strip().splitlines()
    accounts = "\n".join(f"{line} {word}" for line, word in zip(lines, ["segment", *"XYY"], strict=True))
    book = tiny("2023-05-31", accounts=accounts, contracts=CONTRACTS, usage_monthly=USAGE)
    found = path_to_heavy_use(book, [2, 3], by="segment").set_index(["segment", "time", "state"])["estimate"]
    assert found["X", 2, "heavy"] == found["X", 3, "light"] == 1
    assert found["Y", 3, "left"] == 1
    with pytest.raises(UsageError, match="segment"):
        path_to_heavy_use(book, by="segmnt")
