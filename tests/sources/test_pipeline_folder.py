"""A folder of the sales pipeline: deals in place of contracts, slips counted, and one published export of the kind."""

from pathlib import Path

import pandas as pd
import pytest
from lifelines import KaplanMeierFitter

from cslab.course.lessons import lessons
from cslab.course.readiness import facts, readiness
from cslab.measure import pipeline
from cslab.sources import load
from cslab.sources.findings import Findings
from cslab.sources.mapping import read_mapping, shipped

CRM = Path(__file__).parents[3] / "shared" / "data" / "crm"
published = pytest.mark.skipif(
    not CRM.is_dir(), reason="the published data sets (../shared/data) are not on this machine"
)

DEALS = "deal_id,account_id,engaged_on,closed_on,outcome\nD1,A1,2024-01-10,2024-02-01,won\nD2,,2024-01-15,,open\n"


def noted(book, key: str, lang: str = "en") -> list[str]:
    return [note.text(lang) for note in book.notes if note.key == key]


@pytest.fixture(scope="module")
def crm():
    return load(f"folder:{CRM}")


def test_deals_in_place_of_contracts_make_a_book(opened):
    book = opened(contracts=None, deals=DEALS)
    assert set(book.tables) == {"accounts", "deals"} and book.as_of == pd.Timestamp("2024-02-01")
    assert [fault.values["table"] for fault in book.lacks("contracts.end")] == ["contracts"]


def test_such_a_book_has_a_card_and_an_earlier_day(opened):
    book = opened(contracts=None, deals=DEALS)
    assert dict(facts(book))["Records cover"] == "2024-01-10 to 2024-02-01"
    assert book.at("2024-01-20").deals["outcome"].tolist() == ["open", "open"]


def test_neither_contracts_nor_deals_is_still_refused(export, complaint):
    assert "contracts: no file" in complaint(export(contracts=None))


def test_deals_without_any_day_are_refused_with_the_columns_that_hold_one(export, complaint):
    text = complaint(export(contracts=None, deals="deal_id,outcome\nD1,won\n"))
    assert "engaged_on, closed_on" in text


def test_a_stated_day_before_the_first_deal_is_refused(export, complaint):
    text = complaint(export(contracts=None, deals=DEALS, mapping="as_of = 2023-12-31"))
    assert "before the first deal" in text and "2024-01-10" in text


def test_a_deal_that_ends_before_it_begins_is_named(export, complaint):
    assert "row 2" in complaint(export(deals="deal_id,engaged_on,closed_on\nD1,2024-02-01,2024-01-01\n"))


def test_open_deals_without_an_account_are_counted_where_others_have_one(opened):
    deals = DEALS + "D3,A1,2024-01-15,,open\nD4,,,,open\n"
    book = opened(contracts=None, deals=deals)
    assert "2 of 3 deals with outcome = open" in noted(book, "deals_without_account")[0]
    assert "1 of 4 deals" in noted(book, "deals_not_engaged")[0]


def test_a_slip_is_corrected_and_counted_in_both_languages(opened):
    deals = "deal_id,product,engaged_on\nD1,GTXPro,2024-01-10\nD2, GTXPro ,2024-01-11\nD3,GTX Pro,2024-01-12\n"
    book = opened(
        deals=deals, mapping='[deals]\nproduct = { corrects = { "GTXPro" = "GTX Pro", "Unseen" = "GTX Pro" } }'
    )
    assert set(book.deals["product"]) == {"GTX Pro"}
    assert ["2 cells" in text for text in noted(book, "slip_corrected")] == [True]
    assert "2件" in noted(book, "slip_corrected", "ja")[0]


def test_a_slip_may_be_corrected_before_it_is_translated(opened):
    deals = "deal_id,stage,engaged_on\nD1,Wonn,2024-01-10\n"
    rule = 'outcome = { column = "stage", corrects = { "Wonn" = "Won" }, values = { "Won" = "won" } }'
    assert opened(deals=deals, mapping=f"[deals]\n{rule}").deals["outcome"].tolist() == ["won"]


def test_the_shipped_mapping_of_the_pipeline_has_no_fault():
    findings = Findings()
    assert read_mapping(shipped()["crm"], "crm", findings).currency == "USD" and not findings.faults


@published
def test_the_published_pipeline_is_recognised_and_has_all_its_deals(crm):
    assert '"crm"' in noted(crm, "mapping_recognised")[0]
    assert crm.deals["outcome"].value_counts().to_dict() == {"won": 4238, "lost": 2473, "open": 2089}
    assert len(crm.accounts) == 85 and crm.currency == "USD" and crm.as_of == pd.Timestamp("2017-12-31")
    assert "mrr_amount" not in crm.deals  # its prices are paid once, not by the month


@published
def test_its_slips_and_gaps_are_counted_and_none_is_silent(crm):
    slips = " ".join(noted(crm, "slip_corrected"))
    assert "1,480" in slips and '"technolgy"' in slips and '"Philipines"' in slips
    assert "GTX Pro" in set(crm.deals["product"]) and "technolgy" not in set(crm.accounts["industry"])
    assert "1,425 of 2,089" in noted(crm, "deals_without_account")[0]
    assert "500 of 8,800" in noted(crm, "deals_not_engaged")[0]


@published
def test_lessons_on_contracts_say_what_it_lacks(crm):
    lesson = next(lesson for lesson in lessons() if lesson.number == "05")
    ready = readiness(crm, lesson)
    assert ready.state == "not" and ready.lacks[0].values["table"] == "contracts"


@published
def test_deals_of_the_published_pipeline_enter_late_where_closings_were_not_yet_recorded(crm):
    assert pipeline.records_begin(crm) == pd.Timestamp("2017-03-01")
    spells = pipeline.spells(crm)
    assert len(spells) == 8300 and (spells["start"] > 0).sum() == (crm.deals["engaged_on"] < "2017-02-28").sum()


@published
def test_what_is_still_open_falls_as_the_product_limit_with_late_entry(crm):
    spells = pipeline.spells(crm)
    fitted = KaplanMeierFitter().fit(spells["stop"], spells["to"].notna(), entry=spells["start"])
    shares = pipeline.win_share(crm, [7, 30, 90, 138]).query("state == 'evaluation'")["estimate"]
    assert shares.to_list() == pytest.approx(fitted.predict([7, 30, 90, 138]).to_list(), abs=1e-9)


@published
def test_the_win_rate_of_closed_deals_promises_ten_points_more_than_deals_keep(crm):
    closed = pipeline.closed_share(crm)["estimate"].item()
    won = pipeline.win_share(crm, [138]).set_index("state").loc["purchase"]
    assert closed == pytest.approx(4238 / 6711) and won["high"] < closed - 0.09
