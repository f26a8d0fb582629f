"""The page of a chain: what it says beside its verdicts."""

from __future__ import annotations

from dataclasses import replace

import pytest

import cslab
from cslab.course.chain import chain_page, counted, rows
from cslab.measure import impact


@pytest.fixture(scope="module")
def book():
    """A small company that gives its onboarding programme by lot."""
    return cslab.load("synthetic:tiny?programs=onboarding_programme&policy=program_rct")


@pytest.fixture(scope="module")
def found(book):
    """The programme's chain held against it."""
    return impact.test_links(book, impact.shipped("onboarding_programme"))


def test_every_link_has_a_row_with_its_verdict_by_mark_and_word(found):
    table = rows(found, "en")
    assert len(table) == len(found.links) == 5
    assert {row[1] for row in table} <= {"✓ supported", "… not yet due", "× contradicted", "? unidentifiable"}


def test_what_is_not_yet_due_shows_no_number(found):
    def shown(verdict: str) -> set[str]:
        same = replace(found, links=tuple(replace(one, verdict=verdict) for one in found.links))
        return {row[3] for row in rows(same, "en")}

    assert shown("not_yet_due") == {"–"} != shown("unidentifiable")


def test_the_counts_add_up_to_the_links(found):
    said = counted(found, "en")
    assert sum(int(word) for word in said.split(":")[1].replace(",", " ").split() if word.isdigit()) == 5


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "wanted"), [("en", ("planned sessions", "in: share")), ("ja", ("予定した6回", "単位:"))]
)
def test_the_page_says_the_dose_the_units_and_the_reasons(book, found, lang, wanted):
    page = chain_page(book, found, lang)
    assert all(text in page for text in wanted)
    assert all(one.reason.text(lang).split("(")[0][:20] in page for one in found.links)


@pytest.mark.slow
def test_names_from_a_file_cannot_bring_code_into_the_page(book):
    chain = impact.shipped("onboarding_programme")
    nodes = tuple(replace(node, en="<script>x</script>") for node in chain.nodes)
    page = chain_page(book, impact.test_links(book, replace(chain, nodes=nodes)), "en")
    assert "<script>x" not in page and "&lt;script&gt;x" in page
