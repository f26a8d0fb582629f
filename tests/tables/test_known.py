"""What was known on a day, and what it costs to ask for one table."""

import pandas as pd

from cslab.tables import Lazy, known_on


def renewals(*due: str) -> pd.DataFrame:
    """Renewals listed four months before they are due, with health known at two earlier days."""
    days = pd.to_datetime(list(due))
    numbers = [f"C{place}" for place in range(len(due))]
    return pd.DataFrame(
        {"contract_id": numbers, "account_id": "A", "listed_on": days - pd.Timedelta(days=120), "due": days}
    ).assign(health_t90=0.7, health_t30=0.4)


def test_a_cell_known_some_days_before_a_date_is_blank_until_that_day():
    tables = {"renewals": renewals("2024-12-31")}
    on = {day: known_on(tables, pd.Timestamp(day))["renewals"] for day in ("2024-10-01", "2024-10-02", "2024-12-01")}
    assert on["2024-10-01"]["health_t90"].isna().all()
    assert on["2024-10-02"]["health_t90"].tolist() == [0.7] and on["2024-10-02"]["health_t30"].isna().all()
    assert on["2024-12-01"]["health_t30"].tolist() == [0.4]


def test_a_flag_that_is_not_yet_known_is_down_where_its_column_says_so():
    days = pd.to_datetime(["2024-05-01", None])
    people = pd.DataFrame({"account_id": "A", "contact_id": ["P1", "P2"], "active_from": pd.Timestamp("2023-01-01")})
    people = people.assign(is_advocate=pd.array([True, False], dtype="boolean"), advocate_on=days)
    on = {day: known_on({"contacts": people}, pd.Timestamp(day))["contacts"] for day in ("2024-04-30", "2024-05-01")}
    assert on["2024-04-30"]["is_advocate"].tolist() == [False, False] and on["2024-04-30"]["advocate_on"].isna().all()
    assert on["2024-05-01"]["is_advocate"].tolist() == [True, False]


def test_a_table_is_made_when_it_is_asked_for_and_only_once():
    asked: list[str] = []
    tables = Lazy(
        {name: lambda name=name: asked.append(name) or renewals("2024-12-31") for name in ("renewals", "csm")}
    )
    cut = known_on(tables, pd.Timestamp("2025-01-31"))
    assert "csm" in cut and list(cut) == ["renewals", "csm"] and not asked
    assert len(cut["renewals"]) == len(cut["renewals"]) == 1 and asked == ["renewals"]


def test_tables_without_accounts_do_not_say_when_an_account_became_known():
    tables = {
        "accounts": pd.DataFrame({"account_id": ["A"]}),
        "lost_deals": pd.DataFrame({"deal_id": ["D1"], "lost_on": pd.to_datetime(["2024-01-05"])}),
    }
    assert len(known_on(tables, pd.Timestamp("2024-01-01"))["accounts"]) == 1
