"""Whether a CSM's advice before the signature helps: as it looks, among customers alike, and in truth."""

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.book import Book
from cslab.faults import NotReady
from cslab.measure.journey import csm_in_presales, presales_truth
from tests.measure.coverage import acceptable

SIGNED = pd.Timestamp("2023-01-01")


def company(accounts: pd.DataFrame, rating: list[float], gone: list[bool]) -> Book:
    """Customers who all signed on the same day, with the rating of their hand-off; some left in June."""
    ids = accounts["account_id"]
    june = {"decided_on": pd.Timestamp("2023-06-01"), "effective_on": pd.Timestamp("2023-06-01")}
    tables = {
        "accounts": accounts.assign(signed_on=SIGNED),
        "contracts": pd.DataFrame({"account_id": ids, "start": SIGNED, "end": pd.Timestamp("2025-01-01")}),
        "handoffs": pd.DataFrame({"account_id": ids, "from_dept": "sales", "handed_on": SIGNED, "quality": rating}),
        "churn_events": pd.DataFrame({"account_id": ids[np.array(gone)], **june}),
    }
    return Book(tables, pd.Timestamp("2024-06-30"))


def eight() -> Book:
    """Four were advised: all handed over well, one left. Of the other four half were, and two left."""
    accounts = pd.DataFrame({"account_id": [*"ABCDEFGH"], "csm_in_presales": [True] * 4 + [False] * 4})
    return company(accounts, [4, 4, 4, 4, 4, 4, 1, 1], [True] + [False] * 3 + [True, True, False, False])


def drawn(seed: int, less: float, n: int = 3000) -> Book:
    """Large customers are advised more often and leave less anyhow; advice takes ``less`` from the chance of either."""
    luck = np.random.default_rng(seed)
    large = luck.random(n) < 0.5
    advised = luck.random(n) < np.where(large, 0.6, 0.1)
    poor = luck.random(n) < 0.5 - less * advised
    gone = luck.random(n) < np.where(large, 0.15, 0.35) - less * advised
    words = {"segment": np.where(large, "enterprise", "smb"), "csm_in_presales": advised}
    accounts = pd.DataFrame({"account_id": [f"A{number:06}" for number in range(n)], **words})
    return company(accounts, np.where(poor, 2.0, 4.0).tolist(), gone.tolist())


def found(book: Book) -> pd.DataFrame:
    """The comparison by result and way."""
    return csm_in_presales(book).set_index(["result", "way"])


def test_the_plain_difference_is_the_share_of_those_advised_less_that_of_the_others():
    table = found(eight())
    assert table.loc[("poor", "naive"), "estimate"] == pytest.approx(0 / 4 - 2 / 4)
    assert table.loc[("left", "naive"), "estimate"] == pytest.approx(1 / 4 - 2 / 4)
    assert csm_in_presales(eight()).attrs["share"] == 0.5


def test_with_hardly_more_customers_than_columns_nothing_is_adjusted():
    table = found(cslab.load("synthetic:tiny"))
    assert table.loc[[("poor", "adjusted"), ("left", "adjusted")], ["estimate", "low", "high"]].isna().all(axis=None)
    assert table.loc[("left", "naive"), "low"] < table.loc[("left", "naive"), "high"]


def test_large_customers_who_are_advised_more_often_make_advice_look_like_a_cure():
    table = found(drawn(1, less=0.0))
    assert table.loc[("left", "naive"), "high"] < 0
    assert table.loc[("left", "adjusted"), "low"] <= 0 <= table.loc[("left", "adjusted"), "high"]


def test_what_advice_truly_does_is_found_among_customers_alike():
    table = found(drawn(2, less=0.1))
    for result in ("poor", "left"):
        assert table.loc[(result, "adjusted"), "low"] <= -0.1 <= table.loc[(result, "adjusted"), "high"] < 0


def test_a_good_representative_who_calls_the_csm_in_is_not_taken_for_the_advice():
    luck, n = np.random.default_rng(3), 4000
    rep = luck.integers(0, 40, n)
    advised = luck.random(n) < np.where(rep < 20, 0.7, 0.2)
    rating = np.where(luck.random(n) < np.where(rep < 20, 0.2, 0.6), 2.0, 4.0)
    words = {"sales_rep_id": [f"R{one:02}" for one in rep], "csm_in_presales": advised}
    accounts = pd.DataFrame({"account_id": [f"A{number:06}" for number in range(n)], **words})
    table = found(company(accounts, rating.tolist(), (luck.random(n) < 0.2).tolist()))
    assert table.loc[("poor", "naive"), "high"] < -0.1
    assert table.loc[("poor", "adjusted"), "low"] <= 0 <= table.loc[("poor", "adjusted"), "high"]


def test_where_a_csm_advised_all_there_is_nobody_to_compare():
    book = eight()
    all_of_them = {**book.tables, "accounts": book.accounts.assign(csm_in_presales=True)}
    with pytest.raises(NotReady, match="csm_in_presales"):
        csm_in_presales(Book(all_of_them, book.as_of))


def test_nobody_knows_the_truth_of_an_export():
    assert presales_truth(eight()) is None
    assert "truth" not in csm_in_presales(eight())["way"].tolist()


@pytest.mark.slow
def test_the_limits_hold_the_truth_of_the_simulated_company_as_often_as_chance_allows():

    seeds = range(1, 41)
    held = 0
    for seed in seeds:
        table = found(cslab.load(f"synthetic:default_jp?seed={seed}&accounts=1000"))
        held += table.loc[("left", "adjusted"), "low"] <= table.loc[("left", "truth"), "estimate"]
        held -= table.loc[("left", "adjusted"), "high"] < table.loc[("left", "truth"), "estimate"]
    low, high = acceptable(len(seeds))
    assert low <= held <= high
