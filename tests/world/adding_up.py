"""What one table says of a customer, the others say too: months, movements, contracts, exits and returns."""

from __future__ import annotations

import pandas as pd

from cslab.book import Book


def adds_up(book: Book) -> None:
    """The tables of a book agree with one another."""
    stays = stays_of(book)
    months_are_those_of_the_stays(book, stays)
    movements_begin_and_end_with_the_stays(book, stays)
    contracts_carry_the_mrr(book, stays)


def stays_of(book: Book) -> pd.DataFrame:
    """The spells on record: account, first day on record, day of leaving (missing: still there), whether a return."""
    accounts, events = book.accounts, book.churn_events
    first = pd.DataFrame({"account_id": accounts["account_id"], "begins": accounts["observed_from"], "again": False})
    returns = events.loc[events["winback_on"].notna(), ["account_id", "winback_on"]]
    assert returns["account_id"].is_unique and (returns["winback_on"] <= book.as_of).all()
    stays = pd.concat([first, returns.rename(columns={"winback_on": "begins"}).assign(again=True)])
    pairs = stays.merge(events[["account_id", "effective_on"]], on="account_id")
    after = pairs[(pairs["effective_on"] > pairs["begins"]) & (pairs["effective_on"] <= book.as_of)]
    ends = after.groupby(["account_id", "begins"])["effective_on"].min().rename("ends").reset_index()
    stays = stays.merge(ends, on=["account_id", "begins"], how="left").sort_values(["account_id", "begins"])
    followed = stays["account_id"].duplicated(keep="last")
    gap = months(stays.groupby("account_id")["begins"].shift(-1)) - months(stays["ends"])
    assert gap[followed].between(2, book.truth.scenario.winback_months).all()
    return stays.reset_index(drop=True)


def inside(stays: pd.DataFrame, rows: pd.DataFrame, day: str) -> pd.Series:
    """Whether each row's day lies within a stay of its account: from its first day to before that of leaving."""
    rows = rows.reset_index().sort_values(day, kind="stable")
    found = pd.merge_asof(rows, stays.sort_values("begins"), left_on=day, right_on="begins", by="account_id")
    return (found["begins"].notna() & ~(found[day] >= found["ends"])).set_axis(rows["index"]).sort_index()


def months_are_those_of_the_stays(book: Book, stays: pd.DataFrame) -> None:
    """Usage of every month of every stay, and of no other."""
    until = stays["ends"].fillna(book.as_of + pd.Timedelta(days=1))
    expected = (months(until) - months(stays["begins"])).groupby(stays["account_id"]).sum()
    used = book.usage_monthly.groupby("account_id").size().reindex(expected.index, fill_value=0)
    assert (used == expected).all()


def months(days: pd.Series) -> pd.Series:
    """Calendar months since year 0."""
    return days.dt.year * 12 + days.dt.month


def movements_begin_and_end_with_the_stays(book: Book, stays: pd.DataFrame) -> None:
    """Each stay is opened by a balance, a deal or a return, and moved to nothing in the month of leaving."""
    movements, accounts = book.mrr_movements, book.accounts.set_index("account_id")
    balance = movements.groupby("account_id")["amount"].sum()
    assert set(balance.index) == set(accounts.index)
    there = stays.loc[stays["ends"].isna(), "account_id"]
    assert (balance[there] > 0.005).all() and (balance.drop(there).abs() < 0.005).all()
    assert same_months(movements[movements["type"] == "churn"], stays.dropna(subset="ends"), "ends")
    opens = stays.assign(type="new")
    legacy = stays["account_id"].map(accounts["is_legacy"])
    opens.loc[legacy & (stays["begins"] == book.window_start), "type"] = "opening"
    opens.loc[stays["again"] | (legacy & (stays["begins"] > book.window_start)), "type"] = "reactivation"
    waited = book.truth.accounts().set_index("account_id")["winback_month"]
    back = months(accounts["signed_on"]) + waited.reindex(accounts.index) == months(pd.Series(book.window_start)).item()
    opens.loc[(stays["begins"] == book.window_start) & stays["account_id"].map(back), "type"] = "reactivation"
    for kind in ("opening", "new", "reactivation"):
        assert same_months(movements[movements["type"] == kind], opens[opens["type"] == kind], "begins")
    first = movements["type"].isin(["opening", "new", "reactivation"])
    assert (movements.loc[first, "amount"] > 0).all()


def same_months(movements: pd.DataFrame, stays: pd.DataFrame, day: str) -> bool:
    """Whether movements are those of some days, account by account."""
    expected = stays["account_id"] + " " + stays[day].dt.strftime("%Y-%m")
    return sorted(movements["account_id"] + " " + movements["month"].dt.strftime("%Y-%m")) == sorted(expected)


def contracts_carry_the_mrr(book: Book, stays: pd.DataFrame) -> None:
    """Terms of a stay follow one another without a gap, are numbered on, carry the MRR of their first month, and end
    where the customer left."""
    contracts = book.contracts
    stay = pd.merge_asof(
        contracts.assign(day=contracts["start"].clip(lower=book.window_start)).sort_values("day", kind="stable"),
        stays.assign(stay=stays.index).sort_values("begins"),
        left_on="day",
        right_on="begins",
        by="account_id",
    ).sort_values(["account_id", "start"], ignore_index=True)
    assert stay["contract_id"].tolist() == contracts["contract_id"].tolist() and stay["contract_id"].is_unique
    ordinal = stay["contract_id"].str.rsplit("-C", n=1).str[1].astype(int)
    again = stay["account_id"].duplicated()
    assert (ordinal.diff()[again] == 1).all()
    before = stay.groupby("stay")["end"].shift()
    assert (stay["start"] == before)[before.notna()].all()
    opens = stay["again"] & before.isna()
    assert (stay["start"] == stay["begins"])[opens].all()
    assert (stay["term_months"] == stay.groupby("account_id")["term_months"].transform("first")).all()
    outcomes_say_what_followed(book, stay)
    mrr_of_the_first_month(book, contracts[contracts["start"] >= book.window_start])


def outcomes_say_what_followed(book: Book, stay: pd.DataFrame) -> None:
    """A term is followed where it was renewed and the customer did not leave before."""
    goes_on = stay["outcome"].isin(["renewed", "expanded", "contracted"])
    followed = stay.groupby("stay")["start"].shift(-1).notna()
    due, stays = stay["end"] <= book.as_of, ~(stay["ends"] <= stay["end"])
    assert (followed == (due & stays)).all() and goes_on[followed].all()
    assert (stay["decided_on"].isna() == (stay["outcome"] == "open")).all()


def mrr_of_the_first_month(book: Book, contracts: pd.DataFrame) -> None:
    """A contract's MRR is the sum of the movements up to its first month."""
    pairs = contracts.merge(book.mrr_movements, on="account_id")
    sums = pairs[pairs["month"] <= pairs["start"]].groupby("contract_id")["amount"].sum()
    assert ((sums - contracts.set_index("contract_id")["mrr_amount"].reindex(sums.index)).abs() < 0.005).all()
    assert len(sums) == len(contracts)
