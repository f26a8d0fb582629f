"""The page on what a source can tell: whole in itself, in both languages, on any kind of source."""

from __future__ import annotations

from dataclasses import replace

import pytest

import cslab
from cslab.course.readiness_page import audit, readiness_page
from cslab.course.selfcontained import outside


def page(book, lang: str) -> str:
    return readiness_page(book, audit(book, lang), lang)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_page_needs_nothing_but_itself_and_names_every_conclusion(lang):
    html = page(cslab.load("synthetic:default_jp?accounts=300"), lang)
    assert outside(html) == [] and html.count("<img") == 2
    assert ("A test by lot" if lang == "en" else "抽選で分けるテスト") in html


def test_a_source_with_contracts_only_says_what_the_next_lessons_take():
    book = cslab.load("synthetic:tiny")
    bare = replace(book, tables={name: book.tables[name] for name in ("accounts", "contracts")})
    html = page(bare, "en")
    assert "Least data for the next lessons" in html and "Not possible with these data" in html
    assert "churn_events" in html
