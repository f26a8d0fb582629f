"""The page of the board: everything on it, nothing of it from elsewhere, and a mark where it is somebody's own."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

import cslab
from cslab.course.dashboard import dashboard_page
from cslab.course.selfcontained import outside
from cslab.measure.dashboard import Charter, Entry, executive
from cslab.words import LANGUAGES

NAMES = {"en": "Retention cost", "ja": "リテンションコスト"}


@pytest.fixture(scope="module")
def book():
    """Forty customers."""
    return cslab.load("synthetic:tiny")


@pytest.fixture(scope="module")
def found(book):
    """Their dashboard."""
    return executive(book, quarters=3)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_tile_has_number_limits_definition_and_owner_and_nothing_leaves_the_page(book, found, lang):
    html = dashboard_page(book, found, lang)
    assert outside(html) == []
    assert html.count('<li class="tile ') == 5 and html.count('class="limits"') == 5
    assert html.count("<img") == 5
    assert NAMES[lang] in html
    assert {"en": "Customer Success", "ja": "カスタマーサクセス"}[lang] in html


@pytest.mark.slow
def test_the_charter_of_the_house_stands_on_the_page_and_a_missing_owner_is_named(book):
    own = Charter("own", {"churn": Entry(0.123, owner="田中 <部長>", decision={"ja": "増員を決める"})})
    html = dashboard_page(book, executive(book, own, quarters=1), "ja")
    assert "12.3%" in html and "田中 &lt;部長&gt;" in html and "増員を決める" in html
    assert html.count("責任者が決まっていません") == 8


@pytest.mark.slow
def test_an_absent_tile_says_what_it_takes(book):
    small = replace(book, tables={name: book.tables[name] for name in book.tables if name != "usage_monthly"})
    html = dashboard_page(small, executive(small, quarters=1), "en")
    assert html.count("tile absent") == 1 and "usage_monthly" in html


@pytest.mark.slow
def test_a_page_of_real_data_is_marked_and_one_of_a_simulated_company_is_not(book, found):
    assert "社外秘" not in dashboard_page(book, found, "ja")
    assert "社外秘" in dashboard_page(replace(book, synthetic=False), found, "ja")


@pytest.mark.browser
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_browser_without_a_network_shows_the_page_with_its_glyphs(book, found, lang, tmp_path):
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    file = tmp_path / "経営.html"
    file.write_text(dashboard_page(book, found, lang), encoding="utf-8")
    asked, said = [], []
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND"]
        )
        tab = browser.new_page()
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("console", lambda message: said.append(message.text))
        tab.goto(file.as_uri(), wait_until="networkidle")
        pictures = tab.evaluate("[...document.images].every(one => one.complete && one.naturalWidth > 0 && one.alt)")
        widths = tab.evaluate(DIFFERENT)
        wide = [fits(tab, width) for width in (360, 900, 1440)]
        browser.close()
    assert [url for url in asked if url != file.as_uri() and not url.startswith("data:")] == [] and said == []
    assert pictures and all(wide)
    assert widths > 1  # missing glyphs would all be the same box


DIFFERENT = """() => {
  const pen = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  pen.font = '32px ' + getComputedStyle(document.body).fontFamily;
  const drawn = [...'営解約率'].map(letter => {
    pen.clearRect(0, 0, 64, 64); pen.fillText(letter, 8, 44);
    return pen.getImageData(0, 0, 64, 64).data.join('');
  });
  return new Set(drawn).size;
}"""
"""How many different pictures four Japanese letters give."""


def fits(tab, width: int) -> bool:
    """Whether nothing has to be scrolled sideways at a width."""
    tab.set_viewport_size({"width": width, "height": 900})
    return bool(tab.evaluate("document.documentElement.scrollWidth") <= width)
