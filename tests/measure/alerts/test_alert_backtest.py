"""Alerts held against what happened."""

import pandas as pd
import pytest

from cslab.faults import NotReady, UsageError
from cslab.measure import alerts

EXITS = "account_id decided_on effective_on\nA 2024-06-10 2024-07-01\n"


def fired(*rows: tuple[str, str, str], since: str = "2023-01-01", until: str = "2024-12-31") -> pd.DataFrame:
    """Alerts: account, rule, day."""
    frame = pd.DataFrame(rows, columns=["account_id", "rule_id", "fired_on"])
    frame = frame.assign(fired_on=pd.to_datetime(frame["fired_on"]), held_out=False, hours=2.0)
    frame.attrs |= {"since": pd.Timestamp(since), "until": pd.Timestamp(until)}
    return frame


def test_lead_time_ends_with_the_decision_not_with_the_last_day(company):
    found = alerts.judged(
        company(churn_events=EXITS), fired(("A", "silent", "2024-05-31"), ("B", "silent", "2024-05-31"))
    )
    assert found["hit"].tolist() == [True, False]
    assert found["lead_days"].iloc[0] == 10


def test_an_alert_after_the_decision_is_no_hit(company):
    found = alerts.judged(company(churn_events=EXITS), fired(("A", "silent", "2024-06-11")))
    assert not found["hit"].item()


def test_an_alert_whose_horizon_is_not_over_is_not_judged_even_if_it_has_hit(company):
    book = company("2024-06-30", churn_events=EXITS)
    found = alerts.judged(book, fired(("A", "silent", "2024-05-31"), ("B", "silent", "2023-12-30")), horizon=6)
    assert found["pending"].tolist() == [True, False]


def test_precision_counts_alerts_and_recall_counts_decisions(company):
    book = company(churn_events=EXITS)
    rows = (("A", "silent", "2024-04-01"), ("A", "silent", "2024-05-01"), ("B", "silent", "2024-05-01"))
    table = alerts.backtest(book, fired(*rows, ("B", "unhappy", "2024-05-01"))).set_index("rule_id")
    assert table.loc["silent", ["alerts", "hits", "leavers", "reached"]].tolist() == [3, 2, 1, 1]
    assert table.loc["silent", "lead_median"] == 70  # from the first alert
    assert table.loc["unhappy", ["precision", "recall"]].tolist() == [0, 0]


def test_a_decision_before_which_nobody_watched_for_a_whole_horizon_does_not_count(company):
    late = fired(("A", "silent", "2024-05-01"), since="2024-03-01")
    assert alerts.backtest(company(churn_events=EXITS), late, horizon=6, by="")["leavers"].item() == 0
    assert alerts.backtest(company(churn_events=EXITS), late, horizon=3, by="")["leavers"].item() == 1


def test_alerting_everybody_is_right_as_often_as_customers_leave(company):
    book = company("2024-12-31", churn_events=EXITS)
    days = pd.Timestamp("2024-05-01"), pd.Timestamp("2024-06-30")
    assert alerts.base_rate(book, *days, horizon=1).estimate == pytest.approx(1 / 4)  # A in June, of A and B twice


def test_growth_is_held_against_growth(company):
    moves = "account_id month type amount\nA 2024-01-01 opening 100\nA 2024-05-01 expansion 20\n"
    found = alerts.judged(company(mrr_movements=moves), fired(("A", "room_to_grow", "2024-05-02")))
    assert found["lead_days"].item() == 29 and found["mrr_amount"].item() == 100


BANDS = """
account_id  month       type     amount
A           2023-01-01  opening  100
B           2023-01-01  opening  200
C           2023-01-01  opening  900
"""
THREE = "account_id  start  end\nA 2023-01-01 2025-01-01\nB 2023-01-01 2025-01-01\nC 2023-01-01 2025-01-01\n"


def test_bands_show_whether_alerts_reach_those_in_need_or_the_large(company):
    book = company(
        accounts="account_id\nA\nB\nC\n", contracts=THREE, mrr_movements=BANDS, churn_events=EXITS.replace("07", "08")
    )
    rows = (("A", "silent", "2024-05-01"), ("C", "silent", "2024-05-01"), ("C", "unhappy", "2024-05-01"))
    table = alerts.backtest(book, fired(*rows), horizon=3, by="band").set_index("band")
    assert table["customers_share"].round(2).tolist() == [0.33] * 3
    assert table["arr_share"].round(3).tolist() == [0.083, 0.167, 0.75]
    assert table["alerts_share"].round(2).tolist() == [0.33, 0.0, 0.67]
    assert table["leavers_share"].tolist() == [1, 0, 0]


def test_a_departure_that_nobody_wrote_down_is_told_from_the_contracts(company):
    contracts = (
        "account_id start end decided_on outcome\nA 2023-01-01 2024-01-01 2023-11-15 churned\nB 2023-01-01 - - open\n"
    )
    gone = alerts.departures(company(contracts=contracts))
    assert gone.astype(str).values.tolist() == [["A", "2023-11-15", "2024-01-01"]]


def test_a_renewal_signed_late_is_no_departure(company):
    contracts = "account_id start end\nA 2023-01-01 2024-01-01\nA 2024-01-31 2025-01-31\nB 2023-01-01 -\n"
    assert alerts.departures(company(contracts=contracts)).empty


def test_a_customer_who_closed_down_in_mid_term_left_once(company):
    assert len(alerts.departures(company("2026-01-31", churn_events=EXITS + "B 2024-03-01 2024-03-01\n"))) == 2


def test_where_no_alert_can_be_judged_yet_it_is_said(company):
    with pytest.raises(NotReady, match="no alert can be judged yet"):
        alerts.backtest(company(), fired(("A", "silent", "2024-12-01")))


def test_what_is_no_table_of_alerts_is_refused_with_all_that_is_wrong(company):
    with pytest.raises(UsageError) as error:
        alerts.judged(company(), pd.DataFrame({"account_id": ["A"]}), horizon=0)
    assert len(error.value.faults) == 3
    with pytest.raises(UsageError):
        alerts.backtest(company(), fired(("A", "silent", "2024-05-01")), by="bands")


def test_days_written_as_text_are_read_and_others_named(company):
    book, days = company(churn_events=EXITS), fired(("A", "silent", "2024-05-31"))
    text = days.assign(fired_on="2024-05-31")
    text.attrs = days.attrs
    assert alerts.backtest(book, text, by="").equals(alerts.backtest(book, days, by=""))
    with pytest.raises(UsageError, match="soon"):
        alerts.judged(book, text.assign(fired_on="soon"))
