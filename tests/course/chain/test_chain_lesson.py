"""A chain in a lesson: whose records it is tested on, and what a reader sees of its links."""

from __future__ import annotations

import pytest

from cslab.course.chain.lesson import show_assumptions, show_links, tested_on, truths
from cslab.course.lesson import begin
from cslab.faults import DataError
from cslab.measure import impact

RUNS = "synthetic:tiny?accounts=300&programs=faq&policy=program_rct"

WRONG = """
name: mine
en: Mine
programme: nothing_of_the_kind
nodes:
  visits: {level: activity, en: visits}
  stay: {level: impact, en: customers stay, indicator: retained}
links:
- {from: visits, to: stay, sign: "+", effect: 0.02, lag_months: [1, 2, 3]}
"""


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """What has been shown since the last look."""
    return capsys.readouterr().out


def test_a_chain_is_tested_on_the_readers_company_where_its_records_carry_it() -> None:
    mine = begin("12", RUNS)
    assert tested_on(impact.shipped("faq"), "synthetic:tiny") is mine


def test_a_company_without_the_programme_is_told_why_and_another_one_is_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    mine = begin("12", "synthetic:tiny", lang="ja")
    said(capsys)
    company = tested_on(impact.shipped("faq"), RUNS)
    assert company is not mine and "programs=faq" in company.source
    assert "faq" in (told := said(capsys)) and "教材の会社" in told


def test_a_chain_of_the_kit_is_shown_on_a_company_that_runs_its_programme() -> None:
    begin("12", RUNS)
    assert "programs=training" in tested_on(impact.shipped("training"), RUNS).source


def test_a_slip_in_ones_own_chain_is_not_hidden_behind_another_company() -> None:
    begin("12", RUNS)
    wrong = impact.Chain.from_yaml(WRONG, "mine.yaml")
    with pytest.raises(DataError, match=r"mine\.yaml"):
        tested_on(wrong, RUNS)


@pytest.mark.slow
def test_every_link_is_shown_with_its_verdict_and_the_reason(capsys: pytest.CaptureFixture[str]) -> None:
    book = begin("12", RUNS)
    tested = impact.test_links(book, impact.shipped("faq"))
    said(capsys)
    show_links(tested)
    lines = said(capsys).splitlines()
    assert len(lines) == 3 * len(tested.links)
    assert "articles published → enquiries" in lines[0] and "would be seen from" in lines[1]


def test_the_assumptions_of_a_chain_are_shown_with_who_looks_after_them(capsys: pytest.CaptureFixture[str]) -> None:
    begin("12", "synthetic:tiny", lang="ja")
    said(capsys)
    show_assumptions(impact.shipped("faq"))
    assert "顧客が問い合わせる前に記事を見つけられる" in said(capsys)


@pytest.mark.slow
def test_the_truth_of_each_node_is_known_of_a_made_company_and_hidden_where_the_lesson_hides_it() -> None:
    book, faq = begin("12", RUNS), impact.shipped("faq")
    known = truths(book, faq)
    assert known is not None and known["tickets"] < 0
    assert truths(begin("12", RUNS, reveal_truth=False), faq) is None
